"""`ibasho slides`: whole files in every format, and every fault as one clear line that says how to mend it."""

import csv
import io
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dashboard.store import Store
from etl.build import Build
from tests.command import Run

FIRST_LIST = 29
SIGNS = {
    "pptx": b"PK\x03\x04",
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "svg": b"<",
    "xlsx": b"PK\x03\x04",
    "csv": b"\xef\xbb\xbf",
}


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


@pytest.fixture
def slides(ibasho: Run) -> Run:
    """Run `ibasho slides` in this process."""
    return lambda *arguments: ibasho("slides", *arguments)


@pytest.fixture(scope="module")
def names(project_build: Build) -> list[str]:
    """The names in the first list."""
    return [str(row["name"]) for row in Store(project_build).participants(2022, 2022) if row["is_counted"]]


@pytest.mark.parametrize("form", SIGNS)
def test_the_ending_says_the_format(slides: Run, form: str, tmp_path: Path) -> None:
    out = tmp_path / f"地図.{form}"
    told = slides("--year", 2022, "--out", out)
    assert told.code == 0, told.err
    assert told.out == f"書き出しました: {out}\n"
    assert out.read_bytes().startswith(SIGNS[form])
    assert list(tmp_path.iterdir()) == [out], "nothing half-written is left beside it"


def test_the_map_of_a_year_holds_every_name_of_its_list(
    slides: Run, names: list[str], tmp_path: Path
) -> None:
    slides("--year", 2022, "--out", tmp_path / "map.svg")
    drawn = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert len(names) == FIRST_LIST
    assert [name for name in names if name not in drawn] == []


def test_the_list_of_a_year_is_the_list_of_the_database(
    slides: Run, names: list[str], tmp_path: Path
) -> None:
    slides("--year", 2022, "--out", tmp_path / "list.csv")
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    written = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [name for name in names if name not in written] == []


def test_several_pictures_are_numbered_files_or_one_zip(slides: Run, tmp_path: Path) -> None:
    told = slides("--years", "2022,2023", "--out", tmp_path / "deck.svg")
    assert told.code == 0, told.err
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files[0].startswith("deck_01_cover")
    assert len(files) == told.out.count("\n") > 5
    told = slides("--years", "2022,2023", "--format", "svg", "--out", tmp_path / "deck.zip")
    assert told.code == 0, told.err
    with zipfile.ZipFile(tmp_path / "deck.zip") as archive:
        assert [f"deck_{name}" for name in archive.namelist()] == files


def test_a_prefecture_a_block_english_and_patterns_can_be_asked_for(slides: Run, tmp_path: Path) -> None:
    drawn = []
    for number, area in enumerate(("34", "34000", "広島県", "Hiroshima")):
        out = tmp_path / f"{number}.svg"
        assert slides("--year", 2022, "--area", area, "--out", out).code == 0
        drawn.append(out.read_bytes())
    assert len(set(drawn)) == 1
    assert "三原市" in drawn[0].decode()
    for area in ("kinki", "近畿"):
        told = slides(
            *("--years", "all", "--page", "trend", "--area", area, "--lang", "en", "--mono", "--paper", "a3"),
            *("--out", tmp_path / "trend.pdf"),
        )
        assert told.code == 0, told.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--year", "2019", "--out", "x.pdf"), ("2019", "2022・2023・2024")),
        (("--years", "2022,R5", "--out", "x.pdf"), ("R5", "2022・2023・2024")),
        (("--year", "2022", "--area", "99", "--out", "x.pdf"), ("99", "都道府県の名前かコード")),
        (("--year", "2022", "--area", "34208", "--out", "x.pdf"), ("--area 広島県",)),
        (("--year", "2022", "--out", "x.doc"), (".pptx", "--format")),
        (("--year", "2022", "--out", "x.zip"), ("--format png",)),
        (("--year", "2022", "--format", "pdf", "--out", "x.zip"), (".zip",)),
        (("--year", "2022", "--page", "trend", "--out", "x.pdf"), ("--years",)),
        (("--year", "2022", "--out", "nowhere/x.pdf"), ("nowhere", "フォルダー")),
    ],
)
def test_a_fault_is_one_line_that_says_how_to_mend_it(
    slides: Run,
    arguments: tuple[str, ...],
    said: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    told = slides(*arguments)
    assert told.code == 1
    assert told.err.startswith("ibasho: ")
    assert told.err.count("\n") == 1
    assert all(part in told.err for part in said)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--out", "x.pdf"),
        ("--year", "2022"),
        ("--year", "2022", "--years", "all", "--out", "x.pdf"),
        ("--year", "2022", "--paper", "b5", "--out", "x.pdf"),
    ],
)
def test_wrong_arguments_end_with_code_2(slides: Run, arguments: tuple[str, ...]) -> None:
    assert slides(*arguments).code == 2


def test_a_folder_that_cannot_be_written_to_is_told_and_what_was_there_stays(
    slides: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "map.svg"
    out.write_text("before", encoding="utf-8")

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("dashboard.commands.slides_run.write_whole", refused)
    told = slides("--year", 2022, "--out", out)
    assert told.code == 1
    assert "map.svg" in told.err
    assert "--out" in told.err
    assert told.err.splitlines()[-1].startswith("ibasho: ")
    assert out.read_text(encoding="utf-8") == "before"
    assert stat.S_ISREG(out.stat().st_mode)


def test_the_command_does_not_wait_for_the_screen() -> None:
    program = "import sys, dashboard.cli, dashboard.commands.slides_run; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "streamlit" not in done.stdout.split()
