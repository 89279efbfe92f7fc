"""What a subcommand of `ibasho` is, and how it becomes a parser whose help is Japanese first, then English.

A subcommand names the function that does its work: of all the libraries only those that it needs are loaded.
"""

import argparse
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

PLACES = """\
環境変数 IBASHO_BUILD_DIR: データベースと地図を置くフォルダー（指定しなければ data/build）
環境変数 IBASHO_DATA_DIR: 表と取り込みを置くフォルダー（指定しなければ data）
IBASHO_BUILD_DIR: where database and geometry lie (default: data/build)
IBASHO_DATA_DIR: where tables and imports lie (default: data)
"""

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - the only name of this type


class CommandError(RuntimeError):
    """A fault that the user can mend, told in its own words without a traceback."""


def no_options(_parser: argparse.ArgumentParser) -> None:
    """Add no options."""


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand: what it does in both languages, an example, and its options."""

    name: str
    run: str
    """Module and function that does the work: dashboard.commands.build:build. What it returns is the exit code, None is 0."""
    japanese: str
    english: str
    example: str
    options: Callable[[argparse.ArgumentParser], None] = no_options


def called(name: str) -> Callable[[argparse.Namespace], int | None]:
    """Return the function that a subcommand names, its module loaded."""
    function: Callable[[argparse.Namespace], int | None] = pkgutil.resolve_name(name)
    return function


def add_command(added: Subparsers, command: Command) -> argparse.ArgumentParser:
    """Add the parser of a subcommand."""
    parser = added.add_parser(
        command.name,
        help=f"{command.japanese} {command.english}",
        description=f"{command.japanese}\n{command.english}",
        epilog=f"例 (example): {command.example}\n\n{PLACES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=command.run)
    command.options(parser)
    return parser
