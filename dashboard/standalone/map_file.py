"""The map of a view as one file, in the layer in view: from the database's answers to the sheet that is drawn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import hypot, sqrt

from dashboard import citation
from dashboard.area_map import LegendEntry
from dashboard.area_map.bundle import STATIC, bundle_manifest
from dashboard.atlas import counted_sentence, precision_m, saved_notes, title
from dashboard.closed_lists import NEED_LAYERS, Layer
from dashboard.clustered import Shape, Spot
from dashboard.layer_tables import grants_table, need_table, place_counts_table, places_table
from dashboard.map_classes import area_classes
from dashboard.markup import Html, Part, table, tag
from dashboard.parts import name_column, number_column, text_column
from dashboard.standalone.drawing import drawn
from dashboard.standalone.sheet import Corner, Library, Sheet
from dashboard.states import State
from dashboard.store import Row, Rows
from dashboard.tables import definitions_table, municipality_table, prefecture_table
from dashboard.view import View

MAIN_ISLANDS = ((24.0, 122.8), (45.6, 146.0))
"""South-west and north-east corner (latitude, longitude) of what a file shows first: Okinawa is in, 小笠原村 a drag away."""
FRAMED_PEOPLE = 0.995
DEGREES_PER_KM = 0.8 / 111
"""Most of the side of a square as large as the area, as a margin around its middle."""
MOST_SPOTS = 5_000
"""Points that one file draws and lists: with more of them it would be too large to send. The file says how many there are."""
GRANT_FILL = "#C74700"
LINES = {State.A: "#7096F8", State.C: "#0017C1", State.D: "#9DB7F9"}
"""Borders between areas of one state where no prefecture's border lies over them; the others keep the line of their look."""


def standalone_file(view: View) -> bytes:
    """Return the map of the view, in the layer in view, as one HTML file."""
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    level, layer = view.scope.prefecture or "municipalities", view.scope.layer
    values, legend = area_classes(view, rows, layer)
    found = _points(view, layer)
    spots = [spot for row in found[:MOST_SPOTS] if (spot := _spot(view, layer, row))]
    sheet = Sheet(
        title=title(view, layer),
        about=counted_sentence(view, rows, layer),
        language=view.scope.lang,
        notes=[*_point_notes(view, layer, _count(view, layer, found), len(spots)), *notes(view, layer)],
        tables=list(_tables(view, layer, found[:MOST_SPOTS])),
        legend=[_lined(entry, layer) for entry in legend],
        values={row["code"]: value for row, value in zip(rows, values, strict=True)},
        names={row["code"]: view.name(row) for row in rows},
        spots=spots,
        meanings=_meanings(view, layer),
        many=view.words.sentences["map.cluster_grant" if layer == Layer.GRANTS else "map.cluster_place"],
        frame=peopled_frame(rows) if view.scope.prefecture else MAIN_ISLANDS,
    )
    geometry = view.store.geometry_path(level, view.scope.year).read_bytes()
    return drawn(sheet, [geometry], library(has_points=bool(spots)))


def library(*, has_points: bool) -> Library:
    """Return the libraries that are written into a file; the one for clusters only where there are points."""
    built = bundle_manifest()
    scripts = [built.folium_js, *([built.cluster_js] if has_points else [])]
    styles = [built.folium_css, *([built.cluster_css] if has_points else [])]
    return Library(scripts=[STATIC / name for name in scripts], styles=[STATIC / name for name in styles])


def notes(view: View, layer: Layer) -> list[Part]:
    """Return what must go with a file: completeness of the lists, sources, version, credit of the boundaries."""
    census: list[Part] = [*_definition(view, layer), citation.census(view)] if layer in NEED_LAYERS else []
    return [*census, *saved_notes(view), citation.boundary(view, precision_m(view))]


def _definition(view: View, layer: Layer) -> list[Part]:
    """What a share of the census is a share of; the population explains itself."""
    shares = {Layer.AGEING: "proof.share_ageing", Layer.SINGLE: "proof.share_single"}
    if layer not in shares:
        return []
    return [view.words.joined("named", (view.text(f"layer_name.{layer}"), view.text(shares[layer])))]


def _lined(entry: LegendEntry, layer: Layer) -> LegendEntry:
    if layer in NEED_LAYERS:
        return entry
    return {**entry, "line": LINES.get(State(entry["key"]), entry["line"])}


def _tables(view: View, layer: Layer, found: Rows) -> Sequence[Html]:
    """The same facts as on the map: the points first, then the areas, then what the classes mean."""
    if layer in NEED_LAYERS:
        return [need_table(view, layer, is_linked=False)]
    is_nation = not view.scope.prefecture
    listed = prefecture_table if is_nation else municipality_table
    whole = [_every_municipality(view)] if is_nation else []
    tables = [listed(view, is_linked=False), *whole, definitions_table(view)]
    if layer == Layer.GRANTS:
        return [grants_table(view, found, is_linked=False), *tables]
    if layer == Layer.PLACES:
        shown = (
            place_counts_table(view, is_linked=False)
            if is_nation
            else places_table(view, found, is_linked=False)
        )
        return [shown, *tables, _lists_table(view, found)]
    return tables


def _every_municipality(view: View) -> Html:
    """The nation's map paints municipalities: all of them, folded up below the prefectures."""
    heading = tag("summary", view.text("open.rows"))
    return tag("details", heading, municipality_table(view, is_linked=False))


def _lists_table(view: View, found: Rows) -> Html:
    """The lists that the places are from, with their terms of use: they ask to be named wherever their rows go."""
    counts = Counter(row["source_id"] for row in found)
    columns = [
        name_column(view, "evidence.document"),
        number_column(view, "proof.count"),
        text_column(view, "proof.licence"),
    ]
    rows = [
        (
            citation.document(view, document, is_linked=False),
            count,
            citation.licence(view, document["licence"] or "–"),
        )
        for source_id, count in counts.most_common()
        if (document := view.store.source(source_id))
    ]
    return table(view.text("saved.lists"), columns, rows)


# -- points ---------------------------------------------------------------------------------------------------


def _points(view: View, layer: Layer) -> Rows:
    if layer == Layer.GRANTS:
        return view.store.grants(view.scope.year, view.scope.view, view.scope.prefecture)
    return view.store.places(view.scope.prefecture, MOST_SPOTS) if layer == Layer.PLACES else ()


def _count(view: View, layer: Layer, found: Rows) -> int:
    """How many there are: a list may be far longer than what a file holds, and is then not read to its end."""
    if layer != Layer.PLACES:
        return len(found)
    counts = view.store.place_counts()
    return sum(count for code, count in counts.items() if code.startswith(view.scope.prefecture))


def _spot(view: View, layer: Layer, row: Row) -> Spot | None:
    """A grantee lies in its activity area, a place where its list says; without either there is nothing to draw."""
    if layer == Layer.GRANTS:
        if row["rep_lat"] is None:
            return None
        said = (citation.plain(view, row, "organisation"), view.area_name(row["code"]))
        return Spot(row["rep_lat"], row["rep_lon"], "\n".join(said), "triangle", GRANT_FILL)
    if row["lat"] is None:
        return None
    return Spot(row["lat"], row["lon"], f"{row['name']}\n{citation.kind(view, row['kind'])}")


def _meanings(view: View, layer: Layer) -> Mapping[Shape, str]:
    if layer == Layer.GRANTS:
        return {"triangle": view.text("map.points_grant")}
    return {"circle": view.text("map.points_place")} if layer == Layer.PLACES else {}


def _point_notes(view: View, layer: Layer, found: int, drawn_: int) -> list[Part]:
    """What the number of points means, and which rows have no point of their own."""
    counts = {"listed": f"{found:,}", "drawn": f"{drawn_:,}"}
    if layer == Layer.GRANTS:
        return [view.text("saved.grants", **counts)] if found else [view.text("mappage.no_grants")]
    if layer != Layer.PLACES:
        return []
    return [
        view.text("saved.places", **counts) if found else view.text("mappage.no_places"),
        view.text("saved.no_listing"),
    ]


# -- the frame ------------------------------------------------------------------------------------------------


def peopled_frame(rows: Rows) -> tuple[Corner, Corner]:
    """Return the corners (latitude, longitude) around where nearly all people of a prefecture live.

    Areas are taken from the middle outwards until `FRAMED_PEOPLE` of the people are in: far islands with few people would
    shrink everything else to a dot.
    """
    total = sum(row["population"] for row in rows) or 1
    middle = [sum(row[axis] * row["population"] for row in rows) / total for axis in ("rep_lat", "rep_lon")]
    ordered = sorted(rows, key=lambda row: hypot(row["rep_lat"] - middle[0], row["rep_lon"] - middle[1]))
    seen = accumulate(row["population"] for row in ordered)
    inside = [
        row
        for row, people in zip(ordered, seen, strict=True)
        if people - row["population"] < FRAMED_PEOPLE * total
    ]
    reach = [sqrt(row["area_km2"]) * DEGREES_PER_KM for row in inside]
    south = min(row["rep_lat"] - margin for row, margin in zip(inside, reach, strict=True))
    north = max(row["rep_lat"] + margin for row, margin in zip(inside, reach, strict=True))
    west = min(row["rep_lon"] - margin for row, margin in zip(inside, reach, strict=True))
    east = max(row["rep_lon"] + margin for row, margin in zip(inside, reach, strict=True))
    return (south, west), (north, east)
