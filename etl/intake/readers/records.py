"""The last step of every reader: columns of text and row numbers → a `Sheet`; empty rows go, what no cell may hold is told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.limits import CELL_CHARACTERS
from etl.intake.report import Indices, Message, RejectedError
from etl.intake.sheet import CellFault, Fill, Sheet

CHECK_ORIGINAL = "元のファイルを確かめて渡し直してください"
_HALF = re.compile("[\ud800-\udfff]")
_BLANKS = " \t\r\n\v\f\u3000\xa0\ufeff\u200b"


@dataclass(slots=True)
class Read:
    """What a reader found: columns of the same length, their row numbers, and what is to be told."""

    columns: dict[str, pa.StringArray]
    rows: Indices
    faults: list[CellFault] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    empty_rows: int = 0


def sheet_of(read: Read, most_rows: int) -> Sheet:
    """Return the sheet of what was read.

    Raises:
        RejectedError: no record at all, or more than `most_rows`.
    """
    _leave_out_empty_rows(read)
    count = len(read.rows)
    if not count:
        raise RejectedError(
            "データの行がありません",
            "一覧が空でないことを確かめてください。これまでのデータはそのまま残ります",
        )
    refuse_long(count, most_rows)
    _leave_out_nameless_empty_columns(read)
    for name, column in read.columns.items():
        read.faults.extend(_nul_faults(name, column))
        read.columns[name] = _cut(name, column, read.faults)
    facts = read.facts | ({"empty_rows": str(read.empty_rows)} if read.empty_rows else {})
    faults = sorted(read.faults, key=lambda fault: fault.index)
    return Sheet(read.columns, read.rows, tuple(faults), tuple(read.fills), tuple(read.messages), facts)


def refuse_long(count: int, most_rows: int) -> None:
    """Raise a `RejectedError` if there are more rows than are read."""
    if count > most_rows:
        raise RejectedError(
            f"行が多すぎます（{count:,}行、上限 {most_rows:,}行）",
            "ファイルを分けるか、必要な行だけにしてください",
        )


def texts(values: Iterable[str]) -> pa.StringArray:
    """Return texts as a column."""
    return pa.array(values, pa.string())


def without_halves(text: str) -> str:
    """Return a text in which a half of a pair of UTF-16, which is no character, is U+FFFD: the sign of what was lost."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def is_blank(text: str) -> bool:
    """Whether nothing can be seen of a text."""
    return not text.strip(_BLANKS)


def _leave_out_empty_rows(read: Read) -> None:
    """Rows of blanks go; the look at a column takes only the rows that were blank in all columns before it."""
    empty: Indices = np.arange(len(read.rows))
    for column in read.columns.values():
        if not len(empty):
            return
        part = column if len(empty) == len(column) else column.take(pa.array(empty))
        blank = pc.equal(pc.binary_length(pc.utf8_trim(part, _BLANKS)), 0)
        empty = empty[blank.to_numpy(zero_copy_only=False)]
    empty = np.setdiff1d(empty, [fault.index for fault in read.faults])
    if not len(empty):
        return
    kept = np.ones(len(read.rows), np.bool_)
    kept[empty] = False
    moved = np.cumsum(kept) - 1
    read.columns = {name: column.filter(pa.array(kept)) for name, column in read.columns.items()}
    read.rows = read.rows[kept]
    read.empty_rows += len(empty)
    read.faults = [
        CellFault(int(moved[fault.index]), fault.column, fault.problem, fault.mend) for fault in read.faults
    ]
    read.fills = [Fill(int(moved[fill.index]), fill.column, fill.value) for fill in read.fills]


def _leave_out_nameless_empty_columns(read: Read) -> None:
    """A column without heading and without a value is only the trace of a separator or of a format."""
    faulty = {fault.column for fault in read.faults}
    for name in [name for name in read.columns if name.startswith("（") and name.endswith("列）")]:
        if name not in faulty and not pc.any(pc.not_equal(read.columns[name], "")).as_py():
            del read.columns[name]


def _nul_faults(name: str, column: pa.StringArray) -> Iterable[CellFault]:
    content = column.buffers()[2]
    if content is None or not (np.frombuffer(content, np.uint8) == 0).any():
        return
    for index in np.flatnonzero(pc.match_substring(column, "\0").to_numpy(zero_copy_only=False)).tolist():
        yield CellFault(index, name, "NUL文字（壊れたデータの印）があります", CHECK_ORIGINAL)


def _cut(name: str, column: pa.StringArray, faults: list[CellFault]) -> pa.StringArray:
    """Hold cells back that no spreadsheet could hold, and keep only their beginning."""
    if (pc.max(pc.binary_length(column)).as_py() or 0) <= CELL_CHARACTERS:
        return column
    long = np.flatnonzero(pc.greater(pc.utf8_length(column), CELL_CHARACTERS).to_numpy(zero_copy_only=False))
    for index in long.tolist():
        size = len(column[index].as_py())
        problem = f"1つのセルに {size:,}文字あります（上限 {CELL_CHARACTERS:,}文字）"
        faults.append(CellFault(index, name, problem, "セルの内容を短くしてください"))
    return pc.utf8_slice_codeunits(column, 0, CELL_CHARACTERS) if len(long) else column
