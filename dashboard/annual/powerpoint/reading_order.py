"""In which order the marks of a page are read aloud, as far as what covers what allows it.

PowerPoint draws and reads in one order. So a mark is moved forward only past marks that it does not touch: title first, then
text, tables and charts, the map, and then the names round it, one after the other.
"""

from collections.abc import Sequence, Set

from dashboard.annual.marks import Box, Chart, Line, Mark, Rect, Role, Shape, Table, Text
from dashboard.annual.powerpoint.sites import bounds

TITLE, BODY, FACTS, FRAMES, AREAS, LABELS, LINES = range(7)
HAIR = 0.01
"""A mark without width or height, as a line has it, still covers what it crosses."""


def in_reading_order(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks in an order that looks the same and reads better; areas stay together where they can."""
    waiting = list(range(len(marks)))
    labels = {name for mark in marks if isinstance(mark, Line) and mark.joins for name in mark.joins}
    ranks = [_rank(mark, labels) for mark in marks]
    below = _below([_extent(mark) for mark in marks])
    ordered: list[int] = []
    while waiting:
        ready = [at for at in waiting if not below[at]]
        goes_on = bool(ordered) and ranks[ordered[-1]] == AREAS
        chosen = min(ready, key=lambda at: (not (goes_on and ranks[at] == AREAS), ranks[at], at))
        waiting.remove(chosen)
        ordered.append(chosen)
        for at in waiting:
            below[at].discard(chosen)
    return [marks[at] for at in ordered]


def _below(extents: Sequence[Rect]) -> list[set[int]]:
    """For each mark, the earlier ones that it may cover."""
    return [{under for under in range(at) if extents[under].meets(extents[at])} for at in range(len(extents))]


def _rank(mark: Mark, labels: Set[str]) -> int:
    match mark:
        case Text() if mark.role is Role.TITLE:
            return TITLE
        case Text():
            return LABELS if mark.name in labels else BODY
        case Table() | Chart():
            return FACTS
        case Box():
            return FRAMES
        case Shape():
            return AREAS
        case Line():
            return LINES


def _extent(mark: Mark) -> Rect:
    match mark:
        case Shape() if any(mark.rings):
            at = bounds(mark.rings)
        case Line() if mark.points:
            at = bounds([mark.points])
        case Shape() | Line():
            return Rect(0, 0, 0, 0)
        case _:
            at = mark.at
    return Rect(at.x, at.y, max(at.width, HAIR), max(at.height, HAIR))
