"""Every page in every year and view: it draws, its numbers agree with each other, and it words silence as silence."""

import re
from html import unescape
from itertools import product

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.scope import CountingRule, DataTab, Language, Layer, TimeView
from etl.build import Build, connect

PAGES = ("overview", "map", "data", "help")
YEARS = (2022, 2023, 2024, 2025, 2026)
RUN_LIMIT_S = 60


def script(first: str) -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main(first)


def drawn(page: str, **address: object) -> AppTest:
    """Return the page as drawn for an address."""
    test = AppTest.from_function(script, args=(page,), default_timeout=RUN_LIMIT_S)
    for name, value in address.items():
        test.query_params[name] = str(value)
    return test.run()


def text_of(test: AppTest) -> str:
    """Return everything the page says, without markup."""
    fragments = " ".join(str(element.proto.body) for element in test.get("html"))
    return unescape(re.sub(r"<[^>]+>", " ", fragments))


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


@pytest.mark.parametrize(("page", "year", "view"), list(product(PAGES, YEARS, TimeView)))
def test_every_page_draws_in_every_year_and_view(page: str, year: int, view: TimeView) -> None:
    test = drawn(page, year=year, view=view)
    assert not test.exception
    assert not test.error
    assert text_of(test).strip()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("area", ["34000", "34208", "13104", "47382", "01206"])
def test_a_prefecture_and_a_municipality_draw_on_every_page(area: str, language: Language) -> None:
    for page in PAGES:
        test = drawn(page, year=2025, area=area, lang=language)
        assert not test.exception, page


@pytest.mark.parametrize("layer", Layer)
def test_every_layer_draws_for_the_nation_and_for_a_prefecture(layer: Layer) -> None:
    for area in ("", "47000"):
        assert not drawn("map", year=2025, layer=layer, area=area).exception


@pytest.mark.parametrize("tab", DataTab)
def test_every_part_of_the_data_page_draws(tab: DataTab) -> None:
    for language in Language:
        assert not drawn("data", tab=tab, lang=language).exception


def test_every_document_can_be_opened(project_build: Build) -> None:
    sources = connect(project_build).execute("SELECT source_id FROM source ORDER BY source_id").fetchall()
    for (source,) in sources[::7]:
        assert not drawn("data", tab="documents", source=source).exception


def test_the_first_list_is_told_as_printed() -> None:
    said = text_of(drawn("overview", year=2022, view="annual"))
    assert "20市区町村" in said
    assert "9都道府県" in said
    assert "少なくとも" not in said.split("。")[0]


def test_a_partial_list_is_told_as_at_least() -> None:
    test = drawn("overview", year=2023, view="annual")
    said = text_of(test)
    assert "少なくとも" in said
    assert "15団体中7団体" in said


def test_a_year_without_a_list_says_so_and_gives_no_number() -> None:
    said = text_of(drawn("overview", year=2025, view="annual"))
    assert "令和7年度の取組団体の一覧は、まだ収録していません" in said
    assert "少なくとも" not in said.split("。")[0]


@pytest.mark.parametrize("rule", CountingRule)
def test_the_chosen_rule_is_big_and_the_others_stay_in_sight(rule: CountingRule) -> None:
    said = text_of(drawn("overview", year=2022, view="annual", rule=rule))
    for number in ("20", "62", "464"):
        assert number in said


def test_nonsense_in_the_address_is_named_and_the_page_still_draws() -> None:
    test = drawn("overview", year="<b>x</b>", area="99999", rule="strict")
    assert not test.exception
    fragments = " ".join(str(element.proto.body) for element in test.get("html"))
    assert "&lt;b&gt;x&lt;/b&gt;" in fragments
    assert "<b>x</b>" not in fragments


@pytest.mark.parametrize("year", YEARS)
def test_no_page_speaks_of_blanks_or_delays(year: int) -> None:
    for page in PAGES:
        said = text_of(drawn(page, year=year))
        assert not re.search("未整備|空白|遅れ", said), page


def test_a_change_of_a_control_writes_the_address() -> None:
    test = drawn("overview", year=2025)
    test.selectbox(key="scope-year").set_value(2022).run()
    assert test.query_params["year"] in ("2022", ["2022"])
    assert "20市区町村" in text_of(test)


def test_two_quick_changes_both_reach_the_address() -> None:
    test = drawn("overview", year=2025)
    test.selectbox(key="scope-year").set_value(2022)
    test.get("button_group")
    test.segmented_control(key="scope-rule").set_value(CountingRule.STANDARD).run()
    assert {name: "".join(test.query_params[name]) for name in ("year", "rule")} == {
        "year": "2022",
        "rule": "standard",
    }


def test_two_years_stand_beside_each_other() -> None:
    test = drawn("map", year=2022, view="annual", beside=2024)
    assert not test.exception
    said = text_of(test)
    assert "（令和4年度・当年度）" in said
    assert "（令和6年度・当年度）" in said


def test_partners_are_told_apart_from_participants() -> None:
    first = text_of(drawn("overview", year=2024, view="annual")).split("。")[0]
    assert "8市区町村" in first
    assert "0都道府県" not in first


def test_homonyms_and_doubts_are_told_beside_the_figure() -> None:
    said = text_of(drawn("map", year=2022, view="annual", area="34208"))
    assert "東京都（13206）" in said
    assert "確からしい" in said
    assert "孤独・孤立対策のこれまでの主な取組" in said


def test_a_planned_member_is_told_as_planned() -> None:
    said = text_of(drawn("map", year=2025, area="31302"))
    assert "予定" in said
    assert "数に" in said or "数え" in said


def test_an_unknown_figure_is_unknown_and_never_zero() -> None:
    said = text_of(drawn("map", year=2025, area="47201"))
    assert "単独世帯 不明" in said
