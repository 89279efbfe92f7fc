"""Where towns lie, as far as the addresses of listed places tell."""

from typing import Any

import pytest


def stands(world: Any, number: int, address: str, lat: str, **cells: str) -> None:
    """Add a place with an address and a point."""
    row = {
        "code": world.KO_SHI,
        "kind": "居場所",
        "status": "listed",
        "licence": "CC BY 4.0",
        "as_of_printed": "2026",
    }
    point = {"lat": lat, "lon": "139.0", "coordinate_source": "published"} if lat else {}
    world.add(
        "place", place_id=f"p{number:05}", address=address, **({"name": f"家{number}"} | row | point | cells)
    )


def towns(con: Any) -> dict[str, tuple[Any, ...]]:
    rows = con.execute(
        "SELECT coalesce(ward_code, code) || ' ' || name, places, lat, spread_m FROM town"
    ).fetchall()
    return {name: tuple(rest) for name, *rest in rows}


@pytest.mark.parametrize(
    "address",
    [
        "甲県甲市南町1-2",
        "甲市南町三丁目4番",
        "南町１２",
        "〒100-0001 甲県甲市南町1-2 北ビル",
        "甲市甲市南町1",
        "甲市大字南町5",
    ],
)
def test_a_town_is_what_stands_before_the_first_number(world: Any, database: Any, address: str) -> None:
    stands(world, 1, address, "36.0")
    assert towns(database(world)) == {"01202 南町": (1, 36.0, None)}


@pytest.mark.parametrize(
    "address", ["甲市", "甲市1-2", "甲市南町", "甲市北1条西2丁目", "市内各所（1か所）", "甲市<b>町1"]
)
def test_what_names_no_town_or_only_a_direction_makes_none(world: Any, database: Any, address: str) -> None:
    stands(world, 1, address, "36.0")
    assert towns(database(world)) == {}


def test_one_wrong_point_among_many_moves_nothing(world: Any, database: Any) -> None:
    for number, lat in enumerate(("36.000", "36.001", "36.002", "36.001", "36.9"), start=1):
        stands(world, number, f"甲市南町{number}", lat)
    ((places, lat, spread),) = towns(database(world)).values()
    assert (places, lat) == (5, 36.001)
    assert spread == pytest.approx(99_950, rel=0.01), "and that they spread is said"


def test_a_place_of_two_lists_or_without_a_point_says_nothing_more(world: Any, database: Any) -> None:
    world.add(
        "source",
        source_id="s2",
        title="別",
        publisher="甲市",
        licence="CC BY 4.0",
        credit="甲市",
        kind="dataset",
    )
    stands(world, 1, "甲市南町1", "36.0", name="ひろば")
    stands(world, 2, "甲県甲市南町1", "36.0", name="ひろば", source_id="s2")
    stands(world, 3, "甲市北町1", "")
    assert towns(database(world)) == {"01202 南町": (1, 36.0, None)}


def test_a_town_of_a_ward_belongs_to_the_ward(world: Any, database: Any) -> None:
    stands(world, 1, "甲県大甲市北区南町1-1", "36.0", code=world.DAIKO_SHI)
    assert list(towns(database(world))) == ["01101 南町"]
