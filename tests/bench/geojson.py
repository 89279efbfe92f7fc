"""TopoJSON → GeoJSON for the stock application: a plain decoder of quantised arcs."""

from itertools import accumulate
from typing import Any


def features(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the object `areas` of a TopoJSON topology as a GeoJSON feature collection (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [
            (x * sx + tx, y * sy + ty)
            for x, y in accumulate(map(tuple, arc), lambda a, b: (a[0] + b[0], a[1] + b[1]))
        ]
        for arc in topology["arcs"]
    ]

    def ring(indexes: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    def geometry(item: dict[str, Any]) -> dict[str, Any]:
        polygons = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
        return {
            "type": "MultiPolygon",
            "coordinates": [[ring(indexes) for indexes in polygon] for polygon in polygons],
        }

    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": item["properties"], "geometry": geometry(item)}
            for item in topology["objects"]["areas"]["geometries"]
        ],
    }
