"""A map file as folium draws it: areas with their classes, points, a ring, each with inert text.

On a machine that opens the file nothing is asked for: folium's own addresses are emptied and the libraries written in.
"""

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Any

import folium
from branca.element import Element, MacroElement
from jinja2 import Template

from dashboard.area_map import LegendEntry
from dashboard.clustered import clustered
from dashboard.point_map import escaped
from dashboard.standalone.page import CROSS, apart, beginning, ending, fill_of, head, inert
from dashboard.standalone.sheet import Library, Middle, Sheet

FINE_LINE, THIN_LINE = 0.8, 0.25
MANY_AREAS = 200
GROUND = {"fillColor": "#F1F1F4", "fillOpacity": 1, "color": "#9a9aa0", "weight": FINE_LINE}
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
ZOOMABLE = '<meta name="viewport" content="width=device-width, initial-scale=1">'
"""folium forbids to zoom the page (WCAG 1.4.4)."""


def drawn(sheet: Sheet, topologies: Sequence[bytes], library: Library) -> bytes:
    """Return the map as one HTML file (UTF-8).

    Each of `topologies` is TopoJSON with the object `areas` (longitude and latitude, JGD2011; properties `code` and `name`).
    """
    atlas = folium.Map(tiles=None, zoom_snap=0.25, prefer_canvas=False)
    grounds = [_areas(sheet, json.loads(topology)) for topology in topologies]
    for ground in grounds:
        ground.add_to(atlas)
    asking: list[Any] = [atlas, *grounds]
    if sheet.spots:
        asking.append(clustered(atlas, sheet.spots, label=sheet.many))
    for part in _middle(sheet.middle) if sheet.middle else []:
        part.add_to(atlas)
    _Ending(atlas, grounds, sheet).add_to(grounds[-1])
    for element in asking:
        element.default_js, element.default_css = [], []
    root: Any = atlas.get_root()
    root.header.add_child(Element(head(sheet, library)), name="atlas")
    root.html.add_child(Element(beginning(sheet)), name="beginning")
    page = str(root.render()).replace("<html>", f'<html lang="{sheet.language}">', 1)
    return VIEWPORT.sub(ZOOMABLE, page, count=1).encode()


class _Ending(MacroElement):
    """What comes after the map: its frame, once the areas are drawn, and the notes and tables below it."""

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.below }}{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "{{ this.atlas }}.fitBounds({{ this.frame }} || L.featureGroup([{{ this.grounds }}]).getBounds());"
        # Leaflet's tooltips make every area a stop of the Tab key; the tables below are the keyboard path.
        "document.querySelectorAll('path.leaflet-interactive').forEach((path) => path.setAttribute('tabindex', '-1'));"
        "{% endmacro %}"
    )

    def __init__(self, atlas: folium.Map, grounds: Sequence[folium.TopoJson], sheet: Sheet) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is typed in part
        self.atlas = atlas.get_name()
        self.grounds = ", ".join(ground.get_name() for ground in grounds)
        self.frame = json.dumps(sheet.frame)
        self.below = ending(sheet)


class _Cross(MacroElement):
    """The mark of the middle. folium's own marker would first ask for a picture that the file does not have."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'L.marker({{ this.at }}, { keyboard: false, zIndexOffset: 1000, icon: L.divIcon({ className: "", iconSize: [18, 18],'
        " html: `{{ this.cross }}` }) }).bindTooltip(`{{ this.shown }}`).addTo({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )

    def __init__(self, middle: Middle) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is typed in part
        self.at, self.cross, self.shown = json.dumps([middle.lat, middle.lon]), CROSS, escaped(middle.name)


def _middle(middle: Middle) -> list[folium.Circle | _Cross]:
    """A cross, and the circle around it."""
    if middle.metres is None:
        return [_Cross(middle)]
    line = {"color": "#1a1a1a", "weight": 1.5, "dash_array": "6 5", "fill": False, "interactive": False}
    circle = folium.Circle((middle.lat, middle.lon), radius=middle.metres, **line)  # type: ignore[arg-type]  # of several types
    return [circle, _Cross(middle)]


def _areas(sheet: Sheet, topology: dict[str, Any]) -> folium.TopoJson:
    """Areas with their fill, line and escaped tooltip."""
    areas = topology["objects"]["areas"]["geometries"]
    classes = {entry["key"]: entry for entry in sheet.legend}
    for area in areas:
        code = area["properties"]["code"]
        name = sheet.names.get(code, area["properties"]["name"])
        value = classes.get(sheet.values.get(code, ""))
        said = f"{value['key']} {value['label']}" if value else ""
        # Nothing but what is shown travels: the name as the geometry has it would be one more text to make inert.
        area["properties"] = {"code": code, "shown": inert(escape(apart(sheet, name, said)))}
    weight = THIN_LINE if len(areas) > MANY_AREAS else FINE_LINE
    return folium.TopoJson(
        topology,
        "objects.areas",
        style_function=lambda area: _style(
            classes.get(sheet.values.get(area["properties"]["code"], "")), weight
        ),
        tooltip=folium.GeoJsonTooltip(["shown"], labels=False, sticky=True),  # type: ignore[arg-type]  # its own subclass of Tooltip
    )


def _style(entry: LegendEntry | None, weight: float) -> dict[str, object]:
    if entry is None:
        return dict(GROUND)
    return {"fillColor": fill_of(entry), "fillOpacity": 1, "color": entry["line"], "weight": weight}
