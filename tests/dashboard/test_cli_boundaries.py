"""`ibasho boundaries` says in Japanese what it did, and changes nothing when it cannot."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.commands.boundaries import SOURCES, add_parser
from dashboard.commands.command import called
from etl.boundaries import Boundary, BoundaryError, Source, Wish, current, point_to
from etl.boundary_store import store
from geo.official import coverage_of

Run = Callable[..., str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IBASHO_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())

    def ran(*words: str) -> str:
        options = parser.parse_args(["boundaries", *words])
        called(options.run)(options)
        return capsys.readouterr().out

    return ran


def kept(data: Path, vintage: int = 2025) -> Boundary:
    error = {"table": {"median": 0.002, "p95": 0.01, "worst": 0.2}, "mesh": {}, "over_5_percent": 1}
    error["largest"] = [{"code": "47356", "name": "渡名喜村", "share": -0.22}]
    counts = {"municipalities": 1741, "prefectures": 47, "repaired": 4, "skipped": 1}
    boundary = Boundary(
        f"n03-{vintage}-1",
        "n03",
        f"国土数値情報（{vintage}年）",
        vintage,
        50.0,
        "甲を加工",
        "CC BY 4.0",
        (),
        counts,
        error,
        "",
        "",
    )
    return store(data, coverage_of([], []), boundary)


def test_the_mesh_is_what_is_used_at_first(run: Run) -> None:
    assert run("status") == "使う境界: 内蔵の概略境界（125 m メッシュ）\n"
    assert run("list").startswith("* 内蔵の概略境界")
    assert json.loads(run("status", "--json")) == {"current": None, "bindings": {}}
    assert "すでに" in run("reset")


def test_a_prepared_boundary_is_listed_chosen_and_given_up(run: Run, data: Path) -> None:
    boundary = kept(data)
    assert f"  {boundary.boundary_id}  国土数値情報（2025年）  精度 約50 m" in run("list")
    assert "選びました" in run("choose", boundary.boundary_id)
    said = run("status")
    assert "出典: 甲を加工" in said
    assert "最大 20.00%" in said
    assert "渡名喜村 -22.0%" in said
    assert f"* {boundary.boundary_id}" in run("list")
    assert [entry["is_current"] for entry in json.loads(run("list", "--json"))] == [True]
    assert "戻しました" in run("reset")
    assert current(data) is None


def test_a_fiscal_year_is_bound_to_a_vintage(run: Run, data: Path) -> None:
    kept(data)
    assert "2024年度を2025年の境界に" in run("bind", "2024", "2025")
    assert "2024年度 → 2025年の境界" in run("status")
    with pytest.raises(BoundaryError, match="2019年"):
        run("bind", "2024", "2019")


def test_use_and_fetch_hand_on_what_a_person_says(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boundary = kept(data)
    asked: list[object] = []

    def used(files: list[str], folder: Path, wish: Wish, _: object, **said: object) -> Boundary:
        asked.append((files, folder, wish, said))
        point_to(folder, boundary.boundary_id)
        return boundary

    def fetched(source: Source, folder: Path, wish: Wish, _: object, **said: object) -> Boundary:
        asked.append((source, folder, wish, said))
        return boundary

    monkeypatch.setattr("dashboard.commands.boundaries_run.use", used)
    monkeypatch.setattr("dashboard.commands.boundaries_run.fetch", fetched)
    said = run("use", "a.zip", "b.zip", "--year", "2021", "--precision-m", "80", "--crs", "EPSG:6668")
    assert "1,741市区町村、47都道府県（補正 4、対象外 1）" in said
    assert "次の `ibasho build`" in said
    wish = Wish(vintage=2021, precision_m=80.0, crs="EPSG:6668")
    assert asked == [(["a.zip", "b.zip"], data, wish, {"again": False})]
    assert json.loads(run("fetch", "n03", "--year", "2025", "--json"))["boundary_id"] == boundary.boundary_id
    assert asked[1] == (Source.N03, data, Wish(vintage=2025), {"url": "", "again": False})


@pytest.mark.parametrize(
    "words", [[], ["use"], ["fetch", "elsewhere"], ["bind", "24", "2025"], ["use", "a", "--precision-m", "0"]]
)
def test_wrong_arguments_end_with_2(words: list[str], run: Run) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2


def test_every_publisher_can_be_named() -> None:
    assert sorted(SOURCES) == sorted(str(source) for source in Source)


@pytest.mark.parametrize(
    "words", [["bind", "R6", "2025"], ["bind", "2100", "2025"], ["use", "a", "--precision-m", "細かく"]]
)
def test_a_number_that_is_none_is_told_in_both_languages_and_not_by_the_name_of_a_function(
    words: list[str], run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(*words)
    said = capsys.readouterr().err
    assert "書いてください" in said
    assert "invalid _" not in said
