"""Polygons of areas from the mesh table: traced, simplified together, never overlapping.

All frames have the columns `code` (five digits, text) and `geometry` (MultiPolygon, longitude/latitude of
JGD2011, EPSG:6668), sorted by code. Neighbours share every vertex, so borders neither gape nor overlap.
Boundaries are approximate: a cell of the mesh is 125 m, and PRECISION_M is said wherever they are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from rasterio import Affine, features

from geo.mesh import CELL_M, GRID_125M, Runs, bands, raster_of

CRS = "EPSG:6668"
PRECISION_M = CELL_M

# One prefecture is drawn with the finest shapes. The nation is drawn with corners up to two cells cut off and
# without islands under 0.5 km²: 194,000 vertices, as TopoJSON 0.26 MB compressed (prefectures 0.08 MB).
FINE_CELLS = 1.0
NATIONAL_CELLS = 2.0
NATIONAL_MIN_KM2 = 0.5
_EQUAL_AREA = "EPSG:6933"
_LOST_BITS = 1e-6

Geometries = npt.NDArray[np.object_]
Ring = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """What is wrong with the shape of one area."""

    code: str
    reason: str


class ShapeFaultsError(ValueError):
    """Shapes that cannot be used; `faults` lists all of them."""

    def __init__(self, faults: Iterable[ShapeFault]) -> None:
        """List every fault in the message."""
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{fault.code}: {fault.reason}" for fault in self.faults))


def areas_from_runs(runs: Runs, *, simplify_cells: float) -> gpd.GeoDataFrame:
    """Return one shape for each code of the run table, simplified as one coverage.

    `simplify_cells` is the side (in 125 m cells) of the largest corner that may be cut off; 0 keeps every
    cell's edges. 所属未定地 (codes ending in 000) and the northern villages are shapes like any other.

    Raises:
        ShapeFaultsError: a shape or the coverage came out invalid.
    """
    codes, traced = _traced(runs)
    # Where three areas meet, one of them has a straight edge without a vertex; a vertex on every cell gives
    # all of them the same ones, which `coverage_simplify` needs to treat a border as one line.
    shapes = shapely.segmentize(traced, 1.0)
    areas = _frame(codes, _in_degrees(shapely.coverage_simplify(shapes, simplify_cells)))
    require_sound(areas)
    return areas


def simplify(areas: gpd.GeoDataFrame, *, cells: float) -> gpd.GeoDataFrame:
    """Return the coverage with corners up to `cells` by `cells` (125 m each) cut off, borders still shared.

    Raises:
        ShapeFaultsError: a shape or the coverage came out invalid.
    """
    gridded = shapely.transform(areas.geometry.to_numpy(), _grid_of_degrees)
    simpler = _frame(areas["code"].to_numpy(), _in_degrees(shapely.coverage_simplify(gridded, cells)))
    require_sound(simpler)
    return simpler


def dissolve_prefectures(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one shape for each prefecture, with codes NN000, from the shapes of its areas."""
    codes = areas["code"].str[:2] + "000"
    shapes = areas.geometry.groupby(codes).agg(lambda parts: shapely.coverage_union_all(parts.to_numpy()))
    return _frame(shapes.index.to_numpy(), shapes.to_numpy())


def drop_islets(areas: gpd.GeoDataFrame, min_km2: float) -> gpd.GeoDataFrame:
    """Return the areas without islands smaller than `min_km2`; each area keeps its largest part.

    A small part that touches another area is no island and stays, or it would leave a hole there.
    """
    parts, owner = shapely.get_parts(areas.geometry.to_numpy(), return_index=True)
    km2 = _km2_of(parts)
    largest = np.zeros(len(parts), bool)
    by_size = np.lexsort((-km2, owner))
    largest[by_size[np.unique(owner[by_size], return_index=True)[1]]] = True
    small = np.flatnonzero((km2 < min_km2) & ~largest)
    at_sea = np.ones(len(small), bool)
    pair = shapely.STRtree(parts).query(parts[small], predicate="intersects")
    at_sea[pair[0][owner[small[pair[0]]] != owner[pair[1]]]] = False
    kept = np.ones(len(parts), bool)
    kept[small[at_sea]] = False
    return _frame(areas["code"].to_numpy(), shapely.multipolygons(parts[kept], indices=owner[kept]))


def area_km2(areas: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
    """Return the area of each shape in km² (equal-area projection EPSG:6933)."""
    return _km2_of(areas.geometry.to_numpy())


def find_faults(areas: gpd.GeoDataFrame) -> tuple[ShapeFault, ...]:
    """Return every fault: wrong CRS, codes twice, shapes empty or invalid, borders that overlap or gape."""
    if areas.crs is None or areas.crs.to_epsg() != int(CRS.removeprefix("EPSG:")):
        return (ShapeFault("-", f"coordinates are in {areas.crs}, not {CRS}"),)
    shapes, codes = areas.geometry.to_numpy(), areas["code"]
    found = [ShapeFault(code, "appears more than once") for code in codes[codes.duplicated()]]
    polygonal = np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)
    found += [ShapeFault(code, "has no area") for code in codes[~polygonal]]
    invalid = polygonal & ~shapely.is_valid(shapes)
    reasons = shapely.is_valid_reason(shapes[invalid])
    found += [ShapeFault(code, reason) for code, reason in zip(codes[invalid], reasons, strict=True)]
    if not found and not shapely.coverage_is_valid(shapes):
        torn = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
        found += [ShapeFault(code, "does not share its border with a neighbour") for code in codes[torn]]
    return tuple(found)


def require_sound(areas: gpd.GeoDataFrame) -> None:
    """Check that the areas are usable.

    Raises:
        ShapeFaultsError: there is at least one fault.
    """
    if faults := find_faults(areas):
        raise ShapeFaultsError(faults)


def _traced(runs: Runs) -> tuple[npt.NDArray[Any], Geometries]:
    """Return codes (text, sorted) and the exact outlines of their cells, in grid coordinates."""
    numbers, area = np.unique(runs.code, return_inverse=True)
    parts: list[list[list[Ring]]] = [[] for _ in numbers]
    for prefecture in np.unique(runs.code // 1000):
        here = runs.code // 1000 == prefecture
        first = int(area[here].min())
        local = Runs(runs.row[here], runs.col[here], runs.length[here], area[here] - first + 1)
        for band in bands(local):
            # No prefecture has more than 255 codes, and one byte a cell keeps Hokkaido at 25 MB.
            raster, row0, col0 = raster_of(
                band, band.code.astype(np.uint8 if local.code.max() < 256 else np.int32)
            )
            place = Affine(1, 0, col0, 0, 1, row0)
            for outline, value in features.shapes(raster, mask=raster > 0, transform=place):
                parts[first + int(value) - 1].append([np.array(ring) for ring in outline["coordinates"]])
    return np.array([f"{number:05d}" for number in numbers], object), _multipolygons(parts)


def _multipolygons(parts: list[list[list[Ring]]]) -> Geometries:
    """Return one MultiPolygon for each list of polygons, a polygon being a list of rings."""
    rings = [ring for polygons in parts for polygon in polygons for ring in polygon]
    ring_ends = np.cumsum([0, *map(len, rings)])
    polygon_ends = np.cumsum([0, *(len(polygon) for polygons in parts for polygon in polygons)])
    area_ends = np.cumsum([0, *map(len, parts)])
    offsets = (ring_ends, polygon_ends, area_ends)
    shapes: Geometries = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, np.concatenate(rings), offsets
    )
    return shapes


def _frame(codes: npt.NDArray[Any], shapes: Geometries) -> gpd.GeoDataFrame:
    order = np.argsort(codes)
    whole = [
        shape if shape.geom_type == "MultiPolygon" else shapely.multipolygons([shape])
        for shape in shapes[order]
    ]
    return gpd.GeoDataFrame({"code": codes[order]}, geometry=whole, crs=CRS)


def _in_degrees(shapes: Geometries) -> Geometries:
    degrees: Geometries = shapely.transform(
        shapes, lambda xy: np.column_stack(GRID_125M.lonlat_of(xy[:, 0], xy[:, 1]))
    )
    return degrees


def _grid_of_degrees(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return grid coordinates, whole again where degrees had only lost the last bits of a whole number.

    Without that a corner that lies exactly on another border seems to lie beside it, and simplifying lets a
    border touch itself.
    """
    cells = np.column_stack(GRID_125M.gridded(lonlat[:, 0], lonlat[:, 1]))
    whole = np.rint(cells)
    return np.where(np.abs(cells - whole) < _LOST_BITS, whole, cells)


def _km2_of(shapes: Geometries) -> npt.NDArray[np.float64]:
    to_metres = Transformer.from_crs(CRS, _EQUAL_AREA, always_xy=True)
    flat = shapely.transform(shapes, lambda xy: np.column_stack(to_metres.transform(xy[:, 0], xy[:, 1])))
    km2: npt.NDArray[np.float64] = shapely.area(flat) / 1e6
    return km2
