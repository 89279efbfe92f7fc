"""The curated areas and their other spellings, read for the intake straight from the data folder."""

import csv
from datetime import date
from pathlib import Path

from geo.area import Area, AreaKind
from geo.names import Alias


def read_areas(path: Path) -> list[Area]:
    """Return every row of the area table, current and ended."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [_area_of(row) for row in csv.DictReader(lines)]


def read_aliases(path: Path) -> list[Alias]:
    """Return the other spellings of names that documents have printed; none if there is no such table."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [Alias(row["printed"], row["code"], row["prefecture_name"]) for row in csv.DictReader(lines)]


def _area_of(row: dict[str, str]) -> Area:
    return Area(
        row["code"],
        row["name"],
        AreaKind(row["kind"]),
        row["prefecture_code"],
        row["prefecture_name"],
        kana=row["kana"],
        romaji=row["romaji"],
        county=row["county"],
        parent_code=row["parent_code"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        successors=tuple(filter(None, row["successors"].split(";"))),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
