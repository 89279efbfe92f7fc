"""The page around the map of a file: its policy and styles, the title and legend above, notes and tables below.

Every name is made inert here, for two readers: folium writes tooltips as HTML, and branca reads whatever a map consists of
as templates of its own, so that braces in a name would be run as code on this machine.
"""

from html import escape

from dashboard.area_map import LegendEntry
from dashboard.clustered import Shape
from dashboard.markup import Html, join, tag
from dashboard.standalone.sheet import Library, Sheet
from dashboard.words import words

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
"""The file asks for nothing; a browser refuses whatever it should still try."""
STYLE = """
html body { margin: 0 auto; max-width: 1200px; padding: 16px 24px; box-sizing: border-box; color: #1a1a1a;
  background: #fff; font-family: "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", Meiryo, sans-serif; }
h1 { font-size: 22px; margin: 0; }
a { color: #0017c1; }
.about { margin: 6px 0 0; color: #626264; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; padding: 0; font-size: 14px; }
.legend svg { vertical-align: middle; margin-right: 6px; }
.small { color: #626264; font-size: 13px; }
.notes p { color: #626264; font-size: 13px; margin: 6px 0; }
.table { overflow-x: auto; margin-top: 20px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
caption { text-align: left; font-size: 16px; font-weight: 700; padding: 4px 0; }
th, td { border-bottom: 1px solid #d8d8db; padding: 5px 8px; text-align: left; vertical-align: top; }
.number { text-align: right; }
summary { margin-top: 20px; font-size: 16px; font-weight: 700; cursor: pointer; min-height: 24px; }
.mark { font-weight: 700; }
.folium-map { height: 72vh !important; }
.leaflet-container { background: #fff; border: 1px solid #d8d8db; font-family: inherit; }
.leaflet-control-attribution { display: none; }
.leaflet-tooltip { white-space: pre-line; }
@media (max-width: 600px) { html body { padding: 12px; } .folium-map { height: 60vh !important; } }
@media print { .folium-map { height: 150mm !important; } .leaflet-control { display: none; } .table { overflow: visible; } }
"""
PATTERNS = """<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>
<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="8" height="8" fill="#0017C1"/><rect width="2.5" height="8" fill="#fff"/></pattern>
<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#C5D7FB"/><circle cx="3" cy="3" r=".9" fill="#0017C1"/></pattern>
<pattern id="unknown" width="14" height="14" patternUnits="userSpaceOnUse">
<rect width="14" height="14" fill="#E6E6E6"/><text x="4" y="11" font-size="10" fill="#626264">?</text></pattern>
</defs></svg>"""
PATTERNED = frozenset({"hatch", "dots", "unknown"})
MARKS: dict[Shape, str] = {
    "circle": '<circle cx="8" cy="8" r="6"',
    "triangle": '<polygon points="8,1 15.5,14.5 .5,14.5"',
    "square": '<rect x="2" y="2" width="12" height="12"',
}
"""The shapes of `clustered` on a ground of 16 × 16 CSS pixels."""
CROSS = """<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M9 0V18M0 9H18" stroke="#fff"
stroke-width="6"/><path d="M9 1V17M1 9H17" stroke="#1a1a1a" stroke-width="2.5"/></svg>"""


def head(sheet: Sheet, library: Library) -> str:
    """Return what the page's head holds: title, policy, styles and scripts."""
    scripts = "".join(f"<script>{path.read_text(encoding='utf-8')}</script>" for path in library.scripts)
    styles = "".join(f"<style>{path.read_text(encoding='utf-8')}</style>" for path in library.styles)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    title = inert(f"<title>{escape(sheet.title)}</title>")
    return f"{title}{_verbatim(f'{policy}{styles}<style>{STYLE}</style>{scripts}')}"


def beginning(sheet: Sheet) -> str:
    """Return title, sentence and legend, which stand above the map."""
    entries = [
        *(_class_entry(sheet, entry) for entry in sheet.legend),
        *(_mark_entry(sheet, shape, meaning) for shape, meaning in sheet.meanings.items()),
        *([tag("li", Html(CROSS), sheet.middle.name)] if sheet.middle else []),
    ]
    heading = tag("h1", sheet.title, lang=sheet.language)
    about = tag("p", sheet.about, class_="about")
    return inert(join([Html(PATTERNS), heading, about, tag("ul", *entries, class_="legend")]).text)


def ending(sheet: Sheet) -> str:
    """Return notes and tables, which stand below the map."""
    notes = tag("div", *(tag("p", note) for note in sheet.notes), class_="notes")
    return inert(join([notes, *sheet.tables]).text)


def fill_of(entry: LegendEntry) -> str:
    """Return the fill of a class as SVG takes it: its pattern, which is defined in the page, or its colour."""
    return f"url(#{entry['pattern']})" if entry["pattern"] in PATTERNED else entry["fill"]


def apart(sheet: Sheet, *parts: str) -> str:
    """Return parts with the space that the language of the file puts between them."""
    return words(sheet.language).joined("apart", parts)


def inert(html: str) -> str:
    """Return HTML without a brace, which branca would take for the beginning of a template.

    >>> inert("甲{{ 7 * 7 }}")
    '甲&#123;&#123; 7 * 7 }}'
    """
    return html.replace("{", "&#123;")


def _class_entry(sheet: Sheet, entry: LegendEntry) -> Html:
    box = f'x="1" y="1" width="24" height="14" fill="{fill_of(entry)}" stroke="{entry["line"]}"'
    swatch = Html(f'<svg width="26" height="16" aria-hidden="true"><rect {box}/></svg>')
    return tag(
        "li",
        swatch,
        tag("b", entry["key"]),
        " ",
        apart(sheet, entry["label"], f"{entry.get('count') or 0:,}"),
    )


def _mark_entry(sheet: Sheet, shape: Shape, meaning: str) -> Html:
    found = [spot for spot in sheet.spots if spot.shape == shape]
    fill = found[0].fill if found else "#fff"
    drawing = Html(
        f'<svg width="16" height="16" aria-hidden="true">{MARKS[shape]} fill="{fill}" stroke="#626264"/></svg>'
    )
    return tag("li", drawing, apart(sheet, meaning, f"{len(found):,}"))


def _verbatim(text: str) -> str:
    """Keep branca from reading the libraries' own scripts and styles, which are ours and trusted."""
    return "{% raw %}" + text + "{% endraw %}"
