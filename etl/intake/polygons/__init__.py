"""Any file of boundaries → one layer of features: GeoJSON, TopoJSON, a zipped shapefile, GeoPackage. Told apart by content."""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from etl.intake.guard import Material, checked_members
from etl.intake.limits import UNPACKED_BYTES
from etl.intake.polygons import geojson, geopackage, shapefile, topojson
from etl.intake.polygons.dbf import read_dbf
from etl.intake.polygons.json_text import looks_like_json, parsed
from etl.intake.polygons.layer import ASK_AGAIN, Layer
from etl.intake.report import RejectedError

FORMS = "GeoJSON、TopoJSON、シェープファイルの zip、GeoPackage"
_ZIP = b"PK\x03\x04"
_OTHER_NAMES = (".geojson", ".topojson", ".json", ".gpkg")
_MUNICIPAL = re.compile(r"[0-9]{2}(?!000)[0-9]{3,4}")


def read_layer(material: Material, *, crs: str = "", most_unpacked: int = UNPACKED_BYTES) -> Layer:
    """Return the features of a file; `crs` (EPSG:6668) is what a person says where the file itself is silent.

    `most_unpacked` are the bytes that all of an archive may come to.

    Raises:
        RejectedError: the file is none of the forms, is damaged, or must not be opened.
    """
    data = material.data
    if data.startswith(_ZIP):
        return _of_zip(data, crs, most_unpacked)
    if data.startswith(geopackage.MAGIC):
        return geopackage.layer_of(data, crs=crs)
    if looks_like_json(data):
        return _of_json(data)
    if not data[:100].strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise RejectedError("ファイルが空です", "取得し直したファイルを使ってください")
    raise RejectedError(
        f"GeoJSON ではありません（{FORMS} のどれでもありません）", "市区町村の境界のファイルを使ってください"
    )


def _of_json(data: bytes) -> Layer:
    document, encoding = parsed(data)
    if not isinstance(document, dict):
        raise RejectedError(
            "GeoJSON ではありません（一番外側が一覧です）", "FeatureCollection の GeoJSON を使ってください"
        )
    if document.get("type") == "Topology":
        return topojson.layer_of(document, encoding)
    return geojson.layer_of(document, encoding)


def _of_zip(data: bytes, crs: str, most_unpacked: int) -> Layer:
    members = checked_members(data, most_unpacked=most_unpacked)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _of_members(archive, members, crs)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
        raise RejectedError("zip（圧縮ファイル）の中身が壊れています", ASK_AGAIN) from fault


def _of_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], crs: str) -> Layer:
    """Read the shapefile of an archive: it says the coordinate system and is smaller than the GeoJSON beside it."""
    found = shapefile.shapefiles(members)
    whole = {stem: parts for stem, parts in found.items() if shapefile.is_whole(parts)}
    others = [member for member in members if PurePosixPath(member.filename).suffix.lower() in _OTHER_NAMES]
    if whole or (found and not others):
        best = max(whole or found, key=lambda stem: (_municipalities(archive, found[stem]), -len(stem)))
        return shapefile.layer_of(archive, found[best], crs=crs)
    if not others:
        raise RejectedError("zip の中に境界のファイルがありません", f"{FORMS} を使ってください")
    # 国土数値情報 calls the file of the municipalities N03-20250101 and those of larger areas N03-20250101_prefecture.
    content = archive.read(min(others, key=lambda member: (len(member.filename), member.filename)))
    if content.startswith(geopackage.MAGIC):
        return geopackage.layer_of(content, crs=crs)
    if looks_like_json(content):
        return _of_json(content)
    raise RejectedError("zip の中のファイルが GeoJSON ではありません", f"{FORMS} を使ってください")


def _municipalities(archive: zipfile.ZipFile, parts: shapefile.Parts) -> int:
    """Return how many codes of municipalities a shapefile holds: 国土数値情報 puts one of the prefectures beside it."""
    if ".dbf" not in parts:
        return 0
    try:
        (columns, _), _ = read_dbf(archive.read(parts[".dbf"]), "")
    except RejectedError:
        return 0
    return max(
        (len({text for text in set(column) if _MUNICIPAL.fullmatch(text)}) for column in columns.values()),
        default=0,
    )
