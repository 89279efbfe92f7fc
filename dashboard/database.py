"""Questions to one build's database: read-only, each on a cursor of its own, stopped when it takes too long.

A connection shared between threads gave silent wrong results, so every question gets a cursor. A build never changes, so
answers are kept.
"""

from collections.abc import Mapping
from functools import lru_cache
from threading import Timer
from types import MappingProxyType
from typing import Any

import duckdb
import numpy as np

from etl.build import Build, connect

QUERY_LIMIT_S = 2.0
KEPT_ANSWERS = 1024

Row = Mapping[str, Any]
Rows = tuple[Row, ...]


class QueryTooSlowError(RuntimeError):
    """A question that was interrupted after `QUERY_LIMIT_S` seconds."""


class Database:
    """One build, asked. Rows are read-only mappings: column name → value, in the order of the question."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self._connection = connect(build)
        self.ask = lru_cache(maxsize=KEPT_ANSWERS)(self._ask)

    def _ask(self, sql: str, *values: str | int) -> Rows:
        return self.ask_unkept(sql, *values)

    def ask_unkept(self, sql: str, *values: object) -> Rows:
        """Return an answer and keep neither it nor its values: for what somebody looks for."""
        cursor = self.cursor()
        limit = Timer(QUERY_LIMIT_S, cursor.interrupt)
        limit.start()
        try:
            result = cursor.execute(sql, list(values))
            names = [column[0] for column in result.description or ()]
            return tuple(MappingProxyType(dict(zip(names, row, strict=True))) for row in result.fetchall())
        except duckdb.InterruptException as fault:
            raise QueryTooSlowError(f"{QUERY_LIMIT_S:.0f} s") from fault
        finally:
            limit.cancel()
            cursor.close()

    def arrays(self, sql: str, *values: object) -> Mapping[str, Any]:
        """Return the columns of an answer as arrays, however long it takes; an empty fraction is nan."""
        cursor = self.cursor()
        try:
            columns = cursor.execute(sql, list(values)).fetchnumpy()
        finally:
            cursor.close()
        return {name: _without_mask(column) for name, column in columns.items()}

    def one(self, sql: str, *values: str | int) -> Row | None:
        """Return the first row of an answer, None if there is none."""
        rows = self.ask(sql, *values)
        return rows[0] if rows else None

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor for one thread."""
        return self._connection.cursor()


def _without_mask(column: Any) -> Any:
    return np.ma.filled(column, np.nan) if column.dtype.kind == "f" else np.ma.getdata(column)
