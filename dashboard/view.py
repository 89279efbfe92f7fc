"""What every page is given: the choice, the words, the answers, and how to lead elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.scope import Choices, Scope
from dashboard.store import Row, Store
from dashboard.words import Words


@dataclass(frozen=True, slots=True)
class View:
    """One run of one page."""

    scope: Scope
    words: Words
    store: Store
    pages: Mapping[str, StreamlitPage]

    def text(self, key: str, /, **values: object) -> str:
        """Return a sentence of the words files."""
        return self.words.text(key, **values)

    def name(self, area: Row) -> str:
        """Return an area's name: Japanese, plus romaji in the English view."""
        romaji = area.get("romaji") or ""
        return f"{area['name']} {romaji}".strip() if self.words.language == "en" else str(area["name"])

    def area_name(self, code: str) -> str:
        """Return the name of the area `code`, or of the nation for ""."""
        return self.name(self.store.areas[code]) if code else self.text("scope.nation")

    def link(self, page: str, label: str, **changes: object) -> None:
        """Draw a link to another page that keeps the view but for `changes`."""
        st.page_link(self.pages[page], label=plain(label), query_params=self.scope.address(**changes))


def choices(store: Store) -> Choices:
    """Return the closed lists that the address is read with."""
    return Choices(
        years=tuple(row["fiscal_year"] for row in store.years),
        default_year=store.latest_year_with_facts,
        areas=store.areas,
        sources=store.source_ids,
        tables=tuple(row["table_name"] for row in store.tables),
    )


def go(store: Store, **changes: object) -> None:
    """Write a changed view into the address; the run that follows reads it from there.

    The address is read again first: of two quick changes the second may have been drawn before the first was known.
    """
    scope, _ = Scope.from_address(st.query_params, choices(store))
    st.query_params.from_dict(scope.address(**changes))


def plain(label: str) -> str:
    """Return `label` so that Streamlit's Markdown shows it as it is: names are data, never markup.

    >>> plain("*甲*町")
    '\\\\*甲\\\\*町'
    """
    return "".join(f"\\{sign}" if sign in MARKDOWN_SIGNS else sign for sign in label)


MARKDOWN_SIGNS = frozenset("\\`*_{}[]()<>#+-.!|~:$")
