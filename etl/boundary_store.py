"""The boundaries that a build uses in place of the mesh: data/boundaries/<id>/ with a record, and a pointer to one of them.

A folder is written under a temporary name and renamed when it is whole; the pointer is replaced last. So a crash leaves the old
choice or the new one.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd

from etl.current import file_sha256
from etl.fault import BuildError
from etl.publish import flush_file, flush_folder, write_whole

FOLDER = "boundaries"
POINTER = "current.json"
BINDINGS = "bindings.json"
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
    write_whole(draft / RECORD, _pretty(whole.json()))
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
    write_whole(data / FOLDER / POINTER, _pretty({"boundary_id": boundary_id}))
    flush_folder(data / FOLDER)


def reset(data: Path) -> bool:
    """Let the next build use the mesh again, and return whether that is a change. What is stored stays."""
    pointer = data / FOLDER / POINTER
    if not pointer.exists():
        return False
    pointer.unlink()
    flush_folder(data / FOLDER)
    return True


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
        raise _damaged("境界の指定（current.json）を読めません") from fault
    boundary = _read(data / FOLDER / name) if Path(name).name == name else None
    if boundary is None:
        raise _damaged(f"境界「{name[:60]}」が見つかりません")
    return boundary


def read_areas(data: Path, boundary: Boundary) -> gpd.GeoDataFrame:
    """Return the areas (columns code, geometry) of a stored boundary.

    Raises:
        BoundaryError: the file is missing or was changed.
    """
    place = data / FOLDER / boundary.boundary_id
    if not _is_whole(boundary, place):
        raise _damaged(f"境界「{boundary.boundary_id}」のファイルが壊れています")
    return gpd.read_parquet(place / AREAS)


def bind(data: Path, fiscal_year: int, vintage: int) -> None:
    """Say that a fiscal year belongs to the boundaries of a year.

    Raises:
        BoundaryError: no boundary of that year is stored.
    """
    if vintage not in {entry.vintage for entry in stored(data)}:
        raise BoundaryError(
            f"{vintage}年の境界は用意されていません。先に `ibasho boundaries use` で用意してください。"
        )
    bound = {**bindings(data), fiscal_year: vintage}
    content = _pretty({str(year): bound[year] for year in sorted(bound)})
    write_whole(data / FOLDER / BINDINGS, content)


def bindings(data: Path) -> dict[int, int]:
    """Return the year of the boundaries by fiscal year, as far as they were bound.

    Raises:
        BoundaryError: the file is damaged.
    """
    path = data / FOLDER / BINDINGS
    if not path.exists():
        return {}
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {int(year): int(vintage) for year, vintage in said.items()}
    except (OSError, ValueError, AttributeError, TypeError) as fault:
        raise _damaged("年度と境界の対応（bindings.json）を読めません") from fault


def boundary_files(data: Path) -> Iterator[Path]:
    """Yield the small files that decide which boundaries a build uses; the record holds the hash of the large one.

    Raises:
        BoundaryError: the pointer leads to nothing.
    """
    boundary = current(data)
    if boundary is not None:
        yield data / FOLDER / boundary.boundary_id / RECORD
    if (data / FOLDER / BINDINGS).exists():
        yield data / FOLDER / BINDINGS


def boundary_info(data: Path) -> dict[str, str]:
    """Return what a build says of its boundaries in `build_info`; nothing while it uses the mesh."""
    boundary = current(data)
    if boundary is None:
        return {}
    return {
        "boundary_id": boundary.boundary_id,
        "boundary_title": boundary.title,
        "boundary_vintage": str(boundary.vintage),
        "boundary_precision_m": f"{boundary.precision_m:g}",
        "boundary_credit": boundary.credit,
        "boundary_bindings": json.dumps(bindings(data)),
    }


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


def _damaged(problem: str) -> BoundaryError:
    return BoundaryError(
        f"{problem}。`ibasho boundaries use` で用意し直すか、`ibasho boundaries reset` で内蔵の境界に戻してください。"
    )


def _pretty(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
