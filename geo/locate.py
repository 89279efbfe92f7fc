"""Points → municipalities, exact and fast: a million points in a second or two.

One rule for both kinds of boundaries: a point belongs to the area it lies in; exactly on a border it belongs to the smallest
code of those it touches; outside every area to none (""). 所属未定地 (codes ending in 000) is none. Wards are no areas of their
own: hand in boundaries dissolved to municipalities. Distances are geodesics on GRS80 in metres; the spot they lead to is chosen
on a flat map around the point, which is exact near by and good to a hundred-thousandth across the country.
"""

import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod

from geo.mesh import CELL_M, GRID_125M, Runs

if TYPE_CHECKING:  # half a second to load, and most points are located in the mesh
    import geopandas as gpd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.object_]

NOWHERE = 0
MOST_POINTS = 200_000
"""Points that are made into geometries at once: 100 MB."""
_GEOD = Geod(ellps="GRS80")
_NEAREST_MEASURED = 8
"""Of the spots that a local flat map finds nearest, so many are measured on the ellipsoid."""
_METRES_PER_DEGREE = 111_000.0
_FIRST_REACH_DEGREES = 0.01


class Locator(ABC):
    """Says in which municipality points lie, and how far from one. `precision_m` is how far its borders may be off, in metres."""

    precision_m: float

    @staticmethod
    def from_runs(runs: Runs) -> "Locator":
        """Return the locator of the embedded 125 m mesh."""
        return MeshLocator(runs)

    @staticmethod
    def from_shapes(areas: "gpd.GeoDataFrame", precision_m: float) -> "Locator":
        """Return the locator of boundaries: columns `code` (five digits) and `geometry` (polygons in degrees)."""
        return ShapeLocator(areas, precision_m)

    def codes(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Codes:
        """Return the code of each point in degrees; "" where there is none (also for nan)."""
        return _texts(self.numbers(lon, lat))

    @abstractmethod
    def numbers(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Ints:
        """Return the code of each point as a number, `NOWHERE` where there is none."""

    @abstractmethod
    def metres_to(self, code: str, lon: float, lat: float) -> float:
        """Return the distance of a point to an area, 0 inside it; of a prefecture (NN000) to its nearest municipality.

        Infinite if the boundaries do not have the area.
        """

    @abstractmethod
    def nearest(self, lon: float, lat: float) -> tuple[str, float]:
        """Return the code of the nearest municipality and its distance in metres."""


class MeshLocator(Locator):
    """Points in the run table of the 125 m mesh."""

    def __init__(self, runs: Runs) -> None:
        """Index the runs of municipalities; they are sorted by row and column already."""
        self.precision_m = CELL_M
        self._runs = runs.where(runs.code % 1000 != 0)
        self._starts = self._runs.row * GRID_125M.cols + self._runs.col
        self._ends = self._starts + self._runs.length
        self._by_code = np.argsort(self._runs.code, kind="stable")
        self._sorted_codes = self._runs.code[self._by_code]

    def numbers(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Ints:
        """Return the code of each point in degrees, as a number."""
        x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        numbers = np.full(len(x), NOWHERE, np.int64)
        west, south = GRID_125M.lonlat_of(0, 0)
        east, north = GRID_125M.lonlat_of(GRID_125M.cols, GRID_125M.rows)
        on_grid = (x >= west) & (x <= east) & (y >= south) & (y <= north)  # false for nan
        columns, rows = GRID_125M.gridded(x[on_grid], y[on_grid])
        col, is_west_edge = _cell(columns, x[on_grid], GRID_125M.lon0, GRID_125M.per_degree_lon)
        row, is_south_edge = _cell(rows, y[on_grid], GRID_125M.lat0, GRID_125M.per_degree_lat)
        found = self._number_of(row, col)
        edges = np.flatnonzero(is_west_edge | is_south_edge)
        if len(edges):
            touched = [
                self._number_of(
                    row[edges] - down * is_south_edge[edges], col[edges] - left * is_west_edge[edges]
                )
                for down in (0, 1)
                for left in (0, 1)
            ]
            found[edges] = _smallest(np.array(touched))
        numbers[on_grid] = found
        return numbers

    def _number_of(self, row: Ints, col: Ints) -> Ints:
        """Return the code (a number, `NOWHERE` for none) of cells."""
        inside = (row >= 0) & (row < GRID_125M.rows) & (col >= 0) & (col < GRID_125M.cols)
        cell = np.where(inside, row * GRID_125M.cols + col, -1)
        # Neighbours one after the other: the search then stays in a part of the table that is at hand.
        order = np.argsort(cell)
        run = np.empty(len(cell), np.int64)
        run[order] = np.searchsorted(self._starts, cell[order], side="right") - 1
        is_in_run = (run >= 0) & (cell < self._ends[run])
        return np.where(is_in_run, self._runs.code[run], NOWHERE)

    def metres_to(self, code: str, lon: float, lat: float) -> float:
        """Return the distance of a point to the cells of an area."""
        first, last = (int(code), int(code)) if not code.endswith("000") else (int(code), int(code) + 999)
        start, end = np.searchsorted(self._sorted_codes, [first, last + 1])
        return _least_metres(lon, lat, *self._spots(self._by_code[start:end], lon, lat))[0]

    def nearest(self, lon: float, lat: float) -> tuple[str, float]:
        """Return the nearest municipality, looking at ever more rows of the mesh."""
        (row,) = np.floor([GRID_125M.gridded(lon, lat)[1]])
        metres_per_row = _METRES_PER_DEGREE * 0.99 / GRID_125M.per_degree_lat
        reach = 2
        while True:
            start, end = np.searchsorted(self._runs.row, [row - reach, row + reach + 1])
            metres, spot = _least_metres(lon, lat, *self._spots(np.arange(start, end), lon, lat))
            if metres <= (reach - 1) * metres_per_row or reach > 2 * GRID_125M.rows:
                return f"{self._runs.code[start + spot]:05d}", metres
            reach *= 4

    def _spots(self, runs: Ints, lon: float, lat: float) -> tuple[Floats, Floats]:
        """Return for each run the spot (degrees) that is nearest to a point: the point itself, or one on the run's edge."""
        row, col = self._runs.row[runs], self._runs.col[runs]
        west, south = GRID_125M.lonlat_of(col, row)
        east, north = GRID_125M.lonlat_of(col + self._runs.length[runs], row + 1)
        return np.clip(lon, west, east), np.clip(lat, south, north)


class ShapeLocator(Locator):
    """Points in polygons of a boundary file."""

    def __init__(self, areas: "gpd.GeoDataFrame", precision_m: float) -> None:
        """Index the shapes, sorted by code; those of 所属未定地 are left out."""
        self.precision_m = precision_m
        kept = areas[~areas["code"].str.endswith("000")].sort_values("code", kind="stable")
        self._codes = kept["code"].to_numpy().astype(object)
        self._numbers = self._codes.astype(np.int64)
        self._shapes = kept.geometry.to_numpy()
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)
        self._borders: dict[int, tuple[Floats, Floats]] = {}

    def numbers(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Ints:
        """Return the code of each point in degrees, as a number."""
        x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        numbers = np.full(len(x), NOWHERE, np.int64)
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        for start in range(0, len(known), MOST_POINTS):
            part = known[start : start + MOST_POINTS]
            # The prepared shapes ask the tree of points: the other way round each question would walk a whole border.
            shape, point = shapely.STRtree(shapely.points(x[part], y[part])).query(
                self._shapes, predicate="intersects"
            )
            order = np.argsort(-shape, kind="stable")  # the smallest code is written last
            numbers[part[point[order]]] = self._numbers[shape[order]]
        return numbers

    def metres_to(self, code: str, lon: float, lat: float) -> float:
        """Return the distance of a point to the shapes of an area."""
        number = int(code)
        last = number + 999 if code.endswith("000") else number
        start, end = np.searchsorted(self._numbers, [number, last + 1])
        return min((self._metres_to_shape(index, lon, lat) for index in range(start, end)), default=math.inf)

    def nearest(self, lon: float, lat: float) -> tuple[str, float]:
        """Return the nearest municipality, looking at ever larger boxes."""
        reach = _FIRST_REACH_DEGREES
        while True:
            near = np.sort(self._tree.query(shapely.box(lon - reach, lat - reach, lon + reach, lat + reach)))
            metres = [self._metres_to_shape(index, lon, lat) for index in near]
            # Only what is nearer than the edge of the box is sure to be the nearest.
            sure = reach * _METRES_PER_DEGREE * 0.99 * max(math.cos(math.radians(lat)), 0.01)
            if metres and (min(metres) <= sure or reach > 360):
                best = int(np.argmin(metres))
                return str(self._codes[near[best]]), metres[best]
            if reach > 360:
                return "", math.inf
            reach *= 4

    def _metres_to_shape(self, index: int, lon: float, lat: float) -> float:
        if shapely.intersects_xy(self._shapes[index], lon, lat):
            return 0.0
        if index not in self._borders:
            self._borders[index] = _segments(self._shapes[index])
        begin, end = self._borders[index]
        scale = np.array([math.cos(math.radians(lat)), 1.0])
        along, to_point = (end - begin) * scale, (np.array([lon, lat]) - begin) * scale
        length2 = (along**2).sum(axis=1)
        share = np.clip((along * to_point).sum(axis=1) / np.where(length2 > 0, length2, 1.0), 0.0, 1.0)
        spots = begin + share[:, np.newaxis] * (end - begin)
        return _least_metres(lon, lat, spots[:, 0], spots[:, 1])[0]


def code_of(number: int) -> str:
    """Return a code of five digits from its number; "" from `NOWHERE`.

    >>> code_of(1100), code_of(NOWHERE)
    ('01100', '')
    """
    return "" if number == NOWHERE else f"{number:05d}"


def _cell(
    counted: Floats, degrees: Floats, origin: int, per_degree: int
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return the cells along one axis that hold points, and which points lie exactly on the lower edge of theirs.

    Edges are the numbers that the shapes of the mesh have for them, so that both kinds of boundaries agree on every point.
    """
    near = np.rint(counted).astype(np.int64)
    edge = origin + near / per_degree
    return np.where(degrees >= edge, near, near - 1), degrees == edge


def _smallest(numbers: Ints) -> Ints:
    """Return the smallest code of each column that is one, `NOWHERE` if none is."""
    least = np.where(numbers == NOWHERE, np.iinfo(np.int64).max, numbers).min(axis=0)
    return np.where(least == np.iinfo(np.int64).max, NOWHERE, least)


def _texts(numbers: Ints) -> Codes:
    distinct, which = np.unique(numbers, return_inverse=True)
    texts: Codes = np.array([code_of(number) for number in distinct], object)[which]
    return texts


def _segments(shape: Any) -> tuple[Floats, Floats]:
    """Return the ends of every straight piece of a shape's border, in degrees."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    together = ring[1:] == ring[:-1]
    return points[:-1][together], points[1:][together]


def _least_metres(lon: float, lat: float, lons: Floats, lats: Floats) -> tuple[float, int]:
    """Return the geodesic distance to the nearest of several spots, and which it is; infinite if there are none."""
    if not len(lons):
        return math.inf, 0
    flat = ((lons - lon) * math.cos(math.radians(lat))) ** 2 + (lats - lat) ** 2
    few = (
        np.argpartition(flat, _NEAREST_MEASURED)[:_NEAREST_MEASURED]
        if len(flat) > _NEAREST_MEASURED
        else np.arange(len(flat))
    )
    metres = _GEOD.inv(np.full(len(few), lon), np.full(len(few), lat), lons[few], lats[few])[2]
    best = int(np.argmin(metres))
    return float(metres[best]), int(few[best])
