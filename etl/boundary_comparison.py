"""Do prepared boundaries show the municipalities of the area table: every one, in its place, and about as large?"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from etl.boundary_store import BoundaryError
from geo.area import AreaKind
from geo.mesh import Runs
from geo.official import km2_of, mesh_km2

MOST_NAMED = 20
LARGE_ERROR = 0.05
# Beyond this (about 20 km) a shape is not a coarse drawing of the municipality but another one.
FAR_DEGREES = 0.2
WRONG_ERROR = 0.5
WRONG_SHARE = 0.02
MEND = "名前・コードと形が合うファイルを使ってください。"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """What the area table says of a municipality or northern village."""

    name: str
    is_municipality: bool
    km2: float | None
    point: tuple[float, float] | None


def area_table(data: Path) -> dict[str, AreaRow]:
    """Return the current municipalities and northern villages of the area table by code.

    Raises:
        BoundaryError: the table cannot be read.
    """
    try:
        with (data / "areas.csv").open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if not row["valid_to"]]
        return {
            row["code"]: _area_row(row)
            for row in rows
            if row["kind"] not in (AreaKind.PREFECTURE, AreaKind.WARD)
        }
    except (OSError, ValueError, KeyError) as fault:
        raise BoundaryError(
            "市区町村の表 areas.csv を読めません。データのフォルダーに戻してください。"
        ) from fault


def require_complete(codes: set[str], table: Mapping[str, AreaRow]) -> None:
    """Check that every municipality has a shape.

    Raises:
        BoundaryError: some have none, or codes are of no municipality.
    """
    missing = [code for code, row in table.items() if row.is_municipality and code not in codes]
    unknown = sorted(codes - table.keys())
    if not missing and not unknown:
        return
    needed = sum(row.is_municipality for row in table.values())
    problem = (
        f"境界に{needed:,}市区町村のうち{len(missing):,}がありません（{_named(missing, table)}）"
        if missing
        else ""
    )
    problem += f"市区町村の表にない境界があります（{'、'.join(unknown[:MOST_NAMED])}）" if unknown else ""
    raise BoundaryError(
        f"{problem}。全国の境界を使ってください（都道府県別のファイルは47件をまとめて渡せます）。"
    )


def require_in_place(areas: gpd.GeoDataFrame, table: Mapping[str, AreaRow]) -> None:
    """Check that no shape lies far from its municipality, or is another one by its size."""
    shapes = dict(zip(areas["code"], areas.geometry, strict=True))
    points = {code: row.point for code, row in table.items() if row.point is not None and code in shapes}
    distance = shapely.distance(
        np.array([shapes[code] for code in points], object),
        shapely.points(list(points.values()) or np.empty((0, 2))),
    )
    far = [code for code, degrees in zip(points, distance, strict=True) if degrees > FAR_DEGREES]
    if far:
        raise BoundaryError(f"別の場所にある境界があります（{_named(far, table)}）。{MEND}")
    errors = _shares(areas, {code: row.km2 for code, row in table.items() if row.km2})
    wrong = [code for code, share in errors.items() if abs(share) > WRONG_ERROR]
    if len(wrong) > WRONG_SHARE * len(areas):
        raise BoundaryError(f"面積が市区町村の表と大きく違います（{_named(wrong, table)}）。{MEND}")


def area_error(areas: gpd.GeoDataFrame, table: Mapping[str, AreaRow], runs: Runs | None) -> dict[str, Any]:
    """Return how far areas differ from the table and from the mesh, as shares, and the municipalities that differ most."""
    shares = _shares(areas, {code: row.km2 for code, row in table.items() if row.km2})
    large = sorted(
        (code for code in shares if abs(shares[code]) > LARGE_ERROR), key=lambda code: -abs(shares[code])
    )
    listed = [
        {"code": code, "name": table[code].name, "share": round(shares[code], 4)}
        for code in large[:MOST_NAMED]
    ]
    from_mesh = _shares(areas, mesh_km2(runs)) if runs is not None else {}
    return {
        "table": _spread(shares),
        "mesh": _spread(from_mesh),
        "over_5_percent": len(large),
        "largest": listed,
    }


def _shares(areas: gpd.GeoDataFrame, km2: Mapping[str, float | None]) -> dict[str, float]:
    drawn = dict(zip(areas["code"], km2_of(areas.geometry.to_numpy()).tolist(), strict=True))
    return {code: drawn[code] / official - 1 for code, official in km2.items() if official and code in drawn}


def _spread(shares: Mapping[str, float]) -> dict[str, float]:
    if not shares:
        return {}
    median, p95, worst = np.percentile(np.abs(list(shares.values())), [50, 95, 100]).round(5).tolist()
    return {"median": median, "p95": p95, "worst": worst}


def _area_row(row: Mapping[str, str]) -> AreaRow:
    point = (float(row["rep_lon"]), float(row["rep_lat"])) if row["rep_lon"] and row["rep_lat"] else None
    km2 = float(row["area_km2"]) if row["area_km2"] else None
    return AreaRow(row["name"], row["kind"] != AreaKind.NORTHERN_VILLAGE, km2, point)


def _named(codes: Sequence[str], table: Mapping[str, AreaRow]) -> str:
    shown = "、".join(f"{code} {table[code].name}" for code in sorted(codes)[:MOST_NAMED])
    return shown + (f" ほか{len(codes) - MOST_NAMED:,}件" if len(codes) > MOST_NAMED else "")
