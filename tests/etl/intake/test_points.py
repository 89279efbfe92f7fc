import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from etl.intake.area_tables import read_areas
from etl.intake.points import Points, read_points
from geo.coordinates import tokyo_to_world
from geo.locate import Locator
from geo.mesh import GRID_125M, Runs
from geo.names import Gazetteer

DATA = Path(__file__).resolve().parents[3] / "data"

FUCHU, HIROSHIMA_FUCHU, NOBORIBETSU = "13206", "34208", "01230"
POINT = ("35.668889", "139.477778")
"""In the middle of 東京都府中市."""


@pytest.fixture(scope="module")
def runs() -> Runs:
    """The mesh table of the whole nation."""
    return Runs.from_table(parquet.read_table(DATA / "mesh_125m_runs.parquet"))


@pytest.fixture(scope="module")
def locator(runs: Runs) -> Locator:
    return Locator.from_runs(runs)


@pytest.fixture(scope="module")
def names() -> Callable[[str], str]:
    gazetteer = Gazetteer(read_areas(DATA / "areas.csv"))
    return lambda code: gazetteer.full_name(gazetteer.by_code(code))


Read = Callable[..., Points]


@pytest.fixture(scope="module")
def read(locator: Locator, names: Callable[[str], str]) -> Read:
    """Read rows of latitude, longitude and code; `datum` is what all of them declare."""

    def of(*rows: tuple[str | None, str | None, str], datum: str | None = None) -> Points:
        columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(3)]
        declared = None if datum is None else pa.array([datum] * len(rows))
        return read_points(*columns, declared, locator, names)

    return of


def mended(points: Points) -> list[tuple[int, str, str, str]]:
    return [(repair.index, repair.axis, repair.before, repair.after) for repair in points.repairs]


def test_plain_decimals_are_taken_as_they_are(read: Read) -> None:
    points = read(
        (*POINT, FUCHU), ("42.412778", "141.106667", NOBORIBETSU), (" 35.668889 ", "139.4777780", FUCHU)
    )
    assert points.lat.tolist() == [35.668889, 42.412778, 35.668889]
    assert points.lon.tolist() == [139.477778, 141.106667, 139.477778]
    assert (points.repairs, points.faults, points.notes) == ([], [], [])
    assert points.codes_by_point.tolist() == ["", "", ""]


def test_exchanged_axes_are_mended_if_the_point_then_lies_in_the_municipality(read: Read) -> None:
    points = read((*reversed(POINT), FUCHU))
    assert (points.lat[0], points.lon[0]) == (35.668889, 139.477778)
    assert mended(points) == [(0, "lat", "139.477778", "35.668889"), (0, "lon", "35.668889", "139.477778")]


def test_exchanged_axes_are_never_mended_elsewhere(read: Read) -> None:
    points = read((*reversed(POINT), HIROSHIMA_FUCHU), (*reversed(POINT), ""))
    assert [fault.index for fault in points.faults] == [0, 1]
    assert "東京都府中市" in points.faults[0].problem
    assert "広島県府中市" in points.faults[0].problem
    assert points.repairs == []
    assert np.isnan(points.lat).all()


def test_a_longitude_less_360_degrees_is_mended_in_the_same_way(read: Read) -> None:
    less = str(139.477778 - 360)
    points = read(
        ("35.668889", less, FUCHU), ("35.668889", less, HIROSHIMA_FUCHU), (less, "35.668889", FUCHU)
    )
    assert mended(points)[0] == (0, "lon", less, "139.477778")
    assert [repair.index for repair in points.repairs] == [0, 2, 2]
    assert [fault.index for fault in points.faults] == [1]


@pytest.mark.parametrize("datum", ["旧日本測地系", "日本測地系", "Tokyo", "EPSG:4301"])
def test_a_declared_tokyo_datum_is_converted(read: Read, datum: str) -> None:
    points = read(("35.665666", "139.480963", FUCHU), datum=datum)
    assert points.lat[0] == pytest.approx(35.668889, abs=0.0002)
    assert points.lon[0] == pytest.approx(139.477778, abs=0.0002)
    assert mended(points) == [(0, "lat", "35.665666", "35.668889"), (0, "lon", "139.480963", "139.477778")]


@pytest.mark.parametrize("datum", ["JGD2011", "JGD2000", "WGS84", "世界測地系", ""])
def test_world_datums_need_no_conversion(read: Read, datum: str) -> None:
    points = read((*POINT, FUCHU), datum=datum)
    assert (points.lat[0], points.lon[0], points.repairs) == (35.668889, 139.477778, [])


def test_a_datum_that_nobody_knows_waits(read: Read) -> None:
    points = read((*POINT, FUCHU), ("", "", FUCHU), datum="NAD27")
    assert [fault.index for fault in points.faults] == [0]
    assert "測地系" in points.faults[0].problem


def test_rows_without_a_point_are_told_and_not_held(read: Read) -> None:
    points = read(
        ("", "", FUCHU), (None, None, FUCHU), ("0", "0.0", FUCHU), ("35.6", "", FUCHU), ("-", "", FUCHU)
    )
    assert points.faults == []
    assert np.isnan(points.lat).all()
    assert np.isnan(points.lon).all()
    assert [note.index for note in points.notes] == [0, 2, 3]
    assert "3行" in points.notes[0].text


@pytest.mark.parametrize(
    ("lat", "lon", "code", "said"),
    [
        ("34.9000", "140.9000", FUCHU, ["海の上", "東京都府中市", "約150km"]),
        ("51.5074", "-0.1278", FUCHU, ["日本の範囲"]),
        ("34.568333", "133.236389", FUCHU, ["広島県府中市", "東京都府中市", "km"]),
        ("135.0", "235.0", FUCHU, ["日本の範囲"]),
        ("999", "999", FUCHU, ["日本の範囲"]),
        ("N/A", "不明", FUCHU, ["数として読めません"]),
        ("inf", "nan", FUCHU, ["数として読めません"]),
        ("35.6", "不明", FUCHU, ["数として読めません"]),
        ("34.9000", "140.9000", "", ["どの市区町村の区域にもありません"]),
        ("34.568333", "133.236389", "13000", ["広島県府中市", "東京都"]),
    ],
)
def test_a_point_that_cannot_be_true_waits(
    read: Read, lat: str, lon: str, code: str, said: list[str]
) -> None:
    points = read((lat, lon, code), (*POINT, FUCHU))
    assert [fault.index for fault in points.faults] == [0]
    line = f"{points.faults[0].problem} → {points.faults[0].mend}"
    assert "\n" not in line
    for part in said:
        assert part in line
    assert math.isnan(points.lat[0])
    assert points.lat[1] == 35.668889


def test_unreadable_cells_are_not_repeated(read: Read) -> None:
    assert "090" not in read(("090-0000-0000", "x", FUCHU)).faults[0].problem


def test_a_point_in_the_prefecture_that_a_row_names_is_enough(read: Read) -> None:
    points = read((*POINT, "13000"))
    assert (points.faults, points.notes, points.lat[0]) == ([], [], 35.668889)


def test_a_row_without_municipality_gets_that_of_its_point(read: Read) -> None:
    points = read((*POINT, ""), ("42.412778", "141.106667", ""), (*POINT, FUCHU))
    assert points.codes_by_point.tolist() == [FUCHU, NOBORIBETSU, ""]
    assert points.faults == []


# A strip of two towns by the sea, so that distances can be drawn.
STRIP = Runs(
    *(np.array(column, np.int64) for column in ([15_000] * 2, [11_000, 11_010], [10, 10], [13202, 13201]))
)


def beside(metres: float) -> str:
    """Return the longitude so far east of the border between 13202 and 13201."""
    border = float(GRID_125M.lonlat_of(11_010, 15_000)[0])
    return f"{border + metres / (111_320 * math.cos(math.radians(35.625))):.7f}"


def inside_row() -> str:
    return f"{float(GRID_125M.lonlat_of(0, 15_000.5)[1]):.7f}"


@pytest.mark.parametrize(("precision", "tolerance"), [(5.0, 50), (50.0, 50), (125.0, 125)])
def test_a_point_beyond_the_border_is_taken_up_to_the_precision_of_the_borders(
    precision: float, tolerance: float
) -> None:
    locator = Locator.from_runs(STRIP)
    locator.precision_m = precision
    rows = [(inside_row(), beside(metres), "13202") for metres in (tolerance - 3, tolerance + 3)]
    points = read_points(*(pa.array(list(column)) for column in zip(*rows, strict=True)), None, locator, str)
    assert [note.index for note in points.notes] == [0]
    assert [fault.index for fault in points.faults] == [1]
    assert "13201" in points.faults[0].problem


def test_a_point_in_the_sea_is_given_to_the_nearest_only_near_the_coast() -> None:
    locator = Locator.from_runs(STRIP)
    east = float(GRID_125M.lonlat_of(11_020, 15_000)[0])
    lon = [f"{east + degrees:.7f}" for degrees in (0.0005, 0.01)]
    points = read_points(pa.array([inside_row()] * 2), pa.array(lon), pa.array(["", ""]), None, locator, str)
    assert points.codes_by_point.tolist() == ["13201", ""]
    assert [fault.index for fault in points.faults] == [1]


def test_a_point_exactly_on_a_border_is_right_for_both_sides() -> None:
    locator = Locator.from_runs(STRIP)
    border = repr(float(GRID_125M.lonlat_of(11_010, 15_000)[0]))
    points = read_points(
        pa.array([inside_row()] * 3),
        pa.array([border] * 3),
        pa.array(["13201", "13202", ""]),
        None,
        locator,
        str,
    )
    assert (points.faults, points.notes) == ([], [])
    assert points.codes_by_point.tolist() == ["", "", "13201"]


def test_chunked_columns_and_no_rows_are_read(read: Read, locator: Locator) -> None:
    lat, lon = (pa.chunked_array([[text], [text]]) for text in POINT)
    points = read_points(
        lat, lon, pa.chunked_array([[FUCHU], [FUCHU]]), pa.chunked_array([["JGD2011"], [None]]), locator, str
    )
    assert points.lat.tolist() == [35.668889] * 2
    empty = pa.array([], pa.string())
    assert len(read_points(empty, empty, empty, empty, locator, str).lat) == 0


def sexagesimal(value: float) -> tuple[int, int, float]:
    hundredths = round(value * 360_000)
    return hundredths // 360_000, hundredths // 6000 % 60, hundredths % 6000 / 100


WIDE = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789."}
NOTATIONS: dict[str, Callable[[float, str], str]] = {
    "plain": lambda value, _: f"{value:.6f}",
    "wide": lambda value, _: f"{value:.6f}".translate(WIDE),
    "signs": lambda value, _: "{}°{:02d}′{:05.2f}″".format(*sexagesimal(value)),
    "kanji": lambda value, _: "{}度{}分{:.2f}秒".format(*sexagesimal(value)),
    "dots": lambda value, _: "{}.{:02d}.{:05.2f}".format(*sexagesimal(value)),
    "colons": lambda value, _: "{}:{:02d}:{:05.2f}".format(*sexagesimal(value)),
    "letter": lambda value, axis: f"{axis}{value:.6f}",
    "words": lambda value, axis: ("北緯" if axis == "N" else "東経") + f"{value:.6f}",
    "unit": lambda value, _: f"{value:.6f}°",
}


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_point_of_any_municipality_in_any_notation_is_that_point_and_in_that_municipality(
    read: Read, runs: Runs, data: st.DataObject
) -> None:
    here = data.draw(st.integers(0, len(runs) - 1))
    code = f"{runs.code[here]:05d}"
    if code.endswith("000"):
        return
    share = st.floats(0.01, 0.99)
    lon, lat = GRID_125M.lonlat_of(
        runs.col[here] + data.draw(share) * runs.length[here], runs.row[here] + data.draw(share)
    )
    write = NOTATIONS[data.draw(st.sampled_from(sorted(NOTATIONS)))]
    printed = (write(float(lat), "N"), write(float(lon), "E"))
    if data.draw(st.booleans()):
        printed = printed[::-1]
    points = read((*printed, code), (*printed[::-1], ""))
    assert [fault.index for fault in points.faults] in ([], [1]), points.faults
    assert points.lat[0] == pytest.approx(float(lat), abs=0.00002)
    assert points.lon[0] == pytest.approx(float(lon), abs=0.00002)
    assert math.isnan(points.lat[1]) or points.codes_by_point[1] != ""


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_point_in_the_old_datum_comes_back_to_its_place(
    read: Read, runs: Runs, data: st.DataObject
) -> None:
    here = data.draw(st.integers(0, len(runs) - 1))
    code = f"{runs.code[here]:05d}"
    lon, lat = (float(value) for value in GRID_125M.lonlat_of(runs.col[here] + 0.5, runs.row[here] + 0.5))
    if code.endswith("000"):
        return
    shifted = tokyo_to_world(lat, lon)
    old = (2 * lat - shifted[0], 2 * lon - shifted[1])
    points = read((f"{old[0]:.7f}", f"{old[1]:.7f}", code), datum="旧日本測地系")
    assert points.faults == []
    assert points.lat[0] == pytest.approx(lat, abs=0.0002)
    assert points.lon[0] == pytest.approx(lon, abs=0.0002)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=5))
def test_any_text_becomes_a_point_a_note_or_a_fault(read: Read, rows: list[tuple[str, str]]) -> None:
    points = read(*((lat, lon, FUCHU) for lat, lon in rows))
    assert len(points.lat) == len(rows)
    held = {fault.index for fault in points.faults}
    assert all(math.isnan(points.lat[index]) for index in held)
