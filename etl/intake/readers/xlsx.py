"""A workbook (.xlsx, .xlsm) → a `Sheet`: the one sheet that has the heading, merged cells filled downwards where truly merged."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from etl.intake.guard import Material
from etl.intake.limits import HEADING_ROWS
from etl.intake.readers.heading import HeadingNotFoundError, IsHeading, cleaned, named_apart
from etl.intake.readers.records import Read, is_blank, sheet_of, texts
from etl.intake.readers.workbook import DAMAGED, SAVE_AGAIN, SheetPart, Workbook, opened
from etl.intake.readers.worksheet import Grid, Merge, read_grid
from etl.intake.report import WHOLE_FILE, Message, RejectedError
from etl.intake.sheet import CellFault, Fill, Sheet

_PEEKED_ROWS = HEADING_ROWS + 10


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet that has the heading, the heading's row, and whether anything stands below it among the first rows."""

    sheet: SheetPart
    row: int
    has_records: bool


def read_workbook(material: Material, is_heading: IsHeading, most_rows: int) -> Sheet:
    """Return the table of a workbook.

    Raises:
        HeadingNotFoundError: no sheet has the heading among its first rows.
        RejectedError: damaged or too large, several sheets with the heading, or only hidden ones.
    """
    book = opened(material.data)
    shown = [sheet for sheet in book.sheets if not sheet.is_hidden]
    hidden = [sheet for sheet in book.sheets if sheet.is_hidden]
    found = _only_one(_with_heading(book, shown, is_heading, most_rows))
    if found is None:
        if concealed := _with_heading(book, hidden, is_heading, most_rows):
            names = "」「".join(each.sheet.name for each in concealed)
            raise RejectedError(
                f"見出しは非表示のシート「{names}」だけにあります", "シートを表示して保存し直してください"
            )
        raise HeadingNotFoundError(_first_rows(book, shown, most_rows))
    grid = read_grid(book, found.sheet.part, most_rows)
    read = _read(grid, found.row, is_heading)
    read.facts["sheet"] = found.sheet.name
    read.messages.extend(_notes(grid, hidden))
    return sheet_of(read, most_rows)


def _with_heading(
    book: Workbook, sheets: Sequence[SheetPart], is_heading: IsHeading, most_rows: int
) -> list[_Found]:
    """The sheets with the heading. One over several rows is whole only with its merged cells, which stand at a sheet's end."""
    peeked = [(sheet, read_grid(book, sheet.part, most_rows, until=_PEEKED_ROWS)) for sheet in sheets]
    found = [_found(sheet, grid, is_heading) for sheet, grid in peeked]
    if not any(found):
        for sheet, grid in peeked:
            grid.merges = read_grid(book, sheet.part, most_rows).merges if grid.rows else []
        found = [_found(sheet, grid, is_heading) for sheet, grid in peeked]
    return [each for each in found if each]


def _found(sheet: SheetPart, grid: Grid, is_heading: IsHeading) -> _Found | None:
    row = next((number for number in _top(grid) if is_heading(_headings(grid, number))), None)
    return None if row is None else _Found(sheet, row, any(number > row for number in grid.rows))


def _only_one(found: Sequence[_Found]) -> _Found | None:
    """Of several sheets with the heading those with nothing below it do not count."""
    filled = [each for each in found if each.has_records] or found[:1]
    if len(filled) > 1:
        names = "」「".join(each.sheet.name for each in filled)
        raise RejectedError(
            f"見出しのあるシートが{len(filled)}枚あります（「{names}」）",
            "取り込むシートだけを残すか、ほかを非表示にしてください",
        )
    return filled[0] if filled else None


def _first_rows(book: Workbook, sheets: Iterable[SheetPart], most_rows: int) -> list[list[str]]:
    """The first rows of the sheet with the widest of them."""
    tops = []
    for sheet in sheets:
        grid = read_grid(book, sheet.part, most_rows, until=HEADING_ROWS)
        tops.append(
            [cleaned(grid.rows.get(number, [])) for number in range(1, max(_top(grid), default=0) + 1)]
        )
    return max(tops, key=lambda rows: max(map(len, rows), default=0), default=[])


def _top(grid: Grid) -> list[int]:
    return [number for number in grid.rows if number <= HEADING_ROWS]


def _headings(grid: Grid, row: int) -> list[str]:
    """The cells of a row of headings, with those that reach into it from above."""
    cells = list(grid.rows.get(row, []))
    for merge in grid.merges:
        if merge.top < row <= merge.bottom and (value := _value(grid, merge)):
            cells.extend([""] * (merge.left - len(cells)))
            cells[merge.left - 1] = cells[merge.left - 1] or value
    return cleaned(cells)


def _bottom(grid: Grid, row: int, is_heading: IsHeading) -> int:
    """A heading that is merged with the row below goes on there, unless that row is no heading."""
    below = max((merge.bottom for merge in grid.merges if merge.top <= row < merge.bottom), default=row)
    return below if below <= HEADING_ROWS and is_heading(_headings(grid, below)) else row


def _value(grid: Grid, merge: Merge) -> str:
    cells = grid.rows.get(merge.top, [])
    return cells[merge.left - 1] if merge.left <= len(cells) else ""


def _read(grid: Grid, heading_row: int, is_heading: IsHeading) -> Read:
    last = _bottom(grid, heading_row, is_heading)
    headings = _headings(grid, last)
    is_heading(headings)  # the last row that is asked about is the one that is used
    faulty = {row for row, _ in grid.faults}
    numbers = [
        row
        for row, cells in grid.rows.items()
        if row > last and (row in faulty or not all(map(is_blank, cells)))
    ]
    width = max([len(headings), *(len(grid.rows[row]) for row in numbers)])
    names = named_apart(headings + [""] * (width - len(headings)))
    for row in numbers:
        grid.rows[row].extend([""] * (width - len(grid.rows[row])))
    fills = list(_filled(grid, last, numbers, names))
    columns = zip(*(grid.rows[row] for row in numbers), strict=True) if numbers else ((),) * width
    index = {row: place for place, row in enumerate(numbers)}
    faults = [
        CellFault(index[row], names[column], problem, mend)
        for (row, column), (problem, mend) in grid.faults.items()
        if row in index
    ]
    return Read(
        {name: texts(column) for name, column in zip(names, columns, strict=True)},
        np.array(numbers, np.int64),
        faults=faults,
        fills=fills,
        facts={"heading_row": str(last)},
        empty_rows=max(numbers, default=last) - last - len(numbers),
    )


def _filled(grid: Grid, last_heading: int, numbers: Sequence[int], names: Sequence[str]) -> Iterable[Fill]:
    """Fill merged cells downwards, in the first column of the area only: the columns beside it mean something else."""
    reached: dict[int, int] = {}
    for merge in sorted(grid.merges, key=lambda each: each.top):
        if merge.top <= reached.get(merge.left, 0):
            raise RejectedError(
                DAMAGED, SAVE_AGAIN, row=merge.top
            )  # areas that overlap: no program writes them
        reached[merge.left] = merge.bottom
        value = _value(grid, merge)
        if merge.top <= last_heading or not value:
            continue
        for index in range(bisect_right(numbers, merge.top), bisect_right(numbers, merge.bottom)):
            cells = grid.rows[numbers[index]]
            if not cells[merge.left - 1]:
                cells[merge.left - 1] = value
                yield Fill(index, names[merge.left - 1], value)


def _notes(grid: Grid, hidden: Sequence[SheetPart]) -> Iterable[Message]:
    if grid.hidden_rows:
        yield Message(
            WHOLE_FILE, "", f"非表示の行が{grid.hidden_rows:,}行あります。ほかの行と同じように読みました"
        )
    if hidden:
        names = "」「".join(sheet.name for sheet in hidden[:5])
        yield Message(
            WHOLE_FILE, "", f"非表示のシートが{len(hidden)}枚あります（「{names}」）。読んでいません"
        )
