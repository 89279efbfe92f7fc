"""What opens behind a number: a dialog that the address names, one content for each kind of number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import citation, evidence
from dashboard.area_proof import area_body, doubted, state_statements
from dashboard.closed_lists import DataTab, ProofKind
from dashboard.figures import Figures, figures
from dashboard.list_proof import list_body, list_known, total_body
from dashboard.markup import Html, Part, join, table, tag
from dashboard.parts import name_column, number_column, state_label, text_column
from dashboard.reconciliation import number, total_name
from dashboard.states import COUNTED, State
from dashboard.store import Row
from dashboard.view import View, go, plain


@dataclass(frozen=True, slots=True)
class Shown:
    """A dialog: its title, which says what the number is, and its content."""

    title: str
    body: Html


def open_proof(view: View) -> None:
    """Draw the evidence that the address asks for above the page; ending it takes it out of the address."""
    if view.scope.proof is None:
        return
    shown = PROOFS[view.scope.proof.kind](view, view.scope.proof.subject)
    dialog = st.dialog(plain(shown.title), width="large", on_dismiss=lambda: go(view.store, proof=None))
    dialog(_draw)(view, shown.body)


def _draw(view: View, body: Html) -> None:
    with st.container(key="proof"):
        st.html(join([_about(view), body]).text)
        view.link("data", view.text("proof.documents"), tab=DataTab.DOCUMENTS, source="", proof=None)


def _about(view: View) -> Html:
    """Of what year, place and rule the number is; a list and a published number depend on none of them."""
    proof = view.scope.proof
    if proof is None or proof.kind in (ProofKind.LIST, ProofKind.TOTAL):
        return Html("")
    place = f"{proof.subject[:2]}000" if proof.subject else view.scope.prefecture_area
    said = view.text(
        "proof.scope",
        year=view.words.year(view.scope.year),
        view=view.text(f"view.{view.scope.view}"),
        area=view.area_name(place),
        rule=view.text(f"rule.{view.scope.rule}"),
    )
    return tag("p", said, class_="sub")


def _title(view: View, kind: ProofKind, **values: object) -> str:
    rule = view.text(f"rule.{view.scope.rule}")
    return view.text(f"proof.title.{kind}", **{"rule": rule, **values})


def _states(view: View, prefecture: str = "") -> list[Row]:
    """The municipalities of a prefecture, or of the view."""
    return list(view.store.states(view.scope.year, view.scope.view, prefecture[:2] or view.scope.prefecture))


# -- the four cards -----------------------------------------------------------------------------------------------------


def _card(view: View, kind: ProofKind, shown: object, body: Html) -> Shown:
    """The evidence of a card; a year without a list has no number."""
    is_unlisted = figures(view.store, view.scope).is_unlisted
    lists = evidence.lists_read(view)
    return Shown(_title(view, kind, number="–" if is_unlisted else shown), lists if is_unlisted else body)


def _municipalities(view: View, _subject: str) -> Shown:
    """The statements of the municipalities that the rule counts; those merely inside a prefecture stand by prefecture."""
    scope, count = view.scope, figures(view.store, view.scope).municipalities
    states = "".join(sorted(COUNTED[scope.rule]))
    rows = view.store.evidence_of_count(scope.year, scope.view, scope.prefecture, states)
    body = [
        evidence.states_table(view, _states(view), scope.prefecture_area),
        evidence.evidence_table(view, rows),
    ]
    if State.D in COUNTED[scope.rule]:
        body.append(_inside(view))
    shown = f"{count.by(scope.rule):,} / {count.total:,}"
    return _card(view, ProofKind.MUNICIPALITIES, shown, join(body))


def _inside(view: View) -> Html:
    rows = view.store.evidence_of_inside(view.scope.year, view.scope.view, view.scope.prefecture)
    columns = [name_column(view, "table.prefecture"), number_column(view, "table.municipalities")]
    cells = [
        (
            view.proof(view.area_name(row["code"]), ProofKind.STATE, f"{row['code']}.{State.D}"),
            int(row["municipalities"]),
        )
        for row in rows
    ]
    return table(view.text("proof.inside"), columns, cells)


def _prefectures(view: View, _subject: str) -> Shown:
    scope, now = view.scope, figures(view.store, view.scope)
    rows = view.store.evidence_of_count(scope.year, scope.view, scope.prefecture, "")
    body = [evidence.evidence_table(view, rows), _without(view, now), evidence.lists_read(view)]
    shown = f"{now.prefectures} / {now.prefecture_total}"
    return _card(view, ProofKind.PREFECTURES, shown, join(body))


def _without(view: View, now: Figures) -> Html:
    """The prefectures in which no body at all is confirmed, most people first."""
    if not now.without_any:
        return Html("")
    people = view.words.people(sum(now.without_any.values()))
    caption = view.text("card.without_any", count=len(now.without_any), people=people)
    columns = [name_column(view, "table.prefecture"), number_column(view, "table.population")]
    ordered = sorted(now.without_any.items(), key=lambda pair: -pair[1])
    cells = ((evidence.area_link(view, view.store.areas[code]), count) for code, count in ordered)
    return table(caption, columns, cells)


def _people(view: View, _subject: str) -> Shown:
    """Every municipality that the rule counts, with its people, and the census they come from."""
    people, rows = figures(view.store, view.scope).people, _states(view)
    counted = [row for row in rows if row["state"] in COUNTED[view.scope.rule]]
    caption = view.text(
        "proof.people_title",
        rule=view.text(f"rule.{view.scope.rule}"),
        count=f"{len(counted):,}",
        people=f"{people.by(view.scope.rule):,}",
    )
    body = [
        tag("p", citation.census(view)),
        evidence.states_table(view, rows, view.scope.prefecture_area),
        _people_table(view, caption, counted),
    ]
    shown = f"{view.words.people(people.by(view.scope.rule))} / {view.words.people(people.total)}"
    return _card(view, ProofKind.PEOPLE, shown, join(body))


def _people_table(view: View, caption: str, rows: list[Row]) -> Html:
    columns = [
        name_column(view, "table.municipality"),
        text_column(view, "table.state"),
        number_column(view, "table.population"),
    ]
    ordered = sorted(rows, key=lambda row: -row["population"])
    cells = (
        (evidence.area_link(view, row), state_label(view, row["state"]), int(row["population"]))
        for row in ordered
    )
    return table(caption, columns, cells)


def _change(view: View, _subject: str) -> Shown:
    """Both years' counts, and the bodies first confirmed in the later one."""
    change = figures(view.store, view.scope).change
    if change is None:
        return _card(
            view, ProofKind.CHANGE, "–", join([evidence.joined_table(view), evidence.lists_read(view)])
        )
    body = join([_both_years(view), evidence.joined_table(view), evidence.lists_read(view)])
    return _card(view, ProofKind.CHANGE, f"{change.prefectures + change.municipalities:+}", body)


def _both_years(view: View) -> Html:
    years = (view.scope.year - 1, view.scope.year)
    counts = [figures(view.store, replace(view.scope, year=year)) for year in years]
    both = [(found.prefectures, found.municipalities.strict) for found in counts]
    rows: list[tuple[Part, ...]] = [
        (view.words.year(year), *pair, sum(pair)) for year, pair in zip(years, both, strict=True)
    ]
    more = [after - before for before, after in zip(*both, strict=True)]
    rows.append((view.text("proof.difference"), *(f"{each:+,}" for each in (*more, sum(more)))))
    columns = [
        name_column(view, "table.year"),
        number_column(view, "table.prefecture"),
        number_column(view, "table.municipality"),
        number_column(view, "proof.bodies"),
    ]
    return table(view.text("proof.change"), columns, rows)


# -- one area, one state, those not counted -----------------------------------------------------------------------------


def _area(view: View, code: str) -> Shown:
    area = view.store.areas[code]
    return Shown(_title(view, ProofKind.AREA, name=view.name(area), code=code), area_body(view, area))


def _state(view: View, subject: str) -> Shown:
    """The municipalities of one prefecture in one state, each with what the documents say."""
    prefecture, _, letter = subject.partition(".")
    rows = [row for row in _states(view, prefecture) if row["state"] == letter]
    title = _title(
        view,
        ProofKind.STATE,
        prefecture=view.area_name(prefecture),
        letter=letter,
        state=view.text(f"state.{letter}"),
        count=len(rows),
    )
    said = view.store.evidence_of_count(view.scope.year, view.scope.view, prefecture[:2], letter)
    caption = view.text("proof.state_title", state=letter, count=len(rows))
    columns = [
        name_column(view, "table.municipality"),
        text_column(view, "table.since"),
        number_column(view, "table.population"),
        *([text_column(view, "card.evidence")] if letter in "ABC" else []),
    ]
    cells = [_state_cells(view, row, [each for each in said if each["code"] == row["code"]]) for row in rows]
    listed = table(caption, columns, [each[: len(columns)] for each in cells])
    meaning = tag("p", view.text(f"state_meaning.{letter}"))
    census = tag("p", citation.census(view), class_="small")
    return Shown(title, join([meaning, listed, _of_letter(view, prefecture, State(letter)), census]))


def _state_cells(view: View, row: Row, said: list[Row]) -> tuple[Part, ...]:
    since = view.words.year_name(row["since_year"]) if row["since_year"] else "–"
    name = join([evidence.area_link(view, row), *doubted(view, row)], " ")
    return name, since, int(row["population"]), state_statements(view, said)


def _of_letter(view: View, prefecture: str, state: State) -> Html:
    """What else the documents say: of the prefecture where municipalities are only inside it, of nobody where they are silent."""
    if state == State.D:
        own = view.store.evidence_of_count(view.scope.year, view.scope.view, prefecture[:2], "")
        return evidence.evidence_table(view, own, view.text("proof.inside_evidence"))
    return evidence.lists_read(view) if state in (State.E, State.F) else Html("")


def _uncovered(view: View, prefecture: str) -> Shown:
    """The municipalities that the rule does not count, most people first; their people are the bar of the ranking."""
    rows = [row for row in _states(view, prefecture) if row["state"] not in COUNTED[view.scope.rule]]
    count, people = f"{len(rows):,}", f"{sum(int(row['population']) for row in rows):,}"
    rule = view.text(f"rule.{view.scope.rule}")
    caption = view.text("proof.uncovered_title", rule=rule, count=count, people=people)
    title = _title(
        view, ProofKind.UNCOVERED, prefecture=view.area_name(prefecture), count=count, people=people
    )
    body = [_people_table(view, caption, rows), tag("p", citation.census(view)), evidence.lists_read(view)]
    return Shown(title, join(body))


# -- one list, one published number -------------------------------------------------------------------------------------


def _list(view: View, year: str) -> Shown:
    row = next(row for row in view.store.years if row["fiscal_year"] == int(year))
    title = _title(view, ProofKind.LIST, year=view.words.year_name(int(year)), known=list_known(row))
    return Shown(title, list_body(view, row))


def _total(view: View, total_id: str) -> Shown:
    row = next(row for row in view.store.control_totals if row["total_id"] == total_id)
    title = _title(
        view,
        ProofKind.TOTAL,
        name=total_name(view, row),
        published=number(row["published"]),
        loaded=number(row["loaded"]),
    )
    return Shown(title, total_body(view, row))


PROOFS: Mapping[ProofKind, Callable[[View, str], Shown]] = {
    ProofKind.MUNICIPALITIES: _municipalities,
    ProofKind.PREFECTURES: _prefectures,
    ProofKind.PEOPLE: _people,
    ProofKind.CHANGE: _change,
    ProofKind.AREA: _area,
    ProofKind.STATE: _state,
    ProofKind.UNCOVERED: _uncovered,
    ProofKind.LIST: _list,
    ProofKind.TOTAL: _total,
}
