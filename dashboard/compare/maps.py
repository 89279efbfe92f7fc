"""The chosen areas on small maps of their prefectures: the same classes and one legend, the compared municipalities outlined."""

import streamlit as st

from dashboard.area_map import LegendEntry
from dashboard.closed_lists import Language
from dashboard.compare.comparison import full_name
from dashboard.compare.measures import Kind, kind_of
from dashboard.figures import figures
from dashboard.markup import join, tag
from dashboard.small_maps import SMALL_WORDS, SmallMap, small_maps
from dashboard.states import COUNTED, LOOKS, State
from dashboard.view import View

MAP_HEIGHT_PX = 230
COLUMNS = 5


def compared_maps(view: View, codes: tuple[str, ...]) -> None:
    """Draw one map for each area: a prefecture, or the prefecture of a municipality with it outlined."""
    title = view.text(
        "compare.maps_title",
        year=view.words.year_name(view.scope.year),
        view=view.text(f"view.{view.scope.view}"),
    )
    st.html(join([tag("h2", title), tag("p", view.text("compare.maps_sub"), class_="sub")]).text)
    maps = [small_map(view, code) for code in codes]
    small_maps(
        maps,
        key="compare-maps",
        legend=legend(view, maps),
        words={
            **{name: view.words.sentences[f"map.{name}"] for name in SMALL_WORDS},
            "label": title,
            "hint_pick": "",
        },
        height=MAP_HEIGHT_PX,
        columns=COLUMNS,
    )


def small_map(view: View, code: str) -> SmallMap:
    """Return the picture of an area with how many municipalities of its prefecture the rule counts."""
    files = view.store.geometry(view.scope.year)
    rows = view.store.states(view.scope.year, view.scope.view, code[:2])
    return SmallMap(
        id=code,
        title=full_name(view, code),
        note=_note(view, [State(row["state"]) for row in rows]),
        geometry=f"/geometry/{files[code[:2]]['file']}",
        outline=None,
        values="".join(row["state"] for row in rows),
        fit=code[:2],
        inset=False,
        selected=code if kind_of(code) == Kind.MUNICIPALITY else None,
        names=f"/geometry/{files['names']['file']}" if view.scope.lang == Language.EN else None,
    )


def _note(view: View, states: list[State]) -> str:
    if State.F in states:
        return view.text("card.own_none")
    count = sum(state in COUNTED[view.scope.rule] for state in states)
    at_least = view.text("headline.at_least") if count and figures(view.store, view.scope).is_at_least else ""
    what = view.text(f"rule.{view.scope.rule}")
    return view.text("compare.count_of", what=what, count=f"{at_least}{count}", total=len(states))


def legend(view: View, maps: list[SmallMap]) -> list[LegendEntry]:
    """Return the states that any of the maps shows; counts would add prefectures that are drawn twice."""
    shown = {state for each in maps for state in each["values"]}
    return [
        LegendEntry(
            key=state.value,
            label=view.text(f"state.{state}"),
            fill=look.fill,
            pattern=look.pattern,
            line=look.line,
        )
        for state, look in LOOKS.items()
        if state in shown
    ]
