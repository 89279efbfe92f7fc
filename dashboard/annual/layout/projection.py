"""The projection of the annual map: Lambert's conformal conic, which keeps the shape of every prefecture.

Standard parallels 33 and 44 N, centre 137 E 38 N: from Kyushu to Hokkaido no length is more than 1.5 % off. Kilometres
east and north of the centre, on GRS80, the ellipsoid of JGD2011 (J. P. Snyder, Map Projections, USGS 1987, p. 107–109).
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Numbers = npt.NDArray[np.float64]

RADIUS_KM, FLATTENING = 6378.137, 1 / 298.257222101
LOWER, UPPER = 33.0, 44.0
CENTRE = 137.0, 38.0
_ECCENTRICITY = np.sqrt(FLATTENING * (2 - FLATTENING))


def projected(lonlat: Numbers) -> Numbers:
    """Return kilometres east and north (n × 2) of longitudes and latitudes in degrees (n × 2)."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    radius = RADIUS_KM * _FACTOR * _flattened(lat) ** _CONE
    angle = _CONE * np.radians(lon - CENTRE[0])
    return np.column_stack([radius * np.sin(angle), _CENTRE_RADIUS - radius * np.cos(angle)])


def projected_shapes(shapes: Any) -> Any:
    """Return shapes (one or an array) of longitude and latitude in kilometres."""
    return shapely.transform(shapes, projected)


def projected_point(lon: float, lat: float) -> tuple[float, float]:
    """Return kilometres east and north of one place."""
    east, north = projected(np.array([[lon, lat]]))[0]
    return float(east), float(north)


def _flattened(lat: Any) -> Any:
    """Snyder's t (15-9)."""
    sine = _ECCENTRICITY * np.sin(np.radians(lat))
    return np.tan(np.pi / 4 - np.radians(lat) / 2) / ((1 - sine) / (1 + sine)) ** (_ECCENTRICITY / 2)


def _narrowed(lat: float) -> float:
    """Snyder's m (14-15)."""
    sine = np.sin(np.radians(lat))
    return float(np.cos(np.radians(lat)) / np.sqrt(1 - (_ECCENTRICITY * sine) ** 2))


_CONE = float(
    np.log(_narrowed(LOWER) / _narrowed(UPPER)) / np.log(_flattened(LOWER) / _flattened(UPPER))
)  # n (15-8)
_FACTOR = _narrowed(LOWER) / (_CONE * _flattened(LOWER) ** _CONE)  # F (15-10)
_CENTRE_RADIUS = RADIUS_KM * _FACTOR * _flattened(CENTRE[1]) ** _CONE  # ρ₀ (15-7a)
