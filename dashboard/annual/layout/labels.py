"""Which label stands in which slot: the assignment of least total leader length, mended until nothing is in the way.

Of two leaders that cross, swapping their slots would shorten both, so the shortest assignment has no crossings, also where
leaders end at the nearest point of an area. Labels, frames and land forbid some pairs, and a leader may run into
another's label; such pairs are made dearer until none is left, always in the same order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.optimize import linear_sum_assignment

from dashboard.annual.layout.collisions import crossings, overlaps, passages, shrunk, within
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
    """What labels keep clear of: inside `frame`, off the `taken` boxes; off the `land` (a tree of polygons) where they can."""

    frame: Rect
    taken: Sequence[Rect]
    land: Any
    land_mask: LandMask
    row_height: float


@dataclass(frozen=True, slots=True)
class Assignment:
    """Labels in the order of their targets, how many faults are left, and the length of all leaders with their detours.

    `is_barred`: there are too few free slots.
    """

    labels: tuple[Label, ...]
    faults: int
    length: float
    is_barred: bool = False

    @property
    def merit(self) -> tuple[int, float]:
        """The less, the better."""
        return self.faults, self.length


def assigned(targets: Sequence[Target], slots: Sequence[Slot], around: Surroundings) -> Assignment:
    """Return the labels of all targets.

    Raises:
        TooManyLabelsError: there are fewer slots than targets.
    """
    return best_of(targets, [slots], around)


def best_of(targets: Sequence[Target], lines: Iterable[Sequence[Slot]], around: Surroundings) -> Assignment:
    """Return the labels in that of some lines of slots which makes the fewest faults and then the shortest leaders.

    No assignment to a line is shorter than the one that ignores its faults, so a line is left alone where that is longer
    than what another line reached without any.

    Raises:
        TooManyLabelsError: a line has fewer slots than there are targets.
    """
    if not targets:
        return Assignment((), 0, 0.0)
    best: Assignment | None = None
    every = [_Pairs.of(targets, slots, around) for slots in lines]
    for least, pairs in sorted(((pairs.least(), pairs) for pairs in every), key=lambda one: one[0]):
        if best is None or best.merit > (0, least):
            found = _assigned(pairs)
            best = found if best is None else min(best, found, key=lambda one: one.merit)
    assert best is not None
    return best


def _assigned(pairs: "_Pairs") -> Assignment:
    tried: list[Assignment] = []
    for courtesy in COURTESIES:
        tried.append(_mended(pairs, courtesy))
        if not tried[-1].faults or tried[-1].is_barred:
            break
    return min(tried, key=lambda one: one.merit)


def _mended(pairs: "_Pairs", courtesy: float) -> Assignment:
    """Return the best of some assignments, in each of which the pairs in fault are dearer than in the one before."""
    cost = pairs.cost + courtesy * pairs.discourtesy
    best: tuple[int, Choice] | None = None
    barred = 0
    for _ in range(ROUNDS):
        rows, chosen = linear_sum_assignment(cost)
        faults = pairs.faults(chosen)
        barred = int((pairs.cost[rows, chosen] >= OVER_LAND).sum())
        count = int(faults.sum()) + barred
        if best is None or count < best[0]:
            best = count, chosen
        if barred or not count:
            break  # no room, or nothing to mend
        cost[rows, chosen] += DEARER * faults
    assert best is not None
    count, chosen = best
    total = (pairs.cost + pairs.discourtesy)[np.arange(len(chosen)), chosen].sum()
    return Assignment(pairs.labels(chosen), count, float(total), is_barred=bool(barred))


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
        """Measure every pair.

        Raises:
            TooManyLabelsError: there are fewer slots than targets.
        """
        if len(targets) > len(slots):
            raise TooManyLabelsError(len(targets), len(slots))
        starts, boxes = _stands(targets, slots, around)
        ends = _ends(targets, starts)
        length = np.hypot(*np.moveaxis((starts - ends) * STRETCHED, 2, 0))
        cost = length + _barriers(starts, ends, boxes, around)
        discourtesy = _past_signs(targets, starts, ends) + _across_land(starts, ends, around.land_mask)
        return cls(targets, slots, starts, ends, boxes, cost, discourtesy)

    def least(self) -> float:
        """Return what no assignment is below, whatever faults it may have."""
        cost = self.cost + self.discourtesy
        return float(cost[linear_sum_assignment(cost)].sum())

    def faults(self, chosen: Choice) -> Numbers:
        """Return for every target how many leaders its leader crosses, and labels it runs through or its label covers."""
        every = np.arange(len(chosen))
        starts, ends = self.starts[every, chosen], self.ends[every, chosen]
        boxes = self.boxes[every, chosen]
        found = crossings(starts, ends).astype(np.int8)
        found += passages(starts, ends, boxes)
        found += overlaps(boxes, boxes)
        np.fill_diagonal(found, 0)
        counts: Numbers = found.sum(axis=1, dtype=float)
        return counts

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


def _ends(targets: Sequence[Target], starts: Numbers) -> Numbers:
    """Return where leaders end: at the sign, or at the nearest place of the area."""
    ends = np.empty_like(starts)
    for number, target in enumerate(targets):
        if target.shape.geom_type == "Point":
            ends[number] = target.shape.x, target.shape.y
        else:
            shape = shapely.transform(target.shape, lambda places: places * STRETCHED)
            nearest = shapely.shortest_line(shape, shapely.points(starts[number] * STRETCHED))
            ends[number] = shapely.get_coordinates(nearest)[::2] / STRETCHED
    return ends


def _barriers(starts: Numbers, ends: Numbers, boxes: Numbers, around: Surroundings) -> Numbers:
    """What a pair costs beside its length where its label or leader meets a taken box, the frame or land."""
    every = boxes.reshape(-1, 4)
    taken = np.array([(at.x, at.y, at.right, at.bottom) for at in around.taken]).reshape(-1, 4)
    barred = ~within(every, around.frame) | overlaps(every, taken).any(axis=1)
    barred |= passages(starts.reshape(-1, 2), ends.reshape(-1, 2), taken).any(axis=1)
    cost = np.where(barred, FORBIDDEN, 0.0)
    free = np.flatnonzero(~barred)
    over = around.land.query(shrunk(every[free]), predicate="intersects")[0]
    cost[free[np.unique(over)]] += OVER_LAND
    return cost.reshape(starts.shape[:2])


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
