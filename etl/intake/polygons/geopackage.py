"""GeoPackage (a SQLite file) → a layer. Nothing but plain tables is read: no views, no virtual tables but the spatial index."""

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from etl.intake.polygons.layer import ASK_AGAIN, Drawing, Layer, objects, require_features, text_of
from etl.intake.polygons.rings import DRAW
from etl.intake.report import RejectedError
from geo.drivers import read_raw, require_restricted

FORM = "GeoPackage"
MAGIC = b"SQLite format 3\x00"
_VIRTUAL = re.compile(r"^\s*CREATE\s+VIRTUAL\s+TABLE", re.IGNORECASE)
_INDEX = re.compile(r"\bUSING\s+rtree\b", re.IGNORECASE)
_POLYGONAL = (3, 6)
# Of several layers the first with polygons: one file of boundaries has one.
_LAYERS = """
SELECT contents.table_name
FROM gpkg_contents AS contents
JOIN gpkg_geometry_columns AS geometry ON geometry.table_name = contents.table_name
JOIN sqlite_master AS made ON made.name = contents.table_name AND made.type = 'table'
WHERE contents.data_type = 'features'
ORDER BY geometry.geometry_type_name NOT IN ('POLYGON', 'MULTIPOLYGON'), contents.table_name
"""


def layer_of(data: bytes, *, crs: str = "") -> Layer:
    """Return the features of the first layer of polygons; `crs` stands in where the file says none.

    Raises:
        RejectedError: it is no GeoPackage, damaged, or holds tables that would make the reader do more than read.
    """
    require_restricted()
    with tempfile.TemporaryDirectory(prefix="ibasho-") as folder:
        path = Path(folder) / "areas.gpkg"
        path.write_bytes(data)
        name = _layer_name(path)
        try:
            meta, _, shapes, values = read_raw(path, layer=name, force_2d=True)
            found = shapely.from_wkb(shapes, on_invalid="fix")
        except Exception as fault:
            raise RejectedError("GeoPackage を読めません（壊れています）", ASK_AGAIN) from fault
    require_features(len(found))
    drawing = Drawing()
    for shape in found:
        drawing.add(_polygonal(shape, drawing))
    columns = {
        str(field): [text_of(value) for value in column]
        for field, column in zip(meta["fields"], values, strict=True)
    }
    faults = tuple(drawing.faults)
    return Layer(
        FORM, columns, objects(drawing.shapes), _crs(meta["crs"], crs), faults=faults, facts={"member": name}
    )


def _layer_name(path: Path) -> str:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as con:
            con.execute("PRAGMA trusted_schema = OFF")
            made = [str(sql) for (sql,) in con.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
            if any(_VIRTUAL.match(sql) and not _INDEX.search(sql) for sql in made):
                raise RejectedError(
                    "GeoPackage に読み取り以外の働きをする表があります", "GeoJSON で保存し直してください"
                )
            row = con.execute(_LAYERS).fetchone()
    except sqlite3.Error as fault:
        raise RejectedError("GeoPackage ではありません（または壊れています）", ASK_AGAIN) from fault
    if row is None:
        raise RejectedError("GeoPackage に面の層がありません", DRAW)
    return str(row[0])


def _crs(said: str | None, given: str) -> str:
    if not said and not given:
        raise RejectedError(
            "座標系が書かれていません", "座標系が分かる場合は --crs EPSG:6668 のように指定してください"
        )
    try:
        return str(CRS.from_user_input(said or given).to_wkt())
    except CRSError as fault:
        raise RejectedError(
            "座標系を読めません", "EPSG:6668 など、番号のある座標系で保存し直してください"
        ) from fault


def _polygonal(shape: shapely.Geometry | None, drawing: Drawing) -> shapely.Geometry | None:
    if shape is None or shape.is_empty:
        drawing.fault("形がありません（空です）", DRAW)
        return None
    if np.isin(shapely.get_type_id(shape), _POLYGONAL):
        return shape
    drawing.fault(f"面（ポリゴン）ではありません（{shape.geom_type}）", DRAW)
    return None
