"""Rows as real tables side by side: as many columns as the box holds, every cell short enough for its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.annual.body_names import shortened
from dashboard.annual.marks import Cell, Point, Rect, Table
from dashboard.annual.text_width import text_width

HEAD_FILL = "#F1F1F4"
ROW_EM = 1.6
"""Height of a row over its size of type: room for the line and for the hairlines."""
MOST_ROW_EM = 2.2
"""Few rows stand this far apart, and no farther."""
PADDING_PT = 4.0
"""Every format leaves so much free, or 0.45 em, on either side of a cell's text."""
GUTTER_EM = 2.0

SLACK, SLACK_EM = 1.06, 0.3
"""Columns are wider than their cells by these: a program without our typeface, or one that puts space between Japanese and
Latin letters, would break a cell into two lines and push the rows below off the page."""
SMALLER = 0.97
LEAST_EM = 4.0
"""A first column that is cut keeps this many sizes of type."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Headings and rows. Columns are as wide as their longest cell; `spare` says who takes what is left (it adds up to 1)."""

    name: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    spare: tuple[float, ...]
    alt: str
    row_em: float = ROW_EM


def rows_that_fit(box: Rect, size: float) -> int:
    """Return how many rows below a heading a box holds in type of `size`."""
    return max(int(box.height / (size * ROW_EM) + 1e-6) - 1, 1)


def grid_size(box: Rect, rows: int, largest: float, smallest: float) -> float:
    """Return the size of type in which `rows` and a heading fill the box, within limits."""
    return min(max(box.height / ((rows + 1) * ROW_EM), smallest), largest)


def row_em(box: Rect, rows: int, size: float) -> float:
    """Return the height of a row over its size of type with which few rows fill a box better."""
    return min(max(box.height / ((rows + 1) * size), ROW_EM), MOST_ROW_EM)


def tables(grid: Grid, box: Rect, columns: int, size: float, smallest: float) -> tuple[Table, ...]:
    """Return the rows in tables side by side, filled one after the other, all of one size.

    Type is `size` points, or smaller where a row is wider than its table; what is still too wide at `smallest` is cut in the
    first column.
    """
    gutter = GUTTER_EM * size
    width = (box.width - gutter * (columns - 1)) / columns
    head = tuple(replace(cell, is_bold=True, fill=HEAD_FILL) for cell in grid.head)
    whole = replace(grid, head=head)
    while size > smallest and sum(_natural(whole, size)) > width:
        size = max(size * SMALLER, smallest)
    widths = _widths(whole, width, size)
    per_table = -(-len(grid.rows) // columns)
    return tuple(
        _table(
            replace(whole, name=f"{grid.name}-{number + 1}", rows=grid.rows[start : start + per_table]),
            (box.x + number * (width + gutter), box.y),
            widths,
            size,
        )
        for number, start in enumerate(range(0, len(grid.rows), per_table))
    )


def least_width(grid: Grid, size: float) -> float:
    """Return the width below which `tables` would set the rows in smaller type than `size`."""
    bold = tuple(replace(cell, is_bold=True) for cell in grid.head)
    return sum(_natural(replace(grid, head=bold), size))


def _natural(grid: Grid, size: float) -> list[float]:
    """How wide each column must be for its longest cell, in whichever typeface a reader's program has."""
    free = _padding(size) + SLACK_EM * size
    return [
        SLACK * max(text_width(cell.text, size, is_bold=cell.is_bold) for cell in column) + free
        for column in zip(grid.head, *grid.rows, strict=True)
    ]


def _widths(grid: Grid, width: float, size: float) -> tuple[float, ...]:
    natural = _natural(grid, size)
    left = width - sum(natural)
    if left < 0:
        natural[0] = max(natural[0] + left, LEAST_EM * size)
        shrunk = width / sum(natural)
        return tuple(column * shrunk for column in natural)
    return tuple(column + share * left for column, share in zip(natural, grid.spare, strict=True))


def _table(grid: Grid, corner: Point, widths: tuple[float, ...], size: float) -> Table:
    rows = tuple(_shortened(row, widths, size) for row in (grid.head, *grid.rows))
    row_height = size * grid.row_em
    return Table(
        name=grid.name,
        at=Rect(*corner, sum(widths), len(rows) * row_height),
        widths=widths,
        rows=rows,
        row_height=row_height,
        size=size,
        alt=grid.alt,
    )


def _shortened(row: Sequence[Cell], widths: Sequence[float], size: float) -> tuple[Cell, ...]:
    """Cut what is too wide; a hair is allowed, for the column was measured by these very cells."""
    room = 0.01 - _padding(size)
    return tuple(
        replace(cell, text=shortened(cell.text, size, width + room, is_bold=cell.is_bold))
        for cell, width in zip(row, widths, strict=True)
    )


def _padding(size: float) -> float:
    return 2 * max(PADDING_PT, 0.45 * size)
