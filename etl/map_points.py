"""What the map loads beside the shapes: the points of places, and the names of areas in Latin letters."""

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from geo.area import AreaKind

SHOWN_PLACES = {"listed", "open"}
PLACE_COLUMNS = {
    "id": "place_id",
    "name": "name",
    "place_kind": "kind",
    "lat": "lat",
    "lon": "lon",
    "code": "code",
}
"""Columns of the file of points, and of the table where they stand."""
WEIGHT_COLUMN = "weight"
_NAMELESS = {AreaKind.WARD, AreaKind.NORTHERN_VILLAGE}


def places_json(places: pa.Table) -> bytes:
    """Return the places that are open or listed and have coordinates: names of columns once, then rows.

    Where there are spots of several places (a column `places`), every row ends with their number.
    """
    shown = [
        row
        for row in sorted(places.to_pylist(), key=lambda row: str(row["place_id"]))
        if row["status"] in SHOWN_PLACES and row["lat"] is not None and row["lon"] is not None
    ]
    columns = dict(PLACE_COLUMNS)
    if any(row.get("places", 1) > 1 for row in shown):
        columns[WEIGHT_COLUMN] = "places"
    rows = [[row[name] for name in columns.values()] for row in shown]
    return _compact({"columns": list(columns), "rows": rows})


def romaji_json(areas: pa.Table) -> bytes:
    """Return the names of the current prefectures and municipalities in Latin letters by code: for the English map."""
    rows = areas.select(["code", "romaji", "kind", "valid_to"]).to_pylist()
    current = (row for row in rows if row["valid_to"] is None and AreaKind(row["kind"]) not in _NAMELESS)
    return _compact({row["code"]: row["romaji"] for row in current if row["romaji"]})


def _compact(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
