"""A made-up country small enough to draw: 甲県 and 乙県 side by side, and one island town where Okinawa's codes begin.

Latitude 38  +-----+-----+ +-----+
             |01101|01102| |02201|      every square is one degree wide;
Latitude 37  +-----+-----+ +-----+      the gap is only drawn: 01102 and 02201 share a border
             |01103|01104| |02202|
Latitude 36  +-----+-----+ +-----+      and 47201 lies far to the south-west (127 E, 26 N)
"""

import json
from itertools import pairwise
from typing import Any

HOSTILE_NAME = '<img src=x onerror="window.pwned=1">'
SQUARES = {
    "01101": ("甲市", 138, 37),
    "01102": ("丙町", 139, 37),
    "01103": (HOSTILE_NAME, 138, 36),
    "01104": ("丁村", 139, 36),
    "02201": ("乙市", 140, 37),
    "02202": ("戊町", 140, 36),
    "47201": ("島市", 127, 26),
}
CODES = sorted(SQUARES)


class _Arcs:
    """Collects edges once; a neighbour uses the same edge backwards (~index), as TopoJSON wants."""

    def __init__(self) -> None:
        self.edges: list[list[list[float]]] = []
        self._index: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}

    def index(self, start: tuple[float, float], end: tuple[float, float]) -> int:
        if (end, start) in self._index:
            return ~self._index[end, start]
        if (start, end) not in self._index:
            self._index[start, end] = len(self.edges)
            self.edges.append([list(start), list(end)])
        return self._index[start, end]


def _polygon(arcs: _Arcs, code: str, name: str, west: float, south: float) -> dict[str, Any]:
    corners = [(west, south), (west, south + 1), (west + 1, south + 1), (west + 1, south), (west, south)]
    ring = [arcs.index(start, end) for start, end in pairwise(corners)]
    return {"type": "Polygon", "arcs": [ring], "properties": {"code": code, "name": name}}


def municipalities(prefix: str = "") -> str:
    """Return the TopoJSON of all squares whose code begins with `prefix`."""
    arcs = _Arcs()
    geometries = [_polygon(arcs, code, *SQUARES[code]) for code in CODES if code.startswith(prefix)]
    land = [
        {
            "type": "Polygon",
            "arcs": [_polygon(arcs, "", "", 145, 43)["arcs"][0]],
            "properties": {"code": "01695", "name": "北村"},
        }
    ]
    return _topology(arcs, geometries, land)


def prefectures() -> str:
    """Return the TopoJSON of the prefectures (drawn as their first square; only the names matter)."""
    arcs = _Arcs()
    named = {"01000": ("甲県", 138, 36), "02000": ("乙県", 140, 36), "47000": ("島県", 127, 26)}
    return _topology(arcs, [_polygon(arcs, code, *square) for code, square in named.items()], [])


def places() -> str:
    """Return thirty places in 甲市, close together, in the short form of a points file."""
    rows = [[f"p{n}", 37.5 + n * 0.0004, 138.5, "place", f"居場所{n}", "01101"] for n in range(30)]
    return json.dumps(
        {"columns": ["id", "lat", "lon", "kind", "name", "code"], "rows": rows}, ensure_ascii=False
    )


def spots() -> str:
    """Return places whose points stand for many: 12,000 and 99 in 甲市 beside one alone, and 345 in 丁村 far from them."""
    rows = [
        ["s1", 37.5, 138.5, "place", "", "01101", 12_000],
        ["s2", 37.5, 138.5001, "place", "ひとつの居場所", "01101", 1],
        ["s4", 37.5001, 138.5, "place", "", "01101", 99],
        ["s3", 36.5, 139.5, "place", "", "01104", 345],
    ]
    columns = ["id", "lat", "lon", "kind", "name", "code", "weight"]
    return json.dumps({"columns": columns, "rows": rows}, ensure_ascii=False)


def other_year() -> str:
    """Return the same areas drawn a tenth of a degree further east: boundaries of another year."""
    topology = json.loads(municipalities())
    topology["arcs"] = [[[lon + 0.1, lat] for lon, lat in arc] for arc in topology["arcs"]]
    return json.dumps(topology, ensure_ascii=False)


def names() -> str:
    """Return names in Latin letters."""
    return json.dumps({"01000": "Ko-ken", "01101": "Ko-shi", "01104": "Tei-mura"})


def _topology(arcs: _Arcs, areas: list[dict[str, Any]], land: list[dict[str, Any]]) -> str:
    objects = {
        "areas": {"type": "GeometryCollection", "geometries": areas},
        "land": {"type": "GeometryCollection", "geometries": land},
    }
    return json.dumps({"type": "Topology", "arcs": arcs.edges, "objects": objects}, ensure_ascii=False)
