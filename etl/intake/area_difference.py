"""Boundaries that were handed in against the areas that are known: a shape of the wrong size is no shape of that municipality."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class AreaDifference:
    """One municipality: the area of its shapes in the file, the known one (both km²), and the first by the second − 1."""

    code: str
    km2: float
    known_km2: float

    @property
    def share(self) -> float:
        """How much larger the area in the file is: 0.02 is 2 %."""
        return self.km2 / self.known_km2 - 1


def area_differences(facts: pa.Table, known: Mapping[str, float]) -> list[AreaDifference]:
    """Return the municipalities of a checked file of boundaries, the largest difference first; unknown areas are left out."""
    summed = facts.group_by("code").aggregate([("area_km2", "sum")])
    found = (
        AreaDifference(code, km2, known[code])
        for code, km2 in zip(summed["code"].to_pylist(), summed["area_km2_sum"].to_pylist(), strict=True)
        if known.get(code)
    )
    return sorted(found, key=lambda each: (-abs(each.share), each.code))


def municipalities(facts: pa.Table) -> int:
    """Return how many municipalities a file has shapes of."""
    return int(pc.count_distinct(facts["code"]).as_py())
