"""Where the parts of a chart stand, and what they add up to."""

from math import ceil

from dashboard.annual.marks import Chart, Rect
from dashboard.annual.text_width import LINE_EM, text_width

ABOVE, BELOW = 1.6, 1.2
"""Lines left free between legend and columns (a total stands there), and for the categories below."""

FIELD, LEGEND_SHARE = 2.6, 0.85
"""Room in em beside a name of the legend, and how much of the chart's width programs give the legend."""


def line_height(mark: Chart) -> float:
    """Return the height of a line of the chart's type in points."""
    return mark.size * LINE_EM


def columns_of(mark: Chart) -> Rect:
    """Return where the columns stand: below unit, legend and totals, above the names of the categories."""
    line = line_height(mark)
    above, below = unit_height(mark) + legend_height(mark) + ABOVE * line, BELOW * line
    height = max(mark.at.height - above - below, 1.0)
    return Rect(mark.at.x, mark.at.y + above, mark.at.width, height)


def unit_height(mark: Chart) -> float:
    """Return the room for the unit, which stands at the very top."""
    return line_height(mark) if mark.unit else 0.0


def legend_height(mark: Chart) -> float:
    """Return the room for the names of the parts, in points; rather a line too many, and one part needs no name.

    Programs set the names in columns as wide as the widest. They are not told how large the legend is: LibreOffice would
    leave out what it finds no room for.
    """
    if len(mark.series) < 2:
        return 0.0
    widest = max(text_width(one.name, mark.size) for one in mark.series) + FIELD * mark.size
    across = max(int(mark.at.width * LEGEND_SHARE / widest), 1)
    return ceil(len(mark.series) / across) * line_height(mark)


def total_of(mark: Chart, place: int) -> float | None:
    """Return what the parts of a category add up to; a sum with an unknown part is itself unknown."""
    values = [one.values[place] if place < len(one.values) else None for one in mark.series]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
