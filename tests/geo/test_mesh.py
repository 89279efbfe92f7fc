import itertools
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.mesh import (
    GRID_125M,
    ORDER_BY_DIGITS,
    MeshCodeError,
    MeshOrder,
    MeshTableError,
    Runs,
    bands,
    bounds_of,
    cell_of,
    mesh_code_250m,
    mesh_codes,
    raster_of,
    window,
)

points = st.tuples(st.floats(122, 153.999), st.floats(20, 45.999))
orders = st.sampled_from(MeshOrder)


def table(*runs: tuple[int, int, int, int]) -> pa.Table:
    columns = zip(*runs, strict=True)
    return pa.table(
        dict(zip(("row", "col", "len", "code"), (list(column) for column in columns), strict=True))
    )


def test_tokyo_station_lies_in_the_published_third_order_mesh() -> None:
    row, col = cell_of(139.767125, 35.681236)
    assert [
        int(mesh_codes(row, col, order)) for order in (MeshOrder.FIRST, MeshOrder.SECOND, MeshOrder.THIRD)
    ] == [
        5339,
        533946,
        53394611,
    ]
    assert int(mesh_code_250m(139.767125, 35.681236)) == 5339461132


@given(points, orders)
def test_a_mesh_code_bounds_the_cell_it_was_made_from(point: tuple[float, float], order: MeshOrder) -> None:
    row, col = cell_of(*point)
    code = int(mesh_codes(row, col, order))
    west, south, east, north = bounds_of(code)
    cell_lon, cell_lat = GRID_125M.lonlat_of(col + 0.5, row + 0.5)
    assert west < cell_lon < east
    assert south < cell_lat < north
    assert ORDER_BY_DIGITS[len(str(code))] is order
    assert east - west == pytest.approx(order / 640)
    assert north - south == pytest.approx(order / 960)


@given(points)
def test_each_finer_code_begins_with_the_coarser_one(point: tuple[float, float]) -> None:
    codes = [str(int(mesh_codes(*cell_of(*point), order))) for order in MeshOrder]
    assert all(fine.startswith(coarse) for coarse, fine in itertools.pairwise(codes))


@given(st.integers(0, GRID_125M.rows - 1), st.integers(0, GRID_125M.cols - 1))
def test_the_middle_of_a_cell_lies_in_that_cell(row: int, col: int) -> None:
    found = cell_of(*GRID_125M.lonlat_of(col + 0.5, row + 0.5))
    assert (int(found[0]), int(found[1])) == (row, col)


@pytest.mark.parametrize(
    "code", ["", "533", "53394", "533986", "533968", "533946110", "5339461150", "53394611111x"]
)
def test_a_malformed_mesh_code_is_refused(code: str) -> None:
    with pytest.raises(MeshCodeError):
        bounds_of(code)


def test_runs_come_back_as_the_raster_they_describe() -> None:
    runs = Runs.from_table(table((5, 10, 2, 1100), (5, 13, 1, 1202), (6, 9, 3, 1100)))
    raster, row0, col0 = raster_of(runs, runs.code)
    assert (row0, col0) == (5, 9)
    assert raster.tolist() == [[0, 1100, 1100, 0, 1202], [1100, 1100, 1100, 0, 0]]


def test_bands_part_where_a_row_is_empty_and_lose_no_run() -> None:
    runs = Runs.from_table(table((5, 10, 2, 1100), (6, 13, 1, 1100), (8, 9, 3, 1100), (9, 0, 1, 1100)))
    assert [band.row.tolist() for band in bands(runs)] == [[5, 6], [8, 9]]


def test_a_window_holds_one_prefecture() -> None:
    runs = Runs.from_table(table((5, 10, 2, 1100), (5, 13, 1, 13101), (6, 9, 3, 10201)))
    assert window(runs, "01").code.tolist() == [1100]
    assert window(runs, "13").code.tolist() == [13101]


@pytest.mark.parametrize(
    ("run", "fault"),
    [
        ((5, 11, 1, 1100), "overlaps the run before"),
        ((5, 12, 9, 1202), "overlaps the run before"),
        ((5, 9, 1, 1100), "is out of order"),
        ((5, 10, 1, 1100), "is out of order"),
        ((4, 20, 1, 1100), "is out of order"),
        ((6, 20, 0, 1100), "has no cells"),
        ((-1, 20, 1, 1100), "lies outside the rows"),
        ((24_960, 20, 1, 1100), "lies outside the rows"),
        ((6, 20_479, 2, 1100), "lies outside the columns"),
        ((6, 20, 1, 999), "has a code of no prefecture"),
        ((6, 20, 1, 48_000), "has a code of no prefecture"),
    ],
)
def test_a_faulty_run_is_named(run: tuple[int, int, int, int], fault: str) -> None:
    with pytest.raises(MeshTableError, match=fault) as fault_info:
        Runs.from_table(table((5, 10, 3, 1100), run))
    assert any(line.startswith("run 1 ") for line in fault_info.value.faults)


def test_all_faults_of_a_table_are_counted() -> None:
    with pytest.raises(MeshTableError) as fault:
        Runs.from_table(table((5, 10, 0, 1100), (5, 11, 0, 1100), (6, 1, 1, 99_999)))
    assert len(fault.value.faults) == 3


def test_a_missing_column_or_value_is_refused() -> None:
    with pytest.raises(MeshTableError, match="len is missing"):
        Runs.from_table(table((5, 10, 2, 1100)).drop_columns(["len"]))
    with pytest.raises(MeshTableError, match="code has empty values"):
        Runs.from_table(pa.table({"row": [5], "col": [1], "len": [1], "code": pa.array([None], pa.int32())}))


def test_the_real_table_holds_23_8_million_cells_of_1752_areas(runs: Runs) -> None:
    assert len(runs) == 406_477
    assert len(np.unique(runs.code)) == 1_752
    assert round(int(runs.length.sum()) / 1e6, 1) == 23.8


def test_windows_of_the_47_prefectures_hold_every_run_once(runs: Runs) -> None:
    assert sum(len(window(runs, f"{number:02d}")) for number in range(1, 48)) == len(runs)


def test_offices_known_by_their_address_lie_in_their_own_area(runs: Runs) -> None:
    # 東京都庁 stands in 新宿区, 広島市役所 in 広島市, 北海道庁 in 札幌市.
    for lon, lat, code in ((139.6917, 35.6896, 13104), (132.4553, 34.3853, 34100), (141.3469, 43.0642, 1100)):
        row, col = cell_of(lon, lat)
        here = (runs.row == row) & (runs.col <= col) & (col < runs.col + runs.length)
        assert runs.code[here].tolist() == [code]


def test_the_module_reads_no_files() -> None:
    source = (Path(__file__).resolve().parents[2] / "geo" / "mesh.py").read_text(encoding="utf-8")
    assert "open(" not in source
    assert "parquet" not in source
