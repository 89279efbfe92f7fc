"""年度の変化: every year in every view says the same in map, table and file, and a missing list is never told as a fall."""

import csv
import io
import re
from collections import Counter
from html import unescape
from itertools import product
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import evidence
from dashboard.closed_lists import CountingRule, Language, TimeView
from dashboard.downloads import joiners_file, years_file
from dashboard.figures import figures
from dashboard.scope import Scope
from dashboard.states import COUNTED
from dashboard.store import Store
from dashboard.trend import bars, beside, build_up, headline, joined, year_maps
from dashboard.trend.years import year_counts
from dashboard.view import View
from dashboard.words import words
from etl.build import Build

YEARS = (2022, 2023, 2024, 2025, 2026)
AREAS = ("", "14000")
RUN_LIMIT_S = 60
IN_EVERY_VIEW = pytest.mark.parametrize(("year", "view"), list(product(YEARS, TimeView)))
ANNUAL, CUMULATIVE = TimeView.ANNUAL, TimeView.CUMULATIVE


def script(first: str) -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main(first)


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The store of the real data."""
    return Store(project_build)


def drawn(**address: object) -> AppTest:
    test = AppTest.from_function(script, args=("trend",), default_timeout=RUN_LIMIT_S)
    for name, value in address.items():
        test.query_params[name] = str(value)
    return test.run()


def text_of(test: AppTest) -> str:
    return plain(" ".join(str(element.proto.body) for element in test.get("html")))


def plain(fragment: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", fragment)))


def view_of(store: Store, year: int = 2025, *, language: Language = Language.JA, **scope: Any) -> View:
    return View(Scope(year, lang=language, **scope), words(language), store, {})


def rows_of(table: str) -> list[list[str]]:
    """The cells of the bodies of one or more tables as a reader sees them."""
    body = "".join(re.findall(r"<tbody>(.*?)</tbody>", table, re.DOTALL))
    return [
        [plain(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def file_of(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))


# -- the page -------------------------------------------------------------------------------------------------


@IN_EVERY_VIEW
@pytest.mark.parametrize("area", AREAS)
def test_the_page_draws_everywhere_with_all_its_parts_open(year: int, view: TimeView, area: str) -> None:
    opened = "years.rows.play.difference.table.second"
    for right in ("2022", CountingRule.INCLUSIVE):
        test = drawn(year=year, view=view, area=area, open=opened, beside=right)
        assert not test.exception
        assert not test.error


def test_what_is_folded_is_not_drawn_until_it_is_opened() -> None:
    closed, opened = drawn(), drawn(open="years.play", beside="2022")
    assert "年度ごとの状態" not in str([button.label for button in closed.get("download_button")])
    assert len(opened.get("html")) > len(closed.get("html"))
    assert [each.proto.expanded for each in closed.get("expander")] == [False, False]


# -- the headline ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "area"), list(product(YEARS, ("", "14000", "31000", "16000"))))
def test_the_headline_counts_whom_the_coverage_counts(store: Store, year: int, area: str) -> None:
    """Bodies: prefectures that take part and municipalities of state A; a partner (state B) is none."""
    now, first = (figures(store, Scope(each, area=area)) for each in (year, 2022))
    more = now.own + now.prefectures - first.own - first.prefectures
    said = plain(headline.headline(view_of(store, year, area=area)).text)
    if more:
        assert f"少なくとも {more}団体 （" in said
    else:
        assert re.search("最初の一覧|確認できません", said)
        assert "少なくとも" not in said


def test_the_headline_of_the_first_list_is_the_published_one(store: Store) -> None:
    said = plain(headline.headline(view_of(store, 2022, view=ANNUAL)).text)
    assert "29団体 （9都道府県と20市区町村）" in said
    assert "少なくとも" not in said


@pytest.mark.parametrize("area", ["", "14000", "34000"])
def test_a_missing_list_is_said_and_takes_nobody_away(store: Store, area: str) -> None:
    with_list = plain(headline.headline(view_of(store, 2024, view=ANNUAL, area=area)).text)
    without = plain(headline.headline(view_of(store, 2025, view=ANNUAL, area=area)).text)
    sentence = with_list.rpartition("最初の一覧")[2]
    assert "令和7年度の取組団体の一覧は、まだ収録していません。" in without
    assert without.endswith(sentence)
    assert not re.search("減|少なくなり", without)


# -- the small maps, their table and their file ---------------------------------------------------------------


@pytest.mark.parametrize(("view", "area", "rule"), list(product(TimeView, ("", "31000"), CountingRule)))
def test_map_table_and_file_say_the_same(store: Store, view: TimeView, area: str, rule: CountingRule) -> None:
    shown = view_of(store, view=view, area=area, rule=rule)
    maps = [year_maps.small_map(shown, count) for count in year_counts(shown)]
    keys = [entry["key"] for entry in year_maps.legend(shown)]
    table = rows_of(year_maps.years_table(shown).text)
    rows = file_of(years_file(store, "", store.states_of_years(view, shown.scope.prefecture), "csv"))
    for small, cells in zip(maps, table, strict=True):
        painted = Counter(small["values"])
        in_file = Counter(row["state"] for row in rows if row["fiscal_year"] == small["id"])
        assert painted == in_file
        assert [painted[key] for key in keys] == [
            int(cell.replace(",", "")) for cell in cells[1 : 1 + len(keys)]
        ]
        counted = sum(painted[state] for state in COUNTED[rule])
        assert cells[1 + len(keys)].removeprefix("少なくとも") == (
            "–" if set(painted) == {"F"} else f"{counted:,}"
        )
        assert set(painted) <= set(keys)


@pytest.mark.parametrize("area", ["", "31000"])
def test_every_municipality_stands_in_the_long_table_once_with_all_its_letters(
    store: Store, area: str
) -> None:
    shown = view_of(store, view=ANNUAL, area=area)
    table = rows_of(year_maps.states_table(shown).text)
    letters = list(zip(*(row[-len(YEARS) :] for row in table), strict=True))
    painted = [year_maps.small_map(shown, count)["values"] for count in year_counts(shown)]
    assert ["".join(column).replace("?", "F") for column in letters] == painted
    assert len({row[0] for row in table}) == len(table)


def test_an_incomplete_year_looks_incomplete_and_says_why(store: Store) -> None:
    annual = [
        year_maps.small_map(view_of(store, view=ANNUAL), count)
        for count in year_counts(view_of(store, view=ANNUAL))
    ]
    assert [small["is_incomplete"] for small in annual] == [False, True, True, True, True]
    assert "20\u00a0/\u00a01,741" in annual[0]["note"]
    assert annual[0]["title"] == "令和4年度・一覧 29/29 ✓"
    assert "少なくとも5\u00a0/\u00a01,741" in annual[1]["note"]
    assert annual[1]["title"] == "令和5年度・一覧 7/15（一部）"
    assert annual[3]["title"] == "令和7年度・一覧は未収録"
    assert annual[4]["note"] == "資料なし"
    assert set(annual[3]["values"]) == {"F"}
    ever = [year_maps.small_map(view_of(store), count) for count in year_counts(view_of(store))]
    assert [small["is_incomplete"] for small in ever] == [False, True, True, True, True]


def test_a_prefecture_says_its_own_part_and_never_at_least_none(store: Store) -> None:
    shown = view_of(store, 2022, view=ANNUAL, area="16000")
    notes = [year_maps.small_map(shown, count)["note"].replace("\u00a0", " ") for count in year_counts(shown)]
    assert notes == [
        "0 / 15市区町村・都道府県の取組：確認なし・この年度を選択中",
        "収録した分では0 / 15市区町村・都道府県の取組：あり",
        "収録した分では0 / 15市区町村・都道府県の取組：確認なし",
        "資料なし",
        "資料なし",
    ]
    own = [cells[-2] for cells in rows_of(year_maps.years_table(shown).text)]
    assert own == ["確認なし", "あり", "確認なし", "資料なし", "資料なし"]


def test_the_table_of_the_years_never_says_at_least_none(store: Store) -> None:
    for area in ("", "16000", "47000"):
        for view, rule in product(TimeView, CountingRule):
            shown = view_of(store, 2024, view=view, area=area, rule=rule)
            assert not re.search(r"少なくとも\s*0(?!\d)", plain(year_maps.years_table(shown).text))


def test_the_chosen_year_is_told(store: Store) -> None:
    shown = view_of(store, 2023)
    notes = [year_maps.small_map(shown, count)["note"] for count in year_counts(shown)]
    assert ["選択中" in note for note in notes] == [False, True, False, False, False]
    assert [year_maps.small_map(shown, count).get("is_chosen") for count in year_counts(shown)] == [
        "選択中" in note for note in notes
    ]


@pytest.mark.parametrize(("picked", "year"), [("2023", "2023"), ("2099", "2025"), ("<b>", "2025")])
def test_a_click_on_a_map_writes_its_year_into_the_address(
    monkeypatch: pytest.MonkeyPatch, picked: str, year: str
) -> None:
    def pressed(_maps: object, **given: Any) -> None:
        given["on_pick"](picked)

    monkeypatch.setattr(year_maps, "small_maps", pressed)
    test = drawn(year=2025, view=ANNUAL)
    assert not test.exception
    assert "".join(test.query_params["year"]) == year
    assert "".join(test.query_params["view"]) == "annual"


# -- the bars -------------------------------------------------------------------------------------------------


def test_the_bars_count_the_list_by_status(store: Store) -> None:
    counts = bars.status_counts(view_of(store))
    assert counts[2022] == {"new": 29}
    assert counts[2023].total() == 7
    assert counts[2024].total() == 8, "partners are never counted"
    assert counts[2025].total() == 0
    by_area = [bars.status_counts(view_of(store, area=row["code"])) for row in store.prefectures]
    assert all(sum((each[year] for each in by_area), Counter()) == counts[year] for year in YEARS)


def test_the_published_total_is_a_line_with_its_number_where_fewer_are_named(store: Store) -> None:
    fragment = bars.year_bars(view_of(store)).text
    marks = re.findall(
        r'class="reference" style="left:([\d.]+)%"[^>]*><b>(.*?)</b>|<b>(公表 \d+)</b>', fragment
    )
    assert [re.search(r"\d+", "".join(mark[1:])) is not None for mark in marks] == [True] * 3
    assert float(re.findall(r'style="left:([\d.]+)%"', fragment)[1]) == pytest.approx(100 * 15 / 29, abs=0.01)
    rows = rows_of(fragment)
    assert rows[1][2:] == ["7", "15"]
    assert "名前が不明 8" in rows[1][1]
    assert rows[3][2:] == ["–", "–"]


def test_a_prefecture_has_bars_of_its_own_and_no_published_total(store: Store) -> None:
    fragment = bars.year_bars(view_of(store, area="14000")).text
    assert "reference" not in fragment
    assert [row[2] for row in rows_of(fragment)] == ["1", "1", "1", "–", "–"]
    none = rows_of(bars.year_bars(view_of(store, area="13000")).text)
    assert none[0][1:] == ["この地域の団体はない", "0"]
    assert "収録した分" in none[1][1], "half a list proves nobody's absence"


# -- who joined when ------------------------------------------------------------------------------------------


def test_the_first_list_is_complete_with_its_two_rounds(store: Store) -> None:
    rows = store.joiners(2022, ANNUAL)
    kinds = Counter(row["kind"] in ("prefecture", "designated_city") for row in rows)
    assert kinds == {True: 12, False: 17}
    assert Counter(row["cohort"] for row in rows) == {1: 18, 2: 11}
    assert all(row["is_first"] and row["source_locator"] for row in rows)


@pytest.mark.parametrize("view", TimeView)
def test_a_body_joins_once_in_the_year_since_which_it_is_confirmed(store: Store, view: TimeView) -> None:
    found = Counter((row["code"], row["fiscal_year"]) for row in store.joiners(2026, view) if row["is_first"])
    assert set(found.values()) == {1}
    since = {
        (row["code"], row["since_year"])
        for year in YEARS
        for row in store.states(year, view)
        if row["state"] == "A"
    }
    municipalities = {pair for pair in found if not pair[0].endswith("000")}
    assert municipalities == since
    prefectures = {
        row["code"] for year in YEARS for row in store.prefecture_coverage(year, view) if row["takes_part"]
    }
    assert {code for code, _ in found if code.endswith("000")} == prefectures


def test_platforms_of_unknown_year_are_told_apart_and_counted_in_no_year(store: Store) -> None:
    undated = [row for row in store.joiners(2026, CUMULATIVE) if row["fiscal_year"] is None]
    assert {row["code"] for row in undated} == {row["lead_code"] for row in store.undated_platforms()}
    assert not any(row["is_counted"] or row["is_first"] for row in undated)
    assert "設置の年度が資料から分からないプラットフォーム" in plain(
        joined.joined_tables(view_of(store), joined.joiners(view_of(store))).text
    )
    annual = view_of(store, view=ANNUAL)
    assert all(row["claim"] != "platform" for row in joined.joiners(annual))


@pytest.mark.parametrize(("view", "area"), list(product(TimeView, ("", "14000", "13104"))))
def test_the_list_and_its_file_hold_the_same_rows(store: Store, view: TimeView, area: str) -> None:
    shown = view_of(store, view=view, area=area)
    rows = joined.joiners(shown)
    table = rows_of(joined.joined_tables(shown, rows).text)
    file = file_of(joiners_file(store, "甲", rows, "csv"))
    names = [re.sub("[■□]|（.*", "", row[0]).strip() for row in table]
    assert names == [row["name"] for row in file]
    assert all(row["source_locator"] and row["statement"] for row in file)
    sheet = openpyxl.load_workbook(io.BytesIO(joiners_file(store, "甲", rows, "xlsx"))).active
    assert sheet is not None
    seen = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert {row["code"] for row in file} <= seen


def test_bodies_without_a_name_are_said_as_such() -> None:
    said = text_of(drawn(year=2023, view="annual"))
    assert "令和5年度：一覧は15団体中7団体のみ収録（ほかの8団体は名前が不明）" in said
    assert "令和4年度：29団体すべてを収録" in said
    assert "令和6年度（2024） " not in said.partition("加わった団体の一覧")[2].partition("2つの地図")[0]


def test_the_overview_counts_those_who_join_in_apart(store: Store) -> None:
    told = plain(evidence.joined_table(view_of(store, 2024, view=ANNUAL)).text)
    assert "（4団体、ほかに共同で参画 3市区町村）" in told.replace("（ ", "（")
    assert told.count("共同で参画（取組団体の数には入れない）") == 3


def test_a_partner_stands_in_the_list_but_in_no_count() -> None:
    said = text_of(drawn(year=2024, view="annual", area="14000"))
    assert "大和市" in said
    assert "令和6年度（2024） 1団体" in said


# -- the build-up and the comparison --------------------------------------------------------------------------


@pytest.mark.parametrize(("area", "view"), list(product(("", "31000"), TimeView)))
def test_the_build_up_is_cumulative_and_a_coverage_never_shrinks(
    store: Store, area: str, view: TimeView
) -> None:
    shown = view_of(store, 2023, area=area, view=view)
    data = build_up.play_data(shown, "甲")
    frames = data["frames"]
    known = {entry["key"] for entry in data["legend"]}
    assert data["values"] == frames[1]["values"]
    assert {entry["key"]: entry["count"] for entry in data["legend"] if entry["count"]} == Counter(
        data["values"]
    )
    assert {letter for frame in frames for letter in frame["values"]} <= known
    counted = [sum(letter in "AB" for letter in frame["values"]) for frame in frames]
    assert counted == sorted(counted)
    for frame, count in zip(frames, year_counts(view_of(store, area=area)), strict=True):
        assert f"{count.counted:,}\u00a0/\u00a0{count.total:,}" in frame["label"]
        assert frame.get("note") == count.sentence


@pytest.mark.parametrize(("area", "right"), list(product(("", "14000"), ("2022", "2024", "inclusive"))))
def test_what_differs_is_what_the_two_maps_paint_differently(store: Store, area: str, right: str) -> None:
    shown = view_of(store, area=area, beside=right)
    other = shown.scope.mirrored()
    found = {pair.row["code"]: (pair.left, pair.right) for pair in beside.differences(shown)}
    for one, two in zip(
        store.states(2025, CUMULATIVE, area[:2]), store.states(other.year, CUMULATIVE, area[:2]), strict=True
    ):
        same = (
            (one["state"] in COUNTED[shown.scope.rule]) == (two["state"] in COUNTED[other.rule])
            if shown.scope.compares_rules
            else one["state"] == two["state"]
        )
        assert (one["code"] not in found) == same
    table = rows_of(beside.difference_table(shown, beside.differences(shown)).text)
    assert [row[0] for row in table] == list(found)
    if found:
        file = file_of(beside.difference_file(shown, beside.differences(shown), "csv"))
        assert [(row["code"], row["state_left"], row["state_right"]) for row in file] == [
            (code, *states) for code, states in found.items()
        ]
    assert f"{len(found):,}" in plain(beside.sentence(shown).text) or not found


def test_swapping_the_maps_finds_the_same_municipalities(store: Store) -> None:
    shown = view_of(store, beside="2022")
    turned = view_of(store, 2022, beside="2025")
    assert [(pair.left, pair.right) for pair in beside.differences(shown)] == [
        (pair.right, pair.left) for pair in beside.differences(turned)
    ]


def test_a_year_without_a_list_is_not_compared_and_half_a_list_is_no_departure(store: Store) -> None:
    without = plain(beside.sentence(view_of(store, 2025, view=ANNUAL, beside="2022")).text)
    assert without == "令和7年度の一覧は未収録のため、違いは数えません。"
    partial = plain(beside.sentence(view_of(store, 2024, view=ANNUAL, beside="2022")).text)
    assert "参画をやめたという意味ではありません" in partial
    assert plain(beside.sentence(view_of(store, 2025, beside="2025")).text) == "2つの地図は同じ条件です。"


def test_the_choices_write_both_sides_into_the_address() -> None:
    test = drawn(year=2025)
    test.selectbox(key="trend-right").set_value("2022").run()
    assert "".join(test.query_params["beside"]) == "2022"
    test.selectbox(key="trend-left").set_value("2023").run()
    assert "".join(test.query_params["year"]) == "2023"
    test.button(key="trend-swap").click().run()
    assert ("".join(test.query_params["year"]), "".join(test.query_params["beside"])) == ("2022", "2023")
    test.selectbox(key="trend-right").set_value("inclusive").run()
    test.selectbox(key="trend-left").set_value("standard").run()
    assert "".join(test.query_params["rule"]) == "standard"
    assert not test.exception
