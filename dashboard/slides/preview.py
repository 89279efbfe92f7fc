"""The page in view, as it will be exported, and the contents of the deck to choose from."""

import hashlib
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.annual.asked import Asked
from dashboard.annual.drawing.svg import svg
from dashboard.annual.marks import Page
from dashboard.closed_lists import SheetKind
from dashboard.controls import PickRow, pick_list
from dashboard.markup import tag
from dashboard.parts import list_known
from dashboard.slides.asking import Sheet, chosen, named
from dashboard.slides.drawing import KEPT_DECKS, deck_pages, screen_pages
from dashboard.stage import StagePage, stage, stage_room, stage_words, turned_to
from dashboard.store import Store
from dashboard.view import View, go

STAGE = "slides-stage"


def preview(view: View, asked: Asked, sheet: Sheet) -> DeltaGenerator:
    """Draw the deck with the page in view, and return the place of `presentation`; turning a page is written into the address."""
    return stage(
        previewed(view.store, asked),
        key=STAGE,
        words=stage_words(view.words),
        room=_room(view.store, asked),
        present=view.scope.present,
        shown=deck_pages(view.store, asked)[sheet][0].key,
        on_turn=lambda: _turned(view, asked),
    )


def presentation(view: View, asked: Asked, place: DeltaGenerator) -> None:
    """Bring the pages for the screen of a room, which take as long to draw as the deck."""
    stage_room(place, presented(view.store, asked), key=STAGE, room=_room(view.store, asked))


def _room(store: Store, asked: Asked) -> str:
    """What is presented has a name before it is drawn."""
    return hashlib.sha256(repr((store.build.build_id, asked)).encode()).hexdigest()[:16]


@lru_cache(maxsize=KEPT_DECKS)
def previewed(store: Store, asked: Asked) -> tuple[StagePage, ...]:
    """Return the pages of the deck as the stage takes them; a map says which page for the room shows the same."""
    return tuple(
        {**_staged(asked, page), "presented_as": _presented_key(sheet)}
        for sheet, found in deck_pages(store, asked).items()
        for page in found
    )


@lru_cache(maxsize=KEPT_DECKS)
def presented(store: Store, asked: Asked) -> tuple[StagePage, ...]:
    """Return the pages for the screen of a room as the stage takes them, under the names that the address has for them."""
    names = {f"present-{year}": str(year) for year in asked.years} | {
        "present-build-up": str(SheetKind.BUILD_UP)
    }
    return tuple({**_staged(asked, page), "key": names[page.key]} for page in screen_pages(store, asked))


def _presented_key(sheet: Sheet) -> str:
    """A year, or the build-up; other pages of the deck are not for the screen of a room."""
    return str(sheet.year or sheet.kind)


def _staged(asked: Asked, page: Page) -> StagePage:
    return StagePage(key=page.key, title=page.title, alt=page.alt, svg=svg(page, language=asked.language))


def _turned(view: View, asked: Asked) -> None:
    """What the browser says is looked up among the pages of the deck: anything else changes nothing."""
    key = turned_to(STAGE)
    for sheet, found in deck_pages(view.store, asked).items():
        if key in {page.key for page in found}:
            go(view.store, **chosen(view.scope, sheet))


def contents(view: View, asked: Asked, sheet: Sheet) -> None:
    """Draw the deck's contents as a list; the page in view is marked."""
    st.html(tag("h2", view.text("slides.contents")).text)
    known = {row["fiscal_year"]: list_known(view, row)[0] for row in view.store.years}
    rows = [
        PickRow(code=each.code, label=named(view.words, each), value=known[each.year] if each.year else "")
        for each in deck_pages(view.store, asked)
    ]
    label = view.text("slides.contents")
    pick_list(
        rows,
        key="slides-contents",
        label=label,
        selected=sheet.code,
        on_pick=lambda code: _picked(view, asked, code),
    )


def _picked(view: View, asked: Asked, code: str) -> None:
    for sheet in deck_pages(view.store, asked):
        if sheet.code == code:
            go(view.store, **chosen(view.scope, sheet))
