"""What areas are compared by, and the means that each of them is set against. Pure: arrays in, numbers out.

Every measure is a part over a whole: 65+ over people, one-person over general households; an amount is itself over 1. One rule
then gives every mean: the sum of the parts over the sum of the wholes, among the areas that have both. For a share that is
the share of all of them together, for an amount the mean of the areas. What is unknown (nan) is in neither sum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Kind(StrEnum):
    """Areas are measured against areas of their own kind."""

    PREFECTURE = "prefecture"
    MUNICIPALITY = "municipality"


class Measure(StrEnum):
    """The rows of numbers of the comparison; those of need and supply have the names that the address uses."""

    POPULATION = "population"
    HOUSEHOLDS = "households"
    HOUSEHOLD_SIZE = "household_size"
    AGEING = "ageing"
    SINGLE = "single"
    COVERED = "covered"
    DISTANCE = "distance"
    LISTED = "listed"
    PLACES = "places"
    GRANTS = "grants"


@dataclass(frozen=True, slots=True)
class Form:
    """How a measure is written: decimals, those of means and differences, factor (100 for a share), units of both."""

    digits: int = 0
    finer: int = 0
    factor: int = 1
    unit: str = ""
    step: str = ""


FORMS: Mapping[Measure, Form] = {
    Measure.HOUSEHOLD_SIZE: Form(2, 2),
    Measure.AGEING: Form(1, 1, 100, "%", " pt"),
    Measure.SINGLE: Form(1, 1, 100, "%", " pt"),
    Measure.COVERED: Form(1, 1, 100, "%", " pt"),
    Measure.DISTANCE: Form(1, 1, 1, " km", " km"),
    Measure.LISTED: Form(0, 1),
    Measure.PLACES: Form(2, 2),
    Measure.GRANTS: Form(0, 2),
}
PLAIN = Form()
SHARES = frozenset(measure for measure, form in FORMS.items() if form.unit == "%")


@dataclass(frozen=True, eq=False)
class Column:
    """One measure of all areas of a kind: its parts and wholes, nan where unknown, in the order of the profile's codes."""

    part: Floats
    whole: Floats

    @cached_property
    def values(self) -> Floats:
        """Part over whole; nan where one of them is unknown or the whole is 0."""
        quotient: Floats = np.full(self.part.shape, np.nan)
        np.divide(self.part, self.whole, out=quotient, where=self.whole > 0)
        return quotient

    def mean(self, inside: Mask | None = None) -> float | None:
        """Return the mean of all areas or of those `inside`; None where none of them is known."""
        known = np.isfinite(self.values) if inside is None else np.isfinite(self.values) & inside
        return float(self.part[known].sum() / self.whole[known].sum()) if known.any() else None

    def known(self) -> int:
        """Return how many areas have the measure."""
        return int(np.isfinite(self.values).sum())


@dataclass(frozen=True, eq=False)
class Profile:
    """All measures of all areas of a kind in one view. Compared and kept by identity: it belongs to a build."""

    kind: Kind
    codes: tuple[str, ...]
    columns: Mapping[Measure, Column]

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Code → place in every array."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def prefectures(self) -> npt.NDArray[np.str_]:
        """Two-digit prefecture of every area."""
        return np.array([code[:2] for code in self.codes])

    def value(self, measure: Measure, code: str) -> float | None:
        """Return the measure of one area, None where it is unknown."""
        return number(self.columns[measure].values[self.position[code]])

    def figure(self, measure: Measure, code: str) -> "Figure":
        """Return the measure of one area beside the means; a prefecture has no prefectural mean."""
        column = self.columns[measure]
        inside = self.prefectures == code[:2] if self.kind == Kind.MUNICIPALITY else None
        return Figure(
            self.value(measure, code),
            nation=column.mean(),
            prefecture=None if inside is None else column.mean(inside),
        )

    def ordered(self, measure: Measure, *, largest_first: bool, prefecture: str = "") -> list[str]:
        """Return the codes with a known measure by it, then by code; all, or those of one prefecture (two digits)."""
        values = self.columns[measure].values
        known = np.isfinite(values)
        chosen = np.flatnonzero(known & (self.prefectures == prefecture) if prefecture else known)
        order = np.argsort(-values[chosen] if largest_first else values[chosen], kind="stable")
        return [self.codes[place] for place in chosen[order]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of an area and the means it is set against; None is unknown, or a mean that there is not."""

    value: float | None
    nation: float | None = None
    prefecture: float | None = None

    @property
    def from_nation(self) -> float | None:
        """How far the value lies above (+) or below (−) the national mean."""
        return difference(self.value, self.nation)

    @property
    def from_prefecture(self) -> float | None:
        """How far the value lies above (+) or below (−) the mean of its prefecture."""
        return difference(self.value, self.prefecture)


def kind_of(code: str) -> Kind:
    """Return the kind of an area by its code: a prefecture's ends in 000."""
    return Kind.PREFECTURE if code.endswith("000") else Kind.MUNICIPALITY


def floats(numbers: Sequence[float | None]) -> Floats:
    """Return numbers as an array, nan for None."""
    return np.array([np.nan if each is None else each for each in numbers], dtype=np.float64)


def number(value: float) -> float | None:
    """Return a number of an array, None for nan."""
    return float(value) if np.isfinite(value) else None


def difference(value: float | None, mean: float | None) -> float | None:
    """Return value − mean, None where one of them is not known."""
    return None if value is None or mean is None else value - mean


def median(values: Floats) -> float | None:
    """Return the middle of the known values: half of the areas lie at or below it."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else None


def rounded(measure: Measure, value: float, *, is_mean: bool = False) -> float | int:
    """Return a value as a file writes it: in the unit of the measure, with the decimals that the screen shows.

    `is_mean`: a mean or a difference; that of whole things has decimals.
    """
    form = FORMS.get(measure, PLAIN)
    digits = form.finer if is_mean else form.digits
    scaled = round(value * form.factor, digits) + 0.0  # no -0.0
    return scaled if digits else int(scaled)


def written(measure: Measure, value: float, *, is_mean: bool = False) -> str:
    """Return a value as the screen shows it.

    >>> written(Measure.AGEING, 0.38165), written(Measure.POPULATION, 37655), written(Measure.DISTANCE, 3.44)
    ('38.2%', '37,655', '3.4 km')
    """
    form = FORMS.get(measure, PLAIN)
    digits = form.finer if is_mean else form.digits
    return f"{rounded(measure, value, is_mean=is_mean):,.{digits}f}{form.unit}"


def signed(measure: Measure, by: float) -> str:
    """Return a difference with its sign always printed; ± where nothing is left after rounding.

    >>> signed(Measure.AGEING, 0.0123), signed(Measure.DISTANCE, -3.4), signed(Measure.POPULATION, 0.2)
    ('+1.2 pt', '−3.4 km', '±0')
    """
    form = FORMS.get(measure, PLAIN)
    scaled = rounded(measure, by, is_mean=True)
    if not scaled:
        return f"±0{form.step}"
    return f"{'+' if scaled > 0 else '−'}{abs(scaled):,.{form.finer}f}{form.step}"
