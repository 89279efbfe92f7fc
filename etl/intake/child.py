"""A file checked in a process of its own: whatever it does to its reader, it ends there, in time and within its memory.

The child is `etl.intake.child_program`; this side loads nothing that only the reading of files needs. The child knows nothing of
the parent's environment and hands back JSON and Arrow.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow as pa

import etl
from etl.intake.facts import Checked, Kind, Options, rejected
from etl.intake.guard import refuse_special, shown_name, uploaded
from etl.intake.limits import BUSY, MOST_SECONDS
from etl.intake.report import RejectedError
from etl.intake.transport import READY, REQUEST, SMALLER, TransportError, options_told, taken

STARTING_SECONDS = 60
"""What the child may need to load libraries and tables on a busy machine, before its own limits begin."""
PROGRAM = "etl.intake.child_program"
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of the memory, on Linux; the folder made in it is private
RESULT_TIMES, RESULT_ROOM = 20, 10**7
"""Free bytes that a result may need: so many times its content, and some more."""

_ROOT = Path(etl.__file__).resolve().parents[1]
_ENVIRONMENT = {
    "PYTHONPATH": str(_ROOT),
    "PYTHONUTF8": "1",
    # One thread and plain allocation: what is counted against the limits is then what the file needs.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    # What is freed is used again instead of being given back and asked for anew, page by page.
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
}
_PASSED_ON = ("PATH", "TMPDIR", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH")
_log = logging.getLogger(__name__)


class ChildError(RuntimeError):
    """The child could not begin, for example because the data folder cannot be read. No fault of the file."""


def checked_in_child(
    given: Path | tuple[str, bytes], kind: Kind, options: Options, data: Path, *, has_facts: bool = True
) -> Checked:
    """Return what `check` returns, from a process of its own; a file that breaks its reader is rejected.

    `given` is a path, or a name with the content. What came as content reaches the child through a pipe, never as a file.
    Without `has_facts` the facts stay in the child, for those who only ask for the report.

    Raises:
        ChildError: the tables of `data` cannot be read.
    """
    if isinstance(given, Path):
        name = shown_name(given.name or str(given))
        try:
            refuse_special(given)  # no process is needed to see a pipe
        except RejectedError as fault:
            return rejected(name, kind, fault)
        return _checked(given, b"", name, _told(kind, options, data, has_facts=has_facts))
    try:
        name = uploaded(*given).name
    except RejectedError as fault:
        return rejected(shown_name(given[0]), kind, fault)
    return _checked(None, given[1], name, _told(kind, options, data, has_facts=has_facts))


def _told(kind: Kind, options: Options, data: Path, *, has_facts: bool) -> dict[str, Any]:
    return {
        "kind": str(kind),
        "options": options_told(options),
        "data": os.fspath(data.absolute()),
        "has_facts": has_facts,
    }


def _checked(path: Path | None, content: bytes, name: str, told: Mapping[str, Any]) -> Checked:
    # What came without a file leaves none behind either, not even for the moment in which the child hands its result back.
    place = folder_in_memory(RESULT_TIMES * len(content) + RESULT_ROOM) if content else None
    with tempfile.TemporaryDirectory(prefix="ibasho-check-", dir=place) as made:
        folder = Path(made)
        request = {"path": os.fspath(path.absolute()) if path else None, "name": name, **told}
        (folder / REQUEST).write_text(json.dumps(request), encoding="ascii")
        if told["has_facts"]:  # pyarrow loads pandas with its first array: meanwhile, not afterwards
            Thread(target=pa.array, args=([""],)).start()
        try:
            _run(folder, content)
            return taken(folder)
        except TransportError:
            return rejected(name, Kind(told["kind"]), _broken())
        except RejectedError as fault:
            return rejected(name, Kind(told["kind"]), fault)


def folder_in_memory(needed: int) -> Path | None:
    """Return a folder of the memory with room for so many bytes; None, which tempfile takes as its own, where there is none."""
    try:
        has_room = shutil.disk_usage(IN_MEMORY).free > needed
    except OSError:
        return None
    return IN_MEMORY if has_room and os.access(IN_MEMORY, os.W_OK) else None


def _run(folder: Path, content: bytes) -> None:
    command = [sys.executable, "-s", "-P", "-m", PROGRAM, str(folder)]
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=passed_on | _ENVIRONMENT,
            input=content,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=STARTING_SECONDS + BUSY * MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise _too_slow() from fault
    if done.returncode == 0:
        return
    # The type of the fault alone: its text may repeat a cell.
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
    reason = lines[-1].partition(":")[0]
    _log.warning("The check of a file ended with code %s (%s).", done.returncode, reason)
    if not (folder / READY).exists():
        raise ChildError(f"the check could not begin: {lines[-1]}")
    raise _too_slow() if -done.returncode in _time_is_up() else _broken()


def _time_is_up() -> tuple[int, ...]:
    if sys.platform == "win32":
        return ()
    return (signal.SIGALRM, signal.SIGXCPU)


def _too_slow() -> RejectedError:
    return RejectedError("決めた時間のうちに読み終わりませんでした", SMALLER)


def _broken() -> RejectedError:
    return RejectedError(
        "読み取りの途中で止まりました（ファイルが壊れているか、大きすぎます）",
        "ファイルを開いて確かめ、CSV で保存し直してください",
    )
