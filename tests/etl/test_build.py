"""The only writer: whatever happens, a reader sees the old build or the new one, whole."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import etl.build
from etl.build import (
    BuildBusyError,
    BuildDamagedError,
    BuildError,
    BuildMissingError,
    CheckError,
    CuratedTableError,
    connect,
    current_build,
    ensure_build,
)

REPOSITORY = Path(__file__).resolve().parents[2]
# Builds in a process of its own and kills itself with signal SIGNAL when the step numbered STEP is reported.
KILLED_BUILD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job of a shell is born deaf to it
import itertools, os, sys
from pathlib import Path
from etl.build import ensure_build
step = itertools.count(1)
def progress(title, fraction):
    if next(step) == int(sys.argv[3]):
        os.kill(os.getpid(), int(sys.argv[4]))
ensure_build(progress, folder=Path(sys.argv[1]), data=Path(sys.argv[2]))
"""
# Builds in a process of its own and kills itself instead of doing the rename numbered RENAME.
KILLED_RENAME = """
import itertools, os, signal, sys
from pathlib import Path
from etl.build import ensure_build
count, rename = itertools.count(1), Path.replace
def replace(self, target):
    if next(count) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.replace = replace
ensure_build(folder=Path(sys.argv[1]), data=Path(sys.argv[2]))
"""


@pytest.fixture
def data(world: Any, tmp_path: Path) -> Path:
    world.listed(2022, world.KO_SHI, "甲市")
    return Path(world.write(tmp_path / "data"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "builds"


def add_participant(world: Any, data: Path) -> None:
    world.listed(2022, world.OTSU_SHI, "乙市")
    world.write(data)


def participants(folder: Path) -> int:
    with connect(current_build(folder)) as con:
        rows = con.execute("SELECT count(*) FROM participation").fetchall()
    return int(rows[0][0])


def content(database: Path) -> dict[str, list[Any]]:
    """Return every row of every table, but for the time of the build."""
    with duckdb.connect(str(database), read_only=True) as con:
        tables = [
            name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        ]
        rows = {name: con.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    rows["build_info"] = [row for row in rows["build_info"] if row[0] != "built_at"]
    return rows


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_a_first_build_can_be_opened_and_says_what_it_was_made_from(data: Path, folder: Path) -> None:
    steps: list[tuple[str, float]] = []
    build = ensure_build(lambda title, fraction: steps.append((title, fraction)), folder=folder, data=data)
    assert build == current_build(folder)
    assert participants(folder) == 1
    fractions = [fraction for _, fraction in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    with connect(build) as con:
        info = dict(con.execute("SELECT key, value FROM build_info").fetchall())
    assert (info["build_id"], info["built_at"]) == (build.build_id, build.built_at)


def test_the_pointer_and_the_sum_say_what_was_built(data: Path, folder: Path) -> None:
    build = ensure_build(folder=folder, data=data)
    pointer = json.loads((folder / "current.json").read_text())
    assert pointer == {
        "build_id": build.build_id,
        "database": f"atlas-{build.build_id}.duckdb",
        "sha256": build.sha256,
        "built_at": build.built_at,
    }
    sums = (folder / f"atlas-{build.build_id}.duckdb.sha256").read_text()
    assert sums == f"{build.sha256}  atlas-{build.build_id}.duckdb\n"


def test_an_unchanged_input_is_not_built_again(
    data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ensure_build(folder=folder, data=data)
    monkeypatch.setattr(etl.build, "read_curated", lambda _: pytest.fail("built again"))
    assert ensure_build(folder=folder, data=data) == first


def test_a_changed_input_makes_a_new_build_beside_the_old_one(world: Any, data: Path, folder: Path) -> None:
    first = ensure_build(folder=folder, data=data)
    add_participant(world, data)
    second = ensure_build(folder=folder, data=data)
    assert second.build_id != first.build_id
    assert participants(folder) == 2
    assert first.database.exists()


def test_an_undone_change_returns_to_the_build_that_is_still_there(
    world: Any, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ensure_build(folder=folder, data=data)
    add_participant(world, data)
    ensure_build(folder=folder, data=data)
    world.rows["participation"].pop()
    world.write(data)
    monkeypatch.setattr(etl.build, "read_curated", lambda _: pytest.fail("built again"))
    assert ensure_build(folder=folder, data=data) == first
    assert participants(folder) == 1


def test_three_builds_are_kept_and_no_file_that_none_of_them_needs(
    world: Any, data: Path, folder: Path
) -> None:
    builds = [ensure_build(folder=folder, data=data)]
    for number in range(4):
        world.rows["source"][0]["note"] = f"第{number}版"
        world.write(data)
        builds.append(ensure_build(folder=folder, data=data))
    kept = {path.name for path in folder.glob("atlas-*.duckdb")}
    assert kept == {build.database.name for build in builds[-3:]}
    with connect(builds[-1]) as con:
        needed = {name for (name,) in con.execute("SELECT file FROM map_geometry").fetchall()}
    index = {name for name in names(folder / "geometry") if name.startswith("index-")}
    assert len(index) == 1
    assert names(folder / "geometry") == needed | index


def test_the_same_inputs_make_the_same_content_in_another_place(
    data: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ensure_build(folder=folder, data=data)
    elsewhere = tmp_path / "another place"
    (elsewhere / "tables").parent.mkdir()
    data.rename(elsewhere / "tables")
    monkeypatch.setenv("TZ", "America/New_York")
    second = ensure_build(folder=elsewhere / "builds", data=elsewhere / "tables")
    assert second.build_id == first.build_id
    assert content(second.database) == content(first.database)
    assert names(second.geometry) == names(first.geometry)


def test_a_faulty_table_leaves_the_previous_build(world: Any, data: Path, folder: Path) -> None:
    ensure_build(folder=folder, data=data)
    before = names(folder)
    world.listed(2022, world.OTSU_SHI, "甲市")
    world.write(data)
    with pytest.raises(CuratedTableError):
        ensure_build(folder=folder, data=data)
    assert participants(folder) == 1
    assert names(folder) == before


def test_a_broken_promise_leaves_the_previous_build(world: Any, data: Path, folder: Path) -> None:
    ensure_build(folder=folder, data=data)
    before = names(folder)
    world.add("control_total", total_id="t1", measure="programme_participants", fiscal_year="2022", part="total",
              value="9", unit="団体", expects="match")  # fmt: skip
    world.write(data)
    with pytest.raises(CheckError):
        ensure_build(folder=folder, data=data)
    assert participants(folder) == 1
    assert names(folder) == before


def test_inputs_that_change_during_a_build_stop_it(world: Any, data: Path, folder: Path) -> None:
    ensure_build(folder=folder, data=data)
    add_participant(world, data)

    def meanwhile(title: str, _fraction: float) -> None:
        if title.startswith("データベース"):
            world.rows["source"][0]["note"] = "途中の変更"
            world.write(data)

    with pytest.raises(BuildError, match="作っている間に"):
        ensure_build(meanwhile, folder=folder, data=data)
    assert participants(folder) == 1


def run_killed(folder: Path, data: Path, step: int, signal_number: int) -> int:
    command = [sys.executable, "-c", KILLED_BUILD, str(folder), str(data), str(step), str(signal_number)]
    return subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True).returncode


@pytest.mark.parametrize("step", [1, 2, 4, 8, 20, 31])
def test_kill_9_in_the_middle_leaves_the_previous_build_and_the_next_run_cleans_up(
    world: Any, data: Path, folder: Path, step: int
) -> None:
    ensure_build(folder=folder, data=data)
    add_participant(world, data)
    assert run_killed(folder, data, step, signal.SIGKILL) == -signal.SIGKILL
    assert participants(folder) == 1
    ensure_build(folder=folder, data=data)
    assert participants(folder) == 2
    assert not [name for name in names(folder) if name.startswith(".")]


@pytest.mark.parametrize(("rename", "seen"), [(1, 1), (2, 1), (3, 1), (4, 1), (5, 2)])
def test_kill_9_before_each_rename_leaves_the_previous_build_whole(
    world: Any, data: Path, folder: Path, rename: int, seen: int
) -> None:
    ensure_build(folder=folder, data=data)
    add_participant(world, data)
    done = subprocess.run(
        [sys.executable, "-c", KILLED_RENAME, str(folder), str(data), str(rename)],
        cwd=REPOSITORY, check=False, capture_output=True, text=True,
    )  # fmt: skip
    # Four files are renamed: the sum, the record, the database, and last of all the pointer.
    assert done.returncode == (-signal.SIGKILL if rename <= 4 else 0), done.stderr
    assert participants(folder) == seen
    ensure_build(folder=folder, data=data)
    assert participants(folder) == 2
    assert not [name for name in names(folder) if name.startswith(".")]
    assert len(list(folder.glob("atlas-*"))) == 2 * 3  # of each build the database, its sum and its record


@pytest.mark.parametrize("rename", [1, 2, 3, 4])
def test_kill_9_while_the_same_inputs_are_built_again_leaves_a_whole_build(
    data: Path, folder: Path, rename: int
) -> None:
    ensure_build(folder=folder, data=data)
    again = KILLED_RENAME.replace("data=Path(sys.argv[2])", "data=Path(sys.argv[2]), force=True")
    command = [sys.executable, "-c", again, str(folder), str(data), str(rename)]
    assert subprocess.run(command, cwd=REPOSITORY, check=False).returncode == -signal.SIGKILL
    assert current_build(folder).fallback_reason == ""
    assert participants(folder) == 1


def test_a_forced_build_is_made_again(data: Path, folder: Path) -> None:
    first = ensure_build(folder=folder, data=data)
    second = ensure_build(folder=folder, data=data, force=True)
    assert second.build_id == first.build_id
    assert second.built_at > first.built_at
    assert current_build(folder) == second


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_the_previous_one(
    world: Any, data: Path, folder: Path, how: signal.Signals
) -> None:
    ensure_build(folder=folder, data=data)
    add_participant(world, data)
    assert run_killed(folder, data, 8, how) != 0
    assert participants(folder) == 1


def test_kill_9_in_a_first_build_leaves_no_build(data: Path, folder: Path) -> None:
    assert run_killed(folder, data, 8, signal.SIGKILL) == -signal.SIGKILL
    with pytest.raises(BuildMissingError):
        current_build(folder)


def test_of_two_builds_at_once_the_second_stops_and_names_the_first(data: Path, folder: Path) -> None:
    seen: list[str] = []

    def second(_title: str, _fraction: float) -> None:
        if not seen:
            with pytest.raises(BuildBusyError) as caught:
                ensure_build(folder=folder, data=data)
            seen.append(str(caught.value))

    ensure_build(second, folder=folder, data=data)
    assert f"PID {os.getpid()}" in seen[0]
    assert "開始" in seen[0]
    assert participants(folder) == 1


def test_two_processes_at_once_leave_one_whole_build(data: Path, folder: Path) -> None:
    command = [sys.executable, "-c", KILLED_BUILD, str(folder), str(data), "0", "0"]
    both = [subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE) for _ in range(2)]
    messages = [process.communicate()[1].decode() for process in both]
    failed = [message for process, message in zip(both, messages, strict=True) if process.returncode]
    assert all("BuildBusyError" in message for message in failed), failed
    assert len(failed) <= 1
    assert participants(folder) == 1


def test_no_build_is_said_in_one_sentence_with_the_command_that_helps(folder: Path) -> None:
    with pytest.raises(BuildMissingError, match="ibasho build"):
        current_build(folder)


@pytest.mark.parametrize("damage", ["flip", "cut", "remove"])
def test_a_damaged_build_falls_back_to_the_last_whole_one_and_says_so(
    world: Any, data: Path, folder: Path, damage: str
) -> None:
    ensure_build(folder=folder, data=data)
    add_participant(world, data)
    broken = ensure_build(folder=folder, data=data).database
    bytes_ = bytearray(broken.read_bytes())
    bytes_[len(bytes_) // 2] ^= 1
    {
        "flip": lambda: broken.write_bytes(bytes_),
        "cut": lambda: broken.write_bytes(bytes_[: len(bytes_) // 2]),
        "remove": broken.unlink,
    }[damage]()
    assert participants(folder) == 1
    assert "壊れている" in current_build(folder).fallback_reason
    assert ensure_build(folder=folder, data=data).fallback_reason == ""
    assert participants(folder) == 2


def test_when_every_build_is_damaged_it_is_said(data: Path, folder: Path) -> None:
    ensure_build(folder=folder, data=data).database.write_bytes(b"no database")
    with pytest.raises(BuildDamagedError, match="壊れています"):
        current_build(folder)


@pytest.mark.parametrize(
    "pointer",
    ["", "{", "[]", '{"build_id": 1}', '{"build_id":"x","database":"../x.duckdb","sha256":"","built_at":""}'],
)
def test_a_damaged_pointer_never_leads_out_of_the_folder(data: Path, folder: Path, pointer: str) -> None:
    build = ensure_build(folder=folder, data=data)
    (folder / "current.json").write_text(pointer)
    assert current_build(folder).database == build.database


def test_a_missing_geometry_file_is_made_again(data: Path, folder: Path) -> None:
    build = ensure_build(folder=folder, data=data)
    lost = next(build.geometry.glob("prefecture-01-*"))
    lost.unlink()
    ensure_build(folder=folder, data=data)
    assert lost.exists()


@pytest.mark.parametrize("fault", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_disk_that_refuses_to_flush_or_rename_leaves_the_previous_build(
    world: Any, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *, fault: int, call: str
) -> None:
    ensure_build(folder=folder, data=data)
    before = names(folder)
    add_participant(world, data)

    def refuse(*_: Any) -> None:
        raise OSError(fault, os.strerror(fault))

    with monkeypatch.context() as broken:
        broken.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), refuse)
        words = "ディスクの空きが足りません" if fault == errno.ENOSPC else "読み書きできません"
        with pytest.raises(BuildError, match=words):
            ensure_build(folder=folder, data=data)
    assert participants(folder) == 1
    assert names(folder) == before


def test_every_file_is_flushed_before_it_gets_its_name_and_the_pointer_comes_last(
    data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: set[int] = set()
    renamed: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(descriptor: int) -> None:
        flushed.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def noted_replace(path: Path, target: Path) -> Path:
        assert path.stat().st_ino in flushed, target
        renamed.append(Path(target).name)
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    build = ensure_build(folder=folder, data=data)
    assert renamed[-1] == "current.json"
    assert build.database.name in renamed
    assert folder.stat().st_ino in flushed
    assert build.geometry.stat().st_ino in flushed


def test_a_reader_with_the_old_build_open_keeps_its_answers(world: Any, data: Path, folder: Path) -> None:
    with connect(ensure_build(folder=folder, data=data)) as con:
        add_participant(world, data)
        ensure_build(folder=folder, data=data)
        assert con.execute("SELECT count(*) FROM participation").fetchall() == [(1,)]
        assert participants(folder) == 2


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BuildError, match="読み書きできません"):
        ensure_build(folder=tmp_path / "file" / "builds", data=data)


def test_a_full_disk_is_said_in_one_sentence_and_leaves_nothing(
    world: Any, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_build(folder=folder, data=data)
    before = names(folder)
    add_participant(world, data)
    free: Callable[..., Any] = lambda _: type("Usage", (), {"free": 10**6})()  # noqa: E731
    monkeypatch.setattr(etl.build.shutil, "disk_usage", free)
    with pytest.raises(BuildError, match="ディスクの空きが足りません。"):
        ensure_build(folder=folder, data=data)
    assert names(folder) == before
    assert participants(folder) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes is set with ulimit")
def test_a_disk_that_fills_up_in_the_middle_is_said_in_one_sentence(
    world: Any, data: Path, folder: Path
) -> None:
    ensure_build(folder=folder, data=data)
    before = names(folder)
    add_participant(world, data)
    limited = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n{KILLED_BUILD}"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, str(folder), str(data), "0", "0"],
        cwd=REPOSITORY, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "ディスクの空きが足りません" in done.stderr
    assert names(folder) == before
    assert participants(folder) == 1
