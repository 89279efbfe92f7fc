"""One small map for each fiscal year, with the same classes and one legend, and the table that says the same."""

from dataclasses import replace
from itertools import groupby

import streamlit as st

from dashboard import citation
from dashboard.area_map import LegendEntry
from dashboard.closed_lists import Language, Panel, ProofKind
from dashboard.downloads import years_file
from dashboard.map_classes import state_legend
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.panels import panel, panel_toggle
from dashboard.parts import name_column, number_column, text_column
from dashboard.small_maps import SMALL_WORDS, SmallMap, small_maps
from dashboard.states import State
from dashboard.store import Row
from dashboard.tables import evidence_link
from dashboard.trend.files import file_buttons
from dashboard.trend.years import YearCount, counted_words, own_part, rule_words, year_counts
from dashboard.view import View, go

MAP_HEIGHT_PX = 250
COLUMNS = 5
"""As many fiscal years as there are now: one row on a wide screen."""


def year_maps(view: View) -> None:
    """Draw the maps; a click on one chooses its year."""
    area = view.area_name(view.scope.prefecture_area)
    title = view.text("trend.maps_title", area=area, view=view.text(f"view.{view.scope.view}"))
    sub = view.text("trend.maps_sub", rule=rule_words(view))
    st.html(join([tag("h2", title), tag("p", sub, class_="sub")]).text)
    small_maps(
        [small_map(view, count) for count in year_counts(view)],
        key="trend-maps",
        legend=legend(view),
        words=words(view),
        height=MAP_HEIGHT_PX,
        columns=COLUMNS,
        on_pick=lambda year: _choose(view, year),
    )


def of_year(view: View, year: int) -> View:
    """Return the same view of another fiscal year."""
    return replace(view, scope=replace(view.scope, year=year))


def small_map(view: View, count: YearCount) -> SmallMap:
    """Return one year's map: its title and what it comes to, with the completeness of its list in words."""
    files = view.store.geometry(count.year)
    prefecture = view.scope.prefecture
    rows = view.store.states(count.year, view.scope.view, prefecture)
    return SmallMap(
        id=str(count.year),
        title=titled(view, count),
        note=note(view, count),
        geometry=f"/geometry/{files[prefecture or 'municipalities']['file']}",
        outline=None if prefecture else f"/geometry/{files['prefectures']['file']}",
        values="".join(row["state"] for row in rows),
        fit=prefecture,
        inset=not prefecture,
        is_incomplete=count.is_incomplete,
        is_chosen=count.year == view.scope.year,
        names=f"/geometry/{files['names']['file']}" if view.scope.lang == Language.EN else None,
    )


def titled(view: View, count: YearCount) -> str:
    """Return a map's title: its year, and how much of the year's list is registered, in words where it is not whole."""
    known = view.text(f"trend.list_{count.list_state}", known=count.known)
    return view.words.joined("dotted", [view.words.year_name(count.year), known])


def note(view: View, count: YearCount) -> str:
    """Return what stands under a map: its count with the denominator, and whether its year is the chosen one."""
    chosen = view.text("trend.chosen") if count.year == view.scope.year else ""
    return view.words.joined("dotted", [counted_words(view, count), chosen])


def legend(view: View) -> list[LegendEntry]:
    """Return one legend for all years: every state that one of them shows, without counts (each year has its own)."""
    shown: dict[str, LegendEntry] = {}
    for row in view.store.years:
        states = view.store.states(row["fiscal_year"], view.scope.view, view.scope.prefecture)
        for entry in state_legend(of_year(view, row["fiscal_year"]), states):
            shown[entry["key"]] = {**entry, "count": None}
    return [shown[key] for key in sorted(shown)]


def words(view: View) -> dict[str, str]:
    """Return the sentences of the maps' component."""
    area = view.area_name(view.scope.prefecture_area)
    return {
        **{name: view.words.sentences[f"map.{name}"] for name in SMALL_WORDS},
        "label": view.text("trend.maps_title", area=area, view=view.text(f"view.{view.scope.view}")),
        "hint_pick": view.text("trend.pick"),
    }


def _choose(view: View, year: str) -> None:
    if year in {str(row["fiscal_year"]) for row in view.store.years}:
        go(view.store, year=int(year))


# -- the table ------------------------------------------------------------------------------------------------


def years_panel(view: View) -> None:
    """Offer the table equal to the maps; its rows are sent only when it is opened."""
    opened = panel(view, Panel.YEARS, view.text("trend.years_table"), key="trend-years")
    if not opened.open:
        return
    with opened:
        st.html(years_table(view).text)
        title, scope = _caption(view), view.scope
        rows = view.store.states_of_years(scope.view, scope.prefecture)
        file_buttons(
            view,
            "years",
            lambda extension: years_file(view.store, title, rows, extension),
            key="trend-years",
        )
        if panel_toggle(view, Panel.ROWS, view.text("trend.years_rows"), key="trend-rows"):
            st.html(states_table(view).text)


def _caption(view: View) -> str:
    area = view.area_name(view.scope.prefecture_area)
    return view.text("trend.years_caption", area=area, view=view.text(f"view.{view.scope.view}"))


def years_table(view: View) -> Html:
    """Return, for each fiscal year, its municipalities by state, what the rule counts, and how complete its list is."""
    entries = legend(view)
    counted = Column(
        view.text("trend.years_counted", rule=view.text(f"rule.{view.scope.rule}")), is_number=True
    )
    columns = [
        name_column(view, "table.year"),
        *(Column(_state_head(entry), is_number=True) for entry in entries),
        counted,
        number_column(view, "table.municipalities"),
        text_column(view, "table.own") if view.scope.prefecture else number_column(view, "card.prefectures"),
        text_column(view, "trend.years_list"),
    ]
    keys = [entry["key"] for entry in entries]
    return table(_caption(view), columns, (_year_cells(view, count, keys) for count in year_counts(view)))


def _state_head(entry: LegendEntry) -> Html:
    letter = tag("span", entry["key"], class_=f"mark mark-{entry['key']}", aria_hidden="true")
    return join([letter, tag("span", entry["label"], class_="unseen")])


def _year_cells(view: View, count: YearCount, states: list[str]) -> tuple[Part, ...]:
    rows = view.store.states(count.year, view.scope.view, view.scope.prefecture)
    year = view.proof(view.words.year(count.year), ProofKind.LIST, str(count.year))
    by_state = [sum(row["state"] == state for row in rows) for state in states]
    return (
        year,
        *(_of_state(view, count.year, state, number) for state, number in zip(states, by_state, strict=True)),
        _opens(view, count, count.counted, ProofKind.MUNICIPALITIES),
        count.total,
        own_part(view, count)
        if view.scope.prefecture
        else _opens(view, count, count.prefectures, ProofKind.PREFECTURES),
        count.sentence,
    )


def _of_state(view: View, year: int, state: str, number: int) -> Part:
    """A prefecture's municipalities of one state lead to their names; those of the nation stand in the long table."""
    place = view.scope.prefecture_area
    if not place or not number:
        return number
    named = view.text(
        "table.proof_state",
        area=view.area_name(place),
        state=view.text(f"state.{state}"),
        count=f"{number:,}",
    )
    return view.proof(f"{number:,}", ProofKind.STATE, f"{place}.{state}", named=named, year=year)


def _opens(view: View, count: YearCount, number: int | None, kind: ProofKind) -> Part:
    if number is None:
        return "–"
    at_least = view.text("headline.at_least") if count.is_incomplete and number else ""
    return view.proof(f"{at_least}{number:,}", kind, year=count.year)


def states_table(view: View) -> Html:
    """Return every municipality of the area with the letter of its state in each fiscal year."""
    years = [row["fiscal_year"] for row in view.store.years]
    columns = [
        text_column(view, "table.code"),
        *([] if view.scope.prefecture else [text_column(view, "table.prefecture")]),
        name_column(view, "table.municipality"),
        *(Column(view.words.year_short(year)) for year in years),
    ]
    rows = view.store.states_of_years(view.scope.view, view.scope.prefecture)
    cells = (_state_cells(view, list(found)) for _, found in groupby(rows, lambda row: row["code"]))
    return table(_caption(view), columns, cells)


def _state_cells(view: View, rows: list[Row]) -> tuple[Part, ...]:
    code = rows[0]["code"]
    return (
        code,
        *([] if view.scope.prefecture else [citation.prefecture(view, code)]),
        evidence_link(view, view.store.areas[code]),
        *(_letter(row["state"]) for row in rows),
    )


def _letter(state: str) -> Part:
    """The letter alone: the legend says what it stands for, and 1,741 rows of words would only be heavy."""
    return "?" if state == State.F else state
