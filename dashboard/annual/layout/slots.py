"""Where a label may stand: slots in rows on both sides of the land, along a line that follows its coast.

The line keeps `DISTANCE` rows off the coast and never recedes faster than a `steepness` from row to row: steep, it follows
every bay and labels are near their bodies; 0 is a straight column, where no leader can run into a label.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from dashboard.annual.marks import Align, Rect

Numbers = npt.NDArray[np.float64]

DISTANCE = 1.6
"""How far the line keeps from the coast, in rows: about 110 km on a slide of the nation."""
STEEPNESSES = (
    ((2.0, 2.0), (1.2, 2.0), (2.0, 1.2), (1.5, 1.5), (1.2, 1.2), (0.9, 1.2), (1.2, 0.7), (0.7, 0.7)),
    ((0.35, 0.35),),
    ((0.0, 0.0),),
)
"""Of the left and the right line: points across for a point down. A later group is tried where no line of the one before it is
free of faults."""
SMALL = 0.004
"""Islands under this share of all land do not push labels away; labels only keep off them."""
DENSE_PT = 3.0


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a leader begins; its label ends there (`side` LEFT) or begins there (RIGHT)."""

    x: float
    y: float
    side: Align


def rows_of(top: float, bottom: float, row_height: float) -> tuple[float, ...]:
    """Return the middles of as many rows as fit between top and bottom, evenly spread."""
    count = max(1, int((bottom - top + 1e-6) // row_height))
    step = (bottom - top) / count
    return tuple(top + (number + 0.5) * step for number in range(count))


def room_for(frame: Rect, row_height: float) -> int:
    """Return how many labels fit round a map at most, where no box takes any of the room."""
    return 2 * len(rows_of(frame.y, frame.bottom, row_height))


def coast_slots(
    coast: Numbers, frame: Rect, row_height: float, steepness: tuple[float, float]
) -> tuple[Slot, ...]:
    """Return two slots a row of the frame, one on each side of the land."""
    off = DISTANCE * row_height
    found = []
    for y in rows_of(frame.y, frame.bottom, row_height):
        # As a cone around the row: what lies k points higher or lower pushes the line k * steepness points less.
        away = np.maximum(np.abs(coast[:, 1] - y) - off, 0)
        west = (coast[:, 0] + steepness[0] * away).min() - off
        east = (coast[:, 0] - steepness[1] * away).max() + off
        found += [Slot(float(west), y, Align.LEFT), Slot(float(east), y, Align.RIGHT)]
    return tuple(found)


def box_slots(box: Rect, column: Rect, row_height: float, side: Align) -> tuple[Slot, ...]:
    """Return the slots of a column beside a box."""
    x = box.x if side is Align.LEFT else box.right
    return tuple(Slot(x, y, side) for y in rows_of(column.y, column.bottom, row_height))


def coast_of(land: Sequence[Any]) -> Numbers:
    """Return points (n × 2) along the coast of all but small islands, close together; `land` has polygons on the page."""
    area = shapely.area(list(land))
    large = [piece for piece, size in zip(land, area, strict=True) if size >= SMALL * area.sum()]
    coast: Numbers = shapely.get_coordinates(shapely.segmentize(large, DENSE_PT))
    return coast
