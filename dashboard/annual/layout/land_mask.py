"""Land on a grid of the page: how much of a line is across land, quick enough to ask of every leader there could be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from dashboard.annual.marks import Point, Rect

Numbers = npt.NDArray[np.float64]

SAMPLES = 12
"""At so many places of a line it is looked whether there is land."""


@dataclass(frozen=True, slots=True, eq=False)
class LandMask:
    """Where there is land, on a grid of `step` points from the corner of the frame."""

    corner: Point
    step: float
    cells: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, land: Sequence[Any], frame: Rect, step: float = 3.0) -> "LandMask":
        """Look for land (polygons on the page) in the middle of every cell."""
        xs = np.arange(frame.x + step / 2, frame.right, step)
        ys = np.arange(frame.y + step / 2, frame.bottom, step)
        cells = np.zeros((len(ys), len(xs)), bool)
        for piece in land:
            if piece.area > step**2:
                west, north, east, south = piece.bounds
                across, down = (xs > west) & (xs < east), (ys > north) & (ys < south)
                here = np.ix_(down, across)
                cells[here] |= shapely.contains_xy(piece, *np.meshgrid(xs[across], ys[down]))
        return cls((frame.x, frame.y), step, cells)

    def share(self, starts: Numbers, ends: Numbers) -> Numbers:
        """Return how much of each line (… × 2) is across land."""
        along = (np.arange(SAMPLES) + 0.5) / SAMPLES
        places = starts[..., None, :] + along[:, None] * (ends - starts)[..., None, :]
        columns, rows = np.moveaxis(((places - self.corner) / self.step).astype(int), -1, 0)
        height, width = self.cells.shape
        found: Numbers = self.cells[np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)].mean(
            axis=-1
        )
        return found
