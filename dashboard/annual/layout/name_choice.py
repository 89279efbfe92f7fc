"""Which of its places each name takes, so that none covers another and as few as can be are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.annual.layout.collisions import overlaps

Numbers = npt.NDArray[np.float64]
Choices = list[int | None]

ROUNDS = 4
APART = np.array([-0.8, 0.0, 0.8, 0.0])
"""Names keep so many points apart, each on its side: an eye parts words by their blanks."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The places of one name: their middles (n × 2), boxes (n × 4), what they cost, and the share of its size."""

    middles: Numbers
    boxes: Numbers
    cost: Numbers
    shares: Numbers

    def where(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> "Places":
        """Return some of them."""
        return Places(self.middles[chosen], self.boxes[chosen], self.cost[chosen], self.shares[chosen])

    def dearer(self, cost: Numbers) -> "Places":
        """Return them with so much added to what they cost."""
        return Places(self.middles, self.boxes, self.cost + cost, self.shares)

    def cheapest(self, count: int) -> "Places":
        """Return the first `count` of them by cost."""
        return self.where(np.argsort(self.cost, kind="stable")[:count])

    @classmethod
    def joined(cls, parts: Sequence["Places"]) -> "Places":
        """Return the places of all parts."""
        return cls(
            np.concatenate([part.middles for part in parts]),
            np.concatenate([part.boxes for part in parts]),
            np.concatenate([part.cost for part in parts]),
            np.concatenate([part.shares for part in parts]),
        )


def chosen_together(places: Sequence[Places], left_out: Sequence[float]) -> Choices:
    """Return the number of each name's place, None where it is left out, which costs `left_out`.

    Every name in turn takes the cheapest place that is worth what it costs the names it drives away, which look for
    others, until no name does better. The costs only fall, so it ends; the same places give the same choice.
    """
    every = _Together(places, left_out, [None] * len(places))
    for _ in range(ROUNDS):
        changes = [every.improved(number) for number in range(len(places))]
        if not any(changes):
            break
    return every.chosen


@dataclass(frozen=True, slots=True, eq=False)
class _Together:
    places: Sequence[Places]
    left_out: Sequence[float]
    chosen: Choices

    def improved(self, number: int) -> bool:
        """Move one name to where all names together are cheapest; tell whether it has moved."""
        at = self.places[number]
        if not len(at.cost):
            return False
        met = self._met(number, at.boxes)
        before = self._cost(number, self.chosen[number])
        best: tuple[float, Choices] = -1e-6, self.chosen
        for place in np.argsort(at.cost, kind="stable").tolist():
            if at.cost[place] - before >= best[0]:
                break  # no later one is cheaper even if it drives nobody away
            change, after = self._driven(number, place, np.flatnonzero(met[place]).tolist())
            if change < best[0]:
                best = change, after
        moved = best[1] is not self.chosen
        self.chosen[:] = best[1]
        return moved

    def _driven(self, number: int, place: int, away: Sequence[int]) -> tuple[float, Choices]:
        """Return what it changes that a name takes a place, and the choice after the names that it drives away chose again."""
        after = [None if other in away else choice for other, choice in enumerate(self.chosen)]
        after[number] = place
        change = self._cost(number, place) - self._cost(number, self.chosen[number])
        for other in away:
            after[other] = self._free(other, after)
            change += self._cost(other, after[other]) - self._cost(other, self.chosen[other])
        return change, after

    def _free(self, number: int, chosen: Choices) -> int | None:
        """Return the cheapest place of a name that meets no other, if it is worth it."""
        at = self.places[number]
        free = ~overlaps(at.boxes + APART, self._boxes(number, chosen)).any(axis=1)
        cost = np.where(free, at.cost, np.inf)
        best = int(np.argmin(cost))
        return best if cost[best] < self.left_out[number] else None

    def _met(self, number: int, boxes: Numbers) -> npt.NDArray[np.bool_]:
        """Return which names (columns) stand where each box (rows) is."""
        found = np.zeros((len(boxes), len(self.places)), bool)
        standing = [n for n, choice in enumerate(self.chosen) if choice is not None and n != number]
        found[:, standing] = overlaps(boxes + APART, self._boxes(number, self.chosen))
        return found

    def _boxes(self, number: int, chosen: Choices) -> Numbers:
        """The boxes of all names but one."""
        standing = [
            self.places[n].boxes[choice]
            for n, choice in enumerate(chosen)
            if choice is not None and n != number
        ]
        boxes: Numbers = np.array(standing).reshape(-1, 4) + APART
        return boxes

    def _cost(self, number: int, choice: int | None) -> float:
        return self.left_out[number] if choice is None else float(self.places[number].cost[choice])
