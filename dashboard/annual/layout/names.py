"""Where the names of prefectures stand: on their own land, or at the coast reaching out over the sea beside it.

A name may never be read as a neighbour's, nor cover another name, a sign or a label. Where it finds no such place it is set
smaller, and where it finds none then, it is left out: rather that of a prefecture that a label names as well.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from dashboard.annual.layout.collisions import overlaps, passages
from dashboard.annual.layout.land_codes import LandCodes
from dashboard.annual.layout.name_choice import Places, chosen_together
from dashboard.annual.marks import Point, Rect

Numbers = npt.NDArray[np.float64]
Answers = npt.NDArray[np.bool_]
Size = tuple[float, float]

SHARES = {1.0: 0.0, 0.875: 14.0, 0.75: 30.0}
"""Shares of their size that names are set in, and the points of distance from the middle that the smaller ones cost."""
STEPS, STEP_CELLS = 16, 2
"""Names are moved by so many cells of the land at a time, and so many times at most in each direction."""
SPAN = 0.8
"""The letters' share of the height of a name."""
MORE = 1.2
"""A name has so many times more of its own land under it, or about it at the coast, than of any neighbour's."""
ABOUT_PT = 4.0
ASHORE, ABROAD = 0.12, 0.04
"""At the coast: the least share of a name over its own land, and the largest over that of others."""
ON_OTHERS, AT_SEA, ON_LEADER, ON_AREA = 60.0, 12.0, 15.0, 8.0
"""What it costs, in points of distance, that a whole name is not on its own land; a leader; a filled area."""
LEFT_OUT, LEFT_TO_LABEL = 500.0, 70.0
KEPT = 60
"""As many places of each size are weighed against those of other names."""


class Name(NamedTuple):
    """The middle of a name, and the share of its usual size that it is set in."""

    x: float
    y: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Hindrances:
    """What names keep clear of: boxes of signs and labels, and where that is cheap the leaders and filled areas.

    `islands`: all land of every prefecture by code, also that in boxes away from the rest of it.
    """

    boxes: Sequence[Rect]
    leaders: Sequence[tuple[Point, Point]]
    areas: Sequence[Any]
    islands: Mapping[str, Any]


def placed(
    land: Mapping[str, Any],
    sizes: Mapping[str, Size],
    hindrances: Hindrances,
    *,
    beside: Collection[str],
    labelled: Collection[str],
) -> dict[str, Name]:
    """Return where each name stands that finds a place.

    Args:
        land: shapes on the page by code.
        sizes: width and height of each name by code.
        hindrances: what to keep clear of.
        beside: codes of islands so small that their names would hide them.
        labelled: codes of prefectures that a label names.
    """
    codes = LandCodes.of(land, hindrances.areas)
    ordered, places = sorted(sizes, key=lambda code: (land[code].area, code)), []
    for code in ordered:
        every = _every(middle_of(land[code]), sizes[code], STEP_CELLS * codes.step)
        near = _beside(hindrances.islands, code, every) if code in beside else _ashore(codes, code, every)
        places.append(_clear(near, hindrances))
    out = [LEFT_TO_LABEL if code in labelled else LEFT_OUT for code in ordered]
    found = {
        code: Name(*map(float, (*at.middles[choice], at.shares[choice])))
        for code, at, choice in zip(ordered, places, chosen_together(places, out), strict=True)
        if choice is not None
    }
    return {code: found[code] for code in sizes if code in found}


def middle_of(shape: Any) -> Point:
    """Return the place of a shape's largest part that is farthest from its edge."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    point = shapely.get_point(circle, 0) if circle.length else shapely.point_on_surface(largest)
    return float(point.x), float(point.y)


def _every(middle: Point, size: Size, step: float) -> Places:
    """Return the places round the middle of some land in every size, which cost how far off and how small they are."""
    steps = np.arange(-STEPS, STEPS + 1) * step
    offsets = np.stack(np.meshgrid(steps, steps), axis=2).reshape(-1, 2)
    shares = np.repeat(list(SHARES), len(offsets))
    cost = np.repeat(list(SHARES.values()), len(offsets)) + np.tile(np.hypot(*offsets.T), len(SHARES))
    middles = np.array(middle) + np.tile(offsets, (len(SHARES), 1))
    half = np.array([size[0], SPAN * size[1]]) * shares[:, None] / 2
    return Places(middles, np.hstack([middles - half, middles + half]), cost, shares)


def _ashore(codes: LandCodes, code: str, places: Places) -> Places:
    """Return the places where a name can be read as its own prefecture's alone, each with what its ground costs."""
    own = codes.share(code, places.boxes)
    some = (own >= ASHORE) & (own > 0)
    places, own = places.where(some), own[some]
    most, others, area = codes.foreign(code, places.boxes)
    about = places.boxes + ABOUT_PT * np.array([-1, -1, 1, 1])
    ashore: Answers = codes.holds(code, places.middles) & (own > MORE * most)
    own_about, most_about = codes.share(code, about), codes.foreign(code, about)[0]
    coast: Answers = (others <= ABROAD) & (own_about > MORE * most_about)
    cost: Numbers = ON_OTHERS * others + AT_SEA * (1 - own - others) + ON_AREA * area
    return places.dearer(cost).where(np.logical_or(ashore, coast))


def _beside(land: Mapping[str, Any], code: str, places: Places) -> Places:
    """Return the places close to small islands, and to none of others, that hide not even the smallest."""
    about = places.boxes + ABOUT_PT * np.array([-1, -1, 1, 1])
    bare: Answers = ~_touched(places.boxes, list(land.values()))
    own = _touched(about, [land[code]])
    others = _touched(about, [shape for other, shape in land.items() if other != code])
    return places.where(np.logical_and(bare & own, ~others))


def _touched(boxes: Numbers, shapes: Sequence[Any]) -> Answers:
    """Return which boxes (n × 4) meet any part of some shapes."""
    found = np.zeros(len(boxes), bool)
    found[shapely.STRtree(shapely.get_parts(shapes)).query(shapely.box(*boxes.T), "intersects")[0]] = True
    return found


def _clear(places: Places, hindrances: Hindrances) -> Places:
    """Return the cheapest places of each size that no sign or label is at; a leader through a place makes it dearer."""
    taken = np.array([(box.x, box.y, box.right, box.bottom) for box in hindrances.boxes]).reshape(-1, 4)
    free: Answers = np.logical_not(overlaps(places.boxes, taken).any(axis=1))
    clear = places.where(free)
    leaders = np.array(hindrances.leaders, float).reshape(-1, 2, 2)
    dearer = clear.dearer(ON_LEADER * passages(leaders[:, 0], leaders[:, 1], clear.boxes).sum(axis=0))
    return Places.joined([dearer.where(dearer.shares == share).cheapest(KEPT) for share in SHARES])
