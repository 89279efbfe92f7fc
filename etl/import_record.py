"""What is remembered of an import: one folder with a record, its facts, the rows held back, and every message.

`data/imports/<import_id>/import.json` names the files that count. It is replaced last and in one step, so what it says is
always whole; a file that it does not name belongs to nobody.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from etl.fault import BuildError
from etl.intake.facts import Kind, Options
from etl.intake.handed_again import brought_again
from etl.intake.report import COUNTS, Outcome

FOLDER = "imports"
RECORD = "import.json"
PARTS = ("facts", "held", "messages")
ID = re.compile(r"[a-z]+-[0-9a-f]{8,16}")


class ImportStoreError(BuildError):
    """An import cannot be found, read, or written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Import:
    """One file that was taken in. `counts` keep the law rows = loaded + quarantined + duplicates + skipped.

    `facts` is what was recognised of the file (encoding, layout, heading row, …); `imported_at` is ISO 8601 in UTC;
    `revision` counts the times that held rows were tried again.
    """

    import_id: str
    kind: Kind
    file: str
    sha256: str
    source_id: str
    options: Options
    outcome: Outcome
    counts: Mapping[str, int]
    facts: Mapping[str, str]
    imported_at: str
    revision: int = 0

    def part(self, name: str) -> str:
        """Return the file name of one of `PARTS` in the folder of the import."""
        return f"{name}-{self.revision}.parquet" if self.revision else f"{name}.parquet"

    def revised(self, counts: Mapping[str, int]) -> "Import":
        """Return the record after held rows were tried again."""
        outcome = Outcome.QUARANTINE if counts["quarantined"] else Outcome.REPAIR
        return replace(self, counts=dict(counts), outcome=outcome, revision=self.revision + 1)


def imports_folder(data: Path) -> Path:
    """Return the folder of the imports of a data folder."""
    return data / FOLDER


def import_ids(data: Path) -> list[str]:
    """Return the ids of all imports in the order of their names, readable or not."""
    found = imports_folder(data).glob(f"*/{RECORD}")
    return sorted(path.parent.name for path in found if ID.fullmatch(path.parent.name))


def read_import(data: Path, import_id: str) -> Import:
    """Return one import.

    Raises:
        ImportStoreError: there is none of that name, or its record cannot be read.
    """
    path = imports_folder(data) / import_id / RECORD
    if not ID.fullmatch(import_id) or not path.is_file():
        known = "、".join(import_ids(data)) or "なし"
        raise ImportStoreError(f"取り込み「{import_id[:40]}」はありません（いまある取り込み: {known}）。")
    try:
        return _of(json.loads(path.read_text(encoding="utf-8")), import_id)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise damaged(import_id) from fault


def read_imports(data: Path) -> list[Import]:
    """Return all imports, the earliest first.

    Raises:
        ImportStoreError: a record cannot be read.
    """
    found = (read_import(data, import_id) for import_id in import_ids(data))
    return sorted(found, key=lambda entry: (entry.imported_at, entry.import_id))


def replacements(entries: Iterable[Import]) -> dict[tuple[str, int], str]:
    """Return for each held row (import and row) that a later import brings again the id of that import."""
    return {
        (import_id, row): entry.import_id
        for entry in entries
        for import_id, rows in brought_again(entry.facts).items()
        for row in rows
    }


def damaged(import_id: str) -> ImportStoreError:
    """Return the error of an import that cannot be read any more."""
    return ImportStoreError(
        f"取り込み「{import_id}」のファイルが壊れています。"
        f"`ibasho imports undo {import_id}` で取り消し、元のファイルをもう一度取り込んでください。"
    )


def files_of(data: Path, import_id: str) -> list[Path]:
    """Return the files of an import that count: the record and what it names."""
    folder = imports_folder(data) / import_id
    entry = read_import(data, import_id)
    return [folder / RECORD, *(folder / entry.part(name) for name in PARTS)]


def record_bytes(entry: Import) -> bytes:
    """Return what `import.json` says."""
    options = entry.options
    record: dict[str, Any] = {
        "import_id": entry.import_id,
        "kind": str(entry.kind),
        "file": entry.file,
        "sha256": entry.sha256,
        "source_id": entry.source_id,
        "options": options_json(options),
        "outcome": str(entry.outcome),
        "counts": {name: entry.counts[name] for name in COUNTS},
        "facts": dict(entry.facts),
        "imported_at": entry.imported_at,
        "revision": entry.revision,
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def options_json(options: Options) -> dict[str, Any]:
    """Return options as JSON can hold them, those that were not given left out."""
    told = {
        "fiscal_year": options.fiscal_year,
        "default_municipality": options.default_municipality or None,
        "on": options.on.isoformat() if options.on else None,
        "mapping": dict(sorted(options.mapping.items())) if options.mapping else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _of(record: Mapping[str, Any], import_id: str) -> Import:
    if record["import_id"] != import_id:
        raise ValueError(import_id)
    told = record["options"]
    options = Options(
        fiscal_year=told.get("fiscal_year"),
        default_municipality=told.get("default_municipality", ""),
        on=date.fromisoformat(told["on"]) if "on" in told else None,
        mapping=told.get("mapping"),
    )
    return Import(
        import_id=import_id,
        kind=Kind(record["kind"]),
        file=str(record["file"]),
        sha256=str(record["sha256"]),
        source_id=str(record["source_id"]),
        options=options,
        outcome=Outcome(record["outcome"]),
        counts={name: int(record["counts"][name]) for name in COUNTS},
        facts={str(key): str(value) for key, value in record["facts"].items()},
        imported_at=str(record["imported_at"]),
        revision=int(record["revision"]),
    )
