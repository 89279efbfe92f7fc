"""The map beside the list: partners over the municipalities around, with the reach and the point; a click sets the point.

folium shown by streamlit-folium with Leaflet from our own address: nothing is asked from outside, panning and zooming never run
the page again, and the map is built anew only when what it shows has changed.
"""

import json
from collections.abc import Sequence
from typing import Any

import folium
import streamlit as st
from branca.element import MacroElement
from jinja2 import Template
from streamlit_folium import st_folium

from dashboard import citation
from dashboard.area_map.bundle import bundle_manifest
from dashboard.closed_lists import Offer
from dashboard.clustered import Shape, Spot, clustered
from dashboard.find import facts
from dashboard.find.filters import SHAPES
from dashboard.find.frame import Framed, framed, nation
from dashboard.find.origin import MAP, click
from dashboard.find.results import MAP_ANCHOR
from dashboard.markup import Html, join, tag
from dashboard.offers import Found, Whereabouts
from dashboard.parts import state_label
from dashboard.point_map import CLOSEST_ZOOM, escaped
from dashboard.states import LOOKS, State
from dashboard.store import Row
from dashboard.view import View

HEIGHT_PX = 600
LOOKS_OF: dict[Offer, tuple[Shape, str]] = {
    Offer.PLATFORM: ("square", "#1A1A1A"),
    Offer.GRANTEE: ("triangle", "#A33B00"),
    Offer.PLACE: ("circle", "#115A36"),
}
"""Shape and colour; each 4.5:1 or more on white, and ringed with white on the blue of the states."""
PATTERNS = {State.B: "hatch", State.D: "dots"}
LINES = {State.A: "#7096F8", State.C: "#0017C1"}
"""Borders between areas of one state, as in the file that stands alone; the others keep the line of their look."""

LETTERING = (
    "position:absolute;transform:translate(-50%,-50%);white-space:nowrap;font:12px/1.2 sans-serif;color:#3a3a3c;"
    "text-shadow:1px 0 #fff,-1px 0 #fff,0 1px #fff,0 -1px #fff,1px 1px #fff,-1px -1px #fff,1px -1px #fff,-1px 1px #fff"
)
"""Names stand on white and on blue: they carry their own light round them."""


class _Ground(MacroElement):
    """Everything below the points: areas with their looks, names, the reach, the point, and the controls' words."""

    _template = Template("""
{% macro script(this, kwargs) %}
((map) => {
  const sheet = {{ this.sheet }};
  const box = map.getContainer();
  // Where the map is narrower than high, as on a phone, it is made as high as broad: the ground is drawn for about that.
  const high = `${Math.min(box.clientHeight, Math.max(box.clientWidth, 280))}px`;
  box.style.height = high;
  if (window.frameElement) window.frameElement.style.height = high;
  map.invalidateSize({ animate: false });
  map.fitBounds(sheet.fit, { animate: false });
  const pane = map.getPanes().overlayPane;
  const defs = '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
    + '<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    + '<rect width="8" height="8" fill="#0017C1"/><rect width="2.5" height="8" fill="#fff"/></pattern>'
    + '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#C5D7FB"/>'
    + '<circle cx="3" cy="3" r=".9" fill="#0017C1"/></pattern></defs></svg>';
  pane.insertAdjacentHTML("beforebegin", defs);
  const ring = (steps) => {
    let east = 0, north = 0;
    const places = [];
    for (let i = 0; i < steps.length; i += 2) {
      east += steps[i]; north += steps[i + 1];
      places.push([sheet.corner[1] + north / sheet.unit, sheet.corner[0] + east / sheet.unit]);
    }
    return places;
  };
  const ground = L.svg({ padding: 0.5 });
  for (const [state, rings] of sheet.areas) {
    const [fill, line] = sheet.looks[state];
    L.polygon(rings.map(ring), { renderer: ground, interactive: false, fillColor: fill, fillOpacity: 1, color: line, weight: 1 })
      .addTo(map);
  }
  const names = map.createPane("names");
  names.style.zIndex = 450;
  names.style.pointerEvents = "none";
  for (const [lon, lat, name] of sheet.names) {
    L.marker([lat, lon], { pane: "names", interactive: false, keyboard: false,
      icon: L.divIcon({ className: "", iconSize: [0, 0], html: `<span style="${sheet.lettering}">${name}</span>` }) }).addTo(map);
  }
  // Each line has a white one below it, so that it is seen on the darkest area as well.
  const lined = (make, look) => [["#fff", look.weight + 3], ["#C74700", look.weight]].forEach(([color, weight]) =>
    make({ interactive: false, fill: false, ...look, color, weight }).addTo(map));
  if (sheet.metres) lined((look) => L.circle(sheet.at, { radius: sheet.metres, ...look }), { weight: 2, dashArray: "6 5" });
  if (sheet.at) {
    lined((look) => L.circleMarker(sheet.at, { radius: 13, ...look }), { weight: 3 });
    L.circleMarker(sheet.at, { radius: 4, interactive: false, stroke: false, fill: true, fillColor: "#C74700", fillOpacity: 1 })
      .addTo(map);
  }
  L.control.zoom({ zoomInTitle: sheet.zoom_in, zoomOutTitle: sheet.zoom_out }).addTo(map);
  box.style.background = "#EEF2F7";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", sheet.label);
  if (window.frameElement) window.frameElement.title = sheet.label;
  // Leaflet takes the focus at the first press. The page around must not scroll then: the press would end at another place.
  box.focus = () => HTMLElement.prototype.focus.call(box, { preventScroll: true });
})({{ this._parent.get_name() }});
{% endmacro %}""")

    def __init__(self, sheet: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is typed in part
        self.sheet = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))


def partner_map(view: View, found: Found | None, at: Whereabouts | None) -> None:
    """Draw the map: of what was found, or of the nation to choose a point on."""
    past = "past-find-map"
    shown = framed(view, found, at) if found and at else nation(view)
    st.html(
        join(
            [
                tag("h2", view.text("find.map"), id=MAP_ANCHOR),
                tag("p", view.text("find.click"), class_="sub"),
                tag("a", view.text("app.skip_map"), href=f"#{past}", class_="skip"),
            ]
        ).text
    )
    atlas = folium.Map(
        tiles=None,
        max_zoom=CLOSEST_ZOOM,
        min_zoom=3,
        zoom_snap=0.25,
        zoom_control=False,
        attribution_control=False,
    )
    library = bundle_manifest()
    atlas.default_js = [("leaflet", f"/assets/{library.folium_js}")]
    atlas.default_css = [("leaflet_css", f"/assets/{library.folium_css}")]
    _Ground(_sheet(view, shown)).add_to(atlas)
    clustered(atlas, spots(view, found), label=view.words.sentences["find.spots"])
    st_folium(
        atlas,
        key=MAP,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_clicked"],
        on_change=lambda: click(view),
    )
    st.html(tag("span", id=past, class_="anchor").text)
    st.html(legend(view, found, shown).text)


def spots(view: View, found: Found | None) -> list[Spot]:
    """Return the partners that have a point, as they stand on the map."""
    return [_spot(view, row) for row in found.rows if facts.has_point(row)] if found else []


def _spot(view: View, row: Row) -> Spot:
    shape, fill = LOOKS_OF[Offer(row["offer"])]
    told = [facts.name_text(view, row), facts.what_text(view, row), facts.distance(view, row)]
    return Spot(row["lat"], row["lon"], view.words.joined("dotted", told), shape, fill)


def _sheet(view: View, shown: Framed) -> dict[str, Any]:
    return {
        "corner": shown.frame[:2],
        "unit": shown.unit,
        "fit": shown.fit,
        "areas": shown.areas,
        "looks": {state: _look(state) for state in State},
        "names": [(lon, lat, escaped(name)) for lon, lat, name in shown.names],
        "at": shown.at,
        "metres": shown.metres,
        "lettering": LETTERING,
        "zoom_in": escaped(view.text("map.zoom_in")),
        "zoom_out": escaped(view.text("map.zoom_out")),
        "label": view.text("find.map"),
    }


def _look(state: State) -> tuple[str, str]:
    fill = f"url(#{PATTERNS[state]})" if state in PATTERNS else LOOKS[state].fill
    return fill, LINES.get(state, LOOKS[state].line)


def legend(view: View, found: Found | None, shown: Framed) -> Html:
    """Return what the signs mean, how many partners have no point, and whose boundaries these are."""
    kinds = [
        tag(
            "li",
            tag("span", SHAPES[offer], class_=f"sign sign-{offer}", aria_hidden="true"),
            " ",
            view.text(f"offers.{offer}"),
        )
        for offer in Offer
    ]
    if shown.at:
        kinds.append(
            tag(
                "li",
                tag("span", "◎", class_="sign sign-point", aria_hidden="true"),
                " ",
                view.text("find.point"),
            )
        )
    if shown.metres:
        reach = view.text(f"reach.{view.scope.reach}")
        kinds.append(tag("li", tag("span", class_="sign-reach", aria_hidden="true"), " ", reach))
    states = sorted({state for state, _ in shown.areas}) if shown.at else []
    return join(
        [
            tag("ul", *kinds, class_="map-legend"),
            tag("ul", *(tag("li", state_label(view, state)) for state in states), class_="map-legend"),
            *(tag("p", note, class_="sub") for note in _notes(view, found, shown)),
        ]
    )


def _notes(view: View, found: Found | None, shown: Framed) -> Sequence[str]:
    pointless = sum(not facts.has_point(row) for row in found.rows) if found else 0
    notes = [view.text("find.pointless", count=f"{pointless:,}")] if pointless else []
    return [*notes, citation.boundary(view, shown.precision_m)]
