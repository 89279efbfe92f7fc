"""The buttons that give pages away: the page in view and the whole deck, each written only when it is asked for."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.annual.asked import Asked
from dashboard.annual.marks import Deck
from dashboard.closed_lists import Outgoing
from dashboard.markup import join, tag
from dashboard.slides.asking import Sheet, listed, named
from dashboard.slides.drawing import deck_pages, facts_of, part, whole_deck
from dashboard.slides.list_file import list_file
from dashboard.slides.outgoing import IS_LIST, ending, file_of, stem
from dashboard.view import View

DECK = "deck"


def files(view: View, asked: Asked, sheet: Sheet) -> None:
    """Offer the page in view and the deck in every format.

    While a file is being written its button turns; what that means stands below, shown by the stylesheet alone.
    """
    pages = deck_pages(view.store, asked)
    count = sum(map(len, pages.values()))
    st.html(tag("h2", view.text("slides.files_title")).text)
    _heading(view, "page", named(view.words, sheet))
    _buttons(view, "page", stem(asked, sheet), len(pages[sheet]), partial(written, view, asked, sheet))
    _heading(view, DECK, view.text("slides.files_deck_sub", count=f"{count:,}"))
    _buttons(view, DECK, stem(asked, None), count, partial(written, view, asked, None))
    busy = tag("p", view.text("slides.making"), class_="making", role="status")
    failed = tag("p", view.text("slides.not_made"), class_="not-made", role="alert")
    st.html(join([busy, failed, tag("p", view.text("slides.files_note"), class_="small")]).text)


def _heading(view: View, what: str, about: str) -> None:
    st.html(join([tag("h3", view.text(f"slides.files_{what}")), tag("p", about, class_="small")]).text)


def _buttons(view: View, what: str, name: str, count: int, write: Callable[[Outgoing], bytes]) -> None:
    """Draw a button for each format; `count` pages go into the file."""
    with st.container(key=f"slides-files-{what}", horizontal=True, gap="small"):
        for form in Outgoing:
            st.download_button(
                view.text(f"outgoing.{form}"),
                data=partial(write, form),
                file_name=f"{name}.{ending(form, count)}",
                key=f"slides-{what}-{form}",
                on_click="ignore",
            )


def written(view: View, asked: Asked, sheet: Sheet | None, form: Outgoing) -> bytes:
    """Return one entry of the deck, or without one the whole deck, as a file."""
    if form in IS_LIST:
        return list_file(facts_of(view.store, asked.language), listed(asked, sheet), form, view.words)
    return file_of(_deck(view, asked, sheet), form)


def _deck(view: View, asked: Asked, sheet: Sheet | None) -> Deck:
    if sheet is None:
        return whole_deck(view.store, asked)
    return part(view.store, asked, deck_pages(view.store, asked)[sheet])
