"""What `data/datapackage.json` says about the curated tables: the only schema they have.

The file is a Frictionless data package (v1). Of its vocabulary the subset below is understood; anything else in a
field's constraints is refused, because a rule that is written but not enforced would be a lie.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from etl.fault import BuildError

PACKAGE_FILE = "datapackage.json"
_KNOWN_CONSTRAINTS = {"required", "unique", "enum", "pattern", "minimum", "maximum"}


class SchemaError(BuildError):
    """`datapackage.json` is missing or says something that this reader does not enforce."""


class FieldType(StrEnum):
    """The Frictionless types that curated tables use; `year` is a fiscal year."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type and the rules its cells obey. `title` is Japanese, `description` English."""

    name: str
    type: FieldType
    title: str = ""
    description: str = ""
    is_required: bool = False
    is_unique: bool = False
    allowed: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` of this table must be found as `reference_columns` of `table`; an empty cell refers to nothing."""

    columns: tuple[str, ...]
    table: str
    reference_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One curated table."""

    name: str
    path: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in the order of the file."""
        return tuple(column.name for column in self.columns)


def read_schema(folder: Path) -> tuple[TableSchema, ...]:
    """Return the schemas of all CSV tables of the data package in `folder`, in its order.

    Raises:
        SchemaError: the package is missing, is no JSON, or uses a rule that would not be enforced.
    """
    path = folder / PACKAGE_FILE
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        resources = [entry for entry in package["resources"] if str(entry["path"]).endswith(".csv")]
        return tuple(_table(resource) for resource in resources)
    except FileNotFoundError as fault:
        raise SchemaError(
            f"{path.name} がありません（{folder}）。表の定義ファイルを戻してください。"
        ) from fault
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise SchemaError(f"{path.name} を読めません: {fault}") from fault
    except (KeyError, TypeError, ValueError) as fault:
        raise SchemaError(f"{path.name} の書き方に誤りがあります: {fault}") from fault


def _table(resource: Mapping[str, Any]) -> TableSchema:
    schema = resource["schema"]
    columns = tuple(_column(resource["name"], field) for field in schema["fields"])
    names = {column.name for column in columns}
    primary_key = _names(schema.get("primaryKey", ()))
    foreign_keys = tuple(_foreign_key(key) for key in schema.get("foreignKeys", ()))
    for name in (*primary_key, *(name for key in foreign_keys for name in key.columns)):
        if name not in names:
            raise ValueError(f"{resource['name']}: key column {name} is not a field")
    return TableSchema(
        name=resource["name"],
        path=resource["path"],
        title=resource.get("title", ""),
        description=resource.get("description", ""),
        columns=columns,
        primary_key=primary_key,
        foreign_keys=foreign_keys,
    )


def _column(table: str, field: Mapping[str, Any]) -> Column:
    rules: Mapping[str, Any] = field.get("constraints", {})
    unknown = set(rules) - _KNOWN_CONSTRAINTS
    if unknown:
        raise ValueError(
            f"{table}.{field['name']}: {', '.join(sorted(unknown))} is not enforced by the reader"
        )
    return Column(
        name=field["name"],
        type=FieldType(field.get("type", "string")),
        title=field.get("title", ""),
        description=field.get("description", ""),
        is_required=bool(rules.get("required", False)),
        is_unique=bool(rules.get("unique", False)),
        allowed=tuple(str(value) for value in rules.get("enum", ())),
        pattern=re.compile(rules["pattern"]) if "pattern" in rules else None,
        minimum=_number(rules.get("minimum")),
        maximum=_number(rules.get("maximum")),
    )


def _foreign_key(key: Mapping[str, Any]) -> ForeignKey:
    reference = key["reference"]
    return ForeignKey(_names(key["fields"]), reference["resource"], _names(reference["fields"]))


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    """Frictionless allows one name to stand without a list."""
    return (value,) if isinstance(value, str) else tuple(value)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
