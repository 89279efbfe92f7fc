"""Every document, what it says of bodies, and every row that is drawn from it."""

import streamlit as st

from dashboard import citation, parts
from dashboard.chosen import select
from dashboard.markup import Html, Part, join, link, table, tag
from dashboard.sources.heading import heading
from dashboard.store import Row, Rows
from dashboard.view import View


def documents(view: View) -> None:
    """List every document with the number of rows drawn from it; one of them can be opened."""
    st.html(heading(view, "documents").text)
    rows = view.store.documents()
    titles = {row["source_id"]: citation.plain(view, row, "title") for row in rows}
    select(
        view,
        "source",
        ["", *titles],
        label=view.text("datapage.choose_document"),
        shown=lambda source: (
            f"{titles[source]}{view.words.bracketed(source)}"
            if source
            else view.text("datapage.all_documents")
        ),
        key="source",
        width=640,
        is_label_shown=True,
    )
    if view.scope.source:
        _document(view, next(row for row in rows if row["source_id"] == view.scope.source))
    else:
        st.html(_documents_table(view, rows).text)


def _documents_table(view: View, rows: Rows) -> Html:
    columns = [
        parts.name_column(view, "table.document"),
        parts.text_column(view, "datapage.publisher"),
        parts.text_column(view, "datapage.published_on"),
        parts.text_column(view, "datapage.licence"),
        parts.number_column(view, "datapage.facts"),
    ]
    cells = (
        (
            join([link(citation.gloss(view, row, "title"), row["url"]), tag("code", row["source_id"])], " "),
            citation.own(view, row, "publisher"),
            view.words.date(row["published_on"] or ""),
            citation.licence(view, row["licence"]),
            int(row["facts"]),
        )
        for row in rows
    )
    return table(view.text("datapage.documents_title"), columns, cells, is_caption_shown=False)


def _document(view: View, document: Row) -> None:
    """One document: what it says of bodies, and every row of every table that cites it."""
    facts: list[Part] = [
        link(citation.gloss(view, document, "title"), document["url"]),
        citation.published(view, document),
        citation.licence(view, document["licence"]),
    ]
    about = tag("p", join(facts, view.words.separator("apart")))
    said = view.store.evidence_of_source(document["source_id"])
    stated = (
        _stated(view, document, said) if said else tag("p", view.text("datapage.no_area_facts"), class_="sub")
    )
    st.html(join([about, stated, _cited(view, view.store.rows_of_source(document["source_id"]))]).text)


def _stated(view: View, document: Row, rows: Rows) -> Html:
    columns = [
        parts.name_column(view, "evidence.area"),
        parts.text_column(view, "evidence.year"),
        parts.text_column(view, "evidence.statement"),
        parts.text_column(view, "evidence.place"),
    ]
    cells = (
        (*citation.body_and_year(view, row), citation.statement(view, row), citation.locator(view, row))
        for row in rows
    )
    return table(
        view.text("datapage.facts_title", title=citation.plain(view, document, "title")), columns, cells
    )


def _cited(view: View, rows: Rows) -> Html:
    columns = [
        parts.text_column(view, "datapage.table_name"),
        parts.name_column(view, "table.measure"),
        parts.text_column(view, "datapage.locator"),
    ]
    cells = (
        (tag("code", row["fact_table"]), citation.marked(view, row["label"]), citation.locator(view, row))
        for row in rows
    )
    return table(view.text("datapage.cited_title", count=f"{len(rows):,}"), columns, cells)
