"""What was imported, as tables of the build: read from the files of the imports without a loop over rows.

In the database `curated` they stand beside the curated tables: `import_log` (one row per import), and one table for each kind of
file with the rows of all imports.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.import_record import Import, damaged, imports_folder, options_json, read_imports, replacements
from etl.intake.facts import FACTS, HELD, Kind
from etl.intake.report import COUNTS

IMPORTED_KINDS = (Kind.PLATFORMS, Kind.GRANTEES, Kind.PLACES, Kind.SOURCES)
IMPORT_ID = pa.field("import_id", pa.string())
MESSAGES = pa.schema(
    [
        pa.field("row", pa.int32()),
        *(pa.field(name, pa.string()) for name in ("column", "problem", "mend", "before", "after")),
    ]
)
LOG = pa.schema(
    [
        IMPORT_ID,
        pa.field("place_in_order", pa.int32()),
        *(pa.field(name, pa.string()) for name in ("kind", "file", "sha256", "source_id")),
        *(pa.field(name, pa.string()) for name in ("options", "recognised", "outcome")),
        *(pa.field(name, pa.int64()) for name in COUNTS),
        pa.field("imported_at", pa.string()),
    ]
)
REPLACED = pa.schema([IMPORT_ID, pa.field("row", pa.int32()), pa.field("replaced_by", pa.string())])
_SQL = Path(__file__).parent / "sql"
_ONE_PLACE_ONCE = tuple(
    (_SQL / name).read_text(encoding="utf-8")
    for name in ("08_folded.sql", "24_known_place.sql", "25_same_place.sql")
)
MOST_POINTS = 50_000
"""Imported places that the map gets one by one; of more it gets one spot for each municipality and square, with their number."""
_SQUARES = (0.002, 0.01, 0.05, 1000.0)
"""Sides of the squares in degrees, the finest first; in the last one a municipality is one spot."""
_POINTS = """
CREATE TEMP TABLE listing AS
SELECT place_id, name, kind, lat, lon, code, status, false AS is_imported FROM curated.place
UNION ALL
SELECT
    'i' || regexp_extract(import_id, '[0-9a-f]+$') || '-' || row, name, kind, lat, lon, code, 'listed', true
FROM curated.import_places
ANTI JOIN known_place USING (import_id, row)
WHERE lat IS NOT NULL AND lon IS NOT NULL;

CREATE TEMP TABLE drawn_elsewhere AS
WITH
same AS (
    FROM same_place
    UNION
    SELECT same_as, same_as FROM same_place
)
SELECT place_id
FROM listing
JOIN same USING (place_id)
QUALIFY row_number() OVER (PARTITION BY same_as ORDER BY lat IS NULL, place_id <> same_as, place_id) > 1;

CREATE TEMP TABLE point AS FROM listing ANTI JOIN drawn_elsewhere USING (place_id)
"""
"""Of a place in several lists the first listing that has a point is drawn."""
_ONE_BY_ONE = "SELECT * EXCLUDE (is_imported) FROM point"
_COUNT = "SELECT count(*) FROM (SELECT DISTINCT code, floor(lat / $side), floor(lon / $side) FROM point WHERE is_imported)"
_SPOTS = """
SELECT place_id, name, kind, lat, lon, code, status, 1 AS places FROM point WHERE NOT is_imported
UNION ALL
SELECT
    'i-' || code || '-' || row_number() OVER (PARTITION BY code ORDER BY floor(lat / $side), floor(lon / $side)),
    CASE WHEN count(*) = 1 THEN any_value(name) ELSE '' END,
    CASE WHEN count(*) = 1 THEN any_value(kind) ELSE '' END,
    round(avg(lat), 6), round(avg(lon), 6), code, 'listed', count(*)
FROM point
WHERE is_imported
GROUP BY code, floor(lat / $side), floor(lon / $side)
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """All imports of a data folder: the log, the Parquet files by the table that they fill, and held rows that came again."""

    log: pa.Table
    files: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    replaced: pa.Table = field(default_factory=REPLACED.empty_table)

    @classmethod
    def none(cls) -> "Imported":
        """Return what a folder without imports has."""
        return cls(LOG.empty_table())

    def attach(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make `import_log`, `import_replaced` and the tables of the imported rows in the database `curated` of a connection."""
        for name, table in {"import_log": self.log, "import_replaced": self.replaced}.items():
            _attach_arrow(con, name, table)
        for name, schema in SCHEMAS.items():
            _attach_table(con, name, schema, self.files.get(name, ()))

    def points(self, places: pa.Table) -> pa.Table:
        """Return what the map draws: the curated places and the imported ones that have a point, each place once.

        A browser cannot hold a million points: more than `MOST_POINTS` imported ones are drawn as spots, `places` in each.
        """
        with duckdb.connect() as con:
            con.execute("ATTACH ':memory:' AS curated")
            con.register("arriving", places)
            con.execute("CREATE TABLE curated.place AS FROM arriving")
            self.attach(con)
            for question in (*_ONE_PLACE_ONCE, _POINTS):
                con.execute(question)
            if _number(con, "SELECT count(*) FROM point WHERE is_imported") <= MOST_POINTS:
                return con.sql(_ONE_BY_ONE).to_arrow_table()
            fitting = (side for side in _SQUARES if _number(con, _COUNT, side=side) <= MOST_POINTS)
            return con.sql(_SPOTS, params={"side": next(fitting, _SQUARES[-1])}).to_arrow_table()


def _number(con: duckdb.DuckDBPyConnection, question: str, **values: float) -> int:
    return int(con.execute(question, values).fetchall()[0][0])


def read_imported(data: Path) -> Imported:
    """Return everything that was imported into a data folder.

    Raises:
        ImportStoreError: a record or a file of an import is missing or damaged.
    """
    entries = read_imports(data)
    return imported_of(entries, [imports_folder(data) / entry.import_id for entry in entries])


def imported_of(entries: Sequence[Import], folders: Sequence[Path]) -> Imported:
    """Return these imports, whose files lie in these folders, in this order.

    Raises:
        ImportStoreError: a file is missing or has other columns than its kind.
    """
    files: dict[str, list[Path]] = {name: [] for name in SCHEMAS}
    for entry, folder in zip(entries, folders, strict=True):
        tables = {"facts": TABLE_OF[entry.kind], "held": "import_held", "messages": "import_messages"}
        for part, name in tables.items():
            path = folder / entry.part(part)
            _require_whole(path, SCHEMAS[name], entry.import_id)
            files[name].append(path)
    return Imported(_log(entries), {name: tuple(paths) for name, paths in files.items()}, _replaced(entries))


def with_id(table: pa.Table, import_id: str) -> pa.Table:
    """Return the table with the id of its import as the first column, as it is stored."""
    return table.add_column(0, IMPORT_ID, pa.repeat(pa.scalar(import_id), len(table)))


def _with_id(schema: pa.Schema) -> pa.Schema:
    return pa.schema([IMPORT_ID, *schema])


TABLE_OF: Mapping[Kind, str] = {
    Kind.PLATFORMS: "import_platforms",
    Kind.GRANTEES: "import_grantees",
    Kind.PLACES: "import_places",
    Kind.SOURCES: "import_sources",
}
SCHEMAS: Mapping[str, pa.Schema] = {
    **{name: _with_id(FACTS[kind]) for kind, name in TABLE_OF.items()},
    "import_held": _with_id(HELD),
    "import_messages": _with_id(MESSAGES),
}


def _log(entries: Iterable[Import]) -> pa.Table:
    rows = [
        {
            "import_id": entry.import_id,
            "place_in_order": place,
            "kind": str(entry.kind),
            "file": entry.file,
            "sha256": entry.sha256,
            "source_id": entry.source_id or None,
            "options": json.dumps(options_json(entry.options), ensure_ascii=False),
            "recognised": json.dumps(dict(entry.facts), ensure_ascii=False),
            "outcome": str(entry.outcome),
            "imported_at": entry.imported_at,
            **entry.counts,
        }
        for place, entry in enumerate(entries, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=LOG)


def _replaced(entries: Iterable[Import]) -> pa.Table:
    rows = [
        {"import_id": import_id, "row": row, "replaced_by": by}
        for (import_id, row), by in replacements(entries).items()
    ]
    return pa.Table.from_pylist(rows, schema=REPLACED)


def _require_whole(path: Path, schema: pa.Schema, import_id: str) -> None:
    try:
        found = pq.read_schema(path)
    except (OSError, pa.ArrowException) as fault:
        raise damaged(import_id) from fault
    if not found.equals(schema):
        raise damaged(import_id)


def _attach_table(
    con: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, paths: Sequence[Path]
) -> None:
    if paths:
        files = [str(path) for path in paths]
        con.execute(f"CREATE TABLE curated.{name} AS FROM read_parquet(?)", [files])
        return
    _attach_arrow(con, name, schema.empty_table())


def _attach_arrow(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("arriving", table)
    con.execute(f"CREATE TABLE curated.{name} AS FROM arriving")
    con.unregister("arriving")
