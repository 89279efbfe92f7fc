"""Lists of positions → polygons; rings that are not closed are closed, what cannot be one is said."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from etl.intake.polygons.layer import Drawing

Line = npt.NDArray[np.float64]
LEAST_POSITIONS = 4
DRAW = "市区町村の区域を面（ポリゴン）で入れてください"


class RingError(ValueError):
    """Positions that make no ring; the text says why, in Japanese."""


def line_of(positions: Any) -> tuple[Line, bool]:
    """Return positions as an array of longitude and latitude, and whether heights were left out.

    Raises:
        RingError: something is no position, or no finite number.
    """
    try:
        line = np.asarray(positions)
    except ValueError:
        line = np.asarray([])
    if line.ndim != 2 or line.shape[1] < 2 or line.dtype.kind not in "iuf":
        raise RingError("座標を読めません（経度と緯度の組ではありません）")
    if not np.isfinite(line).all():
        raise RingError("座標が有限の数ではありません")
    return line[:, :2].astype(np.float64), line.shape[1] > 2


def polygon_of(rings: Sequence[Any], drawing: Drawing) -> Any:
    """Return the polygon of an outer ring and its holes, not yet checked for crossings.

    Raises:
        RingError: a ring is no ring.
    """
    outer, *holes = [_ring(ring, drawing) for ring in rings]
    return shapely.Polygon(outer, holes)


def multipolygon_of(polygons: Sequence[Any], drawing: Drawing) -> Any:
    """Return the shape of several lists of rings; None, with a fault, where there is none. Empty members are left out."""
    try:
        parts = [polygon_of(rings, drawing) for rings in polygons if rings]
    except (RingError, TypeError, KeyError) as fault:
        problem = str(fault) if isinstance(fault, RingError) else "座標を読めません"
        drawing.fault(problem, "形を直したファイルを使ってください")
        return None
    if not parts:
        drawing.fault("形がありません（座標が空です）", DRAW)
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _ring(positions: Any, drawing: Drawing) -> Line:
    line, is_high = line_of(positions)
    if is_high:
        drawing.change("高さの値を除きました", "経度・緯度・高さ", "経度・緯度")
    if len(line) and (line[0] != line[-1]).any():
        drawing.change("閉じていない輪を閉じました", "始点と終点が違う", "始点に戻る")
        line = np.append(line, line[:1], axis=0)
    if len(line) < LEAST_POSITIONS:
        raise RingError(f"輪の点が足りません（{len(line)}点）")
    return line
