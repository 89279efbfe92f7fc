"""The real tables: the reference values that the published documents give, and what must hold for all of them."""

from typing import Any

import pytest

GIFU, SAITAMA = "21", "11"


def national(real: Any, year: int, view: str) -> dict[str, tuple[int, int]]:
    rows = real.execute(
        "SELECT rule, municipalities, population FROM coverage_national WHERE fiscal_year = ? AND time_view = ?",
        [year, view],
    ).fetchall()
    return {rule: (municipalities, people) for rule, municipalities, people in rows}


def states(real: Any, year: int, view: str = "annual") -> dict[str, tuple[int, int]]:
    rows = real.execute(
        """SELECT state, count(*), sum(population)::BIGINT FROM coverage
           WHERE fiscal_year = ? AND time_view = ? GROUP BY state""",
        [year, view],
    ).fetchall()
    return {state: (count, people) for state, count, people in rows}


def test_fiscal_year_2022_has_29_participants_9_prefectures_and_20_municipalities(real: Any) -> None:
    row = real.execute(
        """SELECT participants, prefectures, municipalities, designated_cities, prefectures_with_any,
                  prefectures_without_any, new_participants, published_total, list_state
           FROM participation_summary WHERE fiscal_year = 2022 AND time_view = 'annual'"""
    ).fetchone()
    assert row == (29, 9, 20, 3, 20, 27, 29, 29, "complete")


def test_fiscal_year_2022_has_the_published_states(real: Any) -> None:
    found = states(real, 2022)
    assert {state: count for state, (count, _) in found.items()} == {"A": 20, "C": 42, "D": 402, "E": 1277}
    assert found["A"][1] == 5_392_116
    assert national(real, 2022, "annual") == {
        "strict": (20, 5_392_116),
        "standard": (62, 7_370_858),
        "inclusive": (464, 33_169_292),
    }


def test_the_42_members_of_2022_are_all_of_gifu_and_none_takes_part_itself(real: Any) -> None:
    members = real.execute(
        "SELECT DISTINCT prefecture_code, count(*) FROM coverage "
        "WHERE fiscal_year = 2022 AND time_view = 'annual' AND state = 'C' GROUP BY ALL"
    ).fetchall()
    assert members == [(GIFU, 42)]


@pytest.mark.parametrize(("year", "a", "b"), [(2023, 5, 0), (2024, 8, 3)])
def test_later_lists_show_only_the_bodies_that_are_named(real: Any, year: int, a: int, b: int) -> None:
    found = states(real, year)
    assert found["A"][0] == a
    assert found.get("B", (0, 0))[0] == b
    assert "F" not in found


@pytest.mark.parametrize("year", [2025, 2026])
def test_years_without_a_list_are_unknown_and_not_empty(real: Any, year: int) -> None:
    assert states(real, year) == {"F": (1741, 126_146_099)}
    assert set(national(real, year, "annual").values()) == {(None, None)}


def test_completeness_is_29_of_29_then_7_of_15_then_8_of_14(real: Any) -> None:
    rows = real.execute(
        "SELECT fiscal_year, named, published_total, list_state FROM programme_list"
    ).fetchall()
    assert rows == [
        (2022, 29, 29, "complete"),
        (2023, 7, 15, "partial"),
        (2024, 8, 14, "partial"),
        (2025, 0, None, "not_registered"),
        (2026, 0, None, "not_registered"),
    ]


def test_saitamas_members_count_from_2023_and_are_flagged_as_disputed(real: Any) -> None:
    rows = real.execute(
        """SELECT fiscal_year, state, is_disputed, count(*) FROM coverage
           WHERE prefecture_code = ? AND time_view = 'cumulative' AND fiscal_year <= 2023 GROUP BY ALL ORDER BY ALL""",
        [SAITAMA],
    ).fetchall()
    assert rows == [(2022, "D", False, 63), (2023, "C", True, 63)]


def test_the_six_towns_around_tottori_are_planned_and_never_counted(real: Any) -> None:
    towns = real.execute("SELECT code FROM evidence WHERE claim = 'planned_member' ORDER BY code").fetchall()
    assert len(towns) == 6
    counted = real.execute(
        """SELECT count(*) FROM coverage WHERE state IN ('A', 'B', 'C')
           AND code IN (SELECT code FROM evidence WHERE claim = 'planned_member')"""
    ).fetchone()
    assert counted == (0,)


def test_fuchu_is_the_one_in_hiroshima_and_only_likely(real: Any) -> None:
    row = "SELECT state, confidence FROM coverage WHERE fiscal_year = 2022 AND time_view = 'annual' AND code = ?"
    assert real.execute(row, ["34208"]).fetchone() == ("A", "likely")
    assert real.execute(row, ["13206"]).fetchone() == ("E", None)


def test_kumamoto_is_the_city_and_not_the_prefecture(real: Any) -> None:
    listed = real.execute("SELECT DISTINCT fiscal_year FROM participation WHERE code = '43000'").fetchall()
    assert listed == []
    assert real.execute("SELECT count(*) FROM participation WHERE code = '43100'").fetchone() == (2,)


def test_the_census_has_126146099_people_in_1741_municipalities(real: Any) -> None:
    row = real.execute(
        """SELECT count(*), sum(population)::BIGINT, sum(households)::BIGINT, sum(population_65plus)::BIGINT,
                  count(*) - count(single_households)
           FROM area WHERE kind NOT IN ('prefecture', 'ward', 'northern_village')"""
    ).fetchone()
    assert row == (1741, 126_146_099, 55_830_154, 35_335_805, 45)
    prefectures = real.execute(
        "SELECT count(*), sum(population)::BIGINT FROM area WHERE kind = 'prefecture'"
    ).fetchone()
    assert prefectures == (47, 126_146_099)


def test_a_prefecture_with_an_unknown_part_has_no_number_of_single_households(real: Any) -> None:
    unknown = real.execute(
        "SELECT name FROM area WHERE kind = 'prefecture' AND single_households IS NULL ORDER BY code"
    ).fetchall()
    assert [name for (name,) in unknown] == ["福島県", "静岡県", "鹿児島県", "沖縄県"]


@pytest.mark.parametrize(
    ("total_id", "published", "loaded", "verdict"),
    [
        ("participants-2022", 29, 29, "matches"),
        ("participants-2022-prefectures", 12, 12, "matches"),
        ("participants-2022-municipalities", 17, 17, "matches"),
        ("participants-2022-cohort-1", 18, 18, "matches"),
        ("participants-2022-cohort-2", 11, 11, "matches"),
        ("participants-2022-tsukumi", 30, 29, "conflict"),
        ("participants-2023", 15, 7, "incomplete"),
        ("second-year-2023", 4, 4, "matches"),
        ("distinct-2022-2023", 40, 32, "incomplete"),
        ("participants-2024", 14, 8, "incomplete"),
        ("participants-2024-designated", 3, 3, "matches"),
        ("three-year-sum-2024", 54, 40, "incomplete"),
        ("base-model-2023", 10, 10, "matches"),
        ("national-platform-2023-01-16", 385, 385, "matches"),
        ("national-platform-2026-04-01", 687, 687, "matches"),
        ("gifu-general", 152, 152, "matches"),
        ("gifu-general-municipalities", 40, 40, "matches"),
        ("tottori-towns", 6, 6, "matches"),
        ("census-2020-people", 126_146_099, 126_146_099, "matches"),
    ],
)
def test_a_published_number_is_reconciled(
    real: Any, total_id: str, published: int, loaded: int, verdict: str
) -> None:
    row = real.execute("SELECT published, loaded, verdict FROM control_total WHERE total_id = ?", [total_id])
    assert row.fetchone() == (published, loaded, verdict)


def test_no_published_number_differs(real: Any) -> None:
    assert real.execute("SELECT count(*) FROM control_total WHERE verdict = 'differs'").fetchone() == (0,)


def test_57_municipalities_share_25_names(real: Any) -> None:
    row = real.execute(
        """SELECT count(*), count(DISTINCT name) FROM area
           WHERE kind NOT IN ('prefecture', 'ward', 'northern_village') AND name IN (
               SELECT name FROM area WHERE kind NOT IN ('prefecture', 'ward', 'northern_village')
               GROUP BY name HAVING count(*) > 1)"""
    ).fetchone()
    assert row == (57, 25)


def test_a_nationwide_grantee_is_no_evidence_for_any_area(real: Any) -> None:
    nationwide = real.execute(
        "SELECT count(DISTINCT award_id) FROM grant_area WHERE scope = 'nationwide'"
    ).fetchone()
    assert nationwide[0] >= 5
    rows = real.execute(
        """SELECT count(*) FROM evidence WHERE claim = 'grant' AND fact_id IN (
               SELECT award_id FROM grant_area WHERE scope = 'nationwide' AND code IS NULL)
           AND fact_id NOT IN (SELECT award_id FROM grant_area WHERE code IS NOT NULL)"""
    ).fetchone()
    assert rows == (0,)
