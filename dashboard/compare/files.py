"""The comparison to take away: the same lines, areas and numbers as the table, as CSV or Excel."""

from dashboard.compare.comparison import Cell, Comparison, Line, full_name, label
from dashboard.compare.measures import FORMS, PLAIN, Kind, kind_of, rounded
from dashboard.compare.table import caption
from dashboard.store import Row
from dashboard.view import View
from dashboard.words import words
from etl.export import answer_bytes

Meaning = tuple[str, str]
PARTS = ("value", "nation", "prefecture", "prefecture_mean")
UNKNOWN = None
"""What an unknown number is in a file: an empty cell, and a word in the note."""


def comparison_file(view: View, told: Comparison, extension: str) -> bytes:
    """Return what the table shows as csv or xlsx: numbers as numbers, an unknown one empty with its word in the note."""
    return answer_bytes(caption(view), rows(view, told), meanings(view, told), extension)


def rows(view: View, told: Comparison) -> list[Row]:
    """Return one row for each line of the table."""
    return [_row(view, told, line) for line in told.lines]


def meanings(view: View, told: Comparison) -> dict[str, Meaning]:
    """Return the columns in their order, each with its meaning in both languages."""
    found = {
        view.text("compare.fact"): _both("compare.file.fact"),
        view.text("compare.unit"): _both("compare.file.unit"),
    }
    for code in told.codes:
        for part in _parts(code):
            found[_column(view, code, part)] = _both(f"compare.file.{part}", area=full_name(view, code))
    for kind in told.kinds:
        found[_mean_column(view, kind)] = _both(f"compare.file.mean_{kind}")
    return {**found, view.text("compare.note"): _both("compare.file.note")}


def _both(key: str, **values: object) -> Meaning:
    return words("ja").text(key, **values), words("en").text(key, **values)


def _parts(code: str) -> tuple[str, ...]:
    """A prefecture has no prefectural mean to lie from."""
    return PARTS[:2] if kind_of(code) == Kind.PREFECTURE else PARTS


def _column(view: View, code: str, part: str) -> str:
    name = f"{code} {view.area_name(code)}"
    return name if part == "value" else f"{name} {view.text(f'compare.file_column.{part}')}"


def _mean_column(view: View, kind: Kind) -> str:
    return f"{view.text('compare.mean_nation')}{view.words.bracketed(view.text(f'compare.mean_of.{kind}'))}"


def _row(view: View, told: Comparison, line: Line) -> Row:
    form = FORMS.get(line.measure, PLAIN) if line.measure else PLAIN
    row: dict[str, object] = {
        view.text("compare.fact"): label(view, line.name),
        view.text("compare.unit"): form.unit.strip(),
    }
    for code, cell in zip(told.codes, line.cells, strict=True):
        for part, value in zip(PARTS, _numbers(line, cell), strict=True):
            if part in _parts(code):
                row[_column(view, code, part)] = value
    for kind, cell in zip(told.kinds, line.means, strict=True):
        row[_mean_column(view, kind)] = _mean(line, cell)
    row[view.text("compare.note")] = _note(view, told, line)
    return row


def _numbers(line: Line, cell: Cell) -> tuple[object, object, object, object]:
    """The value, its two differences and the prefectural mean; a line of text has none of these."""
    if line.measure is None or cell.figure is None:
        return cell.text, UNKNOWN, UNKNOWN, UNKNOWN
    figure, measure = cell.figure, line.measure
    value = UNKNOWN if figure.value is None else rounded(measure, figure.value)
    inside = None if figure.from_prefecture is None else figure.prefecture
    beside = (figure.from_nation, figure.from_prefecture, inside)
    first, second, mean = (UNKNOWN if by is None else rounded(measure, by, is_mean=True) for by in beside)
    return value, first, second, mean


def _mean(line: Line, cell: Cell) -> object:
    if line.measure is None or cell.figure is None:
        return cell.text or UNKNOWN
    return UNKNOWN if cell.figure.value is None else rounded(line.measure, cell.figure.value, is_mean=True)


def _note(view: View, told: Comparison, line: Line) -> str:
    """What the cells say beside their numbers: the word for what is unknown, to whom a distance leads, how many make a mean."""
    named = [
        *((view.area_name(code), cell) for code, cell in zip(told.codes, line.cells, strict=True)),
        *((_mean_column(view, kind), cell) for kind, cell in zip(told.kinds, line.means, strict=True)),
    ]
    said = [
        view.words.joined("named", (name, view.words.joined("apart", (_word(cell), cell.note))))
        for name, cell in named
        if _word(cell) or cell.note
    ]
    return view.text("comma").join(said)


def _word(cell: Cell) -> str:
    return cell.text if cell.figure is not None and cell.figure.value is None else ""
