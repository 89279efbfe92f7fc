"""The part of a chart (c:chartSpace): stacked columns from 0, the number in each part, what they add up to above.

The sum stands at a line that is not drawn: so it follows the numbers when a person edits them.
"""

from collections.abc import Sequence

from xlsxwriter.utility import xl_range_abs

from dashboard.annual.drawing.chart_marks import COLUMN_SHARE
from dashboard.annual.marks import TEXT_COLOUR, Chart, Ink, Rect
from dashboard.annual.powerpoint import elements
from dashboard.annual.powerpoint.chart_numbers import Values, chart_type, numbers, part_numbers
from dashboard.annual.powerpoint.chart_room import columns_of, total_of, unit_height
from dashboard.annual.powerpoint.elements import NOTHING, Xml, element, joined, root
from dashboard.annual.powerpoint.ink import fill, line

SHEET = "Sheet1"
AXES = (111, 112)
GAP_PERCENT = round(100 * (1 - COLUMN_SHARE) / COLUMN_SHARE)
"""Space between columns in hundredths of a column."""


def chart_space(mark: Chart, language: str, *, total: str) -> Xml:
    """Return the whole part; `total` is what the sums are called in the workbook."""
    shown = element(
        "c:chart",
        element("c:autoTitleDeleted", val=1),
        _plot(mark, language, total),
        _legend(mark, language),
        element("c:plotVisOnly", val=1),
        element("c:dispBlanksAs", val="gap"),
    )
    return root(
        "c:chartSpace",
        element("c:date1904", val=0),
        element("c:roundedCorners", val=0),
        shown,
        element("c:spPr", element("a:noFill"), element("a:ln", element("a:noFill"))),
        chart_type(mark.size, language),
    )


def _plot(mark: Chart, language: str, total: str) -> Xml:
    return element(
        "c:plotArea",
        _standing(columns_of(mark), mark.at),
        _columns(mark, language),
        _totals(mark, language, total),
        _categories(mark, language),
        _scale(),
    )


def _standing(at: Rect, within: Rect) -> Xml:
    """The columns' place is fixed, so that what is written over the chart stands where it belongs."""
    shares = {
        "x": (at.x - within.x) / within.width,
        "y": (at.y - within.y) / within.height,
        "w": at.width / within.width,
        "h": at.height / within.height,
    }
    return _layout(shares, element("c:layoutTarget", val="inner"))


def _layout(shares: dict[str, float], target: Xml = NOTHING) -> Xml:
    modes = (element(f"c:{side}Mode", val="edge") for side in ("x", "y"))
    values = (element(f"c:{side}", val=f"{share:.6f}") for side, share in shares.items())
    return element("c:layout", element("c:manualLayout", target, *modes, *values))


def _columns(mark: Chart, language: str) -> Xml:
    parts = (
        _series(
            mark,
            number,
            (one.name, one.values),
            joined(
                element("c:spPr", fill(one.ink), line(one.ink, is_sharp=True)),
                element("c:invertIfNegative", val=0),
                part_numbers(mark, one, language),
            ),
        )
        for number, one in enumerate(mark.series)
    )
    return element(
        "c:barChart",
        element("c:barDir", val="col"),
        element("c:grouping", val="stacked"),
        element("c:varyColors", val=0),
        *parts,
        element("c:gapWidth", val=GAP_PERCENT),
        element("c:overlap", val=100),
        *(element("c:axId", val=axis) for axis in AXES),
    )


def _totals(mark: Chart, language: str, total: str) -> Xml:
    sums = [total_of(mark, place) for place in range(len(mark.categories))]
    looks = joined(
        element("c:spPr", element("a:ln", element("a:noFill"))),
        element("c:marker", element("c:symbol", val="none")),
        numbers(chart_type(mark.size, language, is_bold=True), element("a:noFill"), sums, place="t"),
    )
    sums_line = _series(mark, len(mark.series), (total, sums), looks, end=element("c:smooth", val=0))
    return element(
        "c:lineChart",
        element("c:grouping", val="standard"),
        element("c:varyColors", val=0),
        sums_line,
        element("c:marker", val=1),
        *(element("c:axId", val=axis) for axis in AXES),
    )


def _series(mark: Chart, number: int, told: tuple[str, Values], looks: Xml, end: Xml = NOTHING) -> Xml:
    """Return a column of the workbook as a series: its name, its looks and its values."""
    name, values = told
    rows, column = len(mark.categories), number + 1
    points = (
        element("c:pt", element("c:v", Xml(f"{value:.15g}")), idx=at)
        for at, value in enumerate(values)
        if value is not None
    )
    cached = element(
        "c:numCache", element("c:formatCode", Xml("General")), element("c:ptCount", val=rows), *points
    )
    cells = element("c:f", Xml(_cells(column, 1, rows)))
    return element(
        "c:ser",
        element("c:idx", val=number),
        element("c:order", val=number),
        element("c:tx", _names((name,), _cells(column, 0, 0))),
        looks,
        element("c:cat", _names(mark.categories, _cells(0, 1, rows))),
        element("c:val", element("c:numRef", cells, cached)),
        end,
    )


def _cells(column: int, first: int, last: int) -> str:
    return f"{SHEET}!{xl_range_abs(first, column, max(first, last), column)}"


def _names(names: Sequence[str], cells: str) -> Xml:
    points = (element("c:pt", element("c:v", elements.text(name)), idx=at) for at, name in enumerate(names))
    cached = element("c:strCache", element("c:ptCount", val=len(names)), *points)
    return element("c:strRef", element("c:f", Xml(cells)), cached)


def _categories(mark: Chart, language: str) -> Xml:
    this, other = AXES
    return element(
        "c:catAx",
        element("c:axId", val=this),
        element("c:scaling", element("c:orientation", val="minMax")),
        element("c:delete", val=0),
        element("c:axPos", val="b"),
        element("c:numFmt", formatCode="@", sourceLinked=0),
        *(element(f"c:{kind}TickMark", val="none") for kind in ("major", "minor")),
        element("c:tickLblPos", val="low"),
        element("c:spPr", line(Ink(line=TEXT_COLOUR))),
        chart_type(mark.size, language),
        element("c:crossAx", val=other),
        element("c:crosses", val="autoZero"),
        element("c:auto", val=0),
        element("c:lblAlgn", val="ctr"),
        element("c:lblOffset", val=100),
        element("c:noMultiLvlLbl", val=1),
    )


def _scale() -> Xml:
    """The axis of values is there, for columns begin at 0, and is not drawn: each part bears its number."""
    other, this = AXES
    return element(
        "c:valAx",
        element("c:axId", val=this),
        element("c:scaling", element("c:orientation", val="minMax"), element("c:min", val=0)),
        element("c:delete", val=1),
        element("c:axPos", val="l"),
        element("c:numFmt", formatCode="General", sourceLinked=0),
        *(element(f"c:{kind}TickMark", val="none") for kind in ("major", "minor")),
        element("c:tickLblPos", val="none"),
        element("c:crossAx", val=other),
        element("c:crosses", val="autoZero"),
        element("c:crossBetween", val="between"),
    )


def _legend(mark: Chart, language: str) -> Xml:
    """Names of the parts from the left, without the sums; one part alone needs none."""
    if len(mark.series) < 2:
        return NOTHING
    sums = element("c:legendEntry", element("c:idx", val=len(mark.series)), element("c:delete", val=1))
    place = element("c:legendPos", val="t")
    corner = _layout({"x": 0.0, "y": unit_height(mark) / mark.at.height})
    return element(
        "c:legend", place, sums, corner, element("c:overlay", val=0), chart_type(mark.size, language)
    )
