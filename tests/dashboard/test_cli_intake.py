"""The subcommands for lists that someone sends: exit codes, JSON, approval, and nothing written without being asked."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from dashboard.commands.intake import INTAKE_COMMANDS
from etl.build import Build
from tests.command import Run

pytestmark = pytest.mark.usefixtures("checked_here")
HEADING = "年度,都道府県,市区町村,団体コード,区分,備考"
CURATED = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(autouse=True)
def data(project_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's tables, which the command is told to use."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in CURATED.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setenv("IBASHO_DATA_DIR", str(folder))
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))
    return folder


@pytest.fixture
def sent(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a list of participants as somebody would send it."""

    def written(*rows: str, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
        return path

    return written


@pytest.fixture
def not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not ask what a list would change: that builds the data twice, and tests of other promises need not wait for it."""
    monkeypatch.setattr("dashboard.commands.intake_run.changes", lambda *_: [])


GOOD = "2025,広島県,三原市,342041,新規,"
UNKNOWN = "2025,広島県,三原,,新規,"


def test_a_check_says_in_json_what_became_of_every_row(
    ibasho: Run, sent: Callable[..., Path], data: Path
) -> None:
    told = ibasho(
        "check", sent(GOOD, "令和７年度,広島県,尾道市,,継続,", UNKNOWN), "--kind", "platforms", "--json"
    )
    said = json.loads(told.out)
    assert told.code == 0
    counts = {
        name: said[name] for name in ("rows", "loaded", "repaired", "quarantined", "duplicates", "skipped")
    }
    assert (said["outcome"], counts) == (
        "quarantine",
        {"rows": 3, "loaded": 2, "repaired": 1, "quarantined": 1, "duplicates": 0, "skipped": 0},
    )
    assert {"row", "column", "problem", "mend", "before", "after"} == set(said["messages"][0])
    assert {"encoding", "layout"} <= set(said)
    assert not (data / "imports").exists()


@pytest.mark.parametrize("as_json", [True, False])
def test_a_file_that_cannot_be_used_is_exit_code_2(
    ibasho: Run, sent: Callable[..., Path], as_json: bool
) -> None:
    path = sent(name="empty.csv")
    for command in (("check",), ("import", "--source", "s2023-01")):
        told = ibasho(*command, path, "--kind", "platforms", *(["--json"] if as_json else []))
        assert told.code == 2
        assert "Traceback" not in told.err
        if as_json:
            assert json.loads(told.out)["outcome"] == "reject"
        else:
            assert told.out == ""
            assert "empty.csv" in told.err


def test_an_import_is_listed_and_undone(ibasho: Run, sent: Callable[..., Path]) -> None:
    path = sent(GOOD)
    told = ibasho("import", path, "--kind", "platforms", "--source", "s2023-01", "--json")
    said = json.loads(told.out)
    assert (told.code, said["is_new"], said["loaded"]) == (0, True, 1)
    assert [(change["code"], change["effect"]) for change in said["changes"]] == [("34204", "added")]
    again = json.loads(ibasho("import", path, "--kind", "platforms", "--source", "s2023-01", "--json").out)
    assert (again["import_id"], again["is_new"]) == (said["import_id"], False)
    (listed,) = json.loads(ibasho("imports", "list", "--json").out)
    assert (listed["import_id"], listed["source_id"]) == (said["import_id"], "s2023-01")
    assert ibasho("imports", "undo", said["import_id"]).code == 0
    assert json.loads(ibasho("imports", "list", "--json").out) == []
    gone = ibasho("imports", "undo", said["import_id"])
    assert (gone.code, gone.err.count("\n")) == (1, 1)


def test_without_a_known_source_nothing_is_taken_in(
    ibasho: Run, sent: Callable[..., Path], data: Path
) -> None:
    told = ibasho("import", sent(GOOD), "--kind", "platforms", "--source", "unknown")
    assert told.code == 2
    assert "sources.csv" in told.err
    assert told.err.count("\n") == 1
    assert not (data / "imports").exists()


def test_what_is_shown_now_is_not_changed_without_approval(ibasho: Run, sent: Callable[..., Path]) -> None:
    ibasho("import", sent(GOOD), "--kind", "platforms", "--source", "s2023-01")
    removing = sent("2025,広島県,三原市,342041,参画の確認なし,", name="later.csv")
    refused = ibasho("import", removing, "--kind", "platforms", "--source", "s2023-01")
    assert refused.code == 2
    assert "削除: 2025年度 広島県三原市（新規 → 参画の確認なし）" in refused.out
    assert "--yes" in refused.err
    assert len(json.loads(ibasho("imports", "list", "--json").out)) == 1
    assert ibasho("import", removing, "--kind", "platforms", "--source", "s2023-01", "--yes").code == 0
    assert len(json.loads(ibasho("imports", "list", "--json").out)) == 2


def test_a_terminal_is_asked(ibasho: Run, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    ibasho("import", sent(GOOD), "--kind", "platforms", "--source", "s2023-01")
    removing = sent("2025,広島県,三原市,342041,参画の確認なし,", name="later.csv")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answer, code in (("", 2), ("いいえ", 2), ("y", 0)):
        monkeypatch.setattr("builtins.input", lambda _question, said=answer: said)
        assert ibasho("import", removing, "--kind", "platforms", "--source", "s2023-01").code == code


@pytest.mark.usefixtures("not_compared")
def test_rows_held_back_are_listed_written_and_tried_again(
    ibasho: Run, sent: Callable[..., Path], data: Path, tmp_path: Path
) -> None:
    said = json.loads(
        ibasho("import", sent(GOOD, UNKNOWN), "--kind", "platforms", "--source", "s2023-01", "--json").out
    )
    (held,) = json.loads(ibasho("quarantine", "list", "--json").out)
    assert (held["row"], held["cells"]["市区町村"]) == (3, "三原")
    assert "3行目" in ibasho("quarantine", "list", said["import_id"]).out
    out = tmp_path / "held.xlsx"
    assert ibasho("quarantine", "export", said["import_id"], "--out", out).code == 0
    assert openpyxl.load_workbook(out).worksheets[0]["C2"].value == "三原"
    assert ibasho("quarantine", "export", said["import_id"], "--out", tmp_path / "held.pdf").code == 1
    with (data / "aliases.csv").open("a", encoding="utf-8") as aliases:
        columns = (data / "aliases.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        known = {"printed": "三原", "prefecture_name": "広島県", "code": "34205", "reason": "別の書き方",
                 "reason_en": "Another spelling", "source_id": "s2023-01", "source_locator": "1ページ"}  # fmt: skip
        aliases.write(",".join(known.get(column, "") for column in columns) + "\n")
    assert "取り込み 1" in ibasho("quarantine", "retry").out
    assert json.loads(ibasho("quarantine", "list", "--json").out) == []


@pytest.mark.usefixtures("not_compared")
def test_a_mended_row_is_listed_as_handed_in_again_and_a_mended_file_names_the_earlier_one(
    ibasho: Run, sent: Callable[..., Path], tmp_path: Path
) -> None:
    citing = ("--kind", "platforms", "--source", "s2023-01")
    first = json.loads(ibasho("import", sent(GOOD, UNKNOWN), *citing, "--json").out)["import_id"]
    out = tmp_path / "held.csv"
    ibasho("quarantine", "export", first, "--out", out)
    out.write_text(out.read_text(encoding="utf-8-sig").replace("三原,", "呉市,"), encoding="utf-8")
    assert f"{first} の 3行目" in ibasho("import", out, *citing).out
    assert "保留の行: 0（ほかに渡し直し済み 1）" in ibasho("quarantine", "list").out
    assert "保留 0、渡し直し済み 1" in ibasho("imports", "list").out
    (told,) = json.loads(ibasho("quarantine", "list", "--json").out)
    assert (told["import_id"], told["row"]) == (first, 3)
    assert told["replaced_by"] in ibasho("imports", "list").out
    ibasho("imports", "undo", told["replaced_by"])
    whole = ibasho("import", sent(GOOD, "2025,広島県,呉市,,新規,"), *citing)
    assert f"ibasho imports undo {first}" in whole.out


def test_the_form_of_a_prefecture_is_written_and_comes_back(ibasho: Run, tmp_path: Path) -> None:
    form = tmp_path / "hiroshima.xlsx"
    assert ibasho("template", "--prefecture", "広島県", "--fiscal-year", "2025", "--out", form).code == 0
    book = openpyxl.load_workbook(io.BytesIO(form.read_bytes()))
    assert book.worksheets[0].max_row == 1 + 1 + 23  # heading, the prefecture, its municipalities
    told = ibasho("check", form, "--kind", "platforms", "--json")
    assert (told.code, json.loads(told.out)["outcome"]) == (0, "accept")


def test_own_headings_are_told_in_a_file(ibasho: Run, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("ねんど,けん,まち\n2025,広島県,三原市\n", encoding="utf-8")
    mapping = tmp_path / "own.toml"
    mapping.write_text('year = "ねんど"\nprefecture = "けん"\nmunicipality = "まち"\n', encoding="utf-8")
    told = ibasho("check", tmp_path / "own.csv", "--kind", "platforms", "--mapping", mapping, "--json")
    assert (told.code, json.loads(told.out)["loaded"]) == (0, 1)
    mapping.write_text("year = [", encoding="utf-8")
    broken = ibasho("check", tmp_path / "own.csv", "--kind", "platforms", "--mapping", mapping)
    assert (broken.code, broken.err.count("\n")) == (1, 1)


@pytest.mark.parametrize("wrong", [("--fiscal-year", "R7"), ("--on", "2025/4/1"), ("--kind", "photos")])
def test_a_wrong_option_is_exit_code_2(
    ibasho: Run, sent: Callable[..., Path], wrong: tuple[str, str]
) -> None:
    told = ibasho("check", sent(GOOD), "--kind", "platforms", *wrong)
    assert told.code == 2
    assert wrong[0] in told.err


def test_every_action_has_help_in_both_languages(ibasho: Run) -> None:
    actions = [
        ("imports", "list"),
        ("imports", "undo"),
        *(("quarantine", name) for name in ("list", "export", "retry")),
    ]
    for names in (*((command.name,) for command in INTAKE_COMMANDS), *actions):
        told = ibasho(*names, "--help")
        assert told.code == 0
        assert any(ord(sign) > 0x3000 for sign in told.out)
        assert "(" in told.out
