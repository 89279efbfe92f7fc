"""What a scatter shows, before any words: the values of all areas, where they split, and where an area lies. Pure."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.compare.axes import SCALES, Scale
from dashboard.compare.measures import Floats, Measure, Profile, number
from dashboard.compare.quadrants import Quadrant, Quadrants, quadrants

Pair = tuple[float | None, float | None]


@dataclass(frozen=True, eq=False)
class Scene:
    """All areas of a kind by two measures, and the chosen ones among them (codes)."""

    profile: Profile
    need: Measure
    supply: Measure
    chosen: tuple[str, ...]

    @property
    def measures(self) -> tuple[Measure, Measure]:
        """Return the measures of need and supply."""
        return self.need, self.supply

    @cached_property
    def values(self) -> tuple[Floats, Floats]:
        """Both measures of all areas; nan where unknown, and where a 0 has no place on a log axis."""
        need, supply = (self._drawable(measure) for measure in self.measures)
        return need, supply

    def _drawable(self, measure: Measure) -> Floats:
        values = self.profile.columns[measure].values
        if SCALES.get(measure) != Scale.LOG:
            return values
        drawable: Floats = np.where(values > 0, values, np.nan)
        return drawable

    @cached_property
    def split(self) -> Quadrants | None:
        """Where the medians part the areas; None where no area has both measures."""
        return quadrants(*self.values)

    @cached_property
    def cloud(self) -> tuple[Floats, Floats]:
        """Both measures of the areas that have both."""
        need, supply = self.values
        known = np.isfinite(need) & np.isfinite(supply)
        return need[known], supply[known]

    def pair(self, code: str) -> Pair:
        """Return both measures of one area as they are drawn."""
        place = self.profile.position[code]
        need, supply = self.values
        return number(float(need[place])), number(float(supply[place]))

    def place(self, code: str) -> Quadrant | None:
        """Return the part in which an area lies, None where one of its measures is unknown."""
        return self.split.of(*self.pair(code)) if self.split else None
