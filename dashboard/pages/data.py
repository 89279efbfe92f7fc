"""データと出典: every table to take away, every document and what is drawn from it, and how our counts were checked."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import reconciliation
from dashboard.chosen import buttons
from dashboard.closed_lists import DataTab
from dashboard.imports.check import import_check
from dashboard.markup import join, tag
from dashboard.sources.documents import documents
from dashboard.sources.heading import heading
from dashboard.sources.licences import licences
from dashboard.sources.names import names
from dashboard.sources.tables import tables
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page: one part at a time, chosen in the address."""
    st.html(
        join(
            [
                tag("h1", view.text("datapage.title"), id="main", class_="headline"),
                tag("p", view.text("datapage.lead"), class_="sub"),
            ]
        ).text
    )
    buttons(view, "tab", DataTab, label=view.text("datapage.title"), key="tab")
    with st.container(key="card-data"):
        PARTS[view.scope.tab](view)


def published_numbers(view: View) -> None:
    """Draw every published number against ours, with the reason where they do not meet."""
    rows = view.store.control_totals
    st.html(
        join(
            [
                heading(view, "reconciliation"),
                reconciliation.verdict_counts(view),
                reconciliation.totals_table(view, rows),
            ]
        ).text
    )


PARTS: Mapping[DataTab, Callable[[View], None]] = {
    DataTab.TABLES: tables,
    DataTab.DOCUMENTS: documents,
    DataTab.RECONCILIATION: published_numbers,
    DataTab.NAMES: names,
    DataTab.LICENCES: licences,
    DataTab.IMPORT: import_check,
}
