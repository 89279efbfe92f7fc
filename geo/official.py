"""Official boundaries: polygons of any source → one sound coverage of municipalities, on a grid of 12.5 m.

Shapes are longitude and latitude (degrees, EPSG:6668) unless a name says otherwise. The frames made here are like those of
`geo.shapes`: columns `code` and `geometry` (MultiPolygon), sorted by code, neighbours sharing every vertex.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from geo.mesh import GRID_125M, Grid, Runs
from geo.shapes import CRS, PRECISION_M, ShapeFault, ShapeFaultsError, drop_islets, require_sound

# A tenth of a cell of the mesh: 15.6 by 11.6 m at 36° N. Shapes on a grid keep their borders when they are written as TopoJSON.
STEPS = 10
OFFICIAL_GRID = Grid(
    lon0=GRID_125M.lon0,
    lat0=GRID_125M.lat0,
    per_degree_lon=GRID_125M.per_degree_lon * STEPS,
    per_degree_lat=GRID_125M.per_degree_lat * STEPS,
    rows=GRID_125M.rows * STEPS,
    cols=GRID_125M.cols * STEPS,
)
# The largest corner that is cut off, in cells of the mesh: 50 m.
FINEST_CELLS = 0.4
FINEST_M = PRECISION_M * FINEST_CELLS
ISLET_KM2 = 0.05
# Below this part of the smaller area an overlap is a difference of drawing, which cleaning takes away.
OVERLAP_SHARE = 0.05
MOST_ROUNDS = 8
MANY_VERTICES = 1_000_000
_POINTS_PER_AREA = 400

Geometries = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two areas that claim the same ground: indices of the shapes that do, and how much (km²)."""

    first_code: str
    second_code: str
    km2: float
    indices: tuple[int, ...]


def km2_of(shapes: Geometries) -> Floats:
    """Return the area of each shape in km² (equal-area projection EPSG:6933)."""
    to_metres = Transformer.from_crs(CRS, "EPSG:6933", always_xy=True)
    flat = shapely.transform(shapes, lambda xy: np.column_stack(to_metres.transform(xy[:, 0], xy[:, 1])))
    km2: Floats = shapely.area(flat) / 1e6
    return km2


def mended(shapes: Geometries) -> Geometries:
    """Return valid polygons and multipolygons that cover what the given ones enclose; None where no area is left."""
    valid: Geometries = np.array(shapely.make_valid(shapes, method="structure", keep_collapsed=False), object)
    polygonal = np.isin(shapely.get_type_id(valid), (3, 6)) & (shapely.area(valid) > 0)
    valid[~polygonal] = None
    return valid


def overlaps(codes: Sequence[str], shapes: Geometries) -> list[Overlap]:
    """Return the pairs of areas whose valid shapes overlap by more than `OVERLAP_SHARE` of the smaller area."""
    torn = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    owner = np.asarray(codes, object)
    left, right = shapely.STRtree(shapes).query(shapes[torn], predicate="intersects")
    ends = np.sort(np.column_stack([torn[left], right]), axis=1)
    left, right = np.unique(ends[owner[ends[:, 0]] != owner[ends[:, 1]]], axis=0).T
    km2 = km2_of(shapely.intersection(shapes[left], shapes[right])) if len(left) else np.zeros(0)
    pairs: dict[tuple[str, str], list[tuple[int, int, float]]] = {}
    for first, second, common in zip(left.tolist(), right.tolist(), km2.tolist(), strict=True):
        if common > 0:
            pair = min(owner[first], owner[second]), max(owner[first], owner[second])
            pairs.setdefault(pair, []).append((first, second, common))
    return [
        Overlap(*pair, total, tuple(sorted({index for one in found for index in one[:2]})))
        for pair, found in sorted(pairs.items())
        if (total := sum(one[2] for one in found))
        > OVERLAP_SHARE * min(_km2_of_code(pair[0], owner, shapes), _km2_of_code(pair[1], owner, shapes))
    ]


def coverage_of(
    codes: Sequence[str], shapes: Geometries, progress: Callable[[float], None] = lambda _: None
) -> gpd.GeoDataFrame:
    """Return one shape for each code: dissolved, cleaned of overlaps and slivers, simplified together, on `OFFICIAL_GRID`.

    The shapes must be valid. Islands under `ISLET_KM2` are left out, but each area keeps its largest part.

    Raises:
        ShapeFaultsError: an area vanishes, or the coverage does not come out sound.
    """
    steps = shapely.transform(shapes, _steps_of_degrees)
    names, whole = _dissolved(np.asarray(codes, object), steps)
    progress(0.3)
    simpler = _simplified(whole)
    progress(0.7)
    without_islets = drop_islets(_frame(names, shapely.transform(simpler, _degrees_of_steps)), ISLET_KM2)
    kept = shapely.transform(without_islets.geometry.to_numpy(), _steps_of_degrees)
    areas = _frame(names, shapely.transform(_on_grid(names, kept), _degrees_of_steps))
    require_sound(areas)
    progress(1.0)
    return areas


def distance_m(areas: gpd.GeoDataFrame, runs: Runs) -> float:
    """Return how far (metres) 95 of 100 borders of the mesh lie from those of the areas at most.

    The mesh itself is rough (125 m a cell), so exact borders come to about 70 m.
    """
    return float(np.percentile(np.concatenate(list(_distances(areas, runs))), 95))


def mesh_km2(runs: Runs) -> dict[str, float]:
    """Return the area of each code of the mesh table in km²."""
    rows, place = np.unique(runs.row, return_inverse=True)
    west, south = GRID_125M.lonlat_of(0, rows)
    east, north = GRID_125M.lonlat_of(1, rows + 1)
    cell = km2_of(shapely.box(west, south, east, north))
    codes, owner = np.unique(runs.code, return_inverse=True)
    total = np.bincount(owner, weights=cell[place] * runs.length)
    return {f"{code:05d}": float(km2) for code, km2 in zip(codes, total, strict=True)}


def _km2_of_code(code: str, owner: npt.NDArray[Any], shapes: Geometries) -> float:
    return float(km2_of(shapes[owner == code]).sum())


def _dissolved(codes: npt.NDArray[Any], shapes: Geometries) -> tuple[npt.NDArray[Any], Geometries]:
    names, first, count = np.unique(codes, return_index=True, return_counts=True)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(count)
    whole = np.array(
        [
            shapes[index] if number == 1 else shapely.union_all(shapes[order[end - number : end]])
            for index, number, end in zip(first, count, ends, strict=True)
        ],
        object,
    )
    return names, whole


def _simplified(shapes: Geometries) -> Geometries:
    """Return the shapes (in steps) as a coverage with corners of up to `FINEST_CELLS` cut off.

    Cleaning makes neighbours share their vertices, without which simplifying would open gaps between them, so it goes first. But
    it needs 0.4 GB for a million vertices; official files of that size share their vertices, and are cleaned when they are small.
    """
    tolerance = FINEST_CELLS * STEPS
    if shapely.get_num_coordinates(shapes).sum() > MANY_VERTICES:
        return np.asarray(
            shapely.coverage_clean(shapely.coverage_simplify(shapes, tolerance), gap_width=tolerance)
        )
    return np.asarray(
        shapely.coverage_simplify(shapely.coverage_clean(shapes, gap_width=tolerance), tolerance)
    )


def _on_grid(codes: npt.NDArray[Any], shapes: Geometries) -> Geometries:
    """Return the coverage with whole numbers as coordinates.

    Rounding moves a vertex by half a step at most, which may lay it across a narrow neck; cleaning mends that and makes new
    vertices, which are rounded again, until nothing is left to mend.
    """
    for _ in range(MOST_ROUNDS):
        rounded = shapely.transform(shapes, np.rint)
        whole = shapely.make_valid(rounded, method="structure", keep_collapsed=False)
        if gone := codes[~(shapely.area(whole) > 0)].tolist():
            raise ShapeFaultsError(ShapeFault(code, "is smaller than a step of the grid") for code in gone)
        if shapely.coverage_is_valid(whole) and bool(shapely.is_valid(whole).all()) and _is_whole(whole):
            return np.asarray(shapely.normalize(shapely.remove_repeated_points(whole)))
        shapes = shapely.coverage_clean(whole)
    raise ShapeFaultsError([ShapeFault("-", "the coverage does not fit the grid")])


def _is_whole(shapes: Geometries) -> bool:
    xy = shapely.get_coordinates(shapes)
    return bool((xy == np.rint(xy)).all())


def _frame(codes: npt.NDArray[Any], shapes: Geometries) -> gpd.GeoDataFrame:
    whole = [
        shape if shape.geom_type == "MultiPolygon" else shapely.multipolygons([shape]) for shape in shapes
    ]
    return gpd.GeoDataFrame({"code": codes}, geometry=whole, crs=CRS)


def _steps_of_degrees(lonlat: Floats) -> Floats:
    return np.column_stack(OFFICIAL_GRID.gridded(lonlat[:, 0], lonlat[:, 1]))


def _degrees_of_steps(steps: Floats) -> Floats:
    return np.column_stack(OFFICIAL_GRID.lonlat_of(steps[:, 0], steps[:, 1]))


def _distances(areas: gpd.GeoDataFrame, runs: Runs) -> Any:
    """Yield for each area the distances of the western ends of its runs, up to `_POINTS_PER_AREA` of them."""
    order = np.argsort(runs.code, kind="stable")
    codes, first = np.unique(runs.code[order], return_index=True)
    place = {f"{code:05d}": where for code, where in zip(codes, np.split(order, first[1:]), strict=True)}
    for code, shape in zip(areas["code"], areas.geometry, strict=True):
        if code in place:
            here = place[code][:: max(1, len(place[code]) // _POINTS_PER_AREA)]
            lon, lat = GRID_125M.lonlat_of(runs.col[here], runs.row[here] + 0.5)
            scale = np.array([111_320 * np.cos(np.radians(lat.mean())), 110_950])
            border = shapely.boundary(shapely.transform(shape, lambda xy, by=scale: xy * by))
            shapely.prepare(border)
            yield shapely.distance(shapely.points(np.column_stack([lon, lat]) * scale), border)
