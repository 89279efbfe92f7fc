"""`ibasho check` on things that are no files, on names that are no names, and on lists that must not be repeated."""

import json
import os
from pathlib import Path

import pytest

from dashboard.cli import main

LIST = "年度,都道府県,市区町村,団体コード,区分,備考\n2022,広島県,三原市,342041,市区町村,\n"
COUNTS = ("rows", "loaded", "repaired", "quarantined", "duplicates", "skipped")
NAMES = ["a\n<b>'.csv", 'q"uote.csv', "e\x1b[31mred.csv", "-rf.csv", "\u202evsc.csv"]


def special(folder: Path, what: str) -> Path:
    """Return the path of something that is no regular file."""
    path = folder / "x.csv"
    if what == "link":
        path.symlink_to("/etc/passwd")
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    elif what == "large":
        with path.open("wb") as file:
            file.truncate(10**9)
    elif what == "device":
        return Path("/dev/zero")
    return path


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("link", "リンク"),
        ("pipe", "通常のファイルではありません"),
        ("folder", "通常のファイルではありません"),
        ("device", "通常のファイルではありません"),
        ("large", "大きすぎます"),
        ("missing", "ファイルがありません"),
    ],
)
def test_what_is_no_file_is_refused_unopened(
    what: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = special(tmp_path, what)
    assert main(["check", str(path), "--kind", "platforms"]) == 2
    assert main(["check", str(path), "--kind", "platforms", "--json"]) == 2
    said = capsys.readouterr()
    lines = [line for line in said.err.splitlines() if words in line]
    assert lines[0].startswith(f"{path.name}: ")
    assert " → " in lines[0]
    report = json.loads(said.out)
    assert (report["outcome"], *(report[name] for name in COUNTS)) == ("reject", 0, 0, 0, 0, 0, 0)
    assert "Traceback" not in said.out + said.err


@pytest.mark.usefixtures("checked_here")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_on_one_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_text(LIST, encoding="utf-8")
    assert main(["check", str(tmp_path / name), "--kind", "platforms"]) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.rstrip("\n").isprintable()
    assert main(["check", str(tmp_path / name), "--kind", "platforms", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"].isprintable()


@pytest.mark.usefixtures("checked_here")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LIST + "2022,広島県,尾道市,342050,,山田太郎 090-1234-5678\n", 0),
        (LIST + "2022,広島県,山田太郎 090-1234-5678,,,\n", 0),
        (LIST + "2022,広島県,尾道市,342050,,x,山田太郎 090-1234-5678\n", 0),
        ("山田太郎,090-1234-5678,東京都府中市\n佐藤花子,080-1234-5678,東京都\n", 2),
        ("山田太郎,taro-1234-5678@example.jp,東京都府中市\n", 2),
        ("氏名,電話\n山田太郎,090-1234-5678\n", 2),
    ],
)
def test_personal_data_is_in_no_output(
    content: str,
    code: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    assert main(["check", str(path), "--kind", "platforms"]) == code
    assert main(["check", str(path), "--kind", "platforms", "--json"]) == code
    said = "".join(capsys.readouterr()) + caplog.text
    assert not [text for text in ("山田", "佐藤", "1234-5678") if text in said]


@pytest.mark.usefixtures("checked_here")
def test_a_held_row_is_told_with_row_column_and_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST + "2022,広島県,三原,,,\n", encoding="utf-8")
    assert main(["check", str(path), "--kind", "platforms"]) == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert line.startswith("list.csv 3行目「市区町村」列: ")
    assert "34204 広島県三原市" in line.partition(" → ")[2]
