"""The map of a view as one file that needs no network: what `standalone.py` draws, from the database's answers."""

from itertools import accumulate
from math import hypot, sqrt

from dashboard import citation
from dashboard.area_map.bundle import STATIC, bundle_manifest
from dashboard.atlas import precision_m, saved_notes, title
from dashboard.closed_lists import Layer
from dashboard.standalone import Corner, Library, Sheet, standalone_map
from dashboard.states import State
from dashboard.store import Rows
from dashboard.tables import municipality_table, prefecture_table
from dashboard.view import View

MAIN_ISLANDS = ((24.0, 122.8), (45.6, 146.0))
"""South-west and north-east corner (latitude, longitude) of what a file shows first: Okinawa is in, 小笠原村 a drag away."""
FRAMED_PEOPLE = 0.995
DEGREES_PER_KM = 0.8 / 111
"""Most of the side of a square as large as the area, as a margin around its middle."""


def standalone_file(view: View) -> bytes:
    """Return the coverage map of the view as one HTML file; see `standalone_map`."""
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    level = view.scope.prefecture or "municipalities"
    library = bundle_manifest()
    sheet = Sheet(
        title=title(view, Layer.COVERAGE),
        notes=[*saved_notes(view), citation.boundary(view, precision_m(view))],
        labels={state: view.text(f"state.{state}") for state in State},
        states={row["code"]: State(row["state"]) for row in rows},
        names={row["code"]: view.name(row) for row in rows},
        table=(municipality_table if view.scope.prefecture else prefecture_table)(view, is_linked=False),
        language=view.scope.lang,
        frame=peopled_frame(rows) if view.scope.prefecture else MAIN_ISLANDS,
    )
    files = Library(scripts=[STATIC / library.folium_js], styles=[STATIC / library.folium_css])
    return standalone_map(sheet, view.store.geometry_path(level, view.scope.year).read_bytes(), files)


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
