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
    def within(self, lon: float, lat: float, metres: float) -> Reached: ...
    def __len__(self) -> int: ...


class Seen(Protocol):
    """Partners of one kind as seen from one point."""

    @property
    def attributes(self) -> Attributes: ...
    def within(self, kept: Truths, metres: float) -> Reached: ...
    def nearest(self, kept: Truths, most: int) -> Reached: ...


@dataclass(frozen=True, slots=True)
class SeenBodies:
    """A few partners whose distance is known: `INSIDE_M` where they work, nan without a place to measure to."""

    attributes: Attributes
    metres: Floats

    def within(self, kept: Truths, metres: float) -> Reached:
        """Return those of `kept` at most so far away."""
        found = np.flatnonzero(kept & (self.metres <= metres))
        found = found[np.argsort(self.metres[found], kind="stable")]
        return found, self.metres[found]

    def nearest(self, kept: Truths, most: int) -> Reached:
        """Return the nearest of `kept`."""
        positions, metres = self.within(kept, np.inf)
        return positions[:most], metres[:most]


@dataclass(frozen=True, slots=True)
class SeenPoints:
    """Very many partners, each at a point; seen from `lon`, `lat` in degrees."""

    attributes: Attributes
    points: Points
    lon: float
    lat: float
    _within: dict[float, Reached] = field(default_factory=dict)

    def within(self, kept: Truths, metres: float) -> Reached:
        """Return those of `kept` at most so far away."""
        if metres not in self._within:
            self._within[metres] = self.points.within(self.lon, self.lat, metres)
        positions, distances = self._within[metres]
        fits = kept[positions]
        return positions[fits], distances[fits]

    def nearest(self, kept: Truths, most: int) -> Reached:
        """Return the nearest of `kept`, looking among ever more of all."""
        looked = 2 * most
        while True:
            positions, metres = self.points.nearest(self.lon, self.lat, looked)
            fits = kept[positions]
            if fits.sum() >= most or looked >= len(self.points):
                return positions[fits][:most], metres[fits][:most]
            looked *= 8


@dataclass(frozen=True, slots=True)
class Merged:
    """Partners of several kinds in one order, as arrays: number of the kind, position in it, metres."""

    kind: Ints
    position: Ints
    metres: Floats

    @classmethod
    def of(cls, reached: Mapping[int, Reached], most: int | None) -> "Merged":
        """Put partners in one order, those at one distance by kind and position, and cut it after `most`."""
        kinds = [np.full(len(positions), kind, np.int64) for kind, (positions, _) in reached.items()]
        kind = np.concatenate([np.empty(0, np.int64), *kinds])
        position = np.concatenate([np.empty(0, np.int64), *(positions for positions, _ in reached.values())])
        metres = np.concatenate([np.empty(0), *(metres for _, metres in reached.values())])
        order = np.lexsort((position, kind, metres))[:most]
        return cls(kind[order], position[order], metres[order])

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.kind)


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer: partners in their order, and what `offers.Found` says about them."""

    merged: Merged
    counts: Mapping[str, int]
    unknown: Mapping[str, int]
    widened: str


@dataclass(frozen=True, slots=True)
class Search:
    """One question about partners of all kinds; `chosen` are the kinds wanted."""

    kinds: Mapping[Offer, Seen]
    chosen: Collection[Offer]
    choice: Choice
    words: Vocabulary
    with_unknown: bool
    reach: Reach

    def hits(self) -> Hits:
        """Return the answer."""
        fitting = {
            kind: seen.attributes.fitting(self.choice, self.words) for kind, seen in self.kinds.items()
        }
        known = {
            kind: fits & self.kinds[kind].attributes.known(self.choice) for kind, fits in fitting.items()
        }
        kept = fitting if self.with_unknown else known
        reached = {kind: self._reached(kind, fits) for kind, fits in kept.items()}
        merged = self._merged(reached)
        fits = {kind: self._reached(kind, fits) for kind, fits in fitting.items()}
        return Hits(
            merged,
            counts={str(kind): len(positions) for kind, (positions, _) in reached.items()},
            unknown=self._unknown(self._merged(fits)),
            widened="" if len(merged) else self._widened(kept),
        )

    def _reached(self, kind: Offer, kept: Truths) -> Reached:
        if self.reach in KILOMETRES:
            return self.kinds[kind].within(kept, 1000.0 * KILOMETRES[self.reach])
        return self.kinds[kind].nearest(kept, MOST_NEAREST[self.reach])

    def _merged(self, reached: Mapping[Offer, Reached]) -> Merged:
        numbered = {
            number: reached[kind]
            for number, kind in enumerate(Offer)
            if kind in reached and kind in self.chosen
        }
        return Merged.of(numbered, MOST_NEAREST.get(self.reach))

    def _unknown(self, merged: Merged) -> Mapping[str, int]:
        counts = dict.fromkeys(ASKED, 0)
        for number, kind in enumerate(Offer):
            positions = merged.position[merged.kind == number]
            for name, is_unknown in self.kinds[kind].attributes.unknown().items():
                counts[name] += int(is_unknown[positions].sum())
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
