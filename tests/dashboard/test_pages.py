"""Every page in every year and view: it draws, its numbers agree with each other, and it words silence as silence."""

import csv
import re
from html import unescape
from itertools import product

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.closed_lists import CountingRule, DataTab, Language, Layer, TimeView
from dashboard.downloads import grants_file, places_file
from dashboard.scope import Scope
from dashboard.store import Store
from dashboard.tables import municipality_table, prefecture_table
from dashboard.view import View
from dashboard.words import words
from etl.build import Build, connect

PAGES = ("overview", "map", "compare", "trend", "find", "slides", "data", "help")
YEARS = (2022, 2023, 2024, 2025, 2026)
RUN_LIMIT_S = 60


def script(first: str) -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main(first)


def drawn(page: str, /, **address: object) -> AppTest:
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


@pytest.mark.parametrize(
    ("year", "told"), [(2022, "で数えると 20 / 1,741"), (2024, "で数えると 少なくとも11 / 1,741")]
)
def test_a_map_of_an_incomplete_list_counts_at_least(year: int, told: str) -> None:
    assert told in text_of(drawn("map", year=year, view="annual"))


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


# -- the whole view is in the address -------------------------------------------------------------------------


def fragments_of(test: AppTest) -> str:
    """Return everything the page says, with its markup."""
    return " ".join(str(element.proto.body) for element in test.get("html"))


def body_rows(test: AppTest, caption: str) -> list[list[str]]:
    """Return the cells of the table whose caption holds `caption`, row by row, as text."""
    (found,) = (
        each for each in re.findall(r"<table>.*?</table>", fragments_of(test), re.DOTALL)
        if caption in unescape(each.split("</caption>")[0])
    )  # fmt: skip
    rows = re.findall(r"<tr>(.*?)</tr>", found.split("<tbody>")[1], re.DOTALL)
    return [
        [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def test_a_page_that_does_not_exist_is_told_in_both_languages() -> None:
    assert "「nonsense」というページはありません" in text_of(drawn("overview", page="nonsense"))
    assert "There is no page “nonsense”" in text_of(drawn("overview", page="nonsense", lang="en"))


def test_a_search_stands_in_the_address_and_ends_when_an_area_is_chosen() -> None:
    test = drawn("map", year=2025, find="府中")
    assert test.text_input(key="search").value == "府中"
    assert "件見つかりました" in text_of(test)
    test.text_input(key="search").set_value(" ﾌﾁｭｳ ").run()
    assert "".join(test.query_params["find"]) == "フチュウ"
    test.selectbox(key="scope-area").set_value("34000").run()
    assert "find" not in test.query_params
    assert test.text_input(key="search").value == ""
    assert "広島県の23市区町村" in text_of(test)


def test_a_closed_table_sends_no_rows_and_an_address_opens_it() -> None:
    assert "<caption>都道府県ごとの" not in fragments_of(drawn("map", year=2025))
    opened = drawn("map", year=2025, open="table")
    assert len(body_rows(opened, "都道府県ごとの市区町村の状態")) == 47
    assert len(body_rows(drawn("map", year=2025, open="table.rows"), "全国の市区町村の状態")) == 1741


def test_a_switch_writes_the_address_and_a_changed_year_keeps_it() -> None:
    test = drawn("overview", year=2025, open="table")
    test.toggle(key="ranking-all").set_value(True).run()
    assert "".join(test.query_params["open"]) == "ranking.table"
    test.selectbox(key="scope-year").set_value(2022).run()
    assert "".join(test.query_params["open"]) == "ranking.table"
    assert len(body_rows(test, "都道府県ごとの")) == 47
    test.toggle(key="ranking-all").set_value(False).run()
    assert "".join(test.query_params["open"]) == "table"


def test_the_second_maps_table_opens_apart_and_leads_to_its_own_year() -> None:
    test = drawn("map", year=2022, view="annual", beside=2024, area="34000", open="second")
    said = fragments_of(test)
    assert said.count("<caption>広島県の市区町村の状態") == 1
    assert "（令和6年度（2024）・当年度）" in said
    assert re.search(r'href="\?year=2024&amp;view=annual&amp;area=34000&amp;beside=2022[^"]*proof=area', said)


# -- the table equals the map in every layer ------------------------------------------------------------------


@pytest.mark.parametrize("area", ["", "47000"])
@pytest.mark.parametrize("layer", [Layer.POPULATION, Layer.AGEING, Layer.SINGLE])
def test_a_measures_table_has_every_area_in_the_class_that_the_map_paints(
    project_build: Build, layer: Layer, area: str
) -> None:
    rows = body_rows(drawn("map", year=2025, layer=layer, area=area, open="table"), "令和2年国勢調査")
    store = Store(project_build)
    breaks = store.need_breaks(layer)
    assert len(rows) == (1741 if not area else 41)
    shown = [f"{limit:,.0f}" if layer == Layer.POPULATION else f"{limit:.1%}" for limit in breaks]
    for row in rows:
        known = store.areas[row[0]]
        part, whole = {
            Layer.POPULATION: (known["population"], 1),
            Layer.AGEING: (known["population_65plus"], known["population"]),
            Layer.SINGLE: (known["single_households"], known["general_households"]),
        }[layer]
        if part is None or not whole:
            assert row[-1] == f"? {words('ja').text('need.unknown')}"
            continue
        below = sum(limit <= part / whole for limit in breaks)
        assert row[-1].startswith(f"{below + 1} {shown[below - 1] if below else shown[0]}"), row
        assert f"{part:,}" in row


def test_the_grantees_table_has_a_row_for_each_award_and_area_and_marks_the_nationwide(
    project_build: Build,
) -> None:
    store = Store(project_build)
    test = drawn("map", year=2025, layer="grants", open="table")
    rows = body_rows(test, "活動地域とする採択団体")
    assert sum("地図には塗りません" in row[3] for row in rows) == 6
    awards = store.grants(2025, TimeView.CUMULATIVE)
    assert all(award["source_locator"] in row[4] for award, row in zip(awards, rows, strict=True))
    assert len(body_rows(test, "都道府県ごとの")) == 47, "the states beneath the points are told too"
    prefecture = next(iter(store.grant_counts(2025, TimeView.CUMULATIVE)))[:2]
    here = drawn("map", year=2025, layer="grants", area=f"{prefecture}000", open="table")
    own = store.grants(2025, TimeView.CUMULATIVE, prefecture)
    assert 0 < len(body_rows(here, "採択団体")) == len(own) < len(rows)


def test_the_places_table_has_every_listed_place_and_says_where_no_list_is_registered(
    project_build: Build,
) -> None:
    store = Store(project_build)
    test = drawn("map", year=2025, layer="places", open="table")
    rows = body_rows(test, "居場所の掲載")
    assert {row[0]: int(row[4].replace(",", "")) for row in rows} == store.place_counts()
    unlisted = 47 - len(store.place_counts_by_prefecture())
    assert f"このほかの{unlisted}都道府県は、一覧が未収録です" in text_of(test)
    tokyo = drawn("map", year=2025, layer="places", area="13000", open="table")
    assert len(body_rows(tokyo, "居場所の掲載")) == len(store.places("13"))
    none = text_of(drawn("map", year=2025, layer="places", area="34000", open="table"))
    assert "この地域の一覧は未収録です" in none


def test_places_for_ten_thousand_people_are_unknown_where_no_list_is_registered(project_build: Build) -> None:
    store = Store(project_build)
    rows = {row[0]: row for row in body_rows(drawn("map", year=2025, open="table"), "都道府県ごとの")}
    assert rows["34000"][-4:-2] == ["掲載なし", "不明"]
    tokyo = store.place_counts_by_prefecture()["13"] / store.areas["13000"]["population"] * 10_000
    assert rows["13000"][-3] == f"{tokyo:.2f}"


# -- numbers lead to their evidence ---------------------------------------------------------------------------


def test_each_count_of_a_table_leads_to_its_evidence_and_a_count_of_nothing_nowhere() -> None:
    said = fragments_of(drawn("map", year=2022, view="annual", open="table"))
    links = set(re.findall(r"proof=(state\.\d{5}\.[A-F])", said))
    rows = body_rows(drawn("map", year=2022, view="annual", open="table"), "都道府県ごとの")
    counts = {f"state.{row[0]}.{state}": row[3 + at] for row in rows for at, state in enumerate("ABCDE")}
    assert links == {subject for subject, count in counts.items() if count != "0"}
    assert {f"area.{row[0]}" for row in rows} <= set(re.findall(r"proof=(area\.\d{5})", said))


def test_a_count_under_another_rule_leads_to_the_evidence_under_that_rule() -> None:
    said = fragments_of(drawn("map", year=2022, view="annual"))
    for rule, part in (
        ("standard", "&amp;rule=standard"),
        ("inclusive", "&amp;rule=inclusive"),
        ("strict", ""),
    ):
        assert f'href="?year=2022&amp;view=annual{part}&amp;proof=municipalities"' in said, rule
        assert f'href="?year=2022&amp;view=annual{part}&amp;proof=people"' in said, rule


def test_the_lists_counts_lead_to_what_is_counted_and_what_is_not() -> None:
    said = fragments_of(drawn("map", year=2025, area="34000"))
    assert re.search(r'<p class="sub">[^<]*<a [^>]*proof=municipalities"[^>]*>\d+</a>', said)
    assert "proof=uncovered.34000" in said


def test_a_table_in_a_file_that_stands_alone_leads_nowhere(project_build: Build) -> None:
    for drawn_table in (prefecture_table, municipality_table):
        view = View(Scope(2022), words("ja"), Store(project_build), {})
        assert "proof=" in drawn_table(view).text
        assert "<a " not in drawn_table(view, is_linked=False).text


# -- what is taken away ---------------------------------------------------------------------------------------


def test_the_rows_of_grants_and_places_can_be_taken_away_with_their_documents(project_build: Build) -> None:
    store = Store(project_build)
    grants = store.grants(2025, TimeView.CUMULATIVE, "")
    for rows, write in ((grants, grants_file), (store.places("13"), places_file)):
        lines = list(csv.DictReader(write(store, "x", rows, "csv").decode("utf-8-sig").splitlines()))
        assert len(lines) == len(rows)
        assert all(line["source_id"] and line["source_locator"] for line in lines)
        assert write(store, "x", rows, "xlsx")[:2] == b"PK"
