"""TopoJSON for the map: every border is stored once, and all objects of a file share their arcs.

Our shapes share every vertex with their neighbours, so the arcs follow from counting: a vertex where other
than two edges meet ends an arc. The library `topojson` (2.2) was tried first and is fast enough, but it loses
single vertices of straight borders (19 of 1,752 areas), after which neighbours no longer fit together; and
its quantisation in steps across the extent moves corners, so that close borders cross. Here coordinates are
cells of the 125 m grid, which our shapes hit exactly, or `quantisation` steps for other sources.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import islice, pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.mesh import GRID_125M, Grid, Ints

Pair = tuple[float, float]
Geometries = npt.NDArray[np.object_]
Polygons = list[list[list[int]]]

_OFF_GRID = 1e-6


def topojson(
    layers: Mapping[str, gpd.GeoDataFrame],
    *,
    names: Mapping[str, str],
    quantisation: float = 1e5,
    grid: Grid | None = GRID_125M,
) -> bytes:
    """Return one TopoJSON file (UTF-8) with an object for each layer, in degrees (EPSG:6668).

    Each layer has the columns `code` and `geometry`; its features are in the order of their codes and have
    the properties `code` and `name` (empty where `names` has none, as for 所属未定地). With a `grid` the
    coordinates are its cells and nothing moves; without one the extent is divided into `quantisation` steps,
    every vertex moves by at most half a step, and parts without area left are dropped. The same layers, in
    any order of rows, give the same bytes.

    Raises:
        ValueError: a vertex off the grid, or an area that vanishes.
    """
    ordered = {name: layer.sort_values("code") for name, layer in layers.items()}
    scale, translate = _steps(ordered, quantisation) if grid is None else _cells(grid)
    whole = [_whole(layer, scale, translate, exact=grid is not None) for layer in ordered.values()]
    arcs, shapes = _shared_arcs(np.concatenate(whole))
    rest = iter(shapes)
    objects = {
        name: _collection(layer["code"], islice(rest, len(layer)), names) for name, layer in ordered.items()
    }
    document = {
        "type": "Topology",
        "transform": {"scale": scale, "translate": translate},
        "objects": objects,
        "arcs": arcs,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _shared_arcs(shapes: Geometries) -> tuple[list[list[list[int]]], list[Polygons]]:
    """Return the arcs, as a first position and the steps from there, and each shape's rings of arc numbers."""
    _, coordinates, (ring_ends, polygon_ends, shape_ends) = shapely.to_ragged_array(shapes)
    positions, vertex = np.unique(_paired(coordinates), return_inverse=True)
    is_end = _edges_at(vertex, ring_ends) != 2
    numbers: dict[bytes, int] = {}
    rings = [
        [_numbered(arc, numbers) for arc in _cut(vertex[start : end - 1], is_end)]
        for start, end in pairwise(ring_ends)
    ]
    polygons = [rings[start:end] for start, end in pairwise(polygon_ends)]
    paths = (_unpaired(positions[np.frombuffer(arc, np.int64)]) for arc in numbers)
    arcs = [np.diff(path, axis=0, prepend=0).tolist() for path in paths]
    return arcs, [polygons[start:end] for start, end in pairwise(shape_ends)]


def _cut(ring: Ints, is_end: npt.NDArray[np.bool_]) -> list[Ints]:
    """Return the arcs of a ring (vertex numbers, the first not repeated) between the vertices that end one.

    A ring without such a vertex begins at its smallest, so that an enclave and its hole give the same arc.
    """
    ends = np.flatnonzero(is_end[ring])
    if not len(ends):
        ends = np.array([np.argmin(ring)])
    closed = np.append(np.roll(ring, -ends[0]), ring[ends[0]])
    return [closed[start : end + 1] for start, end in pairwise([*(ends - ends[0]).tolist(), len(ring)])]


def _numbered(arc: Ints, numbers: dict[bytes, int]) -> int:
    """Return the number of an arc, counted on first use; ~n is arc n backwards."""
    forwards, backwards = arc.tobytes(), arc[::-1].tobytes()
    if forwards <= backwards:
        return numbers.setdefault(forwards, len(numbers))
    return ~numbers.setdefault(backwards, len(numbers))


def _cells(grid: Grid) -> tuple[Pair, Pair]:
    return (1 / grid.per_degree_lon, 1 / grid.per_degree_lat), (grid.lon0, grid.lat0)


def _steps(layers: Mapping[str, gpd.GeoDataFrame], quantisation: float) -> tuple[Pair, Pair]:
    bounds = np.array([layer.total_bounds for layer in layers.values() if len(layer)])
    (west, south), (east, north) = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    return ((east - west) / (quantisation - 1), (north - south) / (quantisation - 1)), (west, south)


def _whole(layer: gpd.GeoDataFrame, scale: Pair, translate: Pair, *, exact: bool) -> Geometries:
    """Return MultiPolygons in whole steps from `translate`, without the parts that lost their area."""

    def stepped(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        steps = (lonlat - translate) / scale
        whole = np.rint(steps)
        if exact and (np.abs(steps - whole).max(initial=0) > _OFF_GRID or whole.min(initial=0) < 0):
            raise ValueError("a vertex does not lie on the grid: give grid=None for shapes of another source")
        return whole

    parts, owner = shapely.get_parts(layer.geometry.to_numpy(), return_index=True)
    parts = shapely.transform(parts, stepped)
    kept = shapely.area(parts) > 0
    if vanished := sorted(set(range(len(layer))) - set(owner[kept].tolist())):
        raise ValueError(f"no area is left of {layer['code'].iloc[vanished].tolist()}: quantise more finely")
    shapes: Geometries = shapely.multipolygons(
        shapely.remove_repeated_points(parts[kept]), indices=owner[kept]
    )
    return shapes


def _edges_at(vertex: Ints, ring_ends: Ints) -> Ints:
    """Return how many different edges, of any ring, end in each vertex."""
    inside = np.ones(len(vertex) - 1, bool)
    inside[ring_ends[1:-1] - 1] = False
    start, end = vertex[:-1][inside], vertex[1:][inside]
    edges = np.unique(_paired(np.column_stack([np.minimum(start, end), np.maximum(start, end)])))
    return np.bincount(_unpaired(edges).ravel(), minlength=int(vertex.max()) + 1)


def _paired(pairs: npt.NDArray[Any]) -> Ints:
    """Return one integer for each pair of whole numbers from 0 up to 2**31: sorting one column is fast."""
    whole = pairs.astype(np.int64)
    return (whole[:, 0] << 32) | whole[:, 1]


def _unpaired(keys: Ints) -> Ints:
    return np.column_stack([keys >> 32, keys & 0xFFFFFFFF])


def _collection(codes: Iterable[str], shapes: Iterable[Polygons], names: Mapping[str, str]) -> dict[str, Any]:
    geometries = [
        {"type": "MultiPolygon", "arcs": polygons, "properties": {"code": code, "name": names.get(code, "")}}
        for code, polygons in zip(codes, shapes, strict=True)
    ]
    return {"type": "GeometryCollection", "geometries": geometries}
