"""One file checked: what it is, which of its rows may be loaded, and why the others may not. Nothing is written."""

import json
import pkgutil
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.cleaning import whole
from etl.intake.context import Context
from etl.intake.facts import HELD, Checked, Kind, Options, rejected
from etl.intake.guard import Material
from etl.intake.handed_again import rows_brought_again
from etl.intake.headings import HeadingSought, assigned, not_found
from etl.intake.kinds import counts, grantees, places, platforms, sources
from etl.intake.limits import PLACE_ROWS, ROWS
from etl.intake.privacy import MASK, is_contact_heading, is_personal_heading, masked, personal_cells
from etl.intake.readers import HeadingNotFoundError, read_sheet
from etl.intake.records import Records, no_rows
from etl.intake.report import Fate, Message, RejectedError, Report
from etl.intake.sheet import Sheet

__all__ = ["KINDS", "NO_LISTS", "check", "other_check", "rejected"]

KINDS: Mapping[Kind, Callable[[Records, Context], pa.Table]] = {
    Kind.PLATFORMS: platforms.read,
    Kind.GRANTEES: grantees.read,
    Kind.PLACES: places.read,
    Kind.SOURCES: sources.read,
    Kind.COUNTS: counts.read,
}


NO_LISTS: Mapping[Kind, str] = {
    Kind.BOUNDARIES: "etl.intake.boundaries:check_boundaries",
    Kind.PDF: "etl.intake.pdf:check_pdf",
}
"""What checks a file that is no list, by name: it needs libraries that take longer to load than a list to be checked."""


def other_check(kind: Kind) -> Callable[..., Checked]:
    """Return what checks a file of one of the kinds `NO_LISTS`, its libraries loaded."""
    function: Callable[..., Checked] = pkgutil.resolve_name(NO_LISTS[kind])
    return function


def check(material: Material, kind: Kind, options: Options, context: Context) -> Checked:
    """Return the account of a file, the facts of its rows to load, and the rows held back. Bad input never raises."""
    if kind is Kind.BOUNDARIES:
        return other_check(kind)(material, context)
    if kind is Kind.PDF:
        return _candidates(material, context)
    name, recognised = material.name, {"sha256": material.sha256}
    try:
        sheet, records = _records(material, kind, options)
        del material  # the content of a large file is not kept while its rows are judged
        recognised |= {**sheet.facts, "layout": records.columns.layout.title}
        facts = KINDS[kind](records, context)
    except RejectedError as fault:
        return rejected(name, kind, fault, recognised | _headings_told(fault))
    ledger = records.ledger
    if not np.any(np.isin(ledger.fates, (Fate.LOADED, Fate.QUARANTINED, Fate.DUPLICATE))):
        return rejected(name, kind, no_rows(), recognised)
    held = _held(records)
    ledger.messages = _messages(records)
    recognised |= rows_brought_again(sheet, ledger, kind)
    report = Report.of(name, kind, ledger, recognised)
    loaded = ledger.loaded()
    return Checked(report, facts if len(loaded) == len(facts) else facts.take(pa.array(loaded)), held)


def _candidates(material: Material, context: Context) -> Checked:
    try:
        return other_check(Kind.PDF)(material, context.gazetteer)
    except RejectedError as fault:
        return rejected(material.name, Kind.PDF, fault, {"sha256": material.sha256})


def _headings_told(fault: RejectedError) -> dict[str, str]:
    """The headings to choose from when a person says what the columns mean, as a JSON list."""
    return {"headings": json.dumps(fault.headings, ensure_ascii=False)} if fault.headings else {}


def _records(material: Material, kind: Kind, options: Options) -> tuple[Sheet, Records]:
    sought = HeadingSought(kind, options)
    most_rows = PLACE_ROWS if kind is Kind.PLACES else ROWS
    try:
        sheet = read_sheet(material, is_heading=sought, most_rows=most_rows)
    except HeadingNotFoundError as fault:
        raise not_found(fault.first_rows, kind, options) from fault
    row = int(sheet.facts.get("heading_row", 1))
    columns = assigned(list(sheet.columns), kind, options, row=row, cells=sought.cells)
    return sheet, Records(sheet, columns, options)


def _messages(records: Records) -> list[Message]:
    """What is told: no change of a row that is not loaded, and nothing out of a row with personal data."""
    ledger = records.ledger
    others = set(ledger.rows[ledger.fates != Fate.LOADED].tolist())
    return [
        _without_personal_data(message, records.private_rows)
        for message in ledger.messages
        if message.row not in others or not (message.before or message.after)
    ]


def _held(records: Records) -> pa.Table:
    """The rows in quarantine: first fault of each, and every cell of it as printed, personal data masked."""
    first: dict[int, Message] = {}
    for message in records.ledger.messages:
        if message.mend:
            first.setdefault(message.row, message)
    indices = records.ledger.held()
    columns = {heading: _told(heading, column, indices) for heading, column in records.sheet.columns.items()}
    rows = records.ledger.rows[indices].tolist()
    cells = [
        json.dumps(dict(zip(columns, texts, strict=True)), ensure_ascii=False)
        for texts in zip(*columns.values(), strict=True)
    ]
    faults = [_without_personal_data(first[row], records.private_rows) for row in rows]
    return pa.Table.from_pydict(
        {
            "row": rows,
            "column": [fault.column for fault in faults],
            "problem": [fault.problem for fault in faults],
            "mend": [fault.mend for fault in faults],
            "cells": cells,
        },
        schema=HELD,
    )


def _told(heading: str, column: pa.StringArray, indices: np.ndarray) -> list[str]:
    """The cells of some rows, with a mask over what may be about a person."""
    texts = whole(column).take(pa.array(indices))
    if is_contact_heading(heading) or is_personal_heading(heading):
        texts = pc.if_else(pc.equal(texts, ""), "", MASK)
    told: list[str] = texts.to_pylist()
    for hits in personal_cells(texts).values():
        for place in hits.tolist():
            told[place] = MASK
    return told


def _without_personal_data(message: Message, private_rows: set[int]) -> Message:
    """A row that holds personal data is not quoted in any message."""
    if message.row not in private_rows:
        return message
    return Message(message.row, message.column, masked(message.problem), masked(message.mend))
