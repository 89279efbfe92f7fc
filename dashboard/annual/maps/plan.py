"""Where the parts of a map page stand on each paper: title above, a panel of figures on the left, the map on the right."""

from dataclasses import dataclass

from dashboard.annual.marks import Rect
from dashboard.annual.paper import Paper
from dashboard.annual.text_width import LINE_EM

ROW_EM, MOST_ROW = 0.9, 13.5
"""Size of the panel's rows in sizes of the body's type; a poster's are read from nearer than its names."""
PANEL_EM = 18.4
"""Width of the panel in sizes of its rows: the longest line of the legend in Japanese and in English."""
LEADING_EM = 1.36
"""Distance of two labels that stand one above the other, in sizes of their type."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of a page; `row` is the size of type of the panel's rows, `row_height` the distance of labels."""

    title: Rect
    kicker: Rect
    panel: Rect
    map: Rect
    row: float
    row_height: float


def plan_of(paper: Paper) -> Plan:
    """Return the plan of a sheet."""
    width = paper.width - 2 * paper.margin
    row, edge = min(ROW_EM * paper.body, MOST_ROW), 0.7 * paper.margin
    title = Rect(paper.margin, 0.75 * paper.margin, width, LINE_EM * paper.title)
    kicker = Rect(paper.margin, title.bottom, width, LINE_EM * row)
    top, bottom = kicker.bottom + 0.4 * paper.body, paper.height - edge
    panel = Rect(paper.margin, top, PANEL_EM * row, bottom - top)
    left = panel.right + paper.body
    chart = Rect(left, top, paper.width - edge - left, bottom - top)
    return Plan(title, kicker, panel, chart, row, LEADING_EM * paper.body)
