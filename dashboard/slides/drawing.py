"""The pages that are shown and exported, each drawn once for a build and a wish: the preview is the very page of the file."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dashboard.annual.asked import Asked
from dashboard.annual.deck import deck, pages_of
from dashboard.annual.facts import Facts
from dashboard.annual.maps.map_pages import presented_pages, year_pages
from dashboard.annual.marks import Deck, Page
from dashboard.slides.asking import Sheet, sheets
from dashboard.slides.gather import gathered, ground_of
from dashboard.store import Store
from dashboard.words import words

KEPT_DECKS = 8
"""Wishes whose pages are kept: a deck of all years has some twenty pages, each with 100 kB of marks."""


@lru_cache(maxsize=4)
def facts_of(store: Store, language: str) -> Facts:
    """Return the facts of a build in one language."""
    return gathered(store, language)


@lru_cache(maxsize=KEPT_DECKS)
def deck_pages(store: Store, asked: Asked) -> Mapping[Sheet, tuple[Page, ...]]:
    """Return the pages of each entry of the deck, in its order; an entry without a page (no list to build up) is left out."""
    found = {sheet: sheet_pages(store, asked, sheet) for sheet in sheets(asked)}
    return MappingProxyType({sheet: pages for sheet, pages in found.items() if pages})


def sheet_pages(store: Store, asked: Asked, sheet: Sheet) -> tuple[Page, ...]:
    """Return the pages of one entry of the deck; of the maps without a year those of all years."""
    facts, ground, spoken = facts_of(store, asked.language), ground_of(store, asked), words(asked.language)
    if sheet.year is not None:
        return year_pages(asked, facts, ground, spoken, sheet.year)
    return pages_of(sheet.kind, asked, facts, ground, spoken)


@lru_cache(maxsize=KEPT_DECKS)
def screen_pages(store: Store, asked: Asked) -> tuple[Page, ...]:
    """Return the pages for the screen of a room: a map for each year, and their build-up."""
    return presented_pages(
        asked, facts_of(store, asked.language), ground_of(store, asked), words(asked.language)
    )


@lru_cache(maxsize=KEPT_DECKS)
def whole_deck(store: Store, asked: Asked) -> Deck:
    """Return all pages, numbered."""
    return deck(asked, facts_of(store, asked.language), ground_of(store, asked), words(asked.language))


def part(store: Store, asked: Asked, pages: tuple[Page, ...]) -> Deck:
    """Return some pages (at least one) as a deck of their own."""
    return Deck(pages[0].title, asked.language, facts_of(store, asked.language).built_on, pages)
