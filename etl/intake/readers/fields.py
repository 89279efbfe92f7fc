"""Text with separators → cells, twice: fast where every quote follows the rules, strictly where one does not.

Both ways give the same cells for the same proper text, and both know the number of every record that does not have as many cells
as the heading. Records are counted as a spreadsheet counts rows; an empty line is a record of nothing.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv as pa_csv

from etl.intake.columns import THREADS, side_by_side
from etl.intake.readers.records import texts
from etl.intake.report import Indices, RejectedError

QUOTE = ord('"')
TEXT_AFTER_QUOTE = '閉じた引用符（"）の後に文字があります'
NOT_CLOSED = '引用符（"）が閉じられていません'
CLOSE_IT = "この行の引用符を閉じるか、引用符を除いてください"
_BLOCK = 8 << 20
_LINE = 1 << 12
_RECORDS_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Misfit:
    """A record that cannot be laid under the heading; `problem` is "" where only the number of its cells is wrong."""

    row: int
    cells: list[str]
    has_line_break: bool = False
    problem: str = ""


@dataclass(slots=True)
class Rows:
    """Columns of the records that fit, their row numbers, and the misfits in file order."""

    columns: list[pa.StringArray]
    numbers: Indices
    misfits: list[Misfit] = field(default_factory=list)


def has_proper_quotes(body: memoryview, separator: str) -> bool:
    """Whether quotes only stand round whole cells, are doubled inside them, and are all closed."""
    signs = np.frombuffer(body, np.uint8)
    before, after = np.zeros(256, np.bool_), np.zeros(256, np.bool_)
    before[[ord(separator), *b"\r\n", QUOTE]] = after[[ord(separator), *b"\r\n", QUOTE]] = True
    seen = 0
    for start in range(0, len(signs), _BLOCK):
        places = np.flatnonzero(signs[start : start + _BLOCK] == QUOTE) + start
        opening, closing = places[seen % 2 :: 2], places[1 - seen % 2 :: 2]
        seen += len(places)
        if not _are(before, signs, opening[opening > 0] - 1):
            return False
        if not _are(after, signs, closing[closing < len(signs) - 1] + 1):
            return False
    return seen % 2 == 0


def _are(allowed: npt.NDArray[np.bool_], signs: npt.NDArray[np.uint8], places: npt.NDArray[np.intp]) -> bool:
    return bool(allowed[signs[places]].all())


def parsed_fast(body: memoryview, separator: str, width: int, *, first_row: int) -> Rows:
    """Return the records of a text whose quotes are proper."""
    if not len(body):
        return Rows([texts([]) for _ in range(width)], np.empty(0, np.int64))
    misfits: list[Misfit] = []

    def set_aside(row: pa_csv.InvalidRow) -> str:
        cells = next(csv.reader(io.StringIO(row.text, newline=""), delimiter=separator), [])
        misfits.append(Misfit(row.number + first_row - 1, cells, "\n" in row.text))
        return "skip"

    names = [str(place) for place in range(width)]
    table = pa_csv.read_csv(
        pa.BufferReader(pa.py_buffer(body)),
        # One thread: only then are the numbers of rows known. One block: nothing is to be put together afterwards.
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=len(body) + 1, column_names=names),
        parse_options=pa_csv.ParseOptions(
            delimiter=separator,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=pa_csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    fits = np.ones(table.num_rows + len(misfits), np.bool_)
    fits[[misfit.row - first_row for misfit in misfits]] = False
    columns = [column.combine_chunks() for column in table.columns]
    return Rows(columns, np.flatnonzero(fits) + first_row, misfits)


def parsed_side_by_side(body: memoryview, separator: str, width: int, *, first_row: int) -> Rows:
    """Return the records of a text without any quote, like `parsed_fast`: two halves, cut at a line break, at a time."""
    cut = _line_end(body, len(body) // THREADS)
    halves = [body[:cut], body[cut:]]
    # pyarrow would take a mark at the start of the second half for a file's own.
    if not halves[1] or bytes(halves[1][:3]) == codecs.BOM_UTF8:
        return parsed_fast(body, separator, width, first_row=first_row)
    one, two = side_by_side(lambda half: parsed_fast(half, separator, width, first_row=0), halves)
    shift = first_row + len(one.numbers) + len(one.misfits)
    columns = side_by_side(pa.concat_arrays, list(zip(one.columns, two.columns, strict=True)))
    misfits = [replace(misfit, row=misfit.row + first_row) for misfit in one.misfits]
    misfits += [replace(misfit, row=misfit.row + shift) for misfit in two.misfits]
    return Rows(columns, np.concatenate([one.numbers + first_row, two.numbers + shift]), misfits)


def _line_end(body: memoryview, place: int) -> int:
    """Return where the line ends that holds a byte."""
    while place < len(body):
        found = bytes(body[place : place + _LINE]).find(b"\n")
        if found >= 0:
            return place + found + 1
        place += _LINE
    return len(body)


def parsed_strictly(body: memoryview, separator: str, width: int, *, first_row: int) -> Rows:
    """Return the records of any text, each judged by itself.

    Raises:
        RejectedError: a quote that is never closed, or closed only in a later line with text after it: where the record would
            end is anybody's guess. The row is the one in which it was opened.
    """
    lines = _Lines(body)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    store = _Store(width)
    for row in count(first_row):
        lines.taken.clear()
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as fault:
            _refuse_open_quote(fault, row, len(lines.taken))
            cells = lines.taken[0].rstrip("\r\n").split(separator)
            store.misfits.append(Misfit(row, cells, problem=TEXT_AFTER_QUOTE))
        else:
            store.add(row, record, has_line_break=len(lines.taken) > 1)
    return store.rows()


class _Lines:
    """The lines of a text one by one; `taken` are those of the record that is being read."""

    def __init__(self, body: memoryview) -> None:
        self.taken: list[str] = []
        self._lines = io.BytesIO(body)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines).decode()
        self.taken.append(line)
        return line


class _Store:
    """Records put by in columns, some thousands at a time."""

    def __init__(self, width: int) -> None:
        self.misfits: list[Misfit] = []
        self._columns: list[list[pa.StringArray]] = [[texts([])] for _ in range(width)]
        self._numbers: list[int] = []
        self._records: list[list[str]] = []

    def add(self, row: int, record: list[str], *, has_line_break: bool) -> None:
        """Take one record; an empty line under a single heading is an empty cell."""
        width = len(self._columns)
        if len(record) != width and not (width == 1 and not record):
            self.misfits.append(Misfit(row, record, has_line_break))
            return
        self._records.append(record or [""])
        self._numbers.append(row)
        if len(self._records) >= _RECORDS_AT_ONCE:
            self._put_by()

    def rows(self) -> Rows:
        """Return everything that was taken."""
        self._put_by()
        columns = [pa.concat_arrays(pieces) for pieces in self._columns]
        return Rows(columns, np.array(self._numbers, np.int64), self.misfits)

    def _put_by(self) -> None:
        for pieces, cells in zip(self._columns, zip(*self._records, strict=True), strict=False):
            pieces.append(texts(cells))
        self._records.clear()


def _refuse_open_quote(fault: csv.Error, row: int, lines: int) -> None:
    if "unexpected end of data" in str(fault) or lines > 1:
        raise RejectedError(NOT_CLOSED, CLOSE_IT, row=row) from fault
    if "field limit" in str(fault):
        raise RejectedError(
            "1つのセルが長すぎます", "区切り文字と引用符を確かめてください", row=row
        ) from fault
