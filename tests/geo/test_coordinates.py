import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.coordinates import (
    CoordinateError,
    Datum,
    Notation,
    datum_of,
    parse_degrees,
    read_degrees,
    tokyo_to_world,
    written_degrees,
)
from geo.mesh import GRID_125M, Runs

DEGREES = 35 + 40 / 60 + 8 / 3600


@pytest.mark.parametrize(
    "printed",
    [
        "35°40′08″",
        "35°40'08\"",
        "35度40分8秒",
        "３５度４０分８秒",
        "35.40.08",
        "35.40.8.0",
        "35:40:08",
        "35 40 08",
        "N35°40′08″",
        "35°40′08″N",
        "北緯35度40分8秒",
        "北緯 35° 40′ 8.0″",
        "35º40’08”",
        "35゜40′08″",
        "35°40'08''",
    ],
)
def test_degrees_minutes_and_seconds_are_read_in_every_form(printed: str) -> None:
    assert parse_degrees(printed) == pytest.approx(DEGREES, abs=1e-9)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("３５．６６８８８９", 35.668889),
        ("N35.668889", 35.668889),
        ("35.668889N", 35.668889),
        ("東経139.477778", 139.477778),
        ("E139.477778", 139.477778),
        ("139.477778度", 139.477778),
        ("139.477778°", 139.477778),
        ("+35.5", 35.5),
        ("3.5668889E+01", 35.668889),
        ("35°40.5′", 35.675),
        ("35°40′", 35 + 40 / 60),
        ("南緯35.5", -35.5),
        ("W220.5", -220.5),
        ("−220.585806", -220.585806),
    ],
)
def test_other_notations_are_read(printed: str, value: float) -> None:
    assert parse_degrees(printed) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    "printed",
    [
        "inf",
        "nan",
        "-inf",
        "N/A",
        "不明",
        "35°60′00″",
        "35°10′61″",
        "35.1.2.3.4",
        "35,66,88",
        "1e999",
        "35.6.",
        "N",
        "35°40.5′08″",
    ],
)
def test_what_is_no_coordinate_is_refused(printed: str) -> None:
    with pytest.raises(CoordinateError):
        parse_degrees(printed)


def test_a_column_tells_for_each_cell_how_it_is_printed() -> None:
    column = pa.array(["35.5", " 35.5 ", "", None, "-", "35°30′00″", "nan", "words", "３５.５"])
    read = read_degrees(column)
    assert [Notation(one).name for one in read.notations] == [
        "PLAIN", "PLAIN", "EMPTY", "EMPTY", "EMPTY", "MENDED", "UNREADABLE", "UNREADABLE", "MENDED",
    ]  # fmt: skip
    assert [round(value, 6) for value in read.values if not math.isnan(value)] == [35.5] * 4


@given(st.floats(-180, 180).map(lambda value: f"{value:.9f}"))
def test_a_plain_decimal_is_read_to_the_last_bit(printed: str) -> None:
    read = read_degrees(pa.array([printed]))
    assert read.values[0] == float(printed)
    assert read.notations[0] == Notation.PLAIN


@given(st.text(max_size=20))
def test_any_text_is_a_coordinate_or_refused(printed: str) -> None:
    try:
        value = parse_degrees(printed)
    except CoordinateError:
        return
    assert math.isfinite(value)


def test_the_tokyo_datum_is_converted_as_the_geodetic_library_does_in_all_of_japan(runs: Runs) -> None:
    lon, lat = GRID_125M.lonlat_of(runs.col[::50], runs.row[::50])
    exact = Transformer.from_crs("EPSG:4301", "EPSG:6668", always_xy=True, only_best=False).transform(
        lon, lat
    )
    off = [np.abs(ours - theirs) for ours, theirs in zip(tokyo_to_world(lat, lon), exact[::-1], strict=True)]
    assert max(one[lat > 30].max() for one in off) < 0.0002
    assert max(one.max() for one in off) < 0.00025


@pytest.mark.parametrize(
    "printed",
    [
        "旧日本測地系",
        "日本測地系",
        "Tokyo",
        "Tokyo Datum",
        "EPSG:4301",
        "ＴＯＫＹＯ",
        "旧日本測地系（Tokyo）",
    ],
)
def test_the_old_datum_is_known_by_its_names(printed: str) -> None:
    assert datum_of(printed) is Datum.TOKYO


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "JGD2000",
        "JGD2011",
        "WGS84",
        "WGS 84",
        "世界測地系",
        "日本測地系2011",
        "EPSG:6668",
        "世界測地系（JGD2011）",
    ],
)
def test_the_world_datums_are_known_by_their_names(printed: str) -> None:
    assert datum_of(printed) is Datum.WORLD


def test_another_datum_is_not_known() -> None:
    assert datum_of("NAD27") is None


def test_degrees_are_written_without_needless_zeros() -> None:
    assert [written_degrees(value) for value in (35.668889, 139.5, 35.0, 35.6688894)] == [
        "35.668889",
        "139.5",
        "35",
        "35.668889",
    ]
