"""The part of the page that chooses: chips, search, map, sets that one press fills in, and what alike means."""

from functools import partial

import streamlit as st

from dashboard import citation
from dashboard.area_map import area_map, selected_code
from dashboard.atlas import map_data
from dashboard.closed_lists import Layer, Panel, ProofKind
from dashboard.compare import choosing
from dashboard.compare.choosing import QuickSet
from dashboard.compare.comparison import full_name
from dashboard.compare.measures import Kind, Measure, kind_of, written
from dashboard.compare.plot import measures_of
from dashboard.controls import PickRow, pick_list
from dashboard.markup import Html, Part, join, table, tag
from dashboard.panels import panel
from dashboard.parts import name_column, number_column
from dashboard.scope import MOST_AREAS, SEARCH_LENGTH, searched
from dashboard.store import Row
from dashboard.view import View, go, plain

MAP_HEIGHT_PX = 460
ALIKE_SHOWN = 10
FIRST_WIDTH_PX = 280
ALIKE_BY = {
    Measure.POPULATION: "population",
    Measure.AGEING: "share_65plus",
    Measure.HOUSEHOLD_SIZE: "people_per_household",
}
"""What likeness is made of, and the columns of the answer that hold it."""


def chooser(view: View, codes: tuple[str, ...]) -> None:
    """Draw everything by which areas are chosen. Each part has its place whether it shows something or not."""
    with st.container(key="compare-chips", horizontal=True, vertical_alignment="center", gap="small"):
        _chips(view, codes)
    left, right = st.columns([38, 62], gap="medium")
    with left, st.container(key="compare-search"):
        _search(view, codes)
    with right, st.container(key="compare-sets"):
        _sets(view, codes)
    _map(view, codes)


def _chips(view: View, codes: tuple[str, ...]) -> None:
    if not codes:
        st.html(tag("p", view.text("compare.none_chosen"), class_="sub").text)
        return
    label = view.text("compare.chosen", count=len(codes), most=MOST_AREAS)
    st.html(tag("p", label, class_="sub").text, width="content")
    for code in codes:
        st.button(
            f"{plain(full_name(view, code))} ✕",
            key=f"compare-chip-{code}",
            help=plain(view.text("compare.remove", area=full_name(view, code))),
            on_click=choosing.remove,
            args=(view, code),
        )
    if len(codes) > 1:
        _first(view, codes)


def _first(view: View, codes: tuple[str, ...]) -> None:
    """The choice of the area that stands first: sets are made around it, and charts show its kind."""
    st.session_state["compare-first"] = codes[0]
    st.selectbox(
        view.text("compare.first_choice"),
        codes,
        key="compare-first",
        format_func=lambda code: view.text("compare.first_is", area=full_name(view, code)),
        width=FIRST_WIDTH_PX,
        label_visibility="collapsed",
        on_change=lambda: choosing.put_first(view, st.session_state["compare-first"]),
    )


def _search(view: View, codes: tuple[str, ...]) -> None:
    st.html(tag("h2", view.text("compare.search")).text)
    st.session_state["compare-find"] = view.scope.find
    st.text_input(
        view.text("compare.search"),
        key="compare-find",
        placeholder=view.text("compare.search_placeholder"),
        max_chars=SEARCH_LENGTH,
        label_visibility="collapsed",
        on_change=lambda: go(view.store, find=searched(st.session_state["compare-find"])),
    )
    if len(codes) >= MOST_AREAS:
        st.html(tag("p", view.text("compare.full", most=MOST_AREAS), class_="sub", role="status").text)
    elif view.scope.find:
        _found(view, view.scope.find)
    else:
        st.html(tag("p", view.text("compare.search_hint"), class_="sub").text)


def _found(view: View, wanted: str) -> None:
    """Same names stand together with their prefectures: the user chooses, nothing is guessed."""
    rows = choosing.found_areas(view.store, wanted)
    count = rows[0]["found"] if rows else 0
    key = "mappage.found_more" if count > len(rows) else "mappage.found"
    st.html(tag("p", view.text(key, count=f"{count:,}", shown=len(rows)), class_="sub", role="status").text)
    listed = [
        PickRow(code=row["code"], label=view.name(row), value=_where(view, row["code"])) for row in rows
    ]
    pick_list(
        listed, key="compare-found", label=view.text("compare.search"), on_pick=partial(choosing.add, view)
    )


def _where(view: View, code: str) -> str:
    """The prefecture of a municipality; a prefecture is told as such."""
    is_prefecture = kind_of(code) == Kind.PREFECTURE
    return view.text("table.prefecture") if is_prefecture else citation.prefecture(view, code)


# -- sets ---------------------------------------------------------------------------------------------------------


def _sets(view: View, codes: tuple[str, ...]) -> None:
    if not codes:
        _examples(view)
        return
    st.html(tag("h2", view.text("compare.sets", area=full_name(view, codes[0]))).text)
    with st.container(key="compare-quick", horizontal=True, gap="small"):
        for name in QuickSet:
            is_empty = len(choosing.quick_set(view.store, view.scope, name)) < 2
            st.button(
                set_name(view, name, codes[0]),
                key=f"compare-set-{name}",
                on_click=choosing.fill,
                args=(view, name),
                disabled=is_empty,
                help=view.text("compare.set_empty") if is_empty else None,
            )
    st.html(tag("p", view.text("compare.sets_meaning"), class_="small").text)
    _alike(view, codes[0])


def set_name(view: View, name: QuickSet, first: str) -> str:
    """Return what a button says: the set, or the measure and its direction."""
    if name in (QuickSet.SIMILAR, QuickSet.NEIGHBOURS):
        return view.text(f"compare.set.{name}")
    if name == QuickSet.PREFECTURE:
        return view.text("compare.set.prefecture", prefecture=citation.prefecture(view, first))
    need, supply = measures_of(view)
    measure = need if name in (QuickSet.NEED_MOST, QuickSet.NEED_LEAST) else supply
    direction = "most" if name in (QuickSet.NEED_MOST, QuickSet.SUPPLY_MOST) else "least"
    return view.text(f"compare.order.{direction}.{measure}")


def _examples(view: View) -> None:
    st.html(tag("h2", view.text("compare.examples")).text)
    for example in choosing.examples(view.store, view.scope):
        names = view.text("comma").join(view.area_name(code) for code in example.codes)
        with st.container(
            key=f"compare-example-{example.key}", horizontal=True, vertical_alignment="center", gap="small"
        ):
            st.button(
                view.text(f"compare.example.{example.key}"),
                key=f"compare-example-button-{example.key}",
                on_click=go,
                args=(view.store,),
                kwargs={"areas": example.codes},
            )
            st.html(tag("span", names, class_="small").text, width="stretch")


def _alike(view: View, first: str) -> None:
    """Say what alike means, and show the numbers it is made of."""
    opened = panel(view, Panel.ALIKE, view.text("compare.alike"), key="compare-alike")
    if opened.open:
        with opened:
            about = tag("p", view.text("compare.alike_meaning"))
            st.html(join([about, alike_table(view, first)]).text)


def alike_table(view: View, first: str) -> Html:
    """Return the most similar areas: each measure with its difference in standard deviations, and what they come to."""
    columns = [
        name_column(view, "compare.area"),
        number_column(view, "table.population"),
        number_column(view, "compare.line.ageing"),
        number_column(view, "compare.line.household_size"),
        number_column(view, "compare.alike_distance"),
    ]
    rows = view.store.similar(first, ALIKE_SHOWN)
    if not rows:
        return tag("p", view.text("compare.alike_none", area=full_name(view, first)), class_="sub")
    body = [_own_cells(view, first, rows[0]), *(_alike_cells(view, row["code"], row) for row in rows)]
    kind = view.text(f"compare.kind.{kind_of(first)}")
    return table(view.text("compare.alike_title", area=full_name(view, first), kind=kind), columns, body)


def _own_cells(view: View, first: str, row: Row) -> tuple[Part, ...]:
    shown = (written(measure, row[f"own_{column}"]) for measure, column in ALIKE_BY.items())
    return tag("strong", full_name(view, first)), *shown, "–"


def _alike_cells(view: View, code: str, row: Row) -> tuple[Part, ...]:
    cells = (
        join(
            [
                written(measure, row[column]),
                tag(
                    "span",
                    view.text("compare.deviations", by=_deviations(row[f"{column}_sd"])),
                    class_="against",
                ),
            ]
        )
        for measure, column in ALIKE_BY.items()
    )
    return view.proof(full_name(view, code), ProofKind.AREA, code), *cells, f"{row['distance']:.2f}"


def _deviations(by: float) -> str:
    """A difference in standard deviations, its sign always printed."""
    return f"{by:+.2f}".replace("-", "−") if round(by, 2) else "±0"


# -- map ----------------------------------------------------------------------------------------------------------


def _map(view: View, codes: tuple[str, ...]) -> None:
    """The map to choose from: prefectures of the nation, or municipalities of the prefecture in the scope bar."""
    opened = panel(view, Panel.CHOOSER, view.text("compare.map"), key="compare-chooser")
    if not opened.open:
        return
    with opened:
        place = view.scope.prefecture_area
        word = "compare.map_area" if place else "compare.map_nation"
        st.html(tag("p", view.text(word, area=view.area_name(place)), class_="sub").text)
        rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
        data = map_data(view, rows, Layer.COVERAGE)
        data["words"] = {**data["words"], "hint_click": view.text("compare.map_hint")}
        data["selected"] = codes[0] if codes and codes[0].startswith(view.scope.prefecture) else None
        area_map(key="compare-map", data=data, height=MAP_HEIGHT_PX, on_select=lambda: _clicked(view))


def _clicked(view: View) -> None:
    if code := selected_code("compare-map"):
        choosing.toggle(view, code)
