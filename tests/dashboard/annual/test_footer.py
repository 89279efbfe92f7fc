"""The foot of every page: what it cites stands there whole or is counted, inside its strip, on every paper."""

import pytest

from dashboard.annual.asked import Asked
from dashboard.annual.facts import Facts
from dashboard.annual.footer import cited, footer, footer_box
from dashboard.annual.ground import Ground
from dashboard.annual.marks import Rect, Text
from dashboard.annual.pages.evidence_pages import evidence_pages
from dashboard.annual.paper import PAPERS, SCREEN, Paper
from dashboard.annual.setting import Setting
from dashboard.slides.gather import gathered
from dashboard.store import Store
from dashboard.words import words
from etl.build import Build

EVERY_PAPER = pytest.mark.parametrize("paper", [*PAPERS.values(), SCREEN])
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The questions to a build of the real data."""
    return Store(project_build)


def texts(facts: Facts, paper: Paper, language: str, number: int) -> dict[str, Text]:
    sources = [entry.source_id for entry in facts.evidence]
    definition = "団体＝都道府県と市区町村。" * 30
    marks = footer(facts, paper, words(language), number, sources, definition=definition, has_map=True)
    return {mark.name: mark for mark in marks if isinstance(mark, Text)}


@EVERY_PAPER
@LANGUAGES
def test_the_foot_stays_in_its_strip_however_much_there_is_to_say(
    store: Store, paper: Paper, language: str
) -> None:
    found = texts(gathered(store, language), paper, language, 12)
    strip = footer_box(paper)
    assert Rect(0, 0, paper.width, paper.height).holds(strip)
    assert strip.inside(-0.01).holds(found["footer"].at)
    assert Rect(0, 0, paper.width, paper.height).holds(found["page-number"].at)
    assert not found["footer"].at.meets(found["page-number"].at)
    assert len(found["footer"].paragraphs) == (1 if paper == SCREEN else 3)


def test_the_data_version_and_the_boundaries_are_never_cut(store: Store) -> None:
    facts = gathered(store, "ja")
    last = texts(facts, PAPERS[next(iter(PAPERS))], "ja", 1)["footer"].paragraphs[-1].runs[0].text
    assert facts.credit in last
    assert facts.build_id in last


def test_few_documents_are_named_and_many_are_counted(store: Store) -> None:
    facts = gathered(store, "ja")
    one = next(entry for entry in facts.evidence if entry.source_id == "s2023-01")
    assert (
        cited(facts, words("ja"), ["s2023-01"])
        == f"出典：{one.publisher}「{one.title}」（{one.published_on}）"
    )
    everything = [entry.source_id for entry in facts.evidence]
    assert f"ほか{len(everything) - 1}件" in cited(facts, words("ja"), everything)
    assert cited(facts, words("ja"), []) == ""


@LANGUAGES
def test_a_page_that_leaves_alone_says_where_the_documents_are_and_the_page_meant_bears_that_name(
    store: Store, language: str
) -> None:
    facts, spoken = gathered(store, language), words(language)
    told = cited(facts, spoken, [entry.source_id for entry in facts.evidence])
    assert spoken.text("sheet.evidence") in told
    assert {"ja": "発表資料の一式", "en": "the full deck"}[language] in told
    appendix = evidence_pages(Setting(Asked((2022,)), facts, Ground({}, {}, 125.0), spoken))
    leads = {mark.paragraphs[0].runs[0].text for mark in appendix[0].marks if isinstance(mark, Text)}
    assert any(lead.startswith(spoken.text("sheet.evidence")) for lead in leads)


def test_a_page_without_a_number_says_none(store: Store) -> None:
    assert "page-number" not in texts(gathered(store, "en"), SCREEN, "en", 0)
