"""The real tables, read once for all tests of the core; a missing table skips with its reason."""

import csv
from datetime import date
from pathlib import Path

import pytest
from pyarrow import parquet

from geo.area import Area, AreaKind
from geo.mesh import Runs
from geo.names import Gazetteer

DATA = Path(__file__).resolve().parents[2] / "data"


def area_of(row: dict[str, str]) -> Area:
    return Area(
        code=row["code"],
        name=row["name"],
        kind=AreaKind(row["kind"]),
        prefecture_code=row["prefecture_code"],
        prefecture_name=row["prefecture_name"],
        kana=row["kana"],
        romaji=row["romaji"],
        county=row["county"],
        parent_code=row["parent_code"],
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        successors=tuple(filter(None, row["successors"].split(";"))),
    )


@pytest.fixture(scope="session")
def areas() -> list[Area]:
    """Every row of data/areas.csv: current and ended, of every kind."""
    path = DATA / "areas.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [area_of(row) for row in csv.DictReader(lines)]


@pytest.fixture(scope="session")
def gazetteer(areas: list[Area]) -> Gazetteer:
    return Gazetteer(areas)


@pytest.fixture(scope="session")
def runs() -> Runs:
    """The mesh table of the whole nation."""
    path = DATA / "mesh_125m_runs.parquet"
    return Runs.from_table(parquet.read_table(path))
