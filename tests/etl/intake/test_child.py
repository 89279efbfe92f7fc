"""A file is checked in a process of its own: the answer is the same, and a reader that breaks or hangs is a rejected file."""

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from etl.boundary_store import FOLDER, POINTER
from etl.folders import CHOSEN_BOUNDARY
from etl.inputs import DATA
from etl.intake import child
from etl.intake.check import NO_LISTS, check, other_check
from etl.intake.child import ChildError, checked_in_child
from etl.intake.context import Context
from etl.intake.facts import FACTS, HELD, Checked, Kind, Options
from etl.intake.guard import material
from etl.intake.report import Message, Outcome, Report
from etl.intake.transport import (
    HELD_PART,
    REPORT,
    TransportError,
    options_heard,
    options_told,
    put,
    taken,
)

TEXT = "年度,都道府県,市区町村,団体コード,区分,備考\n2022,広島県,三原市,342041,市区町村,\n2022,甲県,乙市,,市区町村,\n"


def instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, check_body: str) -> None:
    """Let the child run a check of another body."""
    # The package is found where it is; only what the child calls `check` is another.
    program = (
        "import sys\nfrom pathlib import Path\nfrom etl.intake import child_program as child\n"
        f"def check(*_):\n    {check_body}\n"
        "child.check = check\nchild.main(Path(sys.argv[1]))\n"
    )
    (tmp_path / "etl_child_of_test.py").write_text(program, encoding="utf-8")
    monkeypatch.setitem(child._ENVIRONMENT, "PYTHONPATH", f"{tmp_path}{os.pathsep}{child._ROOT}")
    monkeypatch.setattr(child, "PROGRAM", "etl_child_of_test")


def checked(text: str = TEXT) -> Checked:
    return checked_in_child(("一覧.csv", text.encode()), Kind.PLATFORMS, Options(), DATA)


def test_the_answer_is_that_of_the_check_itself(tmp_path: Path) -> None:
    path = tmp_path / "一覧.csv"
    path.write_text(TEXT, encoding="utf-8")
    for given in (path, ("一覧.csv", TEXT.encode())):
        there = checked_in_child(given, Kind.PLATFORMS, Options(), DATA)
        here = check(material(path), Kind.PLATFORMS, Options(), Context.of(DATA))
        assert there.report == here.report
        assert there.facts.equals(here.facts)
        assert there.held.equals(here.held)
    assert there.report.outcome is Outcome.QUARANTINE


def test_a_file_that_must_not_be_opened_is_rejected_there(tmp_path: Path) -> None:
    (tmp_path / "x.csv").symlink_to("/etc/passwd")
    answer = checked_in_child(tmp_path / "x.csv", Kind.PLATFORMS, Options(), DATA)
    assert answer.report.outcome is Outcome.REJECT
    assert "リンク" in answer.report.messages[0].problem
    assert answer.facts.schema == FACTS[Kind.PLATFORMS]


def test_who_asks_for_the_report_alone_gets_no_facts() -> None:
    whole = checked()
    alone = checked_in_child(("一覧.csv", TEXT.encode()), Kind.PLATFORMS, Options(), DATA, has_facts=False)
    assert alone.report == whole.report
    assert alone.held.equals(whole.held)
    assert (alone.facts.num_rows, alone.facts.schema) == (0, FACTS[Kind.PLATFORMS])


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("import os; os.abort()", "途中で止まりました"),
        ("raise ValueError('秘密')", "途中で止まりました"),
        ("x = bytearray(3 * 10**9)", "メモリー"),
        ("import os; os.kill(os.getpid(), 24)", "決めた時間"),
        ("import os; os.kill(os.getpid(), 14)", "決めた時間"),
        ("import os; os._exit(0)", "途中で止まりました"),
    ],
)
def test_a_reader_that_breaks_is_a_rejected_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, body: str, named: str
) -> None:
    instead(monkeypatch, tmp_path, body)
    report = checked().report
    assert report.outcome is Outcome.REJECT
    assert named in report.messages[0].problem
    assert report.file == "一覧.csv"
    assert "秘密" not in caplog.text


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
def test_a_reader_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    instead(monkeypatch, tmp_path, "child.signal.alarm(1); import time; time.sleep(100)")
    assert "決めた時間" in checked().report.messages[0].problem


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
def test_the_limits_are_in_force_when_the_file_is_touched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "limits"
    instead(
        monkeypatch,
        tmp_path,
        "import resource; Path("
        f"{str(told)!r}).write_text(repr([resource.getrlimit(each)[0] for each in "
        "(resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_CORE)]))",
    )
    checked()
    cpu, memory, core = (int(part) for part in told.read_text().strip("[]").split(","))
    assert 10 <= cpu <= 60
    assert 10**9 < memory < 6 * 10**9
    assert core == 0


def test_the_child_knows_nothing_of_the_parents_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IBASHO_SECRET", "秘密")
    told = tmp_path / "environment"
    instead(monkeypatch, tmp_path, f"import os; Path({str(told)!r}).write_text(' '.join(os.environ))")
    checked()
    assert "PYTHONUTF8" in told.read_text()
    assert "IBASHO_SECRET" not in told.read_text()


def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(child.tempfile, "tempdir", str(tmp_path))
    checked()
    assert not list(tmp_path.iterdir())


def test_a_data_folder_that_cannot_be_read_is_no_fault_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ChildError):
        checked_in_child(("一覧.csv", TEXT.encode()), Kind.PLATFORMS, Options(), tmp_path)


@pytest.mark.parametrize(
    "options",
    [Options(), Options(2022, "三原市", date(2022, 4, 1), {"名称": "施設名"}), Options(mapping={})],
)
def test_options_arrive_as_they_were_sent(options: Options) -> None:
    assert options_heard(options_told(options)) == options


def test_a_report_arrives_as_it_was_sent(tmp_path: Path) -> None:
    message = Message(2, "備考", "\udc82 問題", "直す", "前", "後")
    report = Report(
        "一覧.csv", "platforms", Outcome.QUARANTINE, 2, 1, 1, 1, 0, 0, (message,), {"encoding": "cp932"}
    )
    put(Checked(report, FACTS[Kind.PLATFORMS].empty_table(), HELD.empty_table()), tmp_path)
    assert taken(tmp_path).report == report


@pytest.mark.parametrize("spoiled", [b"", b"{}", b"[1]", b'{"file": 1}', b"\xff"])
@pytest.mark.parametrize("part", [REPORT, HELD_PART])
def test_an_answer_that_is_none_is_not_taken(tmp_path: Path, spoiled: bytes, part: str) -> None:
    report = Report("x", "platforms", Outcome.ACCEPT)
    put(Checked(report, FACTS[Kind.PLATFORMS].empty_table(), HELD.empty_table()), tmp_path)
    (tmp_path / part).write_bytes(spoiled)
    with pytest.raises(TransportError):
        taken(tmp_path)


def test_a_table_that_says_it_is_text_and_is_not_is_not_taken(tmp_path: Path) -> None:
    report = Report("x", "platforms", Outcome.ACCEPT)
    put(Checked(report, FACTS[Kind.PLATFORMS].empty_table(), HELD.empty_table()), tmp_path)
    ends = pa.array([0, 2], pa.int32()).buffers()[1]
    lying = pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(b"\xff\xff")])
    content = io.BytesIO()
    table = pa.table({"a": lying})
    with pa.ipc.new_file(content, table.schema) as writer:
        writer.write_table(table)
    (tmp_path / HELD_PART).write_bytes(content.getvalue())
    with pytest.raises(TransportError):
        taken(tmp_path)


def test_a_check_of_lists_does_not_wait_for_the_libraries_of_polygons() -> None:
    program = "import sys, etl.intake.child_program; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"geopandas", "rasterio", "pyogrio", "pypdfium2"} & set(done.stdout.split())


def test_the_chosen_boundaries_are_looked_for_where_they_are() -> None:
    assert Path(FOLDER) / POINTER == CHOSEN_BOUNDARY


@pytest.mark.parametrize("kind", NO_LISTS)
def test_what_checks_a_file_that_is_no_list_is_there(kind: Kind) -> None:
    assert callable(other_check(kind))
