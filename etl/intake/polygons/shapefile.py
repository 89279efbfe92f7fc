"""A shapefile in a zip, as 国土数値情報 hands it out → a layer. Only its own parts are unpacked, into a private folder."""

import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from etl.intake.polygons.dbf import read_dbf
from etl.intake.polygons.layer import ASK_AGAIN, Drawing, Geometries, Layer, objects, require_features
from etl.intake.polygons.rings import DRAW
from etl.intake.report import RejectedError
from geo.drivers import read_raw, require_restricted

FORM = "シェープファイル"
NEEDED = (".shp", ".shx", ".dbf")
READ = (*NEEDED, ".prj", ".cpg")
_MAGIC = b"\x00\x00\x27\x0a"
_HEAD_BYTES = 100
"""The head of a .shp; bytes 24 to 27 say how many words of 16 bits the file has."""
_POLYGONAL = (3, 6)

Parts = Mapping[str, zipfile.ZipInfo]


def shapefiles(members: list[zipfile.ZipInfo]) -> dict[str, dict[str, zipfile.ZipInfo]]:
    """Return the parts of each shapefile of an archive by their ending; the key is the path without it."""
    found: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for member in members:
        path = PurePosixPath(member.filename)
        if path.suffix.lower() in READ:
            found.setdefault(str(path.with_suffix("")), {})[path.suffix.lower()] = member
    return {stem: parts for stem, parts in found.items() if ".shp" in parts or ".dbf" in parts}


def is_whole(parts: Parts) -> bool:
    """Whether shapes, index and table are all there."""
    return all(ending in parts for ending in NEEDED)


def layer_of(archive: zipfile.ZipFile, parts: Parts, *, crs: str = "") -> Layer:
    """Return the features of one shapefile; `crs` stands in for a missing .prj.

    Raises:
        RejectedError: a part is missing or damaged, or nothing says in which coordinate system it is.
    """
    if missing := [ending for ending in NEEDED if ending not in parts]:
        raise RejectedError(
            f"シェープファイルの {'・'.join(missing)} がありません",
            "shp・shx・dbf・prj をまとめた zip を使ってください",
        )
    said_crs = _crs(archive.read(parts[".prj"]) if ".prj" in parts else b"", crs)
    said = archive.read(parts[".cpg"]).decode("ascii", "replace") if ".cpg" in parts else ""
    (columns, kept), encoding = read_dbf(archive.read(parts[".dbf"]), said)
    require_features(len(kept))
    shapes, numbers = _shapes(archive, parts)
    if not np.array_equal(numbers, kept):
        raise RejectedError(
            f"形（.shp {len(numbers)}件）と属性（.dbf {len(kept)}件）の数が合いません", ASK_AGAIN
        )
    drawing = Drawing()
    for shape in shapes:
        drawing.add(_polygonal(shape, drawing))
    facts = {"encoding": encoding, "member": PurePosixPath(parts[".shp"].filename).name}
    faults = tuple(drawing.faults)
    return Layer(FORM, columns, objects(drawing.shapes), said_crs, faults=faults, facts=facts)


def _crs(prj: bytes, given: str) -> str:
    if not prj:
        if given:
            return given
        raise RejectedError(
            "座標系のファイル（.prj）がありません",
            ".prj を zip に入れるか、座標系が分かる場合は --crs EPSG:6668 のように指定してください",
        )
    try:
        return str(CRS.from_wkt(prj.decode("utf-8", "replace")).to_wkt())
    except CRSError as fault:
        raise RejectedError("座標系のファイル（.prj）を読めません", ASK_AGAIN) from fault


def _shapes(archive: zipfile.ZipFile, parts: Parts) -> tuple[Geometries, npt.NDArray[np.int64]]:
    """Let GDAL read the shapes alone, from a folder that holds nothing else; returns them with their record numbers."""
    require_restricted()
    with tempfile.TemporaryDirectory(prefix="ibasho-") as folder:
        for ending in NEEDED:
            with archive.open(parts[ending]) as packed, (Path(folder) / f"areas{ending}").open("wb") as file:
                shutil.copyfileobj(packed, file)
        shapefile = Path(folder) / "areas.shp"
        with shapefile.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        if not head.startswith(_MAGIC):
            raise RejectedError(".shp の中身がシェープファイルではありません", ASK_AGAIN)
        if shapefile.stat().st_size < 2 * int.from_bytes(head[24:28], "big"):
            raise RejectedError(".shp が途中で切れています", ASK_AGAIN)
        try:
            _, numbers, shapes, _ = read_raw(
                shapefile, columns=[], force_2d=True, return_fids=True, encoding="latin-1"
            )
            return shapely.from_wkb(shapes, on_invalid="fix"), numbers
        except Exception as fault:
            raise RejectedError("シェープファイルを読めません（壊れています）", ASK_AGAIN) from fault


def _polygonal(shape: shapely.Geometry | None, drawing: Drawing) -> shapely.Geometry | None:
    if shape is None or shape.is_empty:
        drawing.fault("形がありません（空です）", DRAW)
        return None
    if shapely.get_type_id(shape) not in _POLYGONAL:
        drawing.fault(f"面（ポリゴン）ではありません（{shape.geom_type}）", DRAW)
        return None
    return shape
