"""Which label stands in which slot: the assignment of least total leader length, mended until nothing is in the way.

Of two leaders that cross, swapping their slots would shorten both, so the shortest assignment has no crossings, also where
leaders end at the nearest point of an area. Labels, frames and land forbid some pairs, and a leader may run into
another's label; such pairs are made dearer until none is left, always in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.optimize import linear_sum_assignment

from dashboard.annual.layout.land_mask import LandMask
from dashboard.annual.layout.slots import Slot
from dashboard.annual.marks import Align, Point, Rect

Numbers = npt.NDArray[np.float64]
Choice = npt.NDArray[np.intp]
"""The number of each target's slot."""

GAP = 2.0
"""Points between a label and its leader."""
FORBIDDEN = 1e5
OVER_LAND = 1e4
PAST_SIGN, NEAR_SIGN = 14.0, 4.0
"""Points of length that a leader is thought longer for every foreign sign within so many points."""
DEARER = 6.0
STRETCHED = np.array([1.0, 1.4])
"""A point up or down is thought this much longer than one across, so that leaders are rather flat than steep."""
ROUNDS = 25
COURTESIES = (1.0, 0.3, 0.0)
"""How much of signs and land that leaders pass counts, tried in this order: at 0, the shortest assignment has no crossings."""
ACROSS_LAND = 1.0
"""Points of length that a leader is thought longer for every point across land."""


class TooManyLabelsError(ValueError):
    """More bodies than slots: `bodies`, `slots`. The page has to be split, or its rows made lower."""

    def __init__(self, bodies: int, slots: int) -> None:
        super().__init__(f"{bodies} labels, {slots} slots")
        self.bodies, self.slots = bodies, slots


@dataclass(frozen=True, slots=True)
class Target:
    """What a leader leads to: the point of a sign, or the part of an area where a sign may stand."""

    code: str
    width: float
    shape: Any


@dataclass(frozen=True, slots=True)
class Label:
    """A name at the coast: `at` its text's box, `leader` from beside it to its body, `side` LEFT where it stands left of it."""

    code: str
    at: Rect
    leader: tuple[Point, Point]
    side: Align


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What labels keep clear of: inside `frame`, off the `taken` boxes; off the `land` where they can."""

    frame: Rect
    taken: Sequence[Rect]
    land: Sequence[Any]
    land_mask: LandMask
    row_height: float


@dataclass(frozen=True, slots=True)
class Assignment:
    """Labels in the order of their targets, how many faults are left, and the length of all leaders with their detours."""

    labels: tuple[Label, ...]
    faults: int
    length: float

    @property
    def merit(self) -> tuple[int, float]:
        """The less, the better."""
        return self.faults, self.length


def assigned(targets: Sequence[Target], slots: Sequence[Slot], around: Surroundings) -> Assignment:
    """Return the labels of all targets.

    Raises:
        TooManyLabelsError: there are fewer slots than targets.
    """
    if len(targets) > len(slots):
        raise TooManyLabelsError(len(targets), len(slots))
    if not targets:
        return Assignment((), 0, 0.0)
    pairs = _Pairs.of(targets, slots, around)
    tried: list[Assignment] = []
    for courtesy in COURTESIES:
        tried.append(_mended(pairs, courtesy))
        if not tried[-1].faults:
            break
    return min(tried, key=lambda one: one.merit)


def _mended(pairs: "_Pairs", courtesy: float) -> Assignment:
    """Return the best of some assignments, in each of which the pairs in fault are dearer than in the one before."""
    cost = pairs.cost + courtesy * pairs.discourtesy
    tried: list[tuple[int, Choice]] = []
    for _ in range(ROUNDS):
        rows, chosen = linear_sum_assignment(cost)
        faults = pairs.faults(chosen)
        barred = int((pairs.cost[rows, chosen] >= OVER_LAND).sum())
        tried.append((int(faults.sum()) + barred, chosen))
        if barred or not faults.any():
            break  # no room, or nothing to mend
        cost[rows, chosen] += DEARER * faults
    count, chosen = min(tried, key=lambda one: one[0])
    total = (pairs.cost + pairs.discourtesy)[np.arange(len(chosen)), chosen].sum()
    return Assignment(pairs.labels(chosen), count, float(total))


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Every target with every slot: where the label would stand (x0, y0, x1, y1), its leader, and what it costs."""

    targets: Sequence[Target]
    slots: Sequence[Slot]
    starts: Numbers
    ends: Numbers
    boxes: Numbers
    cost: Numbers
    discourtesy: Numbers

    @classmethod
    def of(cls, targets: Sequence[Target], slots: Sequence[Slot], around: Surroundings) -> "_Pairs":
        """Measure every pair."""
        starts, boxes = _stands(targets, slots, around)
        shapes = shapely.transform([target.shape for target in targets], lambda places: places * STRETCHED)
        nearest = shapely.shortest_line(shapes[:, None], shapely.points(starts * STRETCHED))
        ends = shapely.get_coordinates(nearest).reshape(len(targets), len(slots), 2, 2)[:, :, 0] / STRETCHED
        length = np.hypot(*np.moveaxis((starts - ends) * STRETCHED, 2, 0))
        cost = length + _barriers(starts, ends, boxes, around)
        discourtesy = _past_signs(targets, starts, ends) + _across_land(starts, ends, around.land_mask)
        return cls(targets, slots, starts, ends, boxes, cost, discourtesy)

    def faults(self, chosen: Choice) -> Numbers:
        """Return for every target how many leaders its leader crosses and how many labels it runs through."""
        every = np.arange(len(chosen))
        leaders = shapely.linestrings(
            np.stack([self.starts[every, chosen], self.ends[every, chosen]], axis=1)
        )
        boxes = shapely.box(*self.boxes[every, chosen].T)
        crossing = shapely.STRtree(leaders).query(leaders, predicate="intersects")
        through = shapely.STRtree(boxes).query(leaders, predicate="intersects")
        shrunk = _shrunk(self.boxes[every, chosen])
        overlap = shapely.STRtree(shrunk).query(shrunk, predicate="intersects")
        found = np.zeros(len(chosen))
        for pair in (crossing, through, overlap):
            np.add.at(found, pair[0][pair[0] != pair[1]], 1)
        return found

    def labels(self, chosen: Choice) -> tuple[Label, ...]:
        """Return the labels of a choice."""
        return tuple(
            self._label(number, int(slot), target)
            for number, (slot, target) in enumerate(zip(chosen, self.targets, strict=True))
        )

    def _label(self, number: int, slot: int, target: Target) -> Label:
        x0, y0, x1, y1 = self.boxes[number, slot].tolist()
        start, end = self.starts[number, slot].tolist(), self.ends[number, slot].tolist()
        leader = (start[0], start[1]), (end[0], end[1])
        return Label(target.code, Rect(x0, y0, x1 - x0, y1 - y0), leader, self.slots[slot].side)


def _stands(
    targets: Sequence[Target], slots: Sequence[Slot], around: Surroundings
) -> tuple[Numbers, Numbers]:
    """Where leaders begin and labels stand; a label too wide for its slot moves in from the frame."""
    width = np.array([target.width for target in targets])[:, None] + GAP
    is_left = np.array([slot.side is Align.LEFT for slot in slots])
    x, y = np.array([(slot.x, slot.y) for slot in slots]).T
    left, right = np.maximum(x, around.frame.x + width), np.minimum(x, around.frame.right - width)
    x_start = np.where(is_left, left, right)
    edges = (
        np.where(is_left, x_start - width, x_start + GAP),
        np.where(is_left, x_start - GAP, x_start + width),
    )
    half = around.row_height / 2
    y_start = np.broadcast_to(y, x_start.shape)
    return np.stack([x_start, y_start], 2), np.stack([edges[0], y_start - half, edges[1], y_start + half], 2)


def _barriers(starts: Numbers, ends: Numbers, boxes: Numbers, around: Surroundings) -> Numbers:
    labels = _shrunk(boxes)
    leaders = shapely.linestrings(np.stack([starts, ends], axis=2))
    taken = [shapely.box(rect.x, rect.y, rect.right, rect.bottom) for rect in around.taken]
    frame = around.frame
    whole = shapely.box(frame.x, frame.y, frame.right, frame.bottom)
    shapely.prepare(whole)
    barred = ~shapely.covers(whole, labels)
    for box in taken:
        barred |= shapely.intersects(labels, box) | shapely.intersects(leaders, box)
    cost = np.where(barred, FORBIDDEN, 0.0)
    flat = labels.ravel()
    over = shapely.STRtree(list(around.land)).query(flat, predicate="intersects")[0]
    cost.ravel()[np.unique(over)] += OVER_LAND
    return cost


def _shrunk(boxes: Numbers) -> Any:
    """Return boxes (… × 4) a hair smaller: those that only touch do not overlap."""
    x0, y0, x1, y1 = np.moveaxis(boxes, -1, 0)
    return shapely.box(x0 + 0.01, y0 + 0.01, x1 - 0.01, y1 - 0.01)


def _across_land(starts: Numbers, ends: Numbers, mask: LandMask) -> Numbers:
    length: Numbers = np.hypot(*np.moveaxis(ends - starts, 2, 0))
    return ACROSS_LAND * length * mask.share(starts, ends)


def _past_signs(targets: Sequence[Target], starts: Numbers, ends: Numbers) -> Numbers:
    """Length that is added for every sign of a municipality that a leader to another body passes closely."""
    signs = [(n, target.shape) for n, target in enumerate(targets) if target.shape.geom_type == "Point"]
    added = np.zeros(starts.shape[:2])
    along = ends - starts
    square = np.maximum((along**2).sum(axis=2), 1e-9)
    for number, sign in signs:
        to_sign = np.array([sign.x, sign.y]) - starts
        share = np.clip((to_sign * along).sum(axis=2) / square, 0, 1)[..., None]
        near = np.hypot(*np.moveaxis(to_sign - share * along, 2, 0)) < NEAR_SIGN
        near[number] = False
        added += PAST_SIGN * near
    return added
