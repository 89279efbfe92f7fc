"""Do shapes lie in Japan? Coordinates of any known system → longitude and latitude of JGD2011."""

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from etl.intake.polygons.layer import Geometries
from etl.intake.report import RejectedError
from geo.shapes import CRS as JGD2011

WEST, SOUTH, EAST, NORTH = 122.0, 20.0, 154.0, 46.0
# Longitude and latitude that differ from JGD2011 by less than any boundary shows.
_SAME_DATUM = frozenset({4326, 4979, 4612, 6668, 6697})

Booleans = npt.NDArray[np.bool_]


def in_degrees(shapes: Geometries, crs: str) -> tuple[Geometries, str]:
    """Return shapes (some may be None) in longitude and latitude, and the name of the system that they came in.

    Raises:
        RejectedError: the system is unknown, or gives no places on Earth.
    """
    try:
        said = CRS.from_user_input(crs)
        if said.to_epsg(min_confidence=20) in _SAME_DATUM or "CRS84" in crs:
            return shapes, said.name
        transformer = Transformer.from_crs(said, JGD2011, always_xy=True)
        moved: Geometries = shapely.transform(
            shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
        )
    except (CRSError, ProjError) as fault:
        raise RejectedError(
            "座標系を読めません", "EPSG:6668 など、番号のある座標系で保存し直してください"
        ) from fault
    return moved, said.name


def outside(shapes: Geometries) -> Booleans:
    """Return which shapes do not lie in Japan (a missing shape does).

    Raises:
        RejectedError: most shapes lie elsewhere: the axes are exchanged, or the coordinates are no degrees.
    """
    west, south, east, north = shapely.bounds(shapes).T
    drawn = ~np.isnan(west)
    inside = (west >= WEST) & (east <= EAST) & (south >= SOUTH) & (north <= NORTH)
    exchanged = (west >= SOUTH) & (east <= NORTH) & (south >= WEST) & (north <= EAST)
    if 2 * np.count_nonzero(exchanged) > np.count_nonzero(drawn):
        raise RejectedError(
            f"座標が（緯度, 経度）の順です（例: {_example(west[exchanged][0])}, {_example(south[exchanged][0])}）",
            "（経度, 緯度）の順で保存し直してください",
        )
    away = drawn & ~inside
    if 2 * np.count_nonzero(away) > np.count_nonzero(drawn):
        raise RejectedError(
            f"座標が日本の経度・緯度ではありません（例: {_example(west[away][0])}, {_example(south[away][0])}）",
            "座標系の情報を付けるか、経度・緯度（JGD2011）で保存し直してください",
        )
    return np.asarray(away, np.bool_)


def _example(number: float) -> str:
    return f"{number:.10g}"
