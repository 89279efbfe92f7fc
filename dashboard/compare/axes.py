"""Axes of a scatter: where a value lies on them and which values are printed. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, log10, sqrt

import numpy as np

from dashboard.compare.measures import Floats, Measure

NEAREST_TICKS = 0.085
"""Ticks of a root axis lie at least this part of its length apart."""
TICKS_AT_MOST = 7
SMALLEST_SPAN = 1e-6
"""Least length of a linear axis in parts of its values: equal values need an axis too."""


class Scale(StrEnum):
    """How values are laid out: evenly, by their logarithm, or by their square root (0 stays on the axis)."""

    LINEAR = "linear"
    LOG = "log"
    ROOT = "root"


SCALES: Mapping[Measure, Scale] = {
    Measure.POPULATION: Scale.LOG,
    Measure.DISTANCE: Scale.ROOT,
    Measure.PLACES: Scale.ROOT,
}
"""Amounts of which most areas have little and few have very much; all others are linear."""
SPREAD: Mapping[Scale, Callable[[float], float]] = {
    Scale.LINEAR: float,
    Scale.LOG: log10,
    Scale.ROOT: sqrt,
}
SPREAD_ALL: Mapping[Scale, Callable[[Floats], Floats]] = {
    Scale.LINEAR: np.positive,
    Scale.LOG: np.log10,
    Scale.ROOT: np.sqrt,
}


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from `low` to `high` with the values that are printed beside it."""

    scale: Scale
    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return where a value lies: 0 at `low`, 1 at `high`."""
        spread = SPREAD[self.scale]
        return (spread(value) - spread(self.low)) / (spread(self.high) - spread(self.low))

    def all_at(self, values: Floats) -> Floats:
        """Return where values lie; those of a log axis must be positive."""
        spread = SPREAD[self.scale]
        placed: Floats = (SPREAD_ALL[self.scale](values) - spread(self.low)) / (
            spread(self.high) - spread(self.low)
        )
        return placed


def axis(values: Floats, scale: Scale) -> Axis:
    """Return the axis on which all of `values` (known ones, at least one; positive for log) lie."""
    low, high = float(values.min()), float(values.max())
    if scale == Scale.LOG:
        powers = range(floor(log10(low)), max(ceil(log10(high)), floor(log10(low)) + 1) + 1)
        return Axis(scale, 10.0 ** powers[0], 10.0 ** powers[-1], tuple(10.0**power for power in powers))
    if scale == Scale.ROOT:
        return _root(high or 1.0)
    step = nice_step(max(high - low, SMALLEST_SPAN * max(abs(high), 1.0)) / TICKS_AT_MOST)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    return Axis(scale, first * step, last * step, tuple(number * step for number in range(first, last + 1)))


def _root(high: float) -> Axis:
    """A root axis begins at 0; its ticks are 0 and 1, 2, 5, 10 …, left out where they would touch 0 or the one above."""
    candidates = [digit * 10.0**power for power in range(-2, 9) for digit in (1, 2, 5)]
    end = next(value for value in candidates if value >= high)
    ticks = [end]
    for value in reversed([value for value in candidates if value < end]):
        if min(sqrt(value / end), sqrt(ticks[-1] / end) - sqrt(value / end)) >= NEAREST_TICKS:
            ticks.append(value)
    return Axis(Scale.ROOT, 0.0, end, (0.0, *reversed(ticks)))


def nice_step(least: float) -> float:
    """Return the smallest of 1, 2, 5 × 10ⁿ that is at least `least`.

    >>> [nice_step(least) for least in (0.03, 1.2, 7)]
    [0.05, 2.0, 10.0]
    """
    power = 10.0 ** floor(log10(least))
    return float(next(digit * power for digit in (1, 2, 5, 10) if digit * power >= least * (1 - 1e-12)))
