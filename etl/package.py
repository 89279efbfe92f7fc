"""The Frictionless data package (v1) that describes an export, written from the database's own comments."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from etl.current import file_sha256

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
}
FIELD_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}
# Data Package wants a name of the Open Definition or a path for each licence; what has neither is named as other.
LICENCE_NAMES = {"CC BY 4.0": "CC-BY-4.0"}


def package_of(con: duckdb.DuckDBPyConnection, files: Mapping[Path, str], out: Path) -> dict[str, Any]:
    """Return the package of `files` (path below `out` → public table).

    Only the CSV files carry a schema: they are the tables, the others are the same rows in another form.
    """
    info = dict(con.execute("SELECT key, value FROM build_info").fetchall())
    return {
        "profile": "data-package",
        "name": "ibasho-atlas",
        "title": "居場所アトラス 公開データ",
        "description": "Public tables of Ibasho Atlas: local public–private platforms against loneliness and isolation.",
        "version": info.get("build_id", ""),
        "created": info.get("built_at", ""),
        "licenses": _licences(con),
        "sources": _sources(con),
        "resources": [_resource(con, path, table, out) for path, table in files.items()],
    }


def _resource(con: duckdb.DuckDBPyConnection, path: Path, table: str, out: Path) -> dict[str, Any]:
    japanese, english = _meaning(
        con.execute(
            "SELECT comment FROM duckdb_tables() WHERE schema_name = 'main' AND table_name = ?", [table]
        ).fetchall()[0]
    )
    fmt = path.suffix.removeprefix(".")
    resource: dict[str, Any] = {
        "name": table.replace("_", "-") + ("" if fmt == "csv" else f"-{fmt}"),
        "path": path.as_posix(),
        "title": japanese,
        "description": english,
        "format": fmt,
        "mediatype": MEDIA_TYPES[fmt],
        "bytes": (out / path).stat().st_size,
        "hash": f"sha256:{file_sha256(out / path)}",
    }
    if fmt == "csv":
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema(con, table)}
    return resource


def _schema(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, Any]:
    columns = con.execute(
        """SELECT column_name, data_type, comment FROM duckdb_columns()
           WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index""",
        [table],
    ).fetchall()
    fields = []
    for name, data_type, comment in columns:
        japanese, english = _meaning((comment,))
        fields.append(
            {"name": name, "type": FIELD_TYPES[data_type], "title": japanese, "description": english}
        )
    return {"fields": fields, "missingValues": [""]}


def _meaning(row: tuple[Any, ...]) -> tuple[str, str]:
    japanese, _, english = str(row[0]).partition(" — ")
    return japanese, english


def _licences(con: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    rows = con.execute("SELECT DISTINCT licence FROM source ORDER BY licence").fetchall()
    return [{"name": LICENCE_NAMES.get(licence, "other-open"), "title": licence} for (licence,) in rows]


def _sources(con: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    rows = con.execute("SELECT credit, url FROM source ORDER BY source_id").fetchall()
    return [{"title": credit, **({"path": url} if url else {})} for credit, url in rows]
