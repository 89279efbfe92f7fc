"""Boundary files drawn for tests: squares at real places, in every form that boundaries come in."""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from etl.intake.bodies import BodyReader
from etl.intake.guard import Material
from geo.names import Gazetteer

Ring = list[list[float]]
MIHARA, ONOMICHI, FUCHU = (133.05, 34.37), (133.18, 34.38), (133.21, 34.54)


@dataclass(frozen=True, slots=True)
class Known:
    """What a check of boundaries asks its context for."""

    gazetteer: Gazetteer
    bodies: BodyReader


def square(corner: tuple[float, float], size: float = 0.05) -> Ring:
    """Return a closed ring from its south-western corner."""
    west, south = corner
    corners = [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size), (0.0, 0.0)]
    return [[west + east, south + north] for east, north in corners]


def n03(
    code: str | None, name: str, coordinates: Any, prefecture: str = "広島県", **more: Any
) -> dict[str, Any]:
    """Return a feature as 国土数値情報 writes it; a list of rings is a polygon."""
    geometry = coordinates if isinstance(coordinates, dict) or coordinates is None else polygon(coordinates)
    properties = {"N03_001": prefecture, "N03_002": None, "N03_003": None, "N03_004": name, "N03_007": code}
    return {"type": "Feature", "properties": properties | more, "geometry": geometry}


def polygon(rings: Sequence[Any]) -> dict[str, Any]:
    """Return the geometry of a polygon."""
    return {"type": "Polygon", "coordinates": list(rings)}


def three() -> list[dict[str, Any]]:
    """Return three sound features of 広島県."""
    return [
        n03("34204", "三原市", [square(MIHARA)]),
        n03("34205", "尾道市", [square(ONOMICHI)]),
        n03("34208", "府中市", [square(FUCHU)]),
    ]


def geojson(features: Iterable[Mapping[str, Any]], **more: Any) -> Material:
    """Return a GeoJSON file."""
    content = {"type": "FeatureCollection", **more, "features": list(features)}
    return file_of(json.dumps(content, ensure_ascii=False).encode())


def file_of(content: bytes, name: str = "areas.geojson") -> Material:
    """Return a file of any content."""
    return Material(name, content, sha256(content).hexdigest())


def frame(features: Iterable[Mapping[str, Any]], crs: str | None = "EPSG:6668") -> gpd.GeoDataFrame:
    """Return features as a frame, to be written in another form."""
    rows = list(features)
    shapes = [shapely.from_geojson(json.dumps(row["geometry"])) for row in rows]
    return gpd.GeoDataFrame([row["properties"] for row in rows], geometry=shapes, crs=crs)


def shapefile(
    areas: gpd.GeoDataFrame,
    *,
    encoding: str = "CP932",
    cpg: str | None = None,
    without: str = "",
    stem: str = "N03",
) -> dict[str, bytes]:
    """Return the parts of a shapefile by name; its .cpg says `cpg`, or there is none."""
    with tempfile.TemporaryDirectory() as folder:
        areas.to_file(Path(folder) / f"{stem}.shp", encoding=encoding, engine="pyogrio")
        parts = {
            path.name: path.read_bytes()
            for path in Path(folder).iterdir()
            if path.suffix not in (without, ".cpg")
        }
    return parts | ({f"{stem}.cpg": cpg.encode()} if cpg is not None else {})


def zipped(parts: Mapping[str, bytes], name: str = "N03-20250101_GML.zip") -> Material:
    """Return an archive of files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return file_of(packed.getvalue(), name)


def geopackage(areas: gpd.GeoDataFrame) -> bytes:
    """Return a GeoPackage."""
    with tempfile.TemporaryDirectory() as folder:
        areas.to_file(Path(folder) / "areas.gpkg", driver="GPKG", engine="pyogrio")
        return (Path(folder) / "areas.gpkg").read_bytes()


def topojson(features: Iterable[Mapping[str, Any]], *, arcs: Sequence[Ring]) -> Material:
    """Return a TopoJSON file without a transform; geometries name its arcs."""
    geometries = [
        {
            "type": feature["geometry"]["type"],
            "arcs": feature["geometry"]["coordinates"],
            "properties": feature["properties"],
        }
        for feature in features
    ]
    collection = {"type": "GeometryCollection", "geometries": geometries}
    content = {"type": "Topology", "arcs": list(arcs), "objects": {"areas": collection}}
    return file_of(json.dumps(content, ensure_ascii=False).encode(), "areas.topojson")
