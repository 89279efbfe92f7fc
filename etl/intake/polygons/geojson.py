"""GeoJSON (RFC 7946, and the older form with a `crs` member that 国土数値情報 still uses) → a layer."""

from collections.abc import Mapping, Sequence
from typing import Any

from etl.intake.polygons.layer import ASK_AGAIN, Drawing, Layer, objects, require_features, texts_of
from etl.intake.polygons.rings import DRAW, multipolygon_of
from etl.intake.report import RejectedError

UNSAID_CRS = "EPSG:6668"
"""GeoJSON without a word about it is WGS 84 longitude and latitude, which is JGD2011 within centimetres."""
FORM = "GeoJSON"


def layer_of(document: Mapping[str, Any], encoding: str) -> Layer:
    """Return the features of a parsed file.

    Raises:
        RejectedError: it is no collection of features, or names no known coordinate system.
    """
    features = _features(document)
    require_features(len(features))
    drawing = Drawing()
    for feature in features:
        drawing.add(_shape(feature.get("geometry"), drawing))
    columns = texts_of([_properties(feature) for feature in features])
    return Layer(
        FORM,
        columns,
        objects(drawing.shapes),
        _crs(document),
        tuple(drawing.changes),
        tuple(drawing.faults),
        {"encoding": encoding},
    )


def _features(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found = (
        [document]
        if document.get("type") == "Feature"
        else document.get("features")
        if document.get("type") == "FeatureCollection"
        else None
    )
    if not isinstance(found, list):
        said = str(document.get("type"))[:30]
        raise RejectedError(
            f"GeoJSON ではありません（type: {said}）", "FeatureCollection の GeoJSON を使ってください"
        )
    if not all(isinstance(feature, dict) and feature.get("type") == "Feature" for feature in found):
        raise RejectedError("GeoJSON の features に Feature でないものがあります", ASK_AGAIN)
    return found


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    said = feature.get("properties")
    properties = said if isinstance(said, dict) else {}
    return properties if "id" in properties else {**properties, "id": feature.get("id")}


def _shape(geometry: Any, drawing: Drawing) -> Any:
    if not isinstance(geometry, dict):
        drawing.fault("形がありません（geometry が空です）", DRAW)
        return None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        return _collected(geometry, drawing)
    if kind not in ("Polygon", "MultiPolygon"):
        drawing.fault(f"面（ポリゴン）ではありません（{str(kind)[:30]}）", DRAW)
        return None
    if not isinstance(coordinates, list):
        drawing.fault("形がありません（座標が空です）", DRAW)
        return None
    return multipolygon_of(coordinates if kind == "MultiPolygon" else [coordinates], drawing)


def _collected(geometry: Mapping[str, Any], drawing: Drawing) -> Any:
    """Return the polygons of a collection; its lines and points are left out and logged."""
    members = geometry.get("geometries")
    members = [member for member in members if isinstance(member, dict)] if isinstance(members, list) else []
    polygons: list[Any] = []
    for member in members:
        coordinates = member.get("coordinates")
        if isinstance(coordinates, list) and member.get("type") in ("Polygon", "MultiPolygon"):
            polygons += coordinates if member["type"] == "MultiPolygon" else [coordinates]
    if not polygons:
        drawing.fault("面（ポリゴン）ではありません（GeometryCollection）", DRAW)
        return None
    drawing.change("図形の集まりから面だけを取り出しました", "GeometryCollection", "MultiPolygon")
    return multipolygon_of(polygons, drawing)


def _crs(document: Mapping[str, Any]) -> str:
    said = document.get("crs")
    if said is None:
        return UNSAID_CRS
    properties = said.get("properties") if isinstance(said, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        raise RejectedError(
            "座標系（crs）を読めません", "EPSG:6668 など、番号のある座標系で保存し直してください"
        )
    return name
