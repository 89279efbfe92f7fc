"""What meets what on the page: lines and boxes of a page tested all against all, which for some tens is quicker than a tree.

Lines are two arrays of their ends (n × 2), boxes rows of x0, y0, x1, y1 (n × 4); answers are n × n.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from dashboard.annual.marks import Rect

Numbers = npt.NDArray[np.float64]
Answers = npt.NDArray[np.bool_]

TINY = 1e-12
HAIR = 0.01
"""Points by which boxes are made smaller: those that only touch do not overlap."""
WIDER = HAIR * np.array([-1, -1, 1, 1])


def crossings(starts: Numbers, ends: Numbers) -> Answers:
    """Return which lines meet; all of them have some length."""
    (x, y), (dx, dy) = starts.T, (ends - starts).T
    at_start = _beside(x, y, dx, dy)
    at_end = at_start + dx[:, None] * dy - dy[:, None] * dx
    apart = at_start * at_end > 0
    met: Answers = ~(apart | apart.T)
    level = (at_start == 0) & (at_end == 0)
    if level.sum() > len(starts):  # on one line with another
        extents = np.hstack([np.minimum(starts, ends), np.maximum(starts, ends)])
        met &= ~level | overlaps(extents + WIDER, extents + WIDER)
    return met


def passages(starts: Numbers, ends: Numbers, boxes: Numbers) -> Answers:
    """Return which lines (rows) run through which boxes (columns)."""
    first, last = np.zeros(()), np.ones(())
    for axis in (0, 1):
        start, along = starts[:, axis, None], (ends - starts)[:, axis, None]
        share = 1 / np.where(np.abs(along) < TINY, TINY, along)
        one, other = (boxes[:, axis] - start) * share, (boxes[:, axis + 2] - start) * share
        first, last = np.maximum(first, np.minimum(one, other)), np.minimum(last, np.maximum(one, other))
    met: Answers = first <= last
    return met


def overlaps(boxes: Numbers, others: Numbers) -> Answers:
    """Return which boxes (rows) overlap which others (columns) by more than a hair."""
    met: Answers = np.ones((), bool)
    for axis in (0, 1):
        low, high = boxes[:, axis, None] + HAIR, boxes[:, axis + 2, None] - HAIR
        met = met & (low <= others[:, axis + 2] - HAIR) & (high >= others[:, axis] + HAIR)
    return met


def within(boxes: Numbers, frame: Rect) -> Answers:
    """Return which boxes reach out of a frame by a hair at most."""
    low = (boxes[:, 0] + HAIR >= frame.x) & (boxes[:, 1] + HAIR >= frame.y)
    inside: Answers = low & (boxes[:, 2] - HAIR <= frame.right) & (boxes[:, 3] - HAIR <= frame.bottom)
    return inside


def shrunk(boxes: Numbers) -> Any:
    """Return boxes as shapes that are a hair smaller."""
    return shapely.box(*(boxes - WIDER).T)


def _beside(x: Numbers, y: Numbers, dx: Numbers, dy: Numbers) -> Numbers:
    """Return on which side of each line (rows) each line begins (columns): the sign of the result."""
    side: Numbers = dx[:, None] * (y - y[:, None]) - dy[:, None] * (x - x[:, None])
    return side
