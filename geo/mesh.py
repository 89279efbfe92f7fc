"""The regional mesh (JIS X 0410, 昭和48年行政管理庁告示第143号) as a grid of 125 m cells, and runs of cells.

A cell is one eighth of a third-order cell in both directions: 1/640 degree of longitude by 1/960 degree of
latitude (JGD2011, EPSG:6668), about 140 m by 116 m at 36° N. Row 0 is the southernmost, column 0 the
westernmost. A point on an edge belongs to the cell north or east of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

COLUMNS = ("row", "col", "len", "code")
MOST_FAULTS_SHOWN = 20

# The mesh counts latitude in 2/3 degrees from the equator and longitude in degrees from 100° E.
_FIRST_ORDER_CELLS = 640
_WEST_OF_MESH = 100


class MeshCodeError(ValueError):
    """A text that is no regional mesh code of first to sixth order."""


class MeshTableError(ValueError):
    """A run table that does not describe one area per cell; `faults` has a line for each fault."""

    def __init__(self, faults: Iterable[str]) -> None:
        """List the first faults and how many there are."""
        self.faults = tuple(faults)
        shown = "\n".join(self.faults[:MOST_FAULTS_SHOWN])
        super().__init__(f"{len(self.faults)} faults in the run table:\n{shown}")


class MeshOrder(IntEnum):
    """Orders of the mesh; the value is the width (and height) of one cell in 125 m cells."""

    FIRST = 640
    SECOND = 80
    THIRD = 8
    HALF = 4
    QUARTER = 2
    EIGHTH = 1


ORDER_BY_DIGITS = dict(zip((4, 6, 8, 9, 10, 11), MeshOrder, strict=True))


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells counted from the south-western corner `lon0`, `lat0` (degrees)."""

    lon0: int
    lat0: int
    per_degree_lon: int
    per_degree_lat: int
    rows: int
    cols: int

    def lonlat_of(self, col: npt.ArrayLike, row: npt.ArrayLike) -> tuple[Any, Any]:
        """Return longitude and latitude (degrees) of grid corners; fractions of a cell are allowed."""
        lon = self.lon0 + np.asarray(col, np.float64) / self.per_degree_lon
        return lon, self.lat0 + np.asarray(row, np.float64) / self.per_degree_lat

    def gridded(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Any, Any]:
        """Return column and row of points in degrees, with fractions: the inverse of `lonlat_of`."""
        col = (np.asarray(lon, np.float64) - self.lon0) * self.per_degree_lon
        return col, (np.asarray(lat, np.float64) - self.lat0) * self.per_degree_lat


CELL_M = 125
"""Side of a cell in metres: so far a border that is drawn along cells may be off."""
# 20–46° N, 122–154° E: from 沖ノ鳥島 to 択捉島, from 与那国島 to 南鳥島.
GRID_125M = Grid(lon0=122, lat0=20, per_degree_lon=640, per_degree_lat=960, rows=24_960, cols=20_480)


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of `length` cells from (`row`, `col`) eastwards that belong to the area `code` (an integer).

    Arrays of one length, sorted by row and column, without overlaps: each cell has at most one area.
    """

    row: Ints
    col: Ints
    length: Ints
    code: Ints

    @classmethod
    def from_table(cls, table: Any, *, grid: Grid = GRID_125M) -> Self:
        """Read a pyarrow table with the integer columns row, col, len and code.

        Raises:
            MeshTableError: missing columns or values, runs outside the grid, out of order or overlapping.
        """
        if missing := [name for name in COLUMNS if name not in table.column_names]:
            raise MeshTableError([f"column {name} is missing" for name in missing])
        if holes := [name for name in COLUMNS if table.column(name).null_count]:
            raise MeshTableError([f"column {name} has empty values" for name in holes])
        runs = cls(*(table.column(name).to_numpy().astype(np.int64) for name in COLUMNS))
        if faults := list(_faults(runs, grid)):
            raise MeshTableError(faults)
        return runs

    def __len__(self) -> int:
        """Return the number of runs."""
        return len(self.row)

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Runs":
        """Return the runs for which `chosen` (one truth value a run) holds."""
        return Runs(self.row[chosen], self.col[chosen], self.length[chosen], self.code[chosen])


def window(runs: Runs, prefecture_code: str) -> Runs:
    """Return the runs of one prefecture ("01" … "47")."""
    return runs.where(runs.code // 1000 == int(prefecture_code))


def bands(runs: Runs) -> Iterator[Runs]:
    """Yield groups of runs between which at least one row is empty, from south to north.

    A band fits a small raster where its prefecture would not: 東京都 reaches over 1,700 km of sea.
    """
    starts = np.flatnonzero(np.diff(runs.row, prepend=-2) > 1)
    for start, end in zip(starts, np.append(starts[1:], len(runs)), strict=True):
        part = slice(start, end)
        yield Runs(runs.row[part], runs.col[part], runs.length[part], runs.code[part])


def raster_of(runs: Runs, values: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], int, int]:
    """Return the smallest raster around the runs, filled with one value a run, and its first row and column.

    Cells of no run are 0. The dtype is that of `values`.
    """
    row0, col0 = int(runs.row.min()), int(runs.col.min())
    height, width = int(runs.row.max()) - row0 + 1, int((runs.col + runs.length).max()) - col0
    raster = np.zeros(height * width, values.dtype)
    first_cell = (runs.row - row0) * width + (runs.col - col0)
    cells_before = np.cumsum(runs.length) - runs.length
    cells = np.repeat(first_cell - cells_before, runs.length) + np.arange(int(runs.length.sum()))
    raster[cells] = np.repeat(values, runs.length)
    return raster.reshape(height, width), row0, col0


def cell_of(lon: npt.ArrayLike, lat: npt.ArrayLike, *, grid: Grid = GRID_125M) -> tuple[Ints, Ints]:
    """Return row and column of the cells that hold points in degrees; they may lie outside the grid."""
    col, row = grid.gridded(lon, lat)
    return np.floor(row).astype(np.int64), np.floor(col).astype(np.int64)


def mesh_codes(row: npt.ArrayLike, col: npt.ArrayLike, order: MeshOrder, *, grid: Grid = GRID_125M) -> Ints:
    """Return the mesh codes (as integers of 4 to 11 digits) of the cells of `order` that hold 125 m cells."""
    south = np.asarray(row, np.int64) + grid.lat0 * grid.per_degree_lat
    west = np.asarray(col, np.int64) + (grid.lon0 - _WEST_OF_MESH) * grid.per_degree_lon
    code = south // _FIRST_ORDER_CELLS * 100 + west // _FIRST_ORDER_CELLS
    for outer, inner in pairwise(MeshOrder):
        if inner < order:
            break
        up, right = south % outer // inner, west % outer // inner
        code = code * 100 + up * 10 + right if inner >= MeshOrder.THIRD else code * 10 + up * 2 + right + 1
    return code


def mesh_code_250m(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Ints:
    """Return the 250 m mesh codes (5次, 10 digits) of points in degrees."""
    return mesh_codes(*cell_of(lon, lat), MeshOrder.QUARTER)


def bounds_of(code: str | int) -> tuple[float, float, float, float]:
    """Return west, south, east and north (degrees) of a mesh code of 4, 6, 8, 9, 10 or 11 digits.

    Raises:
        MeshCodeError: another number of digits, or a digit that its order does not have.

    >>> bounds_of("53394611")
    (139.7625, 35.675, 139.775, 35.68333333333333)
    """
    digits = str(code)
    order = ORDER_BY_DIGITS.get(len(digits))
    if order is None or not (digits.isascii() and digits.isdigit()):
        raise MeshCodeError(f"not a regional mesh code: {code!r}")
    south = west = 0
    for outer, inner, up, right in _steps(digits):
        if not (0 <= up < outer // inner and 0 <= right < outer // inner):
            raise MeshCodeError(f"{code!r} has a digit that its place does not allow")
        south, west = south + up * inner, west + right * inner
    lon = [_WEST_OF_MESH + edge / GRID_125M.per_degree_lon for edge in (west, west + order)]
    lat = [edge / GRID_125M.per_degree_lat for edge in (south, south + order)]
    return lon[0], lat[0], lon[1], lat[1]


def _steps(digits: str) -> Iterator[tuple[int, MeshOrder, int, int]]:
    """Yield outer and inner width (in cells) and the steps northwards and eastwards, order by order."""
    whole = 100 * _FIRST_ORDER_CELLS
    yield whole, MeshOrder.FIRST, int(digits[:2]), int(digits[2:4])
    for start, outer, inner in (
        (4, MeshOrder.FIRST, MeshOrder.SECOND),
        (6, MeshOrder.SECOND, MeshOrder.THIRD),
    ):
        if len(digits) > start:
            yield outer, inner, int(digits[start]), int(digits[start + 1])
    for digit, inner in zip(digits[8:], (MeshOrder.HALF, MeshOrder.QUARTER, MeshOrder.EIGHTH), strict=False):
        yield 2 * inner, inner, *divmod(int(digit) - 1, 2)


def _faults(runs: Runs, grid: Grid) -> Iterator[str]:
    same_row = np.diff(runs.row, prepend=-1) == 0
    end_before = np.concatenate([[0], (runs.col + runs.length)[:-1]])
    start_before = np.concatenate([[-1], runs.col[:-1]])
    checks = {
        "has no cells": runs.length < 1,
        "lies outside the rows of the grid": (runs.row < 0) | (runs.row >= grid.rows),
        "lies outside the columns of the grid": (runs.col < 0) | (runs.col + runs.length > grid.cols),
        "has a code of no prefecture": (runs.code < 1000) | (runs.code > 47_999),
        "is out of order": (np.diff(runs.row, prepend=-1) < 0) | (same_row & (runs.col <= start_before)),
        "overlaps the run before": same_row & (runs.col > start_before) & (runs.col < end_before),
    }
    for fault, is_faulty in checks.items():
        for index in np.flatnonzero(is_faulty):
            yield f"run {index} (row {runs.row[index]}, col {runs.col[index]}, {runs.code[index]}) {fault}"
