"""Comparing areas: the means, the split, the drawing, and that table, charts and files say the same."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from math import isclose
from statistics import median as middle_of

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.closed_lists import CountingRule, Language, Need, Panel, Supply, TimeView
from dashboard.compare.axes import Scale, axis
from dashboard.compare.bars import above, bar_table, ranked
from dashboard.compare.choosing import (
    QuickSet,
    chosen,
    examples,
    found_areas,
    quick_set,
    with_added,
    with_first,
    without,
)
from dashboard.compare.comparison import comparison, label
from dashboard.compare.files import comparison_file, rows
from dashboard.compare.labels import Box, placed, text_width
from dashboard.compare.measures import (
    Column,
    Figure,
    Kind,
    Measure,
    Profile,
    floats,
    kind_of,
    rounded,
    signed,
    written,
)
from dashboard.compare.municipalities import municipalities_file, municipalities_table, ordered
from dashboard.compare.plot import scene_of
from dashboard.compare.points import corner_table, point_table
from dashboard.compare.profile import profile_of
from dashboard.compare.quadrants import QUADRANTS, fullest, quadrants
from dashboard.compare.scatter import NARROW, WIDE, Frame, Plot, Side, Spot, drawing
from dashboard.compare.table import comparison_table
from dashboard.scope import MOST_AREAS, Scope
from dashboard.store import Store
from dashboard.view import View
from dashboard.words import words
from etl.build import Build

FUCHU_HIROSHIMA, MIHARA, FUCHU_TOKYO, NAHA, HIROSHIMA = "34208", "34204", "13206", "47201", "34000"
NOBODY_LIVES_HERE = "07546"
MIXED = (FUCHU_HIROSHIMA, MIHARA, HIROSHIMA, NAHA, FUCHU_TOKYO)
RUN_LIMIT_S = 60
Draw = Callable[..., AppTest]


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The store of the project's build."""
    return Store(project_build)


@pytest.fixture
def view(store: Store) -> View:
    """Five areas of two kinds in one view."""
    return View(Scope(2025, areas=MIXED), words("ja"), store, {})


def plain(fragment: object) -> str:
    """Return a fragment as a reader sees it."""
    return unescape(re.sub(r"<[^>]+>", "", str(fragment)))


# -- means --------------------------------------------------------------------------------------------------------


def test_the_mean_of_a_share_is_the_share_of_all_together() -> None:
    column = Column(part=floats([10, 90]), whole=floats([100, 100]))
    assert column.mean() == 0.5
    uneven = Column(part=floats([10, 90]), whole=floats([20, 180]))
    assert uneven.mean() == 0.5
    assert Column(part=floats([0, 90]), whole=floats([100, 900])).mean() == 0.09


def test_the_mean_of_an_amount_is_that_of_the_areas() -> None:
    assert Column(part=floats([2, 4, 9]), whole=floats([1, 1, 1])).mean() == 5


def test_what_is_unknown_is_in_neither_sum() -> None:
    column = Column(part=floats([10, None, 30, 5]), whole=floats([100, 100, None, 0]))
    assert column.mean() == 0.1
    assert column.known() == 1
    assert Column(part=floats([None]), whole=floats([1])).mean() is None


def test_a_mean_inside_looks_at_nothing_else() -> None:
    column = Column(part=floats([1, 2, 300]), whole=floats([10, 10, 300]))
    assert column.mean(np.array([True, True, False])) == 0.15


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 1000)), min_size=1))
def test_a_mean_lies_between_the_smallest_and_the_largest_value(pairs: list[tuple[int, int]]) -> None:
    column = Column(part=floats([part for part, _ in pairs]), whole=floats([whole for _, whole in pairs]))
    mean = column.mean()
    assert mean is not None
    assert column.values.min() <= mean + 1e-9
    assert mean <= column.values.max() + 1e-9


def test_a_difference_needs_both_sides() -> None:
    assert Figure(0.4, 0.3, None).from_prefecture is None
    assert Figure(None, 0.3, 0.2).from_nation is None
    assert Figure(5.0, 3.0, 6.0).from_nation == 2
    assert Figure(5.0, 3.0, 6.0).from_prefecture == -1


@pytest.mark.parametrize(
    ("measure", "by", "said"),
    [
        (Measure.AGEING, 0.0123, "+1.2 pt"),
        (Measure.AGEING, -0.0123, "−1.2 pt"),
        (Measure.AGEING, 0.0001, "±0 pt"),
        (Measure.AGEING, -0.0001, "±0 pt"),
        (Measure.DISTANCE, -3.44, "−3.4 km"),
        (Measure.POPULATION, 1234.5, "+1,234"),
        (Measure.GRANTS, -0.34, "−0.34"),
        (Measure.PLACES, 0.126, "+0.13"),
    ],
)
def test_a_difference_always_has_its_sign(measure: Measure, by: float, said: str) -> None:
    assert signed(measure, by) == said


@given(st.sampled_from(Measure), st.floats(0, 1e7), st.booleans())
def test_the_screen_and_the_file_write_the_same_number(measure: Measure, value: float, is_mean: bool) -> None:
    shown = re.sub(r"[^0-9.]", "", written(measure, value, is_mean=is_mean))
    assert float(shown) == rounded(measure, value, is_mean=is_mean)


# -- the profile of the real data -----------------------------------------------------------------------------------


def test_the_national_means_are_the_published_ones(store: Store) -> None:
    prefectures = profile_of(store, Scope(2025), Kind.PREFECTURE)
    municipalities = profile_of(store, Scope(2025), Kind.MUNICIPALITY)
    assert len(prefectures.codes) == 47
    assert len(municipalities.codes) == 1741
    for profile in (prefectures, municipalities):
        assert profile.columns[Measure.AGEING].mean() == 35_335_805 / 126_146_099
    assert prefectures.columns[Measure.POPULATION].mean() == 126_146_099 / 47
    assert municipalities.columns[Measure.POPULATION].mean() == 126_146_099 / 1741


def test_silence_is_unknown_and_never_nothing(store: Store) -> None:
    municipalities = profile_of(store, Scope(2025), Kind.MUNICIPALITY)
    assert municipalities.value(Measure.SINGLE, NAHA) is None
    assert municipalities.value(Measure.LISTED, MIHARA) is None
    assert municipalities.value(Measure.PLACES, MIHARA) is None
    assert municipalities.value(Measure.AGEING, NOBODY_LIVES_HERE) is None
    assert municipalities.columns[Measure.LISTED].known() == len(
        set(store.place_counts()) & set(municipalities.codes)
    )


def test_a_year_without_a_list_has_no_distances_and_no_covered_people(store: Store) -> None:
    for kind in Kind:
        profile = profile_of(store, Scope(2026, view=TimeView.ANNUAL), kind)
        assert profile.columns[Measure.DISTANCE].known() == 0
        assert profile.columns[Measure.COVERED].known() == 0
        assert profile.columns[Measure.GRANTS].known() == 0


@pytest.mark.parametrize("rule", CountingRule)
def test_covered_people_are_those_of_the_national_count(store: Store, rule: CountingRule) -> None:
    scope = Scope(2022, view=TimeView.ANNUAL, rule=rule)
    counted = store.national_coverage(2022, TimeView.ANNUAL)[rule]
    for kind in Kind:
        mean = profile_of(store, scope, kind).columns[Measure.COVERED].mean()
        assert mean is not None
        assert isclose(mean, counted["population"] / counted["population_total"])


def test_a_participant_is_nearest_to_itself(store: Store) -> None:
    assert profile_of(store, Scope(2025), Kind.MUNICIPALITY).value(Measure.DISTANCE, FUCHU_HIROSHIMA) == 0


def test_grants_are_those_that_the_evidence_lists(store: Store) -> None:
    for kind in Kind:
        profile = profile_of(store, Scope(2025), kind)
        for code in profile.codes[::37]:
            area = code[:2] if kind == Kind.PREFECTURE else code
            awards = {row["award_id"] for row in store.grants(2025, TimeView.CUMULATIVE, area)}
            assert profile.value(Measure.GRANTS, code) == len(awards)


# -- choosing -------------------------------------------------------------------------------------------------------


def test_without_a_choice_the_area_in_view_is_compared() -> None:
    assert chosen(Scope(2025)) == ()
    assert chosen(Scope(2025, area=MIHARA)) == (MIHARA,)
    assert chosen(Scope(2025, area=MIHARA, areas=(NAHA,))) == (NAHA,)


def test_an_area_is_added_once_and_at_the_end() -> None:
    scope = Scope(2025, areas=(MIHARA, NAHA))
    assert with_added(scope, FUCHU_TOKYO) == (MIHARA, NAHA, FUCHU_TOKYO)
    assert with_added(scope, MIHARA) == (MIHARA, NAHA)
    assert len(with_added(Scope(2025, areas=MIXED), "01100")) == MOST_AREAS
    assert with_added(Scope(2025, area=MIHARA), NAHA) == (MIHARA, NAHA)


def test_a_prefecture_that_was_only_the_way_gives_way() -> None:
    assert with_added(Scope(2025, area=HIROSHIMA), MIHARA) == (MIHARA,)
    assert with_added(Scope(2025, area=HIROSHIMA), NAHA) == (HIROSHIMA, NAHA)
    assert with_added(Scope(2025, areas=(HIROSHIMA,)), MIHARA) == (HIROSHIMA, MIHARA)
    assert with_added(Scope(2025, area=HIROSHIMA, areas=(NAHA,)), MIHARA) == (NAHA, MIHARA)


def test_areas_are_removed_and_put_first() -> None:
    scope = Scope(2025, areas=(MIHARA, NAHA, FUCHU_TOKYO))
    assert without(scope, NAHA) == (MIHARA, FUCHU_TOKYO)
    assert with_first(scope, NAHA) == (NAHA, MIHARA, FUCHU_TOKYO)


@pytest.mark.parametrize("name", QuickSet)
@pytest.mark.parametrize("first", [MIHARA, HIROSHIMA, NAHA, "01000"])
def test_a_set_begins_with_the_first_area_and_has_no_area_twice(
    store: Store, name: QuickSet, first: str
) -> None:
    found = quick_set(store, Scope(2025, areas=(first, "01100")), name)
    assert found[0] == first
    assert len(set(found)) == len(found) <= MOST_AREAS
    assert set(found) <= set(store.areas)


def test_neighbours_cross_the_border_of_a_prefecture(store: Store) -> None:
    assert {code[:2] for code in quick_set(store, Scope(2025, areas=("34207",)), QuickSet.NEIGHBOURS)} > {
        "34"
    }


def test_the_same_prefecture_is_filled_by_people(store: Store) -> None:
    found = quick_set(store, Scope(2025, areas=(MIHARA,)), QuickSet.PREFECTURE)
    assert found == (MIHARA, "34100", "34207", "34202", "34212")


def test_an_order_of_a_measure_leaves_the_unknown_out(store: Store) -> None:
    scope = Scope(2025, areas=(NAHA,), need_measure=Need.SINGLE)
    assert quick_set(store, scope, QuickSet.NEED_MOST) == (NAHA,)
    by_age = quick_set(store, Scope(2025, areas=(MIHARA,)), QuickSet.NEED_MOST)
    profile = profile_of(store, scope, Kind.MUNICIPALITY)
    shares = [profile.value(Measure.AGEING, code) or 0 for code in by_age[1:]]
    assert shares == sorted(shares, reverse=True)
    assert all(code.startswith("34") for code in by_age)


def test_examples_are_never_empty(store: Store) -> None:
    for scope in (Scope(2025), Scope(2026, view=TimeView.ANNUAL)):
        found = examples(store, scope)
        assert len(found) >= 3
        assert all(example.codes for example in found)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("広島県", HIROSHIMA),
        ("ひろしまけん", HIROSHIMA),
        ("hiroshima", HIROSHIMA),
        ("34000", HIROSHIMA),
        ("おのみち", "34205"),
        ("34204", MIHARA),
    ],
)
def test_areas_are_found_by_name_reading_romaji_and_code(store: Store, text: str, first: str) -> None:
    assert found_areas(store, text)[0]["code"] == first


def test_homonyms_are_all_found(store: Store) -> None:
    assert {row["code"] for row in found_areas(store, "府中市")} == {FUCHU_HIROSHIMA, FUCHU_TOKYO}


# -- quadrants and drawing ------------------------------------------------------------------------------------------


def test_the_four_parts_hold_every_known_area_once() -> None:
    need, supply = floats([1, 2, 3, 4, None, 5]), floats([5, 1, 4, 2, 9, None])
    split = quadrants(need, supply)
    assert split is not None
    assert (split.known, split.unknown) == (4, 2)
    assert (split.need, split.supply) == (2.5, 3)
    assert split.counts == {(False, True): 1, (True, True): 1, (False, False): 1, (True, False): 1}


def test_what_lies_at_the_median_is_not_above_it() -> None:
    split = quadrants(floats([1, 1, 1]), floats([0, 0, 7]))
    assert split is not None
    assert split.of(1, 0) == (False, False)
    assert split.counts[False, True] == 1
    assert split.of(None, 0) is None


def test_nothing_known_is_no_split() -> None:
    assert quadrants(floats([1, None]), floats([None, 2])) is None


def test_the_fullest_part_of_equals_is_that_of_the_first() -> None:
    assert fullest([None, (True, True), (False, False)]) == ((True, True), 1)
    assert fullest([(True, True), (False, False), (False, False)]) == ((False, False), 2)
    assert fullest([None]) is None


@given(st.lists(st.floats(0.001, 5e6), min_size=1), st.sampled_from(Scale))
def test_every_value_lies_on_its_axis(values: list[float], scale: Scale) -> None:
    drawn = axis(floats(values), scale)
    for value in values:
        assert -1e-6 <= drawn.at(value) <= 1 + 1e-6
    placed_at = [drawn.at(tick) for tick in drawn.ticks]
    assert placed_at == sorted(placed_at)
    assert placed_at[0] >= -1e-6
    assert placed_at[-1] <= 1 + 1e-6
    assert np.allclose(drawn.all_at(floats(values)), [drawn.at(value) for value in values])


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=MOST_AREAS),
    st.lists(st.integers(20, 180), min_size=MOST_AREAS, max_size=MOST_AREAS),
    st.sampled_from([WIDE, NARROW]),
)
def test_no_name_covers_another_or_leaves_the_plot(
    points: list[tuple[float, float]], widths: list[int], frame: Frame
) -> None:
    box = frame.plot
    at = [(box.left + box.width * x, box.top + box.height * y) for x, y in points]
    boxes = placed(at, widths[: len(at)], box)
    assert all(box.holds(each) for each in boxes)
    for index, each in enumerate(boxes):
        assert not any(each.touches(other) for other in boxes[index + 1 :])
        assert not any(each.touches(Box(x - 1, y - 1, 2, 2)) for x, y in at)


def test_japanese_letters_are_wider() -> None:
    assert text_width("府中市", 10) == 30
    assert text_width("Fuchu", 10) < 35


def test_a_hostile_name_stays_text_in_the_drawing() -> None:
    hostile = "<script>x</script>\n\n*甲*"
    side = Side(axis(floats([1, 2]), Scale.LINEAR), hostile, str, 1.5, hostile)
    cloud = (floats([1, 2]), floats([1, 2]))
    plot = Plot(hostile, side, side, cloud, [Spot(hostile, 1, 2, hostile)], [[hostile]] * 4)
    drawn = drawing(plot, WIDE, class_="wide").text
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") >= 8


def test_a_zero_has_no_place_on_a_log_axis(view: View) -> None:
    scope = replace(view.scope, need_measure=Need.POPULATION, areas=(NOBODY_LIVES_HERE, MIHARA))
    scene = scene_of(replace(view, scope=scope), scope.areas)
    assert scene.pair(NOBODY_LIVES_HERE)[0] is None
    assert scene.place(NOBODY_LIVES_HERE) is None
    assert scene.split is not None
    assert scene.split.unknown == 1


def test_the_medians_split_the_nation_as_counted_by_hand(view: View) -> None:
    scene = scene_of(view, (MIHARA,))
    need, supply = (scene.profile.columns[measure].values for measure in scene.measures)
    pairs = [
        (a, b)
        for a, b in zip(need.tolist(), supply.tolist(), strict=True)
        if np.isfinite(a) and np.isfinite(b)
    ]
    lines = [middle_of(each) for each in zip(*pairs, strict=True)]
    both = sum(a > lines[0] and b > lines[1] for a, b in pairs)
    assert scene.split is not None
    assert scene.split.counts[True, True] == both
    assert scene.split.known == len(pairs)


# -- table = charts = files -----------------------------------------------------------------------------------------


def cells_of(fragment: object) -> list[list[str]]:
    """Return the rows of a table as the texts of their cells."""
    found = re.findall(r"<tr>(.*?)</tr>", str(fragment), flags=re.DOTALL)
    return [list(re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)) for row in found]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "codes", [MIXED, (NAHA,), (HIROSHIMA, "11000", "21000"), (NOBODY_LIVES_HERE, "13382")]
)
@pytest.mark.parametrize("year", [2022, 2025])
def test_the_table_and_the_files_say_the_same(
    store: Store, language: Language, codes: tuple[str, ...], year: int
) -> None:
    view = View(Scope(year, areas=codes, lang=language), words(language), store, {})
    told = comparison(view, codes)
    shown = cells_of(comparison_table(view, told))[1:]
    text = comparison_file(view, told, "csv").decode("utf-8-sig")
    filed = list(csv.DictReader(io.StringIO(text)))
    assert len(shown) == len(filed) == len(told.lines)
    for line, drawn, row in zip(told.lines, shown, filed, strict=True):
        values = list(row.values())
        assert plain(drawn[0]) == values[0] == label(view, line.name)
        for code, cell in zip(codes, drawn[1 : len(codes) + 1], strict=True):
            name = f"{code} {view.area_name(code)}"
            own = [value for column, value in row.items() if column == name or column.startswith(f"{name} ")]
            seen = plain(cell)
            if line.measure is None:
                assert own[0] in seen
                continue
            if own[0] == "":
                assert view.text("table.no_listing") in seen or view.text("table.unknown") in seen
                assert not any(own)
                continue
            number = float(own[0])
            digits = re.sub(r"[^0-9.]", "", plain(re.findall(r"<a [^>]*>(.*?)</a>", cell)[0]))
            assert float(digits) == number
            differences = re.findall(r"([+−±])([0-9,.]+)", seen)
            told_by_file = [float(value) for value in own[1:3] if value != ""]
            assert [_signed(*each) for each in differences] == told_by_file
            means = re.findall(r"(?:平均|mean) ([0-9,.]+)", seen)
            assert [float(each.replace(",", "")) for each in means] == [
                float(value) for value in own[3:] if value
            ]


def _signed(sign: str, digits: str) -> float:
    return float(digits.replace(",", "")) * (-1 if sign == "−" else 1)


def test_excel_has_the_same_cells_and_the_meaning_of_each_column(view: View) -> None:
    told = comparison(view, MIXED)
    book = openpyxl.load_workbook(io.BytesIO(comparison_file(view, told, "xlsx")))
    page = book.worksheets[0]
    heads, *body = [[cell.value for cell in row] for row in page.iter_rows()]
    expected = rows(view, told)
    assert [head.rpartition("\n")[2] for head in heads] == list(expected[0])
    assert [[value or None for value in row.values()] for row in expected] == [
        [value or None for value in row] for row in body
    ]
    assert "平均" in str([[cell.value for cell in row] for row in book.worksheets[1].iter_rows()])


def test_awards_for_the_whole_prefecture_are_told_beside_a_municipality(store: Store) -> None:
    view = View(Scope(2025), words("ja"), store, {})
    row = next(row for row in store.grants(2025, TimeView.CUMULATIVE) if row["area_scope"] == "prefecture")
    code = next(code for code in store.areas if code[:2] == row["code"][:2] and code != row["code"])
    (line,) = [line for line in comparison(view, (code, row["code"])).lines if line.name == Measure.GRANTS]
    assert "全域 " in line.cells[0].note
    assert not line.cells[1].note


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("need", Need)
@pytest.mark.parametrize("prefecture", [HIROSHIMA, "31000", "47000"])
def test_all_municipalities_of_a_prefecture_are_listed_once_and_filed_as_shown(
    store: Store, language: Language, need: Need, prefecture: str
) -> None:
    view = View(Scope(2025, area=prefecture, lang=language, need_measure=need), words(language), store, {})
    drawn = [[plain(cell) for cell in row] for row in cells_of(municipalities_table(view, prefecture))]
    text = municipalities_file(view, prefecture, "csv").decode("utf-8-sig")
    filed = list(csv.reader(io.StringIO(text)))
    own = {code for code in store.areas if code[:2] == prefecture[:2] and not code.endswith("000")}
    assert sorted(row[0] for row in filed[1:-2]) == sorted(own)
    assert drawn[0] == filed[0]
    gaps = {view.text("table.unknown"), view.text("table.no_listing")}
    for seen, row in zip(drawn[1:], filed[1:], strict=True):
        assert seen[:3] == row[:3]
        for shown, kept in zip(seen[3:], row[3:], strict=True):
            assert (shown in gaps) == (kept == "")
            assert not kept or float(re.sub(r"[^0-9.]", "", shown)) == float(kept)


def test_visits_begin_where_most_people_would_gain(store: Store) -> None:
    by_single = View(Scope(2025, need_measure=Need.SINGLE), words("ja"), store, {})
    rows = ordered(by_single, HIROSHIMA)
    counted = [row["state"] in "AB" for row in rows]
    assert counted == sorted(counted)
    assert counted.count(True) == 3
    for group in (rows[:-3], rows[-3:]):
        single = [row["single_households"] for row in group]
        assert single == sorted(single, reverse=True)
    unknown_last = [
        row["single_households"] is None for row in ordered(by_single, "22000") if row["state"] not in "AB"
    ]
    assert unknown_last == sorted(unknown_last)
    assert any(unknown_last)


def test_the_bars_say_what_the_table_says(view: View) -> None:
    told = comparison(view, MIXED)
    scene = scene_of(view, MIXED)
    assert scene.chosen == tuple(code for code in MIXED if kind_of(code) == Kind.MUNICIPALITY)
    line = next(line for line in told.lines if line.name == Measure.AGEING)
    drawn = plain(bar_table(view, scene.profile, Measure.AGEING, scene.chosen))
    for code, cell in zip(told.codes, line.cells, strict=True):
        assert code not in scene.chosen or cell.text in drawn
    assert line.means[0].text in drawn
    bars = ranked(scene.profile, Measure.AGEING, scene.chosen)
    values = [bar.value or 0 for bar in bars]
    assert values == sorted(values, reverse=True)
    assert above(bars) == (2, 4)


def test_an_unknown_bar_stands_last_and_has_no_length(view: View) -> None:
    scene = scene_of(view, (NAHA, MIHARA))
    bars = ranked(scene.profile, Measure.SINGLE, (NAHA, MIHARA))
    assert [bar.subject for bar in bars if bar.value is None] == [NAHA, "47"]
    assert bars[-1].value is None
    drawn = str(bar_table(view, scene.profile, Measure.SINGLE, (NAHA, MIHARA)))
    assert drawn.count("rank-bar") == len(bars) - 2
    assert "不明" in drawn


def test_nothing_is_more_than_unknown() -> None:
    column = Column(part=floats([None, 0, 0]), whole=floats([1, 1, 1]))
    world = Profile(Kind.PREFECTURE, ("01000", "02000", "03000"), {Measure.GRANTS: column})
    bars = ranked(world, Measure.GRANTS, world.codes)
    assert [bar.subject for bar in bars] == ["02000", "03000", "", "01000"]


@pytest.mark.parametrize("supply", Supply)
def test_the_scatter_and_its_table_say_the_same(view: View, supply: Supply) -> None:
    scope = replace(view.scope, supply_measure=supply)
    shown = replace(view, scope=scope)
    scene = scene_of(shown, MIXED)
    split = scene.split
    assert split is not None
    counts = [int(plain(row[1]).replace(",", "")) for row in cells_of(corner_table(shown, scene, split))[1:]]
    assert counts == [split.counts[place] for place in QUADRANTS]
    assert sum(counts) + split.unknown == 1741
    body = cells_of(point_table(shown, scene))[1:]
    assert [plain(row[0]) for row in body[:4]] == list(scene.chosen)
    assert len(body) == 1741
    drawn = [row for row in body if plain(row[-1]) != "–"]
    assert len(drawn) == split.known == scene.cloud[0].size
    told = comparison(shown, MIXED)
    line = next(line for line in told.lines if line.name == str(supply))
    for code, cell in zip(told.codes, line.cells, strict=True):
        if code in scene.chosen and cell.figure and cell.figure.value is not None:
            assert cell.text == plain(body[scene.chosen.index(code)][4])


def test_every_number_opens_its_evidence(view: View) -> None:
    drawn = comparison_table(view, comparison(view, MIXED)).text
    for code in MIXED:
        assert drawn.count(f"proof=area.{code}") == 1 + len(comparison(view, MIXED).lines)


# -- the page -------------------------------------------------------------------------------------------------------


def script() -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main("compare")


@pytest.fixture
def draw(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draw the page for an address."""
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))

    def drawn(**address: str) -> AppTest:
        test = AppTest.from_function(script, default_timeout=RUN_LIMIT_S)
        for name, value in address.items():
            test.query_params[name] = value
        return test.run()

    return drawn


def said(test: AppTest) -> str:
    """Return everything the page says, without markup."""
    return plain(" ".join(str(element.proto.body) for element in test.get("html")))


def address_of(test: AppTest) -> dict[str, str]:
    """Return the query parameters of the address after a run."""
    return {name: value if isinstance(value, str) else value[0] for name, value in test.query_params.items()}


@pytest.mark.parametrize("language", Language)
def test_nothing_chosen_is_a_friendly_start(draw: Draw, language: Language) -> None:
    test = draw(lang=language)
    assert not test.exception
    assert [button.key for button in test.button if str(button.key).startswith("compare-example")] == [
        f"compare-example-button-{key}" for key in ("prefectures", "taking_part", "ageing", "listed")
    ]
    test.button(key="compare-example-button-prefectures").click().run()
    assert address_of(test)["areas"] == "13000.14000.27000.23000.11000"
    assert not test.exception


def test_the_area_in_view_is_the_first_to_be_compared(draw: Draw) -> None:
    assert "三原市（広島県）" in said(draw(area=MIHARA))


def test_a_chip_removes_its_area_and_the_last_one_ends_the_comparison(draw: Draw) -> None:
    test = draw(areas=f"{MIHARA}.{NAHA}", area=HIROSHIMA)
    test.button(key=f"compare-chip-{MIHARA}").click().run()
    assert address_of(test)["areas"] == NAHA
    test.button(key=f"compare-chip-{NAHA}").click().run()
    assert not {"area", "areas"} & set(address_of(test))
    assert not test.exception


def test_another_area_is_put_first(draw: Draw) -> None:
    test = draw(areas=f"{MIHARA}.{NAHA}")
    test.selectbox(key="compare-first").select(NAHA).run()
    assert address_of(test)["areas"] == f"{NAHA}.{MIHARA}"


@pytest.mark.parametrize("name", QuickSet)
def test_every_set_is_a_button(draw: Draw, name: QuickSet) -> None:
    test = draw(areas=MIHARA)
    test.button(key=f"compare-set-{name}").click().run()
    assert not test.exception
    codes = address_of(test)["areas"].split(".")
    assert codes[0] == MIHARA
    assert len(codes) == MOST_AREAS


def test_a_set_of_nobody_is_no_dead_end(draw: Draw) -> None:
    island = draw(areas="47000")
    assert island.button(key="compare-set-neighbours").disabled
    assert not island.button(key="compare-set-similar").disabled
    assert draw(areas=NOBODY_LIVES_HERE).button(key="compare-set-similar").disabled


def test_prefectures_beside_municipalities_are_told(draw: Draw) -> None:
    assert "先頭の地域と同じ市区町村だけ" in said(draw(areas=".".join(MIXED)))
    assert "先頭の地域と同じ" not in said(draw(areas=f"{MIHARA}.{NAHA}"))


@pytest.mark.parametrize("need", Need)
@pytest.mark.parametrize("supply", Supply)
def test_every_pair_of_measures_draws_in_both_languages(draw: Draw, need: Need, supply: Supply) -> None:
    for language, areas in zip(Language, (".".join(MIXED), f"{HIROSHIMA}.47000"), strict=True):
        test = draw(areas=areas, lang=language, need_measure=need, supply_measure=supply)
        assert not test.exception


def test_a_year_without_a_list_still_compares(draw: Draw) -> None:
    test = draw(areas=".".join(MIXED), year="2026", view="annual", open="points.alike.chooser")
    assert not test.exception
    assert "図を示せません" in said(test)


def test_the_panels_open_by_the_address(draw: Draw) -> None:
    test = draw(areas=MIHARA, open=f"{Panel.ALIKE}.{Panel.POINTS}")
    assert "隔たり" in said(test)
    assert "中央値で分けた四つの部分" in said(test)
    assert not test.exception
