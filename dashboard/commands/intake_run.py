"""What the subcommands for lists that someone sends do: check, import, imports, quarantine and template.

Exit codes: 0 the file can be used (what is held back is counted), 2 it cannot and nothing was written, 1 any other told fault.
"""

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.changes import Change, changes
from etl.current import current_build
from etl.folders import data_folder
from etl.form_sheet import FORMS
from etl.import_record import Import, replacements
from etl.imports import (
    CheckedFile,
    ImportRejectedError,
    ImportStoreError,
    check_file,
    checked_file,
    imports,
    known_import,
    require_takeable,
    take_in,
    undo,
)
from etl.intake.facts import Kind, Options
from etl.intake.handed_again import brought_again
from etl.intake.report import WHOLE_ROW
from etl.publish import write_whole
from etl.quarantine import export, held_rows, retry
from etl.templates import template

REFUSED = 2
MOST_TOLD = 20
Given = argparse.Namespace
_YES = frozenset({"y", "yes", "はい"})


def check(options: Given) -> int:
    """Check a file and tell what would become of each row; nothing is written."""
    report = check_file(
        options.file, Kind(options.kind), _said(options), data_folder(), has_facts=False
    ).report
    if options.json:
        _print_json(report.json())
    else:
        _print_lines(report.lines(), to_errors=not report.is_usable)
    return 0 if report.is_usable else REFUSED


def take(options: Given) -> int:
    """Check a file, show what it would change, and take it in."""
    data = data_folder()
    try:
        require_takeable(Kind(options.kind), options.source, data)
        file = checked_file(options.file, Kind(options.kind), _said(options), data)
        known = known_import(file, data)
        changed = [] if known else changes(file, options.source, data)
        if not options.json:
            _print_lines(file.report.lines())
            _print_lines(change.line() for change in changed[:MOST_TOLD])
            if len(changed) > MOST_TOLD:
                print(f"ほか {len(changed) - MOST_TOLD:,}件の変更")
        if not _is_approved(changed, is_approved=options.yes):
            return REFUSED
        entry = take_in(file, options.source, data)
    except ImportRejectedError as fault:
        if options.json:
            _print_json(fault.report.json())
        else:
            _print_lines(fault.report.lines(), to_errors=True)
        return REFUSED
    except ImportStoreError as fault:
        print(f"ibasho: {fault}", file=sys.stderr)
        return REFUSED
    if options.json:
        _print_json(_taken(file, entry, changed, is_new=known is None))
    elif known:
        print(f"取り込み済みのファイルです: {entry.import_id}（{entry.imported_at}）。何も変わりません。")
    else:
        print(f"取り込みました: {entry.import_id}。`ibasho build` で画面に反映されます。")
        print(f"取り消すには `ibasho imports undo {entry.import_id}`")
        _print_lines(_held_before(entry, imports(data)))
    return 0


def _held_before(entry: Import, entries: Iterable[Import]) -> Iterator[str]:
    """Tell of rows held back earlier that came with this file: those it names, and those of a file of the same name."""
    for import_id, rows in brought_again(entry.facts).items():
        shown = "、".join(map(str, rows[:MOST_TOLD])) + ("…" if len(rows) > MOST_TOLD else "")
        yield f"保留していた行の渡し直しとして受け取りました: {import_id} の {shown}行目"
    entries = list(entries)
    replaced = Counter(import_id for import_id, _ in replacements(entries))
    for other in entries:
        is_same_file = (other.kind, other.file) == (entry.kind, entry.file)
        if other.import_id != entry.import_id and is_same_file and _open_rows(other, replaced):
            yield (
                f"同じ名前のファイルの取り込み {other.import_id} に、保留の行が {_open_rows(other, replaced):,} あります。"
                f"いまのファイルがその全体を直したものなら、`ibasho imports undo {other.import_id}` で"
                "前のものを取り消してください。"
            )


def _open_rows(entry: Import, replaced: Mapping[str, int]) -> int:
    return entry.counts["quarantined"] - replaced.get(entry.import_id, 0)


def list_imports(options: Given) -> None:
    """List what was taken in, the earliest first."""
    entries = imports(data_folder())
    if options.json:
        _print_json([_entry(entry) for entry in entries])
    elif not entries:
        print("取り込んだファイルはありません。")
    else:
        replaced = Counter(import_id for import_id, _ in replacements(entries))
        for entry in entries:
            counts = f"取り込み {entry.counts['loaded']:,}、保留 {_open_rows(entry, replaced):,}"
            if again := replaced[entry.import_id]:
                counts += f"、渡し直し済み {again:,}"
            print(
                f"{entry.import_id}  {entry.imported_at}  {entry.file}  出典 {entry.source_id or '–'}  {counts}"
            )


def undo_import(options: Given) -> None:
    """Take an import back."""
    undo(options.import_id, data_folder())
    print(f"取り消しました: {options.import_id}。`ibasho build` で画面に反映されます。")


def list_held(options: Given) -> None:
    """List the rows in quarantine with their reasons; those that another import brings again are only counted."""
    rows = list(held_rows(data_folder(), options.import_id))
    if options.json:
        told = ("import_id", "file", "row", "column", "problem", "mend", "cells", "replaced_by")
        _print_json([{name: getattr(row, name) for name in told} for row in rows])
        return
    open_ = [row for row in rows if not row.replaced_by]
    for row in open_:
        column = f"「{row.column}」列" if row.column not in {"", WHOLE_ROW} else ""
        print(f"{row.import_id}  {row.file} {row.row}行目{column}: {row.problem} → {row.mend}")
    again = f"（ほかに渡し直し済み {len(rows) - len(open_):,}）" if len(rows) > len(open_) else ""
    print(f"保留の行: {len(open_):,}{again}")


def export_held(options: Given) -> None:
    """Write the held rows of one import to a file that can be mended and handed in again."""
    write_whole(options.out, export(data_folder(), options.import_id, _format_of(options.out, tuple(FORMS))))
    print(f"書き出しました: {options.out}。直して、もう一度 `ibasho import` で取り込めます。")


def retry_held(options: Given) -> None:
    """Check held rows again with the areas and aliases of today."""
    data = data_folder()
    ids = [options.import_id] if options.import_id else [entry.import_id for entry in imports(data)]
    for import_id in ids:
        done = retry(import_id, data)
        moved = f"取り込み {done.joined:,}、重複 {done.known:,}、対象外 {done.skipped:,}、保留のまま {done.held:,}"
        print(f"{import_id}: {moved}")


def write_template(options: Given) -> None:
    """Write the form of the yearly confirmation of a prefecture."""
    fmt = _format_of(options.out, tuple(FORMS))
    database = current_build().database
    write_whole(
        options.out, template(Kind(options.kind), options.prefecture, options.fiscal_year, database, fmt)
    )
    print(f"書き出しました: {options.out}")


def _said(options: Given) -> Options:
    """Return what was said about the file.

    Raises:
        ImportStoreError: the mapping cannot be read.
    """
    mapping = _mapping(options.mapping) if options.mapping else None
    return Options(options.fiscal_year, options.default_municipality, options.on, mapping)


def _mapping(path: Path) -> dict[str, str]:
    """Return column → heading as printed from a TOML file: at its top, or under [columns]."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ImportStoreError(f"列の対応の表 {path.name} を読めません（{fault}）。") from fault
    columns = read.get("columns", read)
    if not isinstance(columns, dict) or not all(isinstance(heading, str) for heading in columns.values()):
        raise ImportStoreError(f'列の対応の表 {path.name} は、列 = "見出し" の形で書いてください。')
    return {str(column): str(heading) for column, heading in columns.items()}


def _is_approved(changed: Sequence[Change], *, is_approved: bool) -> bool:
    """Ask before anything that is shown now is removed or changed; rows that are only added need no answer."""
    open_ = [change for change in changed if change.effect.needs_approval]
    if not open_ or is_approved:
        return True
    question = f"いまの内容が {len(open_):,}件 変わります。"
    if sys.stdin.isatty():
        return input(f"{question}取り込みますか [y/N] ").strip().lower() in _YES
    print(
        f"ibasho: {question}内容を確かめ、よければ --yes を付けて実行してください。何も取り込んでいません。",
        file=sys.stderr,
    )
    return False


def _taken(file: CheckedFile, entry: Import, changed: Sequence[Change], *, is_new: bool) -> dict[str, Any]:
    names = ("fiscal_year", "code", "prefecture", "name", "effect", "before", "after")
    told = [{name: getattr(change, name) for name in names} for change in changed]
    return {"import_id": entry.import_id, "is_new": is_new, **file.report.json(), "changes": told}


def _entry(entry: Import) -> dict[str, Any]:
    names = ("import_id", "kind", "file", "sha256", "source_id", "outcome", "imported_at")
    return {**{name: getattr(entry, name) for name in names}, **entry.counts}


def _format_of(path: Path, known: Sequence[str]) -> str:
    fmt = path.suffix.lower().removeprefix(".")
    if fmt not in known:
        raise ImportStoreError(
            f"{path.name}: 書き出せる形は {'・'.join(f'.{name}' for name in known)} です。"
        )
    return fmt


def _print_json(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False))


def _print_lines(lines: Iterable[str], *, to_errors: bool = False) -> None:
    for line in lines:
        print(line, file=sys.stderr if to_errors else sys.stdout)
