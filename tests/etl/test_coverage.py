"""Promises of the coverage rules, each in a world small enough to draw."""

from collections.abc import Callable
from typing import Any

import pytest

from etl.check import CheckError

YEARS = (2022, 2023, 2024)
VIEWS = ("annual", "cumulative")


def counts(con: Any, year: int, view: str) -> dict[str, tuple[int | None, int | None]]:
    """Return rule → (municipalities, people)."""
    rows = con.execute(
        "SELECT rule, municipalities, population FROM coverage_national WHERE fiscal_year = ? AND time_view = ?",
        [year, view],
    ).fetchall()
    return {rule: (municipalities, people) for rule, municipalities, people in rows}


def test_a_prefectural_platform_alone_never_counts_as_strict_coverage(
    world: Any, database: Callable[..., Any]
) -> None:
    world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    world.listed(2022, world.KO_KEN, "甲県")
    con = database(world)
    for year in (2022, 2023):
        reached = counts(con, year, "cumulative")
        assert reached["strict"] == (0, 0)
        assert reached["inclusive"] == (3, 5200)
    states = con.execute(
        "SELECT DISTINCT prefecture_code, state FROM coverage WHERE fiscal_year = 2022"
    ).fetchall()
    assert sorted(states) == [("01", "D"), ("02", "E")]


def test_a_municipality_in_the_years_list_is_a_and_nothing_else_is(
    world: Any, database: Callable[..., Any]
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    con = database(world)
    found = con.execute(
        "SELECT code, state, basis, since_year FROM coverage WHERE fiscal_year = 2022 AND time_view = 'annual' AND state = 'A'"
    ).fetchall()
    assert found == [(world.KO_SHI, "A", "programme_list", 2022)]
    assert counts(con, 2022, "annual")["strict"] == (1, 1000)


def test_a_listing_counts_in_its_own_year_only_and_in_every_later_year_when_cumulative(
    world: Any, database: Callable[..., Any]
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    con = database(world)
    states = dict(
        con.execute(
            "SELECT (time_view, fiscal_year), state FROM coverage WHERE code = ?", [world.KO_SHI]
        ).fetchall()
    )
    assert states == {
        ("annual", 2022): "A", ("annual", 2023): "E", ("annual", 2024): "F",
        ("cumulative", 2022): "A", ("cumulative", 2023): "A", ("cumulative", 2024): "A",
    }  # fmt: skip


def test_a_planned_member_never_counts(world: Any, state: Callable[..., str]) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    joint = world.platform(world.KO_SHI, "joint", "2022", "甲市")
    world.member(joint, world.OTSU_HEI_CHO, 2022, status="planned")
    for view in VIEWS:
        assert state(world, world.OTSU_HEI_CHO, 2022, view) == "E"


def test_a_planned_member_is_listed_as_planned(world: Any, database: Callable[..., Any]) -> None:
    joint = world.platform(world.KO_SHI, "joint", "2022", "甲市")
    world.member(joint, world.OTSU_HEI_CHO, 2022, status="planned")
    claims = (
        database(world).execute("SELECT claim FROM evidence WHERE code = ?", [world.OTSU_HEI_CHO]).fetchall()
    )
    assert claims == [("planned_member",)]


def test_an_undated_platform_never_counts_in_any_year(world: Any, database: Callable[..., Any]) -> None:
    world.platform(world.KO_KEN, "prefectural", "", "甲県")
    world.platform(world.OTSU_SHI, "municipal", "", "乙市")
    con = database(world)
    assert con.execute("SELECT DISTINCT state FROM coverage ORDER BY 1").fetchall() == [("E",), ("F",)]
    assert con.execute(
        "SELECT code, fiscal_year FROM evidence WHERE claim = 'platform' ORDER BY 1"
    ).fetchall() == [
        (world.KO_KEN, None),
        (world.OTSU_SHI, None),
    ]


def test_a_platform_that_is_still_forming_never_counts(world: Any, state: Callable[..., str]) -> None:
    world.platform(world.OTSU_SHI, "municipal", "2022", "乙市", status="forming")
    assert state(world, world.OTSU_SHI, 2023, "cumulative") == "E"


def test_a_regional_part_does_not_speak_for_the_whole_prefecture(
    world: Any, state: Callable[..., str]
) -> None:
    world.platform(world.KO_KEN, "regional_part", "2022", "甲県（北局）")
    assert state(world, world.HEI_CHO, 2022, "cumulative") == "E"


def test_a_platform_outside_the_programme_counts_from_its_year_and_only_cumulatively(
    world: Any, database: Callable[..., Any]
) -> None:
    world.platform(world.OTSU_SHI, "municipal", "2023", "乙市")
    con = database(world)
    question = (
        "SELECT fiscal_year, time_view, state FROM coverage WHERE code = ? AND state = 'A' ORDER BY ALL"
    )
    assert con.execute(question, [world.OTSU_SHI]).fetchall() == [
        (2023, "cumulative", "A"),
        (2024, "cumulative", "A"),
    ]


def test_a_year_without_list_is_f_everywhere_in_the_annual_view(
    world: Any, database: Callable[..., Any]
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    con = database(world)
    states = "SELECT DISTINCT state FROM coverage WHERE fiscal_year = 2024 AND time_view = 'annual'"
    assert con.execute(states).fetchall() == [("F",)]
    assert counts(con, 2024, "annual") == dict.fromkeys(("strict", "standard", "inclusive"), (None, None))
    summary = """SELECT participants, prefectures_with_any FROM participation_summary
                 WHERE fiscal_year = 2024 AND time_view = 'annual'"""
    assert con.execute(summary).fetchall() == [(None, None)]


def test_before_any_list_the_cumulative_view_is_f_too(world: Any, state: Callable[..., str]) -> None:
    world.add("programme_list", fiscal_year="2021", list_state="not_registered")
    assert state(world, world.KO_SHI, 2021, "cumulative") == "F"
    assert state(world, world.KO_SHI, 2022, "cumulative") == "E"


def test_a_partner_is_b_and_never_counted_as_a_participant(world: Any, database: Callable[..., Any]) -> None:
    world.listed(2023, world.KO_SHI, "甲市")
    world.listed(
        2023, world.HEI_CHO, "丙町", status="partner", prefecture_printed="甲県", confidence="likely"
    )
    con = database(world)
    row = "SELECT state, basis, confidence FROM coverage WHERE fiscal_year = 2023 AND time_view = 'annual' AND code = ?"
    assert con.execute(row, [world.HEI_CHO]).fetchone() == ("B", "joint_partner", "likely")
    summary = (
        "SELECT participants FROM participation_summary WHERE fiscal_year = 2023 AND time_view = 'annual'"
    )
    assert con.execute(summary).fetchone() == (1,)
    assert con.execute("SELECT named FROM programme_list WHERE fiscal_year = 2023").fetchone() == (1,)
    assert counts(con, 2023, "annual")["strict"] == (2, 1200)


def test_a_partner_is_b_in_its_own_year_and_in_later_years_only_cumulatively(
    world: Any, state: Callable[..., str]
) -> None:
    world.listed(2022, world.KO_SHI, "甲市", status="partner")
    assert state(world, world.KO_SHI, 2022, "annual") == "B"
    assert state(world, world.KO_SHI, 2023, "annual") == "E"
    assert state(world, world.KO_SHI, 2023, "cumulative") == "B"


@pytest.mark.parametrize("year", [2024, 2021])
def test_a_body_listed_in_a_year_without_a_registered_list_stops_the_build(
    world: Any, database: Callable[..., Any], year: int
) -> None:
    if year == 2021:
        world.add("grant_programme", programme_id="platform_model_2021", fiscal_year="2021", name="甲事業",
                  kind="platform_model", list_state="complete")  # fmt: skip
    world.listed(year, world.KO_SHI, "甲市")
    with pytest.raises(CheckError, match=r"lists_name_their_years\.sql"):
        database(world)


@pytest.mark.parametrize(("row", "published"), [(0, 2), (1, 1)])
def test_a_list_that_is_not_as_complete_as_it_says_stops_the_build(
    world: Any, database: Callable[..., Any], row: int, published: int
) -> None:
    for year in (2022, 2023):
        world.listed(year, world.KO_SHI, "甲市")
    world.rows["programme_list"][row]["published_total"] = str(published)
    with pytest.raises(CheckError, match=r"lists_name_their_years\.sql"):
        database(world)


@pytest.mark.parametrize(("year", "expected"), [(2022, "D"), (2023, "C")])
def test_membership_counts_from_its_year(
    world: Any, state: Callable[..., str], year: int, expected: str
) -> None:
    for listed in (2022, 2023):
        world.listed(listed, world.KO_KEN, "甲県")
    platform = world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    world.member(platform, world.HEI_CHO, 2023)
    for view in VIEWS:
        assert state(world, world.HEI_CHO, year, view) == expected


def test_membership_counts_only_while_the_lead_takes_part(world: Any, database: Callable[..., Any]) -> None:
    world.listed(2022, world.KO_KEN, "甲県")
    platform = world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    world.member(platform, world.HEI_CHO, 2022)
    question = "SELECT fiscal_year FROM coverage WHERE code = ? AND time_view = 'annual' AND state = 'C'"
    assert database(world).execute(question, [world.HEI_CHO]).fetchall() == [(2022,)]


def test_a_municipality_of_its_own_right_stays_a_although_it_is_a_member_too(
    world: Any, state: Callable[..., str]
) -> None:
    world.listed(2022, world.KO_KEN, "甲県")
    world.listed(2022, world.KO_SHI, "甲市")
    world.member(world.platform(world.KO_KEN, "prefectural", "2022", "甲県"), world.KO_SHI, 2022)
    assert state(world, world.KO_SHI, 2022, "annual") == "A"


def test_a_confirmed_member_of_a_joint_platform_is_b_across_the_prefectural_border(
    world: Any, state: Callable[..., str]
) -> None:
    joint = world.platform(world.KO_SHI, "joint", "2022", "甲市")
    world.member(joint, world.OTSU_HEI_CHO, 2023)
    assert state(world, world.OTSU_HEI_CHO, 2022, "cumulative") == "E"
    assert state(world, world.OTSU_HEI_CHO, 2023, "cumulative") == "B"
    assert state(world, world.OTSU_HEI_CHO, 2023, "annual") == "E"


def test_a_disputed_membership_counts_with_its_flag(world: Any, database: Callable[..., Any]) -> None:
    world.listed(2022, world.KO_KEN, "甲県")
    platform = world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    world.member(platform, world.HEI_CHO, 2022, is_disputed="true")
    row = """SELECT state, is_disputed, confidence FROM coverage
             WHERE code = ? AND fiscal_year = 2022 AND time_view = 'annual'"""
    assert database(world).execute(row, [world.HEI_CHO]).fetchone() == ("C", True, "likely")


def test_a_nationwide_grant_colours_nothing_and_is_no_evidence_for_any_area(
    world: Any, database: Callable[..., Any]
) -> None:
    world.add("grant_award", award_id="g01", programme_id="platform_model_2022", fiscal_year="2022", tier="adopted",
              is_counted="true", organisation="甲の会", scope="nationwide", confidence="certain",
              base_code=world.KO_SHI)  # fmt: skip
    world.add("grant_area", award_id="g01", scope="nationwide", name_printed="全国")
    con = database(world)
    assert con.execute("SELECT count(*) FROM evidence").fetchone() == (0,)
    assert con.execute("SELECT count(*) FROM coverage WHERE state NOT IN ('E', 'F')").fetchone() == (0,)


def test_wards_and_prefectures_have_no_state_of_their_own(world: Any, database: Callable[..., Any]) -> None:
    codes = database(world).execute("SELECT DISTINCT code FROM coverage ORDER BY code").fetchall()
    assert tuple(code for (code,) in codes) == tuple(sorted(world.MUNICIPALITIES))


def test_a_prefectures_sum_with_an_unknown_part_is_unknown(world: Any, database: Callable[..., Any]) -> None:
    for row in world.rows["area"]:
        if row["code"] in world.MUNICIPALITIES and row["code"] != world.OTSU_SHI:
            row["single_households"] = "7"
    single = dict(
        database(world)
        .execute("SELECT code, single_households FROM area WHERE kind = 'prefecture'")
        .fetchall()
    )
    assert single == {world.KO_KEN: 21, world.OTSU_KEN: None}


@pytest.mark.parametrize(
    ("cells", "statement"),
    [
        ({"cohort": "1"}, "令和4年度の取組団体「甲市」（第一次・新規）"),
        ({"status": "continuing"}, "令和4年度の取組団体「甲市」（継続）"),
        ({"status": "unknown"}, "令和4年度の取組団体「甲市」"),
        ({"status": "partner"}, "令和4年度の取組団体と連携する団体「甲市」（団体数には数えない）"),
    ],
)
def test_a_listing_is_told_in_one_sentence(
    world: Any, database: Callable[..., Any], cells: dict[str, str], statement: str
) -> None:
    world.listed(2022, world.KO_SHI, "甲市", **cells)
    assert database(world).execute("SELECT statement FROM evidence").fetchall() == [(statement,)]


def test_both_sides_of_a_disagreement_are_kept_as_conflicts(world: Any, database: Callable[..., Any]) -> None:
    platform = world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    for number, words in enumerate(("会議Aが基盤", "会議Bが基盤")):
        world.add("platform_statement", statement_id=f"{platform}-{number}", platform_id=platform, topic="base",
                  statement=words, is_disputed="true")  # fmt: skip
    found = (
        database(world)
        .execute("SELECT statement, fiscal_year FROM evidence WHERE claim = 'conflict' ORDER BY 1")
        .fetchall()
    )
    assert found == [
        ("資料により異なる記述：会議Aが基盤", 2022),
        ("資料により異なる記述：会議Bが基盤", 2022),
    ]  # s1 appeared in 2023-01: fiscal year 2022
