"""The list beside the map: its keyboard path, and the search by name."""

import streamlit as st

from dashboard import citation
from dashboard.closed_lists import NEED_LAYERS, Layer, ProofKind
from dashboard.controls import PickRow, pick_list
from dashboard.map_classes import need
from dashboard.markup import Part, join, tag
from dashboard.scope import SEARCH_LENGTH, searched
from dashboard.states import COUNTED, State
from dashboard.store import Row
from dashboard.view import View, go

LIST_HEIGHT_PX = 640

FOUND_AT_MOST = 30


def area_list(view: View) -> None:
    """Draw the prefectures, or the municipalities of the one in view: the keyboard path of the map."""
    search(view)
    if view.scope.find:
        _found_list(view, view.scope.find)
    elif view.scope.prefecture:
        _municipality_list(view)
    else:
        _prefecture_list(view)


def search(view: View) -> None:
    """Ask for a municipality by name, reading or code; the answer covers the whole country."""
    st.session_state["search"] = view.scope.find
    st.text_input(
        view.text("mappage.search"),
        key="search",
        placeholder=view.text("mappage.search_placeholder"),
        max_chars=SEARCH_LENGTH,
        label_visibility="collapsed",
        on_change=lambda: go(view.store, find=searched(st.session_state["search"])),
    )


def _found_list(view: View, wanted: str) -> None:
    """Same names stand together with their prefectures: the user chooses, nothing is guessed."""
    rows = view.store.find(wanted, FOUND_AT_MOST)
    found = rows[0]["found"] if rows else 0
    key = "mappage.found_more" if found > len(rows) else "mappage.found"
    st.html(tag("p", view.text(key, count=f"{found:,}", shown=len(rows)), class_="sub", role="status").text)
    listed = [
        PickRow(code=row["code"], label=view.name(row), value=citation.prefecture(view, row["code"]))
        for row in rows
    ]
    _picker(view, listed, view.text("mappage.search"))


def _prefecture_list(view: View) -> None:
    rows = view.store.prefecture_coverage(view.scope.year, view.scope.view)
    st.html(
        join(
            [
                tag("h2", view.text("mappage.list_nation")),
                tag("p", view.text("mappage.list_nation_sub"), class_="sub"),
            ]
        ).text
    )
    listed = [
        PickRow(code=row["code"], label=view.name(row), value=_prefecture_value(view, row)) for row in rows
    ]
    _picker(view, listed, view.text("mappage.list_nation"))


def _prefecture_value(view: View, row: Row) -> str:
    if view.scope.layer in NEED_LAYERS:
        return _listed_value(view, view.store.areas[row["code"]])
    covered = row[view.scope.rule]
    return f"{'–' if covered is None else covered} / {row['municipalities']}"


def _municipality_list(view: View) -> None:
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    counted = COUNTED[view.scope.rule]
    states = [State(row["state"]) for row in rows]
    covered, unlisted = sum(state in counted for state in states), states.count(State.F)
    heading = view.text("mappage.list_area", area=view.area_name(view.scope.prefecture_area), count=len(rows))
    rest, rule = len(rows) - covered, view.text(f"rule.{view.scope.rule}")
    sub: Part = (
        view.text("card.own_none")
        if unlisted
        else view.told(
            "mappage.list_area_sub",
            rule=rule,
            covered=_counted(view, covered, ProofKind.MUNICIPALITIES),
            rest=_counted(view, rest, ProofKind.UNCOVERED, view.scope.prefecture_area),
        )
    )
    st.html(join([tag("h2", heading), tag("p", sub, class_="sub")]).text)
    ordered = sorted(rows, key=lambda row: (row["state"], -row["population"], row["code"]))
    listed = [
        PickRow(code=row["code"], label=view.name(row), value=_listed_value(view, row), mark=row["state"])
        for row in ordered
    ]
    _picker(view, listed, heading)


def _counted(view: View, count: int, kind: ProofKind, subject: str = "") -> Part:
    """A count of nothing has nothing to show."""
    return view.proof(f"{count:,}", kind, subject) if count else count


def _listed_value(view: View, row: Row) -> str:
    layer = view.scope.layer
    if layer == Layer.PLACES:
        return str(view.store.place_counts().get(row["code"]) or view.text("table.no_listing"))
    if layer not in NEED_LAYERS:
        return f"{row['population']:,}"
    measure = need(row, layer)
    if measure is None:
        return view.text("table.unknown")
    return f"{measure:,.0f}" if layer == Layer.POPULATION else f"{measure:.1%}"


def _picker(view: View, rows: list[PickRow], label: str) -> None:
    pick_list(
        rows,
        key="areas",
        label=label,
        selected=view.scope.area,
        on_pick=lambda code: _go_to(view, code),
        height=LIST_HEIGHT_PX,
    )


def _go_to(view: View, code: str) -> None:
    go(view.store, area=code)
