"""Areas around a point as a light drawing: cut to a frame and simplified together, so that neighbours keep one border.

All coordinates are longitude and latitude of JGD2011 (EPSG:6668), as in the build.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from etl.outlines import outlines_of

Frame = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
DECIMALS = 4
"""Of a degree: 0.0001 is 11 m, less than the embedded boundaries are precise to."""


def areas_within(paths: Iterable[Path], frame: Frame, tolerance: float) -> Mapping[str, Any]:
    """Return the shapes of the areas that a frame shows, cut to it, by code.

    Args:
        paths: TopoJSON files of the build.
        frame: what is shown.
        tolerance: degrees; details that are smaller are dropped, by the measure of `shapely.coverage_simplify`.

    Raises:
        FileNotFoundError: a file of the build is missing.
    """
    shapes = outlines_of(paths)
    box = shapely.box(*frame)
    seen = [code for code, shape in shapes.items() if shape.intersects(box)]
    whole = np.array([shapes[code] for code in seen], dtype=object)
    light = shapely.coverage_simplify(whole, tolerance) if seen else whole
    cut = shapely.set_precision(shapely.clip_by_rect(light, *frame), 10.0**-DECIMALS, mode="pointwise")
    return {code: shape for code, shape in zip(seen, cut, strict=True) if not shape.is_empty}


def rings_of(shape: Any, frame: Frame) -> list[list[int]]:
    """Return a shape's rings, outer ones and holes alike, as steps in units of the last decimal.

    A ring is [east, north, east, north …]: its first pair counts from the frame's south-west corner, each other pair from the
    one before. Drawn by the even-odd rule, that is the shape in a third of the letters of GeoJSON.
    """
    corner = np.array(frame[:2])
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    places = [np.rint((shapely.get_coordinates(ring) - corner) * 10**DECIMALS).astype(int) for ring in rings]
    return [np.diff(place, axis=0, prepend=[[0, 0]]).ravel().tolist() for place in places]


def label_point(shape: Any) -> tuple[float, float, float]:
    """Return where the name of an area stands in what is seen of it, and how large that is (square degrees)."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    point = shapely.maximum_inscribed_circle(largest, tolerance=0.002) if largest.area else largest
    middle = (
        shapely.get_point(point, 0) if point.geom_type == "LineString" else largest.representative_point()
    )
    return round(middle.x, DECIMALS), round(middle.y, DECIMALS), float(shapely.area(shape))
