"""Whole columns at less cost: every different text once where there are few of them, else slice by slice in two threads.

pyarrow and numpy let go of the interpreter while they work, so threads are enough. What is applied must judge or change each cell
by itself: then the result is the same as for the column in one piece.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.report import Indices

THREADS = 2
"""More would need more memory at once than an unknown file is given."""
SLICE_ROWS = 1 << 16
_ASKED_ROWS = 2_000
"""Whether a column has few different texts is asked of so many of its rows first."""
_MOST_KEYS = 1 << 62
_WORD = 8
_ODD = 0x9E3779B97F4A7C15

One = TypeVar("One")
Other = TypeVar("Other")


def side_by_side(function: Callable[[One], Other], items: Iterable[One]) -> list[Other]:
    """Return the function of each item, in their order; two of them are worked on at a time."""
    given = list(items)
    if len(given) < 2:
        return [function(item) for item in given]
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(function, given))


def of_each(function: Callable[[pa.StringArray], pa.Array], column: pa.StringArray) -> pa.Array:
    """Return `function(column)`, where the function gives one value for each text, whatever stands in the other cells."""
    coded = _coded(column)
    if coded is not None:
        return function(coded.dictionary).take(coded.indices)
    starts = range(0, len(column), SLICE_ROWS)
    if len(starts) < 2:
        return function(column)
    return pa.concat_arrays(side_by_side(lambda start: function(column.slice(start, SLICE_ROWS)), starts))


def where(function: Callable[[pa.StringArray], pa.BooleanArray], column: pa.StringArray) -> Indices:
    """Return the indices of the cells of which a function, see `of_each`, is true."""
    return np.flatnonzero(of_each(function, column).to_numpy(zero_copy_only=False))


def apart(columns: Sequence[pa.Array]) -> tuple[Indices, Indices]:
    """Return one row (index) of each different combination of cells, and for each row the place of its combination."""
    keys, most = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        coded = pc.dictionary_encode(column, null_encoding="encode")
        count = max(len(coded.dictionary), 1)
        if most * count >= _MOST_KEYS:
            different, keys = np.unique(keys, return_inverse=True)
            most = len(different)
        keys = keys * count + coded.indices.to_numpy()
        most *= count
    of_row = np.asarray(pc.dictionary_encode(pa.array(keys)).indices.to_numpy(), np.int64)
    rows = np.empty(int(of_row.max(initial=-1)) + 1, np.int64)
    rows[of_row[::-1]] = np.arange(len(of_row))[::-1]
    return rows, of_row


def bytes_of(column: pa.StringArray) -> npt.NDArray[np.uint8]:
    """Return the bytes of all cells of a column, one after the other."""
    offsets = _offsets(column)
    if len(column) == 0 or column.buffers()[2] is None:
        return np.empty(0, np.uint8)
    return np.frombuffer(column.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]


def roughly(column: pa.StringArray) -> Indices:
    """Return a number (not negative, 40 bits) for each text: the same for the same text, and rarely the same for two."""
    offsets = _offsets(column).astype(np.int64)
    sizes, ends = np.diff(offsets), offsets[1:] - offsets[0]
    signs = np.concatenate([np.zeros(_WORD, np.uint8), bytes_of(column)])
    words = np.ndarray((len(signs) - _WORD + 1,), "<u8", signs, strides=(1,))
    # The last eight bytes, without those of the cell before; numbers stand at the end of names rather than at the beginning.
    missing = np.clip(_WORD - sizes, 0, _WORD - 1).astype(np.uint64)
    last = np.where(sizes > 0, words[ends] >> (missing * np.uint64(8)), np.uint64(0))
    mixed = (last ^ sizes.astype(np.uint64)) * np.uint64(_ODD)
    return (mixed >> np.uint64(24)).astype(np.int64)


def _offsets(column: pa.StringArray) -> npt.NDArray[np.int32]:
    if len(column) == 0:
        return np.zeros(1, np.int32)
    return np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + len(column) + 1]


def _coded(column: pa.StringArray) -> pa.DictionaryArray | None:
    """Return the column by its different texts if there are few of them."""
    if len(column) <= SLICE_ROWS:
        return None
    asked = column.take(pa.array(np.linspace(0, len(column) - 1, _ASKED_ROWS).astype(np.int64)))
    if len(asked.unique()) * 2 > _ASKED_ROWS:
        return None
    coded = pc.dictionary_encode(column)
    return coded if len(coded.dictionary) * 4 < len(column) else None
