"""Rows held back: seen, handed out to be mended, and tried again with what is known today."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.checked_file import checked_file
from etl.form_sheet import FORMS, Form
from etl.import_record import (
    PARTS,
    RECORD,
    Import,
    ImportStoreError,
    imports_folder,
    read_import,
    read_imports,
    record_bytes,
    replacements,
)
from etl.imports import messages_table, require_good, write_parts, writer
from etl.intake.facts import HELD, Checked, Kind
from etl.intake.handed_again import IMPORT_HEADING
from etl.intake.mended import REASONS
from etl.intake.privacy import MASK, is_contact_heading
from etl.intake.report import Message, Report
from etl.publish import flush_folder, write_whole

_SPELLING = frozenset({"row", "year_printed", "number_printed", "areas_printed", "status_printed", "note"})
_PRINTED = frozenset({"prefecture_printed", "name_printed"})
_KEYS = {
    Kind.PLATFORMS: ("code", "fiscal_year"),
    Kind.GRANTEES: ("organisation", "fiscal_year", "title", "code"),
    Kind.PLACES: ("name", "fiscal_year", "code", "address"),
    Kind.SOURCES: ("source_id",),
}
"""What two rows that speak of the same thing share; by the first column they are looked up."""
_CONTRADICTS = (
    "*",
    "取り込み済みの行と内容が食い違います",
    "どちらが正しいか確かめ、直した行を渡してください",
)
_ROW_NUMBERS = re.compile(r"([0-9]+(?:、[0-9]+)*)(?=…?行目)")


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row in quarantine: where it stands, its first fault, and its cells as printed (personal data masked).

    `replaced_by` is the import that brings the row again, where there is one; it is to be mended there, if at all.
    """

    import_id: str
    file: str
    row: int
    column: str
    problem: str
    mend: str
    cells: dict[str, str]
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Retried:
    """What became of the held rows of an import: how many joined, were known already, were left out, and are still held."""

    entry: Import
    joined: int = 0
    known: int = 0
    skipped: int = 0
    held: int = 0


def held_rows(data: Path, import_id: str | None = None) -> Iterator[HeldRow]:
    """Yield the rows in quarantine, of one import or of all, in the order of import and row.

    Raises:
        ImportStoreError: there is no such import, or it is damaged.
    """
    replaced = replacements(read_imports(data))
    for entry in _entries(data, import_id):
        for row in _stored(data, entry, "held").to_pylist():
            told = (row["row"], row["column"], row["problem"], row["mend"])
            again = replaced.get((entry.import_id, row["row"]), "")
            yield HeldRow(entry.import_id, entry.file, *told, cells=_cells(row["cells"]), replaced_by=again)


def export(data: Path, import_id: str, fmt: str) -> bytes:
    """Return the held rows of one import as csv or xlsx: their own columns, then why, how to mend them and where they stood.

    Rows that another import brings again are left out.

    Raises:
        ImportStoreError: there is no such import, or nothing of it is held.
        KeyError: another format.
    """
    rows = [row for row in held_rows(data, import_id) if not row.replaced_by]
    if not rows:
        raise ImportStoreError(f"取り込み「{import_id}」に保留の行はありません。")
    added = (*REASONS, IMPORT_HEADING)
    # What was handed out and came back with faults has these columns already.
    columns = [column for column in _headings(row.cells for row in rows) if column not in added]
    cells = [
        (*(row.cells.get(column, "") for column in columns), row.problem, row.mend, str(row.row), import_id)
        for row in rows
    ]
    return FORMS[fmt](Form(f"保留の行 {import_id}", (*columns, *added), cells))


def retry(import_id: str, data: Path) -> Retried:
    """Check the held rows of an import again from their raw cells; those that pass now join its facts.

    A row with a masked or lost cell is not tried: what stood there is unknown. Nor is one that another import brings again. A row
    that says the same as a loaded one counts as a duplicate; one that contradicts it stays held.
    rows = loaded + quarantined + duplicates + skipped holds before and after.

    Raises:
        ImportStoreError: there is no such import.
        ImportRejectedError: its held rows cannot be read as a list any more.
        CheckError: with these rows the data would break a promise; nothing was changed.
    """
    with writer(data) as folder:
        entry = read_import(data, import_id)
        held = _stored(data, entry, "held")
        replaced = replacements(read_imports(data))
        is_open = [
            (import_id, row["row"]) not in replaced and _is_known(_cells(row["cells"]), row["column"])
            for row in held.to_pylist()
        ]
        tried = held.filter(pa.array(is_open, pa.bool_()))
        if not len(tried):
            return Retried(entry, held=len(held))
        again = _checked_again(entry, tried, data)
        outcome = _Outcome.of(entry, _stored(data, entry, "facts"), tried, again)
        if not outcome.changes:
            return Retried(entry, held=len(held))
        still = pa.concat_tables(
            [held.filter(pa.array([not is_ for is_ in is_open], pa.bool_())), outcome.held]
        )
        revised = entry.revised(outcome.counts(entry, len(still)))
        place = folder / import_id
        try:
            messages = _messages(_stored(data, entry, "messages"), tried, outcome)
            write_parts(place, revised, outcome.all_facts, still.sort_by("row"), messages)
            require_good(data, revised, place)
            write_whole(place / RECORD, record_bytes(revised))
            flush_folder(place)
        finally:
            _sweep(place, read_import(data, import_id))
        told = (len(outcome.joined), outcome.known, outcome.skipped, len(still))
        return Retried(revised, *told)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Of the rows tried again: the facts that join, how many were known or left out, and the rows that are held again."""

    joined: pa.Table
    all_facts: pa.Table
    known: int
    skipped: int
    repaired: int
    held: pa.Table
    messages: tuple[Message, ...]

    @property
    def changes(self) -> int:
        """How many rows left the quarantine."""
        return len(self.joined) + self.known + self.skipped

    @classmethod
    def of(cls, entry: Import, loaded: pa.Table, tried: pa.Table, again: Checked) -> "_Outcome":
        """Weigh what passed the check against what is loaded. Row i + 2 of the list that was checked is row i of `tried`."""
        rows = tried["row"].to_pylist()
        passed = _renumbered(again.facts.select(loaded.schema.names), rows)
        fates = _fates(entry.kind, loaded, passed)
        joined = passed.filter(pa.array([fate == "new" for fate in fates], pa.bool_()))
        reasons = {row["row"]: row for row in _renumbered(again.held, rows).to_pylist()}
        for row, fate in zip(passed["row"].to_pylist(), fates, strict=True):
            if fate == "other":
                reasons[row] = dict(zip(("column", "problem", "mend"), _CONTRADICTS, strict=True))
        still = [
            {
                **row,
                **{
                    name: _with_rows(reasons[row["row"]][name], rows)
                    for name in ("column", "problem", "mend")
                },
            }
            for row in tried.to_pylist()
            if row["row"] in reasons
        ]
        messages = tuple(_renumbered_messages(again.report, rows))
        changed = {message.row for message in messages if message.before or message.after}
        return cls(
            joined=joined,
            all_facts=pa.concat_tables([loaded, joined]).sort_by("row"),
            known=fates.count("same") + again.report.duplicates,
            skipped=again.report.skipped,
            repaired=len(changed & set(joined["row"].to_pylist())),
            held=pa.Table.from_pylist(still, schema=HELD),
            messages=messages,
        )

    def counts(self, entry: Import, held: int) -> dict[str, int]:
        """Return the account of the import with these rows in their new places."""
        counts = dict(entry.counts)
        counts["loaded"] += len(self.joined)
        counts["repaired"] += self.repaired
        counts["duplicates"] += self.known
        counts["skipped"] += self.skipped
        counts["quarantined"] = held
        return counts


def _checked_again(entry: Import, tried: pa.Table, data: Path) -> Checked:
    rows = [_cells(cells) for cells in tried["cells"].to_pylist()]
    columns = _headings(rows)
    text = io.StringIO(newline="")
    writing = csv.writer(text, quoting=csv.QUOTE_ALL)
    writing.writerow(columns)
    writing.writerows([row.get(column, "") for column in columns] for row in rows)
    content = text.getvalue().encode("utf-8-sig")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{entry.import_id}.csv"
        path.write_bytes(content)
        return checked_file(path, entry.kind, entry.options, data).checked


def _fates(kind: Kind, loaded: pa.Table, passed: pa.Table) -> list[str]:
    """Return for each row that passed: new, same (as a loaded one), or other (same key, another content)."""
    said = [name for name in loaded.schema.names if name not in _SPELLING | _PRINTED]
    known: dict[tuple[Any, ...], set[str]] = {}
    first = _KEYS[kind][0]
    near = loaded.filter(pc.is_in(loaded[first], value_set=passed[first].combine_chunks()))
    for row in near.to_pylist():
        known.setdefault(_key(kind, row), set()).add(_content(row, said))
    fates = []
    for row in passed.to_pylist():
        same = known.get(_key(kind, row))
        fates.append("new" if same is None else "same" if _content(row, said) in same else "other")
    return fates


def _key(kind: Kind, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KEYS[kind])


def _content(row: dict[str, Any], names: Sequence[str]) -> str:
    return json.dumps([row[name] for name in names], ensure_ascii=False)


def _renumbered(table: pa.Table, rows: Sequence[int]) -> pa.Table:
    numbers = [rows[row - 2] for row in table["row"].to_pylist()]
    place = table.schema.get_field_index("row")
    return table.set_column(place, table.schema.field("row"), pa.array(numbers, pa.int32()))


def _renumbered_messages(report: Report, rows: Sequence[int]) -> Iterator[Message]:
    for told in report.messages:
        if told.row >= 2:
            problem = _with_rows(told.problem, rows)
            yield Message(rows[told.row - 2], told.column, problem, told.mend, told.before, told.after)


def _with_rows(text: str, rows: Sequence[int]) -> str:
    """Return a sentence in which the row numbers of the list that was tried again are those of the original file."""

    def original(found: re.Match[str]) -> str:
        numbers = [int(number) for number in found[1].split("、")]
        if not all(2 <= number < len(rows) + 2 for number in numbers):
            return found[1]
        return "、".join(str(rows[number - 2]) for number in numbers)

    return _ROW_NUMBERS.sub(original, text)


def _messages(before: pa.Table, tried: pa.Table, outcome: _Outcome) -> pa.Table:
    """Return the messages of the import: of rows that were tried again, those of today."""
    rows = set(tried["row"].to_pylist())
    kept = before.filter(pa.array([row not in rows for row in before["row"].to_pylist()], pa.bool_()))
    return pa.concat_tables([kept, messages_table(outcome.messages)]).sort_by("row")


def _stored(data: Path, entry: Import, part: str) -> pa.Table:
    path = imports_folder(data) / entry.import_id / entry.part(part)
    return pq.read_table(path).drop_columns(["import_id"])


def _entries(data: Path, import_id: str | None) -> list[Import]:
    return read_imports(data) if import_id is None else [read_import(data, import_id)]


def _cells(text: str) -> dict[str, str]:
    return {str(heading): str(cell) for heading, cell in json.loads(text).items()}


def _is_known(cells: dict[str, str], faulty: str) -> bool:
    """Whether all that would be read is known: no cell is masked, and the faulty one is not empty (a formula without a value).

    Columns of telephone and mail are read by nobody.
    """
    is_masked = any(MASK in cell and not is_contact_heading(heading) for heading, cell in cells.items())
    return not is_masked and cells.get(faulty) != ""


def _headings(rows: Iterable[dict[str, str]]) -> tuple[str, ...]:
    """Return every heading of the rows once, in the order in which they appear."""
    return tuple(dict.fromkeys(heading for row in rows for heading in row))


def _sweep(folder: Path, entry: Import) -> None:
    """Remove the files that the record does not name: an older state, or one that a fault left unfinished."""
    needed = {RECORD, *(entry.part(name) for name in PARTS)}
    for path in folder.iterdir():
        if path.name not in needed:
            path.unlink()
