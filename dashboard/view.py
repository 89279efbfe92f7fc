"""What every page is given: the choice, the words, the answers, and how to lead elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.closed_lists import Panel, ProofKind
from dashboard.markup import Html, Part, html, tag
from dashboard.scope import Choices, Proof, Scope
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

    def told(self, key: str, /, **values: Part) -> Html:
        """Return a sentence of the words files as a fragment: its values may be links, all else is escaped."""
        template = Html(html(self.words.sentences[key]))
        return Html(template.text.format(**{name: html(value) for name, value in values.items()}))

    def name(self, area: Row) -> str:
        """Return an area's name: Japanese, plus romaji in the English view."""
        romaji = area.get("romaji") or ""
        return f"{area['name']} {romaji}".strip() if self.words.language == "en" else str(area["name"])

    def area_name(self, code: str) -> str:
        """Return the name of the area `code`, or of the nation for ""."""
        return self.name(self.store.areas[code]) if code else self.text("scope.nation")

    def proof(
        self, shown: Part, kind: ProofKind, subject: str = "", *, named: str | None = None, **changes: object
    ) -> Html:
        """Return a number as a link that opens its evidence; `named` is read aloud where the number alone says too little.

        `changes` belong to a number that is not of this view, such as one of another counting rule.
        """
        address = urlencode(self.scope.address(proof=Proof(kind, subject), **changes))
        return tag("a", shown, href=f"?{address}", target="_self", class_="proof", aria_label=named)

    def link(self, page: str, label: str, **changes: object) -> None:
        """Draw a link to another page that keeps the view but for `changes`, the evidence that is open and a presentation."""
        address = self.scope.address(**{"proof": None, "present": "", **changes})
        st.page_link(self.pages[page], label=plain(label), query_params=address)


def choices(store: Store) -> Choices:
    """Return the closed lists that the address is read with."""
    return Choices(
        years=tuple(row["fiscal_year"] for row in store.years),
        default_year=store.latest_year_with_facts,
        areas=store.areas,
        sources=store.source_ids,
        tables=tuple(row["table_name"] for row in store.tables),
        totals=tuple(row["total_id"] for row in store.control_totals),
        place_kinds=store.place_kinds,
        targets=tuple(row["target_id"] for row in store.targets),
        themes=tuple(row["theme_id"] for row in store.themes),
        source_years=store.source_years,
    )


def go(store: Store, **changes: object) -> None:
    """Write a changed view into the address; the run that follows reads it from there.

    The address is read again first: of two quick changes the second may have been drawn before the first was known.
    """
    scope, _ = Scope.from_address(st.query_params, choices(store))
    st.query_params.from_dict(scope.address(**changes))


def turn(store: Store, panel: Panel, *, is_open: bool) -> None:
    """Write into the address that a panel is open or closed."""
    scope, _ = Scope.from_address(st.query_params, choices(store))
    go(store, open=scope.open | {panel} if is_open else scope.open - {panel})


def plain(label: str) -> str:
    """Return `label` so that Streamlit's Markdown shows it as it is: names are data, never markup.

    >>> plain("*甲*町")
    '\\\\*甲\\\\*町'
    """
    return "".join(f"\\{sign}" if sign in MARKDOWN_SIGNS else sign for sign in label)


MARKDOWN_SIGNS = frozenset("\\`*_{}[]()<>#+-.!|~:$")
