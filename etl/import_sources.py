"""The sources that imports may cite: the registered ones, and those of imported lists of sources."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.checked_file import one_line
from etl.import_record import ImportStoreError, imports_folder, read_imports
from etl.imported import IMPORTED_KINDS
from etl.intake.facts import Kind

SOURCES_FILE = "sources.csv"
_ELSEWHERE: Mapping[Kind, str] = {
    Kind.BOUNDARIES: "境界は `ibasho boundaries` で差し替えてください",
    Kind.COUNTS: "人数や件数の表は確認（`ibasho check`）だけができます",
    Kind.PDF: "PDF は確認（`ibasho check`）だけができます。読み取れた行を CSV か Excel に写して取り込んでください",
}


def require_takeable(kind: Kind, source_id: str, data: Path) -> None:
    """Refuse what is never taken in, and a source that nobody knows, before any work is done.

    Raises:
        ImportStoreError: the message says what to do instead.
    """
    if kind not in IMPORTED_KINDS:
        raise ImportStoreError(f"この種類のファイル（{kind}）は取り込めません。{_ELSEWHERE[kind]}。")
    if kind is not Kind.SOURCES and source_id not in source_ids(data):
        raise ImportStoreError(
            f"出典ID「{one_line(source_id)[:40]}」は登録されていません。data/{SOURCES_FILE} に1行足すか"
            "（source_id・表題・発行者・利用条件・クレジットは必須）、出典の一覧を"
            " `ibasho import FILE --kind sources` で取り込んでから、やり直してください。"
        )


def source_ids(data: Path) -> frozenset[str]:
    """Return the ids of the registered sources and of those that were imported.

    Raises:
        ImportStoreError: the list of sources cannot be read.
    """
    try:
        with (data / SOURCES_FILE).open(encoding="utf-8", newline="") as file:
            registered = {row["source_id"] for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as fault:
        raise ImportStoreError(f"出典の一覧 {SOURCES_FILE} を読めません（{data.name}）。") from fault
    return frozenset(registered - {""}) | _imported_sources(data).keys()


def _imported_sources(data: Path) -> dict[str, set[str]]:
    """Return the ids of imported sources, each with the imports that bring it."""
    found: dict[str, set[str]] = {}
    for entry in read_imports(data):
        if entry.kind is Kind.SOURCES:
            path = imports_folder(data) / entry.import_id / entry.part("facts")
            for source_id in pq.read_table(path, columns=["source_id"])["source_id"].to_pylist():
                found.setdefault(source_id, set()).add(entry.import_id)
    return found


def require_uncited(import_id: str, data: Path) -> None:
    """A list of sources cannot go while an import cites what it alone brought; a damaged one may always go."""
    if not import_id.startswith(f"{Kind.SOURCES}-"):
        return
    try:
        alone = {source for source, brought in _imported_sources(data).items() if brought == {import_id}}
        citing = [entry.import_id for entry in read_imports(data) if entry.source_id in alone]
    except (ImportStoreError, OSError, pa.ArrowException):
        return
    if citing:
        raise ImportStoreError(
            f"「{import_id}」の出典を使う取り込みがあります（{'、'.join(citing)}）。先にそちらを取り消してください。"
        )
