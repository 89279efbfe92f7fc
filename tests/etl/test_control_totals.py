"""Published numbers against what is loaded."""

from collections.abc import Callable
from typing import Any

import pytest

from etl.check import CheckError


def total(
    world: Any, value: int, expects: str, measure: str = "programme_participants", **cells: str
) -> None:
    fixed = {
        "total_id": f"t{len(world.rows['control_total'])}",
        "part": "total",
        "unit": "団体",
        "fiscal_year": "2022",
    }
    world.add("control_total", measure=measure, value=str(value), expects=expects, **(fixed | cells))


def verdict(con: Any) -> tuple[int, int | None, str, str]:
    row = con.execute("SELECT published, loaded, verdict, reason FROM control_total").fetchone()
    return (int(row[0]), row[1], str(row[2]), str(row[3]))


def test_an_equal_number_matches(world: Any, database: Callable[..., Any]) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    world.listed(2022, world.DAIKO_SHI, "大甲市")
    total(world, 2, "match")
    assert verdict(database(world))[:3] == (2, 2, "matches")


def test_a_shorter_list_is_incomplete_and_says_how_many_are_missing(
    world: Any, database: Callable[..., Any]
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    total(world, 15, "incomplete")
    published, loaded, found, reason = verdict(database(world))
    assert (published, loaded, found) == (15, 1, "incomplete")
    assert "残る14団体" in reason


def test_a_conflict_is_shown_with_both_numbers_and_never_stops_the_build(
    world: Any, database: Callable[..., Any]
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    total(world, 30, "conflict")
    assert verdict(database(world))[:3] == (30, 1, "conflict")


def test_a_number_that_must_match_and_does_not_stops_the_build(
    world: Any, database: Callable[..., Any]
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    total(world, 2, "match")
    with pytest.raises(CheckError, match=r"published=2, loaded=1, verdict=differs"):
        database(world)


def test_a_list_longer_than_published_stops_the_build(world: Any, database: Callable[..., Any]) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    world.listed(2022, world.OTSU_SHI, "乙市")
    total(world, 1, "incomplete")
    with pytest.raises(CheckError, match="differs"):
        database(world)


def test_a_measure_that_nobody_counts_stops_the_build(world: Any, database: Callable[..., Any]) -> None:
    total(world, 97, "match", measure="tokushima_platform_members")
    with pytest.raises(CheckError, match="loaded=None"):
        database(world)


def test_context_is_compared_with_nothing(world: Any, database: Callable[..., Any]) -> None:
    total(world, 97, "context", measure="tokushima_platform_members")
    assert verdict(database(world))[:3] == (97, None, "context")


def test_municipalities_as_a_part_are_other_than_designated_cities(
    world: Any, database: Callable[..., Any]
) -> None:
    for code, name in ((world.KO_KEN, "甲県"), (world.DAIKO_SHI, "大甲市"), (world.KO_SHI, "甲市")):
        world.listed(2022, code, name)
    total(world, 2, "match", part="prefectures_and_designated_cities")
    total(world, 1, "match", part="designated_cities")
    total(world, 1, "match", part="municipalities")
    verdicts = database(world).execute("SELECT DISTINCT verdict FROM control_total").fetchall()
    assert verdicts == [("matches",)]


def test_a_total_with_a_printed_breakdown_is_held_against_its_sum(
    world: Any, database: Callable[..., Any]
) -> None:
    cells = {
        "measure": "national_platform_members",
        "formula_printed": "6 = 1 + 2 + 3",
        "as_of": "2023-01-16",
    }
    total(world, 6, "match", **cells)
    for number, part in enumerate(("full_members", "cooperating_members", "supporting_members"), start=1):
        total(world, number, "context", part=part, **cells)
    found = (
        database(world).execute("SELECT loaded, verdict FROM control_total WHERE part = 'total'").fetchone()
    )
    assert found == (6, "matches")
