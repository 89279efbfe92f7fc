"""The process in which a file is checked: it loads the tables of the data folder first, then takes its limits, and only then
touches the file.

It is run as a program with the folder that holds the request; the answer is put there.
"""

import json
import signal
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.intake.check import NO_LISTS, check, other_check
from etl.intake.context import Context
from etl.intake.facts import Kind, rejected
from etl.intake.guard import Material, material, uploaded
from etl.intake.limits import BUSY, MEMORY_BYTES, work_seconds
from etl.intake.report import RejectedError
from etl.intake.transport import READY, REQUEST, SMALLER, options_heard, put

if sys.platform != "win32":
    import resource

RESULT_BYTES = 2 * 10**9


def _size(told: Mapping[str, Any], content: bytes) -> int:
    try:
        return Path(told["path"]).lstat().st_size if told["path"] else len(content)
    except (OSError, ValueError):  # the guard says what is wrong with it
        return 0


def _take_limits(work: int) -> None:
    """Limit what the file may cost from here on, `work` seconds; what is loaded already does not count."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + work + 1
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, RESULT_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + MEMORY_BYTES)
    signal.alarm(BUSY * work)


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
    _load(kind)
    context = Context.of(Path(told["data"]))
    content = b"" if told["path"] else sys.stdin.buffer.read()
    (folder / READY).touch()
    _take_limits(work_seconds(_size(told, content)))
    try:
        # No name is given to the content: the check lets go of it when it is read.
        checked = check(_material(told, content), kind, options, context)
        put(checked if told["has_facts"] else replace(checked, facts=checked.facts.slice(0, 0)), folder)
    except RejectedError as fault:
        put(rejected(told["name"], kind, fault), folder)
    except MemoryError:
        put(rejected(told["name"], kind, _too_much_memory()), folder)


def _load(kind: Kind) -> None:
    """Load what the kind needs before the limits begin."""
    if kind in NO_LISTS:
        other_check(kind)
    pa.array([""])  # pyarrow loads more of itself, and pandas, with the first array


def _material(told: Mapping[str, Any], content: bytes) -> Material:
    given = material(Path(told["path"])) if told["path"] else uploaded("", content)
    return replace(given, name=told["name"])


def _too_much_memory() -> RejectedError:
    return RejectedError(f"読み取りに {MEMORY_BYTES // 10**9} GB を超えるメモリーが要ります", SMALLER)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
