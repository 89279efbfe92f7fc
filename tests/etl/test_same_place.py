"""A place that two lists name is one place: what joins two listings, and what keeps them apart."""

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import pytest

Opened = Callable[..., duckdb.DuckDBPyConnection]

NEAR, FAR = ("36.0", "139.0"), ("36.006", "139.0")
"""Two points, 667 m apart."""


def listed(world: Any, place_id: str, source: str, printed: Sequence[str], **cells: str) -> None:
    """Add a listing of a place of 甲市: its name, then its address, latitude and longitude if the list has them."""
    stated = dict(zip(("name", "address", "lat", "lon"), printed, strict=False))
    if source not in {row["source_id"] for row in world.rows["source"]}:
        world.add("source", source_id=source, title="別の一覧", publisher="甲市", licence="CC BY 4.0", credit="出典：甲市",
                  kind="dataset")  # fmt: skip
    row = {
        "code": world.KO_SHI,
        "kind": "こども食堂",
        "status": "listed",
        "licence": "CC BY 4.0",
        "source_id": source,
        "as_of_printed": "2026",
    }
    where = {"coordinate_source": "geocoded"} if "lat" in stated else {}
    world.add("place", place_id=place_id, **(row | where | stated | cells))


def same(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the listings that are not the first of their place, with the first."""
    return dict(con.execute("SELECT place_id, same_as FROM place WHERE same_as IS NOT NULL").fetchall())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("南町ｱｸﾞﾈｽ食堂", "甲県甲市南町1-58-8 教会ホール"), ("南町アグネス食堂", "甲市南町1-58-8")),
        (("おばんざい「地獄に佛」", "甲市山王2-2-15"), ("おばんざい 地獄に佛", "甲市山王町2-2-15")),
        (("ラーメン食堂（南六郷）", "甲県甲市南六郷"), ("ラーメン食堂南六郷", "甲市南六郷3-1")),
        (("カフェＡ", "甲市南町三丁目4番5号"), ("カフェa", "甲市南町3-4-5 二階")),
        (("四ヶ町食堂", ""), ("四ケ町食堂", "")),
    ],
)
def test_one_place_written_two_ways_is_one(
    world,
    database: Opened,
    first: tuple[str, str],
    second: tuple[str, str],
) -> None:
    listed(world, "p00001", "s1", first)
    listed(world, "p00002", "s2", second)
    con = database(world)
    assert same(con) == {"p00002": "p00001"}
    assert con.execute("SELECT count(*) FROM place").fetchall() == [(2,)], "every row stays"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("ひろば", "甲市南町1-2-3"), ("ひろば", "甲市南町1-2-30")),
        (("ひろば", "甲市南町1-2-3"), ("ひろば", "甲市北町1-2-3")),
        (("ひろば", "甲市南町"), ("ひろば", "甲市北町")),
        (("ひろば", "", *NEAR), ("ひろば", "", *FAR)),
        (("ひろば", "甲市南町1-2-3", *NEAR), ("ひろば", "甲市南町1-2-3", *FAR)),
        (("かきの家", ""), ("がきの家", "")),
        (("こども食堂", ""), ("こども 食堂", "")),
        (("・・", ""), ("…", "")),
    ],
)
def test_what_contradicts_keeps_two_apart(
    world: Any, database: Opened, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    listed(world, "p00001", "s1", first)
    listed(world, "p00002", "s2", second)
    assert same(database(world)) == {}


def test_no_name_joins_places_of_two_municipalities_or_of_one_list(world: Any, database: Opened) -> None:
    listed(world, "p00001", "s1", ("ひろば",))
    listed(world, "p00002", "s1", ("ひろば",))
    listed(world, "p00003", "s2", ("ひろば",), code=world.HEI_CHO)
    listed(world, "p00004", "s1", ("広場",), code=world.KO_KEN)
    listed(world, "p00005", "s2", ("広場",), code=world.KO_KEN)
    assert same(database(world)) == {}


def test_the_first_listing_is_named_by_all_others_that_agree_with_it(world: Any, database: Opened) -> None:
    listed(world, "p00001", "s1", ("ひろば", "甲市南町1-2"))
    listed(world, "p00002", "s2", ("ひろば",))
    listed(world, "p00003", "s3", ("ひろば", "甲市南町1-2-3"))
    listed(world, "p00004", "s4", ("ひろば", "甲市南町9-9"))
    assert same(database(world)) == {"p00002": "p00001", "p00003": "p00001"}


def test_a_name_that_a_whole_municipality_bears_joins_nothing(world: Any, database: Opened) -> None:
    for number in range(1, 22):
        listed(world, f"p{number:05}", f"s{1 + number % 2}", ("みんなの家",))
    assert same(database(world)) == {}
