"""The connection that readers get: it can ask, and nothing else."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.build import Build, connect, ensure_build


@pytest.fixture(scope="module")
def build(new_world: Any, tmp_path_factory: pytest.TempPathFactory) -> Build:
    place = tmp_path_factory.mktemp("reader")
    return ensure_build(folder=place / "builds", data=new_world().write(place / "data"))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a INTEGER)",
        "INSERT INTO source SELECT * FROM source",
        "UPDATE area SET population = 0",
        "DELETE FROM coverage",
        "DROP TABLE coverage",
        "ALTER TABLE area RENAME TO areas",
        "COMMENT ON TABLE area IS 'mine'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM 'https://example.org/a.parquet'",
        "COPY (SELECT 1) TO 'stolen.csv'",
        "EXPORT DATABASE 'stolen'",
        "ATTACH 'other.duckdb'",
        "INSTALL spatial",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET threads = 64",
        "RESET lock_configuration",
    ],
)
def test_writes_files_network_extensions_and_settings_are_refused(build: Build, statement: str) -> None:
    with connect(build) as con, pytest.raises(duckdb.Error):
        con.execute(statement).fetchall()


def test_a_reader_can_ask(build: Build) -> None:
    with connect(build) as con:
        assert con.execute("SELECT count(*) FROM area WHERE kind = 'prefecture'").fetchall() == [(2,)]


def test_many_readers_can_have_the_file_open_at_once(build: Build) -> None:
    connections = [connect(build).cursor() for _ in range(5)]
    assert all(con.execute("SELECT count(*) FROM source").fetchall() == [(1,)] for con in connections)
    for con in connections:
        con.close()


def test_reading_leaves_no_file_behind(build: Build) -> None:
    before = set(build.database.parent.iterdir())
    with connect(build) as con:
        con.execute("SELECT * FROM coverage ORDER BY population").fetchall()
    assert set(Path(build.database.parent).iterdir()) == before
