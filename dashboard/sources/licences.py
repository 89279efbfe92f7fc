"""The terms of use of the documents, and the credits to print."""

from collections import defaultdict

import streamlit as st

from dashboard import citation, parts
from dashboard.markup import Html, join, table, tag
from dashboard.sources.heading import heading
from dashboard.store import Row
from dashboard.view import View

CREDITS_OPEN = 3
"""Credits of one licence that are shown without folding."""


def licences(view: View) -> None:
    """Draw under which licence each kind of data may be used, and the credits to print."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in view.store.documents():
        grouped[row["licence"]].append(row)
    columns = [
        parts.name_column(view, "datapage.licence"),
        parts.number_column(view, "datapage.documents_count"),
        parts.text_column(view, "datapage.credit"),
    ]
    cells = (
        (citation.licence(view, licence), len(found), _credits(view, found))
        for licence, found in sorted(grouped.items())
    )
    title = view.text("datapage.licences_title")
    st.html(join([heading(view, "licences"), table(title, columns, cells, is_caption_shown=False)]).text)


def _credits(view: View, documents: list[Row]) -> Html:
    """Every credit once, as it must be printed; a long list folds."""
    lines = list(dict.fromkeys(row["credit"] or row["publisher"] for row in documents))
    listed = tag("ul", *(tag("li", credit, lang="ja") for credit in lines), class_="plain")
    return (
        listed
        if len(lines) <= CREDITS_OPEN
        else tag("details", tag("summary", citation.marked(view, lines[0])), listed)
    )
