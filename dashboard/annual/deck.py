"""The whole deck in its order, every page numbered."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dashboard.annual.asked import Asked
from dashboard.annual.facts import Facts
from dashboard.annual.footer import page_number
from dashboard.annual.ground import Ground
from dashboard.annual.maps.map_pages import build_up_pages, year_pages
from dashboard.annual.marks import Deck, Page
from dashboard.annual.pages.cover import cover, deck_title
from dashboard.annual.pages.definitions_page import definitions_page
from dashboard.annual.pages.evidence_pages import evidence_pages
from dashboard.annual.pages.gaps_page import gaps_page
from dashboard.annual.pages.prefectures_page import prefectures_page
from dashboard.annual.pages.trend_page import trend_page
from dashboard.annual.paper import paper_of
from dashboard.annual.setting import Setting
from dashboard.closed_lists import SheetKind
from dashboard.words import Words

Pages = Callable[[Setting], tuple[Page, ...]]


def pages_of(kind: SheetKind, asked: Asked, facts: Facts, ground: Ground, words: Words) -> tuple[Page, ...]:
    """Return the pages of one kind, without page numbers; of BUILD_UP none where one year is asked for."""
    return PAGES[kind](Setting(replace(asked, is_presented=False), facts, ground, words))


def deck(asked: Asked, facts: Facts, ground: Ground, words: Words) -> Deck:
    """Return all pages in the order of `SheetKind`, numbered from 1."""
    setting = Setting(replace(asked, is_presented=False), facts, ground, words)
    pages = [page for kind in SheetKind for page in PAGES[kind](setting)]
    paper = paper_of(setting.asked)
    numbered = tuple(
        replace(page, marks=(*page.marks, page_number(paper, number)))
        for number, page in enumerate(pages, start=1)
    )
    return Deck(deck_title(setting), words.language, facts.built_on, numbered)


def _years(setting: Setting) -> tuple[Page, ...]:
    asked, facts, ground, words = setting.asked, setting.facts, setting.ground, setting.words
    return tuple(page for year in asked.years for page in year_pages(asked, facts, ground, words, year))


def _build_up(setting: Setting) -> tuple[Page, ...]:
    if len(setting.asked.years) < 2:
        return ()
    return build_up_pages(setting.asked, setting.facts, setting.ground, setting.words)


PAGES: Mapping[SheetKind, Pages] = {
    SheetKind.COVER: cover,
    SheetKind.YEAR: _years,
    SheetKind.BUILD_UP: _build_up,
    SheetKind.TREND: trend_page,
    SheetKind.PREFECTURES: prefectures_page,
    SheetKind.GAPS: gaps_page,
    SheetKind.DEFINITIONS: definitions_page,
    SheetKind.EVIDENCE: evidence_pages,
}
