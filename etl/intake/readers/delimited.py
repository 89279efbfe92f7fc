"""CSV and its kin → a `Sheet`: the separator is decided by the heading, and no row is lost or invented.

Clean files take the way of pyarrow, which hands every row of the wrong width to us with its number. A file whose quotes do not
follow the rules goes through Python's strict reader instead, record by record.
"""

import codecs
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.intake.decoding import decoded
from etl.intake.guard import Material
from etl.intake.limits import HEADING_ROWS
from etl.intake.readers.fields import (
    CLOSE_IT,
    NOT_CLOSED,
    Misfit,
    Rows,
    has_proper_quotes,
    parsed_fast,
    parsed_side_by_side,
    parsed_strictly,
)
from etl.intake.readers.heading import HeadingNotFoundError, IsHeading, cleaned, named_apart, refuse_wide
from etl.intake.readers.records import Read, is_blank, sheet_of, texts
from etl.intake.report import WHOLE_ROW, RejectedError
from etl.intake.sheet import CellFault, Sheet

SEPARATORS = (",", "\t", ";")
WORDS = {",": "コンマ", "\t": "タブ", ";": "セミコロン"}
PEEKED_BYTES = 1 << 20
"""The heading is looked for in so much of the file: ten rows are hardly ever longer."""
HALVED_BYTES = 4 << 20
"""A file without quotes that is larger is read in two halves at a time."""
_PEEKED_RECORDS = HEADING_ROWS + 20
_LONE_RETURN = re.compile(rb"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the table begins: its separator, headings, the heading's record number, and the bytes up to its end."""

    separator: str
    headings: list[str]
    row: int
    size: int


def read_delimited(material: Material, is_heading: IsHeading, most_rows: int) -> Sheet:
    """Return the sheet of a text with separators.

    Raises:
        HeadingNotFoundError: no row among the first ones is the heading.
        RejectedError: an encoding that is not read, a quote that is never closed, too much of anything, no record.
    """
    text = decoded(material.data)
    data = _LONE_RETURN.sub(b"\n", text.data) if b"\r" in text.data else text.data
    data = data.removesuffix(b"\x1a")
    head = _head(data, is_heading)
    refuse_wide(len(head.headings), head.row)
    body = memoryview(data)[head.size :]
    # pyarrow would take a mark at the start of its input for the file's own.
    if data.startswith(codecs.BOM_UTF8, head.size):
        parse = parsed_strictly
    elif data.find(b'"', head.size) < 0:
        parse = parsed_side_by_side if len(body) > HALVED_BYTES else parsed_fast
    else:
        parse = parsed_fast if has_proper_quotes(body, head.separator) else parsed_strictly
    rows = parse(body, head.separator, len(head.headings), first_row=head.row + 1)
    facts = {
        "encoding": text.encoding,
        "separator": WORDS[head.separator],
        "heading_row": str(head.row),
    }
    return sheet_of(_read(rows, head, facts), most_rows)


def _head(data: bytes, is_heading: IsHeading) -> _Head:
    """Find the heading with the separator that makes most cells first; one that is a heading decides."""
    lines = data[:PEEKED_BYTES].split(b"\n")
    if len(data) > PEEKED_BYTES or not lines[-1]:
        lines.pop()  # cut anywhere, or nothing after the last line break
    found = {separator: _Peeked(lines, separator) for separator in SEPARATORS}
    for separator in sorted(SEPARATORS, key=lambda each: -found[each].widest()):
        peeked = found[separator]
        for index, cells in enumerate(peeked.records[:HEADING_ROWS]):
            headings = cleaned(cells)
            if is_heading(headings):
                size = min(sum(len(line) + 1 for line in lines[: peeked.ends[index]]), len(data))
                return _Head(separator, _fitted(headings, peeked.records[index + 1 :]), index + 1, size)
    best = max(found.values(), key=_Peeked.widest)
    if best.open_row and len(best.records) < HEADING_ROWS:
        raise RejectedError(NOT_CLOSED, CLOSE_IT, row=best.open_row)
    raise HeadingNotFoundError([cleaned(cells) for cells in best.records[:HEADING_ROWS]])


class _Peeked:
    """The first records under one separator, the number of lines up to the end of each, and the row of a quote left open."""

    def __init__(self, lines: Sequence[bytes], separator: str) -> None:
        self.records: list[list[str]] = []
        self.ends: list[int] = []
        self.open_row = 0
        ended = (line.decode("utf-8", "replace") + "\n" for line in lines)
        reader = csv.reader(ended, delimiter=separator, strict=True)
        while len(self.records) < _PEEKED_RECORDS:
            first = reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as fault:
                if reader.line_num - first > 1 or "unexpected end" in str(fault):
                    self.open_row = len(self.records) + 1
                    break
                cells = lines[first].decode("utf-8", "replace").split(separator)
            self.records.append(cells)
            self.ends.append(reader.line_num)

    def widest(self) -> int:
        return max(map(len, self.records[:HEADING_ROWS]), default=0)


def _fitted(headings: list[str], records: Sequence[Sequence[str]]) -> list[str]:
    """Add or cut empty headings at the end where all rows agree that there is one separator more or less."""
    widths = {len(cells) for cells in records if any(map(str.strip, cells))}
    if len(records) < 2 or len(widths) != 1:
        return headings
    width = widths.pop()
    surplus = [cell for cells in records for cell in cells[len(headings) :]]
    if not any(map(str.strip, surplus)) and not any(headings[width:]):
        return headings[:width] + [""] * (width - len(headings))
    return headings


def _read(rows: Rows, head: _Head, facts: dict[str, str]) -> Read:
    names = named_apart(head.headings)
    misfits = [misfit for misfit in rows.misfits if not all(map(is_blank, misfit.cells))]
    empty = len(rows.misfits) - len(misfits)
    columns, numbers = rows.columns, rows.numbers
    if not misfits:
        return Read(dict(zip(names, columns, strict=True)), numbers, facts=facts, empty_rows=empty)
    for misfit in misfits:
        if len(misfit.cells) > len(names):
            refuse_wide(len(misfit.cells), misfit.row)
    laid = [_laid(misfit.cells, len(names), head.separator) for misfit in misfits]
    numbers = np.concatenate([numbers, [misfit.row for misfit in misfits]])
    order = np.argsort(numbers)
    columns = [
        pa.concat_arrays([column, texts(added)]).take(pa.array(order))
        for column, added in zip(columns, zip(*laid, strict=True), strict=True)
    ]
    places = np.searchsorted(numbers[order], [misfit.row for misfit in misfits]).tolist()
    faults = [_fault(index, misfit, len(names)) for index, misfit in zip(places, misfits, strict=True)]
    return Read(
        dict(zip(names, columns, strict=True)), numbers[order], faults=faults, facts=facts, empty_rows=empty
    )


def _laid(cells: list[str], width: int, separator: str) -> list[str]:
    """Lay a misfit under the heading: what is missing is empty, what is too much stands in the last cell."""
    if len(cells) > width:
        return [*cells[: width - 1], separator.join(cells[width - 1 :])]
    return cells + [""] * (width - len(cells))


def _fault(index: int, misfit: Misfit, width: int) -> CellFault:
    problem = misfit.problem or f"セルが{len(misfit.cells)}個あります（見出しは{width}個）"
    mend = "見出しと同じ数のセルにしてください"
    if misfit.problem or misfit.has_line_break:
        mend = '引用符（"）の閉じ忘れや余りがないか確かめてください'
    elif len(misfit.cells) > width:
        mend = '余分な区切りを除くか、区切りを含むセルを引用符（"）で囲んでください'
    return CellFault(index, WHOLE_ROW, problem, mend)
