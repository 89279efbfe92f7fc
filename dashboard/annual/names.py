"""Where the names of prefectures stand: in the middle of their land, moved aside where something is in the way."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from dashboard.annual.marks import Point, Rect

Numbers = npt.NDArray[np.float64]

PASSES = 3
STEP, STEPS = 2.5, 8
ON_NAME, ON_TAKEN, ON_LEADER, OFF_LAND = 4.0, 1.2, 10.0, 12.0
"""What is in the way costs as much as so many points of distance: a point of overlap squared, a leader, leaving the land."""


def placed(
    land: Mapping[str, Any],
    sizes: Mapping[str, tuple[float, float]],
    taken: Sequence[Rect],
    leaders: Sequence[tuple[Point, Point]],
) -> dict[str, Point]:
    """Return the middle of each name.

    Args:
        land: shapes on the page by code.
        sizes: width and height of each name by code.
        taken: boxes to keep clear of: signs and labels.
        leaders: lines to keep clear of where that is cheap.
    """
    lines = shapely.STRtree(shapely.linestrings(np.array(leaders).reshape(-1, 2, 2)))
    others = np.array([(box.x, box.y, box.right, box.bottom) for box in taken]).reshape(-1, 4)
    choices = {code: _choices(land[code], size, others, lines) for code, size in sizes.items()}
    at = {code: places[int(np.argmin(cost))] for code, (places, cost) in choices.items()}
    for _ in range(PASSES):
        for code, (places, cost) in choices.items():
            rest = np.array([_box(at[one], sizes[one]) for one in at if one != code]).reshape(-1, 4)
            crowded = cost + ON_NAME * _overlap(_boxes(places, sizes[code]), rest)
            at[code] = places[int(np.argmin(crowded))]
    return {code: (float(x), float(y)) for code, (x, y) in at.items()}


def middle_of(shape: Any) -> Point:
    """Return the place of a shape's largest part that is farthest from its edge."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    point = shapely.get_point(circle, 0) if circle.length else shapely.point_on_surface(largest)
    return float(point.x), float(point.y)


def _choices(shape: Any, size: tuple[float, float], taken: Numbers, leaders: Any) -> tuple[Numbers, Numbers]:
    steps = np.arange(-STEPS, STEPS + 1) * STEP
    offsets = np.stack(np.meshgrid(steps, steps), axis=2).reshape(-1, 2)
    places = np.array(middle_of(shape)) + offsets
    boxes = _boxes(places, size)
    cost = np.hypot(*offsets.T) + ON_TAKEN * _overlap(boxes, taken)
    cost += OFF_LAND * ~shapely.contains_xy(shape, *places.T)
    crossed = leaders.query(shapely.box(*boxes.T), predicate="intersects")[0]
    np.add.at(cost, crossed, ON_LEADER)
    return places, cost


def _box(middle: Numbers, size: tuple[float, float]) -> tuple[float, float, float, float]:
    (x, y), (width, height) = middle, size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _boxes(middles: Numbers, size: tuple[float, float]) -> Numbers:
    half = np.array(size) / 2
    return np.hstack([middles - half, middles + half])


def _overlap(boxes: Numbers, others: Numbers) -> Numbers:
    """How many square points of each box others cover, at least one where they meet at all."""
    if not len(others):
        return np.zeros(len(boxes))
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    size = np.clip(high - low, 0, None)
    area = size.prod(axis=2)
    covered: Numbers = np.where(area > 0, area + 1, 0).sum(axis=1)
    return covered
