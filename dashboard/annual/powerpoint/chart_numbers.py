"""The numbers of a chart: in each part, right of a part that is too low for one, and the sums above."""

from collections.abc import Sequence

from dashboard.annual.drawing.chart_marks import COLUMN_SHARE, value_text
from dashboard.annual.marks import TEXT_COLOUR, Chart, Pattern, Run, Series
from dashboard.annual.powerpoint.chart_room import columns_of, total_of
from dashboard.annual.powerpoint.elements import NOTHING, Xml, element
from dashboard.annual.powerpoint.ink import PAPER, solid
from dashboard.annual.powerpoint.text import look
from dashboard.annual.text_width import text_width

NUMBERS = "#,##0.##;;;"
WHOLE_NUMBERS = "#,##0;;;"
"""How numbers are written; a part of 0 has no height to write a number in."""
DARK = 0.45
"""Below this brightness (0 black, 1 white) a number stands white on its colour."""
LOWEST = 1.6
"""In em: a part that is lower cannot hold its number."""
NO_LEADERS = {
    "uri": "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}",
    "xmlns:c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
}
"""The extension that says whether a line leads to a number that was moved; it would read like a minus sign."""
Values = Sequence[float | None]


def part_numbers(mark: Chart, one: Series, language: str) -> Xml:
    """The number in each part, on white where a pattern would run through it; of a single series, the sum says it."""
    if len(mark.series) == 1:
        return NOTHING
    ink = one.ink
    is_plain = ink.pattern is Pattern.PLAIN
    colour = PAPER if is_plain and ink.fill and _brightness(ink.fill) < DARK else TEXT_COLOUR
    values = [value for part in mark.series for value in part.values]
    beside = (
        _beside(mark, place, value, language)
        for place, value in enumerate(one.values)
        if value and _is_low(mark, value)
    )
    ground = element("a:noFill") if is_plain else solid(PAPER)
    return numbers(
        chart_type(mark.size, language, colour=colour), ground, values, place="ctr", single=tuple(beside)
    )


def _is_low(mark: Chart, value: float) -> bool:
    """Whether a part is too low to hold its number; how high the scale goes is the program's choice, a sixth more at most."""
    highest = max((total_of(mark, place) or 0.0 for place in range(len(mark.categories))), default=0.0)
    return 0 < value * columns_of(mark).height < LOWEST * mark.size * highest


def _beside(mark: Chart, place: int, value: float, language: str) -> Xml:
    """A number that stands right of its part: moved by a share of the chart's width."""
    column = columns_of(mark).width / len(mark.categories) * COLUMN_SHARE
    right = (column + text_width(value_text(value), mark.size)) / 2 + 0.3 * mark.size
    moved = element(
        "c:manualLayout",
        *(
            element(f"c:{side}", val=f"{share:.6f}")
            for side, share in (("x", right / mark.at.width), ("y", 0.0))
        ),
    )
    return element(
        "c:dLbl",
        element("c:idx", val=place),
        element("c:layout", moved),
        element("c:numFmt", formatCode=NUMBERS if value % 1 else WHOLE_NUMBERS, sourceLinked=0),
        element("c:spPr", element("a:noFill")),
        chart_type(mark.size, language),
        element("c:dLblPos", val="ctr"),
        *_shown(),
    )


def numbers(looks: Xml, ground: Xml, values: Values, *, place: str, single: tuple[Xml, ...] = ()) -> Xml:
    """Return the numbers of a series: their looks, and where they stand (`place`), but for `single` ones."""
    is_whole = all(value is None or value == round(value) for value in values)
    return element(
        "c:dLbls",
        *single,
        element("c:numFmt", formatCode=WHOLE_NUMBERS if is_whole else NUMBERS, sourceLinked=0),
        element("c:spPr", ground),
        looks,
        element("c:dLblPos", val=place),
        *_shown(),
        _no_leaders() if single else NOTHING,
    )


def _no_leaders() -> Xml:
    return element("c:extLst", element("c:ext", element("c15:showLeaderLines", val=0), **NO_LEADERS))


def _shown() -> list[Xml]:
    told = {"LegendKey": 0, "Val": 1, "CatName": 0, "SerName": 0, "Percent": 0, "BubbleSize": 0}
    return [element(f"c:show{what}", val=is_told) for what, is_told in told.items()]


def _brightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def chart_type(size: float, language: str, *, colour: str = TEXT_COLOUR, is_bold: bool = False) -> Xml:
    """Return the type of all text of a chart or of a part of it."""
    looks = look(Run("", size, is_bold=is_bold, colour=colour), language, name="a:defRPr")
    paragraph = element("a:p", element("a:pPr", looks), element("a:endParaRPr"))
    return element("c:txPr", element("a:bodyPr"), element("a:lstStyle"), paragraph)
