"""Names that stand more than once, rows that needed a decision, errors of documents, other spellings."""

from collections import defaultdict

import streamlit as st

from dashboard import citation, parts
from dashboard.markup import Html, Part, join, table, tag
from dashboard.sources.heading import heading
from dashboard.view import View


def names(view: View) -> None:
    """Draw the names that stand more than once, the rows that needed a decision, and the errors of documents."""
    st.html(
        join(
            [heading(view, "names"), _likely(view), _corrections(view), _aliases(view), _homonyms(view)]
        ).text
    )


def _homonyms(view: View) -> Html:
    places: dict[str, list[str]] = defaultdict(list)
    for row in view.store.ambiguous_names:
        places[row["name"]].append(
            f"{citation.prefecture(view, row['code'])}{view.words.bracketed(row['code'])}"
        )
    title = view.text("datapage.ambiguous_title", names=len(places), areas=sum(map(len, places.values())))
    columns = [
        parts.name_column(view, "datapage.ambiguous_name"),
        parts.text_column(view, "datapage.ambiguous_places"),
    ]
    return table(
        title,
        columns,
        ((citation.marked(view, name), view.text("comma").join(found)) for name, found in places.items()),
    )


def _likely(view: View) -> Html:
    columns = [
        parts.name_column(view, "evidence.area"),
        parts.text_column(view, "evidence.year"),
        parts.text_column(view, "table.reason"),
        parts.text_column(view, "table.document"),
    ]
    cells = (
        (*citation.body_and_year(view, row), citation.own(view, row, "note"), citation.document(view, row))
        for row in view.store.likely_facts
    )
    return join(
        [
            tag("p", view.text("datapage.likely_sub"), class_="sub"),
            table(view.text("datapage.likely_title"), columns, cells),
        ]
    )


def _corrections(view: View) -> Html:
    columns = [
        parts.name_column(view, "datapage.printed"),
        parts.text_column(view, "datapage.corrected"),
        parts.text_column(view, "table.reason"),
        parts.text_column(view, "table.document"),
        parts.text_column(view, "datapage.locator"),
    ]
    cells = (
        (
            citation.marked(view, row["printed"]),
            citation.marked(view, row["corrected"]),
            citation.own(view, row, "reason"),
            citation.document(view, row),
            citation.locator(view, row),
        )
        for row in view.store.corrections
    )
    return table(view.text("datapage.corrections_title"), columns, cells)


def _aliases(view: View) -> Html:
    if not view.store.aliases:
        return Html("")
    columns = [
        parts.name_column(view, "datapage.printed"),
        parts.text_column(view, "table.municipality"),
        parts.text_column(view, "table.code"),
        parts.text_column(view, "table.reason"),
    ]
    cells: list[tuple[Part, ...]] = [
        (
            citation.marked(view, row["printed"]),
            view.name(row),
            row["code"],
            citation.own(view, row, "reason"),
        )
        for row in view.store.aliases
    ]
    return table(view.text("datapage.aliases_title"), columns, cells)
