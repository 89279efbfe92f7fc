"""The files keep what datapackage.json promises, and the dictionary explains all of it."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

DATA = Path(__file__).resolve().parents[2] / "data"
VOCABULARIES = {"target_group", "target_term"}
"""Tables that sort what sources say and state no fact themselves."""
Rows = list[dict[str, str]]
Tables = dict[str, Rows]
Resources = dict[str, dict[str, Any]]


def fields(resource: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in resource["schema"]["fields"]}


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def reads_as(kind: str, text: str) -> bool:
    patterns = {
        "integer": r"-?[0-9]+",
        "number": r"-?[0-9]+(\.[0-9]+)?",
        "boolean": "true|false",
        "year": r"[0-9]{4}",
    }
    if kind == "date":
        return date.fromisoformat(text).isoformat() == text
    return kind == "string" or re.fullmatch(patterns[kind], text) is not None


def obeys(rules: dict[str, Any], text: str) -> bool:
    enum = [str(value) for value in rules.get("enum", [text])]
    matches = re.search(rules.get("pattern", ""), text) is not None
    low, high = rules.get("minimum"), rules.get("maximum")
    return (
        text in enum
        and matches
        and (low is None or float(text) >= low)
        and (high is None or float(text) <= high)
    )


def test_the_header_of_every_file_is_the_schema(resources: Resources, headers: dict[str, list[str]]) -> None:
    assert {name: list(fields(resource)) for name, resource in resources.items()} == headers


def test_every_file_of_the_folder_is_described(package: dict[str, Any]) -> None:
    described = {entry["path"] for entry in package["resources"]}
    assert described == {path.name for path in DATA.iterdir() if path.suffix in {".csv", ".parquet"}}


def test_every_table_and_column_has_a_japanese_title_and_an_english_description(
    package: dict[str, Any],
) -> None:
    for resource in package["resources"]:
        for described in (resource, *resource["schema"]["fields"]):
            assert re.search(r"[ぁ-んァ-ヶ一-龠]|URL", described["title"]), described["name"]
            assert re.match(r"[A-Za-z0-9]", described["description"]), described["name"]


def test_every_cell_reads_as_its_type_and_obeys_its_constraints(resources: Resources, tables: Tables) -> None:
    faults = [
        f"{name}.{column}: {row[column]!r}"
        for name, resource in resources.items()
        for column, field in fields(resource).items()
        for row in tables[name]
        if row[column]
        and not (reads_as(field["type"], row[column]) and obeys(field.get("constraints", {}), row[column]))
    ]
    assert faults == []


def test_required_cells_are_filled(resources: Resources, tables: Tables) -> None:
    empty = [
        f"{name}.{column}"
        for name, resource in resources.items()
        for column, field in fields(resource).items()
        if field.get("constraints", {}).get("required")
        for row in tables[name]
        if not row[column]
    ]
    assert empty == []


def test_keys_are_unique(resources: Resources, tables: Tables) -> None:
    for name, resource in resources.items():
        keys = [as_list(resource["schema"]["primaryKey"])]
        keys += [
            [column]
            for column, field in fields(resource).items()
            if field.get("constraints", {}).get("unique")
        ]
        for key in keys:
            seen = Counter(tuple(row[column] for column in key) for row in tables[name])
            assert [value for value, count in seen.items() if count > 1] == [], (name, key)


def test_every_foreign_key_resolves(resources: Resources, tables: Tables) -> None:
    for name, resource in resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            column, target = key["fields"], key["reference"]
            known = {row[target["fields"]] for row in tables[target["resource"]]}
            missing = {row[column] for row in tables[name] if row[column]} - known
            assert missing == set(), (name, column)


def test_every_fact_row_cites_a_source_and_a_place_in_it(tables: Tables) -> None:
    sources = {row["source_id"] for row in tables["source"]}
    for name in tables.keys() - {"source", *VOCABULARIES}:
        uncited = [
            row
            for row in tables[name]
            if row["source_id"] not in sources or not row["source_locator"].strip()
        ]
        assert uncited == [], name


def test_files_are_plain_utf8_without_byte_order_mark_or_stray_spaces(
    resources: Resources, tables: Tables
) -> None:
    for name, resource in resources.items():
        content = (DATA / resource["path"]).read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf"), name
        assert b"\r" not in content, name
        assert content.endswith(b"\n"), name
        assert [cell for row in tables[name] for cell in row.values() if cell != cell.strip()] == [], name


def test_the_dictionary_explains_every_table_and_column(package: dict[str, Any]) -> None:
    sections = re.split(r"^## ", (DATA / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for resource in package["resources"]:
        section = next(
            (text for text in sections if f"`{resource['name']}`（{resource['path']}）" in text), ""
        )
        explained = re.findall(r"^\| `(\w+)` \| \S", section, flags=re.MULTILINE)
        names = list(fields(resource))
        assert explained[: len(names)] == names, resource["name"]


def test_the_dictionary_counts_the_rows_as_they_are(package: dict[str, Any], tables: Tables) -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for name, rows in tables.items():
        assert re.search(rf"^\| `{name}` .*\| {len(rows):,} \|", text, flags=re.MULTILINE), name
    assert len(package["resources"]) == len(tables) + 1


@pytest.fixture(scope="module")
def mesh() -> Any:
    return parquet.read_table(DATA / "mesh_125m_runs.parquet")


def test_the_mesh_table_has_the_described_columns_and_keeps_its_grid(
    mesh: Any, package: dict[str, Any]
) -> None:
    described = next(entry for entry in package["resources"] if entry["path"].endswith(".parquet"))
    assert mesh.column_names == list(fields(described))
    grid = mesh.schema.metadata[b"grid"].decode()
    assert all(
        part in grid
        for part in ('"lon0": 122', '"lat0": 20', '"cells_per_deg_lon": 640', '"cells_per_deg_lat": 960')
    )


def test_the_mesh_shows_every_municipality_and_northern_village(mesh: Any, tables: Tables) -> None:
    drawn = {f"{code:05d}" for code in mesh["code"].unique().to_pylist()}
    current = {
        r["code"] for r in tables["area"] if not r["valid_to"] and r["kind"] not in {"prefecture", "ward"}
    }
    assert {code for code in drawn if not code.endswith("000")} == current
