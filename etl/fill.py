"""The public tables made from the curated tables and the imports, in any database; `etl.build` keeps one, a preview none."""

from collections.abc import Callable, Mapping, Sequence

import duckdb
import pyarrow as pa

from etl.borders import NO_BORDERS
from etl.check import run_checks
from etl.geometry_file import GeometryFile
from etl.imported import Imported
from etl.load import attach_curated, run_sql


def fill_database(
    con: duckdb.DuckDBPyConnection,
    tables: Mapping[str, pa.Table],
    *,
    imported: Imported | None = None,
    geometry: Sequence[GeometryFile] = (),
    borders: pa.Table = NO_BORDERS,
    info: Mapping[str, str] | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Make every public table in `con` from the curated tables and the imports, and run all checks.

    `borders` are those of `etl.borders`; without them no area has a neighbour.

    Raises:
        LoadError, CheckError: a SQL file fails, or the result breaks a promise.
    """
    made = {
        "border": borders,
        "map_geometry": GeometryFile.table(geometry),
        "build_info": _info_table(info or {}),
    }
    attach_curated(con, {**tables, **made}, imported or Imported.none())
    run_sql(con, progress=progress)
    run_checks(con)
    con.execute("DETACH curated")


def _info_table(info: Mapping[str, str]) -> pa.Table:
    return pa.table(
        {"key": pa.array(info.keys(), pa.string()), "value": pa.array(info.values(), pa.string())}
    )
