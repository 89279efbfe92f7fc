"""The map of a view: from the database's answers to the few kilobytes that the map component is given.

Geometry travels by address and is kept by the browser; what changes with year, view and counting rule is one letter per
area, in the sorted code order of the geometry file.
"""

import streamlit as st

from dashboard import citation
from dashboard.area_map import MapData, Point, PointsFile, area_map, selected_code
from dashboard.closed_lists import NEED_LAYERS, Language, Layer
from dashboard.figures import figures
from dashboard.map_classes import area_classes, need
from dashboard.markup import join, tag
from dashboard.parts import list_sentences
from dashboard.states import COUNTED, State
from dashboard.store import Rows
from dashboard.view import View, go

HINTED = frozenset({State.A, State.B, State.C})
"""States whose first year is told on hover; the others have none."""
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


def coverage_map(
    view: View,
    *,
    key: str,
    height: int,
    layer: Layer = Layer.COVERAGE,
    sync: str = "",
    is_by_rule: bool = False,
) -> None:
    """Draw the nation's municipalities (a click chooses a prefecture) or a prefecture's (a click chooses one of them).

    Maps of one page with the same word `sync` move and zoom together. `is_by_rule`: see `map_classes.area_classes`.
    """
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    past = f"past-{key}"
    st.html(
        join(
            [
                tag("h2", title(view, layer, is_by_rule=is_by_rule)),
                tag("p", counted_sentence(view, rows, layer), class_="sub"),
                tag("a", view.text("app.skip_map"), href=f"#{past}", class_="skip"),
            ]
        ).text
    )
    data = map_data(view, rows, layer, is_by_rule=is_by_rule)
    if sync:
        data["sync"] = sync
    area_map(key=key, data=data, height=height, on_select=lambda: _choose(view, key))
    st.html(tag("span", id=past, class_="anchor").text)


def title(view: View, layer: Layer, *, is_by_rule: bool = False) -> str:
    """Return the map's title: content, place, year and kind of data, and the counting rule where that is what differs."""
    kind = [view.text(f"view.{view.scope.view}"), view.text(f"rule.{view.scope.rule}") if is_by_rule else ""]
    words = {
        "layer": view.text(f"layer_name.{layer}"),
        "year": view.words.year_name(view.scope.year),
        "view": view.words.joined("dotted", kind),
    }
    if layer in NEED_LAYERS:
        place = view.area_name(view.scope.prefecture_area)
        return view.text("mappage.map_need", area=place, layer=words["layer"])
    if view.scope.prefecture:
        return view.text("mappage.map_area", area=view.area_name(view.scope.prefecture_area), **words)
    return view.text("mappage.map_nation", **words)


def map_data(view: View, rows: Rows, layer: Layer, *, is_by_rule: bool = False) -> MapData:
    """Return what the component needs for `rows`, the municipalities of the view in code order."""
    scope, files = view.scope, view.store.geometry(view.scope.year)
    level = scope.prefecture or "municipalities"
    values, legend = area_classes(view, rows, layer, is_by_rule=is_by_rule)
    shown = f"{scope.view}-{scope.rule}" if is_by_rule else scope.view
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
        words=_map_words(view, title(view, layer, is_by_rule=is_by_rule), shown),
        attribution=citation.boundary(view, precision_m(view)),
        rev=f"{view.store.build.build_id}-{scope.year}-{shown}-{layer}-{scope.area}-{scope.lang}",
    )


def precision_m(view: View) -> float:
    """Return how far a border that the map draws may lie from the true one, in metres."""
    level = view.scope.prefecture or "municipalities"
    return float(view.store.geometry(view.scope.year)[level]["precision_m"])


def _map_words(view: View, heading: str, shown: str) -> dict[str, str]:
    hint = "click_municipality" if view.scope.prefecture else "click_prefecture"
    return {
        **{name: view.words.sentences[f"map.{name}"] for name in MAP_WORDS},
        "map_label": f"{heading} {view.text('map.label')}",
        "hint_click": view.text(f"map.{hint}"),
        "save_title": heading,
        "save_notes": "\n".join(saved_notes(view)),
        "save_name": f"ibasho-atlas_{view.scope.year}_{shown}_{view.scope.area or 'japan'}",
    }


def saved_notes(view: View) -> list[str]:
    """Return what must go with a map that leaves the app: how complete the lists are, the sources, the version."""
    version = view.text("footer.build", build=view.store.build.build_id, built=view.store.build.built_at[:10])
    return [*list_sentences(view), view.text("footer.saved_sources"), version]


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
    is_at_least = bool(count) and figures(view.store, view.scope).is_at_least
    return view.text(
        "map.counted",
        at_least=view.text("headline.at_least") if is_at_least else "",
        rule=f"{view.text(f'rule.{rule}')}{view.words.bracketed(view.text(f'rule_meaning.{rule}'))}",
        count=f"{count:,}",
        total=f"{len(rows):,}",
        share=view.words.share(count, len(rows)),
    )


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
