"""Files that were sent become part of the data: checked, written whole or not at all, and taken back without a trace.

An import is a folder `data/imports/<import_id>/`. It gets its content under a hidden name, is flushed to the disk and then
renamed; it leaves in the same way. The id is made of kind and content, so the same file twice is recognised.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.checked_file import (
    CheckedFile,
    ImportRejectedError,
    check_file,
    check_upload,
    checked_file,
    one_line,
)
from etl.fill import fill_database
from etl.import_record import (
    ID,
    RECORD,
    Import,
    ImportStoreError,
    import_ids,
    imports_folder,
    read_import,
    read_imports,
    record_bytes,
)
from etl.import_sources import require_takeable, require_uncited
from etl.imported import MESSAGES, Imported, imported_of, with_id
from etl.intake.facts import FACTS, HELD, Kind, Options
from etl.intake.report import COUNTS, Message
from etl.lock import single_writer
from etl.publish import flush_file, flush_folder, write_whole
from etl.read import read_curated

__all__ = [
    "CheckedFile",
    "Import",
    "ImportRejectedError",
    "ImportStoreError",
    "check_file",
    "check_upload",
    "checked_file",
    "import_file",
    "imports",
    "known_import",
    "preview",
    "require_takeable",
    "take_in",
    "undo",
]

_DRAFT = ".import-"
_REMOVED = ".removed-"
_ID_DIGITS = (8, 12, 16)
_ALL_DIFFERENT = frozenset({"row", "name", "address", "lat", "lon"})
"""Columns whose texts hardly repeat: a dictionary of them would be built for nothing."""
_NEVER_SOUGHT = frozenset({"name", "address"})
"""Columns whose least and greatest text nobody asks for."""
_SMALL_KINDS = frozenset({Kind.PLATFORMS, Kind.GRANTEES, Kind.SOURCES})
"""Kinds whose effect on the whole is tried before they are kept; a list of places adds places and nothing else."""


def import_file(path: Path, kind: Kind, options: Options, source_id: str, data: Path) -> Import:
    """Check a file and take it in: facts, rows held back and messages; return the import, old or new.

    Raises:
        ImportRejectedError: nothing of the file can be used.
        ImportStoreError: the kind is not taken in, the source is unknown, or a folder cannot be written.
        BuildBusyError: another process is taking something in.
        CheckError: with this file the data would break a promise.
    """
    require_takeable(kind, source_id, data)
    return take_in(checked_file(path, kind, options, data), source_id, data)


def take_in(file: CheckedFile, source_id: str, data: Path) -> Import:
    """Write a checked file into the data folder; see `import_file` for what is raised."""
    if not file.report.is_usable:
        raise ImportRejectedError(file.report)
    require_takeable(file.kind, source_id, data)
    with writer(data) as folder:
        known = known_import(file, data)
        if known is not None:
            return known
        entry = new_import(file, source_id, data)
        draft = folder / f"{_DRAFT}{os.getpid()}-{entry.import_id}"
        try:
            write_parts(
                draft, entry, file.checked.facts, file.checked.held, messages_table(file.report.messages)
            )
            write_whole(draft / RECORD, record_bytes(entry))
            flush_folder(draft)
            require_good(data, entry, draft)
            draft.replace(folder / entry.import_id)
            flush_folder(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return entry


def known_import(file: CheckedFile, data: Path) -> Import | None:
    """Return the import of the same content, kind and options, if there is one."""
    for digits in _ID_DIGITS:
        import_id = f"{file.kind}-{file.digest[:digits]}"
        if import_id in import_ids(data):
            entry = read_import(data, import_id)
            if (entry.sha256, entry.options) == (file.sha256, file.options):
                return entry
    return None


def imports(data: Path) -> list[Import]:
    """Return all imports, the earliest first.

    Raises:
        ImportStoreError: a record cannot be read.
    """
    return read_imports(data)


def undo(import_id: str, data: Path) -> None:
    """Take an import back: the data folder is then as if it had never been.

    Raises:
        ImportStoreError: there is no such import, or other imports cite a source that it brought.
        BuildBusyError: another process is writing.
    """
    if not ID.fullmatch(import_id) or not (imports_folder(data) / import_id).is_dir():
        read_import(data, import_id)
    with writer(data) as folder:
        require_uncited(import_id, data)
        removed = folder / f"{_REMOVED}{os.getpid()}-{import_id}"
        (folder / import_id).replace(removed)
        flush_folder(folder)
        shutil.rmtree(removed)


def require_good(data: Path, entry: Import, folder: Path) -> None:
    """Try the data with an import whose files lie in `folder`; a list of places breaks no promise and is not tried.

    Raises:
        CuratedTableError, ImportStoreError, LoadError, CheckError: the data with that import cannot be built.
    """
    if entry.kind in _SMALL_KINDS:
        with preview(data, entry, folder):
            return


@contextmanager
def preview(
    data: Path, entry: Import | None = None, folder: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a database of today's data without imported places and geometry; with an import that is not kept yet, if given.

    `folder` holds the files of that import. If it is a new state of one that is kept, it stands in for that.

    Raises:
        CuratedTableError, ImportStoreError, LoadError, CheckError: the data (with that import) cannot be built.
    """
    own = entry.import_id if entry else ""
    entries = [kept for kept in imports(data) if kept.kind in _SMALL_KINDS and kept.import_id != own]
    folders = [imports_folder(data) / kept.import_id for kept in entries]
    if entry is not None and folder is not None:
        entries, folders = [*entries, entry], [*folders, folder]
    imported: Imported = imported_of(entries, folders)
    with duckdb.connect() as con:
        fill_database(con, read_curated(data), imported=imported)
        yield con


@contextmanager
def writer(data: Path) -> Iterator[Path]:
    """Hold the folder of imports for writing, swept of what killed runs left.

    Raises:
        BuildBusyError: another process holds it.
        ImportStoreError: the folder cannot be written.
    """
    folder = imports_folder(data)
    try:
        folder.mkdir(exist_ok=True)
        with single_writer(folder, "取り込み"):
            for pattern in (f"{_DRAFT}*", f"{_REMOVED}*"):
                for left in folder.glob(pattern):
                    shutil.rmtree(left, ignore_errors=True)
            yield folder
    except OSError as fault:
        raise ImportStoreError(
            f"取り込みのフォルダーに書けません（{fault.strerror or fault}）。空きと権限を確かめてください。"
            "データは前のままです。"
        ) from fault


def write_parts(folder: Path, entry: Import, facts: pa.Table, held: pa.Table, messages: pa.Table) -> None:
    """Write and flush the Parquet files of an import; the record, written afterwards, makes them count."""
    folder.mkdir(exist_ok=True)
    parts = {"facts": (facts, FACTS[entry.kind]), "held": (held, HELD), "messages": (messages, MESSAGES)}
    for name, (table, schema) in parts.items():
        typed = table.select(schema.names).cast(schema).replace_schema_metadata(None)
        path = folder / entry.part(name)
        written = with_id(typed, entry.import_id)
        pq.write_table(
            written,
            path,
            compression="zstd",
            use_dictionary=[name for name in written.column_names if name not in _ALL_DIFFERENT],
            write_statistics=[name for name in written.column_names if name not in _NEVER_SOUGHT],
        )
        flush_file(path)


def messages_table(messages: Iterable[Message]) -> pa.Table:
    """Return messages as they are stored, in their order."""
    told = list(messages)
    columns: dict[str, list[Any]] = {
        name: [getattr(message, name) for message in told] for name in MESSAGES.names
    }
    return pa.table(columns, schema=MESSAGES)


def new_import(file: CheckedFile, source_id: str, data: Path) -> Import:
    """Return the record that a checked file gets when it is taken in now."""
    taken = import_ids(data)
    names = (f"{file.kind}-{file.digest[:digits]}" for digits in _ID_DIGITS)
    report = file.report
    return Import(
        import_id=next(name for name in names if name not in taken),
        kind=file.kind,
        file=one_line(file.report.file),
        sha256=file.sha256,
        source_id=source_id,
        options=file.options,
        outcome=report.outcome,
        counts={name: int(getattr(report, name)) for name in COUNTS},
        facts=dict(report.facts),
        imported_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )
