"""The runner of the SQL files and the checks: order, comments, and failures that say where."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.check import CHECK_FOLDER, CheckError, run_checks
from etl.export import PUBLIC_TABLES
from etl.load import LoadError, run_sql, sql_files


def test_a_file_that_reads_a_table_made_later_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "01_late.sql").write_text("CREATE TABLE late AS SELECT * FROM early;", encoding="utf-8")
    (tmp_path / "02_early.sql").write_text("CREATE TABLE early AS SELECT 1 AS a;", encoding="utf-8")
    with duckdb.connect() as con, pytest.raises(LoadError, match=r"01_late\.sql.*early"):
        run_sql(con, tmp_path)


def test_a_failing_statement_is_reported_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "01_broken.sql").write_text("CREATE TABLE broken AS SELECT 1 / 'x' AS a;", encoding="utf-8")
    with duckdb.connect() as con, pytest.raises(LoadError, match=r"01_broken\.sql"):
        run_sql(con, tmp_path)


def test_every_sql_file_begins_with_purpose_grain_and_assumptions() -> None:
    for path in sql_files():
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("--")]
        name = path.stem.split("_", 1)[1]
        assert lines[0].startswith(f"-- {name}: "), path.name
        has_rows = re.search("^CREATE (TEMP )?TABLE ", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert not has_rows or any(line.startswith("-- Grain: one row per ") for line in lines), path.name
        assert any(line.startswith("-- Assumes: ") for line in lines), path.name


def test_every_check_begins_with_its_promise_in_japanese() -> None:
    checks = sorted(CHECK_FOLDER.glob("*.sql"))
    assert len(checks) >= 10
    for path in checks:
        assert any(ord(sign) > 0x3000 for sign in path.read_text(encoding="utf-8").splitlines()[0]), path.name


def test_the_public_tables_are_exactly_those_of_the_database(real: Any) -> None:
    names = real.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary"
    ).fetchall()
    assert {name for (name,) in names} == set(PUBLIC_TABLES)
    assert len(PUBLIC_TABLES) == len(set(PUBLIC_TABLES))


def test_every_table_and_column_is_described_in_japanese_and_english(real: Any) -> None:
    comments = real.execute(
        """SELECT table_name, comment FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary
           UNION ALL SELECT table_name || '.' || column_name, comment FROM duckdb_columns()
           WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal"""
    ).fetchall()
    assert len(comments) > 250
    for name, comment in comments:
        japanese, _, english = str(comment).partition(" — ")
        assert japanese, name
        assert english.isprintable(), name
        assert any(ord(sign) > 0x3000 for sign in japanese) or japanese == "URL", name
        assert re.search("[A-Za-z]{2}", english), name


def test_all_broken_promises_are_listed_with_rows(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("-- 甲の約束\nSELECT 1 AS code, 'x' AS name", encoding="utf-8")
    (tmp_path / "b.sql").write_text("-- 守られた約束\nSELECT 1 WHERE false", encoding="utf-8")
    (tmp_path / "c.sql").write_text("-- 乙の約束\nSELECT i AS code FROM range(9) AS t (i)", encoding="utf-8")
    with duckdb.connect() as con, pytest.raises(CheckError) as caught:
        run_checks(con, tmp_path)
    message = str(caught.value)
    assert "2件の検査" in message
    assert "甲の約束（a.sql）\n    code=1, name=x" in message
    assert "ほか 4 行" in message
    assert "守られた約束" not in message


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("DELETE FROM coverage WHERE code = '01202' AND fiscal_year = 2022", "coverage_is_complete.sql"),
        ("INSERT INTO coverage SELECT * FROM coverage LIMIT 1", "coverage_is_complete.sql"),
        ("UPDATE coverage_prefecture SET state_a = state_a + 1", "coverage_agrees_with_prefectures.sql"),
        (
            "UPDATE coverage_national SET municipalities = 3 WHERE rule = 'strict'",
            "coverage_agrees_with_nation.sql",
        ),
        (
            "UPDATE coverage SET state = 'E' WHERE code = '01202' AND fiscal_year = 2024 AND time_view = 'cumulative'",
            "coverage_never_shrinks.sql",
        ),
        ("UPDATE coverage SET since_year = NULL", "coverage_has_a_reason.sql"),
        ("UPDATE participation SET source_locator = ' '", "facts_cite_a_source.sql"),
        ("UPDATE participation SET source_id = 'nowhere'", "facts_cite_a_source.sql"),
        ("DELETE FROM evidence", "covered_areas_have_evidence.sql"),
        ("UPDATE area SET population = NULL WHERE code = '01202'", "population_is_known.sql"),
        ("COMMENT ON COLUMN coverage.state IS NULL", "every_column_is_described.sql"),
    ],
)
def test_each_check_fails_when_its_promise_is_broken(
    world: Any, database: Callable[..., Any], tmp_path: Path, change: str, check: str
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    con = database(world)
    con.execute(change)
    folder = tmp_path / "one check"
    folder.mkdir()
    (folder / check).write_text((CHECK_FOLDER / check).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(CheckError, match=check.replace(".", r"\.")):
        run_checks(con, folder)
