"""The only writer: curated tables → one new database file per build → a pointer that names it.

A reader sees the old build or the new one, never a mixture: the database is written under a temporary name, checked,
flushed to the disk and only then renamed; the pointer is replaced last. A failed or killed run leaves the last build
untouched.
"""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.borders import border_table
from etl.boundary_years import boundary_info
from etl.check import CheckError
from etl.current import (
    GEOMETRY,
    Build,
    BuildDamagedError,
    BuildMissingError,
    build_folder,
    connect,
    current_build,
    file_sha256,
    is_whole,
    kept_builds,
)
from etl.fault import BuildError, CuratedTableError
from etl.fill import fill_database
from etl.import_record import ImportStoreError
from etl.imported import read_imported
from etl.inputs import build_id_of, data_folder
from etl.load import LoadError
from etl.lock import BuildBusyError, single_writer
from etl.publish import (
    flush_file,
    geometry_files,
    point_to,
    remove_leftovers,
    remove_old_builds,
    remove_unneeded_geometry,
    temporary_path,
    write_record,
)
from etl.read import read_curated
from etl.schema import SchemaError
from etl.shapes import Geometry, publish_geometry

__all__ = [
    "Build",
    "BuildBusyError",
    "BuildDamagedError",
    "BuildError",
    "BuildMissingError",
    "CheckError",
    "CuratedTableError",
    "ImportStoreError",
    "LoadError",
    "SchemaError",
    "connect",
    "current_build",
    "ensure_build",
    "fill_database",
]

NEEDED_MB = 40
MEMORY_LIMIT = "1GB"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = ("No space left", "File too large", "quota exceeded")
Progress = Callable[[str, float], None]


def silent(_title: str, _fraction: float) -> None:
    """Show no progress."""


def ensure_build(
    progress: Progress = silent, *, folder: Path | None = None, data: Path | None = None, force: bool = False
) -> Build:
    """Return the build of the present inputs; make it if there is none, if they changed, or if `force`.

    `data` is the folder of the curated tables and imports, else $IBASHO_DATA_DIR, else the project's own. `progress` gets the
    title of the step in Japanese and the fraction of the whole that is done.

    Raises:
        SchemaError, CuratedTableError: the curated tables have faults (all are listed).
        LoadError, CheckError: a SQL file fails, or the result breaks a promise.
        BuildBusyError: another process is building into the folder.
        ImportStoreError: an import is damaged.
        BuildError: the disk is full or refuses to write, or the inputs changed meanwhile.
    """
    place = build_folder(folder)
    given = data_folder(data)
    build_id = build_id_of(given)
    ready = None if force else _ready(place, build_id)
    if ready is None:
        with _clear_disk_faults(place):
            place.mkdir(parents=True, exist_ok=True)
            with single_writer(place):
                remove_leftovers(place)
                ready = None if force else _pointed_back(place, build_id)
                ready = ready or _build(place, build_id, given, progress)
    progress("データは最新です", 1.0)
    return ready


def _ready(place: Path, build_id: str) -> Build | None:
    """Return the current build if it is whole and made from these inputs."""
    try:
        build = current_build(place)
    except (BuildMissingError, BuildDamagedError):
        return None
    return (
        build if build.build_id == build_id and not build.fallback_reason and _has_geometry(build) else None
    )


def _pointed_back(place: Path, build_id: str) -> Build | None:
    """Return to a kept build of the same inputs (a change was undone, or another process was faster)."""
    for build in kept_builds(place):
        if build.build_id == build_id and is_whole(build) and _has_geometry(build):
            point_to(build)
            return build
    return None


def _has_geometry(build: Build) -> bool:
    names = geometry_files(build)
    return bool(names) and all((build.geometry / name).is_file() for name in names)


def _build(place: Path, build_id: str, data: Path, progress: Progress) -> Build:
    if shutil.disk_usage(place).free < NEEDED_MB * 10**6:
        raise _disk_full(place)
    draft = temporary_path(place, f"{build_id}.duckdb")
    try:
        progress("表を読み取り、確かめています", 0.0)
        tables, imported = read_curated(data), read_imported(data)
        drawn = {**tables, "place": imported.points(tables["place"])}
        progress("地図の形を作っています", 0.1)
        geometry = publish_geometry(
            place / GEOMETRY, data, drawn, lambda part: progress("地図の形を作っています", 0.1 + 0.6 * part)
        )
        built_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        info = {
            "build_id": build_id,
            "built_at": built_at,
            "duckdb_version": duckdb.__version__,
        } | boundary_info(data)
        with duckdb.connect(str(draft), config={"memory_limit": MEMORY_LIMIT, "temp_directory": ""}) as con:
            title = "データベースを作り、検査しています"
            fill_database(
                con,
                tables,
                imported=imported,
                geometry=geometry.files,
                borders=border_table(data),
                info=info,
                progress=lambda part: progress(title, 0.7 + 0.25 * part),
            )
            con.execute("CHECKPOINT")
        if build_id_of(data) != build_id:
            raise BuildError("作っている間に data/ かプログラムが変わりました。もう一度実行してください。")
        progress("保存しています", 0.95)
        return _published(draft, place, build_id, built_at, geometry)
    except (OSError, duckdb.Error):
        remove_unneeded_geometry(place)
        raise
    finally:
        remove_leftovers(place)


def _published(draft: Path, place: Path, build_id: str, built_at: str, geometry: Geometry) -> Build:
    flush_file(draft)
    database = place / f"atlas-{build_id}.duckdb"
    build = Build(build_id, database, place / GEOMETRY, file_sha256(draft), built_at)
    # The record comes first: where a file of the same name is replaced (the same inputs built again), one of pointer and
    # record fits the file at any moment.
    write_record(build, geometry.names)
    draft.replace(database)
    point_to(build)
    remove_old_builds(place, build)
    return build


@contextmanager
def _clear_disk_faults(place: Path) -> Iterator[None]:
    """Turn what the system and DuckDB say about the disk into one clear sentence."""
    try:
        yield
    except (OSError, duckdb.Error) as fault:
        if getattr(fault, "errno", None) in _FULL or any(words in str(fault) for words in _FULL_WORDS):
            raise _disk_full(place) from fault
        reason = f"ファイルを読み書きできません（{fault}）。前のデータはそのままです。"
        raise BuildError(reason) from fault


def _disk_full(place: Path) -> BuildError:
    return BuildError(
        f"ディスクの空きが足りません。{NEEDED_MB} MB ほど空けてからやり直してください（{place}）。前のデータはそのままです。"
    )
