"""The layout of the annual map: no label covers anything, no leader crosses anything, nothing is clipped, names stay put.

The golden file is rewritten by `IBASHO_REWRITE_GOLDEN=1 pytest tests/dashboard/annual/test_layout.py -k golden`; look at the
page before it is committed.
"""

import json
import math
import os
from collections.abc import Collection
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.annual.asked import PREFECTURES
from dashboard.annual.layout import Layout, TooManyLabelsError, room_for
from dashboard.annual.marks import Align
from dashboard.annual.paper import PAPERS
from dashboard.closed_lists import Block, PaperKind
from dashboard.store import Store
from etl.build import Build
from tests.dashboard.annual.layout_world import NATION, SHEETS, Sheet, faults, page, sheet_of

GOLDEN = Path(__file__).parent / "golden" / "layout-2022.json"
REWRITES = bool(os.environ.get("IBASHO_REWRITE_GOLDEN"))
NEAR_PT = 0.6
"""A golden place may lie so many points off: another version of GEOS may round otherwise."""


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The store of the real data."""
    return Store(project_build)


def listed(store: Store, *years: int) -> frozenset[str]:
    """The codes of the bodies in the lists of some years, partners as well; of all years if none is given."""
    rows = store.ask("SELECT fiscal_year, code FROM participation WHERE code IS NOT NULL")
    return frozenset(row["code"] for row in rows if not years or row["fiscal_year"] in years)


def drawn_by_lot(store: Store, count: int, seed: int) -> frozenset[str]:
    """Some areas of all kinds, the same for the same seed."""
    return frozenset(np.random.default_rng(seed).choice(list(store.areas), count, replace=False).tolist())


def codes_of(block: Block) -> tuple[str, ...]:
    return tuple(f"{code:02d}" for code in PREFECTURES[block])


def within(codes: Collection[str], prefectures: Collection[str]) -> frozenset[str]:
    return frozenset(code for code in codes if code[:2] in prefectures)


def by_code(layout: Layout) -> dict[str, tuple[float, float]]:
    return {label.code: (label.at.x, label.at.y) for label in layout.labels}


# -- nothing is in the way --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", SHEETS)
def test_the_first_list_stands_round_the_nation_without_a_fault(store: Store, paper: str) -> None:
    codes, sheet = listed(store, 2022), SHEETS[paper]
    layout = page(store, codes, sheet)
    assert len(layout.labels) == len(codes) == 29
    assert not faults(layout, sheet.frame)


@pytest.mark.parametrize("paper", ["slide", "a3"])
def test_the_bodies_of_all_years_stand_round_the_nation_without_a_fault(store: Store, paper: str) -> None:
    codes, sheet = listed(store), SHEETS[paper]
    assert not faults(page(store, codes, sheet), sheet.frame)


@pytest.mark.parametrize(
    ("paper", "count"), [("slide", 54), ("a3", 54), ("screen", 30), ("small", 100)], ids=str
)
def test_as_many_labels_as_a_page_takes_stand_without_a_fault(store: Store, paper: str, count: int) -> None:
    sheet = {**SHEETS, "small": sheet_of(PAPERS[PaperKind.SLIDE], 0.66, 0.55)}[paper]
    layout = page(store, drawn_by_lot(store, count, seed=count), sheet)
    assert len(layout.labels) == count
    assert not faults(layout, sheet.frame)


@pytest.mark.parametrize("block", Block)
@pytest.mark.parametrize("paper", ["slide", "a3"])
def test_two_hundred_bodies_stand_on_the_pages_of_the_blocks_without_a_fault(
    store: Store, paper: str, block: Block
) -> None:
    sheet, prefectures = SHEETS[paper], codes_of(block)
    codes = within(drawn_by_lot(store, 200, seed=1), prefectures)
    layout = page(store, codes, sheet, prefectures=prefectures)
    assert len(layout.labels) == len(codes) > 0
    assert not faults(layout, sheet.frame)


@pytest.mark.parametrize("prefecture", ["01", "13", "32", "42", "46", "47"])
def test_a_prefecture_with_far_islands_stands_whole_on_its_page(store: Store, prefecture: str) -> None:
    sheet = SHEETS["slide"]
    codes = within(drawn_by_lot(store, 400, seed=2), (prefecture,))
    layout = page(store, codes, sheet, prefectures=(prefecture,), fine=prefecture)
    assert set(layout.outlines) == {code for code in store.areas if code.startswith(prefecture)}
    assert not faults(layout, sheet.frame)


@settings(max_examples=12, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.data(),
    paper=st.sampled_from(list(SHEETS)),
    prefectures=st.sampled_from([NATION, *(codes_of(block) for block in Block)]),
)
def test_any_choice_of_bodies_stands_without_a_fault(
    store: Store, data: st.DataObject, paper: str, prefectures: tuple[str, ...]
) -> None:
    sheet = SHEETS[paper]
    known = [code for code in store.areas if code[:2] in prefectures]
    most = int(0.8 * room_for(sheet.frame, sheet.row_height))
    codes = data.draw(st.sets(st.sampled_from(known), max_size=most))
    layout = page(store, codes, sheet, prefectures=prefectures)
    assert {label.code for label in layout.labels} == codes
    assert not faults(layout, sheet.frame)


def test_more_labels_than_rows_are_refused_and_the_room_is_told(store: Store) -> None:
    sheet = SHEETS["screen"]
    with pytest.raises(TooManyLabelsError) as caught:
        page(store, drawn_by_lot(store, 60, seed=3), sheet)
    assert caught.value.slots == room_for(sheet.frame, sheet.row_height) == 2 * int(461 // 28.8)


# -- what belongs together stands together ----------------------------------------------------------------------------


def test_a_name_stands_in_the_same_place_in_every_year(store: Store) -> None:
    every, sheet = listed(store), SHEETS["slide"]
    first = by_code(page(store, every, sheet, shown=listed(store, 2022)))
    later = by_code(page(store, every, sheet, shown=listed(store, 2022, 2023)))
    assert set(first) == listed(store, 2022)
    assert first == {code: place for code, place in later.items() if code in first}


def test_the_same_question_has_the_same_answer_in_any_order(store: Store) -> None:
    codes, sheet = listed(store, 2022), SHEETS["slide"]
    assert page(store, sorted(codes), sheet) == page(store, sorted(codes, reverse=True), sheet)


def test_no_two_labels_could_swap_to_shorten_their_leaders(store: Store) -> None:
    layout = page(store, listed(store, 2022), SHEETS["slide"])
    for one, other in combinations(layout.labels, 2):
        now = math.dist(*one.leader) + math.dist(*other.leader)
        swapped = math.dist(one.leader[0], other.leader[1]) + math.dist(other.leader[0], one.leader[1])
        assert now <= swapped + 2 * 14, (one.code, other.code)


def test_leaders_end_in_their_prefecture_and_on_their_municipality(store: Store) -> None:
    layout = page(store, listed(store), SHEETS["slide"])
    for label in layout.labels:
        end = shapely.Point(label.leader[1])
        land = shapely.union_all([shapely.Polygon(ring).buffer(0) for ring in layout.outlines[label.code]])
        near = 0.0 if label.code.endswith("000") else 3.0
        assert land.distance(end) <= near, label.code
        assert layout.signs[label.code] == label.leader[1]


def test_labels_stand_on_the_outer_side_of_their_leaders(store: Store) -> None:
    for label in page(store, listed(store), SHEETS["a3"]).labels:
        (x, y), _ = label.leader
        assert label.at.y < y < label.at.bottom
        assert (label.at.right < x) if label.side is Align.LEFT else (x < label.at.x)


# -- the land ---------------------------------------------------------------------------------------------------------


def test_every_prefecture_is_on_the_page_of_the_nation(store: Store) -> None:
    layout = page(store, listed(store, 2022), SHEETS["slide"])
    assert {code for code in layout.outlines if code.endswith("000")} == {f"{code}000" for code in NATION}
    assert {inset.key for inset in layout.insets} == {"nansei", "ogasawara", "minamitorishima"}


def test_the_ends_of_the_country_are_drawn(store: Store) -> None:
    """択捉島 belongs to 北海道, 与那国島 is the westernmost part of 沖縄県, 南鳥島 the easternmost of 東京都."""
    outlines = page(store, (), SHEETS["slide"]).outlines
    northmost = min(y for ring in outlines["01000"] for _, y in ring)
    eastmost = max(x for ring in outlines["01000"] for x, _ in ring)
    top_right = [ring for ring in outlines["01000"] if max(x for x, _ in ring) == eastmost]
    assert min(y for _, y in top_right[0]) == pytest.approx(northmost, abs=8)
    inset = {entry.key: entry.at for entry in page(store, (), SHEETS["slide"]).insets}
    okinawa = [x for ring in outlines["47000"] for x, _ in ring]
    assert min(okinawa) == pytest.approx(inset["nansei"].x + 5, abs=1)
    marcus = inset["minamitorishima"]
    assert any(marcus.x < x < marcus.right for ring in outlines["13000"] for x, _ in ring)


def test_neighbours_share_their_border_so_that_no_gap_shows(store: Store) -> None:
    outlines = page(store, (), SHEETS["slide"]).outlines
    land = {code: shapely.Polygon(max(rings, key=len)).buffer(0) for code, rings in outlines.items()}
    for one, other in (("20000", "21000"), ("13000", "14000"), ("28000", "33000")):
        border = shapely.intersection(land[one].boundary, land[other].boundary)
        gap = land[one].buffer(2).intersection(land[other].buffer(2)).difference(land[one] | land[other])
        holes = [part for part in shapely.get_parts(gap) if part.within(border.buffer(1))]
        assert border.length > 5
        assert not holes


def test_the_nation_is_light_enough_to_send(store: Store) -> None:
    for paper in SHEETS.values():
        outlines = page(store, (), paper).outlines
        letters = sum(len(f"{x:g},{y:g} ") for rings in outlines.values() for ring in rings for x, y in ring)
        assert letters < 250_000


# -- the names of prefectures -----------------------------------------------------------------------------------------


def test_nearly_all_prefectures_are_named_and_every_other_has_a_label(store: Store) -> None:
    layout = page(store, listed(store, 2022), SHEETS["slide"])
    unnamed = {f"{code}000" for code in NATION} - set(layout.names)
    assert len(unnamed) <= 2
    assert unnamed <= {label.code for label in layout.labels}


def test_no_name_stands_on_the_land_of_another_prefecture(store: Store) -> None:
    layout = page(store, listed(store, 2022), SHEETS["slide"])
    land = {
        code: shapely.union_all([shapely.Polygon(ring).buffer(0) for ring in rings])
        for code, rings in layout.outlines.items()
        if code.endswith("000")
    }
    for code, name in layout.names.items():
        at = shapely.Point(name.x, name.y)
        assert not [other for other in land if other != code and land[other].contains(at)], code


def test_a_name_left_out_for_its_label_comes_back_where_the_label_is_not_shown(store: Store) -> None:
    every = page(store, listed(store, 2022), SHEETS["slide"])
    none = page(store, listed(store, 2022), SHEETS["slide"], shown=())
    assert set(every.names) < set(none.names) == {f"{code}000" for code in NATION}


# -- the golden page --------------------------------------------------------------------------------------------------


def rounded(layout: Layout) -> dict[str, object]:
    return {
        "labels": {
            label.code: [
                label.side.value,
                *(round(value, 1) for value in (label.at.x, label.at.y, *label.leader[1])),
            ]
            for label in sorted(layout.labels, key=lambda label: label.code)
        },
        "names": {code: [round(value, 1) for value in place] for code, place in layout.names.items()},
        "insets": {
            inset.key: [
                round(value, 1)
                for value in (inset.at.x, inset.at.y, inset.at.width, inset.at.height, inset.scale)
            ]
            for inset in layout.insets
        },
    }


def golden_text(found: dict[str, object]) -> str:
    """One line per place, so that a difference can be read."""
    parts = []
    for part, places in found.items():
        assert isinstance(places, dict)
        lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(place)}" for key, place in places.items())
        parts.append(f' "{part}": {{\n{lines}\n }}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def test_the_golden_page_of_the_first_list(store: Store) -> None:
    sheet: Sheet = SHEETS["slide"]
    found = rounded(page(store, listed(store, 2022), sheet))
    if REWRITES:
        GOLDEN.write_text(golden_text(found), encoding="utf-8")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for part, places in golden.items():
        assert set(found[part]) == set(places)  # type: ignore[call-overload]
        for key, place in places.items():
            assert (
                found[part][key] == pytest.approx(place, abs=NEAR_PT)
                or found[part][key]
                == [  # type: ignore[index]
                    place[0],
                    *(pytest.approx(value, abs=NEAR_PT) for value in place[1:]),
                ]
            ), (part, key)
