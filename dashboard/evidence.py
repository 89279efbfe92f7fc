"""The documents behind a figure: what they say, of whom, and where in them it stands."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import streamlit as st

from dashboard.figures import figures
from dashboard.markup import Html, Part, join, link, table, tag
from dashboard.parts import name_column, number_column, state_label, text_column
from dashboard.scope import DataTab
from dashboard.states import COUNTED, State
from dashboard.store import Row, Rows
from dashboard.view import View


def count_evidence(view: View, kind: str) -> None:
    """Draw the button that opens the statements behind a count; they are sent only when it is open."""
    opened = st.popover(
        view.text("card.evidence"), type="tertiary", on_change="rerun", key=f"evidence-{kind}"
    )
    if opened.open:
        with opened:
            st.html(EVIDENCE[kind](view).text)
            view.link("data", view.text("evidence.all"), tab=DataTab.DOCUMENTS)


def _municipality_evidence(view: View) -> Html:
    """The statements of the municipalities that the rule counts; those merely inside a prefecture stand by prefecture."""
    scope = view.scope
    states = "".join(sorted(COUNTED[scope.rule]))
    rows = view.store.evidence_of_count(scope.year, scope.view, scope.prefecture, states)
    own = evidence_table(view, rows)
    if State.D not in COUNTED[scope.rule]:
        return own
    inside = view.store.evidence_of_inside(scope.year, scope.view, scope.prefecture)
    columns = [name_column(view, "table.prefecture"), number_column(view, "table.municipalities")]
    cells = [(row["name"], int(row["municipalities"])) for row in inside]
    return join([own, table(view.text("state.D"), columns, cells)])


def _prefecture_evidence(view: View) -> Html:
    scope = view.scope
    taking_part = evidence_table(
        view, view.store.evidence_of_count(scope.year, scope.view, scope.prefecture, "")
    )
    without = figures(view.store, scope).without_any
    if not without:
        return taking_part
    columns = [name_column(view, "table.prefecture"), number_column(view, "table.population")]
    caption = view.text(
        "card.without_any", count=len(without), people=view.words.people(sum(without.values()))
    )
    cells = [
        (view.area_name(code), people) for code, people in sorted(without.items(), key=lambda pair: -pair[1])
    ]
    return join([table(caption, columns, cells), taking_part])


def _people_evidence(view: View) -> Html:
    """Every municipality that the rule counts, with its people, and the census they come from."""
    counted = COUNTED[view.scope.rule]
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    columns = [
        name_column(view, "table.municipality"),
        text_column(view, "table.state"),
        number_column(view, "table.population"),
    ]
    cells = [
        (view.name(row), state_label(view, row["state"]), int(row["population"]))
        for row in rows
        if row["state"] in counted
    ]
    bodies = view.text("evidence.bodies", count=f"{len(cells):,}")
    caption = f"{view.text('evidence.title')}{view.words.bracketed(bodies)}"
    return join([tag("p", census(view)), table(caption, columns, cells)])


def census(view: View) -> Html:
    """Return the document of all figures of people and households."""
    return document(view.store.census) if view.store.census else Html("")


def joined_table(view: View) -> Html:
    """Return the bodies first confirmed in the year in view, each with its document."""
    rows = view.store.joined(view.scope.year, view.scope.view, view.scope.prefecture)
    if not rows:
        return tag("p", view.text("overview.joined_none"), class_="sub")
    columns = [name_column(view, "evidence.area"), text_column(view, "evidence.document")]
    title = view.text("overview.joined_title", year=view.words.year_name(view.scope.year))
    cells = ((_body_name(view, row), join([*_flags(view, row), document(row)], " ")) for row in rows)
    caption = _counted(view, title, len(rows))
    return table(caption, columns, cells)


def _body_name(view: View, row: Row) -> Html:
    """■ prefecture or designated city, □ other municipality: the marks of the ministry's own map."""
    mark = "■" if row["kind"] in ("prefecture", "designated_city") else "□"
    inside = "" if row["kind"] == "prefecture" else view.words.bracketed(row["prefecture_name"])
    return join([f"{mark} {view.name(row)}{inside}"])


EVIDENCE: Mapping[str, Callable[[View], Html]] = {
    "municipality": _municipality_evidence,
    "prefecture": _prefecture_evidence,
    "people": _people_evidence,
    "change": joined_table,
}


def _counted(view: View, title: str, count: int) -> str:
    return f"{title}{view.words.bracketed(view.text('evidence.count', count=f'{count:,}'))}"


def evidence_table(view: View, rows: Rows) -> Html:
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
    caption = f"{view.text('evidence.title')}{view.words.bracketed(f'{bodies} {statements}')}"
    return table(caption, columns, (_evidence_cells(view, row) for row in rows))


def _evidence_cells(view: View, row: Row) -> tuple[Part, ...]:
    year = view.words.year_name(row["fiscal_year"]) if row["fiscal_year"] else view.text("table.unknown")
    return (_body_name(view, row), year, join([statement(view, row)]), document(row), row["source_locator"])


def statement(view: View, row: Row) -> Html:
    """Return what a document says of an area, with its doubts; the printed words stay Japanese."""
    said = tag("span", row["statement"], lang="ja") if row["statement"] else None
    return join([tag("b", view.text(f"claim.{row['claim']}")), *_flags(view, row), said], " ")


def _flags(view: View, row: Row) -> list[Html]:
    doubts = (("evidence.likely", row["confidence"] == "likely"), ("evidence.disputed", row["is_disputed"]))
    return [tag("span", view.text(key), class_="flag") for key, is_so in doubts if is_so]


def document(row: Row) -> Html:
    """Return a document's title with its publisher and date: a link to it, or to its rows here where it has no address."""
    about = "・".join(str(part) for part in (row["publisher"], row["published_on"]) if part)
    title = tag("span", row["title"], lang="ja")
    shown = (
        link(title, row["url"])
        if row["url"]
        else tag(
            "a",
            title,
            href=f"data?{urlencode({'tab': 'documents', 'source': row['source_id']})}",
            target="_self",
        )
    )
    return join([shown, tag("span", about, class_="small", lang="ja")], " ")
