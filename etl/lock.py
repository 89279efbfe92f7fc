"""One writer at a time: an advisory lock on a file in the folder, released by the system when a process dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from etl.fault import BuildError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE = "build.lock"
# Windows locks ranges of bytes and then refuses to read them: lock one byte far behind the text.
_LOCKED_BYTE = 1 << 20


class BuildBusyError(BuildError):
    """Another process is writing into the same folder."""


@contextmanager
def single_writer(folder: Path, work: str = "ビルド") -> Iterator[None]:
    """Hold the folder's lock for the length of the block; `work` names what is done there.

    Raises:
        BuildBusyError: another process holds it; the message says which one and since when.
    """
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _acquire(descriptor):
            raise BuildBusyError(
                f"ほかの{work}が実行中です（{_holder(descriptor)}）。終わってからやり直してください。"
            )
        os.ftruncate(descriptor, 0)
        os.write(descriptor, _own_name().encode())
        yield
    finally:
        os.close(descriptor)


def _own_name() -> str:
    return f"PID {os.getpid()}、{datetime.now(UTC).astimezone():%Y-%m-%d %H:%M:%S} 開始"


def _holder(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 200).decode("utf-8", "replace") or "PID 不明"


def _acquire(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
