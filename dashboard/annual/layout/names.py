"""Where the names of prefectures stand: in the middle of their land, moved aside where something is in the way.

Small prefectures choose first, then all choose again with the others in place. What is in the way costs as much as so many
points of distance from the middle.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from dashboard.annual.marks import Point, Rect

Numbers = npt.NDArray[np.float64]
Size = tuple[float, float]

PASSES = 3
STEP, STEPS = 2.0, 10
"""Names are moved by so many points at a time, and so many times at most in each direction."""
ON_NAME, ON_SIGN, ON_LEADER = 2.0, 2.0, 4.0
"""A square point of another name or of a sign or label; a leader."""
ON_OTHERS, AT_SEA, HIDING = 60.0, 12.0, 500.0
"""The whole name on the land of others, where it would name the wrong prefecture; at sea; on an island that it hides."""


@dataclass(frozen=True, slots=True)
class Hindrances:
    """What names keep clear of: boxes of signs and labels, filled areas, and where that is cheap the leaders."""

    boxes: Sequence[Rect]
    leaders: Sequence[tuple[Point, Point]]
    areas: Sequence[Any]


def placed(
    land: Mapping[str, Any], sizes: Mapping[str, Size], hindrances: Hindrances, beside: Collection[str]
) -> dict[str, Point]:
    """Return the middle of each name.

    Args:
        land: shapes on the page by code.
        sizes: width and height of each name by code.
        hindrances: what to keep clear of.
        beside: codes of islands so small that their names would hide them.
    """
    choices = {}
    for code, size in sizes.items():
        others = [shape for other, shape in land.items() if other != code or code in beside]
        costs = (HIDING, 0.0) if code in beside else (ON_OTHERS, AT_SEA)
        choices[code] = _choices(land[code], size, ([*others, *hindrances.areas], costs), hindrances)
    order = sorted(choices, key=lambda code: (land[code].area, code))
    at: dict[str, Numbers] = {}
    for code in order * PASSES:
        places, cost = choices[code]
        rest = np.array([_box(at[one], sizes[one]) for one in at if one != code]).reshape(-1, 4)
        crowded = cost + ON_NAME * _overlap(_boxes(places, sizes[code]), rest)
        at[code] = places[int(np.argmin(crowded))]
    return {code: (float(at[code][0]), float(at[code][1])) for code in sizes}


def middle_of(shape: Any) -> Point:
    """Return the place of a shape's largest part that is farthest from its edge."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    point = shapely.get_point(circle, 0) if circle.length else shapely.point_on_surface(largest)
    return float(point.x), float(point.y)


def _choices(
    shape: Any, size: Size, foreign: tuple[Sequence[Any], tuple[float, float]], hindrances: Hindrances
) -> tuple[Numbers, Numbers]:
    """Return the places that a name may have and what each costs by itself."""
    steps = np.arange(-STEPS, STEPS + 1) * STEP
    offsets = np.stack(np.meshgrid(steps, steps), axis=2).reshape(-1, 2)
    places = np.array(middle_of(shape)) + offsets
    boxes = _boxes(places, size)
    signs = np.array([(box.x, box.y, box.right, box.bottom) for box in hindrances.boxes]).reshape(-1, 4)
    cost = np.hypot(*offsets.T) + ON_SIGN * _overlap(boxes, signs) + _off_land(shape, places, size, *foreign)
    leaders = shapely.linestrings(np.array(hindrances.leaders).reshape(-1, 2, 2))
    around = shapely.box(*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))
    if len(near := leaders[shapely.intersects(leaders, around)]):
        crossed = shapely.STRtree(near).query(shapely.box(*boxes.T), predicate="intersects")[0]
        np.add.at(cost, crossed, ON_LEADER)
    return places, cost


def _off_land(
    shape: Any, places: Numbers, size: Size, others: Sequence[Any], costs: tuple[float, float]
) -> Numbers:
    """What it costs that a name is not on its own land, by the share of it that is at sea or on the land of others.

    Measured on a grid of `STEP` points that the places themselves stand on, as wide as the name reaches.
    """
    reach = np.ceil(np.array(size) / 2 / STEP).astype(int)
    across, down = reach + STEPS
    (x, y), columns = places[len(places) // 2], np.arange(-across, across + 1) * STEP
    xs, ys = np.meshgrid(x + columns, y + np.arange(-down, down + 1) * STEP)
    frame = shapely.box(xs.min(), ys.min(), xs.max(), ys.max())
    own = shapely.contains_xy(shape, xs, ys)
    foreign = np.zeros_like(own)
    for other in others:
        if other.intersects(frame):
            foreign |= shapely.contains_xy(other, xs, ys)
    window = tuple(2 * reach[::-1] + 1)
    ashore, abroad = (
        np.lib.stride_tricks.sliding_window_view(mask, window).mean(axis=(2, 3)).ravel()
        for mask in (own | foreign, foreign)
    )
    cost: Numbers = costs[0] * abroad + costs[1] * (1 - ashore)
    return cost


def _box(middle: Numbers, size: Size) -> tuple[float, float, float, float]:
    (x, y), (width, height) = middle, size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _boxes(middles: Numbers, size: Size) -> Numbers:
    half = np.array(size) / 2
    return np.hstack([middles - half, middles + half])


def _overlap(boxes: Numbers, others: Numbers) -> Numbers:
    """How many square points of each box others cover, one more for each that it meets at all."""
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    near = others[(others[:, :2] < high).all(axis=1) & (others[:, 2:] > low).all(axis=1)]
    across = np.minimum(boxes[:, None, 2], near[:, 2]) - np.maximum(boxes[:, None, 0], near[:, 0])
    down = np.minimum(boxes[:, None, 3], near[:, 3]) - np.maximum(boxes[:, None, 1], near[:, 1])
    covered: Numbers = np.where((across > 0) & (down > 0), across * down + 1, 0).sum(axis=1)
    return covered
