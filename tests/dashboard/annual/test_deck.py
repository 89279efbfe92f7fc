"""The whole deck: its order, its page numbers, one size of page, every key once."""

import pytest

from dashboard.annual.asked import Asked
from dashboard.annual.deck import deck, pages_of
from dashboard.annual.marks import Box, Deck, Rect, Text
from dashboard.closed_lists import Block, Colouring, Language, PaperKind, SheetKind
from dashboard.slides.gather import gathered, ground_of
from dashboard.store import Store
from dashboard.words import words
from etl.build import Build

YEARS = (2022, 2023, 2024)
IN_ORDER = (
    "cover",
    "year-2022",
    "year-2023",
    "year-2024",
    "build-up",
    "trend",
    "prefectures",
    "gaps",
    "definitions",
)


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The questions to a build of the real data."""
    return Store(project_build)


def deck_of(store: Store, asked: Asked) -> Deck:
    return deck(asked, gathered(store, asked.language), ground_of(store, asked), words(asked.language))


def test_the_pages_stand_in_the_order_of_the_list_of_sheets(store: Store) -> None:
    keys = [page.key for page in deck_of(store, Asked(YEARS)).pages]
    assert tuple(keys[: len(IN_ORDER)]) == IN_ORDER
    assert all(key.startswith("evidence-") for key in keys[len(IN_ORDER) :])
    assert len(keys) > len(IN_ORDER)


def test_one_year_has_no_build_up(store: Store) -> None:
    asked = Asked((2022,))
    pages = pages_of(SheetKind.BUILD_UP, asked, gathered(store, "ja"), ground_of(store, asked), words("ja"))
    assert pages == ()


@pytest.mark.parametrize(
    "asked",
    [
        Asked(YEARS),
        Asked((2022, 2023, 2024, 2025, 2026), language=Language.EN, colouring=Colouring.MONO),
        Asked(YEARS, paper=PaperKind.A3),
        Asked(YEARS, block=Block.KINKI, is_presented=True),
        Asked((2022,), area="31"),
    ],
)
def test_every_page_bears_its_number_where_nothing_else_stands(store: Store, asked: Asked) -> None:
    made = deck_of(store, asked)
    assert len({page.key for page in made.pages}) == len(made.pages)
    assert len({(page.width, page.height) for page in made.pages}) == 1
    for number, page in enumerate(made.pages, start=1):
        (shown,) = (mark for mark in page.marks if isinstance(mark, Text) and mark.name == "page-number")
        assert shown.paragraphs[0].runs[0].text == str(number)
        assert Rect(0, 0, page.width, page.height).holds(shown.at)
        others = [mark for mark in page.marks if isinstance(mark, Text | Box) and mark is not shown]
        assert not [mark.name for mark in others if mark.at.meets(shown.at)], page.key


def test_the_deck_is_made_on_the_day_of_its_build(store: Store) -> None:
    made = deck_of(store, Asked((2022,), language=Language.EN))
    assert made.made_on.isoformat() == store.build.built_at[:10]
    assert made.language == "en"
    assert "All Japan" in made.title
