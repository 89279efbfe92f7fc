"""Nearest points: the same answer as measuring every single geodesic, wherever the point lies."""

import csv
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.area import MUNICIPALITY_KINDS, AreaKind
from geo.nearby import Nearby, metres_between

DATA = Path(__file__).resolve().parents[2] / "data"
GRS80 = Geod(ellps="GRS80")
POINTS = 100_000
# The ends of Japan: 与那国島, 南鳥島, 沖ノ鳥島, 宗谷岬, 小笠原父島, and the middle of it.
ENDS = {
    "yonaguni": (122.94, 24.45),
    "minamitori": (153.98, 24.28),
    "okinotori": (136.08, 20.42),
    "soya": (141.94, 45.52),
    "ogasawara": (142.19, 27.09),
    "tokyo": (139.77, 35.68),
    "atlantic": (-40.0, -36.0),
    "north pole": (0.0, 90.0),
}
lons = st.floats(122, 154)
lats = st.floats(20, 46)
places = st.lists(st.tuples(lons, lats), max_size=40)


def all_metres(
    lon: float, lat: float, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Measure every point, as plainly as it can be done."""
    return np.asarray(GRS80.inv(np.full(len(x), lon), np.full(len(x), lat), x, y)[2])


@pytest.fixture(scope="module")
def scattered() -> npt.NDArray[np.float64]:
    """Random points over Japan, a thousand of them twice: longitudes and latitudes."""
    rng = np.random.default_rng(20221101)
    points = np.stack((rng.uniform(122, 154, POINTS), rng.uniform(20, 46, POINTS)))
    points[:, -1000:] = points[:, :1000]
    return points


@pytest.fixture(scope="module")
def offices() -> dict[str, tuple[float, float]]:
    """Offices of all municipalities by code, in degrees."""
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not row["valid_to"]]
    municipalities = (row for row in rows if AreaKind(row["kind"]) in MUNICIPALITY_KINDS)
    return {row["code"]: (float(row["office_lon"]), float(row["office_lat"])) for row in municipalities}


@pytest.fixture(scope="module")
def nearby(scattered: npt.NDArray[np.float64]) -> Nearby:
    return Nearby(*scattered)


@pytest.mark.parametrize("place", ENDS)
@pytest.mark.parametrize("k", [1, 10, 2500])
def test_the_nearest_are_those_of_all_geodesics(
    nearby: Nearby, scattered: npt.NDArray[np.float64], place: str, k: int
) -> None:
    metres = all_metres(*ENDS[place], *scattered)
    expected = np.argsort(metres, kind="stable")[:k]
    positions, found = nearby.nearest(*ENDS[place], k)
    assert positions.tolist() == expected.tolist()
    assert np.array_equal(found, metres[expected])


@pytest.mark.parametrize("place", ENDS)
@pytest.mark.parametrize("metres", [0, 5_000, 50_000, 1_000_000])
def test_everything_within_a_distance_is_found_and_nothing_else(
    nearby: Nearby, scattered: npt.NDArray[np.float64], place: str, metres: int
) -> None:
    every = all_metres(*ENDS[place], *scattered)
    positions, found = nearby.within(*ENDS[place], metres)
    assert set(positions.tolist()) == set(np.flatnonzero(every <= metres).tolist())
    assert np.array_equal(found, every[positions])
    assert np.all(np.diff(found) >= 0)
    assert np.array_equal(nearby.are_within(*ENDS[place], metres), every <= metres)


@pytest.mark.parametrize("place", ENDS)
@pytest.mark.parametrize("k", [1, 300])
@pytest.mark.parametrize("share", [0, 0.001, 0.5])
def test_the_nearest_of_some_are_those_of_their_geodesics(
    nearby: Nearby, scattered: npt.NDArray[np.float64], place: str, *, k: int, share: float
) -> None:
    among = np.less(np.random.default_rng(1).uniform(size=POINTS), share)
    metres = np.where(among, all_metres(*ENDS[place], *scattered), np.inf)
    expected = np.argsort(metres, kind="stable")[: min(k, among.sum())]
    positions, found = nearby.nearest_among(among, *ENDS[place], k)
    assert positions.tolist() == expected.tolist()
    assert np.array_equal(found, metres[expected])


@given(places, lons, lats, st.integers(1, 50))
def test_any_few_points_are_ordered_as_their_geodesics(
    points: list[tuple[float, float]], lon: float, lat: float, k: int
) -> None:
    x, y = np.array(points).reshape(-1, 2).T
    metres = all_metres(lon, lat, x, y)
    expected = np.argsort(metres, kind="stable")[:k]
    positions, found = Nearby(x, y).nearest(lon, lat, k)
    assert positions.tolist() == expected.tolist()
    assert np.array_equal(found, metres[expected])


@given(places, lons, lats, st.floats(0, 4e6))
def test_any_few_points_within_a_distance(
    points: list[tuple[float, float]], lon: float, lat: float, metres: float
) -> None:
    x, y = np.array(points).reshape(-1, 2).T
    expected = np.flatnonzero(all_metres(lon, lat, x, y) <= metres)
    nearby = Nearby(x, y)
    assert sorted(nearby.within(lon, lat, metres)[0].tolist()) == expected.tolist()
    assert np.flatnonzero(nearby.are_within(lon, lat, metres)).tolist() == expected.tolist()


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90))
def test_no_direction_of_the_ellipsoid_hides_a_point(
    lon: float, lat: float, to_lon: float, to_lat: float
) -> None:
    """The candidates' angle is a bound everywhere on the Earth, along meridians near the equator too."""
    metres = all_metres(lon, lat, np.array([to_lon]), np.array([to_lat]))[0]
    assert Nearby([to_lon], [to_lat]).within(lon, lat, metres)[0].tolist() == [0]
    assert Nearby([to_lon], [to_lat]).are_within(lon, lat, metres).tolist() == [True]


def test_the_two_ways_round_the_world_are_one_place() -> None:
    assert Nearby([179.999], [35.0]).within(-179.999, 35.0, 200)[0].tolist() == [0]


def test_points_equally_far_stand_in_the_order_of_their_positions() -> None:
    same = Nearby([139.0, 138.0, 139.0, 139.0], [36.0, 36.0, 36.0, 36.0])
    assert same.nearest(139.0, 36.0, 2)[0].tolist() == [0, 2]
    assert same.nearest_among(np.ones(4, bool), 139.0, 36.0, 2)[0].tolist() == [0, 2]
    assert same.within(139.0, 36.0, 0)[0].tolist() == [0, 2, 3]


def test_a_point_is_no_metre_away_from_itself() -> None:
    positions, metres = Nearby([139.7671], [35.6812]).nearest(139.7671, 35.6812, 1)
    assert (positions.tolist(), metres.tolist()) == ([0], [0.0])


def test_what_has_no_point_is_never_found_and_keeps_its_position() -> None:
    nearby = Nearby([math.nan, 139.0, 139.0, math.inf, 140.0], [36.0, math.nan, 91.0, 36.0, 36.0])
    assert len(nearby) == 1
    assert nearby.nearest(139.0, 36.0, 5)[0].tolist() == [4]
    assert nearby.within(139.0, 36.0, math.inf)[0].tolist() == [4]
    assert nearby.are_within(139.0, 36.0, math.inf).tolist() == [False, False, False, False, True]
    assert nearby.nearest_among(np.ones(5, bool), 139.0, 36.0, 5)[0].tolist() == [4]


@pytest.mark.parametrize("k", [-1, 0])
def test_none_is_found_when_none_is_wanted(nearby: Nearby, k: int) -> None:
    assert [len(found) for found in nearby.nearest(139.0, 36.0, k)] == [0, 0]


@pytest.mark.parametrize("metres", [-1.0, math.nan])
def test_nothing_lies_within_no_distance(nearby: Nearby, metres: float) -> None:
    assert [len(found) for found in nearby.within(139.0, 36.0, metres)] == [0, 0]
    assert not nearby.are_within(139.0, 36.0, metres).any()


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 36.0), (139.0, math.nan), (139.0, 90.5)])
def test_nothing_is_near_no_point(nearby: Nearby, lon: float, lat: float) -> None:
    assert not len(nearby.nearest(lon, lat, 3)[0])
    assert not len(nearby.within(lon, lat, 1e7)[0])
    assert not nearby.are_within(lon, lat, 1e7).any()
    assert not len(nearby.nearest_among(np.ones(POINTS, bool), lon, lat, 3)[0])


def test_more_than_there_are_is_all_there_are() -> None:
    assert Nearby([139.0, 140.0], [36.0, 36.0]).nearest(141.0, 36.0, 99)[0].tolist() == [1, 0]


def test_no_points_answer_with_nothing() -> None:
    empty = Nearby([], [])
    assert not len(empty)
    assert not len(empty.nearest(139.0, 36.0, 3)[0])
    assert not len(empty.within(139.0, 36.0, 1e6)[0])
    assert not len(empty.are_within(139.0, 36.0, 1e6))
    assert not len(empty.nearest_among(np.empty(0, bool), 139.0, 36.0, 3)[0])


def test_the_lengths_of_grs80_are_met() -> None:
    """The quarter meridian of GRS80 is 10,001,965.7293 m, a degree of its equator a / 180 × π (Moritz 2000)."""
    assert metres_between(139.0, 0.0, [139.0, 140.0], [90.0, 0.0]) == pytest.approx(
        [10_001_965.7293, 6_378_137 * math.pi / 180], abs=1e-4
    )


def test_distances_keep_the_place_of_what_has_no_point() -> None:
    metres = metres_between(139.0, 36.0, [139.0, math.nan, 140.0], [36.0, 36.0, math.nan])
    assert metres[0] == 0
    assert np.isnan(metres[1:]).all()
    assert np.isnan(metres_between(math.nan, 36.0, [139.0], [36.0])).all()


def test_threads_get_the_same_answers(nearby: Nearby) -> None:
    def asked(place: str) -> list[int]:
        found: list[int] = nearby.nearest(*ENDS[place], 20)[0].tolist()
        return found

    wanted = list(ENDS) * 20
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(asked, wanted)) == [asked(place) for place in wanted]


def test_every_office_finds_the_offices_around_it(offices: dict[str, tuple[float, float]]) -> None:
    """Over all 1,741 offices, the far islands too: the five nearest are those of all geodesics."""
    x, y = np.array(list(offices.values())).T
    nearby = Nearby(x, y)
    for lon, lat in offices.values():
        expected = np.argsort(all_metres(lon, lat, x, y), kind="stable")[:5]
        assert nearby.nearest(lon, lat, 5)[0].tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("code", "neighbour", "kilometres"),
    [("47382", "47381", 118), ("13421", "13402", 640), ("47358", "47357", 14)],
    ids=["与那国町→竹富町（庁舎は石垣島）", "小笠原村→青ヶ島村", "北大東村→南大東村"],
)
def test_the_nearest_office_to_an_island_is_known(
    offices: dict[str, tuple[float, float]], code: str, neighbour: str, kilometres: float
) -> None:
    x, y = np.array(list(offices.values())).T
    positions, metres = Nearby(x, y).nearest(*offices[code], 2)
    assert list(offices)[positions[0]] == code
    assert list(offices)[positions[1]] == neighbour
    assert metres[1] / 1000 == pytest.approx(kilometres, rel=0.05)
