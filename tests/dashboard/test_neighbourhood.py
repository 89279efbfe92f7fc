"""Neighbours, areas alike and distances to participants: known pairs, exact metres, nothing invented."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from pyproj import Geod

from dashboard.neighbourhood import _means_over_people, _nearest_participants
from dashboard.store import Row, Store
from etl.build import Build

TOTTORI, IWAMI, YAZU = "31201", "31302", "31329"
GRS80 = Geod(ellps="GRS80")


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The store of the real data."""
    return Store(project_build)


@pytest.fixture(scope="module")
def metres(store: Store) -> Mapping[str, Row]:
    """Distances to the participants of fiscal year 2022."""
    return store.to_participants(2022, "annual")


def apart(store: Store, one: str, other: str) -> float:
    """Metres between two offices, measured without our own code."""
    a, b = store.areas[one], store.areas[other]
    return float(GRS80.inv(a["office_lon"], a["office_lat"], b["office_lon"], b["office_lat"])[2])


# -- neighbours --------------------------------------------------------------------------------------------------------


def test_neighbours_cross_prefectures_and_the_longest_border_is_first(store: Store) -> None:
    rows = store.neighbours(TOTTORI)
    assert {row["prefecture_name"] for row in rows} == {"鳥取県", "岡山県", "兵庫県"}
    assert rows[0]["name"] == "八頭町"
    assert [row["border_m"] for row in rows] == sorted((row["border_m"] for row in rows), reverse=True)
    assert list(rows[0]) == ["code", "name", "romaji", "prefecture_name", "border_m"]


def test_fuchu_of_hiroshima_borders_on_fukuyama_and_onomichi(store: Store) -> None:
    assert {"福山市", "尾道市"} <= {row["name"] for row in store.neighbours("34208")}


@pytest.mark.parametrize("code", ["13361", "47382", "01000", "47000", "99999", ""])
def test_islands_and_unknown_codes_have_no_neighbour(store: Store, code: str) -> None:
    assert store.neighbours(code) == ()


def test_nagasaki_borders_on_saga_alone(store: Store) -> None:
    assert [row["name"] for row in store.neighbours("42000")] == ["佐賀県"]


# -- alike -------------------------------------------------------------------------------------------------------------


def test_similar_areas_stand_with_the_figures_of_both(store: Store) -> None:
    rows = store.similar(TOTTORI, 5)
    own = store.areas[TOTTORI]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5]
    assert [row["distance"] for row in rows] == sorted(row["distance"] for row in rows)
    for row in rows:
        theirs = store.areas[row["code"]]
        assert row["own_population"] == own["population"]
        assert row["population"] == theirs["population"]
        assert row["share_65plus"] == pytest.approx(theirs["population_65plus"] / theirs["population"])
        assert row["own_people_per_household"] == pytest.approx(own["population"] / own["households"])
        assert row["code"] != TOTTORI


def test_no_more_than_ten_are_known_and_none_of_a_town_without_people(store: Store) -> None:
    assert len(store.similar(TOTTORI, 99)) == 10
    assert store.similar("07546", 10) == ()  # 双葉町 in 2020
    assert store.similar(TOTTORI, 0) == ()


def test_prefectures_are_alike_to_prefectures(store: Store) -> None:
    assert all(row["code"].endswith("000") for row in store.similar("31000", 10))


# -- how far -----------------------------------------------------------------------------------------------------------


def test_a_participant_is_its_own_nearest(store: Store, metres: Mapping[str, Row]) -> None:
    own = {row["code"] for row in store.states(2022, "annual") if row["state"] in "AB"}
    assert len(own) == 20
    at_home = {code: row for code, row in metres.items() if row["metres"] == 0}
    assert at_home.keys() == own
    assert all(row["participant_code"] == code for code, row in at_home.items())


def test_the_distance_from_iwami_is_that_to_tottori(store: Store, metres: Mapping[str, Row]) -> None:
    """岩美町 lies 13 km north-east of 鳥取市, the only participant of 鳥取県 in 2022."""
    assert metres[IWAMI] == {
        "participant_code": TOTTORI,
        "metres": pytest.approx(apart(store, IWAMI, TOTTORI)),
    }
    assert metres[IWAMI]["metres"] == pytest.approx(13_400, abs=100)


@pytest.mark.parametrize("view", ["annual", "cumulative"])
@pytest.mark.parametrize("year", [2022, 2024])
def test_nobody_nearer_takes_part(store: Store, year: int, view: str) -> None:
    states = {row["code"]: row["state"] for row in store.states(year, view)}
    participants = [code for code, state in states.items() if state in "AB"]
    found = store.to_participants(year, view)
    for code in list(states)[::40]:
        every = {other: apart(store, code, other) for other in participants}
        assert found[code]["metres"] == pytest.approx(min(every.values()), abs=1e-6)
        assert every[found[code]["participant_code"]] == pytest.approx(found[code]["metres"], abs=1e-6)


def test_every_municipality_and_prefecture_has_a_distance(store: Store, metres: Mapping[str, Row]) -> None:
    assert metres.keys() == store.areas.keys()


def test_a_prefecture_is_as_far_as_its_people_are_on_average(store: Store, metres: Mapping[str, Row]) -> None:
    towns = [code for code in metres if code.startswith("31") and code != "31000"]
    people = [store.areas[code]["population"] for code in towns]
    mean = np.average([metres[code]["metres"] for code in towns], weights=people)
    assert metres["31000"] == {"participant_code": None, "metres": pytest.approx(mean)}


def test_a_year_without_a_list_has_no_distances(store: Store) -> None:
    assert store.to_participants(2026, "annual") == {}
    assert store.to_participants(1900, "annual") == {}


def test_answers_are_kept_and_cannot_be_altered(store: Store, metres: Mapping[str, Row]) -> None:
    assert store.to_participants(2022, "annual") is metres
    with pytest.raises(TypeError):
        metres[TOTTORI] = {}  # type: ignore[index]
    with pytest.raises(TypeError):
        metres[TOTTORI]["metres"] = 1.0  # type: ignore[index]


def office(code: str, lon: float, *, takes_part: bool = False, population: int = 1) -> Row:
    point: dict[str, Any] = {"lon": lon, "lat": 36.0}
    return MappingProxyType({"code": code, "takes_part": takes_part, "population": population, **point})


def test_of_two_participants_equally_far_the_smaller_code_is_named() -> None:
    """The town of two participants in one building is nearest to the first; each of them to itself."""
    both = [office("01202", 139, takes_part=True), office("01203", 139, takes_part=True)]
    found = dict(_nearest_participants([office("01201", 139), *both]))
    assert found == {"01201": ("01202", 0.0), "01202": ("01202", 0.0), "01203": ("01203", 0.0)}


def test_what_has_no_point_has_no_distance_and_makes_its_prefecture_unknown() -> None:
    offices = [
        office("01201", 139, takes_part=True),
        office("01202", float("nan")),
        office("02201", 139, population=0),
    ]
    found = dict(_nearest_participants(offices))
    assert found.keys() == {"01201", "02201"}
    assert dict(_means_over_people(offices, {code: metres for code, (_, metres) in found.items()})) == {}


def test_people_weigh_not_towns() -> None:
    offices = [office("01201", 139, population=9), office("01202", 139, population=1)]
    assert dict(_means_over_people(offices, {"01201": 0.0, "01202": 100.0})) == {"01000": 10.0}


def test_without_a_participant_nobody_has_a_distance() -> None:
    assert dict(_nearest_participants([office("01201", 139)])) == {}
