"""Coverage in random worlds: what must hold whatever the documents say."""

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.build import fill_database
from etl.read import read_curated

YEARS = (2022, 2023)
BODIES = {
    "01000": "甲県",
    "01100": "大甲市",
    "01202": "甲市",
    "01303": "丙町",
    "02000": "乙県",
    "02201": "乙市",
}
LISTINGS = st.dictionaries(
    st.tuples(st.sampled_from(YEARS), st.sampled_from(sorted(BODIES))),
    st.sampled_from(("new", "continuing", "unknown", "partner")),
    max_size=6,
)
PLATFORMS = st.dictionaries(
    st.sampled_from(sorted(BODIES)),
    st.tuples(st.sampled_from(("", "2022", "2023", "2024")), st.sampled_from(("established", "forming"))),
    max_size=3,
)
MEMBERS = st.dictionaries(
    st.sampled_from(("01100", "01202", "01303")),
    st.tuples(st.sampled_from((2022, 2023, 2024)), st.sampled_from(("confirmed", "planned"))),
    max_size=3,
)
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def world_of(new_world: Callable[[], Any], listings: Any, platforms: Any, members: Any) -> Any:
    world = new_world()
    for (year, code), status in listings.items():
        if status != "partner" or not code.endswith("000"):
            world.listed(year, code, BODIES[code], status=status)
    for code, (year, status) in platforms.items():
        kind = "prefectural" if code.endswith("000") else "municipal"
        world.platform(code, kind, year, BODIES[code], status=status)
    if "01000" in platforms:
        for code, (year, status) in members.items():
            world.member("pf-01000", code, year, status=status)
    return world


def filled(world: Any) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    with TemporaryDirectory() as folder:
        fill_database(con, read_curated(world.write(Path(folder))))
    return con


@SLOW
@given(listings=LISTINGS, platforms=PLATFORMS, members=MEMBERS)
def test_coverage_is_whole_ordered_and_never_shrinks(
    new_world: Callable[[], Any], listings: Any, platforms: Any, members: Any
) -> None:
    with filled(world_of(new_world, listings, platforms, members)) as con:
        grown = con.execute(
            """WITH steps AS (
                      SELECT strict <= standard AND standard <= inclusive AND inclusive <= municipalities AS ordered,
                             lag(strict, 1, 0) OVER years <= strict AND lag(inclusive, 1, 0) OVER years <= inclusive AS grown
                      FROM coverage_prefecture WHERE time_view = 'cumulative'
                      WINDOW years AS (PARTITION BY code ORDER BY fiscal_year))
                    SELECT bool_and(ordered), bool_and(grown) FROM steps"""
        ).fetchall()
        assert grown == [(True, True)]
        annual = con.execute(
            """SELECT count(*) FROM coverage AS annual JOIN coverage AS overall USING (code, fiscal_year)
               WHERE annual.time_view = 'annual' AND overall.time_view = 'cumulative' AND annual.state <> 'F'
               AND overall.state > annual.state"""
        ).fetchall()
        assert annual == [(0,)]  # what a year's list shows is never lost in the cumulative view


@SLOW
@given(listings=LISTINGS, platforms=PLATFORMS, members=MEMBERS, seed=st.integers(0, 2**16))
def test_the_order_of_rows_changes_nothing(
    new_world: Callable[[], Any], listings: Any, platforms: Any, members: Any, seed: int
) -> None:
    world = world_of(new_world, listings, platforms, members)
    with filled(world) as con:
        first = [
            con.execute(f"FROM {table}").fetchall()
            for table in ("coverage", "evidence", "area", "participation")
        ]
    for rows in world.rows.values():
        random.Random(seed).shuffle(rows)
    with filled(world) as con:
        assert first == [
            con.execute(f"FROM {table}").fetchall()
            for table in ("coverage", "evidence", "area", "participation")
        ]


@SLOW
@given(listings=LISTINGS, platforms=PLATFORMS, members=MEMBERS)
def test_planned_members_change_no_state(
    new_world: Callable[[], Any], listings: Any, platforms: Any, members: Any
) -> None:
    planned = {code: (year, "planned") for code, (year, _) in members.items()}
    question = "SELECT fiscal_year, time_view, code, state FROM coverage ORDER BY ALL"
    with filled(world_of(new_world, listings, platforms, planned)) as con:
        with_planned = con.execute(question).fetchall()
    with filled(world_of(new_world, listings, platforms, {})) as con:
        assert con.execute(question).fetchall() == with_planned
