"""Which boundaries each fiscal year is drawn with: those bound to it, else the chosen ones, else the mesh.

Of two boundaries of one vintage the chosen one is used, else the one that was prepared last: so a vintage names one boundary.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl.boundary_store import (
    FOLDER,
    POINTER,
    RECORD,
    Boundary,
    BoundaryError,
    current,
    damaged,
    pretty,
    stored,
)
from etl.publish import flush_folder, write_whole

BINDINGS = "bindings.json"


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
    content = pretty({str(year): bound[year] for year in sorted(bound)})
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
        raise damaged("年度と境界の対応（bindings.json）を読めません") from fault


def reset(data: Path) -> bool:
    """Let the next build use the mesh for every year, and return whether that is a change. What is stored stays."""
    changed = False
    for path in (data / FOLDER / POINTER, data / FOLDER / BINDINGS):
        if path.exists():
            path.unlink()
            changed = True
    if changed:
        flush_folder(data / FOLDER)
    return changed


def bound_boundaries(data: Path) -> dict[int, Boundary]:
    """Return the boundaries by fiscal year, as far as years were bound.

    Raises:
        BoundaryError: a boundary that a year was bound to is not there any more.
    """
    bound = bindings(data)
    known = sorted(stored(data), key=lambda entry: (entry.prepared_at, entry.boundary_id)) if bound else []
    by_vintage = {entry.vintage: entry for entry in known}
    chosen = current(data)
    if chosen is not None:
        by_vintage[chosen.vintage] = chosen
    for year, vintage in bound.items():
        if vintage not in by_vintage:
            raise damaged(f"{year}年度に対応させた{vintage}年の境界が見つかりません")
    return {year: by_vintage[vintage] for year, vintage in sorted(bound.items())}


def drawn_boundaries(data: Path) -> tuple[Boundary | None, ...]:
    """Return every boundary that a build draws: first that of the years without a binding (None: the mesh), each once.

    Raises:
        BoundaryError: one that was chosen or bound is not there.
    """
    chosen = current(data)
    others = {entry.boundary_id: entry for entry in bound_boundaries(data).values()}
    if chosen is not None:
        others.pop(chosen.boundary_id, None)
    return (chosen, *others.values())


def boundary_files(data: Path) -> Iterator[Path]:
    """Yield the small files that decide which boundaries a build uses; a record holds the hash of its large file.

    Raises:
        BoundaryError: one that was chosen or bound is not there.
    """
    for boundary in drawn_boundaries(data):
        if boundary is not None:
            yield data / FOLDER / boundary.boundary_id / RECORD
    for name in (POINTER, BINDINGS):
        if (data / FOLDER / name).exists():
            yield data / FOLDER / name


def boundary_info(data: Path) -> dict[str, str]:
    """Return what a build says of its boundaries in `build_info`; nothing while it uses the mesh for every year."""
    chosen, bound = current(data), bound_boundaries(data)
    info = {f"boundary_{name}": value for name, value in _described(chosen).items()} if chosen else {}
    if chosen is not None or bound:
        info["boundary_bindings"] = json.dumps({year: entry.vintage for year, entry in bound.items()})
    if bound:
        by_year = {year: _described(entry) for year, entry in bound.items()}
        info["boundary_by_year"] = json.dumps(by_year, ensure_ascii=False)
    return info


def _described(boundary: Boundary) -> dict[str, Any]:
    return {
        "id": boundary.boundary_id,
        "title": boundary.title,
        "vintage": str(boundary.vintage),
        "precision_m": f"{boundary.precision_m:g}",
        "credit": boundary.credit,
    }
