"""TopoJSON, as the Digital Agency publishes its boundaries → a layer. Every border is stored once and joined here."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from etl.intake.polygons.geojson import UNSAID_CRS
from etl.intake.polygons.layer import ASK_AGAIN, Drawing, Layer, objects, require_features, texts_of
from etl.intake.polygons.rings import DRAW, RingError, line_of, multipolygon_of
from etl.intake.report import RejectedError

FORM = "TopoJSON"
Line = npt.NDArray[np.float64]


def layer_of(document: Mapping[str, Any], encoding: str) -> Layer:
    """Return the features of the object with the most polygons; the format itself says longitude and latitude.

    Raises:
        RejectedError: the arcs or objects cannot be read.
    """
    arcs = _arcs(document)
    features = _features(document)
    require_features(len(features))
    drawing = Drawing()
    for feature in features:
        drawing.add(_shape(feature, arcs, drawing))
    columns = texts_of([_properties(feature) for feature in features])
    shapes, changes, faults = objects(drawing.shapes), tuple(drawing.changes), tuple(drawing.faults)
    return Layer(FORM, columns, shapes, UNSAID_CRS, changes, faults, {"encoding": encoding})


def _arcs(document: Mapping[str, Any]) -> list[Line]:
    try:
        arcs = [line_of(arc)[0] for arc in document["arcs"]]
        transform = document.get("transform")
        if transform is None:
            return arcs
        scale, translate = (
            np.asarray(transform[name], np.float64).reshape(2) for name in ("scale", "translate")
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise RejectedError("TopoJSON の線（arcs）を読めません", ASK_AGAIN) from fault
    return [np.cumsum(arc, axis=0) * scale + translate for arc in arcs]


def _features(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    named = document.get("objects")
    collections = [_members(entry) for entry in named.values()] if isinstance(named, dict) else []
    return max(collections, key=_polygons, default=[])


def _members(entry: Any) -> list[Mapping[str, Any]]:
    members = entry.get("geometries") if isinstance(entry, dict) else None
    return [member for member in members if isinstance(member, dict)] if isinstance(members, list) else []


def _polygons(members: Sequence[Mapping[str, Any]]) -> int:
    return sum(member.get("type") in ("Polygon", "MultiPolygon") for member in members)


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    said = feature.get("properties")
    properties = said if isinstance(said, dict) else {}
    return properties if "id" in properties else {**properties, "id": feature.get("id")}


def _shape(feature: Mapping[str, Any], arcs: Sequence[Line], drawing: Drawing) -> Any:
    kind, numbers = feature.get("type"), feature.get("arcs")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(numbers, list):
        problem = (
            "形がありません（geometry が空です）"
            if kind is None
            else f"面（ポリゴン）ではありません（{str(kind)[:30]}）"
        )
        drawing.fault(problem, DRAW)
        return None
    try:
        polygons = [
            [_ring(ring, arcs) for ring in rings]
            for rings in (numbers if kind == "MultiPolygon" else [numbers])
        ]
    except (IndexError, TypeError, RingError):
        drawing.fault("線（arcs）の番号が合いません", ASK_AGAIN)
        return None
    return multipolygon_of(polygons, drawing)


def _ring(numbers: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Join arcs into a ring: ~n is arc n backwards, and each arc begins where the one before ended."""
    if not numbers:
        raise RingError("輪がありません")
    lines = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])
