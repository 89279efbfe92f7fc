"""GeoJSON of points: one row per feature, coordinates as text, and a broken text refused before it is parsed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.intake.readers import HeadingNotFoundError, geojson
from etl.intake.readers.geojson import depth_of
from etl.intake.report import RejectedError
from tests.etl.intake.tables import faults_of, read, rows_of

PROPERTIES = {"年度": 2022, "市区町村": "三原市"}


def point(lon: object = 133.0785, lat: object = 34.397) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def collection(*geometries: object, **more: object) -> str:
    features = [{"type": "Feature", "properties": PROPERTIES, "geometry": each} for each in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}, ensure_ascii=False)


def refusal(text: str) -> str:
    with pytest.raises(RejectedError) as caught:
        read(text)
    return caught.value.message.problem


def test_a_feature_is_a_row_with_latitude_and_longitude_as_text() -> None:
    sheet = read(collection(point(), point(139, 35.5)))
    assert list(sheet.columns) == ["年度", "市区町村", "緯度", "経度"]
    assert rows_of(sheet) == [("2022", "三原市", "34.397", "133.0785"), ("2022", "三原市", "35.5", "139")]
    assert sheet.rows.tolist() == [1, 2]


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": []}])
def test_a_feature_without_a_point_is_a_row_without_one(geometry: object) -> None:
    sheet = read(collection(geometry))
    assert rows_of(sheet) == [("2022", "三原市", "", "")]
    assert not sheet.faults


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        {"type": "Point", "coordinates": [133]},
        {"type": "Point", "coordinates": ["133", "34"]},
        {"type": "Point", "coordinates": [True, 34]},
        {"type": "Point", "coordinates": {"x": 1}},
        {"type": "Point"},
        "Point",
        point(float("nan")),
        point(133, float("inf")),
    ],
)
def test_another_shape_or_no_number_holds_its_row(geometry: object) -> None:
    assert faults_of(read(collection(point(), geometry))) == {2: "緯度"}


def test_a_number_too_large_to_be_one_holds_its_row() -> None:
    assert faults_of(read(collection(point(133.0785)).replace("133.0785", "1e999"))) == {1: "緯度"}


def test_properties_of_any_kind_are_text() -> None:
    extra = {"有": True, "無": None, "数": 5.0, "表": ["a", 1]}
    feature = {"type": "Feature", "properties": PROPERTIES | extra, "geometry": point()}
    sheet = read(json.dumps(feature))
    assert rows_of(sheet)[0][2:6] == ("TRUE", "", "5", '["a", 1]')


def test_a_property_called_latitude_does_not_hide_the_point() -> None:
    feature = {"type": "Feature", "properties": PROPERTIES | {"緯度": "x"}, "geometry": point()}
    sheet = read(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert sheet.columns["緯度"].to_pylist() == ["34.397"]
    assert sheet.columns["緯度（2）"].to_pylist() == ["x"]


@pytest.mark.parametrize("cut", [1, 2, 30, 60])
def test_a_cut_text_is_told_with_the_place_where_it_ends(cut: int) -> None:
    text = collection(point(), point())[:-cut]
    assert f"{len(text):,}文字目で途切れています" in refusal(text)


def test_a_broken_text_is_told_with_its_place() -> None:
    text = collection(point()).replace("133.0785", "13x")
    assert f"{text.index('13x') + 3:,}文字目" in refusal(text)


@pytest.mark.parametrize(
    "deep", ["[" * 50_000 + "]" * 50_000, '{"a":' * 50_000 + "1" + "}" * 50_000, "[" * 300]
)
def test_deep_nesting_is_refused_before_it_is_parsed(deep: str) -> None:
    assert "入れ子" in refusal(deep)


def test_closing_signs_inside_texts_do_not_hide_the_depth() -> None:
    assert "入れ子" in refusal('["]]]\\"]]]",' * 300 + "1" + "]" * 300)


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    assert "読めません" in refusal(collection(point()).replace("133.0785", "1" * 5_000))


@pytest.mark.parametrize("text", ['{"type":"Topology"}', "[1]", '{"type":"FeatureCollection","features":{}}'])
def test_other_json_is_no_geojson(text: str) -> None:
    assert "GeoJSON ではありません" in refusal(text)


def test_metres_are_not_taken_for_degrees() -> None:
    def crs(name: str) -> dict[str, Any]:
        return {"type": "name", "properties": {"name": name}}

    assert "座標系" in refusal(collection(point(), crs=crs("urn:ogc:def:crs:EPSG::6677")))
    assert len(read(collection(point(), crs=crs("urn:ogc:def:crs:OGC:1.3:CRS84")))) == 1


def test_other_properties_than_those_sought_are_handed_on() -> None:
    feature = {"type": "Feature", "properties": {"名": "a"}, "geometry": point()}
    with pytest.raises(HeadingNotFoundError) as caught:
        read(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert caught.value.first_rows == [["名", "緯度", "経度"]]


def test_features_that_are_nothing_hold_their_rows() -> None:
    text = collection(point()).replace('"features": [', '"features": [1, null, ')
    assert list(faults_of(read(text))) == [1, 2]


trees = st.recursive(
    st.text(st.sampled_from('[]{}"\\a'), max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=2), inside, max_size=3),
    max_leaves=12,
)


def depth(tree: object) -> int:
    inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else None
    return 0 if inside is None else 1 + max(map(depth, inside), default=0)


@given(trees)
def test_the_depth_is_counted_as_the_parser_finds_it(tree: object) -> None:
    assert depth_of(json.dumps(tree).encode()) == (depth(tree), False)


@given(trees, st.integers(1, 20))
def test_whatever_is_cut_is_known_to_be_cut(tree: object, cut: int) -> None:
    text = json.dumps([tree])
    assert depth_of(text[: -min(cut, len(text) - 1)].encode())[1]


@given(trees, st.integers(1, 5))
def test_the_depth_is_the_same_however_the_text_is_cut_into_pieces(tree: object, piece: int) -> None:
    text = json.dumps([tree]).encode()
    whole = depth_of(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geojson, "_CHUNK", piece)
        assert depth_of(text) == whole


def test_half_a_character_is_a_lost_one() -> None:
    feature = {"type": "Feature", "properties": PROPERTIES | {"\ud800": "三\udc00原", "表": ["\ud800"]}}
    sheet = read(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert sheet.columns["\ufffd"].to_pylist() == ["三\ufffd原"]
    assert sheet.columns["表"].to_pylist() == ['["\ufffd"]']
