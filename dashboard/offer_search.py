"""Partners in reach of a point: which of them, in what order, and how many there are of each kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dashboard.closed_lists import Offer, Reach
from dashboard.offer_filters import ASKED, Attributes, Choice, Truths, Vocabulary

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Reached = tuple[Ints, Floats]
"""Positions of partners and their metres, nearest first."""

KILOMETRES = {Reach.KM5: 5, Reach.KM10: 10, Reach.KM20: 20, Reach.KM50: 50}
MOST_NEAREST = {Reach.NEAREST10: 10, Reach.NEAREST30: 30, Reach.NEAREST100: 100}
INSIDE_M = -1.0
"""Stands for the distance of a body that works where the point lies: nearer than everything that is measured."""


class Points(Protocol):
    """What finds points by distance (`geo.nearby.Nearby`)."""

    def nearest(self, lon: float, lat: float, k: int) -> Reached: ...
    def nearest_among(self, among: Truths, lon: float, lat: float, k: int) -> Reached: ...
    def are_within(self, lon: float, lat: float, metres: float) -> Truths: ...
    def __len__(self) -> int: ...


class Seen(Protocol):
    """Partners of one kind as seen from one point."""

    @property
    def attributes(self) -> Attributes: ...
    def within(self, kept: Truths, metres: float) -> Truths: ...
    def nearest(self, kept: Truths, most: int) -> Reached: ...


@dataclass(frozen=True, slots=True)
class SeenBodies:
    """A few partners whose distance is known: `INSIDE_M` where they work, nan without a place to measure to."""

    attributes: Attributes
    metres: Floats

    def within(self, kept: Truths, metres: float) -> Truths:
        """Return which of `kept` are at most so far away."""
        return kept & (self.metres <= metres)

    def nearest(self, kept: Truths, most: int) -> Reached:
        """Return the nearest of `kept`."""
        found = np.flatnonzero(self.within(kept, np.inf))
        found = found[np.argsort(self.metres[found], kind="stable")][:most]
        return found, self.metres[found]


@dataclass(frozen=True, slots=True)
class SeenPoints:
    """Very many partners, each at a point; seen from `lon`, `lat` in degrees."""

    attributes: Attributes
    points: Points
    lon: float
    lat: float
    _within: dict[float, Truths] = field(default_factory=dict)

    def within(self, kept: Truths, metres: float) -> Truths:
        """Return which of `kept` are at most so far away."""
        if metres not in self._within:
            self._within[metres] = self.points.are_within(self.lon, self.lat, metres)
        return kept & self._within[metres]

    def nearest(self, kept: Truths, most: int) -> Reached:
        """Return the nearest of `kept`: mostly they are among the nearest of all."""
        positions, metres = self.points.nearest(self.lon, self.lat, 2 * most)
        fits = kept[positions]
        if fits.sum() >= most or len(positions) == len(self.points):
            return positions[fits][:most], metres[fits][:most]
        return self.points.nearest_among(kept, self.lon, self.lat, most)


@dataclass(frozen=True, slots=True)
class Merged:
    """Partners of several kinds in one order, as arrays: number of the kind, position in it, metres."""

    kind: Ints
    position: Ints
    metres: Floats

    @classmethod
    def of(cls, reached: Mapping[int, Reached], most: int | None) -> "Merged":
        """Put partners in one order, those at one distance by kind and position, and cut it after `most` (None: not at all)."""
        kinds = [np.full(len(positions), kind, np.int64) for kind, (positions, _) in reached.items()]
        kind = np.concatenate([np.empty(0, np.int64), *kinds])
        position = np.concatenate([np.empty(0, np.int64), *(positions for positions, _ in reached.values())])
        metres = np.concatenate([np.empty(0), *(metres for _, metres in reached.values())])
        order = np.lexsort((position, kind, metres))[:most]
        return cls(kind[order], position[order], metres[order])


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer: the first partners in their order, and what `offers.Found` says about all."""

    first: Merged
    total: int
    counts: Mapping[str, int]
    unknown: Mapping[str, int]
    widened: str


@dataclass(frozen=True, slots=True)
class Search:
    """One question about partners of all kinds; `chosen` are the kinds wanted.

    Of the places within a distance the `most_shown` nearest are put in order, the others counted; bodies are few and never cut.
    """

    kinds: Mapping[Offer, Seen]
    chosen: Collection[Offer]
    choice: Choice
    words: Vocabulary
    with_unknown: bool
    reach: Reach
    most_shown: int

    def hits(self) -> Hits:
        """Return the answer."""
        fitting = {
            kind: seen.attributes.fitting(self.choice, self.words) for kind, seen in self.kinds.items()
        }
        known = {
            kind: fits & self.kinds[kind].attributes.known(self.choice) for kind, fits in fitting.items()
        }
        kept = fitting if self.with_unknown else known
        reached = self._reached(kept)
        total = sum(int(found.sum()) for found in self._answer(reached).values())
        return Hits(
            self._first(reached),
            total,
            counts={str(kind): int(found.sum()) for kind, found in reached.items()},
            unknown=self._unknown(self._answer(self._reached(fitting))),
            widened="" if total else self._widened(kept),
        )

    def _reached(self, kept: Mapping[Offer, Truths]) -> Mapping[Offer, Truths]:
        """Return for each kind which partners its own answer would have."""
        if self.reach in KILOMETRES:
            metres = 1000.0 * KILOMETRES[self.reach]
            return {kind: self.kinds[kind].within(fits, metres) for kind, fits in kept.items()}
        most = MOST_NEAREST[self.reach]
        return {
            kind: _only(self.kinds[kind].nearest(fits, most)[0], len(fits)) for kind, fits in kept.items()
        }

    def _answer(self, reached: Mapping[Offer, Truths]) -> Mapping[Offer, Truths]:
        """Return for each kind that is wanted which partners are in the answer of all of them together."""
        if self.reach in KILOMETRES:
            return {kind: found for kind, found in reached.items() if kind in self.chosen}
        first = self._first(reached)
        return {
            kind: _only(first.position[first.kind == number], len(reached[kind]))
            for number, kind in enumerate(Offer)
            if kind in reached and kind in self.chosen
        }

    def _first(self, reached: Mapping[Offer, Truths]) -> Merged:
        most = MOST_NEAREST.get(self.reach)
        numbered = {
            number: self.kinds[kind].nearest(reached[kind], most or self._most_of(kind, reached[kind]))
            for number, kind in enumerate(Offer)
            if kind in reached and kind in self.chosen
        }
        return Merged.of(numbered, most)

    def _most_of(self, kind: Offer, reached: Truths) -> int:
        return self.most_shown if kind is Offer.PLACE else len(reached)

    def _unknown(self, answer: Mapping[Offer, Truths]) -> Mapping[str, int]:
        counts = dict.fromkeys(ASKED, 0)
        for kind, found in answer.items():
            for name, is_unknown in self.kinds[kind].attributes.unknown().items():
                counts[name] += int((is_unknown & found).sum())
        return counts

    def _widened(self, kept: Mapping[Offer, Truths]) -> str:
        """Return the smallest larger reach that finds anything; the ten nearest where even the farthest one does not."""
        if self.reach not in KILOMETRES:
            return ""
        nearest = [self.kinds[kind].nearest(kept[kind], 1)[1] for kind in self.kinds if kind in self.chosen]
        metres = np.concatenate([np.empty(0), *nearest])
        if not len(metres):
            return ""
        wider = (
            reach
            for reach, kilometres in KILOMETRES.items()
            if kilometres > KILOMETRES[self.reach] and metres.min() <= 1000 * kilometres
        )
        return str(next(wider, Reach.NEAREST10))


def _only(positions: Ints, count: int) -> Truths:
    """Return `count` truths of which those at `positions` are true."""
    only = np.zeros(count, bool)
    only[positions] = True
    return only
