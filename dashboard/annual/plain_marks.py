"""Tables and charts as simple marks, for formats that have neither: SVG and PDF draw lines, boxes and text."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from dashboard.annual.chart_marks import chart_marks
from dashboard.annual.marks import (
    Anchor,
    Box,
    Cell,
    Chart,
    Ink,
    Line,
    Mark,
    Paragraph,
    Rect,
    Run,
    Shape,
    Table,
    Text,
)

PlainMark = Shape | Box | Line | Text
HEADING_FILL, STRIPE_FILL = "#E8EEFB", "#F6F7FA"
HAIRLINE, HEADING_LINE = Ink(line="#B3B9C4", width=0.4), Ink(line="#1A1A1A", width=0.9)


def plain(mark: Mark) -> tuple[PlainMark, ...]:
    """Return a mark as simple marks, the undermost first; a simple mark is returned as it is."""
    match mark:
        case Table():
            return tuple(_table(mark))
        case Chart():
            # Nothing is drawn over a word: a stable sort keeps the order of all else.
            return tuple(sorted(chart_marks(mark), key=lambda plain_mark: isinstance(plain_mark, Text)))
    return (mark,)


def cell_padding(size: float) -> float:
    """Return the room left free on either side of a cell's text, in points, where the type has `size`."""
    return 0.45 * size


def _table(table: Table) -> Iterator[PlainMark]:
    """Grounds first, then hairlines, then text: nothing is drawn over a word."""
    lefts = [table.at.x, *accumulate(table.widths, initial=table.at.x)][1:]
    for row, cells in enumerate(table.rows):
        yield from _grounds(table, row, cells, lefts)
    for row in range(len(table.rows) + 1):
        y = table.at.y + row * table.row_height
        ink = HEADING_LINE if row in {1, len(table.rows)} else HAIRLINE
        yield Line(f"{table.name} rule {row}", ((table.at.x, y), (table.at.right, y)), ink)
    for row, cells in enumerate(table.rows):
        yield from _words(table, row, cells, lefts)


def _grounds(table: Table, row: int, cells: Sequence[Cell], lefts: Sequence[float]) -> Iterator[Box]:
    y = table.at.y + row * table.row_height
    fill = HEADING_FILL if row == 0 else STRIPE_FILL if row % 2 == 0 else None
    if fill:
        whole = Rect(table.at.x, y, table.at.width, table.row_height)
        yield Box(f"{table.name} row {row}", whole, Ink(fill=fill))
    for column, (cell, left, width) in enumerate(zip(cells, lefts, table.widths, strict=False)):
        if cell.fill:
            at = Rect(left, y, width, table.row_height)
            yield Box(f"{table.name} cell {row} {column}", at, Ink(fill=cell.fill))


def _words(table: Table, row: int, cells: Sequence[Cell], lefts: Sequence[float]) -> Iterator[Text]:
    y, padding = table.at.y + row * table.row_height, cell_padding(table.size)
    for column, (cell, left, width) in enumerate(zip(cells, lefts, table.widths, strict=False)):
        run = Run(cell.text, table.size, is_bold=cell.is_bold or row == 0, colour=cell.colour)
        at = Rect(left + padding, y, width - 2 * padding, table.row_height)
        paragraphs = (Paragraph((run,), cell.align),)
        yield Text(f"{table.name} text {row} {column}", at, paragraphs, Anchor.MIDDLE)
