"""The curated tables as the files hold them: text cells, read once, with no code of the project between."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
Row = dict[str, str]


@pytest.fixture(scope="session")
def package() -> dict[str, Any]:
    """data/datapackage.json."""
    content: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="session")
def resources(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every table of the package that is a CSV file, by its name."""
    return {entry["name"]: entry for entry in package["resources"] if entry["path"].endswith(".csv")}


@pytest.fixture(scope="session")
def headers(resources: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """The header row of each file."""
    return {name: next(_cells(DATA / entry["path"])) for name, entry in resources.items()}


@pytest.fixture(scope="session")
def tables(resources: dict[str, dict[str, Any]]) -> dict[str, list[Row]]:
    """The rows of each file."""
    return {name: _rows(DATA / entry["path"]) for name, entry in resources.items()}


def _cells(path: Path) -> Any:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines)


def _rows(path: Path) -> list[Row]:
    header, *lines = _cells(path)
    return [dict(zip(header, line, strict=True)) for line in lines]
