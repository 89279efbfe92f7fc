"""The tables that say the same as a map or define what it shows: real, captioned, with scoped headings."""

import streamlit as st

from dashboard import citation
from dashboard.closed_lists import CountingRule, ProofKind
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.onward import ways_cell, ways_column
from dashboard.parts import name_column, number_column, state_label, text_column
from dashboard.states import COUNTED, State
from dashboard.store import Row
from dashboard.view import View

PER_PEOPLE = 10_000
"""People that a number of places is divided by."""


def prefecture_table(view: View, *, is_linked: bool = True, is_by_rule: bool = False) -> Html:
    """Return, per prefecture, how many municipalities are in each state, and the people.

    `is_linked`: names and counts lead to their evidence; a file that stands alone has nothing to lead to. `is_by_rule`: the
    map shows what the rule of the view counts, so the table counts that too.
    """
    words = view.words
    states = [state for state in State if state != State.F or _has_unlisted(view)]
    columns = [
        text_column(view, "table.code"),
        name_column(view, "table.prefecture"),
        text_column(view, "table.own"),
        *(Column(state.value, is_number=True) for state in states),
        *([Column(view.text("card.municipalities", rule=_rule(view)), is_number=True)] if is_by_rule else []),
        number_column(view, "table.municipalities"),
        number_column(view, "table.population"),
        Column(view.text("table.uncovered_population", rule=_rule(view)), is_number=True),
        number_column(view, "table.ageing"),
        number_column(view, "table.single_share"),
        number_column(view, "table.places"),
        number_column(view, "table.places_rate"),
        number_column(view, "table.grants"),
        *([ways_column(view)] if is_linked else []),
    ]
    places = view.store.place_counts_by_prefecture()
    grants = view.store.grant_counts(view.scope.year, view.scope.view)
    rows = (
        (
            row["code"],
            evidence_link(view, row) if is_linked else view.name(row),
            taking_part(view, row),
            *(_state_count(view, row, state, is_linked=is_linked) for state in states),
            *([_counted(view, row)] if is_by_rule else []),
            int(row["municipalities"]),
            int(row["population"]),
            _uncovered(view, row),
            *_need(view, view.store.areas[row["code"]]),
            *place_cells(view, places.get(row["prefecture_code"]), row["population"]),
            grants.get(row["code"]) or "–",
            *([ways_cell(view, row["code"])] if is_linked else []),
        )
        for row in view.store.prefecture_coverage(view.scope.year, view.scope.view)
    )
    caption = view.text(
        "overview.table_title", year=words.year(view.scope.year), view=view.text(f"view.{view.scope.view}")
    )
    return table(caption, columns, rows)


def evidence_link(view: View, row: Row) -> Html:
    """Return an area's name as the link to all that is known of it: what its row of numbers rests on."""
    name = view.name(row)
    return view.proof(name, ProofKind.AREA, row["code"], named=view.text("table.proof_area", area=name))


def _state_count(view: View, row: Row, state: State, *, is_linked: bool) -> Part:
    """A prefecture's municipalities in one state, leading to their names and documents; a count of nothing leads nowhere."""
    count = int(row[f"state_{state.lower()}"])
    if not is_linked or not count:
        return count
    label = view.text(
        "table.proof_state", area=view.name(row), state=view.text(f"state.{state}"), count=f"{count:,}"
    )
    return view.proof(f"{count:,}", ProofKind.STATE, f"{row['code']}.{state}", named=label)


def place_cells(view: View, places: int | None, population: int) -> tuple[Part, Part]:
    """Places listed, and how many for 10,000 people: no listing is not 0, and its rate is unknown."""
    if places is None:
        return view.text("table.no_listing"), view.text("table.unknown")
    rate = f"{places * PER_PEOPLE / population:.2f}" if population else "–"
    return int(places), rate


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


def _rule(view: View) -> str:
    return view.text(f"rule.{view.scope.rule}")


def _counted(view: View, row: Row) -> Part:
    counted = row[view.scope.rule]
    return view.text("table.unknown") if counted is None else int(counted)


def _is_counted(view: View, state: str) -> str:
    """Return whether the rule of the view counts a state, as tables write it: ●, –, or ? where there is no list."""
    if state == State.F:
        return "?"
    return "●" if state in COUNTED[view.scope.rule] else "–"


def _has_unlisted(view: View) -> bool:
    return any(row["state_f"] for row in view.store.prefecture_coverage(view.scope.year, view.scope.view))


def municipality_table(view: View, *, is_linked: bool = True, is_by_rule: bool = False) -> Html:
    """Return every municipality of the area in view: state, since when, people, places listed.

    `is_linked` and `is_by_rule` as in `prefecture_table`; all of Japan has the prefecture beside the code, since names come more
    than once.
    """
    is_nation = not view.scope.prefecture
    has_ways = is_linked and not is_nation  # for 1,741 rows they would outweigh the table
    places = view.store.place_counts()
    grants = view.store.grant_counts(view.scope.year, view.scope.view)
    columns = [
        text_column(view, "table.code"),
        *([text_column(view, "table.prefecture")] if is_nation else []),
        name_column(view, "table.municipality"),
        text_column(view, "table.state"),
        *([Column(view.text("proof.counted", rule=_rule(view)))] if is_by_rule else []),
        text_column(view, "table.since"),
        number_column(view, "table.population"),
        number_column(view, "table.ageing"),
        number_column(view, "table.households"),
        number_column(view, "table.single"),
        number_column(view, "table.single_share"),
        number_column(view, "table.places"),
        number_column(view, "table.places_rate"),
        number_column(view, "table.grants"),
        *([ways_column(view)] if has_ways else []),
    ]
    unknown = view.text("table.unknown")
    rows = (
        (
            row["code"],
            *([citation.prefecture(view, row["code"])] if is_nation else []),
            evidence_link(view, row) if is_linked else view.name(row),
            state_label(view, row["state"]),
            *([_is_counted(view, row["state"])] if is_by_rule else []),
            view.words.year_name(row["since_year"]) if row["since_year"] else "–",
            int(row["population"]),
            view.words.share(row["population_65plus"], row["population"]),
            int(row["households"]),
            unknown if row["single_households"] is None else int(row["single_households"]),
            unknown
            if row["single_households"] is None
            else view.words.share(row["single_households"], row["general_households"]),
            *place_cells(view, places.get(row["code"]), row["population"]),
            grants.get(row["code"]) or "–",
            *([ways_cell(view, row["code"])] if has_ways else []),
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
            _under_rule(view, rule, rows[rule]["municipalities"], ProofKind.MUNICIPALITIES),
            _under_rule(view, rule, rows[rule]["population"], ProofKind.PEOPLE),
        )
        for rule in CountingRule
    ]
    whole = (
        view.text("table.total"),
        int(total["municipalities_total"]),
        int(total["population_total"]),
    )
    return table(view.text("scope.rule"), columns, [*cells, whole], is_caption_shown=False)


def _under_rule(view: View, rule: CountingRule, count: int | None, kind: ProofKind) -> Part:
    """A count under one rule, leading to its evidence under that rule whichever is chosen."""
    if not count:
        return "–" if count is None else 0
    number = f"{count:,}"
    label = view.text("table.proof_rule", rule=view.text(f"rule.{rule}"), count=number)
    return view.proof(number, kind, named=label, rule=rule)


def definitions(view: View) -> None:
    """Draw what each state means and which of them a counting rule counts."""
    title = tag("h2", view.text("overview.definitions_title"))
    st.html(join([title, definitions_table(view, is_caption_shown=False)]).text)


def definitions_table(view: View, *, is_caption_shown: bool = True) -> Html:
    """Return what each state means and which of them a counting rule counts."""
    columns = [
        name_column(view, "table.state"),
        text_column(view, "evidence.statement"),
        *(text_column(view, f"rule.{rule}") for rule in CountingRule),
    ]
    rows = (
        (state_label(view, state), view.text(f"state_meaning.{state}"), *_counted_signs(state))
        for state in State
    )
    return table(view.text("overview.definitions_title"), columns, rows, is_caption_shown=is_caption_shown)


def _counted_signs(state: State) -> tuple[Part, ...]:
    return tuple("●" if state in COUNTED[rule] else "–" for rule in CountingRule)
