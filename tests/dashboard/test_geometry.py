"""The ground of the annual map as the store gives it."""

import pytest
import shapely

from dashboard.store import Store
from etl.build import Build


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The store of the real data."""
    return Store(project_build)


def test_the_ground_of_the_nation_has_all_prefectures_and_the_areas_asked_for(store: Store) -> None:
    ground = store.ground(2024, "34208", "31201")
    assert len(ground.prefectures) == 47
    assert set(ground.areas) == {"31201", "34208"}
    assert ground.precision_m == 250


def test_land_that_is_no_municipalitys_belongs_to_its_prefecture(store: Store) -> None:
    """択捉島, in 蘂取村 among others, belongs to 北海道."""
    assert shapely.contains_xy(store.ground(2024).prefectures["01000"], 147.85, 45.05)


def test_the_ground_of_a_prefecture_has_all_its_municipalities_in_the_finest_shapes(store: Store) -> None:
    ground = store.ground(2024, prefecture="47")
    assert len(ground.areas) == 41
    assert ground.precision_m == 125
    whole = shapely.union_all(list(ground.areas.values()))
    assert whole.difference(ground.prefectures["47000"]).area == pytest.approx(0, abs=1e-9)


def test_the_same_ground_is_read_once(store: Store) -> None:
    assert store.ground(2024, "34208", "31201") is store.ground(2024, "31201", "34208", "31201")


def test_a_code_without_a_shape_of_its_own_has_no_outline(store: Store) -> None:
    """A ward of 広島市 is a part of its city's shape."""
    assert set(store.ground(2024, "34208", "34101").areas) == {"34208"}
