"""Whose land is where, on a grid of the page: how much of a box is on the land of one prefecture, and how much on others'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Numbers = npt.NDArray[np.float64]
Answers = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int32]

STEP = 1.5
SEA = 0


@dataclass(frozen=True, slots=True, eq=False)
class LandCodes:
    """Cells of `step` points from a corner of the page: the number of the prefecture in each, and whether it is filled."""

    corner: Numbers
    step: float
    numbers: Mapping[str, int]
    cells: npt.NDArray[np.int16]
    filled: Answers

    @classmethod
    def of(cls, land: Mapping[str, Any], areas: Sequence[Any], step: float = STEP) -> "LandCodes":
        """Look whose land (shapes by code) and whether a filled area is in the middle of every cell."""
        bounds = shapely.bounds(list(land.values())) if land else np.zeros((1, 4))
        low, high = bounds[:, :2].min(axis=0) - step, bounds[:, 2:].max(axis=0) + step
        wide, tall = (np.ceil((high - low) / step).astype(int) + 1).tolist()
        cells, filled = np.full((tall, wide), SEA, np.int16), np.zeros((tall, wide), bool)
        found = cls(low, step, {code: n for n, code in enumerate(land, start=1)}, cells, filled)
        for code, shape in land.items():
            found._fill(cells, shape, found.numbers[code])
        for area in areas:
            found._fill(filled, area, True)
        return found

    def holds(self, code: str, places: Numbers) -> Answers:
        """Return which places (n × 2) are on the land of a prefecture."""
        tall, wide = self.cells.shape
        columns, rows = ((places - self.corner) / self.step).astype(int).T
        inside = (columns >= 0) & (rows >= 0) & (columns < wide) & (rows < tall)
        held: Answers = inside & (
            self.cells[rows.clip(0, tall - 1), columns.clip(0, wide - 1)] == self.numbers[code]
        )
        return held

    def share(self, code: str, boxes: Numbers) -> Numbers:
        """Return the share of boxes (n × 4) on a prefecture's land."""
        window = self._window(boxes)
        return window.counted(window.numbers == self.numbers[code]) / window.whole

    def foreign(self, code: str, boxes: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return the largest share of boxes (n × 4) on another's land, that on all others' and that on filled areas."""
        window, mine = self._window(boxes), self.numbers[code]
        most = np.zeros(len(boxes))
        for number in np.unique(window.numbers).tolist():
            if number not in (SEA, mine):
                most = np.maximum(most, window.counted(window.numbers == number))
        others = window.counted((window.numbers != SEA) & (window.numbers != mine))
        return most / window.whole, others / window.whole, window.counted(window.filled) / window.whole

    def _window(self, boxes: Numbers) -> "_Window":
        ends = np.round((boxes.reshape(-1, 2, 2) - self.corner) / self.step).astype(np.int32)
        whole = np.maximum(ends[:, 1] - ends[:, 0], 1).prod(axis=1).astype(float)
        ends = ends.clip(0, np.array(self.cells.shape[::-1], np.int32))
        low = ends.min(axis=(0, 1)) if len(ends) else np.zeros(2, np.int32)
        high = ends.max(axis=(0, 1)) if len(ends) else np.zeros(2, np.int32)
        here = slice(low[1], high[1]), slice(low[0], high[0])
        return _Window(self.cells[here], self.filled[here], ends - low, whole)

    def _fill(self, cells: Any, shape: Any, value: int) -> None:
        first = np.floor((np.array(shape.bounds[:2]) - self.corner) / self.step).astype(int).clip(0)
        last = np.ceil((np.array(shape.bounds[2:]) - self.corner) / self.step).astype(int) + 1
        here = cells[first[1] : last[1], first[0] : last[0]]
        xs = self.corner[0] + (first[0] + np.arange(here.shape[1]) + 0.5) * self.step
        ys = self.corner[1] + (first[1] + np.arange(here.shape[0]) + 0.5) * self.step
        here[shapely.contains_xy(shape, *np.meshgrid(xs, ys))] = value


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """The cells that boxes are over; `ends` the first column and row of each and those behind its last, `whole` its cells.

    A box may reach off the grid: there is the sea.
    """

    numbers: npt.NDArray[np.int16]
    filled: Answers
    ends: Counts
    whole: Numbers

    def counted(self, cells: Answers) -> Numbers:
        """Return how many cells are true within each box."""
        tall, wide = cells.shape
        sums = np.zeros((tall + 1, wide + 1), np.int32)
        sums[1:, 1:] = cells.cumsum(axis=0, dtype=np.int32).cumsum(axis=1)
        (left, top), (right, bottom) = self.ends[:, 0].T, self.ends[:, 1].T
        inside: Numbers = (
            sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        ).astype(float)
        return inside
