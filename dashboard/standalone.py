"""One map as one file: a folium map that needs no network, no server and no installation.

For a meeting room or an e-mail. Leaflet and the TopoJSON reader are written into the file, the geometry is the build's own,
and the same facts follow as a table.

Every name is made inert here, for two readers: folium writes tooltips as HTML, and branca reads whatever a map consists of
as templates of its own, so that braces in a name would be run as code on this machine.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, MacroElement
from jinja2 import Template

from dashboard.markup import Html, join, tag
from dashboard.states import LOOKS, State
from dashboard.words import words

PATTERN_IDS = {State.B: "hatch", State.D: "dots", State.F: "unknown"}
LINES = {State.A: "#7096F8", State.C: "#0017C1", State.D: "#9DB7F9"}
"""Borders between areas of one state; the others keep the line of their look."""
FINE_LINE, THIN_LINE = 0.8, 0.25
MANY_AREAS = 200
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
"""The file asks for nothing; a browser refuses whatever it should still try."""
STYLE = """
html body { margin: 0 auto; max-width: 1200px; padding: 16px 24px; box-sizing: border-box; color: #1a1a1a;
  font-family: "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", Meiryo, sans-serif; }
h1 { font-size: 22px; margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; padding: 0; font-size: 14px; }
.legend svg { vertical-align: middle; margin-right: 6px; }
.small { color: #626264; font-size: 13px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { border-bottom: 1px solid #d8d8db; padding: 5px 8px; text-align: left; }
.number { text-align: right; }
.scroll { overflow-x: auto; }
.folium-map { height: 72vh !important; }
.leaflet-container { background: #fff; border: 1px solid #d8d8db; }
.leaflet-control-attribution { display: none; }
"""
PATTERNS = """<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>
<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="8" height="8" fill="#0017C1"/><rect width="2.5" height="8" fill="#fff"/></pattern>
<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#C5D7FB"/><circle cx="3" cy="3" r=".9" fill="#0017C1"/></pattern>
<pattern id="unknown" width="14" height="14" patternUnits="userSpaceOnUse">
<rect width="14" height="14" fill="#E6E6E6"/><text x="4" y="11" font-size="10" fill="#626264">?</text></pattern>
</defs></svg>"""
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
ZOOMABLE = '<meta name="viewport" content="width=device-width, initial-scale=1">'
"""folium forbids to zoom the page (WCAG 1.4.4)."""
Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the file says: title, notes below the map, state labels, the state of each area by code, and the table below.

    `frame` is the south-west and north-east corner (latitude, longitude) to begin with; None frames all areas.
    """

    title: str
    notes: Sequence[str]
    labels: Mapping[State, str]
    states: Mapping[str, State]
    table: Html
    language: str
    frame: tuple[Corner, Corner] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """Names by code where the file names areas otherwise than the geometry does: with romaji."""


@dataclass(frozen=True, slots=True)
class Library:
    """The front-end files that are written into the map: Leaflet and topojson-client as plain scripts."""

    scripts: Sequence[Path]
    styles: Sequence[Path]


def standalone_map(sheet: Sheet, topology: bytes, library: Library) -> bytes:
    """Return the map as one HTML file (UTF-8).

    `topology` is TopoJSON with the object `areas` (longitude and latitude, JGD2011; properties `code` and `name`); each
    of its areas must have a state in the sheet.
    """
    atlas = folium.Map(tiles=None, zoom_snap=0.25, prefer_canvas=False)
    shapes = _shapes(sheet, json.loads(topology))
    shapes.add_to(atlas)
    _Ending(atlas, shapes, sheet).add_to(shapes)
    for element in (atlas, shapes):
        element.default_js, element.default_css = [], []
    root: Any = atlas.get_root()
    root.header.add_child(Element(_head(sheet, library)), name="atlas")
    root.html.add_child(Element(_beginning(sheet)), name="beginning")
    page = str(root.render()).replace("<html>", f'<html lang="{sheet.language}">', 1)
    return VIEWPORT.sub(ZOOMABLE, page, count=1).encode()


class _Ending(MacroElement):
    """What comes after the map: its frame, once the areas are drawn, and the source and table below it."""

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.below }}{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "{{ this.atlas }}.fitBounds({{ this.frame }} || {{ this.shapes }}.getBounds());"
        # Leaflet's tooltips make every area a stop of the Tab key; the table below is the keyboard path.
        "document.querySelectorAll('path.leaflet-interactive').forEach((path) => path.setAttribute('tabindex', '-1'));"
        "{% endmacro %}"
    )

    def __init__(self, atlas: folium.Map, shapes: folium.TopoJson, sheet: Sheet) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is typed in part
        self.atlas, self.shapes = atlas.get_name(), shapes.get_name()
        self.frame = json.dumps(sheet.frame)
        self.below = inert(
            join(
                [
                    *(tag("p", note, class_="small") for note in sheet.notes),
                    tag("div", sheet.table, class_="scroll"),
                ]
            ).text
        )


def _shapes(sheet: Sheet, topology: dict[str, Any]) -> folium.TopoJson:
    """Areas with their fill, line and escaped tooltip."""
    areas = topology["objects"]["areas"]["geometries"]
    for area in areas:
        state = sheet.states[area["properties"]["code"]]
        name = sheet.names.get(area["properties"]["code"], area["properties"]["name"])
        del area["properties"]["name"]
        area["properties"]["shown"] = inert(escape(apart(sheet, name, f"{state} {sheet.labels[state]}")))
    weight = THIN_LINE if len(areas) > MANY_AREAS else FINE_LINE
    return folium.TopoJson(
        topology,
        "objects.areas",
        style_function=lambda area: _style(sheet.states[area["properties"]["code"]], weight),
        tooltip=folium.GeoJsonTooltip(["shown"], labels=False, sticky=True),  # type: ignore[arg-type]  # its own subclass of Tooltip
    )


def apart(sheet: Sheet, *parts: str) -> str:
    """Return parts with the space that the language of the file puts between them."""
    return words(sheet.language).joined("apart", parts)


def _style(state: State, weight: float) -> dict[str, object]:
    return {"fillColor": _fill(state), "fillOpacity": 1, "color": _line(state), "weight": weight}


def _fill(state: State) -> str:
    return f"url(#{PATTERN_IDS[state]})" if state in PATTERN_IDS else LOOKS[state].fill


def _line(state: State) -> str:
    return LINES.get(state, LOOKS[state].line)


def _head(sheet: Sheet, library: Library) -> str:
    scripts = "".join(f"<script>{path.read_text(encoding='utf-8')}</script>" for path in library.scripts)
    styles = "".join(f"<style>{path.read_text(encoding='utf-8')}</style>" for path in library.styles)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    title = inert(f"<title>{escape(sheet.title)}</title>")
    return f"{title}{_verbatim(f'{policy}{styles}<style>{STYLE}</style>{scripts}')}"


def _beginning(sheet: Sheet) -> str:
    counts = {state: sum(value == state for value in sheet.states.values()) for state in State}
    shown = [state for state in State if counts[state] or state != State.F]
    entries = (
        tag(
            "li",
            _swatch(state),
            tag("b", state),
            " ",
            apart(sheet, sheet.labels[state], f"{counts[state]:,}"),
        )
        for state in shown
    )
    heading = tag("h1", sheet.title, lang=sheet.language)
    return inert(join([Html(PATTERNS), heading, tag("ul", *entries, class_="legend")]).text)


def _swatch(state: State) -> Html:
    box = f'x="1" y="1" width="24" height="14" fill="{_fill(state)}" stroke="{_line(state)}"'
    return Html(f'<svg width="26" height="16" aria-hidden="true"><rect {box}/></svg>')


def inert(html: str) -> str:
    """Return HTML without a brace, which branca would take for the beginning of a template.

    >>> inert("甲{{ 7 * 7 }}")
    '甲&#123;&#123; 7 * 7 }}'
    """
    return html.replace("{", "&#123;")


def _verbatim(text: str) -> str:
    """Keep branca from reading the libraries' own scripts and styles, which are ours and trusted."""
    return "{% raw %}" + text + "{% endraw %}"
