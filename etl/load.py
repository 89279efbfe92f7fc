"""Runner of the numbered SQL files: curated tables in, public tables out.

The curated tables stand in an attached in-memory database called `curated`, so that the file on disk holds the
public tables only. The order is the number in the file name, and it is proved before a statement runs: a file
may read only what the files before it have made.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.fault import BuildError
from etl.imported import Imported

SQL_FOLDER = Path(__file__).parent / "sql"
# A table is also 'named' by the statement that makes it.
_MADE = re.compile(r"^CREATE (?:TEMP )?TABLE (\w+)", re.MULTILINE)


class LoadError(BuildError):
    """A SQL file failed or stands in the wrong place; the message names the file."""


def attach_curated(
    con: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table], imported: Imported
) -> None:
    """Copy the curated tables into the in-memory database `curated`, and show there what was imported."""
    con.execute("ATTACH ':memory:' AS curated")
    for name, table in sorted(tables.items()):
        con.register("arriving", table)
        con.execute(f"CREATE TABLE curated.{_quoted(name)} AS FROM arriving")
        con.unregister("arriving")
    imported.attach(con)


def sql_files(folder: Path = SQL_FOLDER) -> list[Path]:
    """Return the numbered SQL files in the order in which they run."""
    return sorted(folder.glob("[0-9][0-9]_*.sql"))


def run_sql(
    con: duckdb.DuckDBPyConnection,
    folder: Path = SQL_FOLDER,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Run every SQL file of `folder`; `progress` gets the fraction done.

    Raises:
        LoadError: a statement fails, or a file reads a table that no earlier file has made.
    """
    files = sql_files(folder)
    for done, path in enumerate(files, start=1):
        try:
            # One transaction a file: hundreds of comments would otherwise be flushed to the disk one by one.
            con.begin()
            for statement in con.extract_statements(path.read_text(encoding="utf-8")):
                if statement.type == duckdb.StatementType.CREATE:
                    _require_known_tables(con, statement.query, path)
                con.execute(statement)
            con.commit()
        except (duckdb.IOException, duckdb.TransactionException):
            raise  # the disk, not the SQL: etl.build says so
        except duckdb.Error as fault:
            raise LoadError(f"{path.name}: {fault}") from fault
        progress(done / len(files))


def _require_known_tables(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    # DuckDB 2.0 keeps quotes and aliases in the names: curated."source" AS cited.
    named = {name.split(" AS ")[0].replace('"', "") for name in con.get_table_names(query, qualified=True)}
    missing = sorted(named - set(_known_tables(con)) - set(_MADE.findall(query)))
    if missing:
        raise LoadError(f"{path.name} は、まだ作られていない表を読んでいます: {', '.join(missing)}")


def _known_tables(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for database, table in con.execute("SELECT database_name, table_name FROM duckdb_tables()").fetchall():
        yield f"curated.{table}" if database == "curated" else table


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
