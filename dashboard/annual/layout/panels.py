"""The land on the page: cut up into the main map and its boxes, turned into points, made light enough to draw.

What is small on the page goes: islands whose longer side is under `TINY_PT`, unless they are all there is of an area or
an end of the country (the far regions of `islands`, such as 与那国 and 南鳥島).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from dashboard.annual.ground import Ground
from dashboard.annual.layout.islands import MAINLAND, Extent, joined, region_of
from dashboard.annual.layout.projection import projected_shapes
from dashboard.annual.marks import Point, Ring

TOLERANCE_PT = 0.4
TINY_PT = 0.4
DECIMALS = 2
ENDS = frozenset({"sakishima", "daito", "ogasawara", "minamitorishima", "okinotorishima", "takeshima"})

Texts = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Polygons in kilometres, each with the code of its area and the far region it lies in; `is_area`: a municipality."""

    polygons: npt.NDArray[np.object_]
    codes: Texts
    regions: Texts
    is_area: npt.NDArray[np.bool_]

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Pieces":
        """Return some of them."""
        return Pieces(self.polygons[chosen], self.codes[chosen], self.regions[chosen], self.is_area[chosen])

    def extents(self) -> dict[str, Extent]:
        """Return what each region takes, kilometres."""
        bounds = shapely.bounds(self.polygons)
        return {
            str(key): joined([tuple(row) for row in bounds[self.regions == key]])
            for key in np.unique(self.regions)
        }


@dataclass(frozen=True, slots=True)
class Projector:
    """From kilometres to points of the page: `scale` points a kilometre, the projection's centre at `x`, `y`."""

    scale: float
    x: float
    y: float

    def shapes(self, shapes: Any) -> Any:
        """Return shapes on the page."""
        steps = np.array([self.scale, -self.scale])
        return shapely.transform(shapes, lambda places: places * steps + (self.x, self.y))

    def point(self, place: Point) -> Point:
        """Return a place on the page."""
        return self.x + self.scale * place[0], self.y - self.scale * place[1]


@lru_cache(maxsize=8)
def pieces_of(ground: Ground) -> Pieces:
    """Return all land of a ground piece by piece; kept as long as grounds are asked for."""
    named = [*ground.prefectures.items(), *ground.areas.items()]
    shapes, owner = shapely.get_parts([shape for _, shape in named], return_index=True)
    middles = shapely.get_coordinates(shapely.centroid(shapes))
    codes = np.array([code for code, _ in named])[owner]
    return Pieces(projected_shapes(shapes), codes, region_of(middles), owner >= len(ground.prefectures))


@lru_cache(maxsize=16)
def pieces_within(ground: Ground, prefectures: tuple[str, ...]) -> Pieces:
    """Return the land of prefectures (two-digit codes) piece by piece."""
    pieces = pieces_of(ground)
    return pieces.where(np.isin(pieces.codes.astype("<U2"), prefectures))


def drawn(pieces: Pieces, to_page: Projector) -> dict[str, Any]:
    """Return the land on the page by code: simplified by `TOLERANCE_PT`, neighbours along the same line.

    Shapes are MultiPolygons in points.
    """
    on_page = to_page.shapes(pieces.polygons)
    kept = _large_enough(pieces, on_page)
    found: dict[str, Any] = {}
    for level in (False, True):
        here = np.flatnonzero(kept & (pieces.is_area == level))
        if len(here):
            light = shapely.coverage_simplify(on_page[here], TOLERANCE_PT)
            found |= _gathered(light, pieces.codes[here])
    return found


def rings(shape: Any) -> tuple[Ring, ...]:
    """Return the rings of a shape, outer ones and holes, without repeating the first point."""
    found = shapely.get_rings(shapely.get_parts(shape))
    places = (np.round(shapely.get_coordinates(ring)[:-1], DECIMALS).tolist() for ring in found)
    return tuple(tuple((x, y) for x, y in ring) for ring in places)


def _gathered(polygons: Any, codes: Texts) -> dict[str, Any]:
    names, owner = np.unique(codes, return_inverse=True)
    order = np.argsort(owner, kind="stable")
    shapes = shapely.multipolygons(polygons[order], indices=owner[order])
    return dict(zip(names.tolist(), shapes, strict=True))


def _large_enough(pieces: Pieces, on_page: Any) -> npt.NDArray[np.bool_]:
    bounds = shapely.bounds(on_page)
    size = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    kept: npt.NDArray[np.bool_] = (size >= TINY_PT) | np.isin(pieces.regions, list(ENDS))
    _, owner = np.unique(pieces.codes, return_inverse=True)
    by_size = np.lexsort((-size, owner))
    kept[by_size[np.unique(owner[by_size], return_index=True)[1]]] = True
    return kept


def boxes(pieces: Pieces, box_of: Mapping[str, str]) -> dict[str, Pieces]:
    """Return the pieces by the box that their region is drawn in, the main map as ""."""
    keys = np.array([box_of[str(region)] for region in pieces.regions])
    return {str(key): pieces.where(keys == key) for key in sorted({MAINLAND, *keys.tolist()})}


def extent_of(pieces: Pieces) -> Extent:
    """Return what pieces take, kilometres."""
    return joined(list(pieces.extents().values()))


def fitted(extent: Extent, scale: float, middle: Point) -> Projector:
    """Return the way to the page that puts the middle of an extent at `middle`."""
    west, south, east, north = extent
    return Projector(scale, middle[0] - scale * (west + east) / 2, middle[1] + scale * (south + north) / 2)


def land_of(shapes: Mapping[str, Any], codes: Collection[str] | None = None) -> Sequence[Any]:
    """Return the polygons of some codes (or of all)."""
    chosen = [shape for code, shape in shapes.items() if codes is None or code in codes]
    return list(shapely.get_parts(chosen)) if chosen else []
