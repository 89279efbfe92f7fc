"""Boundary files: what is sound is taken as it is, what is odd is mended or held, what is hostile is not opened."""

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.intake.area_tables import read_areas
from etl.intake.bodies import BodyReader
from etl.intake.boundaries import Boundaries, read_boundaries
from etl.intake.guard import Material
from etl.intake.report import Outcome, Report
from geo.names import Gazetteer
from geo.official import km2_of
from tests.etl.intake.drawn import (
    FUCHU,
    MIHARA,
    ONOMICHI,
    Known,
    file_of,
    frame,
    geojson,
    geopackage,
    n03,
    polygon,
    shapefile,
    square,
    three,
    topojson,
    zipped,
)

DATA = Path(__file__).resolve().parents[3] / "data"
BOW_TIE = [[133.0, 34.0], [133.1, 34.1], [133.1, 34.0], [133.0, 34.1], [133.0, 34.0]]


@pytest.fixture(scope="module")
def known() -> Known:
    gazetteer = Gazetteer(read_areas(DATA / "areas.csv"))
    return Known(gazetteer, BodyReader(gazetteer))


@pytest.fixture
def read(known: Known) -> Callable[..., Boundaries]:
    return lambda material, **said: read_boundaries(material, known, **said)


@pytest.fixture
def report(read: Callable[..., Boundaries]) -> Callable[..., Report]:
    return lambda material, **said: read(material, **said).checked.report


def told(report: Report) -> str:
    return "\n".join(report.lines())


def counts(report: Report) -> tuple[int, ...]:
    return report.rows, report.loaded, report.repaired, report.quarantined, report.duplicates, report.skipped


def test_every_hostile_sample_comes_to_what_its_index_says(
    hostile: Path, report: Callable[..., Report]
) -> None:
    with (hostile / "index.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] == "boundaries"]
    assert len(rows) >= 12
    for row in rows:
        found = report(file_of((hostile / row["file"]).read_bytes(), row["file"]))
        assert str(found.outcome) == row["expected"], told(found)
        if found.is_usable:
            names = ("rows", "loaded", "repaired", "quarantined", "duplicates", "skipped")
            assert counts(found) == tuple(int(row[name]) for name in names), told(found)


def test_a_sound_file_is_taken_as_it_is(read: Callable[..., Boundaries]) -> None:
    found = read(geojson(three()))
    assert found.checked.report.outcome is Outcome.ACCEPT
    assert found.codes.tolist() == ["34204", "34205", "34208"]
    facts = found.checked.facts.to_pylist()
    assert [(row["row"], row["prefecture"], row["name"]) for row in facts][2] == (3, "広島県", "府中市")
    assert facts[0]["area_km2"] == pytest.approx(25.5, abs=0.2)


@pytest.mark.parametrize(
    "names",
    [
        {"N03_003": "札幌市", "N03_004": "中央区"},
        {"N03_003": None, "N03_004": "札幌市", "N03_005": "中央区"},
        {"N03_003": "札幌市", "N03_004": "札幌市", "N03_005": "中央区"},
    ],
)
def test_a_ward_is_its_city_in_the_form_of_every_year(
    names: dict[str, Any], read: Callable[..., Boundaries]
) -> None:
    ward = n03("01101", "", [square((141.3, 43.0))], "北海道", **names)
    found = read(geojson([ward]))
    assert found.checked.report.outcome is Outcome.ACCEPT, told(found.checked.report)
    assert found.codes.tolist() == ["01100"]


def test_a_county_beside_the_name_is_no_repair(report: Callable[..., Report]) -> None:
    found = report(geojson([n03("34307", "熊野町", [square((132.5, 34.3))], N03_003="安芸郡")]))
    assert found.outcome is Outcome.ACCEPT, told(found)


def test_a_northern_village_is_itself(read: Callable[..., Boundaries]) -> None:
    village = n03("01696", "泊村", [square((145.6, 43.9))], "北海道", N03_003="国後郡")
    found = read(geojson([village]))
    assert found.checked.report.outcome is Outcome.ACCEPT, told(found.checked.report)
    assert found.codes.tolist() == ["01696"]


def test_islands_of_one_municipality_are_loaded_each(report: Callable[..., Report]) -> None:
    islands = [n03("34205", "尾道市", [square((133.0 + step, 34.2), 0.02)]) for step in (0.0, 0.1, 0.2)]
    found = report(geojson(islands))
    assert (found.outcome, found.rows, found.loaded) == (Outcome.ACCEPT, 3, 3)


def test_the_same_shape_twice_is_counted_once(report: Callable[..., Report]) -> None:
    assert counts(report(geojson([*three(), three()[1]]))) == (4, 3, 0, 0, 1, 0)


def test_a_former_municipality_becomes_its_successor(read: Callable[..., Boundaries]) -> None:
    found = read(geojson([n03("40305", "那珂川町", [square((130.4, 33.5))], "福岡県", N03_003="筑紫郡")]))
    assert found.codes.tolist() == ["40231"]
    assert found.checked.report.repaired == 1


def test_a_bow_tie_is_mended_with_its_area_before_and_after(read: Callable[..., Boundaries]) -> None:
    found = read(geojson([n03("34204", "三原市", [BOW_TIE])]))
    assert counts(found.checked.report) == (1, 1, 1, 0, 0, 0)
    (message,) = found.checked.report.messages
    assert message.before.endswith("km²")
    assert message.after.endswith("km²")
    assert shapely.is_valid(found.shapes).all()


def test_an_open_ring_is_closed_and_said(report: Callable[..., Report]) -> None:
    found = report(geojson([n03("34204", "三原市", [square(MIHARA)[:-1]])]))
    assert counts(found) == (1, 1, 1, 0, 0, 0)
    assert "1行目「geometry」列: 閉じていない輪を閉じました" in told(found)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "形がありません"),
        (polygon([]), "形がありません"),
        ({"type": "MultiPolygon", "coordinates": []}, "形がありません"),
        ({"type": "Point", "coordinates": [133.0, 34.0]}, "面（ポリゴン）ではありません"),
        ({"type": "GeometryCollection", "geometries": []}, "面（ポリゴン）ではありません"),
        (polygon([[[133.0, 34.0], [133.1, 34.0]]]), "点が足りません"),
        (polygon([[["133", "34"]] * 5]), "座標を読めません"),
        (polygon([[[133.0, 34.0], [133.1], [133.1, 34.1], [133.0, 34.0]]]), "座標を読めません"),
        (polygon("nothing"), "座標を読めません"),
        (polygon([[[133.0, 34.0], [133.1, 34.0], [1e999, 34.1], [133.0, 34.0]]]), "有限の数"),
        (polygon([[[133.0, 34.0], [133.1, 34.0], [133.2, 34.0], [133.0, 34.0]]]), "面積がありません"),
        (polygon([square((2.3, 48.8))]), "日本の外"),
    ],
)
def test_a_shape_that_is_none_is_held_with_its_reason(
    geometry: Any, reason: str, read: Callable[..., Boundaries]
) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": [*three(), n03("34202", "呉市", geometry)]})
    found = read(file_of(text.replace("Infinity", "1e999").encode()))
    assert counts(found.checked.report) == (4, 3, 0, 1, 0, 0), told(found.checked.report)
    (held,) = found.checked.held.to_pylist()
    assert (held["row"], held["column"]) == (4, "geometry")
    assert reason in held["problem"]
    assert json.loads(held["cells"])["N03_004"] == "呉市"


def test_heights_and_collections_are_reduced_to_areas_and_said(report: Callable[..., Report]) -> None:
    high = [[*position, 12.0] for position in square(MIHARA)]
    mixed = {
        "type": "GeometryCollection",
        "geometries": [polygon([square(FUCHU)]), {"type": "Point", "coordinates": [1, 1]}],
    }
    found = report(geojson([n03("34204", "三原市", [high]), n03("34208", "府中市", mixed)]))
    assert counts(found) == (2, 2, 2, 0, 0, 0)


def test_undecided_land_is_left_out_and_no_municipality(report: Callable[..., Report]) -> None:
    found = report(geojson([*three(), n03(None, "所属未定地", [square((133.5, 34.0))])]))
    assert counts(found) == (4, 3, 0, 0, 0, 1)
    only = report(geojson([n03("34000", "所属未定地", [square((133.5, 34.0))])]))
    assert only.outcome is Outcome.REJECT


def test_a_code_of_another_municipality_is_held_with_both_named(report: Callable[..., Report]) -> None:
    found = report(geojson([three()[0], n03("13206", "府中市", [square(FUCHU)])]))
    assert counts(found) == (2, 1, 0, 1, 0, 0)
    assert "2行目「N03_007」列" in told(found)
    assert "13206" in told(found)
    assert "東京都府中市" in told(found)


def test_a_prefecture_among_municipalities_is_held(report: Callable[..., Report]) -> None:
    found = report(geojson([*three(), n03("34000", "", [square((132.0, 34.2))])]))
    assert counts(found) == (4, 3, 0, 1, 0, 0)
    assert "都道府県の区域" in told(found)


def test_an_overlap_holds_both_and_names_them_with_its_size(report: Callable[..., Report]) -> None:
    shifted = square((MIHARA[0] + 0.025, MIHARA[1] + 0.025))
    found = report(geojson([three()[0], n03("34205", "尾道市", [shifted]), three()[2]]))
    assert counts(found) == (3, 1, 0, 2, 0, 0)
    assert "広島県三原市（34204）と広島県尾道市（34205）が 6.37 km² 重なっています（2行目）" in told(found)


def test_one_inside_another_is_an_overlap(report: Callable[..., Report]) -> None:
    inner = n03("34205", "尾道市", [square((MIHARA[0] + 0.01, MIHARA[1] + 0.01), 0.02)])
    assert report(geojson([three()[0], inner])).quarantined == 2


def test_a_hair_of_an_overlap_is_a_difference_of_drawing(report: Callable[..., Report]) -> None:
    beside = n03("34205", "尾道市", [square((MIHARA[0] + 0.0499, MIHARA[1]))])
    assert report(geojson([three()[0], beside])).outcome is Outcome.ACCEPT


def test_exchanged_axes_are_refused(report: Callable[..., Report]) -> None:
    turned = [[north, east] for east, north in square(MIHARA)]
    found = report(geojson([n03("34204", "三原市", [turned])]))
    assert found.outcome is Outcome.REJECT
    assert "（緯度, 経度）の順" in told(found)


def test_metres_without_a_system_are_refused_and_with_one_are_moved(read: Callable[..., Boundaries]) -> None:
    plane = frame(three()).to_crs("EPSG:6671")
    features = json.loads(plane.to_json(drop_id=True))["features"]
    bare = read(geojson(features)).checked.report
    assert bare.outcome is Outcome.REJECT
    assert "経度・緯度ではありません" in told(bare)
    said = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6671"}}
    found = read(geojson(features, crs=said))
    assert found.checked.report.outcome is Outcome.ACCEPT
    assert found.shapes[0].centroid.x == pytest.approx(MIHARA[0] + 0.025, abs=1e-6)


def test_an_unknown_system_is_refused(report: Callable[..., Report]) -> None:
    said = {"type": "name", "properties": {"name": "EPSG:999999"}}
    assert "座標系を読めません" in told(report(geojson(three(), crs=said)))


def test_nan_is_refused(report: Callable[..., Report]) -> None:
    content = json.dumps(
        {"type": "FeatureCollection", "features": [n03("34204", "三原市", [[[float("nan"), 34.0]] * 4])]}
    )
    found = report(file_of(content.encode()))
    assert found.outcome is Outcome.REJECT
    assert "NaN" in told(found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空です"),
        (b"\xef\xbb\xbf  ", "空です"),
        (b"<OGRVRTDataSource/>", "GeoJSON ではありません"),
        (b"[1, 2]", "GeoJSON ではありません"),
        (b'{"type": "Polygon"}', "GeoJSON ではありません"),
        (b'{"type": "FeatureCollection", "features": []}', "地物が1件もありません"),
        (b'{"type": "FeatureCollection", "features": [1]}', "Feature でない"),
        (b'{"type": "Topology"}', "arcs"),
        (b'{"type": "FeatureCollection" "features": []}', "1行目"),
        (b'{"a":' * 300 + b"1" + b"}" * 300, "深すぎます"),
        (b"[" * 50_000, "深すぎます"),
        (b'{"type": "\x81 "}', "文字コード"),
        (b"SQLite format 3\x00" + b"\0" * 100, "GeoPackage"),
        (b"PK\x03\x04" + b"\0" * 100, "zip"),
    ],
)
def test_what_is_no_boundary_file_is_refused_with_the_reason(
    content: bytes, reason: str, report: Callable[..., Report]
) -> None:
    found = report(file_of(content))
    assert found.outcome is Outcome.REJECT
    assert reason in told(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_geojson_of_every_allowed_encoding_is_read(encoding: str, report: Callable[..., Report]) -> None:
    text = geojson(three()).data.decode()
    assert report(file_of(text.encode(encoding))).outcome is Outcome.ACCEPT


@settings(max_examples=60)
@given(cut=st.integers(1, 1_000))
def test_a_file_cut_anywhere_is_refused(cut: int, known: Known) -> None:
    whole = geojson(three()).data
    found = read_boundaries(file_of(whole[: -min(cut, len(whole) - 1)]), known).checked.report
    assert found.outcome is Outcome.REJECT


ODD = {
    "sound": (0, n03("34205", "尾道市", [square(ONOMICHI)])),
    "open": (0, n03("34205", "尾道市", [square(ONOMICHI)[:-1]])),
    "bow tie": (0, n03("34205", "尾道市", [BOW_TIE])),
    "empty": (1, n03("34205", "尾道市", polygon([]))),
    "nowhere": (1, n03("34205", "尾道市", None)),
    "unknown": (1, n03("99999", "無名市", [square(ONOMICHI)])),
    "conflict": (1, n03("13206", "府中市", [square(FUCHU)])),
    "undecided": (3, n03(None, "所属未定地", [square(ONOMICHI)])),
}


@settings(max_examples=60)
@given(kinds=st.lists(st.sampled_from(sorted(ODD)), min_size=1, max_size=8))
def test_no_feature_is_lost(kinds: list[str], known: Known) -> None:
    moved = [json.loads(json.dumps(ODD[kind][1])) for kind in kinds]
    for step, feature in enumerate(moved):
        for ring in (feature["geometry"] or {}).get("coordinates", []):
            ring[:] = [[east, north + step] for east, north in ring]
    found = read_boundaries(geojson([*three(), *moved]), known).checked
    report = found.report
    assert (
        report.rows
        == 3 + len(kinds)
        == report.loaded + report.quarantined + report.duplicates + report.skipped
    )
    assert report.quarantined == sum(ODD[kind][0] == 1 for kind in kinds) == len(found.held)
    assert report.skipped == sum(ODD[kind][0] == 3 for kind in kinds)
    assert len(found.facts) == report.loaded
    assert all("\n" not in line and "Traceback" not in line for line in report.lines())


@pytest.mark.parametrize(
    ("encoding", "cpg", "recognised"),
    [
        ("CP932", None, "cp932"),
        ("CP932", "932", "cp932"),
        ("CP932", "Shift_JIS", "cp932"),
        ("CP932", "UTF-8", "cp932"),
        ("UTF-8", None, "utf-8"),
        ("UTF-8", "UTF-8", "utf-8"),
        ("UTF-8", "no such code", "utf-8"),
    ],
)
def test_a_shapefile_is_read_in_the_encoding_it_is_in(
    encoding: str, cpg: str | None, recognised: str, read: Callable[..., Boundaries]
) -> None:
    found = read(zipped(shapefile(frame(three()), encoding=encoding, cpg=cpg)))
    assert found.checked.report.outcome is Outcome.ACCEPT, told(found.checked.report)
    assert found.checked.report.facts["encoding"] == recognised
    assert found.checked.facts["name"].to_pylist() == ["三原市", "尾道市", "府中市"]


@pytest.mark.parametrize("missing", [".shp", ".shx", ".dbf", ".prj"])
def test_a_shapefile_without_one_of_its_parts_is_refused(missing: str, report: Callable[..., Report]) -> None:
    found = report(zipped(shapefile(frame(three()), without=missing)))
    assert found.outcome is Outcome.REJECT
    assert missing in told(found)


def test_a_system_that_a_person_says_stands_in_for_the_missing_one(report: Callable[..., Report]) -> None:
    bare = zipped(shapefile(frame(three()), without=".prj"))
    assert report(bare, crs="EPSG:6668").outcome is Outcome.ACCEPT


def test_of_several_shapefiles_that_of_the_municipalities_is_read(report: Callable[..., Report]) -> None:
    prefectures = frame(
        [n03(f"{code:02}000", "", [square((130.0, 33.0))], "広島県") for code in range(1, 48)]
    )
    parts = shapefile(prefectures, stem="N03_prefecture") | shapefile(frame(three()), stem="N03-20250101")
    found = report(zipped({f"N03-20250101_GML/{name}": content for name, content in parts.items()}))
    assert (found.outcome, found.rows) == (Outcome.ACCEPT, 3)
    assert found.facts["member"] == "N03-20250101.shp"


def test_a_zip_with_geojson_alone_is_read(report: Callable[..., Report]) -> None:
    parts = {
        "N03-20250101_prefecture.geojson": b"{}",
        "N03-20250101.geojson": geojson(three()).data,
        "KS-META.xml": b"<a/>",
    }
    assert report(zipped(parts)).outcome is Outcome.ACCEPT


def test_a_damaged_shapefile_is_refused(report: Callable[..., Report]) -> None:
    parts = shapefile(frame(three()))
    for name, content in parts.items():
        if not name.endswith(".prj"):
            found = report(zipped(parts | {name: content[:60]}))
            assert found.outcome is Outcome.REJECT, name
            assert "Traceback" not in told(found)


def test_a_geopackage_is_read(read: Callable[..., Boundaries]) -> None:
    found = read(file_of(geopackage(frame(three())), "areas.gpkg"))
    assert found.checked.report.outcome is Outcome.ACCEPT, told(found.checked.report)
    assert found.codes.tolist() == ["34204", "34205", "34208"]


def test_a_geopackage_that_does_more_than_hold_tables_is_refused(
    tmp_path: Path, report: Callable[..., Report]
) -> None:
    path = tmp_path / "areas.gpkg"
    path.write_bytes(geopackage(frame(three())))
    con = sqlite3.connect(path)
    con.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    con.commit()
    con.close()
    found = report(file_of(path.read_bytes()))
    assert found.outcome is Outcome.REJECT
    assert "読み取り以外" in told(found)


def agency(code6: str, name: str, rings: list[list[int]], county: str = "") -> dict[str, Any]:
    """Return a geometry as the Digital Agency writes it: arcs in place of coordinates."""
    properties = {"lg_code": code6, "lg_code_5": code6[:5], "city_name": name, "county_name": county}
    properties |= {"prefecture_name": "広島県", "is_hoppo_city": False}
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}


def test_topojson_neighbours_share_the_arc_between_them(read: Callable[..., Boundaries]) -> None:
    border = [[133.1, 34.4], [133.12, 34.45], [133.1, 34.5]]
    west = [[133.1, 34.5], [133.0, 34.5], [133.0, 34.4], [133.1, 34.4]]
    east = [[133.1, 34.5], [133.2, 34.5], [133.2, 34.4], [133.1, 34.4]]
    areas = [agency("342041", "三原市", [[0, 1]]), agency("342050", "尾道市", [[-1, -3]])]
    found = read(topojson(areas, arcs=[border, west, east]))
    assert found.checked.report.outcome is Outcome.ACCEPT, told(found.checked.report)
    assert shapely.coverage_is_valid(found.shapes)
    assert found.codes.tolist() == ["34204", "34205"]


def test_a_number_of_no_arc_is_held(report: Callable[..., Report]) -> None:
    ring = square(MIHARA)
    found = report(
        topojson([agency("342041", "三原市", [[0]]), agency("342050", "尾道市", [[7]])], arcs=[ring])
    )
    assert counts(found) == (2, 1, 0, 1, 0, 0)


def test_prefectures_alone_are_refused(report: Callable[..., Report]) -> None:
    feature = {
        "type": "Feature",
        "properties": {"prefecture_code": "34", "prefecture_name": "広島県"},
        "geometry": None,
    }
    assert "都道府県だけの境界" in told(report(geojson([feature])))
    assert "都道府県だけの境界" in told(report(geojson([n03("34000", "", [square(MIHARA)])])))


def test_unknown_properties_are_listed(report: Callable[..., Report]) -> None:
    feature = {
        "type": "Feature",
        "properties": {"町名": "本町", "面積": 3},
        "geometry": polygon([square(MIHARA)]),
    }
    found = report(geojson([feature]))
    assert found.outcome is Outcome.REJECT
    assert "町名、面積" in told(found)


@pytest.mark.parametrize("disguise", ["areas.geojson", "areas.shp in a zip", "areas.gpkg in a zip"])
def test_a_virtual_file_in_disguise_reads_no_other_file(
    disguise: str, tmp_path: Path, read: Callable[..., Boundaries]
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("N03_004,N03_007,WKT\n三原市,34204,POINT (133 34)\n", encoding="utf-8")
    before = secret.stat().st_atime_ns
    vrt = (
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    ).encode()
    parts = shapefile(frame(three()))
    files: dict[str, Material] = {
        "areas.geojson": file_of(vrt),
        "areas.shp in a zip": zipped(parts | {"N03.shp": vrt}),
        "areas.gpkg in a zip": zipped({"areas.gpkg": vrt}),
    }
    found = read(files[disguise])
    assert found.checked.report.outcome is Outcome.REJECT
    assert not len(found.shapes)
    assert secret.stat().st_atime_ns == before


def test_a_shape_is_measured_on_the_ground() -> None:
    assert km2_of(shapely.polygons([square((135.0, 35.0), 0.1)]))[0] == pytest.approx(101.1, abs=0.3)
