"""The map of a view: from the database's answers to the few kilobytes that the map component is given.

Geometry travels by address and is kept by the browser; what changes with year, view and counting rule is one letter per
area, in the sorted code order of the geometry file.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import hypot, sqrt

import streamlit as st

from dashboard import citation
from dashboard.area_map import LegendEntry, MapData, Point, PointsFile, area_map, selected_code
from dashboard.area_map.bundle import STATIC, bundle_manifest
from dashboard.closed_lists import NEED_LAYERS, Language, Layer
from dashboard.markup import join, tag
from dashboard.parts import list_sentences
from dashboard.standalone import Corner, Library, Sheet, standalone_map
from dashboard.states import COUNTED, LOOKS, NATION_LINES, NEED_FILLS, NEED_FILLS_DARK, UNKNOWN_NEED, State
from dashboard.store import Row, Rows
from dashboard.tables import municipality_table, prefecture_table
from dashboard.view import View, go

MAIN_ISLANDS = ((24.0, 122.8), (45.6, 146.0))
"""South-west and north-east corner (latitude, longitude) of what a file shows first: Okinawa is in, 小笠原村 a drag away."""
FRAMED_PEOPLE = 0.995
DEGREES_PER_KM = 0.8 / 111
"""Most of the side of a square as large as the area, as a margin around its middle."""
HINTED = frozenset({State.A, State.B, State.C})
"""States whose first year is told on hover; the others have none."""
UNKNOWN = "?"
MAP_WORDS = (
    "zoom_in",
    "zoom_out",
    "reset",
    "save",
    "loading",
    "failed",
    "retry",
    "changed",
    "legend",
    "cluster_place",
    "cluster_grant",
    "points_place",
    "points_grant",
    "inset_southwest",
    "keyboard_hint",
    "controls_label",
    "wheel_hint",
)
"""Sentences of the component; those of clusters keep their {n}, which the browser fills."""


def coverage_map(view: View, *, key: str, height: int, layer: Layer = Layer.COVERAGE) -> None:
    """Draw the nation's municipalities (a click chooses a prefecture) or a prefecture's (a click chooses one of them)."""
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    past = f"past-{key}"
    st.html(
        join(
            [
                tag("h2", title(view, layer)),
                tag("p", counted_sentence(view, rows, layer), class_="sub"),
                tag("a", view.text("app.skip_map"), href=f"#{past}", class_="skip"),
            ]
        ).text
    )
    area_map(key=key, data=map_data(view, rows, layer), height=height, on_select=lambda: _choose(view, key))
    st.html(tag("span", id=past, class_="anchor").text)


def title(view: View, layer: Layer) -> str:
    """Return the map's title: content, place, year and kind of data."""
    words = {
        "layer": view.text(f"layer_name.{layer}"),
        "year": view.words.year_name(view.scope.year),
        "view": view.text(f"view.{view.scope.view}"),
    }
    if layer in NEED_LAYERS:
        place = view.area_name(view.scope.prefecture_area)
        return view.text("mappage.map_need", area=place, layer=words["layer"])
    if view.scope.prefecture:
        return view.text("mappage.map_area", area=view.area_name(view.scope.prefecture_area), **words)
    return view.text("mappage.map_nation", **words)


def map_data(view: View, rows: Rows, layer: Layer) -> MapData:
    """Return what the component needs for `rows`, the municipalities of the view in code order."""
    scope, files = view.scope, view.store.geometry(view.scope.year)
    level = scope.prefecture or "municipalities"
    if layer in NEED_LAYERS:
        values, legend = need_classes(view, rows, layer)
    else:
        values, legend = "".join(row["state"] for row in rows), state_legend(view, rows)
    return MapData(
        geometry=f"/geometry/{files[level]['file']}",
        outline=None if scope.prefecture else f"/geometry/{files['prefectures']['file']}",
        values=values,
        legend=legend,
        pick="municipality" if scope.prefecture else "prefecture",
        selected=scope.municipality or None,
        fit=scope.prefecture,
        inset=not scope.prefecture,
        labels=bool(scope.prefecture),
        names=f"/geometry/{files['names']['file']}" if scope.lang == Language.EN else None,
        hints=hints(view, rows),
        points=points(view, layer),
        words=_map_words(view, layer),
        attribution=citation.boundary(view, _precision(view, level)),
        rev=f"{view.store.build.build_id}-{scope.year}-{scope.view}-{layer}-{scope.area}-{scope.lang}",
    )


def _map_words(view: View, layer: Layer) -> dict[str, str]:
    hint = "click_municipality" if view.scope.prefecture else "click_prefecture"
    shown = title(view, layer)
    return {
        **{name: view.words.sentences[f"map.{name}"] for name in MAP_WORDS},
        "map_label": f"{shown} {view.text('map.label')}",
        "hint_click": view.text(f"map.{hint}"),
        "save_title": shown,
        "save_notes": "\n".join(saved_notes(view)),
        "save_name": f"ibasho-atlas_{view.scope.year}_{view.scope.view}_{view.scope.area or 'japan'}",
    }


def saved_notes(view: View) -> list[str]:
    """Return what must go with a map that leaves the app: how complete the lists are, the sources, the version."""
    version = view.text("footer.build", build=view.store.build.build_id, built=view.store.build.built_at[:10])
    return [*list_sentences(view), view.text("footer.saved_sources"), version]


def state_legend(view: View, rows: Rows) -> list[LegendEntry]:
    """Return the states with their counts; 資料なし only where there is one."""
    counts = Counter(row["state"] for row in rows)
    return [
        LegendEntry(
            key=state.value,
            label=view.text(f"state.{state}"),
            fill=look.fill,
            pattern=look.pattern,
            line=look.line if view.scope.prefecture else NATION_LINES.get(state, look.line),
            count=counts[state],
        )
        for state, look in LOOKS.items()
        if (counts[state] or not counts[State.F]) and (state != State.F or counts[state])
    ]


def hints(view: View, rows: Rows) -> dict[str, str]:
    """Return, for the areas whose part is confirmed, since when and by which document: what the tooltip adds."""
    documents = view.store.first_documents(view.scope.year)
    return {
        row["code"]: view.text(
            "map.since", year=view.words.year_name(row["since_year"]), document=documents.get(row["code"], "")
        )
        for row in rows
        if row["state"] in HINTED and row["since_year"] and (view.scope.prefecture or row["state"] != State.C)
    }


def counted_sentence(view: View, rows: Rows, layer: Layer) -> str:
    """Return what the map comes to, with its denominator: by the counting rule, or how many areas have the measure of need."""
    if layer in NEED_LAYERS:
        known = sum(need(row, layer) is not None for row in rows)
        return view.text("map.measured", known=f"{known:,}", total=f"{len(rows):,}")
    rule = view.scope.rule
    if any(row["state"] == State.F for row in rows):
        return view.text("card.own_none")
    count = sum(row["state"] in COUNTED[rule] for row in rows)
    return view.text(
        "map.counted",
        rule=f"{view.text(f'rule.{rule}')}{view.words.bracketed(view.text(f'rule_meaning.{rule}'))}",
        count=f"{count:,}",
        total=f"{len(rows):,}",
        share=view.words.share(count, len(rows)),
    )


def need_classes(view: View, rows: Rows, layer: Layer) -> tuple[str, list[LegendEntry]]:
    """Return one class per area ("1"…"5" by the nation's quintiles, "?" unknown) and the legend of the classes."""
    breaks = view.store.need_breaks(layer)
    measures = [need(row, layer) for row in rows]
    values = "".join(
        UNKNOWN if measure is None else str(bisect_right(breaks, measure) + 1) for measure in measures
    )
    counts = Counter(values)
    labels = _class_labels(view, breaks, layer)
    legend = [
        LegendEntry(
            key=str(index + 1),
            label=label,
            fill=fill,
            fill_dark=fill_dark,
            pattern="solid",
            line="#949494",
            count=counts[str(index + 1)],
        )
        for index, (label, fill, fill_dark) in enumerate(
            zip(labels, NEED_FILLS, NEED_FILLS_DARK, strict=True)
        )
    ]
    if counts[UNKNOWN]:
        look = UNKNOWN_NEED
        legend.append(
            LegendEntry(
                key=UNKNOWN,
                label=view.text("need.unknown"),
                fill=look.fill,
                pattern=look.pattern,
                line=look.line,
                count=counts[UNKNOWN],
            )
        )
    return values, legend


def need(row: Row, layer: Layer) -> float | None:
    """Return the measure of need of one municipality: people, or a share (0–1); None where it is unknown."""
    part, whole = {
        Layer.POPULATION: (row["population"], 1),
        Layer.AGEING: (row["population_65plus"], row["population"]),
        Layer.SINGLE: (row["single_households"], row["general_households"]),
    }[layer]
    return None if part is None or not whole else part / whole


def _class_labels(view: View, breaks: Sequence[float], layer: Layer) -> list[str]:
    shown = [f"{value:,.0f}" if layer == Layer.POPULATION else f"{value:.1%}" for value in breaks]
    middle = [view.text("need.between", low=low, high=high) for low, high in pairwise(shown)]
    return [view.text("need.less", high=shown[0]), *middle, view.text("need.more", low=shown[-1])]


def points(view: View, layer: Layer) -> list[Point] | PointsFile | None:
    """Return the points of the layer: grantees by activity area, or places by address of their file; None for neither."""
    if layer == Layer.PLACES:
        places = PointsFile(url=f"/geometry/{view.store.geometry(view.scope.year)['places']['file']}")
        return (
            PointsFile(url=places["url"], prefecture=view.scope.prefecture)
            if view.scope.prefecture
            else places
        )
    if layer != Layer.GRANTS:
        return None
    rows = view.store.grants(view.scope.year, view.scope.view, view.scope.prefecture)
    return [
        Point(
            id=f"{row['award_id']}-{row['code']}",
            lat=row["rep_lat"],
            lon=row["rep_lon"],
            kind="grant",
            name=f"{citation.plain(view, row, 'organisation')}{view.words.bracketed(view.area_name(row['code']))}",
        )
        for row in rows
        if row["rep_lat"] is not None
    ]


def _choose(view: View, key: str) -> None:
    if code := selected_code(key):
        go(view.store, area=code)


def standalone_file(view: View) -> bytes:
    """Return the coverage map of the view as one HTML file; see `standalone_map`."""
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    level = view.scope.prefecture or "municipalities"
    library = bundle_manifest()
    sheet = Sheet(
        title=title(view, Layer.COVERAGE),
        notes=[*saved_notes(view), citation.boundary(view, _precision(view, level))],
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


def _precision(view: View, level: str) -> float:
    return float(view.store.geometry(view.scope.year)[level]["precision_m"])
