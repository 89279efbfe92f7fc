"""Subcommands for lists that someone sends: their options, and their help in both languages."""

import argparse
from datetime import date
from pathlib import Path

from dashboard.commands.command import Command, Subparsers, add_command
from etl.intake.facts import Kind

RUN = "dashboard.commands.intake_run"
FIRST_YEAR, LAST_YEAR = 1989, 2100


def add_parser(added: Subparsers) -> None:
    """Add the subcommands to the parser of `ibasho`."""
    for command in INTAKE_COMMANDS:
        add_command(added, command)


def _file_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="渡されたファイル (the file that was sent)")
    parser.add_argument(
        "--kind",
        choices=[str(kind) for kind in Kind],
        required=True,
        help="ファイルの種類 (kind of the list)",
    )
    parser.add_argument(
        "--fiscal-year",
        type=_year,
        metavar="Y",
        help="年度の列がない一覧の年度 (fiscal year of a list without one)",
    )
    parser.add_argument(
        "--default-municipality",
        default="",
        metavar="X",
        help="市区町村の列がない一覧の市区町村（名前かコード） (municipality of a list that names none)",
    )
    parser.add_argument(
        "--on",
        type=_day,
        metavar="YYYY-MM-DD",
        help="資料の日付。その日の名称で読む (day of the document: names of that day count)",
    )
    parser.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE.toml",
        help='独自の見出しの対応。1行に 列 = "見出し" (own headings: column = "heading" in each line)',
    )
    parser.add_argument("--json", action="store_true", help="結果を JSON で表示 (print the result as JSON)")


def _import_options(parser: argparse.ArgumentParser) -> None:
    _file_options(parser)
    parser.add_argument(
        "--source",
        default="",
        metavar="ID",
        help="出典ID（data/sources.csv にあるもの） (id of the source that the rows cite)",
    )
    parser.add_argument(
        "--yes", action="store_true", help="変わる行を承認する (approve rows that are changed or removed)"
    )


def _imports_options(parser: argparse.ArgumentParser) -> None:
    added = parser.add_subparsers(metavar="ACTION", title="actions", required=True)
    listing = _action(
        added, "list", f"{RUN}:list_imports", "取り込んだファイルの一覧 (list what was taken in)"
    )
    listing.add_argument("--json", action="store_true", help="JSON で表示 (as JSON)")
    undoing = _action(added, "undo", f"{RUN}:undo_import", "取り込みを取り消す (take an import back)")
    undoing.add_argument("import_id", metavar="ID", help="取り込みID (id of the import)")


def _quarantine_options(parser: argparse.ArgumentParser) -> None:
    added = parser.add_subparsers(metavar="ACTION", title="actions", required=True)
    listing = _action(
        added, "list", f"{RUN}:list_held", "保留の行と理由の一覧 (list held rows with their reasons)"
    )
    listing.add_argument(
        "import_id", nargs="?", metavar="ID", help="取り込みID。なければ全部 (one import; default: all)"
    )
    listing.add_argument("--json", action="store_true", help="JSON で表示 (as JSON)")
    exporting = _action(
        added, "export", f"{RUN}:export_held", "保留の行を書き出す (write held rows to a file to mend)"
    )
    exporting.add_argument("import_id", metavar="ID", help="取り込みID (id of the import)")
    exporting.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="書き出し先 .csv か .xlsx (file to write)"
    )
    retrying = _action(
        added,
        "retry",
        f"{RUN}:retry_held",
        "保留の行を、いまの地域の表と別名でもう一度確かめる (check held rows again)",
    )
    retrying.add_argument(
        "import_id", nargs="?", metavar="ID", help="取り込みID。なければ全部 (one import; default: all)"
    )


def _template_options(parser: argparse.ArgumentParser) -> None:
    kinds = [str(kind) for kind in (Kind.PLATFORMS, Kind.GRANTEES, Kind.PLACES)]
    parser.add_argument(
        "--kind", choices=kinds, default=kinds[0], help="様式の種類 (kind of form; default: %(default)s)"
    )
    parser.add_argument(
        "--prefecture",
        required=True,
        metavar="P",
        help="都道府県の名前かコード (name or code of the prefecture)",
    )
    parser.add_argument("--fiscal-year", type=_year, required=True, metavar="Y", help="年度 (fiscal year)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="書き出し先 .xlsx か .csv (file to write)"
    )


def _action(added: Subparsers, name: str, run: str, told: str) -> argparse.ArgumentParser:
    parser = added.add_parser(name, help=told, description=told)
    parser.set_defaults(run=run)
    return parser


def _year(written: str) -> int:
    if not written.isascii() or not written.isdigit() or not FIRST_YEAR <= int(written) <= LAST_YEAR:
        raise argparse.ArgumentTypeError("西暦4桁で書いてください (four digits, such as 2025)")
    return int(written)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as fault:
        raise argparse.ArgumentTypeError("2025-04-01 の形で書いてください (YYYY-MM-DD)") from fault


INTAKE_COMMANDS = (
    Command(
        "check",
        f"{RUN}:check",
        "渡されたファイルを確かめます（何も書き込みません。終了コード 0: 使える、2: 使えない）。",
        "Check a file that was sent; nothing is written (exit code 0: usable, 2: rejected).",
        "ibasho check list.xlsx --kind platforms --json",
        _file_options,
    ),
    Command(
        "import",
        f"{RUN}:take",
        "渡されたファイルを確かめて取り込みます（終了コード 0: 取り込んだ、2: 取り込まない）。",
        "Check a file and take it in (exit code 0: taken in, 2: refused).",
        "ibasho import list.xlsx --kind platforms --source s2025-01",
        _import_options,
    ),
    Command(
        "imports",
        "",
        "取り込んだファイルを一覧にし、取り消します。",
        "List what was taken in, and take it back.",
        "ibasho imports undo platforms-3f2a9c1b",
        _imports_options,
    ),
    Command(
        "quarantine",
        "",
        "保留の行を一覧にし、書き出し、もう一度確かめます。",
        "List rows that are held back, write them to a file, check them again.",
        "ibasho quarantine export platforms-3f2a9c1b --out held.xlsx",
        _quarantine_options,
    ),
    Command(
        "template",
        f"{RUN}:write_template",
        "年度の確認の様式を、いま分かることを入れて作ります。",
        "Write the form of the yearly confirmation, filled in with what is known.",
        "ibasho template --prefecture 広島県 --fiscal-year 2025 --out hiroshima.xlsx",
        _template_options,
    ),
)
