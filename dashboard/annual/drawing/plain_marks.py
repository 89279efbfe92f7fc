"""Tables and charts as simple marks, for formats that have neither: SVG and PDF draw lines, boxes and text."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from dashboard.annual.drawing.chart_marks import chart_marks
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


def cell_texts(table: Table) -> tuple[tuple[Text, ...], ...]:
    """Return the words of a table by row and column, each in the box of its cell, headings bold."""
    return tuple(tuple(_words(table, row, cells)) for row, cells in enumerate(table.rows))


def _table(table: Table) -> Iterator[PlainMark]:
    """Grounds first, then hairlines, then text: nothing is drawn over a word."""
    for row, cells in enumerate(table.rows):
        yield from _grounds(table, row, cells)
    for row in range(len(table.rows) + 1):
        y = table.at.y + row * table.row_height
        ink = HEADING_LINE if row in {1, len(table.rows)} else HAIRLINE
        yield Line(f"{table.name} rule {row}", ((table.at.x, y), (table.at.right, y)), ink)
    for texts in cell_texts(table):
        yield from texts


def _grounds(table: Table, row: int, cells: Sequence[Cell]) -> Iterator[Box]:
    fill = HEADING_FILL if row == 0 else STRIPE_FILL if row % 2 == 0 else None
    if fill:
        y = table.at.y + row * table.row_height
        whole = Rect(table.at.x, y, table.at.width, table.row_height)
        yield Box(f"{table.name} row {row}", whole, Ink(fill=fill))
    for column, (cell, at) in enumerate(zip(cells, _cell_boxes(table, row), strict=False)):
        if cell.fill:
            yield Box(f"{table.name} cell {row} {column}", at, Ink(fill=cell.fill))


def _words(table: Table, row: int, cells: Sequence[Cell]) -> Iterator[Text]:
    padding = cell_padding(table.size)
    for column, (cell, box) in enumerate(zip(cells, _cell_boxes(table, row), strict=False)):
        run = Run(cell.text, table.size, is_bold=cell.is_bold or row == 0, colour=cell.colour)
        at = Rect(box.x + padding, box.y, box.width - 2 * padding, box.height)
        paragraphs = (Paragraph((run,), cell.align),)
        yield Text(f"{table.name} text {row} {column}", at, paragraphs, Anchor.MIDDLE)


def _cell_boxes(table: Table, row: int) -> Iterator[Rect]:
    y = table.at.y + row * table.row_height
    for left, width in zip(accumulate(table.widths, initial=table.at.x), table.widths, strict=False):
        yield Rect(left, y, width, table.row_height)
