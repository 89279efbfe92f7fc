"""The reader's side of a build folder: which build is current, is it whole, and how to open it safely.

Only `etl.build` writes there. Every build has a file name of its own, because within one process DuckDB answers from
the old file as long as any connection to the same path is open.
"""

import functools
import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from etl.fault import BuildError

BUILD_DIR_VARIABLE = "IBASHO_BUILD_DIR"
DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "data" / "build"
POINTER = "current.json"
GEOMETRY = "geometry"
READER_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "temp_directory": "",
    "memory_limit": "512MB",
    "threads": "2",
    "lock_configuration": "true",
}


class BuildMissingError(BuildError):
    """There is no build yet."""


class BuildDamagedError(BuildError):
    """There are builds, but none of them is whole."""


@dataclass(frozen=True, slots=True)
class Build:
    """One finished build. `built_at` is ISO 8601 in UTC; `fallback_reason` says why it is not the newest one."""

    build_id: str
    database: Path
    geometry: Path
    sha256: str
    built_at: str
    fallback_reason: str = ""


def build_folder(folder: Path | None = None) -> Path:
    """Return the folder of the builds: the argument, else $IBASHO_BUILD_DIR, else data/build."""
    return folder or Path(os.environ.get(BUILD_DIR_VARIABLE) or DEFAULT_FOLDER)


def current_build(folder: Path | None = None) -> Build:
    """Return the build that the pointer names, or the newest whole one if that is damaged.

    The content is compared with its sha256 once per file; while size and time stay the same the answer is kept.

    Raises:
        BuildMissingError: nothing was ever built here.
        BuildDamagedError: no build in the folder is whole.
    """
    place = build_folder(folder)
    pointed = _read_record(place / POINTER, place)
    if pointed is not None and is_whole(pointed):
        return pointed
    if pointed is None and not (place / POINTER).exists() and not list(place.glob("atlas-*.duckdb")):
        raise BuildMissingError("データがまだ作られていません。`ibasho build` を実行してください。")
    for older in kept_builds(place):
        if is_whole(older):
            if pointed is not None and older.build_id == pointed.build_id:
                return older  # built again from the same inputs; a kill came before the pointer
            reason = f"最新のデータが壊れているため、{older.built_at} に作ったデータを使っています。"
            return replace(older, fallback_reason=reason)
    raise BuildDamagedError("データを読めません（壊れています）。`ibasho build` で作り直してください。")


def kept_builds(folder: Path) -> list[Build]:
    """Return the builds whose record lies in the folder, newest first, whole or not."""
    found = (_read_record(path, folder) for path in sorted(folder.glob("atlas-*.json")))
    return sorted(
        (build for build in found if build is not None), key=lambda build: build.built_at, reverse=True
    )


def is_whole(build: Build) -> bool:
    """Whether the database file is there and has the content that was written."""
    try:
        state = build.database.stat()
    except OSError:
        return False
    return _sha256(build.database, state.st_mtime_ns, state.st_size) == build.sha256


def connect(build: Build) -> duckdb.DuckDBPyConnection:
    """Open a build for reading only; see `connect_file`."""
    return connect_file(build.database)


def connect_file(database: Path) -> duckdb.DuckDBPyConnection:
    """Open a database for reading only: no writes, no files, no network, no extensions, no changed settings.

    Use one `.cursor()` of the connection per thread.
    """
    return duckdb.connect(str(database), read_only=True, config=READER_CONFIG)


def record_of(build: Build) -> dict[str, str]:
    """Return what `current.json` and the record beside a build say: names relative to the folder."""
    return {
        "build_id": build.build_id,
        "database": build.database.name,
        "sha256": build.sha256,
        "built_at": build.built_at,
    }


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file's content as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@functools.lru_cache(maxsize=64)
def _sha256(path: Path, _mtime_ns: int, _size: int) -> str:
    try:
        return file_sha256(path)
    except OSError:
        return ""


def _read_record(path: Path, folder: Path) -> Build | None:
    """Return the build that a record names; None if the record is missing, damaged or points out of the folder."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        values = [str(record[key]) for key in ("build_id", "database", "sha256", "built_at")]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    build_id, database, sha256, built_at = values
    if database != f"atlas-{build_id}.duckdb" or Path(database).name != database:
        return None
    return Build(build_id, folder / database, folder / GEOMETRY, sha256, built_at)
