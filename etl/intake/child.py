"""A file checked in a process of its own: whatever it does to its reader, it ends there, in time and within its memory.

The child is this module run as a program. It loads the tables of the data folder first, then takes its limits, and only then
touches the file. It knows nothing of the parent's environment and hands back JSON and Arrow.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import etl
from etl.intake.check import check, rejected
from etl.intake.context import Context
from etl.intake.facts import Checked, Kind, Options
from etl.intake.guard import material, shown_name
from etl.intake.limits import MEMORY_BYTES, SECONDS
from etl.intake.report import RejectedError
from etl.intake.transport import TransportError, options_heard, options_told, put, taken

if sys.platform != "win32":
    import resource

WALL_SECONDS = 3 * SECONDS
"""`SECONDS` are of work; on a busy machine they may take longer by the clock."""
STARTING_SECONDS = 60
"""What the child may need to load libraries and tables on a busy machine, before its own limits begin."""
RESULT_BYTES = 2 * 10**9
REQUEST, CONTENT, READY = "request.json", "content", "ready"
SMALLER = "ファイルを分けるか、必要な行と列だけにしてください"

_ROOT = Path(etl.__file__).resolve().parents[1]
_ENVIRONMENT = {
    "PYTHONPATH": str(_ROOT),
    "PYTHONUTF8": "1",
    # One thread and plain allocation: what is counted against the limits is then what the file needs.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
}
_PASSED_ON = ("PATH", "TMPDIR", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH")
_log = logging.getLogger(__name__)


class ChildError(RuntimeError):
    """The child could not begin, for example because the data folder cannot be read. No fault of the file."""


def checked_in_child(given: Path | tuple[str, bytes], kind: Kind, options: Options, data: Path) -> Checked:
    """Return what `check` returns, from a process of its own; a file that breaks its reader is rejected.

    `given` is a path, or a name with the content. What was uploaded goes through `guard.uploaded` before.

    Raises:
        ChildError: the tables of `data` cannot be read.
    """
    path, content = (given, None) if isinstance(given, Path) else (Path(CONTENT), given[1])
    name = shown_name(given.name if isinstance(given, Path) else given[0])
    with tempfile.TemporaryDirectory(prefix="ibasho-check-") as made:
        folder = Path(made)
        if content is not None:
            path = folder / CONTENT
            path.write_bytes(content)
        told = {
            "path": os.fspath(path.absolute()),
            "name": name,
            "kind": str(kind),
            "options": options_told(options),
            "data": os.fspath(data.absolute()),
        }
        (folder / REQUEST).write_text(json.dumps(told), encoding="ascii")
        try:
            _run(folder)
            return taken(folder)
        except TransportError:
            return rejected(name, kind, _broken())
        except RejectedError as fault:
            return rejected(name, kind, fault)


def _run(folder: Path) -> None:
    command = [sys.executable, "-s", "-P", "-m", __name__, str(folder)]
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=passed_on | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=STARTING_SECONDS + WALL_SECONDS,
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
    return RejectedError(f"{SECONDS}秒以内に読み終わりませんでした", SMALLER)


def _broken() -> RejectedError:
    return RejectedError(
        "読み取りの途中で止まりました（ファイルが壊れているか、大きすぎます）",
        "ファイルを開いて確かめ、CSV で保存し直してください",
    )


def _too_much_memory() -> RejectedError:
    return RejectedError(f"読み取りに {MEMORY_BYTES // 10**9} GB を超えるメモリーが要ります", SMALLER)


def _take_limits() -> None:
    """Limit what the file may cost from here on; what is loaded already does not count."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + SECONDS + 1
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, RESULT_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + MEMORY_BYTES)
    signal.alarm(WALL_SECONDS)


def _limit(what: int, most: int) -> None:
    """Lower a limit; never raise one that the system has set lower."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, hard))


def main(folder: Path) -> None:
    """Be the child: load, take the limits, check, hand back."""
    told = json.loads((folder / REQUEST).read_text(encoding="ascii"))
    kind, options = Kind(told["kind"]), options_heard(told["options"])
    context = Context.of(Path(told["data"]))
    (folder / READY).touch()
    _take_limits()
    try:
        given = replace(material(Path(told["path"])), name=told["name"])
        checked = check(given, kind, options, context)
        put(checked, folder)
    except RejectedError as fault:
        put(rejected(told["name"], kind, fault), folder)
    except MemoryError:
        put(rejected(told["name"], kind, _too_much_memory()), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
