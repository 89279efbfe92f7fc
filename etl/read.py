"""Reader of the curated tables: typed pyarrow tables, or every fault of every table at once."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from etl.agreement import disagreements
from etl.cells import Value, typed
from etl.fault import CuratedTableError, Fault
from etl.rows import PrintedTable, read_printed
from etl.schema import Column, FieldType, read_schema

ARROW_TYPES = {
    FieldType.STRING: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.NUMBER: pa.float64(),
    FieldType.BOOLEAN: pa.bool_(),
    FieldType.DATE: pa.date32(),
    FieldType.YEAR: pa.int32(),
}


def read_curated(folder: Path) -> dict[str, pa.Table]:
    """Return every curated table of `folder` by its name; empty cells are null.

    Raises:
        SchemaError: datapackage.json cannot be used.
        CuratedTableError: at least one fault; the error lists all faults of all tables.
    """
    faults: list[Fault] = []
    printed = {schema.name: read_printed(folder, schema, faults) for schema in read_schema(folder)}
    tables = {name: _typed_table(table, faults) for name, table in printed.items()}
    for table in printed.values():
        faults.extend(_key_faults(table))
        faults.extend(_reference_faults(table, printed))
    faulty = {fault.file for fault in faults}
    faults.extend(
        disagreements(printed, {name for name, table in printed.items() if table.schema.path in faulty})
    )
    if faults:
        raise CuratedTableError(faults)
    return tables


def _typed_table(table: PrintedTable, faults: list[Fault]) -> pa.Table:
    arrays = [
        pa.array(_typed_column(table, column, faults), ARROW_TYPES[column.type])
        for column in table.schema.columns
    ]
    return pa.table(dict(zip(table.schema.column_names, arrays, strict=True)))


def _typed_column(table: PrintedTable, column: Column, faults: list[Fault]) -> list[Value | None]:
    values: list[Value | None] = []
    for index, text in enumerate(table.cells[column.name]):
        if text == "":
            values.append(None)
            if column.is_required:
                faults.append(
                    table.fault(index, column.name, "空です", "必ず書く列です。資料を確かめて埋めてください")
                )
            continue
        value, problem, mend = typed(text, column)
        values.append(value)
        if problem:
            faults.append(table.fault(index, column.name, problem, mend))
    return values


def _key_faults(table: PrintedTable) -> Iterable[Fault]:
    """Yield the rows whose key (or unique value) stood in an earlier row already."""
    keys: list[tuple[str, ...]] = [(column.name,) for column in table.schema.columns if column.is_unique]
    if table.schema.primary_key and table.schema.primary_key not in keys:
        keys.append(table.schema.primary_key)
    for key in keys:
        first: dict[tuple[str, ...], int] = {}
        for index, value in enumerate(_values(table.cells, key)):
            if any(value) and first.setdefault(value, index) != index:
                earlier = table.rows[first[value]]
                problem = f"{'・'.join(filter(None, value))} は {earlier}行目にもあります"
                yield table.fault(index, "・".join(key), problem, "重なる行をどちらか一つにしてください")


def _reference_faults(table: PrintedTable, printed: Mapping[str, PrintedTable]) -> Iterable[Fault]:
    """Yield the cells that refer to a row which does not exist."""
    for key in table.schema.foreign_keys:
        target = printed.get(key.table or table.schema.name)
        if target is None or not target.is_readable:
            continue  # the missing file is a fault of its own; a thousand echoes of it help nobody
        known = set(_values(target.cells, key.reference_columns))
        known |= set(_values(target.misshapen, key.reference_columns))
        for index, value in enumerate(_values(table.cells, key.columns)):
            if all(value) and value not in known:
                problem = f"{'・'.join(value)} は {target.schema.path} にありません"
                mend = f"{target.schema.path} に行を足すか、値を直してください"
                yield table.fault(index, "・".join(key.columns), problem, mend)


def _values(cells: Mapping[str, list[str]], columns: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return zip(*(cells[name] for name in columns), strict=True)
