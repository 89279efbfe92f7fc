"""The tables that say the same as a map or define what it shows: real, captioned, with scoped headings."""

import streamlit as st

from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.parts import name_column, number_column, state_label, text_column
from dashboard.scope import CountingRule
from dashboard.states import COUNTED, State
from dashboard.store import Row
from dashboard.view import View


def equal_table(view: View, *, key: str) -> None:
    """Offer the table that says the same as the map; its rows are sent only when it is opened.

    The nation's map paints municipalities: its table has the prefectures first, and all municipalities one click further.
    """
    opened = st.expander(view.text("overview.table"), on_change="rerun", key=key)
    if not opened.open:
        return
    with opened:
        st.html((municipality_table if view.scope.prefecture else prefecture_table)(view).text)
        with st.container(key=f"{key}-files", horizontal=True, gap="small"):
            for extension, title in (("csv", "CSV"), ("xlsx", "Excel")):
                _file_button(view, key, extension, title)
        if not view.scope.prefecture and st.toggle(view.text("overview.table_all"), key=f"{key}-all"):
            st.html(municipality_table(view).text)


def _file_button(view: View, key: str, extension: str, title: str) -> None:
    """Offer the municipalities of the view with names and documents; the file is written when it is asked for."""
    scope = view.scope
    name = f"{view.area_name(scope.prefecture_area)} {view.words.year_name(scope.year)} {view.text(f'view.{scope.view}')}"
    st.download_button(
        view.text("overview.table_file", format=title),
        data=lambda: view.store.states_file(name, scope.year, scope.view, scope.prefecture, extension),
        file_name=f"ibasho-atlas_{scope.year}_{scope.view}_{scope.prefecture or 'japan'}.{extension}",
        key=f"{key}-{extension}",
        on_click="ignore",
    )


def prefecture_table(view: View) -> Html:
    """Return, per prefecture, how many municipalities are in each state, and the people."""
    words = view.words
    states = [state for state in State if state != State.F or _has_unlisted(view)]
    columns = [
        text_column(view, "table.code"),
        name_column(view, "table.prefecture"),
        text_column(view, "table.own"),
        *(Column(state.value, is_number=True) for state in states),
        number_column(view, "table.municipalities"),
        number_column(view, "table.population"),
        Column(
            view.text("table.uncovered_population", rule=view.text(f"rule.{view.scope.rule}")), is_number=True
        ),
        number_column(view, "table.ageing"),
        number_column(view, "table.single_share"),
        number_column(view, "table.places"),
        number_column(view, "table.grants"),
    ]
    places = view.store.place_counts_by_prefecture()
    grants = view.store.grant_counts(view.scope.year, view.scope.view)
    rows = (
        (
            row["code"],
            view.name(row),
            taking_part(view, row),
            *(int(row[f"state_{state.lower()}"]) for state in states),
            int(row["municipalities"]),
            int(row["population"]),
            _uncovered(view, row),
            *_need(view, view.store.areas[row["code"]]),
            places.get(row["prefecture_code"]) or view.text("table.no_listing"),
            grants.get(row["code"]) or "–",
        )
        for row in view.store.prefecture_coverage(view.scope.year, view.scope.view)
    )
    caption = view.text(
        "overview.table_title", year=words.year(view.scope.year), view=view.text(f"view.{view.scope.view}")
    )
    return table(caption, columns, rows)


def _need(view: View, area: Row) -> tuple[Part, Part]:
    """Shares of people aged 65 and over and of one-person households; unknown where the census gives no number."""
    unknown = view.text("table.unknown")
    single = area["single_households"]
    return (
        view.words.share(area["population_65plus"], area["population"]),
        unknown if single is None else view.words.share(single, area["general_households"]),
    )


def taking_part(view: View, row: Row) -> str:
    """Return whether a prefecture takes part itself: yes, not confirmed, or no list to look in."""
    known = {True: "table.yes", False: "table.no", None: "card.own_none"}
    return view.text(known[row["takes_part"]])


def _uncovered(view: View, row: Row) -> Part:
    covered = row[f"population_{view.scope.rule}"]
    return view.text("table.unknown") if covered is None else int(row["population"] - covered)


def _has_unlisted(view: View) -> bool:
    return any(row["state_f"] for row in view.store.prefecture_coverage(view.scope.year, view.scope.view))


def municipality_table(view: View) -> Html:
    """Return every municipality of the prefecture in view: state, since when, people, places listed."""
    places = view.store.place_counts()
    grants = view.store.grant_counts(view.scope.year, view.scope.view)
    columns = [
        text_column(view, "table.code"),
        name_column(view, "table.municipality"),
        text_column(view, "table.state"),
        text_column(view, "table.since"),
        number_column(view, "table.population"),
        number_column(view, "table.ageing"),
        number_column(view, "table.households"),
        number_column(view, "table.single"),
        number_column(view, "table.single_share"),
        number_column(view, "table.places"),
        number_column(view, "table.grants"),
    ]
    unknown = view.text("table.unknown")
    rows = (
        (
            row["code"],
            view.name(row),
            state_label(view, row["state"]),
            view.words.year_name(row["since_year"]) if row["since_year"] else "–",
            int(row["population"]),
            view.words.share(row["population_65plus"], row["population"]),
            int(row["households"]),
            unknown if row["single_households"] is None else int(row["single_households"]),
            unknown
            if row["single_households"] is None
            else view.words.share(row["single_households"], row["general_households"]),
            places.get(row["code"]) or view.text("table.no_listing"),
            grants.get(row["code"]) or "–",
        )
        for row in view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    )
    caption = view.text(
        "overview.table_title_area",
        area=view.area_name(view.scope.prefecture_area),
        year=view.words.year(view.scope.year),
        view=view.text(f"view.{view.scope.view}"),
    )
    return table(caption, columns, rows)


def rules_table(view: View) -> Html:
    """Return the nation's municipalities and people under each counting rule, with their denominators."""
    rows = view.store.national_coverage(view.scope.year, view.scope.view)
    total = rows[CountingRule.STRICT]
    columns = [
        name_column(view, "scope.rule"),
        number_column(view, "table.municipality"),
        number_column(view, "table.population"),
    ]
    cells = [
        (
            f"{view.text(f'rule.{rule}')}{view.words.bracketed(view.text(f'rule_meaning.{rule}'))}",
            "–" if rows[rule]["municipalities"] is None else int(rows[rule]["municipalities"]),
            "–" if rows[rule]["population"] is None else view.words.people(int(rows[rule]["population"])),
        )
        for rule in CountingRule
    ]
    whole = (
        view.text("table.total"),
        int(total["municipalities_total"]),
        view.words.people(int(total["population_total"])),
    )
    return table(view.text("scope.rule"), columns, [*cells, whole], is_caption_shown=False)


def definitions(view: View) -> None:
    """Draw what each state means and which of them a counting rule counts."""
    columns = [
        name_column(view, "table.state"),
        text_column(view, "evidence.statement"),
        *(text_column(view, f"rule.{rule}") for rule in CountingRule),
    ]
    rows = (
        (state_label(view, state), view.text(f"state_meaning.{state}"), *_counted_signs(state))
        for state in State
    )
    title = view.text("overview.definitions_title")
    st.html(join([tag("h2", title), table(title, columns, rows, is_caption_shown=False)]).text)


def _counted_signs(state: State) -> tuple[Part, ...]:
    return tuple("●" if state in COUNTED[rule] else "–" for rule in CountingRule)
