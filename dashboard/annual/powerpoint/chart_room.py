"""Where the parts of a chart stand, and what they add up to."""

from dashboard.annual.marks import Chart, Rect
from dashboard.annual.text_lines import LINE_HEIGHT

ABOVE, BELOW = 1.6, 1.2
"""Lines left free between the unit and the columns (a total stands there), and for the categories below."""


def line_height(mark: Chart) -> float:
    """Return the height of a line of the chart's type in points."""
    return mark.size * LINE_HEIGHT


def columns_of(mark: Chart) -> Rect:
    """Return where the columns stand: below legend, unit and totals, above the names of the categories."""
    lines = (1 if len(mark.series) > 1 else 0) + (1 if mark.unit else 0) + ABOVE
    above, below = lines * line_height(mark), BELOW * line_height(mark)
    height = max(mark.at.height - above - below, 1.0)
    return Rect(mark.at.x, mark.at.y + above, mark.at.width, height)


def total_of(mark: Chart, place: int) -> float | None:
    """Return what the parts of a category add up to; a sum with an unknown part is itself unknown."""
    values = [one.values[place] if place < len(one.values) else None for one in mark.series]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
