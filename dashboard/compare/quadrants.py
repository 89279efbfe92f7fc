"""The four parts of a scatter, split at the medians: how many areas lie in each, and what that says of the chosen ones. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.compare.measures import Floats, median

Quadrant = tuple[bool, bool]
"""Whether need and whether supply lie above the median; at the median is not above it."""
QUADRANTS: tuple[Quadrant, ...] = ((False, True), (True, True), (False, False), (True, False))
"""As they are read: top left, top right, bottom left, bottom right."""


@dataclass(frozen=True, slots=True)
class Quadrants:
    """The split of all areas that have both measures; `unknown` have not."""

    need: float
    supply: float
    counts: dict[Quadrant, int]
    unknown: int

    @property
    def known(self) -> int:
        """Return how many areas are split: the denominator of every count."""
        return sum(self.counts.values())

    def of(self, need: float | None, supply: float | None) -> Quadrant | None:
        """Return where an area lies, None where one of its measures is unknown."""
        return None if need is None or supply is None else (need > self.need, supply > self.supply)


def quadrants(need: Floats, supply: Floats) -> Quadrants | None:
    """Split areas at the medians of those that have both measures; None where none has."""
    known = np.isfinite(need) & np.isfinite(supply)
    middle = median(need[known]), median(supply[known])
    if middle[0] is None or middle[1] is None:
        return None
    more = need[known] > middle[0], supply[known] > middle[1]
    counts = {
        (needs, supplies): int(((more[0] == needs) & (more[1] == supplies)).sum())
        for needs, supplies in QUADRANTS
    }
    return Quadrants(middle[0], middle[1], counts, int((~known).sum()))


def fullest(places: Sequence[Quadrant | None]) -> tuple[Quadrant, int] | None:
    """Return where most of the chosen areas lie and how many; of equals that of the first area, None where none is known."""
    counts = Counter(place for place in places if place is not None)
    return counts.most_common(1)[0] if counts else None
