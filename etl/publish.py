"""Files of a build folder, written so that a crash at any moment leaves either the old or the new one.

Every file gets its content under a temporary name, is flushed to the disk and then renamed. What a killed run leaves
behind begins with a dot and is removed by the next run.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from etl.current import GEOMETRY, POINTER, Build, kept_builds, record_of

TEMPORARY = ".atlas-"
KEPT_BUILDS = 3


def temporary_path(folder: Path, name: str) -> Path:
    """Return a path beside `name` that only this process uses."""
    return folder / f"{TEMPORARY}{os.getpid()}-{name}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that its name leads to all of the content or to what was there before."""
    draft = temporary_path(path.parent, path.name)
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def flush_file(path: Path) -> None:
    """Wait until a file written by somebody else (DuckDB) is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until renames in the folder are on the disk; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_record(build: Build, geometry: Iterable[str]) -> None:
    """Write what belongs to a build beside its database: a record, and the sum for `sha256sum -c`."""
    record = {**record_of(build), "geometry": sorted(geometry)}
    folder = build.database.parent
    sums = f"{build.sha256}  {build.database.name}\n"
    write_whole(_sums_path(build), sums.encode())
    write_whole(_record_path(build), _pretty(record))
    flush_folder(folder)


def point_to(build: Build) -> None:
    """Make the build the current one."""
    folder = build.database.parent
    write_whole(folder / POINTER, _pretty(record_of(build)))
    flush_folder(folder)


def geometry_files(build: Build) -> set[str]:
    """Return the names of the geometry files that belong to a build; empty if its record is unreadable."""
    try:
        return set(json.loads(_record_path(build).read_text(encoding="utf-8"))["geometry"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def remove_leftovers(folder: Path) -> None:
    """Remove what killed runs left: drafts, records without a database, databases and sums without a record."""
    for build in kept_builds(folder):
        if not build.database.exists():
            _remove_build(build)
    recorded = {build.database.name for build in kept_builds(folder)}
    for path in (*folder.glob(f"{TEMPORARY}*"), *(folder / GEOMETRY).glob(f"{TEMPORARY}*")):
        _remove(path)
    for path in (*folder.glob("atlas-*.duckdb"), *folder.glob("atlas-*.duckdb.sha256")):
        if path.name.removesuffix(".sha256") not in recorded:
            _remove(path)


def remove_old_builds(folder: Path, current: Build) -> None:
    """Keep the current build and the newest others, three in all, with the geometry that they need."""
    others = [build for build in kept_builds(folder) if build.build_id != current.build_id]
    for old in others[KEPT_BUILDS - 1 :]:
        _remove_build(old)
    remove_unneeded_geometry(folder)


def remove_unneeded_geometry(folder: Path) -> None:
    """Remove the geometry files that no kept build needs."""
    needed = set[str]().union(*(geometry_files(build) for build in kept_builds(folder)))
    for path in (folder / GEOMETRY).glob("*.json"):
        if path.name not in needed:
            _remove(path)


def _remove_build(build: Build) -> None:
    for path in (_record_path(build), build.database, _sums_path(build)):
        _remove(path)


def _sums_path(build: Build) -> Path:
    return build.database.with_name(f"{build.database.name}.sha256")


def _record_path(build: Build) -> Path:
    return build.database.with_suffix(".json")


def _pretty(record: Mapping[str, object]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _remove(path: Path) -> None:
    """Remove a file; one that a reader on Windows still has open is left for the next run."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return
