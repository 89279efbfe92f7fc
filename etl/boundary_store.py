"""The boundaries that are prepared: data/boundaries/<id>/ with a record, and a pointer to the one that was chosen.

A folder is written under a temporary name and renamed when it is whole; the pointer is replaced last. So a crash leaves the old
choice or the new one.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd

from etl.current import file_sha256
from etl.fault import BuildError
from etl.publish import flush_file, flush_folder, write_whole

FOLDER = "boundaries"
POINTER = "current.json"
RECORD = "record.json"
AREAS = "areas.parquet"
DOWNLOADS = "downloads"
_UNFINISHED = ".unfinished-"


class BoundaryError(BuildError):
    """Boundaries that cannot be used. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A prepared boundary. `vintage` is the year of its day; `precision_m` the shift of a border that must be expected."""

    boundary_id: str
    source: str
    title: str
    vintage: int
    precision_m: float
    credit: str
    licence: str
    files: tuple[Mapping[str, Any], ...]
    """Name, bytes, sha256 and (if fetched) url of what it was made from."""
    counts: Mapping[str, int]
    area_error: Mapping[str, Any]
    areas_sha256: str
    prepared_at: str

    def json(self) -> dict[str, Any]:
        """Return the record as it is stored."""
        return asdict(self) | {"files": list(self.files)}


def store(data: Path, areas: gpd.GeoDataFrame, boundary: Boundary) -> Boundary:
    """Write areas and record, and return the record with the hash of the areas. Storing the same again changes nothing."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / boundary.boundary_id
    present = _read(place)
    if present is not None and _is_whole(present, place):
        return present
    _remove_unfinished(folder)
    draft = folder / f"{_UNFINISHED}{os.getpid()}"
    draft.mkdir()
    areas.to_parquet(draft / AREAS, index=False)
    flush_file(draft / AREAS)
    whole = replace(boundary, areas_sha256=file_sha256(draft / AREAS))
    write_whole(draft / RECORD, pretty(whole.json()))
    flush_folder(draft)
    if place.exists():
        shutil.rmtree(place)
    draft.rename(place)
    flush_folder(folder)
    return whole


def point_to(data: Path, boundary_id: str) -> None:
    """Let the next build use a stored boundary.

    Raises:
        BoundaryError: there is none of that name.
    """
    if _read(data / FOLDER / boundary_id) is None:
        known = "、".join(entry.boundary_id for entry in stored(data)) or "まだありません"
        raise BoundaryError(f"境界「{boundary_id}」は用意されていません（用意された境界: {known}）。")
    write_whole(data / FOLDER / POINTER, pretty({"boundary_id": boundary_id}))
    flush_folder(data / FOLDER)


def stored(data: Path) -> list[Boundary]:
    """Return the boundaries that are stored, the newest vintage first; damaged records are left out."""
    found = (_read(path) for path in sorted((data / FOLDER).glob("*")) if path.is_dir())
    return sorted(
        (entry for entry in found if entry is not None), key=lambda entry: (-entry.vintage, entry.boundary_id)
    )


def current(data: Path) -> Boundary | None:
    """Return the boundary that the next build uses, None for the mesh.

    Raises:
        BoundaryError: the pointer leads to nothing.
    """
    pointer = data / FOLDER / POINTER
    if not pointer.exists():
        return None
    try:
        name = str(json.loads(pointer.read_text(encoding="utf-8"))["boundary_id"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise damaged("境界の指定（current.json）を読めません") from fault
    boundary = _read(data / FOLDER / name) if Path(name).name == name else None
    if boundary is None:
        raise damaged(f"境界「{name[:60]}」が見つかりません")
    return boundary


def read_areas(data: Path, boundary: Boundary) -> gpd.GeoDataFrame:
    """Return the areas (columns code, geometry) of a stored boundary.

    Raises:
        BoundaryError: the file is missing or was changed.
    """
    place = data / FOLDER / boundary.boundary_id
    if not _is_whole(boundary, place):
        raise damaged(f"境界「{boundary.boundary_id}」のファイルが壊れています")
    return gpd.read_parquet(place / AREAS)


def _read(place: Path) -> Boundary | None:
    try:
        said = json.loads((place / RECORD).read_text(encoding="utf-8"))
        boundary = Boundary(**said | {"files": tuple(said["files"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return boundary if boundary.boundary_id == place.name else None


def _is_whole(boundary: Boundary, place: Path) -> bool:
    try:
        return file_sha256(place / AREAS) == boundary.areas_sha256
    except OSError:
        return False


def _remove_unfinished(folder: Path) -> None:
    for path in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)


def damaged(problem: str) -> BoundaryError:
    """Return the error for a store that was altered, with the ways out."""
    return BoundaryError(
        f"{problem}。`ibasho boundaries use` で用意し直すか、`ibasho boundaries reset` で内蔵の境界に戻してください。"
    )


def pretty(content: Mapping[str, Any]) -> bytes:
    """Return a small file of the store."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
