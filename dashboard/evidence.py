"""The documents behind a figure: what they say, of whom, and where in them it stands."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard.markup import Html, Part, join, link, table, tag
from dashboard.parts import name_column, number_column, state_label, text_column
from dashboard.scope import DataTab
from dashboard.states import COUNTED
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


def _bodies_evidence(kind: str, view: View) -> Html:
    rows = view.store.evidence_of_count(view.scope.year, view.scope.view, view.scope.prefecture, kind)
    return evidence_table(view, rows)


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
    census = document(view.store.census) if view.store.census else Html("")
    caption = _counted(view, view.text("evidence.title"), len(cells))
    return join([tag("p", census), table(caption, columns, cells)])


def joined_table(view: View) -> Html:
    """Return the bodies first confirmed in the year in view, each with its document."""
    rows = view.store.joined(view.scope.year, view.scope.view, view.scope.prefecture)
    if not rows:
        return tag("p", view.text("overview.joined_none"), class_="sub")
    columns = [name_column(view, "evidence.area"), text_column(view, "evidence.document")]
    title = view.text("overview.joined_title", year=view.words.year_name(view.scope.year))
    cells = ((_body_name(view, row), document(row)) for row in rows)
    caption = _counted(view, title, len(rows))
    return table(caption, columns, cells)


def _body_name(view: View, row: Row) -> Html:
    """■ prefecture or designated city, □ other municipality: the marks of the ministry's own map."""
    mark = "■" if row["kind"] in ("prefecture", "designated_city") else "□"
    inside = "" if row["kind"] == "prefecture" else view.words.bracketed(row["prefecture_name"])
    return join([f"{mark} {view.name(row)}{inside}"])


EVIDENCE: Mapping[str, Callable[[View], Html]] = {
    "municipality": partial(_bodies_evidence, "municipality"),
    "prefecture": partial(_bodies_evidence, "prefecture"),
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
    caption = _counted(view, view.text("evidence.title"), len(rows))
    return table(caption, columns, (_evidence_cells(view, row) for row in rows))


def _evidence_cells(view: View, row: Row) -> tuple[Part, ...]:
    year = view.words.year_name(row["fiscal_year"]) if row["fiscal_year"] else view.text("table.unknown")
    return (row["name"], year, join([statement(view, row)]), document(row), row["source_locator"])


def statement(view: View, row: Row) -> Html:
    """Return what a document says of an area, with its doubts."""
    marks: list[Part] = [tag("b", view.text(f"claim.{row['claim']}"))]
    if row["confidence"] == "likely":
        marks.append(tag("span", view.text("evidence.likely"), class_="flag"))
    if row["is_disputed"]:
        marks.append(tag("span", view.text("evidence.disputed"), class_="flag"))
    if row["statement"]:
        marks.append(tag("span", row["statement"]))
    return join(marks, " ")


def document(row: Row) -> Html:
    """Return a document's title as a link, with its publisher and date."""
    about = "・".join(str(part) for part in (row["publisher"], row["published_on"]) if part)
    return join([link(row["title"], row["url"]), tag("span", about, class_="small")], " ")
