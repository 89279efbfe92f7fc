"""A native chart: its numbers stand in a workbook of the file, where a person can edit them."""

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.parts.chart import ChartPart
from pptx.parts.slide import SlidePart

from dashboard.annual.drawing.chart_marks import MUTED
from dashboard.annual.marks import Align, Anchor, Chart, Paragraph, Rect, Run, Text
from dashboard.annual.powerpoint.chart_book import chart_book
from dashboard.annual.powerpoint.chart_room import columns_of, line_height, total_of
from dashboard.annual.powerpoint.chart_space import chart_space
from dashboard.annual.powerpoint.elements import Xml, element
from dashboard.annual.powerpoint.shapes import named, placed
from dashboard.words import words

KIND = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def chart(mark: Chart, number: int, part: SlidePart, language: str) -> Xml:
    """Return a chart as a frame of the slide; its own part and its workbook are added to the file."""
    package, total = part.package, words(language).text("powerpoint.total")
    name = package.next_partname(ChartPart.partname_template)
    blob = chart_space(mark, language, total=total).encode()
    made = ChartPart.load(name, CONTENT_TYPE.DML_CHART, package, blob)
    made.chart_workbook.update_from_xlsx_blob(chart_book(mark, total=total))
    link = element("c:chart", **{"r:id": part.relate_to(made, RELATIONSHIP_TYPE.CHART)})
    locks = element("p:cNvGraphicFramePr", element("a:graphicFrameLocks", noGrp=1))
    kind = element("p:nvGraphicFramePr", named(number, mark.name, alt=mark.alt), locks, element("p:nvPr"))
    data = element("a:graphic", element("a:graphicData", link, uri=KIND))
    return element("p:graphicFrame", kind, placed(mark.at, name="p:xfrm"), data)


def texts_over(mark: Chart) -> tuple[Text, ...]:
    """Return what a chart cannot say itself: its unit, and for which categories a value is not known."""
    line, at = line_height(mark), columns_of(mark)
    unit = Rect(mark.at.x, mark.at.y, mark.at.width, line)
    told = [_text(f"{mark.name} unit", unit, mark.unit, mark.size, Align.LEFT)] if mark.unit else []
    step = at.width / max(len(mark.categories), 1)
    for place, category in enumerate(mark.categories):
        if total_of(mark, place) is None:
            above = at.y if _has_any(mark, place) else at.bottom - 1.4 * line
            room = Rect(at.x + place * step, above, step, line)
            told.append(_text(f"{mark.name} total {category}", room, mark.unknown, mark.size, Align.MIDDLE))
    return tuple(told)


def _has_any(mark: Chart, place: int) -> bool:
    return any(value is not None for one in mark.series for value in one.values[place : place + 1])


def _text(name: str, at: Rect, written: str, size: float, align: Align) -> Text:
    return Text(name, at, (Paragraph((Run(written, size, colour=MUTED),), align),), Anchor.MIDDLE)
