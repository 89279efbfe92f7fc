"""The `ibasho` command: build, serve, query, export, and the subcommands of slides, intake and boundaries. Thin."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.commands.boundaries import BOUNDARIES_COMMAND
from dashboard.commands.command import PLACES, Command, CommandError, add_command, called
from dashboard.commands.intake import INTAKE_COMMANDS
from dashboard.commands.slides import SLIDES_COMMAND
from dashboard.web.address import HOST, PORT
from etl.fault import BuildError

TOLD = (BuildError, CommandError, OSError)
"""Faults that the user can mend: told in their own words, without a traceback."""
ANSWER_FORMATS = ("csv", "json", "table")

STOPPED_BY_USER = 130
PIPE_CLOSED = 141
ABOUT = """\
居場所アトラス: 孤独・孤立対策の官民連携プラットフォームと居場所を、年度ごと・自治体ごとに地図と出典で示します。
An atlas of public-private partnership against loneliness and of ibasho (places to be) in Japan.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit code: 0 done, 1 told fault, 2 wrong arguments or a refused file, 130 stopped."""
    for stream in (sys.stdout, sys.stderr):
        _say_in_utf8(stream)
    options = _parser().parse_args(arguments)
    try:
        code = called(options.run)(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return STOPPED_BY_USER
    except BrokenPipeError:  # the reader (`head`) has enough: what is left unsaid goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except TOLD as fault:
        print(f"ibasho: {fault}", file=sys.stderr)
        return 1
    return code or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ibasho", description=ABOUT, epilog=PLACES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    added = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for command in COMMANDS:
        add_command(added, command)
    return parser


def _build_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="結果を JSON 1 行で表示 (print the result as one line of JSON)"
    )
    parser.add_argument(
        "--force", action="store_true", help="最新でも作り直す (build again even if nothing changed)"
    )


def _serve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default=HOST, help="待ち受けるアドレス (address to listen on; default: %(default)s)"
    )
    parser.add_argument("--port", type=_port, default=PORT, help="ポート番号 (port; default: %(default)s)")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="ほかに応答してよいホスト名。繰り返し可 (a further host name that browsers may use; repeatable)",
    )


def _query_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sql", metavar="SQL", help="問い合わせ文 (DuckDB SQL; 表の一覧は SHOW TABLES)")
    parser.add_argument(
        "--format", choices=ANSWER_FORMATS, default="table", help="出力の形 (output; default: %(default)s)"
    )


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="書き出し先のフォルダー (folder to write to)"
    )


def _port(written: str) -> int:
    port = int(written)
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError("1–65535")
    return port


def _say_in_utf8(stream: object) -> None:
    """Print Japanese whatever the console's code page is (Windows)."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


OWN_COMMANDS = (
    Command(
        "build",
        "dashboard.commands.build:build",
        "地図の部品とデータベースを最新にします。",
        "Bring the map's front end and the database up to date.",
        "ibasho build --json",
        _build_options,
    ),
    Command(
        "serve",
        "dashboard.commands.build:serve_app",
        "アトラスをこのパソコンで開きます。",
        "Serve the atlas on this machine.",
        "ibasho serve --port 8600",
        _serve_options,
    ),
    Command(
        "query",
        "dashboard.commands.build:query",
        "データベースに SQL で問い合わせます（読み取り専用）。",
        "Ask the database in SQL (read-only).",
        'ibasho query "SELECT rule, municipalities FROM coverage_national WHERE fiscal_year = 2022" --format csv',
        _query_options,
    ),
    Command(
        "export",
        "dashboard.commands.build:export",
        "公開表のすべてを CSV・Excel・GeoJSON・GeoParquet に書き出します（datapackage.json 付き）。",
        "Write every public table as CSV, Excel, GeoJSON and GeoParquet, with a datapackage.json.",
        "ibasho export --out export",
        _export_options,
    ),
)
COMMANDS = (*OWN_COMMANDS, SLIDES_COMMAND, *INTAKE_COMMANDS, BOUNDARIES_COMMAND)


if __name__ == "__main__":
    sys.exit(main())
