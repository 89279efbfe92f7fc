"""A checked file on its way between two processes: JSON and Arrow in a folder, nothing that could run as code."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.intake.facts import Checked, Options
from etl.intake.report import COUNTS, Message, Outcome, Report

REQUEST, READY = "request.json", "ready"
REPORT, FACTS_PART, HELD_PART = "report.json", "facts.arrow", "held.arrow"


SMALLER = "ファイルを分けるか、必要な行と列だけにしてください"


class TransportError(Exception):
    """What arrived is not a checked file."""


def options_told(options: Options) -> dict[str, Any]:
    """Return options as plain values of JSON."""
    return {
        "fiscal_year": options.fiscal_year,
        "default_municipality": options.default_municipality,
        "on": options.on.isoformat() if options.on else None,
        "mapping": dict(options.mapping) if options.mapping is not None else None,
    }


def options_heard(told: Mapping[str, Any]) -> Options:
    """Return the options that `options_told` told."""
    on = told["on"]
    return Options(
        told["fiscal_year"],
        told["default_municipality"],
        date.fromisoformat(on) if on else None,
        told["mapping"],
    )


def put(checked: Checked, folder: Path) -> None:
    """Write a checked file into a folder; the report last, so that where it is whole all is."""
    _put_table(checked.facts, folder / FACTS_PART)
    _put_table(checked.held, folder / HELD_PART)
    report = checked.report
    messages = [
        [each.row, each.column, each.problem, each.mend, each.before, each.after] for each in report.messages
    ]
    told = {
        "file": report.file,
        "kind": str(report.kind),
        "outcome": str(report.outcome),
        "counts": {name: getattr(report, name) for name in COUNTS},
        "messages": messages,
        "facts": dict(report.facts),
    }
    # A name may hold what no UTF-8 can: it is written out.
    (folder / REPORT).write_text(json.dumps(told, ensure_ascii=True), encoding="ascii")


def taken(folder: Path) -> Checked:
    """Return the checked file of a folder. Its tables are looked through: the process that wrote them read a hostile file.

    Raises:
        TransportError: anything is missing or not what it should be.
    """
    try:
        told = json.loads((folder / REPORT).read_text(encoding="ascii"))
        report = Report(
            told["file"],
            told["kind"],
            Outcome(told["outcome"]),
            **{name: int(told["counts"][name]) for name in COUNTS},
            messages=tuple(Message(*each) for each in told["messages"]),
            facts=told["facts"],
        )
        return Checked(report, _taken_table(folder / FACTS_PART), _taken_table(folder / HELD_PART))
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as fault:
        raise TransportError from fault


def _put_table(table: pa.Table, path: Path) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _taken_table(path: Path) -> pa.Table:
    # Mapped, not copied: the child has ended, and nobody else knows the folder. Windows cannot remove a file that is mapped.
    opened = pa.OSFile(str(path), "rb") if sys.platform == "win32" else pa.memory_map(str(path), "r")
    with opened as source, pa.ipc.open_file(source) as reader:
        table = reader.read_all()
    table.validate(full=True)
    return table
