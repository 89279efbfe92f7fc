"""Shared borders on the mesh: every pair once, sea and corners divide, and the official boundaries agree."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.borders import LEAST_BORDER_M, borders
from geo.mesh import Runs

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "boundaries" / "municipalities-2025.topojson"
GRS80 = Geod(ellps="GRS80")
ROW, COL = 15_360, 10_880  # 36° N, 139° E: cells of 140.8 m by 115.6 m
WIDTH, HEIGHT = 140.8, 115.6
SEA, UNASSIGNED = 0, 13000

Picture = list[list[int]]


def runs_of(picture: Picture) -> Runs:
    """Make runs of rows of codes, the southernmost first; 0 is sea."""
    found = []
    for row, codes in enumerate(picture):
        starts = [0, *(at for at, (a, b) in enumerate(pairwise(codes), 1) if a != b), len(codes)]
        found += [(row + ROW, a + COL, b - a, codes[a]) for a, b in pairwise(starts) if codes[a] != SEA]
    rows = np.array(found, np.int64).reshape(-1, 4)
    return Runs(*rows.T)


def pairs_of(picture: Picture, least_m: float = LEAST_BORDER_M) -> dict[tuple[int, int], float]:
    found = borders(runs_of(picture), least_m=least_m)
    return {
        (a, b): metres
        for a, b, metres in zip(found.first.tolist(), found.second.tolist(), found.metres, strict=True)
    }


def test_areas_side_by_side_share_a_border_as_long_as_their_common_rows() -> None:
    assert pairs_of([[13101, 13102]] * 10) == {
        (13101, 13102): pytest.approx(10 * GRS80.inv(139, 36, 139, 36 + 1 / 960)[2], rel=1e-4)
    }


def test_areas_above_each_other_share_one_too() -> None:
    cells = 100
    (found,) = pairs_of([[13102] * cells, [13101] * cells]).items()
    assert found[0] == (13101, 13102)
    assert found[1] == pytest.approx(cells * GRS80.inv(139, 36, 139 + 1 / 640, 36)[2], rel=0.01)


@pytest.mark.parametrize("steps", [(1, 1), (3, 1), (1, 3), (7, 2)])
def test_a_staircase_is_about_as_long_as_the_line_it_stands_for(steps: tuple[int, int]) -> None:
    up, right = steps
    size = 60 * up
    picture = [[13101 if col * up < row * right else 13102 for col in range(200)] for row in range(size)]
    line = np.hypot(size * HEIGHT, size / up * right * WIDTH)
    (length,) = pairs_of(picture).values()
    assert line * 0.98 < length < line * 1.1


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param([[13101, SEA, 13102]] * 9, id="sea between them"),
        pytest.param([[13101] * 9, [SEA] * 9, [13102] * 9], id="sea between them, northwards"),
        pytest.param([[13101, SEA], [SEA, 13102]], id="a corner alone"),
        pytest.param([[13101, UNASSIGNED, 13102]] * 9, id="unassigned land"),
        pytest.param([[13101, 13102]], id="one edge of a cell"),
        pytest.param([[13101], [13102]], id="one edge eastwards"),
        pytest.param([[13101] * 9] * 9, id="one area"),
        pytest.param([], id="no area"),
    ],
)
def test_no_border(picture: Picture) -> None:
    assert pairs_of(picture) == {}


def test_two_edges_in_a_row_are_a_border() -> None:
    assert set(pairs_of([[13101, 13102]] * 2)) == {(13101, 13102)}
    assert set(pairs_of([[13101, 13101], [13101, 13102]])) == {(13101, 13102)}


def test_where_four_areas_meet_in_a_point_opposite_ones_share_nothing() -> None:
    picture = [[13101] * 5 + [13102] * 5] * 5 + [[13103] * 5 + [13104] * 5] * 5
    assert set(pairs_of(picture)) == {(13101, 13102), (13101, 13103), (13102, 13104), (13103, 13104)}


def test_a_step_in_the_mesh_where_four_areas_meet_makes_no_neighbours_of_opposite_ones() -> None:
    picture = [[13101] * 6 + [13102] * 4] * 5 + [[13103] * 5 + [13104] * 5] * 5
    assert (13101, 13104) not in pairs_of(picture)
    assert (13101, 13104) in pairs_of(picture, least_m=0)


def test_the_end_of_a_row_does_not_touch_the_start_of_the_next() -> None:
    codes = np.array([13101, 13102], np.int64)
    row, col = np.array([ROW, ROW + 1], np.int64), np.array([20_479, 0], np.int64)
    assert not len(borders(Runs(row, col, np.ones(2, np.int64), codes), least_m=0).first)


@given(
    st.integers(1, 7).flatmap(
        lambda width: st.lists(
            st.lists(
                st.sampled_from([SEA, UNASSIGNED, 13101, 13102, 13103, 14101]),
                min_size=width,
                max_size=width,
            ),
            max_size=7,
        )
    )
)
def test_any_picture_has_the_pairs_that_its_cells_have(picture: Picture) -> None:
    touching = {
        (min(a, b), max(a, b))
        for a, b in _touching(picture)
        if a != b and a % 1000 and b % 1000 and SEA not in (a, b)
    }
    assert set(pairs_of(picture, least_m=0)) == touching
    assert list(pairs_of(picture, least_m=0)) == sorted(touching)


def _touching(picture: Picture) -> Iterator[tuple[int, int]]:
    for row in picture:
        yield from pairwise(row)
    for lower, upper in pairwise(picture):
        yield from zip(lower, upper, strict=True)


@pytest.fixture(scope="module")
def national(runs: Runs) -> dict[tuple[str, str], float]:
    """Borders of the nation without the northern villages."""
    found = borders(runs)
    pairs = {
        (f"{a:05d}", f"{b:05d}"): metres
        for a, b, metres in zip(found.first.tolist(), found.second.tolist(), found.metres, strict=True)
    }
    return {pair: metres for pair, metres in pairs.items() if not is_northern(pair)}


def is_northern(pair: tuple[str, ...]) -> bool:
    return any("01695" <= code <= "01700" for code in pair)


@pytest.fixture(scope="module")
def official() -> dict[tuple[str, str], float]:
    """Metres of the lines that two municipalities share in the boundaries of 2025."""
    if not OFFICIAL.is_file():
        pytest.skip("the boundaries of the Digital Agency are not beside the repository")
    topology = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    users: dict[int, set[str]] = defaultdict(set)
    for geometry in topology["objects"]["ja_municipality_area_simplified_1741"]["geometries"]:
        for arc in _flat(geometry["arcs"]):
            users[max(arc, ~arc)].add(geometry["properties"]["lg_code_5"])
    scale, translate = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    shared: Counter[tuple[str, str]] = Counter()
    for arc, codes in users.items():
        if len(codes) == 2 and not is_northern(tuple(codes)):
            lon, lat = (np.cumsum(np.array(topology["arcs"][arc]), axis=0) * scale + translate).T
            first, second = sorted(codes)
            shared[first, second] += GRS80.line_length(lon, lat)
    return dict(shared)


def _flat(arcs: Any) -> Iterator[int]:
    for arc in arcs:
        yield from [arc] if isinstance(arc, int) else _flat(arc)


def test_the_official_boundaries_know_the_neighbours_of_the_mesh(
    national: dict[tuple[str, str], float], official: dict[tuple[str, str], float]
) -> None:
    assert len(national) == 4_386
    unknown = {
        (
            "06403",
            "15385",
        ),  # 飯豊町・阿賀町: between them a path to 飯豊山 that belongs to 喜多方市, a metre wide
        ("23206", "23215"),  # 春日井市・犬山市: 183 m where three cities meet
        ("40220", "40384"),  # 宗像市・遠賀町: 232 m where three meet
        ("46215", "46218"),  # 薩摩川内市・霧島市: 300 m where three meet
    }
    assert national.keys() - official.keys() == unknown


def test_the_mesh_misses_only_short_official_borders(
    national: dict[tuple[str, str], float], official: dict[tuple[str, str], float]
) -> None:
    missed = {pair: metres for pair, metres in official.items() if pair not in national}
    assert len(missed) == 20
    assert max(missed.values()) < 250


def test_a_single_edge_is_as_often_wrong_as_right(
    runs: Runs, national: dict[tuple[str, str], float], official: dict[tuple[str, str], float]
) -> None:
    every = borders(runs, least_m=0)
    pairs = {
        (f"{a:05d}", f"{b:05d}") for a, b in zip(every.first.tolist(), every.second.tolist(), strict=True)
    }
    short = {pair for pair in pairs - national.keys() if not is_northern(pair)}
    assert Counter(pair in official for pair in short) == {False: 17, True: 13}


def test_lengths_are_those_of_the_official_boundaries_within_what_simplifying_takes(
    national: dict[tuple[str, str], float], official: dict[tuple[str, str], float]
) -> None:
    ratios = [metres / official[pair] for pair, metres in national.items() if official.get(pair, 0) > 3_000]
    low, middle, high = np.percentile(ratios, (25, 50, 75))
    assert (low, middle, high) == pytest.approx((1.08, 1.11, 1.15), abs=0.01)


@pytest.mark.parametrize(
    ("code", "name"),
    [("13361", "大島町"), ("13421", "小笠原村"), ("47382", "与那国町"), ("01517", "礼文町"), ("15586", "粟島浦村"),
     ("42209", "対馬市"), ("46304", "十島村"), ("15224", "佐渡市")],
)  # fmt: skip
def test_an_island_of_one_municipality_has_no_neighbour(
    national: dict[tuple[str, str], float], code: str, name: str
) -> None:
    assert not [pair for pair in national if code in pair]


def test_two_towns_of_one_island_have_each_other(national: dict[tuple[str, str], float]) -> None:
    assert [pair for pair in national if "01518" in pair] == [("01518", "01519")]  # 利尻町・利尻富士町
