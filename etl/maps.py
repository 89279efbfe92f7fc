"""Tables as map layers: which rows a layer has, where they lie, and how it is written.

A layer has one feature for each row; an area without an outline (a ward) has a feature without geometry. Coordinates are
longitude and latitude of JGD2011 (EPSG:6668).
"""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from etl.current import GEOMETRY
from etl.outlines import outlines_of

CRS = "EPSG:6668"
# About 0.1 m: finer than any boundary here, and it keeps a layer small.
DECIMALS = 6
CREDIT = "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成した概略境界"

_STATES_OF_TODAY = """
WITH
latest AS (
    SELECT
        max(fiscal_year) FILTER (time_view = 'annual' AND state <> 'F') AS annual,
        max(since_year) FILTER (time_view = 'cumulative') AS cumulative
    FROM coverage
)
SELECT
    area.code, area.name, area.romaji, area.kind, area.prefecture_code, area.prefecture_name,
    overall.fiscal_year AS cumulative_fiscal_year, overall.state AS cumulative_state, overall.basis, overall.since_year,
    overall.platform_id, overall.confidence, overall.is_disputed,
    annual.fiscal_year AS annual_fiscal_year, annual.state AS annual_state,
    area.population, area.population_65plus, area.general_households, area.single_households
FROM latest
JOIN coverage AS overall ON overall.time_view = 'cumulative' AND overall.fiscal_year = latest.cumulative
JOIN coverage AS annual
    ON annual.time_view = 'annual' AND annual.fiscal_year = latest.annual AND annual.code = overall.code
JOIN area ON area.code = overall.code
ORDER BY area.code
"""
_PREFECTURES_OF_TODAY = """
SELECT *
FROM coverage_prefecture
WHERE
    time_view = 'cumulative'
    AND fiscal_year = (SELECT max(since_year) FROM coverage WHERE time_view = 'cumulative')
ORDER BY code
"""


@dataclass(frozen=True, slots=True)
class Layer:
    """The question whose rows are the features; `key` names the column with their area, or they are points."""

    question: str
    key: str = ""


LAYERS = {
    "coverage": Layer(_STATES_OF_TODAY, "code"),
    "coverage_prefecture": Layer(_PREFECTURES_OF_TODAY, "code"),
    "area": Layer(
        "FROM area WHERE kind NOT IN ('prefecture', 'ward', 'northern_village') ORDER BY code", "code"
    ),
    "participation": Layer("FROM participation ORDER BY fiscal_year, code, participation_id", "code"),
    "platform": Layer("FROM platform ORDER BY platform_id", "lead_code"),
    "platform_member": Layer("FROM platform_member ORDER BY platform_id, member_code", "member_code"),
    "regional_council": Layer("FROM regional_council ORDER BY code", "code"),
    "grant_area": Layer("FROM grant_area ORDER BY award_id, code NULLS FIRST, name_printed", "code"),
    "place": Layer("FROM place ORDER BY place_id"),
}


def map_layer(con: duckdb.DuckDBPyConnection, table: str) -> gpd.GeoDataFrame:
    """Return the layer of a table in `LAYERS`; its `attrs` name whose boundaries it draws.

    Raises:
        FileNotFoundError: a geometry file of the build is missing.
    """
    layer = LAYERS[table]
    rows = con.sql(layer.question).to_arrow_table().to_pandas(types_mapper=pd.ArrowDtype)
    if layer.key:
        outlines = outlines_of(_geometry_files(con))
        shapes = [outlines.get(code) for code in rows[layer.key]]
    else:
        shapes = [
            None if pd.isna(lon) or pd.isna(lat) else shapely.Point(lon, lat)
            for lon, lat in zip(rows["lon"], rows["lat"], strict=True)
        ]
    drawn = gpd.GeoDataFrame(rows, geometry=shapes, crs=CRS)
    drawn.attrs["attribution"] = _credit(con)
    return drawn


def _credit(con: duckdb.DuckDBPyConnection) -> str:
    """Return the credit of the boundaries that were chosen for the build, else that of the embedded ones."""
    chosen = con.execute("SELECT value FROM build_info WHERE key = 'boundary_credit'").fetchone()
    return str(chosen[0]) if chosen else CREDIT


def geojson_bytes(layer: gpd.GeoDataFrame) -> bytes:
    """Return a FeatureCollection; `crs` is the older member that desktop GIS still reads."""
    rounded = shapely.transform(layer.geometry.to_numpy(), lambda lonlat: np.round(lonlat, DECIMALS))
    shapes = ["null" if shape is None else shapely.to_geojson(shape) for shape in rounded]
    rows = layer.drop(columns="geometry").to_dict("records")
    features = ",\n".join(
        f'{{"type":"Feature","properties":{_json(row)},"geometry":{shape}}}'
        for row, shape in zip(rows, shapes, strict=True)
    )
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6668"}}
    head = f'{{"type":"FeatureCollection","crs":{json.dumps(crs)},"attribution":{_json(layer.attrs["attribution"])},"features":['
    return f"{head}\n{features}\n]}}\n".encode()


def geoparquet_bytes(layer: gpd.GeoDataFrame) -> bytes:
    """Return GeoParquet with the same rows."""
    content = io.BytesIO()
    layer.to_parquet(content, index=False)
    return content.getvalue()


def _geometry_files(con: duckdb.DuckDBPyConnection) -> list[Path]:
    """Return the files with every prefecture, and with every municipality at its finest, beside the database.

    They draw the boundaries of the years without a binding, which the credit names.
    """
    paths = con.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()
    folder = Path(paths[0][0] or "").parent / GEOMETRY
    names = con.execute(
        """SELECT file FROM map_geometry
           WHERE level IN ('prefectures', 'prefecture')
               AND boundary_id IS NOT DISTINCT FROM (SELECT value FROM build_info WHERE key = 'boundary_id')
           ORDER BY file"""
    )
    return [folder / name for (name,) in names.fetchall()]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return None if value is pd.NA else value.isoformat()
