"""Points of a folium map that draw together into numbered circles where they are dense.

The plugin is Leaflet's markercluster from our own address, so the map works without a network:

- under streamlit-folium, call `clustered` on the map; the layer brings the addresses of its script and style below
  ``/assets/`` (the map itself is given Leaflet's as in `point_map`);
- in a file for itself, call `clustered`, empty ``default_js`` and ``default_css`` of the layer that it returns, and write
  the files ``cluster_js`` and ``cluster_css`` of the manifest into the page behind Leaflet's.

What is shown of a point is text: the browser never reads it as HTML, and branca never as a template.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import folium
from folium.plugins import MarkerCluster
from jinja2 import Template

from dashboard.area_map.bundle import bundle_manifest

Shape = Literal["circle", "triangle", "square"]
CLOSEST_ZOOM = 18
CLUSTER_RADIUS = 32
"""CSS pixels within which circles draw together: a number of two digits is 28 px broad, so numbers hardly touch."""
SAME_PLACE_RADIUS = 10
"""The other shapes are few and matter most: a number hides them only where they lie upon each other, as at one address."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point (degrees, JGD2011) with the text that is shown of it, line by line. Kinds differ in shape, not in colour alone."""

    lat: float
    lon: float
    shown: str
    shape: Shape = "circle"
    fill: str = "#115A36"


class _Clustered(MarkerCluster):
    """folium's layer with the points as one list instead of an element for each: a tenth of the text.

    A press on a point is no press on the map below it.
    """

    _template = Template("""
{% macro script(this, kwargs) %}
var {{ this.get_name() }} = ((map) => {
  if (!isFinite(map.getMaxZoom())) map.setMaxZoom({{ this.closest }});
  const label = {{ this.label }};
  const told = (count) => label.replace("\\u007bn}", count.toLocaleString("ja-JP"));
  const circle = (count) => {
    const number = document.createElement("b");
    number.textContent = count.toLocaleString("ja-JP");
    number.setAttribute("role", "img");
    number.setAttribute("aria-label", told(count));
    return L.divIcon({ html: number, className: "spots", iconSize: count > 999 ? [46, 46] : count > 99 ? [34, 34] : [28, 28] });
  };
  const corners = { triangle: "8,1 15.5,14.5 .5,14.5", square: "2,2 14,2 14,14 2,14" };
  const icon = (shape, fill) => L.divIcon({ className: "", iconSize: [16, 16],
    html: `<svg class="spot" viewBox="0 0 16 16" aria-hidden="true"><polygon fill="${fill}"
      points="${corners[shape]}"/></svg>` });
  const mark = ([lat, lon, , shape, fill]) => corners[shape]
    ? L.marker([lat, lon], { icon: icon(shape, fill), keyboard: false, zIndexOffset: 1000 })
    : L.circleMarker([lat, lon], { radius: 6, color: "#fff", weight: 1.5, fill: true, fillColor: fill, fillOpacity: 1,
      bubblingMouseEvents: false });
  const told_of = (row) => {
    const text = document.createElement("span");
    text.className = "spot-told";
    text.textContent = row[2];
    return mark(row).bindTooltip(text);
  };
  const group = (rows, radius) => L.markerClusterGroup({ animate: false, showCoverageOnHover: false, maxClusterRadius: radius,
    iconCreateFunction: (own) => circle(own.getChildCount()) }).addLayers(rows.map(told_of));
  const rows = {{ this.rows }};
  return L.layerGroup([
    group(rows.filter(([, , , shape]) => !corners[shape]), {{ this.radius }}),
    group(rows.filter(([, , , shape]) => corners[shape]), {{ this.same_place }}),
  ]);
})({{ this._parent.get_name() }});
{% endmacro %}""")

    def __init__(self, spots: Iterable[Spot], label: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # folium is typed in part
        library = bundle_manifest()
        self.default_js = [("markerclusterjs", f"/assets/{library.cluster_js}")]
        self.default_css = [("markerclustercss", f"/assets/{library.cluster_css}")]
        self.rows = _literal([[spot.lat, spot.lon, spot.shown, spot.shape, spot.fill] for spot in spots])
        self.label = _literal(label)
        self.closest, self.radius, self.same_place = CLOSEST_ZOOM, CLUSTER_RADIUS, SAME_PLACE_RADIUS


def clustered(atlas: folium.Map, points: Iterable[Spot], *, label: str = "{n}") -> MarkerCluster:
    """Add `points` to the map as one clustered layer, above what the map has already, and return the layer.

    `label` names a circle to those who do not see it, with ``{n}`` for the number of its points. Circles are reached with
    the Tab key and open with Enter; single points are not: a list beside the map is their keyboard path.
    """
    layer = _Clustered(points, label)
    layer.add_to(atlas)
    return layer


def _literal(value: object) -> str:
    """Return a JavaScript literal that can stand in a script element and in a template of branca's.

    Only strings may hold a brace or an angle bracket here (lists and numbers have none), so both can be written as escapes.
    """
    return json.dumps(value, ensure_ascii=False).replace("{", "\\u007b").replace("<", "\\u003c")
