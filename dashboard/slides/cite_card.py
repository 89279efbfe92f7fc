"""The line that cites the page in view, to be copied as plain text: title, documents with date and terms, boundaries, build."""

from collections.abc import Iterable

import streamlit as st

from dashboard import citation
from dashboard.annual.asked import Asked
from dashboard.annual.facts import Facts, YearList
from dashboard.annual.maps.tally import is_registered
from dashboard.annual.maps.telling import years_name
from dashboard.annual.pages.within import area_name, evidence
from dashboard.closed_lists import SheetKind
from dashboard.markup import Html, Part, join, tag
from dashboard.slides.answer_card import copy, line, version
from dashboard.slides.asking import MAPS, Sheet, listed
from dashboard.slides.finding import bodies_of, lists_of
from dashboard.store import Row
from dashboard.view import View

CITED = "slides-cited"
"""Name of the text that the button copies."""
OF_PEOPLE = (SheetKind.PREFECTURES, SheetKind.GAPS)
"""Pages whose numbers of people come from the census."""


def cite_card(view: View, facts: Facts, asked: Asked, sheet: Sheet, title: str) -> None:
    """Draw the citation of one entry of the deck; `title` is its page's own."""
    heading = tag("h2", view.text("slides.cite_title"))
    sub = tag("p", view.text("slides.cite_sub"), class_="sub")
    made = view.text("slides.cited_as", title=title, what=_what(view, facts, asked, sheet))
    lines = [
        tag("div", citation.marked(view, made)),
        *line(view, "source", sources(view, facts, asked, sheet)),
        *line(view, "map", [facts.credit] if sheet.kind in MAPS else []),
        *line(view, "version", [version(view, facts)]),
    ]
    st.html(join([heading, sub, tag("div", *lines, id=CITED, class_="copied")]).text)
    copy(view, CITED)


def _what(view: View, facts: Facts, asked: Asked, sheet: Sheet) -> str:
    """Of which years and area the page is; a page that is no map says its own year in its title."""
    area = area_name(facts, asked, view.words)
    if sheet.kind not in MAPS:
        return area
    years = years_name(view.words, lists_of(facts, listed(asked, sheet)))
    return f"{years}{view.words.bracketed(area)}"


def sources(view: View, facts: Facts, asked: Asked, sheet: Sheet) -> list[Part]:
    """Return what the page rests on: of a map the lists, of another page the census or the documents of the appendix."""
    if sheet.kind in MAPS:
        shown = listed(asked, sheet)
        return _of_lists(view, shown, [entry for entry in lists_of(facts, shown) if is_registered(entry)])
    census = [_cited(view, view.store.census)] if sheet.kind in OF_PEOPLE and view.store.census else []
    count = len(evidence(facts, asked))
    return [*census, view.text("slides.cited_documents", count=f"{count:,}")]


def _of_lists(view: View, asked: Asked, entries: Iterable[YearList]) -> list[Part]:
    """The documents of the lists, and how many others name a body of the area."""
    entries = tuple(entries)
    named = dict.fromkeys(entry.source_id for entry in entries)
    others = {body.source_id for entry in entries for body in bodies_of(entry, asked)} - set(named)
    more = [view.text("slides.cited_more", count=f"{len(others):,}")] if others else []
    rows = (view.store.source(source_id) for source_id in named)
    return [*(_cited(view, row) for row in rows if row), *more]


def _cited(view: View, row: Row) -> Html:
    """A document with the terms under which its facts are used."""
    return view.told(
        "slides.with_terms",
        document=citation.document(view, row),
        licence=citation.licence(view, row["licence"]),
    )
