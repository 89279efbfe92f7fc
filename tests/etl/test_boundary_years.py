"""Fiscal years bound to boundaries of their time: every bound one is published, each year is drawn with its own."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
import shapely

import etl.shapes
from etl.boundaries import Boundary, BoundaryError, Wish, bind, bindings, point_to, reset, use
from etl.boundary_store import FOLDER, read_areas
from etl.boundary_years import BINDINGS, bound_boundaries
from etl.build import Build, ensure_build
from etl.inputs import DATA, MESH_FILE, build_id_of
from etl.maps import map_layer
from geo.mesh import GRID_125M, Runs
from geo.shapes import NATIONAL_CELLS, area_km2, areas_from_runs
from tests.etl.intake.drawn import geojson, n03

EAST = 0.0005
"""Degrees by which the borders of one vintage lie east of the other's."""


def official(folder: Path, world: Any, year: int, *, east: float = 0.0) -> Path:
    """Write the municipalities of the small world as official boundaries of a year."""
    names = {row["code"]: (row["prefecture_name"], row["name"]) for row in world.rows["area"]}
    drawn = []
    for place, code in enumerate(world.MUNICIPALITIES):
        corners = [(0, 0), (8, 0), (8, 8), (0, 8), (0, 0)]
        cells = [GRID_125M.lonlat_of(10_880 + 8 * place + col, 15_360 + row) for col, row in corners]
        prefecture, name = names[code]
        drawn.append(n03(code, name, [[[float(lon) + east, float(lat)] for lon, lat in cells]], prefecture))
    path = folder / f"N03-{year}0101.geojson"
    path.write_bytes(geojson(drawn).data)
    return path


@pytest.fixture
def data(world: Any, tmp_path: Path) -> Path:
    return Path(world.write(tmp_path / "data"))


@pytest.fixture
def old(data: Path, world: Any, tmp_path: Path) -> Boundary:
    """Boundaries of 2018, east of those of today; the fiscal year 2022 is bound to them."""
    boundary = use([official(tmp_path, world, 2018, east=EAST)], data)
    bind(data, 2022, 2018)
    return boundary


@pytest.fixture
def new(data: Path, old: Boundary, world: Any, tmp_path: Path) -> Boundary:
    """Boundaries of 2025, chosen after the old ones."""
    del old
    return use([official(tmp_path, world, 2025)], data)


def built(data: Path) -> Build:
    return ensure_build(data=data, folder=data.parent / "build")


def rows(build: Build, question: str) -> list[Any]:
    with duckdb.connect(str(build.database), read_only=True) as con:
        return con.sql(question).fetchall()


def files(build: Build, vintage: int | None) -> dict[str, str]:
    found = rows(build, "SELECT coalesce(prefecture_code, level), file, vintage FROM map_geometry")
    return {level: file for level, file, year in found if year == vintage}


def test_every_bound_vintage_is_published_beside_the_chosen_one(
    data: Path, old: Boundary, new: Boundary
) -> None:
    build = built(data)
    assert set(files(build, None)) == {"places", "names", "territory"}
    assert set(files(build, 2018)) == set(files(build, 2025)) == {"municipalities", "prefectures", "01", "02"}
    assert not set(files(build, 2018).values()) & set(files(build, 2025).values())
    ids = dict(
        rows(build, "SELECT DISTINCT vintage, boundary_id FROM map_geometry WHERE vintage IS NOT NULL")
    )
    assert ids == {2018: old.boundary_id, 2025: new.boundary_id}
    assert all((build.geometry / file).is_file() for file in files(build, 2018).values())
    info = dict(rows(build, "SELECT key, value FROM build_info"))
    assert info["boundary_id"] == new.boundary_id
    assert json.loads(info["boundary_bindings"]) == {"2022": 2018}
    assert json.loads(info["boundary_by_year"])["2022"]["title"] == old.title


def test_the_years_without_a_binding_may_be_drawn_from_the_mesh(data: Path, old: Boundary) -> None:
    (data / FOLDER / "current.json").unlink()
    build = built(data)
    assert set(files(build, None)) == {
        "municipalities",
        "prefectures",
        "01",
        "02",
        "places",
        "names",
        "territory",
    }
    assert set(files(build, 2018)) == {"municipalities", "prefectures", "01", "02"}
    info = dict(rows(build, "SELECT key, value FROM build_info"))
    assert "boundary_id" not in info
    assert json.loads(info["boundary_by_year"])["2022"]["id"] == old.boundary_id


def test_equal_geometry_of_two_vintages_is_one_file(data: Path, world: Any, tmp_path: Path) -> None:
    use([official(tmp_path, world, 2024)], data)
    bind(data, 2023, 2024)
    use([official(tmp_path, world, 2025)], data)
    build = built(data)
    assert files(build, 2024) == files(build, 2025) != {}


def test_a_year_bound_to_the_chosen_boundaries_adds_nothing(data: Path, new: Boundary) -> None:
    bind(data, 2022, 2025)
    build = built(data)
    assert {vintage for (vintage,) in rows(build, "SELECT DISTINCT vintage FROM map_geometry")} == {
        2025,
        None,
    }
    assert (
        len(files(build, 2025)) == rows(build, "SELECT count(*) FROM map_geometry WHERE vintage = 2025")[0][0]
    )
    assert bound_boundaries(data) == {2022: new}


def test_of_two_of_one_vintage_the_chosen_one_is_meant_else_the_last(
    data: Path, old: Boundary, world: Any, tmp_path: Path
) -> None:
    other = use([official(tmp_path, world, 2018)], data, Wish(credit="別"))
    assert bound_boundaries(data) == {2022: other}
    point_to(data, old.boundary_id)
    assert bound_boundaries(data) == {2022: old}


@pytest.mark.usefixtures("new")
def test_binding_changes_the_build_and_makes_no_known_shapes_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(data)
    bind(data, 2023, 2018)
    assert build_id_of(data) != first.build_id
    monkeypatch.setattr(etl.shapes, "outlines", lambda *_: pytest.fail("made again"))
    second = built(data)
    assert files(second, 2018) == files(first, 2018)


def test_exports_draw_the_years_without_a_binding(data: Path, old: Boundary, new: Boundary) -> None:
    bind(data, 2023, 2025)
    first = float(GRID_125M.lonlat_of(10_880, 15_360)[0])
    for chosen, west in ((old, first + EAST), (new, first)):
        point_to(data, chosen.boundary_id)
        with duckdb.connect(str(built(data).database), read_only=True) as con:
            layer = map_layer(con, "area")
        assert shapely.total_bounds(layer.geometry.to_numpy())[0] == pytest.approx(west, abs=EAST / 4)
        assert layer.attrs["attribution"] == chosen.credit


@pytest.mark.usefixtures("new")
def test_a_bound_boundary_that_is_gone_is_told_and_reset_leads_out(data: Path, old: Boundary) -> None:
    shutil.rmtree(data / FOLDER / old.boundary_id)
    with pytest.raises(BoundaryError, match=r"2022年度に対応させた2018年の境界が見つかりません.*reset"):
        built(data)
    assert reset(data)
    assert bindings(data) == {}
    assert not reset(data)
    built(data)


def test_damaged_bindings_are_told_and_reset_leads_out(data: Path, old: Boundary) -> None:
    del old
    (data / FOLDER / BINDINGS).write_text("[")
    with pytest.raises(BoundaryError, match=r"bindings\.json.*reset"):
        built(data)
    assert reset(data)
    built(data)


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, float]:
    """The real tables, a file of boundaries as they were on 2018-01-01, and the area of 浜松市 in it (km²)."""
    folder = tmp_path_factory.mktemp("nation")
    data = folder / "data"
    data.mkdir()
    for path in DATA.iterdir():
        if path.is_file():
            (data / path.name).symlink_to(path)
    areas = areas_from_runs(Runs.from_table(pq.read_table(DATA / MESH_FILE)), simplify_cells=NATIONAL_CELLS)
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as lines:
        named = {row["code"]: row for row in csv.DictReader(lines) if not row["valid_to"]}
    drawn: list[dict[str, Any]] = []
    for code, shape in zip(areas["code"], areas.geometry, strict=True):
        if not code.endswith("000"):  # 所属未定地
            drawn += as_of_2018(code, named[code], shape)
    path = folder / "N03-20180101.geojson"
    path.write_bytes(geojson(drawn).data)
    hamamatsu = areas[areas["code"] == "22130"]
    return data, path, float(area_km2(hamamatsu)[0])


def as_of_2018(code: str, row: dict[str, str], shape: Any) -> list[dict[str, Any]]:
    """Return the features of a municipality of today as a file of 2018 has them."""

    def feature(code: str, name: str, part: Any, **more: Any) -> dict[str, Any]:
        return n03(code, name, json.loads(shapely.to_geojson(part)), row["prefecture_name"], **more)

    if code == "40231":
        return [feature("40305", "那珂川町", shape, N03_003="筑紫郡")]
    if code == "28221":
        return [feature("28221", "篠山市", shape)]
    if code != "22130":
        return [feature(code, row["name"], shape)]
    west, south, east, north = shape.bounds
    wide = (east - west) / 7
    strips = [
        shapely.box(west + wide * n, south, east if n == 6 else west + wide * (n + 1), north)
        for n in range(7)
    ]
    wards = ("中区", "東区", "西区", "南区", "北区", "浜北区", "天竜区")
    return [
        feature(f"2213{n}", ward, shapely.intersection(shape, strip), N03_003="浜松市")
        for n, (ward, strip) in enumerate(zip(wards, strips, strict=True), start=1)
    ]


def test_boundaries_of_another_time_come_out_as_the_areas_of_today(nation: tuple[Path, Path, float]) -> None:
    data, path, km2 = nation
    boundary = use([path], data)
    areas = read_areas(data, boundary)
    assert (boundary.vintage, boundary.counts["rows"], boundary.counts["municipalities"]) == (
        2018,
        1753,
        1741,
    )
    assert boundary.counts["repaired"] == 9, "那珂川町, 篠山市 and seven wards"
    codes = set(areas["code"])
    assert {"40231", "28221", "22130"} <= codes
    assert not codes & {"40305", *(f"2213{n}" for n in range(1, 8))}
    hamamatsu = areas[areas["code"] == "22130"]
    assert float(area_km2(hamamatsu)[0]) == pytest.approx(km2, rel=0.001)
    bind(data, 2017, 2018)
    assert bound_boundaries(data) == {2017: boundary}
