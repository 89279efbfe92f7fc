"""One worksheet as a stream: rows of texts, the cells that have none, merged areas; it ends at the first sign of too much."""

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from etl.intake.limits import COLUMNS, HEADING_ROWS
from etl.intake.readers.cell_text import Style, iso_text, number_text
from etl.intake.readers.heading import refuse_wide
from etl.intake.readers.records import refuse_long
from etl.intake.readers.workbook import DAMAGED, SAVE_AGAIN, Workbook, parse, unescaped
from etl.intake.report import RejectedError

MOST_MERGES = 100_000
NO_VALUE = "数式の計算結果が保存されていません"
NO_VALUE_MEND = "Excel で開いて保存し直すか、値に置き換えてください"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_PLAIN = Style()
_TEXT_OF: Mapping[str, Callable[[str], str]] = {"b": {"1": "TRUE", "0": "FALSE"}.__getitem__, "d": iso_text}
"""How truth values and ISO dates are told."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """The rows with anything in them, by their number. A row's texts end with its last text."""

    rows: dict[int, list[str]] = field(default_factory=dict)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    """(row number, column from 0) → problem and mend."""
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: int = 0


class _EnoughError(Exception):
    """The rows that were asked for have been read."""


def read_grid(book: Workbook, part: str, most_rows: int, *, until: int = 0) -> Grid:
    """Return the cells of a sheet; with `until` only those of the first rows, without merged areas.

    Raises:
        RejectedError: damaged, or a cell with something in it beyond the columns or rows that are read.
    """
    events = _Cells(book, most_rows, until)
    with contextlib.suppress(_EnoughError):
        parse(book.archive, part, events)
    return events.grid


def place_of(reference: str) -> tuple[int, int]:
    """Return row and column, both from 1, of a reference such as B3.

    Raises:
        RejectedError: no reference.
    """
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise RejectedError(DAMAGED, SAVE_AGAIN)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


class _Cells:
    """Builds the grid. Where a row or cell does not say its place, it stands after the one before."""

    def __init__(self, book: Workbook, most_rows: int, until: int) -> None:
        self.grid = Grid()
        self._book, self._most_row, self._until = book, most_rows + HEADING_ROWS, until
        self._row = self._column = 0
        self._cells: list[str] = []
        self._columns: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], str | None] = {}
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._is_value = self._is_aid = self._has_formula = self._has_value = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._is_value = not self._is_aid
            self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "rPh":
            self._is_aid = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t"):
            self._is_value = False
        elif name == "c":
            if self._has_value or self._has_formula:
                self._end_cell()
        elif name == "row":
            if self._cells:
                refuse_long(self._row, self._most_row)
                self.grid.rows[self._row] = self._cells
        elif name == "rPh":
            self._is_aid = False
        elif name == "sheetData" and self._until:
            raise _EnoughError

    def text(self, data: str) -> None:
        """A piece of text."""
        if self._is_value:
            self._pieces.append(data)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        row = int(attributes.get("r", self._row + 1))
        if row <= self._row:
            raise RejectedError(DAMAGED, SAVE_AGAIN, row=max(row, 0))
        self._row, self._column, self._cells = row, 0, []
        if self._until and row > self._until:
            raise _EnoughError
        self.grid.hidden_rows += attributes.get("hidden") in ("1", "true")

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column_of(reference) if reference else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._pieces = []
        self._is_value = self._has_formula = self._has_value = False

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = place_of(f"{letters}1")[1]
        return column

    def _end_cell(self) -> None:
        raw = "".join(self._pieces)
        text = self._text_of(raw)
        if text is None:
            fault = self._fault(raw)
            text = raw if self._kind == "e" else ""
            self.grid.faults[self._row, self._column - 1] = fault
        elif not text:
            return
        if self._column > COLUMNS:
            refuse_wide(self._column, self._row)
        cells = self._cells
        missing = self._column - len(cells)
        if missing == 1:
            cells.append(text)
        else:
            cells.extend([""] * missing)
            cells[self._column - 1] = text

    def _text_of(self, raw: str) -> str | None:
        """The text of a cell; None where it has none to give."""
        kind = self._kind
        if kind == "s":
            return self._book.shared[abs(int(raw))] if raw else ""
        if kind == "n":
            if raw:
                return self._number(raw)
            return None if self._has_formula else ""
        if kind == "e":
            return None
        if kind in _TEXT_OF:
            return _TEXT_OF[kind](raw)
        return unescaped(raw) if self._has_value or not self._has_formula else None

    def _number(self, raw: str) -> str | None:
        key = (raw, self._style)
        if key not in self._numbers:
            style = self._book.styles[int(self._style)] if self._style and self._book.styles else _PLAIN
            self._numbers[key] = number_text(raw, style, is_1904=self._book.is_1904)
        return self._numbers[key]

    def _fault(self, raw: str) -> tuple[str, str]:
        if self._kind == "e":
            return f"Excel のエラー値（{raw[:20]}）です", "値を直してください"
        if self._has_formula and not raw:
            return NO_VALUE, NO_VALUE_MEND
        return "セルの数値を読めません", "値を書き直してください"

    def _merge(self, reference: str) -> None:
        if len(self.grid.merges) >= MOST_MERGES:
            raise RejectedError(f"結合されたセルが多すぎます（上限 {MOST_MERGES:,}）", "結合を解いてください")
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = place_of(first), place_of(last or first)
        self.grid.merges.append(Merge(top, left, bottom, right))
