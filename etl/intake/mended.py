"""A checked file given back: mended rows as they would be loaded, rows held back with their own cells and the reason.

The headings are those of our own template, so that the file, once its last rows are mended, can be checked and taken in again.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from etl.form_sheet import Form
from etl.intake.facts import Checked, Kind, Options
from etl.intake.headings import assigned
from etl.intake.layouts import layouts_of, words_of
from etl.intake.report import RejectedError

REASONS = ("保留の理由", "直し方", "元の行")
"""Columns beside the original ones of a row that was held; the importer does not know them and leaves them out."""
FACT_OF: Mapping[str, str] = {
    "year": "fiscal_year",
    "status": "status_printed",
    "number": "number_printed",
    "areas": "areas_printed",
}
"""Column of a template → column of the facts, where they differ in name."""
MENDABLE = (Kind.PLATFORMS, Kind.GRANTEES, Kind.PLACES)
REVIEWED = "備考"
"""Column in which a candidate of a PDF says where it stands: page, mark, and the name as printed."""


@dataclass(frozen=True, slots=True)
class Body:
    """Names of an area as a list prints them; `municipality` is "" for a prefecture."""

    prefecture: str
    municipality: str


def mended(checked: Checked, options: Options, body_of: Callable[[str], Body]) -> Form:
    """Return the rows of a checked file in the order of the file, under the headings of our template.

    `body_of` tells the official names of a code. Duplicates and rows left out are no longer there.
    """
    kind = Kind(checked.report.kind)
    columns = [name for name in layouts_of(kind)[0].columns if name != "datum"]
    rows = {row["row"]: _loaded(row, columns, body_of) for row in checked.facts.to_pylist()}
    for row in checked.held.to_pylist():
        reasons = (row["problem"], row["mend"], str(row["row"]))
        rows[row["row"]] = (*_held(json.loads(row["cells"]), kind, columns, options), *reasons)
    words = words_of(kind)
    headings = (*(words[name] for name in columns), *REASONS)
    return Form(checked.report.file, headings, [rows[number] for number in sorted(rows)])


def faults(checked: Checked) -> Form:
    """Return every message of a checked file as a table."""
    headings = ("行", "列", "内容", "直し方", "補正前", "補正後")
    messages = checked.report.messages
    return Form(
        checked.report.file,
        headings,
        [(str(m.row) if m.row else "", m.column, m.problem, m.mend, m.before, m.after) for m in messages],
    )


def candidates(checked: Checked) -> Form:
    """Return the candidates of a PDF as rows of the template of platforms, to be compared with the paper before anything else.

    The status stays empty: a mark says what a body is, not whether it is new.
    """
    words = words_of(Kind.PLATFORMS)
    columns = tuple(words[name] for name in layouts_of(Kind.PLATFORMS)[0].columns)
    told = (json.loads(row["cells"]) | {words["status"]: ""} for row in checked.held.to_pylist())
    return Form(
        checked.report.file, columns, [tuple(cells.get(column, "") for column in columns) for cells in told]
    )


def _loaded(row: Mapping[str, Any], columns: list[str], body_of: Callable[[str], Body]) -> tuple[str, ...]:
    body = body_of(row["code"]) if row.get("code") else Body("", "")
    official = {"prefecture": body.prefecture, "municipality": body.municipality}
    cells = (official.get(name, row.get(FACT_OF.get(name, name))) for name in columns)
    return (*("" if cell is None else str(cell) for cell in cells), "", "", str(row["row"]))


def _held(cells: Mapping[str, str], kind: Kind, columns: list[str], options: Options) -> Iterator[str]:
    try:
        found = assigned(list(cells), kind, options)
    except RejectedError:  # the row is longer or shorter than the heading: only its text is known
        yield from ("" for _ in columns)
        return
    for name in columns:
        heading = found.printed.get(name)
        parts = found.joined.get(name, ())
        yield (
            cells.get(heading, "")
            if heading
            else " ".join(filter(None, (cells.get(part, "") for part in parts)))
        )
