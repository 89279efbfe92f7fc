"""Each fiscal year is shown on the boundaries that it is bound to, with their credit."""

from pathlib import Path

import pytest

from dashboard import atlas, citation
from dashboard.closed_lists import Language, Layer
from dashboard.scope import Scope
from dashboard.store import Store
from dashboard.view import View
from dashboard.words import words
from etl.boundaries import bind, use
from etl.build import ensure_build
from tests.etl.conftest import World
from tests.etl.test_boundary_years import official


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small world whose fiscal years 2022 and 2023 are bound to boundaries of 2018; 2024 has those of 2025."""
    folder = tmp_path_factory.mktemp("years")
    world = World()
    data = world.write(folder / "data")
    use([official(folder, world, 2018, east=0.0005)], data)
    bind(data, 2022, 2018)
    bind(data, 2023, 2018)
    use([official(folder, world, 2025)], data)
    return Store(ensure_build(data=data, folder=folder / "build"))


def view_of(store: Store, year: int, lang: Language = Language.JA) -> View:
    return View(Scope(year, lang=lang), words(lang), store, {})


def geometry_of(store: Store, year: int) -> tuple[str, str | None]:
    view = view_of(store, year)
    data = atlas.map_data(view, store.states(year, view.scope.view), Layer.COVERAGE)
    return data["geometry"], data["outline"]


def test_years_of_one_vintage_send_no_new_geometry_and_others_their_own(store: Store) -> None:
    assert geometry_of(store, 2022) == geometry_of(store, 2023)
    assert geometry_of(store, 2022)[0] != geometry_of(store, 2024)[0]
    assert geometry_of(store, 2022)[1] != geometry_of(store, 2024)[1]


def test_every_year_has_every_area_of_today(store: Store) -> None:
    for year in (2022, 2024):
        assert set(store.geometry(year)) == {
            "municipalities",
            "prefectures",
            "01",
            "02",
            "places",
            "names",
            "territory",
        }
        shape = store.outline(World.KO_SHI, year)
        assert shape["type"] == "MultiPolygon"
        assert store.geometry_path("01", year).is_file()
    assert store.outline(World.KO_SHI, 2022) != store.outline(World.KO_SHI, 2024)


@pytest.mark.parametrize("lang", Language)
def test_the_attribution_names_the_boundaries_of_the_year_in_view(store: Store, lang: Language) -> None:
    told = {year: citation.boundary(view_of(store, year, lang), 50) for year in (2022, 2023, 2024)}
    assert "（2018年）" in told[2022] == told[2023]
    assert "（2025年）" in told[2024]
    assert "2018" not in told[2024]
    assert all("国土交通省" in text for text in told.values())


def test_where_nothing_is_chosen_the_mesh_is_named(tmp_path: Path) -> None:
    data = World().write(tmp_path / "data")
    store = Store(ensure_build(data=data, folder=tmp_path / "build"))
    assert store.boundary(2022) is None
    assert "概略境界" in citation.boundary(view_of(store, 2022), store.finest_precision_m(2022))


def test_names_in_latin_letters_are_for_the_english_map_alone(store: Store) -> None:
    rows = store.states(2022, "cumulative")
    english = atlas.map_data(view_of(store, 2022, Language.EN), rows, Layer.COVERAGE)
    japanese = atlas.map_data(view_of(store, 2022), rows, Layer.COVERAGE)
    assert (english["names"] or "").startswith("/geometry/names-")
    assert japanese["names"] is None
    content = Path(store.build.geometry / (english["names"] or "").rpartition("/")[2]).read_text(
        encoding="utf-8"
    )
    assert '"01202":"Romaji"' in content
    assert World.KITA_KU not in content
