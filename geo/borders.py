"""Which areas share a border on the 125 m mesh, and how long it is.

Two areas border on each other where a cell of one touches a cell of the other along an edge; corners do not count, sea between
them neither. A border drawn along edges is a staircase, up to 1.4 times as long as the line that it stands for. The line through
the middles of its edges is measured instead: a corner, where half an edge eastwards meets half an edge northwards, is cut to the
diagonal. Against the official boundaries of 2025 that is 11 % more in the median (8–15 % in the middle half), because those are
simplified; the staircase would be 35 % more.

`LEAST_BORDER_M`: a single common edge (116 m northwards; 140 m eastwards, 67 m once both corners are cut) is noise where three
or four areas meet. Of the 30 pairs in Japan that have no more than that, the official boundaries know 13 and deny 17: the mesh
cannot tell. A longer contact (two edges in a row are 170 m and more) is a border: they deny 4 of 4,386. What is missed is short,
too: 20 of their 4,402 pairs, none of them over 250 m.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pyproj import Geod

from geo.mesh import GRID_125M, Grid, Runs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LEAST_BORDER_M = 150.0
"""Shorter contacts are no borders: longer than any single edge of a cell in Japan after its corners are cut, shorter than two."""
_GRS80 = Geod(ellps="GRS80")
_CODES = 100_000


class Borders(NamedTuple):
    """Pairs of areas that share a border, each once: the smaller code, the larger code, and the length in metres."""

    first: Ints
    second: Ints
    metres: Floats


class _Edges(NamedTuple):
    """Straight pieces of staircase between two areas: their codes, length, and what cutting the corners at both ends saves."""

    one: Ints
    other: Ints
    metres: Floats
    saved: Floats


def borders(runs: Runs, *, grid: Grid = GRID_125M, least_m: float = LEAST_BORDER_M) -> Borders:
    """Return the pairs of areas with a common border of at least `least_m` metres, in the order of their codes.

    Unassigned land (所属未定地, code ending in 000) is no area: a border that runs along it is none.
    """
    runs = runs.where(runs.code % 1000 != 0)
    edges = [
        np.concatenate(parts) for parts in zip(_northward(runs, grid), _eastward(runs, grid), strict=True)
    ]
    one, other, metres, saved = edges
    keys, pair = np.unique(np.minimum(one, other) * _CODES + np.maximum(one, other), return_inverse=True)
    length: Floats = np.bincount(pair, metres - saved, len(keys)).astype(np.float64)
    counts = length >= least_m
    first, second = np.divmod(keys[counts], _CODES)
    return Borders(first, second, length[counts])


def _northward(runs: Runs, grid: Grid) -> _Edges:
    """Return the edges between a run and the next one in its row: each is one cell high."""
    touching = (runs.row[:-1] == runs.row[1:]) & (runs.col[:-1] + runs.length[:-1] == runs.col[1:])
    west = np.flatnonzero(touching & (runs.code[:-1] != runs.code[1:]))
    _, height = _cell_metres(runs.row[west] + 0.5, grid)
    return _Edges(runs.code[west], runs.code[west + 1], height, np.zeros(len(west)))


def _eastward(runs: Runs, grid: Grid) -> _Edges:
    """Return the edges between runs and those of the row above them: as long as they lie below each other."""
    start = runs.row * grid.cols + runs.col
    end = start + runs.length
    # The row above, moved down by one row, meets the same cells.
    first = np.searchsorted(end - grid.cols, start, "right")
    above = np.searchsorted(start - grid.cols, end, "left") - first
    lower = np.repeat(np.arange(len(runs)), above)
    upper = np.arange(int(above.sum())) + np.repeat(first - (np.cumsum(above) - above), above)
    differs = runs.code[lower] != runs.code[upper]
    lower, upper = lower[differs], upper[differs]
    cells = np.minimum(end[lower], end[upper] - grid.cols) - np.maximum(
        start[lower], start[upper] - grid.cols
    )
    width, height = _cell_metres(runs.row[lower] + 1.0, grid)
    corner = (width + height - np.hypot(width, height)) / 2
    return _Edges(runs.code[lower], runs.code[upper], cells * width, 2 * corner)


def _cell_metres(row: npt.NDArray[np.floating], grid: Grid) -> tuple[Floats, Floats]:
    """Return width and height in metres of the cells at a row (from the south, with fractions), on GRS80."""
    lat = np.radians(grid.lat0 + row / grid.per_degree_lat)
    flat = 1 - _GRS80.es * np.sin(lat) ** 2
    width = np.radians(1 / grid.per_degree_lon) * _GRS80.a / np.sqrt(flat) * np.cos(lat)
    height = np.radians(1 / grid.per_degree_lat) * _GRS80.a * (1 - _GRS80.es) / flat**1.5
    return width, height
