"""What the build says in English: every statement and every reason, from the same facts as the Japanese."""

from collections.abc import Callable
from typing import Any

import pytest


def told(con: Any) -> list[tuple[str]]:
    return list(con.execute("SELECT statement_en FROM evidence ORDER BY 1").fetchall())


@pytest.mark.parametrize(
    ("cells", "statement"),
    [
        ({"cohort": "1"}, "FY2022 participating body, printed as “甲市” (first round, new)"),
        ({"status": "continuing"}, "FY2022 participating body, printed as “甲市” (continuing)"),
        ({"status": "unknown"}, "FY2022 participating body, printed as “甲市”"),
        (
            {"status": "partner"},
            "Works with a participating body of FY2022, printed as “甲市” (not counted as a body)",
        ),
    ],
)
def test_a_listing_is_told_in_one_english_sentence(
    world: Any, database: Callable[..., Any], cells: dict[str, str], statement: str
) -> None:
    world.listed(2022, world.KO_SHI, "甲市", **cells)
    assert told(database(world)) == [(statement,)]


@pytest.mark.parametrize(
    ("year", "cells", "statement"),
    [
        ("2022", {"name": "甲の会", "name_en": "Ko group"}, "Set up “甲の会” (Ko group), FY2022"),
        ("2022", {"name": "甲の会", "established_printed": "2022-09"}, "Set up “甲の会”, 2022-09"),
        ("", {}, "Set up a platform whose name is not stated, year unknown"),
        ("", {"name": "甲の会", "status": "forming"}, "Forming “甲の会”"),
    ],
)
def test_a_platform_is_told_with_its_name_and_time(
    world: Any, database: Callable[..., Any], year: str, cells: dict[str, str], statement: str
) -> None:
    world.platform(world.KO_SHI, "municipal", year, "甲市", **cells)
    assert told(database(world)) == [(statement,)]


def test_a_planned_member_of_a_nameless_platform_is_told_as_not_counted(
    world: Any, database: Callable[..., Any]
) -> None:
    platform = world.platform(world.KO_SHI, "joint", "2022", "甲市")
    world.member(platform, world.HEI_CHO, 2022, status="planned")
    assert ("Planned to join the platform of Romaji, not counted",) in told(database(world))


def test_a_disagreement_is_told_in_english_and_quoted_where_it_has_none(
    world: Any, database: Callable[..., Any]
) -> None:
    platform = world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    for number, english in enumerate(("Built on conference A", "")):
        world.add("platform_statement", statement_id=f"{platform}-{number}", platform_id=platform, topic="base",
                  statement=f"会議{number}が基盤", statement_en=english, is_disputed="true")  # fmt: skip
    assert set(told(database(world))) >= {
        ("Documents differ: Built on conference A",),
        ("Documents differ: “会議1が基盤”",),
    }


@pytest.mark.parametrize(
    ("value", "expects", "reason"),
    [
        ("1", "match", "The published 1 equals the number counted from the registered rows. As printed"),
        ("30", "incomplete", "Of the published 30, 1 are registered. The names of the other 29 are not registered. As printed"),
        ("9", "conflict", "A value on which documents differ (9). Not used for the check. As printed"),
        ("9", "context", "A value for reference: no registered rows to hold it against. As printed"),
    ],
)  # fmt: skip
def test_a_reason_is_given_in_english_with_its_remark(
    world: Any, database: Callable[..., Any], value: str, expects: str, reason: str
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    world.add("control_total", total_id="t1", measure="programme_participants", part="total", unit="団体",
              fiscal_year="2022", value=value, expects=expects, note="印刷どおり", note_en="As printed")  # fmt: skip
    assert database(world).execute("SELECT reason_en FROM control_total").fetchall() == [(reason,)]
