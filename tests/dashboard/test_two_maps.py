"""Two maps side by side: two years, or what two counting rules count; each with its own counts, table and evidence."""

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from dashboard.atlas import counted_sentence, map_data
from dashboard.closed_lists import Language, Layer, TimeView
from dashboard.figures import figures
from dashboard.map_classes import REST
from dashboard.scope import Scope
from dashboard.states import COUNTED, State
from dashboard.store import Store
from dashboard.view import View
from dashboard.words import words
from etl.build import Build
from tests.dashboard.test_pages import body_rows, drawn, fragments_of, text_of


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


@pytest.fixture(scope="module")
def view(project_build: Build) -> View:
    """The list of FY2022, strict beside inclusive."""
    scope = Scope(2022, TimeView.ANNUAL, beside="inclusive")
    return View(scope, words("ja"), Store(project_build), {})


def both(view: View) -> tuple[View, View]:
    return view, replace(view, scope=view.scope.mirrored())


@pytest.mark.parametrize("area", ["", "34000", "28000"])
@pytest.mark.parametrize("other", ["standard", "inclusive"])
def test_each_map_counts_what_the_cards_count_under_its_rule(view: View, other: str, area: str) -> None:
    pair = replace(view, scope=replace(view.scope, beside=other, area=area))
    for shown in both(pair):
        rows = view.store.states(2022, "annual", shown.scope.prefecture)
        data = map_data(shown, rows, Layer.COVERAGE, is_by_rule=True)
        counts = {entry["key"]: entry["count"] for entry in data["legend"]}
        card = figures(view.store, shown.scope).municipalities
        rule = shown.scope.rule
        assert set(counts) == COUNTED[rule] | {REST}
        assert counts.pop(REST) == card.total - card.by(rule)
        assert sum(count or 0 for count in counts.values()) == card.by(rule)
        assert f"{card.by(rule):,} / {card.total:,}市区町村" in counted_sentence(shown, rows, Layer.COVERAGE)
        assert f"・{shown.text(f'rule.{rule}')}" in data["words"]["save_title"]
        assert f"-{rule}-" in data["rev"]
        assert str(rule) in data["words"]["save_name"]


def test_a_year_without_a_list_is_not_said_to_be_not_counted(view: View) -> None:
    scope = replace(view.scope, year=2025)
    rows = view.store.states(2025, "annual")
    data = map_data(replace(view, scope=scope), rows, Layer.COVERAGE, is_by_rule=True)
    assert set(data["values"]) == {State.F}


@pytest.mark.parametrize(
    ("beside", "labels"),
    [("2022", ["左の地図", "右の地図"]), ("inclusive", ["この地図"]), ("", ["この地図"])],
)
def test_each_of_two_years_can_be_saved_as_a_file(beside: str, labels: list[str]) -> None:
    test = drawn("map", year="2024", beside=beside)
    saved = [button.label for button in test.get("download_button") if "1ファイル" in button.label]
    assert [label.split("を1")[0] for label in saved] == labels


def test_a_map_alone_shows_all_states_whatever_the_address_holds_beside(view: View) -> None:
    data = map_data(view, view.store.states(2022, "annual"), Layer.COVERAGE)
    assert REST not in data["values"]
    assert "狭義" not in data["words"]["save_title"]


@pytest.mark.parametrize("language", Language)
def test_two_rules_stand_beside_each_other_with_their_sentences_and_tables(language: Language) -> None:
    test = drawn("map", year=2022, view="annual", beside="inclusive", open="table.second", lang=language)
    assert not test.exception
    said = text_of(test)
    for number in ("20", "464"):
        assert re.search(rf"\b{number} (/|of) 1,741", said)
    title = words(language).text("rule.inclusive")
    assert said.count(words(language).text("card.municipalities", rule=title)) == 1


def test_the_tables_of_two_rules_count_what_each_counts() -> None:
    counted = {}
    for rule, opens in (("strict", "table"), ("inclusive", "second")):
        test = drawn("map", year=2022, view="annual", beside="inclusive", open=opens, area="21000")
        rows = body_rows(test, "岐阜県の市区町村の状態")
        counted[rule] = sum("●" in row for row in rows)
        assert len(rows) == 42
        links = re.findall(r'<th scope="row"><a href="([^"]*proof=area[^"]*)"', fragments_of(test))
        assert links
        assert all(("rule=inclusive" in link) == (rule == "inclusive") for link in links)
    assert (counted["strict"], counted["inclusive"]) == (0, 42)


def test_the_choice_offers_the_other_years_and_rules_and_writes_the_address() -> None:
    test = drawn("map", year=2022, view="annual")
    box = test.selectbox(key="beside")
    assert "並べる：広義（A〜D）" in box.options
    assert not [option for option in box.options if "狭義" in option or "令和4年度" in option]
    box.set_value("standard").run()
    assert "".join(test.query_params["beside"]) == "standard"
    assert "標準（A＋B＋C）で数えると 62 / 1,741市区町村" in text_of(test)


@pytest.mark.parametrize("layer", [Layer.POPULATION, Layer.AGEING, Layer.SINGLE])
def test_a_measure_of_need_has_one_map_and_its_choice_rests(layer: Layer) -> None:
    test = drawn("map", year=2022, beside="2024", layer=layer)
    assert text_of(test).count("令和2年国勢調査。全国の市区町村を数で5等分") == 1
    assert test.selectbox(key="beside").disabled


def test_both_maps_are_given_one_word_to_move_together(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "dashboard.atlas.area_map", lambda *, key, data, **_: given.append((key, data.get("sync", "")))
    )
    test: AppTest = drawn("map", year=2022, beside="2024")
    assert not test.exception
    assert given == [("map", "map"), ("map-second", "map")]


@pytest.mark.browser
def test_two_rules_paint_what_each_counts(page: Page, app_server: str) -> None:
    page.goto(f"{app_server}/map?year=2022&view=annual&beside=inclusive")
    maps = page.locator(".area-map[data-rev]")
    expect(maps).to_have_count(2, timeout=30_000)
    painted = [json.loads(maps.nth(index).get_attribute("data-classes") or "{}") for index in range(2)]
    assert painted == [{"A": 20, REST: 1721}, {"A": 20, "C": 42, "D": 402, REST: 1277}]
    for index, count in enumerate(("1,721", "1,277")):
        row = maps.nth(index).locator(".legend-row").filter(has_text="この数え方では数えない")
        expect(row).to_contain_text(count)
