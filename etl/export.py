"""The public tables as files: CSV, Excel, GeoJSON and GeoParquet, and a Frictionless data package around them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import shapely

from etl.current import connect_file
from etl.maps import LAYERS, geojson_bytes, geoparquet_bytes, map_layer
from etl.outlines import land_of, outlines_of
from etl.package import package_of
from etl.publish import flush_folder, write_whole
from etl.spreadsheet import Sheet, csv_bytes, xlsx_bytes
from etl.surroundings import DECIMALS, Frame, areas_within, label_point, rings_of

__all__ = [
    "DECIMALS",
    "MAP_FORMATS",
    "PUBLIC_TABLES",
    "SHEET_FORMATS",
    "Frame",
    "Sheet",
    "answer_bytes",
    "areas_within",
    "book_bytes",
    "export_all",
    "formats_of",
    "label_point",
    "land_of",
    "outline",
    "outlines_of",
    "read_sheet",
    "rings_of",
    "table_bytes",
]

PUBLIC_TABLES = (
    "coverage",
    "coverage_prefecture",
    "coverage_national",
    "participation",
    "participation_summary",
    "programme_list",
    "platform",
    "platform_member",
    "platform_statement",
    "regional_council",
    "evidence",
    "grant_programme",
    "grant_programme_term",
    "grant_award",
    "grant_area",
    "award_target",
    "grant_theme",
    "place",
    "place_target",
    "target_group",
    "target_term",
    "town",
    "area",
    "area_history",
    "ambiguous_name",
    "neighbour",
    "similar_area",
    "alias",
    "correction",
    "national_context",
    "control_total",
    "source",
    "import_log",
    "import_message",
    "quarantine",
    "map_geometry",
    "build_info",
)
SHEET_FORMATS = ("csv", "xlsx")
MAP_FORMATS = ("geojson", "parquet")
PACKAGE_FILE = "datapackage.json"


def formats_of(table: str) -> tuple[str, ...]:
    """Return the file formats that suit a public table."""
    return SHEET_FORMATS + (MAP_FORMATS if table in LAYERS else ())


def table_bytes(con: duckdb.DuckDBPyConnection, table: str, fmt: str) -> bytes:
    """Return one public table as a file: csv, xlsx, geojson or parquet.

    A map layer of coverage shows today's states, one feature for each area; csv and xlsx have every row.

    Raises:
        KeyError: no such public table, or a format that does not suit it; neither reaches SQL.
        FileNotFoundError: a geometry file of the build is missing.
    """
    if table not in PUBLIC_TABLES or fmt not in formats_of(table):
        raise KeyError(f"{table}.{fmt}")
    if fmt in MAP_FORMATS:
        layer = map_layer(con, table)
        return geojson_bytes(layer) if fmt == "geojson" else geoparquet_bytes(layer)
    sheet = read_sheet(con, table)
    return csv_bytes(sheet) if fmt == "csv" else xlsx_bytes(sheet)


def answer_bytes(
    title: str, rows: Sequence[Mapping[str, Any]], meanings: Mapping[str, tuple[str, str]], fmt: str
) -> bytes:
    """Return the rows of an answer as a file: csv or xlsx.

    Args:
        title: name of the sheet's content.
        rows: at least one; all with the same columns.
        meanings: column → its meaning in Japanese and English, in the order of the columns.
        fmt: csv (UTF-8 with BOM) or xlsx.
    """
    columns = tuple(meanings)
    cells = [tuple(row[column] for column in columns) for row in rows]
    sheet = Sheet(name="answer", title=title, columns=columns, meanings=tuple(meanings.values()), rows=cells)
    return csv_bytes(sheet) if fmt == "csv" else xlsx_bytes(sheet)


def book_bytes(sheet: Sheet, beside: Sequence[Sheet], fmt: str) -> bytes:
    """Return a table as a file: csv, or xlsx with the tables that stand `beside` it on sheets of their own."""
    return csv_bytes(sheet) if fmt == "csv" else xlsx_bytes(sheet, beside)


def outline(geometry_file: Path, code: str) -> Any:
    """Return the outline of one area of a geometry file as a GeoJSON geometry (longitude, latitude, EPSG:6668).

    Raises:
        FileNotFoundError: the file is missing.
        KeyError: the file does not show the area.
    """
    return shapely.geometry.mapping(outlines_of([geometry_file])[code])


def read_sheet(con: duckdb.DuckDBPyConnection, table: str) -> Sheet:
    """Return a public table with the meaning of its columns, its rows in the order in which they were stored."""
    described = con.execute(
        """SELECT column_name, split_part(comment, ' — ', 1), split_part(comment, ' — ', 2) FROM duckdb_columns()
           WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index""",
        [table],
    ).fetchall()
    title = con.execute(
        "SELECT split_part(comment, ' — ', 1) FROM duckdb_tables() WHERE schema_name = 'main' AND table_name = ?",
        [table],
    ).fetchall()
    return Sheet(
        name=table,
        title=str(title[0][0]),
        columns=tuple(column for column, _, _ in described),
        meanings=tuple((japanese, english) for _, japanese, english in described),
        rows=con.table(table).fetchall(),
    )


def export_all(database: Path, out: Path) -> tuple[Path, ...]:
    """Write every public table in every format that suits it below `out`, with a datapackage.json; return the files.

    Raises:
        OSError: a file cannot be written.
    """
    written: dict[Path, str] = {}
    with connect_file(database) as con:
        for table in PUBLIC_TABLES:
            for fmt in formats_of(table):
                path = out / fmt / f"{table}.{fmt}"
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, table_bytes(con, table, fmt))
                written[path] = table
        package = package_of(con, {path.relative_to(out): table for path, table in written.items()}, out)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    write_whole(out / PACKAGE_FILE, text.encode())
    for folder in {path.parent for path in written} | {out}:
        flush_folder(folder)
    return (*written, out / PACKAGE_FILE)
