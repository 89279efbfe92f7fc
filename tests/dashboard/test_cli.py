"""The `ibasho` command's promises: every subcommand answers, and a fault is one clear line."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.answer import FORMATS
from dashboard.cli import ANSWER_FORMATS, COMMANDS, Command
from dashboard.commands.command import called
from etl.build import Build
from tests.command import Run

REFERENCE = """SELECT rule, municipalities, population FROM coverage_national
               WHERE fiscal_year = 2022 AND time_view = 'annual' ORDER BY municipalities"""
POPULATION_IN_STATE_A = 5_392_116


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


def test_the_reference_values_of_fiscal_2022_are_one_query_away(ibasho: Run) -> None:
    told = ibasho("query", REFERENCE, "--format", "json")
    assert told.code == 0
    assert json.loads(told.out) == [
        {"rule": "strict", "municipalities": 20, "population": POPULATION_IN_STATE_A},
        {"rule": "standard", "municipalities": 62, "population": 7_370_858},
        {"rule": "inclusive", "municipalities": 464, "population": 33_169_292},
    ]


def test_csv_and_table_say_the_same(ibasho: Run) -> None:
    written = list(csv.reader(ibasho("query", REFERENCE, "--format", "csv").out.splitlines()))
    shown = [line.split() for line in ibasho("query", REFERENCE).out.splitlines()]
    assert written == shown
    assert written[0] == ["rule", "municipalities", "population"]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_answer_may_be_empty_unknown_or_japanese(ibasho: Run, form: str) -> None:
    told = ibasho(
        "query",
        "SELECT NULL AS 空, '[bold]府中市' AS 名, 1.5::DECIMAL(3, 1) AS 数, 'nan'::DOUBLE AS 無",
        "--format",
        form,
    )
    assert "[bold]府中市" in told.out
    assert ibasho("query", "SELECT code FROM area WHERE false", "--format", form).code == 0


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x AS SELECT 1",
        "DELETE FROM area",
        "UPDATE area SET name = ''",
        "COPY area TO 'stolen.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "EXPORT DATABASE 'stolen'",
        "SELECT",
        "no sql at all",
        "SELECT missing FROM area",
    ],
)
def test_a_refused_question_is_one_line(
    ibasho: Run, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = ibasho("query", sql)
    assert told.code == 1
    assert told.out == ""
    assert told.err.startswith("ibasho: ")
    assert told.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", [("query", "SELECT 1"), ("export", "--out", "nowhere")])
def test_without_a_build_the_next_step_is_told(
    ibasho: Run, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(tmp_path))
    told = ibasho(*command)
    assert told.code == 1
    assert "ibasho build" in told.err
    assert told.err.count("\n") == 1


def test_a_second_build_finds_nothing_to_do(ibasho: Run, bundle: None, project_build: Build) -> None:
    told = ibasho("build", "--json")
    assert told.code == 0
    assert told.out.count("\n") == 1
    said = json.loads(told.out)
    assert said["build_id"] == project_build.build_id
    assert said["built_at"] == project_build.built_at
    assert Path(said["database"]).is_file()


def test_the_export_holds_every_public_table(ibasho: Run, tmp_path: Path) -> None:
    told = ibasho("export", "--out", str(tmp_path / "out"))
    assert told.code == 0
    assert (tmp_path / "out" / "datapackage.json").is_file()
    assert list((tmp_path / "out").rglob("coverage.csv"))


def test_an_export_that_cannot_be_written_is_one_line(ibasho: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = ibasho("export", "--out", str(tmp_path / "file"))
    assert told.code == 1
    assert told.err.splitlines()[-1].startswith("ibasho: ")
    assert "Traceback" not in told.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_tells_what_a_subcommand_does_in_both_languages(ibasho: Run, command: Command) -> None:
    told = ibasho(command.name, "--help")
    assert told.code == 0
    for sentence in (command.japanese, command.english, command.example, "IBASHO_BUILD_DIR"):
        assert "".join(sentence.split()) in "".join(told.out.split())


def test_help_names_every_subcommand(ibasho: Run) -> None:
    told = ibasho("--help")
    assert all(command.name in told.out for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments", [(), ("dance",), ("query",), ("serve", "--port", "0"), ("serve", "--port", "x"), ("export",)]
)
def test_wrong_arguments_end_with_code_2(ibasho: Run, arguments: tuple[str, ...]) -> None:
    told = ibasho(*arguments)
    assert told.code == 2
    assert "usage: ibasho" in told.err
    assert "Traceback" not in told.err


def test_a_busy_port_is_told_before_anything_long_begins(ibasho: Run, app_server: str) -> None:
    told = ibasho("serve", "--port", app_server.rpartition(":")[2])
    assert told.code == 1
    assert told.err.count("\n") == 1
    assert "--port" in told.err


@pytest.mark.skipif(os.name == "nt", reason="`head` and closed pipes are of Unix")
def test_a_reader_who_has_enough_gets_no_traceback() -> None:
    asked = f"{sys.executable} -m dashboard.cli query 'SELECT * FROM coverage' --format csv | head -n 1"
    done = subprocess.run(asked, shell=True, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("fiscal_year,")
    assert done.stderr == ""


@pytest.mark.parametrize("command", [each for each in COMMANDS if each.run], ids=lambda command: command.name)
def test_every_subcommand_names_what_does_its_work(command: Command) -> None:
    assert callable(called(command.run))


def test_every_form_of_an_answer_can_be_asked_for() -> None:
    assert sorted(FORMATS) == sorted(ANSWER_FORMATS)


def test_a_check_does_not_wait_for_the_libraries_of_the_map_and_the_screen() -> None:
    program = "import sys, dashboard.cli, dashboard.commands.intake_run; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"geopandas", "pandas", "rasterio", "pyogrio", "streamlit"} & set(done.stdout.split())
