"""The documents behind a figure: what they say, of whom, and where in them it stands. Tables that several proofs share."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard import citation
from dashboard.closed_lists import CountingRule, ProofKind
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.parts import is_in_view, name_column, number_column, state_label, text_column
from dashboard.states import COUNTED, State
from dashboard.store import Row
from dashboard.view import View

DONE, OPEN = "●", "–"


def area_link(view: View, row: Row) -> Html:
    """Return an area's name as a link to all that is known of it."""
    return view.proof(view.name(row), ProofKind.AREA, row["code"])


def body_link(view: View, row: Row) -> Html:
    """Return a body's mark, name and prefecture as a link to all that is known of it."""
    return view.proof(citation.body_name(view, row), ProofKind.AREA, row["code"])


def joined_table(view: View) -> Html:
    """Return the bodies first confirmed in the year in view, each with its document."""
    rows = view.store.joined(view.scope.year, view.scope.view, view.scope.prefecture)
    if not rows:
        return tag("p", view.text("overview.joined_none"), class_="sub")
    columns = [name_column(view, "evidence.area"), text_column(view, "evidence.document")]
    title = view.text("overview.joined_title", year=view.words.year_name(view.scope.year))
    cells = (
        (
            body_link(view, row),
            join([*_joint(view, row), *citation.flags(view, row), citation.document(view, row)], " "),
        )
        for row in rows
    )
    return table(f"{title}{view.words.bracketed(_joined_count(view, rows))}", columns, cells)


def _joined_count(view: View, rows: Sequence[Row]) -> str:
    """How many bodies are counted, and beside them those that only take part jointly."""
    counted = sum(row["is_counted"] for row in rows)
    joint = len(rows) - counted
    shown = view.text("trend.bodies_one" if counted == 1 else "trend.bodies", count=f"{counted:,}")
    return view.text("overview.joined_joint", bodies=shown, joint=f"{joint:,}") if joint else shown


def _joint(view: View, row: Row) -> list[Part]:
    return [] if row["is_counted"] else [tag("span", view.text("claim.joint_partner"), class_="flag")]


def evidence_table(view: View, rows: Sequence[Row], caption: str = "") -> Html:
    """Return statements as a table: body, year, what, document with link, place in the document."""
    if not rows:
        return tag("p", view.text("evidence.none"))
    columns = [
        name_column(view, "evidence.area"),
        text_column(view, "evidence.year"),
        text_column(view, "evidence.statement"),
        text_column(view, "evidence.document"),
        text_column(view, "evidence.place"),
    ]
    bodies = view.text("evidence.bodies", count=f"{len({row['code'] for row in rows}):,}")
    statements = view.text("evidence.count", count=f"{len(rows):,}")
    counted = f"{view.text('evidence.title')}{view.words.bracketed(f'{bodies} {statements}')}"
    return table(caption or counted, columns, (_evidence_cells(view, row) for row in rows))


def _evidence_cells(view: View, row: Row) -> tuple[Part, ...]:
    year = view.words.year_name(row["fiscal_year"]) if row["fiscal_year"] else view.text("table.unknown")
    return (
        body_link(view, row),
        year,
        citation.statement(view, row),
        citation.document(view, row),
        citation.locator(view, row),
    )


def states_table(view: View, rows: Sequence[Row], prefecture: str = "") -> Html:
    """Return municipalities and people by state, which of them the rule counts, and the sum of those.

    In one `prefecture` (code) the number of a state leads to its municipalities.
    """
    counted = COUNTED[view.scope.rule]
    rule = view.text(f"rule.{view.scope.rule}")
    people = {state: [int(row["population"]) for row in rows if row["state"] == state] for state in State}
    cells: list[tuple[Part, ...]] = [
        (
            state_label(view, state),
            DONE if state in counted else OPEN,
            _of_state(view, state, len(found), prefecture),
            sum(found),
        )
        for state, found in people.items()
        if found
    ]
    sums = [_sum_of(view, each, people) for each in CountingRule]
    columns = [
        name_column(view, "table.state"),
        Column(view.text("proof.counted", rule=rule)),
        number_column(view, "table.municipalities"),
        number_column(view, "table.population"),
    ]
    return table(view.text("proof.by_state"), columns, [*cells, *sums])


def _sum_of(view: View, rule: CountingRule, people: Mapping[State, list[int]]) -> tuple[Part, ...]:
    """Every rule's sum: each is a number of the card."""
    whole = [found for state, found in people.items() if state in COUNTED[rule]]
    name = view.text("proof.sum", rule=view.text(f"rule.{rule}"))
    return tag("strong", name), "", sum(map(len, whole)), sum(map(sum, whole))


def _of_state(view: View, state: State, count: int, prefecture: str) -> Part:
    if not prefecture:
        return count
    shown = f"{count:,}"
    named = view.text("proof.number_of", name=view.text(f"state.{state}"), number=shown)
    return view.proof(shown, ProofKind.STATE, f"{prefecture}.{state}", named=named)


def lists_read(view: View) -> Html:
    """Return the lists that were read for the view, each with its document, its date and how much of it is registered."""
    rows = [
        row
        for row in view.store.years
        if row["list_state"] != "not_registered" and is_in_view(view, row["fiscal_year"])
    ]
    if not rows:
        return tag("p", view.text("proof.no_list", year=view.words.year_name(view.scope.year)))
    columns = [
        name_column(view, "table.year"),
        number_column(view, "proof.list_published"),
        number_column(view, "proof.list_named"),
        text_column(view, "evidence.document"),
        text_column(view, "evidence.place"),
    ]
    cells = (_list_cells(view, row) for row in rows)
    partial = any(row["list_state"] != "complete" for row in rows)
    note = tag("p", view.text("proof.documents_partial"), class_="small") if partial else None
    return join([table(view.text("proof.documents_read"), columns, cells), note])


def _list_cells(view: View, row: Row) -> tuple[Part, ...]:
    year = view.words.year(row["fiscal_year"])
    return (
        view.proof(year, ProofKind.LIST, str(row["fiscal_year"])),
        "–" if row["published_total"] is None else int(row["published_total"]),
        int(row["named"]),
        document_of(view, row["source_id"]),
        citation.locator(view, row),
    )


def document_of(view: View, source_id: str) -> Html:
    """Return one document, cited."""
    row = view.store.source(source_id)
    return citation.document(view, row) if row else Html("")


def facts(pairs: Iterable[tuple[str, Part]]) -> Html:
    """Return names and values as a list of facts."""
    return tag("dl", *(join([tag("dt", name), tag("dd", value)]) for name, value in pairs), class_="facts")
