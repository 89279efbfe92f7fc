"""Imported places on the map: one by one, and beyond a number as spots of several."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import etl.imported
from etl.imported import LOG, SCHEMAS, Imported
from etl.map_points import places_json

CURATED = pa.table(
    {
        "place_id": ["p1"],
        "name": ["登録の家"],
        "kind": ["居場所"],
        "address": ["甲市1"],
        "lat": [36.5],
        "lon": [139.5],
        "code": ["01202"],
        "status": ["open"],
        "source_id": ["s1"],
    }
)


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    """Nine places: four of 甲市 at one spot, two of 丙町 in the same square, two of 甲市 a kilometre away; one has no point."""
    points = (
        [(36.001, 139.001, "01202")] * 4 + [(36.001, 139.001, "01303")] * 2 + [(36.0, 139.013, "01202")] * 2
    )
    rows = [{"lat": lat, "lon": lon, "code": code} for lat, lon, code in points] + [{"code": "01202"}]
    schema = SCHEMAS["import_places"]
    facts = [
        {"import_id": "i-1", "row": n, "name": f"家{n}", "kind": "こども食堂", "address": f"町{n}"} | row
        for n, row in enumerate(rows, start=2)
    ]
    path = tmp_path / "facts.parquet"
    pq.write_table(pa.Table.from_pylist(facts, schema=schema), path)
    log = pa.Table.from_pylist([{"import_id": "i-1", "place_in_order": 1}], schema=LOG)
    return Imported(log, {"import_places": (path,)})


def points(table: pa.Table) -> list[dict[str, object]]:
    document = json.loads(places_json(table))
    return [dict(zip(document["columns"], row, strict=True)) for row in document["rows"]]


def test_few_places_are_points_of_their_own(imported: Imported) -> None:
    found = points(imported.points(CURATED))
    assert len(found) == 9
    assert "weight" not in found[0]
    assert {row["name"] for row in found} == {"登録の家", *(f"家{n}" for n in range(2, 10))}


@pytest.mark.parametrize(("most", "weights"), [(3, [1, 2, 2, 4]), (2, [1, 2, 6]), (1, [1, 2, 6])])
def test_many_are_spots_of_a_municipality_and_square_with_their_number(
    imported: Imported, monkeypatch: pytest.MonkeyPatch, most: int, weights: list[int]
) -> None:
    monkeypatch.setattr(etl.imported, "MOST_POINTS", most)
    found = points(imported.points(CURATED))
    assert sorted(int(str(row["weight"])) for row in found) == weights
    assert sum(weights) == 9, "the places that have a point"
    assert len({row["id"] for row in found}) == len(found)
    registered = next(row for row in found if row["id"] == "p1")
    assert (registered["name"], registered["weight"]) == ("登録の家", 1)
    assert all(row["name"] == "" and row["place_kind"] == "" for row in found if row["weight"] != 1)


def test_a_spot_of_one_keeps_its_name(imported: Imported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(etl.imported, "MOST_POINTS", 3)
    schema = SCHEMAS["import_places"]
    (path,) = imported.files["import_places"]
    pq.write_table(pa.Table.from_pylist(pq.read_table(path).to_pylist()[:7], schema=schema), path)
    found = points(imported.points(CURATED.slice(0, 0)))
    assert sorted((row["weight"], row["name"]) for row in found) == [(1, "家8"), (2, ""), (4, "")]


def test_a_place_of_two_lists_is_one_point_and_the_listing_that_has_one_is_drawn(imported: Imported) -> None:
    registered = {
        "place_id": ["p1", "p2"],
        "name": ["家（2）", "家 9"],
        "kind": ["居場所", "居場所"],
        "address": ["甲市町2", None],
        "lat": [36.0011, None],
        "lon": [139.0011, None],
        "code": ["01202", "01202"],
        "status": ["open", "open"],
        "source_id": ["s1", "s1"],
    }
    found = points(imported.points(pa.table(registered)))
    assert len(found) == 8
    assert {row["id"] for row in found if row["name"] in {"家（2）", "家2", "家 9", "家9"}} == {"p1", "i1-9"}
