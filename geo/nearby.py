"""The nearest points and all points within a distance, exactly and in well under a millisecond.

Distances are geodesics on GRS80 in metres; points are longitude and latitude in degrees (JGD2011, EPSG:6668).

A tree of the ellipsoid's unit normals finds candidates by the angle θ between normals. A step of dθ along the surface is between
`_LEAST_RADIUS_M` dθ (the meridian's radius of curvature at the equator) and a²/b dθ (both radii at the pole) long,
so a geodesic of d metres joins normals at most d / `_LEAST_RADIUS_M` apart. Whatever lies within that angle is measured on
the ellipsoid, therefore nothing nearer is missed; what lies within d / `_MOST_RADIUS_M` is near enough unmeasured. Queries only
read: one index may serve many threads.
"""

import math

import numpy as np
import numpy.typing as npt
from pyproj import Geod
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

_GEOD = Geod(ellps="GRS80")
_LEAST_RADIUS_M = _GEOD.b**2 / _GEOD.a
_MOST_RADIUS_M = _GEOD.a**2 / _GEOD.b
# Unit vectors are rounded to 1e-16, a geodesic to nanometres: 1e-12 of the Earth's radius (6 µm) outweighs both.
_ROUNDING = 1e-12


class Nearby:
    """Points, ready to be asked which of them are near."""

    def __init__(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> None:
        """Index points in degrees (two arrays of one length); what is no point (nan, beyond the poles) is never found."""
        lons, lats = np.asarray(lon, np.float64).ravel(), np.asarray(lat, np.float64).ravel()
        self._given = len(lons)
        self._positions = np.flatnonzero(_are_points(lons, lats))
        self._lon, self._lat = lons[self._positions], lats[self._positions]
        self._tree = cKDTree(_normals(self._lon, self._lat))

    def __len__(self) -> int:
        """Return the number of points that can be found."""
        return len(self._positions)

    def nearest(self, lon: float, lat: float, k: int) -> tuple[Ints, Floats]:
        """Return the positions (in the arrays) and metres of the k nearest points, or of all if there are fewer.

        Nearest first; points equally far stand in the order of their positions, also where k cuts between them.
        """
        k = min(k, len(self))
        if k < 1 or not _are_points(lon, lat):
            return _nothing()
        _, found = self._tree.query(_normals(lon, lat), k=k)
        farthest = self._metres(lon, lat, np.ravel(found)).max()
        positions, metres = self.within(lon, lat, float(farthest))
        return positions[:k], metres[:k]

    def nearest_among(self, among: Truths, lon: float, lat: float, k: int) -> tuple[Ints, Floats]:
        """Return the same of the points at the positions where `among` is true, however few of all they are.

        A look at each of them: for when the nearest of all are none of them.
        """
        points = np.flatnonzero(among[self._positions])
        k = min(k, len(points))
        if k < 1 or not _are_points(lon, lat):
            return _nothing()
        chords = np.linalg.norm(self._tree.data[points] - _normals(lon, lat), axis=1)
        first = points[np.argpartition(chords, k - 1)[:k]]
        farthest = float(self._metres(lon, lat, first).max())
        positions, metres = self._in_order(points[chords <= _chord(farthest)], (lon, lat), farthest)
        return positions[:k], metres[:k]

    def within(self, lon: float, lat: float, metres: float) -> tuple[Ints, Floats]:
        """Return the positions and metres of all points at most `metres` away, nearest first, ties by position."""
        if not len(self) or not _are_points(lon, lat) or not metres >= 0:
            return _nothing()
        return self._in_order(self._candidates(lon, lat, metres), (lon, lat), metres)

    def are_within(self, lon: float, lat: float, metres: float) -> Truths:
        """Return for each position whether its point is at most `metres` away: `within` without distances and order.

        Only points about the edge are measured, so that hundreds of thousands are counted at once.
        """
        inside = np.zeros(self._given, bool)
        if not len(self) or not _are_points(lon, lat) or not metres >= 0:
            return inside
        found = self._candidates(lon, lat, metres)
        chords = np.linalg.norm(self._tree.data[found] - _normals(lon, lat), axis=1)
        edge = chords > 2 * math.sin(min(metres / _MOST_RADIUS_M, math.pi) / 2) - _ROUNDING
        inside[self._positions[found[~edge]]] = True
        positions, _ = self._in_order(found[edge], (lon, lat), metres)
        inside[positions] = True
        return inside

    def _candidates(self, lon: float, lat: float, metres: float) -> Ints:
        return np.asarray(self._tree.query_ball_point(_normals(lon, lat), _chord(metres)), np.int64)

    def _in_order(self, points: Ints, at: tuple[float, float], metres: float) -> tuple[Ints, Floats]:
        """Return positions and metres of those of `points` at most `metres` away, nearest first, ties by position."""
        distances = self._metres(*at, points)
        inside = distances <= metres
        positions, distances = self._positions[points[inside]], distances[inside]
        order = np.lexsort((positions, distances))
        return positions[order], distances[order]

    def _metres(self, lon: float, lat: float, points: Ints) -> Floats:
        return metres_between(lon, lat, self._lon[points], self._lat[points])


def metres_between(lon: float, lat: float, lons: npt.ArrayLike, lats: npt.ArrayLike) -> Floats:
    """Return the geodesic distance (GRS80, metres) of one point from each of many, all in degrees; nan where one is no point."""
    x, y = np.asarray(lons, np.float64), np.asarray(lats, np.float64)
    known = _are_points(x, y) & _are_points(lon, lat)
    metres = np.full(x.shape, np.nan)
    count = int(known.sum())
    _, _, metres[known] = _GEOD.inv(np.full(count, lon), np.full(count, lat), x[known], y[known])
    return metres


def _are_points(lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    return np.asarray(np.isfinite(lon) & (np.abs(lat) <= 90))


def _normals(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
    """Return the ellipsoid's unit normals (x, y, z in the last dimension) at points in degrees."""
    x, y = np.radians(lon), np.radians(lat)
    return np.stack((np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)), axis=-1)


def _chord(metres: float) -> float:
    """Return a chord of the unit sphere that no two points are farther apart than whose geodesic is `metres` long."""
    angle = min(metres / _LEAST_RADIUS_M, math.pi)
    return 2 * math.sin(angle / 2) + _ROUNDING


def _nothing() -> tuple[Ints, Floats]:
    return np.empty(0, np.int64), np.empty(0)
