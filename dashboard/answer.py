"""One SQL question of the user to the current build, and its answer as a table, CSV or JSON.

Only for the command line. The connection is `etl.build.connect`'s: it can read the build and nothing else.
"""

import csv
import io
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard.commands.command import CommandError
from etl.build import Build, connect

WIDE = 10_000
"""Columns of a table that does not go to a terminal: nothing is cut."""


class QuestionError(CommandError):
    """The database refuses the question; the message is its first line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Names of the columns and the rows under them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def answered(build: Build, sql: str) -> Answer:
    """Return the answer of `build` to one or more SQL statements (that of the last).

    Raises:
        QuestionError: the SQL is wrong, or asks for more than reading the build.
    """
    with connect(build) as connection:
        try:
            result = connection.execute(sql)
            return Answer(tuple(column[0] for column in result.description or ()), tuple(result.fetchall()))
        except duckdb.Error as fault:
            raise QuestionError(" ".join(str(fault).split("\n\n")[0].split())) from fault


def as_table(answer: Answer) -> str:
    """Return the answer as a table for reading, as wide as the terminal; an unknown value is empty."""
    console = Console(file=(printed := io.StringIO()), width=None if Console().is_terminal else WIDE)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, name in enumerate(answer.columns):
        number = all(isinstance(row[place], (int, float, Decimal, type(None))) for row in answer.rows)
        table.add_column(Text(name), justify="right" if number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    console.print(table)
    return "\n".join(line.rstrip() for line in printed.getvalue().splitlines())


def as_csv(answer: Answer) -> str:
    """Return the answer as CSV with a header; an unknown value is empty."""
    csv.writer(written := io.StringIO(), lineterminator="\n").writerows([answer.columns, *answer.rows])
    return written.getvalue().rstrip("\n")


def as_json(answer: Answer) -> str:
    """Return the answer as a JSON list of objects; an unknown value is null, a date is ISO 8601 text."""
    rows = [dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False, default=str)


def _plain(value: object) -> object:
    """Return the value as JSON has it: no decimals, and no number that is none."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


FORMATS: Mapping[str, Callable[[Answer], str]] = {"table": as_table, "csv": as_csv, "json": as_json}
