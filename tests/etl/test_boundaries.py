"""Official boundaries in place of the mesh: prepared whole or not at all, chosen, drawn by the next build, given up again."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
import shapely

from etl.boundaries import (
    BoundaryError,
    Source,
    Wish,
    address_of,
    bind,
    bindings,
    current,
    fetch,
    point_to,
    reset,
    stored,
    use,
)
from etl.boundary_store import AREAS, FOLDER, read_areas
from etl.boundary_years import boundary_info
from etl.build import ensure_build
from etl.download import Download
from etl.inputs import DATA, build_id_of
from etl.lock import BuildBusyError, single_writer
from etl.outlines import outlines_of
from geo.mesh import GRID_125M
from geo.shapes import area_km2, dissolve_prefectures, find_faults
from tests.etl.intake.drawn import frame, geojson, n03, shapefile, topojson, zipped

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "boundaries" / "municipalities-2025.topojson"
NAME = "N03-20250101.geojson"


def block(place: float, width: float = 8) -> list[list[float]]:
    """Return the ring around the cells of an area of the small world, as `mesh` of the conftest lays them."""
    cells = [(0, 0), (width, 0), (width, 8), (0, 8), (0, 0)]
    return [
        [float(v) for v in GRID_125M.lonlat_of(10_880 + 8 * place + col, 15_360 + row)] for col, row in cells
    ]


def features(world: Any, *, without: str = "") -> list[dict[str, Any]]:
    """Return the municipalities of the small world; 大甲市 comes as its ward."""
    names = {row["code"]: (row["prefecture_name"], row["name"]) for row in world.rows["area"]}
    drawn = []
    for place, code in enumerate(world.MUNICIPALITIES):
        prefecture, name = names[code]
        ward = {"N03_003": "大甲市"} if code == world.DAIKO_SHI else {}
        said = (world.KITA_KU, "北区") if ward else (code, name)
        drawn.append(n03(*said, [block(place)], prefecture, **ward))
    return [entry for entry, code in zip(drawn, world.MUNICIPALITIES, strict=True) if code != without]


@pytest.fixture
def data(world: Any, tmp_path: Path) -> Path:
    return Path(world.write(tmp_path / "data"))


@pytest.fixture
def sound(world: Any, tmp_path: Path) -> Path:
    """A file with every municipality of the small world."""
    path = tmp_path / NAME
    path.write_bytes(geojson(features(world)).data)
    return path


def file_at(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_file_becomes_the_boundaries_of_the_next_build(data: Path, sound: Path, world: Any) -> None:
    boundary = use([sound], data)
    assert current(data) == boundary
    assert (boundary.source, boundary.vintage, boundary.precision_m) == ("n03", 2025, 50)
    assert boundary.boundary_id.startswith("n03-2025-")
    assert boundary.files[0]["name"] == NAME
    assert boundary.counts["municipalities"] == len(world.MUNICIPALITIES)
    assert boundary.counts["prefectures"] == 2
    assert boundary.area_error["mesh"]["worst"] < 0.01
    areas = read_areas(data, boundary)
    assert areas["code"].tolist() == sorted(world.MUNICIPALITIES)
    assert find_faults(areas) == ()


def test_the_build_draws_them_and_says_which(data: Path, sound: Path, tmp_path: Path, world: Any) -> None:
    before = ensure_build(data=data, folder=tmp_path / "build")
    boundary = use([sound], data)
    build = ensure_build(data=data, folder=tmp_path / "build")
    assert build.build_id != before.build_id
    with duckdb.connect(str(build.database), read_only=True) as con:
        info = dict(con.sql("SELECT key, value FROM build_info").fetchall())
        drawn = con.sql("SELECT level, file, precision_m FROM map_geometry").fetchall()
    assert info["boundary_id"] == boundary.boundary_id
    assert info["boundary_precision_m"] == "50"
    assert info["boundary_vintage"] == "2025"
    assert "国土数値情報" in info["boundary_credit"]
    precision = {level: metres for level, _, metres in drawn}
    assert (precision["municipalities"], precision["prefecture"]) == (250, 50)
    national = [build.geometry / file for level, file, _ in drawn if level == "municipalities"]
    assert set(outlines_of(national)) == set(world.MUNICIPALITIES)
    assert reset(data)
    assert ensure_build(data=data, folder=tmp_path / "build").build_id == before.build_id


def test_the_mesh_says_nothing_of_boundaries(data: Path, tmp_path: Path) -> None:
    assert boundary_info(data) == {}
    assert current(data) is None
    assert not reset(data)


def test_the_same_file_twice_changes_nothing(data: Path, sound: Path) -> None:
    first = use([sound], data)
    build_id = build_id_of(data)
    assert use([sound], data) == first
    assert build_id_of(data) == build_id
    assert len(stored(data)) == 1


def test_files_of_single_prefectures_count_as_one(data: Path, world: Any, tmp_path: Path) -> None:
    whole = features(world)
    paths = [
        file_at(
            tmp_path / f"N03-20250101_{code}.geojson",
            geojson([entry for entry in whole if entry["properties"]["N03_007"][:2] == code]).data,
        )
        for code in ("01", "02")
    ]
    boundary = use(paths, data)
    assert len(boundary.files) == 2
    with pytest.raises(BoundaryError, match=r"5市区町村のうち2がありません.*乙市"):
        use(paths[:1], data)
    assert current(data) == boundary


def test_a_zipped_shapefile_gives_the_same_areas(data: Path, sound: Path, world: Any, tmp_path: Path) -> None:
    first = use([sound], data)
    path = file_at(tmp_path / "N03-20250101_GML.zip", zipped(shapefile(frame(features(world)))).data)
    assert use([path], data).areas_sha256 == first.areas_sha256


@pytest.mark.parametrize("missing", ["01202", "02302"])
def test_a_missing_municipality_is_named_and_nothing_changes(
    missing: str, data: Path, world: Any, tmp_path: Path
) -> None:
    path = file_at(tmp_path / NAME, geojson(features(world, without=missing)).data)
    with pytest.raises(BoundaryError, match=missing):
        use([path], data)
    assert current(data) is None
    assert stored(data) == []


def test_a_held_feature_stops_it_with_the_reason(data: Path, world: Any, tmp_path: Path) -> None:
    odd = [*features(world), n03("99999", "無名市", [block(9)], "甲県")]
    with pytest.raises(BoundaryError, match="6行目"):
        use([file_at(tmp_path / NAME, geojson(odd).data)], data)
    assert current(data) is None


def test_a_file_that_is_none_is_told_in_one_line_each(data: Path, tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="GeoJSON ではありません"):
        use([file_at(tmp_path / NAME, b"<OGRVRTDataSource/>")], data)
    with pytest.raises(BoundaryError, match="読めません"):
        use([tmp_path / "nothing.zip"], data)
    link = tmp_path / "link.geojson"
    link.symlink_to(tmp_path / NAME)
    with pytest.raises(BoundaryError, match="普通のファイルではありません"):
        use([link], data)


def test_shapes_under_the_names_of_others_are_found_out(data: Path, world: Any, tmp_path: Path) -> None:
    with (data / "areas.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        row["rep_lon"], row["rep_lat"] = (
            ("139.02", "36.01") if row["code"] in world.MUNICIPALITIES else ("", "")
        )
    with (data / "areas.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    away = features(world)
    ring = away[1]["geometry"]["coordinates"][0]
    ring[:] = [[east + 3, north] for east, north in ring]
    with pytest.raises(BoundaryError, match=r"別の場所にある境界.*甲市"):
        use([file_at(tmp_path / NAME, geojson(away).data)], data)


def test_the_year_comes_from_the_name_or_from_the_person(data: Path, sound: Path, tmp_path: Path) -> None:
    bare = file_at(tmp_path / "areas.geojson", sound.read_bytes())
    with pytest.raises(BoundaryError, match="--year"):
        use([bare], data)
    assert use([bare], data, Wish(vintage=2021)).vintage == 2021


def test_a_source_that_states_no_precision_is_measured(data: Path, world: Any, tmp_path: Path) -> None:
    names = {row["code"]: row for row in world.rows["area"]}
    areas = [
        {
            "properties": {
                "lg_code": names[code]["code6"],
                "lg_code_5": code,
                "city_name": names[code]["name"],
                "prefecture_name": names[code]["prefecture_name"],
            },
            "geometry": {"type": "Polygon", "coordinates": [[place]]},
        }
        for place, code in enumerate(world.MUNICIPALITIES)
    ]
    arcs = [[[east + 0.002, north] for east, north in block(place)] for place in range(len(areas))]
    path = file_at(tmp_path / "areas-2025.topojson", topojson(areas, arcs=arcs).data)
    boundary = use([path], data)
    assert boundary.source == "digital-agency"
    assert boundary.precision_m == pytest.approx(180, abs=20)
    assert "デジタル庁" in boundary.credit


def test_a_person_may_state_credit_licence_and_precision(data: Path, sound: Path) -> None:
    boundary = use([sound], data, Wish(credit="甲を加工", licence="CC0", precision_m=300))
    assert (boundary.credit, boundary.licence, boundary.precision_m) == ("甲を加工", "CC0", 300)


def test_a_changed_file_is_noticed_and_the_way_back_told(data: Path, sound: Path, tmp_path: Path) -> None:
    boundary = use([sound], data)
    path = data / FOLDER / boundary.boundary_id / AREAS
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(BoundaryError, match="ibasho boundaries reset"):
        ensure_build(data=data, folder=tmp_path / "build")
    assert use([sound], data) == current(data)
    ensure_build(data=data, folder=tmp_path / "build")


@pytest.mark.parametrize("pointer", [b"", b"[]", b'{"boundary_id": "../../etc"}', b'{"boundary_id": "gone"}'])
def test_a_pointer_to_nothing_is_told(pointer: bytes, data: Path, sound: Path) -> None:
    use([sound], data)
    (data / FOLDER / "current.json").write_bytes(pointer)
    with pytest.raises(BoundaryError, match="reset"):
        build_id_of(data)
    assert reset(data)
    build_id_of(data)


def test_one_that_is_stored_can_be_chosen_again(data: Path, sound: Path) -> None:
    first = use([sound], data)
    second = use([sound], data, Wish(vintage=2024))
    assert [entry.vintage for entry in stored(data)] == [2025, 2024]
    point_to(data, first.boundary_id)
    assert current(data) == first != second
    with pytest.raises(BoundaryError, match=first.boundary_id):
        point_to(data, "n03-1999-00000000")


def test_a_fiscal_year_is_bound_to_a_stored_vintage_only(data: Path, sound: Path) -> None:
    use([sound], data)
    bind(data, 2024, 2025)
    with pytest.raises(BoundaryError, match="2020年の境界"):
        bind(data, 2020, 2020)
    assert bindings(data) == {2024: 2025}
    assert json.loads(boundary_info(data)["boundary_bindings"]) == {"2024": 2025}


def test_a_run_that_was_killed_leaves_the_old_choice(
    data: Path, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = use([sound], data)

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("geopandas.GeoDataFrame.to_parquet", killed)
        with pytest.raises(KeyboardInterrupt):
            use([sound], data, Wish(vintage=2024))
    assert current(data) == first
    assert stored(data) == [first]
    use([sound], data, Wish(vintage=2024))
    assert not list((data / FOLDER).glob(".unfinished-*"))


def test_what_is_fetched_is_used_and_its_address_recorded(
    data: Path, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetched(url: str, folder: Path, **_: Any) -> Download:
        asked.append(url)
        content = sound.read_bytes()
        folder.mkdir(parents=True, exist_ok=True)
        path = file_at(folder / NAME, content)
        return Download(path, url, len(content), hashlib.sha256(content).hexdigest())

    monkeypatch.setattr("etl.boundaries.download", fetched)
    boundary = fetch(Source.N03, data, Wish(vintage=2025))
    assert asked == ["https://nlftp.mlit.go.jp/ksj/gml/data/N03/N03-2025/N03-20250101_GML.zip"]
    assert boundary.files[0]["url"] == asked[0]
    build_id = build_id_of(data)
    (data / FOLDER / "downloads" / "more.zip").write_bytes(b"of no account")
    assert build_id_of(data) == build_id


def test_an_address_is_known_for_years_that_are_offered() -> None:
    assert address_of(Source.DIGITAL_AGENCY, None).startswith(
        "https://raw.githubusercontent.com/digital-go-jp/"
    )
    for year in (None, 2019, 3000):
        with pytest.raises(BoundaryError, match="--year"):
            address_of(Source.N03, year)


def test_the_file_of_the_digital_agency_gives_the_whole_nation(tmp_path: Path) -> None:
    if not OFFICIAL.is_file():
        pytest.skip("the boundaries of the Digital Agency are not beside the repository")
    data = tmp_path / "data"
    data.mkdir()
    for path in DATA.iterdir():
        if path.is_file():
            (data / path.name).symlink_to(path)
    boundary = use([OFFICIAL], data)
    areas = read_areas(data, boundary)
    assert (boundary.counts["municipalities"], boundary.counts["northern_villages"]) == (1_741, 6)
    assert find_faults(areas) == ()
    prefectures = dissolve_prefectures(areas)
    assert len(prefectures) == 47
    assert shapely.is_valid(prefectures.geometry.to_numpy()).all()
    assert boundary.counts["repaired"] == 4, "three crossings and the spelling of 梼原町"
    assert boundary.area_error["table"]["median"] < 0.01
    assert boundary.area_error["largest"][0]["name"] == "渡名喜村"
    assert float(area_km2(areas).sum()) == pytest.approx(377_900, rel=0.01)
    with pytest.raises(BoundaryError, match="都道府県だけの境界"):
        use([OFFICIAL.with_name("prefectures-2025.topojson")], data)
    assert current(data) == boundary


def test_progress_only_goes_forward(data: Path, sound: Path) -> None:
    seen: list[float] = []
    use([sound], data, progress=lambda _, done: seen.append(done))
    assert seen == sorted(seen)
    assert 0 <= seen[0] < seen[-1] <= 1


def test_two_at_once_are_not_allowed(data: Path, sound: Path) -> None:
    (data / FOLDER).mkdir()
    with single_writer(data / FOLDER), pytest.raises(BuildBusyError, match="境界の準備"):
        use([sound], data)
