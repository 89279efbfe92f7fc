"""The table: every prefecture, or every municipality of one prefecture, in the order of the codes – never of merit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from dashboard.annual.facts import MunicipalityRow, PrefectureRow
from dashboard.annual.look import QUIET
from dashboard.annual.marks import TEXT_COLOUR, Align, Cell, Mark, Page, Rect
from dashboard.annual.pages.grids import GUTTER_EM, Grid, grid_size, row_em, rows_that_fit, tables
from dashboard.annual.pages.sheet import Told, part_of, room, sheet
from dashboard.annual.pages.sums import Sums, sums
from dashboard.annual.pages.within import (
    area_name,
    evidence,
    is_least,
    is_nation,
    municipality_names,
    municipality_rows,
    prefecture_rows,
)
from dashboard.annual.setting import Setting

PREFECTURE_SPARE = (0.1, 0.2, 0.2, 0.1, 0.3, 0.1)
MUNICIPALITY_SPARE = (0.4, 0.1, 0.2, 0.3)
"""How the columns share the width that none of them needs."""
MUNICIPALITY_COLUMNS = 3
DENSE = 1.15
"""Type of a page full of rows, over the smallest type of the page."""
TAKING_PART = "AB"
"""States of the strict rule."""


def prefectures_page(setting: Setting) -> tuple[Page, ...]:
    """Return the table of the prefectures on one page, or of one prefecture's municipalities on as many as it takes."""
    if setting.asked.area:
        return _municipality_pages(setting)
    rows = prefecture_rows(setting.facts, setting.asked)
    return (sheet(setting, _told(setting, "prefectures"), lambda box: _prefectures(setting, rows, box)),)


def _told(setting: Setting, key: str, part: str = "") -> Told:
    words = setting.words
    title = _title(setting) + part
    return Told(
        key=key,
        title=title,
        lead=words.text("deck.prefectures.lead", year=words.year_name(setting.facts.latest_year)),
        alt=title,
        definition=_states_told(setting) if setting.asked.area else words.text("deck.strict_definition"),
        sources=tuple(entry.source_id for entry in evidence(setting.facts, setting.asked)),
        notes=(words.text("deck.prefectures.alt"), words.text("deck.strict_definition")),
    )


def _states_told(setting: Setting) -> str:
    """What the letters mean that stand in the table of a prefecture's municipalities."""
    words = setting.words
    found = sorted({row.state for row in municipality_rows(setting.facts, setting.asked)})
    return words.joined(
        "listed", (words.joined("named", (state, words.text(f"state.{state}"))) for state in found)
    )


def _title(setting: Setting) -> str:
    words = setting.words
    found = sums(prefecture_rows(setting.facts, setting.asked))
    values = {
        "area": area_name(setting.facts, setting.asked, words),
        "year": words.year_name(setting.facts.latest_year),
        "least": words.text("headline.at_least") if is_least(setting.facts) else "",
    }
    if found is None:
        return words.text("deck.prefectures.title_unknown", **values)
    counts = {
        "any": f"{found.any_part:,}",
        "total": f"{found.prefectures:,}",
        "strict": f"{found.strict:,}",
        "municipalities": f"{found.municipalities:,}",
    }
    if setting.asked.area:
        return _title_of_one(setting, found, {**values, **counts})
    if not is_nation(setting.asked) and not found.any_part:
        return words.text("deck.prefectures.title_quiet", **values, **counts)
    return words.text("deck.prefectures.title", **values, **counts)


def _title_of_one(setting: Setting, found: Sums, values: Mapping[str, str]) -> str:
    """Of one prefecture; where no municipality is confirmed no number is said: "at least 0" tells nothing."""
    words = setting.words
    if not found.strict:
        return words.text(f"deck.prefectures.title_one_{'own' if found.own else 'quiet'}", **values)
    own = words.text("deck.prefectures.own_yes" if found.own else "deck.prefectures.own_no")
    return words.text("deck.prefectures.title_one", own=own, **values)


def _prefectures(setting: Setting, rows: tuple[PrefectureRow, ...], box: Rect) -> Iterator[Mark]:
    """All prefectures in two tables side by side; of a block one table, and beside it who takes part."""
    words, paper = setting.words, setting.paper
    cells = [_prefecture_cells(setting, row) for row in rows]
    cells.append(_sum_cells(setting, sums(rows)))
    keys = ("prefecture", "own", "strict", "strict_share", "people", "people_share")
    head = tuple(
        Cell(words.text(f"deck.prefectures.{key}"), Align.RIGHT if place > 1 else Align.LEFT)
        for place, key in enumerate(keys)
    )
    grid = Grid("prefectures", head, tuple(cells), PREFECTURE_SPARE, words.text("deck.prefectures.alt"))
    size = grid_size(box, -(-len(cells) // 2), paper.body, paper.small)
    if is_nation(setting.asked):
        yield from tables(grid, box, 2, size, paper.small)
        return
    half = (box.width - GUTTER_EM * size) / 2
    taking = [row for row in municipality_rows(setting.facts, setting.asked) if row.state in TAKING_PART]
    taking = taking[: rows_that_fit(box, size)]
    roomy = row_em(box, max(len(cells), len(taking)), size)
    left, right = (Rect(x, box.y, half, box.height) for x in (box.x, box.right - half))
    yield from tables(replace(grid, row_em=roomy), left, 1, size, paper.small)
    listed = municipality_grid(setting, taking, words.text("deck.prefectures.taking"))
    yield from tables(replace(listed, row_em=roomy), right, 1, size, paper.small)


def _prefecture_cells(setting: Setting, row: PrefectureRow) -> tuple[Cell, ...]:
    words = setting.words
    name = Cell(setting.facts.names[row.code[:2]])
    if row.takes_part is None:
        unknown = Cell(words.text("table.unknown"), Align.RIGHT, colour=QUIET)
        return (name, Cell(unknown.text, colour=QUIET), *[unknown] * 4)
    covered = row.people - row.uncovered_people
    return (
        name,
        _own(setting, takes_part=row.takes_part),
        *_counts(setting, row.strict, row.municipalities),
        *_people(setting, covered, row.people),
    )


def _own(setting: Setting, *, takes_part: bool) -> Cell:
    text = setting.words.text("table.yes" if takes_part else "table.no")
    if takes_part:
        return Cell(f"■ {text}", is_bold=True, colour=setting.look.figure)
    return Cell(text, colour=QUIET)


def _counts(setting: Setting, part: int, whole: int) -> tuple[Cell, Cell]:
    colour = TEXT_COLOUR if part else QUIET
    return (
        Cell(f"{part:,} / {whole:,}", Align.RIGHT, is_bold=bool(part), colour=colour),
        Cell(setting.words.share(part, whole), Align.RIGHT, colour=colour),
    )


def _people(setting: Setting, part: int, whole: int) -> tuple[Cell, Cell]:
    colour = TEXT_COLOUR if part else QUIET
    return (
        Cell(f"{part:,}", Align.RIGHT, colour=colour),
        Cell(setting.words.share(part, whole), Align.RIGHT, colour=colour),
    )


def _sum_cells(setting: Setting, found: Sums | None) -> tuple[Cell, ...]:
    words = setting.words
    area = area_name(setting.facts, setting.asked, words)
    if found is None:
        unknown = Cell(words.text("table.unknown"), Align.RIGHT, colour=QUIET)
        return (Cell(area, is_bold=True), *[unknown] * 5)
    own = Cell(f"{found.own:,} / {found.prefectures:,}", is_bold=True)
    shown = (
        *_counts(setting, found.strict, found.municipalities),
        *_people(setting, found.covered_people, found.people),
    )
    return (Cell(area, is_bold=True), own, *shown)


def _municipality_pages(setting: Setting) -> tuple[Page, ...]:
    """All municipalities of one prefecture: on up to three tables a page, as many pages as it takes."""
    rows = municipality_rows(setting.facts, setting.asked)
    # The title is longest, and the room least, where it says which of the pages this is.
    box = room(setting, _told(setting, "", part_of(setting.words, 9, 9)))
    per_page = rows_that_fit(box, setting.paper.small * DENSE) * MUNICIPALITY_COLUMNS
    parts = [rows[start : start + per_page] for start in range(0, len(rows), per_page)]
    return tuple(
        sheet(
            setting,
            _told(setting, f"prefectures-{number}", part_of(setting.words, number, len(parts))),
            partial(_municipality_tables, setting, part),
        )
        for number, part in enumerate(parts, start=1)
    )


def _municipality_tables(setting: Setting, rows: Sequence[MunicipalityRow], box: Rect) -> tuple[Mark, ...]:
    """As few tables side by side as hold the rows in the type of the page; a full page is set smaller."""
    paper = setting.paper
    columns = min(MUNICIPALITY_COLUMNS, max(2, -(-len(rows) // rows_that_fit(box, paper.body))))
    per_table = -(-len(rows) // columns)
    size = grid_size(box, per_table, paper.body, paper.small * DENSE)
    grid = municipality_grid(setting, rows, setting.words.text("table.municipality"))
    return tables(replace(grid, row_em=row_em(box, per_table, size)), box, columns, size, paper.small)


def municipality_grid(setting: Setting, rows: Iterable[MunicipalityRow], title: str) -> Grid:
    """Return municipalities with state, first year and people as rows of a table; `title` heads their names."""
    words = setting.words
    head = (
        Cell(title),
        Cell(words.text("table.state")),
        Cell(words.text("table.since")),
        Cell(words.text("table.population"), Align.RIGHT),
    )
    rows = tuple(rows)
    names = municipality_names(setting.facts, words, rows)
    cells = tuple(_municipality_cells(setting, row, names[row.code]) for row in rows)
    return Grid("municipalities", head, cells, MUNICIPALITY_SPARE, words.text("deck.prefectures.alt_one"))


def _municipality_cells(setting: Setting, row: MunicipalityRow, name: str) -> tuple[Cell, ...]:
    words = setting.words
    is_part = row.state in TAKING_PART
    colour = setting.look.figure if is_part else TEXT_COLOUR if row.since_year else QUIET
    since = words.year_short(row.since_year) if row.since_year else "–"
    return (
        Cell(name, is_bold=is_part),
        Cell(f"■ {row.state}" if is_part else row.state, is_bold=is_part, colour=colour),
        Cell(since, colour=colour),
        Cell(f"{row.people:,}", Align.RIGHT),
    )
