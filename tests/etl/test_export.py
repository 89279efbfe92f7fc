"""Exports: what a spreadsheet, a GIS and a data package reader get."""

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.build import Build, connect, ensure_build
from etl.export import PUBLIC_TABLES, export_all, formats_of, table_bytes
from etl.spreadsheet import FORMULA_SIGNS, Sheet, csv_bytes, safe_text, xlsx_bytes

HOSTILE = ("=1+1", "+81", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx")


@pytest.fixture(scope="module")
def build(new_world: Any, tmp_path_factory: pytest.TempPathFactory) -> Build:
    world, place = new_world(), tmp_path_factory.mktemp("export")
    world.listed(2022, world.KO_SHI, "甲市", note="=HYPERLINK(1)")
    world.listed(2022, world.OTSU_KEN, "乙県")
    world.add("place", place_id="p00001", name='=cmd()"<b>', kind="居場所", code=world.KO_SHI, lat="36.01",
              lon="139.02", status="open", licence="CC BY 4.0", as_of_printed="2023")  # fmt: skip
    world.add("place", place_id="p00002", name="位置のない家", kind="居場所", code=world.KO_SHI, status="listed",
              licence="CC BY 4.0", as_of_printed="2023")  # fmt: skip
    world.add("national_context", context_id="c1", topic="差", as_of_printed="2022", item="増減", value_printed="△5",
              value="-5", unit="件", is_reconcilable="true")  # fmt: skip
    return ensure_build(folder=place / "builds", data=world.write(place / "data"))


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_a_bom_and_keeps_zeros_unknowns_and_booleans(build: Build) -> None:
    with connect(build) as con:
        content = table_bytes(con, "participation", "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    first = rows_of(content)[0]
    assert (first["code"], first["is_counted"], first["decided_on"]) == ("01202", "true", "")


def test_no_text_cell_of_an_export_begins_like_a_formula_and_negative_numbers_stay_numbers(
    build: Build,
) -> None:
    with connect(build) as con:
        assert rows_of(table_bytes(con, "participation", "csv"))[0]["note"] == "'=HYPERLINK(1)"
        assert rows_of(table_bytes(con, "national_context", "csv"))[0]["value"] == "-5.0"
        book = openpyxl.load_workbook(io.BytesIO(table_bytes(con, "participation", "xlsx")))
        context = openpyxl.load_workbook(io.BytesIO(table_bytes(con, "national_context", "xlsx")))
    cells = [cell for row in book["participation"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(isinstance(cell.value, str) and cell.value.startswith(FORMULA_SIGNS) for cell in cells)
    assert [cell.value for cell in context["national_context"][2]][6] == -5


def test_an_excel_sheet_names_its_columns_in_japanese_and_explains_them(build: Build) -> None:
    with connect(build) as con:
        book = openpyxl.load_workbook(io.BytesIO(table_bytes(con, "coverage", "xlsx")))
    data, meanings = book.worksheets
    assert data["A1"].value == "年度\nfiscal_year"
    assert data["C2"].value == "01100"
    assert data["C2"].number_format == "@"
    assert data.freeze_panes == "A2"
    assert [cell.value for cell in meanings[3]] == ["列", "日本語", "English"]
    assert meanings.max_row == 3 + data.max_column


@given(st.text(max_size=20))
def test_safe_text_only_adds_a_quote_where_it_must(text: str) -> None:
    safe = safe_text(text)
    assert safe in (text, f"'{text}")
    assert not safe.startswith(FORMULA_SIGNS)
    assert (safe == text) == (not text.startswith(FORMULA_SIGNS))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_survives_as_text_in_both_formats(text: str) -> None:
    sheet = Sheet("t", "表", ("a", "b"), (("名", "name"), ("数", "number")), [(text, -1.5)])
    written = next(
        csv.reader(io.StringIO(csv_bytes(sheet).decode("utf-8-sig").split("\r\n", 1)[1], newline=""))
    )
    assert written == [f"'{text}", "-1.5"]
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheet)))["t"]
    assert page["A2"].data_type == "s"
    assert page["B2"].value == -1.5


def test_the_same_table_gives_the_same_bytes(build: Build) -> None:
    with connect(build) as con:
        for fmt in formats_of("coverage"):
            assert table_bytes(con, "coverage", fmt) == table_bytes(con, "coverage", fmt), fmt


def test_a_table_or_format_that_is_not_public_is_refused_before_sql(build: Build) -> None:
    with connect(build) as con:
        for table, fmt in (
            ("duckdb_settings()", "csv"),
            ("source; DROP", "csv"),
            ("source", "geojson"),
            ("area", "pdf"),
        ):
            with pytest.raises(KeyError):
                table_bytes(con, table, fmt)


@pytest.mark.parametrize("fmt", ["geojson", "parquet"])
def test_the_coverage_layer_has_one_outline_for_each_municipality(
    build: Build, fmt: str, tmp_path: Path
) -> None:
    path = tmp_path / f"coverage.{fmt}"
    with connect(build) as con:
        path.write_bytes(table_bytes(con, "coverage", fmt))
    layer = gpd.read_parquet(path) if fmt == "parquet" else gpd.read_file(path)
    assert list(layer["code"]) == ["01100", "01202", "01303", "02201", "02302"]
    assert layer.crs.to_epsg() == 6668
    assert layer.geometry.is_valid.all()
    assert list(layer["cumulative_state"]) == ["E", "A", "E", "D", "D"]


def test_a_prefecture_in_a_list_has_the_outline_of_the_prefecture(build: Build) -> None:
    with connect(build) as con:
        features = json.loads(table_bytes(con, "participation", "geojson"))["features"]
    assert [feature["properties"]["code"] for feature in features] == ["01202", "02000"]
    assert all(feature["geometry"]["type"] == "MultiPolygon" for feature in features)


def test_places_are_points_and_one_without_coordinates_has_no_geometry(build: Build) -> None:
    with connect(build) as con:
        document = json.loads(table_bytes(con, "place", "geojson"))
    first, second = document["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [139.02, 36.01]}
    assert first["properties"]["name"] == '=cmd()"<b>'  # JSON runs no formulas: the text stays as it is
    assert second["geometry"] is None


def test_an_export_has_every_table_and_a_package_that_describes_every_file(
    build: Build, tmp_path: Path
) -> None:
    files = export_all(build.database, tmp_path / "out")
    expected = {f"{fmt}/{table}.{fmt}" for table in PUBLIC_TABLES for fmt in formats_of(table)}
    found = {path.relative_to(tmp_path / "out").as_posix() for path in files}
    assert found == expected | {"datapackage.json"}
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == expected
    assert len({resource["name"] for resource in package["resources"]}) == len(expected)
    for resource in package["resources"]:
        content = (tmp_path / "out" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        if resource["format"] == "csv":
            header = rows_of(content[:20000].split(b"\r\n", 1)[0] + b"\r\n")
            names = [field["name"] for field in resource["schema"]["fields"]]
            assert header == []
            assert content.decode("utf-8-sig").splitlines()[0].split(",") == names
            assert all(field["title"] and field["description"] for field in resource["schema"]["fields"])
    assert package["sources"] == [{"title": "出典：甲省"}]
    assert {licence["title"] for licence in package["licenses"]} == {"CC BY 4.0"}


def test_an_export_twice_into_the_same_folder_leaves_the_same_files(build: Build, tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in export_all(build.database, tmp_path)}
    assert {path: path.read_bytes() for path in export_all(build.database, tmp_path)} == first
    assert not list(tmp_path.rglob(".*"))


def test_a_missing_geometry_file_is_an_error_that_names_it(build: Build, tmp_path: Path) -> None:
    copy = tmp_path / build.database.name
    copy.write_bytes(build.database.read_bytes())
    with (
        duckdb.connect(str(copy), read_only=True) as con,
        pytest.raises(FileNotFoundError, match="prefecture"),
    ):
        table_bytes(con, "coverage", "geojson")
