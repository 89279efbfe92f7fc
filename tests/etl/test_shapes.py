"""The geometry of a build: every municipality once, files named by their content, remembered by their inputs."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import etl.boundary_outlines
from etl.mesh_table import GeometryError
from etl.outlines import outlines_of
from etl.read import read_curated
from etl.shapes import Geometry, publish_geometry


@pytest.fixture
def data(world: Any, tmp_path: Path) -> Path:
    world.add("place", place_id="p00001", name="甲の家", kind="居場所", code=world.KO_SHI, lat="36.01", lon="139.02",
              status="open", licence="CC BY 4.0", as_of_printed="2023")  # fmt: skip
    for number, status in enumerate(("closed", "unclear", "listed"), start=2):
        world.add("place", place_id=f"p0000{number}", name="外", kind="居場所", code=world.KO_SHI, status=status,
                  licence="CC BY 4.0", as_of_printed="2023",
                  **({} if status == "listed" else {"lat": "36.01", "lon": "139.02"}))  # fmt: skip
    return Path(world.write(tmp_path / "data"))


def published(folder: Path, data: Path) -> Geometry:
    return publish_geometry(folder, data, read_curated(data))


def codes(
    folder: Path, geometry: Geometry, level: str, prefecture: str | None = None
) -> dict[str, list[str]]:
    name = next(f.file for f in geometry.files if (f.level, f.prefecture_code) == (level, prefecture))
    objects = json.loads((folder / name).read_text())["objects"]
    return {
        key: [shape["properties"]["code"] for shape in value["geometries"]] for key, value in objects.items()
    }


def test_every_municipality_is_on_every_map_exactly_once(world: Any, data: Path, tmp_path: Path) -> None:
    geometry = published(tmp_path / "g", data)
    every = sorted(world.MUNICIPALITIES)
    assert codes(tmp_path / "g", geometry, "municipalities") == {"areas": every, "land": []}
    assert codes(tmp_path / "g", geometry, "prefectures")["areas"] == [world.KO_KEN, world.OTSU_KEN]
    parts = [codes(tmp_path / "g", geometry, "prefecture", code)["areas"] for code in ("01", "02")]
    assert parts == [every[:3], every[3:]]


def test_a_file_is_named_by_its_content_and_described_rightly(data: Path, tmp_path: Path) -> None:
    geometry = published(tmp_path / "g", data)
    for entry in geometry.files:
        content = (tmp_path / "g" / entry.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry.sha256
        assert entry.sha256[:8] in entry.file
        assert len(content) == entry.bytes
        assert (entry.precision_m is None) == (entry.level in {"places", "names", "territory"})
    assert {entry.level for entry in geometry.files} == {
        "municipalities",
        "prefectures",
        "prefecture",
        "places",
        "names",
        "territory",
    }


def test_only_open_or_listed_places_with_coordinates_are_points(data: Path, tmp_path: Path) -> None:
    geometry = published(tmp_path / "g", data)
    name = next(entry.file for entry in geometry.files if entry.level == "places")
    points = json.loads((tmp_path / "g" / name).read_text())
    assert points["columns"] == ["id", "name", "place_kind", "lat", "lon", "code"]
    assert points["rows"] == [["p00001", "甲の家", "居場所", 36.01, 139.02, "01202"]]


def test_unchanged_shapes_are_not_made_again(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published(tmp_path / "g", data)
    monkeypatch.setattr(etl.boundary_outlines, "areas_from_runs", lambda *_, **__: pytest.fail("made again"))
    assert published(tmp_path / "g", data) == first


def test_a_damaged_file_is_made_again(data: Path, tmp_path: Path) -> None:
    first = published(tmp_path / "g", data)
    (tmp_path / "g" / first.files[0].file).write_text("{}")
    assert published(tmp_path / "g", data) == first
    assert codes(tmp_path / "g", first, "municipalities")


def test_a_new_name_changes_the_file(world: Any, data: Path, tmp_path: Path) -> None:
    first = published(tmp_path / "g", data)
    next(row for row in world.rows["area"] if row["code"] == world.KO_SHI)["name"] = "新甲市"
    second = published(tmp_path / "g", world.write(data))
    assert second.indexes != first.indexes
    assert second.files[0].file != first.files[0].file


def test_a_municipality_without_shape_and_a_shape_without_municipality_are_named(
    world: Any, data: Path, tmp_path: Path
) -> None:
    table = pq.read_table(data / "mesh_125m_runs.parquet")
    codes_ = pa.array([2999 if code == 2201 else code for code in table["code"].to_pylist()], pa.int32())
    pq.write_table(table.set_column(3, "code", codes_), data / "mesh_125m_runs.parquet")
    with pytest.raises(GeometryError, match=r"02201.*02999"):
        published(tmp_path / "g", data)
    assert world.OTSU_SHI == "02201"


@pytest.mark.parametrize("content", [None, b"", b"no parquet"])
def test_a_missing_or_damaged_mesh_table_is_said(data: Path, tmp_path: Path, content: bytes | None) -> None:
    mesh = data / "mesh_125m_runs.parquet"
    if content is None:
        mesh.unlink()
    else:
        mesh.write_bytes(content)
    with pytest.raises(GeometryError, match=r"mesh_125m_runs\.parquet"):
        published(tmp_path / "g", data)


def test_outlines_read_back_are_valid_and_tile_the_prefecture(world: Any, data: Path, tmp_path: Path) -> None:
    geometry = published(tmp_path / "g", data)
    files = [tmp_path / "g" / entry.file for entry in geometry.files if entry.level == "prefecture"]
    shapes = outlines_of(files)
    assert set(shapes) == set(world.MUNICIPALITIES)
    assert all(shape.is_valid for shape in shapes.values())
    west, south, east, north = shapes[world.DAIKO_SHI].bounds
    assert east - west == pytest.approx(8 / 640)
    assert north - south == pytest.approx(8 / 960)


def test_the_real_map_has_1741_municipalities_and_47_prefectures_and_is_light(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    data = Path(request.path).parents[2] / "data"
    geometry = publish_geometry(tmp_path, data, read_curated(data))
    nation = codes(tmp_path, geometry, "municipalities")
    assert (len(nation["areas"]), len(set(nation["areas"])), len(nation["land"])) == (1741, 1741, 11)
    prefectures = codes(tmp_path, geometry, "prefectures")
    assert (len(prefectures["areas"]), len(prefectures["land"])) == (47, 6)
    parts = [codes(tmp_path, geometry, "prefecture", code[:2])["areas"] for code in prefectures["areas"]]
    assert sorted(code for part in parts for code in part) == nation["areas"]
    sent = {entry.level: len(gzip.compress((tmp_path / entry.file).read_bytes())) for entry in geometry.files}
    assert sent["municipalities"] < 280_000
    assert sent["prefectures"] < 100_000
    assert sent["places"] < 60_000
    assert sent["names"] < 20_000
