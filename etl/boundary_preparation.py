"""Files of official boundaries → one sound coverage of every municipality, compared with the area table, stored for the builds.

What is compared is recorded: how far areas differ from the table and from the embedded mesh, and how far a border must be
expected to be off.
"""

import hashlib
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import shapely

from etl.boundary_comparison import (
    MOST_NAMED,
    AreaRow,
    area_error,
    area_table,
    require_complete,
    require_in_place,
)
from etl.boundary_store import Boundary, BoundaryError, store
from etl.download import LARGEST_BYTES, Download
from etl.inputs import MESH_FILE
from etl.intake.boundaries import Boundaries, read_boundaries
from etl.intake.context import Context
from etl.intake.guard import Material
from etl.intake.limits import MESSAGES_TOLD
from etl.intake.report import Report
from geo.mesh import Runs
from geo.official import FINEST_M, coverage_of, distance_m
from geo.shapes import ShapeFaultsError, dissolve_prefectures

MLIT_CREDIT = "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成"
AGENCY_CREDIT = f"デジタル庁「行政区域ポリゴンデータ」（CC BY 4.0）を加工して作成（原典: {MLIT_CREDIT}）"
# 国土数値情報 is drawn at 1:25,000: a line is right within 25 m.
N03_M = 25.0
# The national zip of 国土数値情報 holds shapefile, GeoJSON and XML, each of them twice.
LARGEST_UNPACKED = 6 * 10**9
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says about the files; what is not said is read from them."""

    vintage: int | None = None
    credit: str = ""
    licence: str = ""
    precision_m: float | None = None
    crs: str = ""
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where boundaries come from, told by their headings. `precision_m` is None where it must be measured."""

    source: str
    title: str
    credit: str
    licence: str
    precision_m: float | None


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read: what is recorded of it, and its shapes."""

    name: str
    entry: Mapping[str, Any]
    boundaries: Boundaries


N03 = _Origin("n03", "国土数値情報 行政区域データ", MLIT_CREDIT, "CC BY 4.0", N03_M)
AGENCY = _Origin("digital-agency", "デジタル庁 行政区域ポリゴンデータ", AGENCY_CREDIT, "CC BY 4.0", None)


def prepare(paths: Sequence[Path], data: Path, wish: Wish, progress: Progress) -> Boundary:
    """Prepare and store the boundaries of one or more files (47 of one prefecture each count as one).

    Raises:
        BoundaryError: a file cannot be used, a municipality is missing, twice or elsewhere, or the year is not known.
    """
    context = Context.of(data)
    read: list[_Read] = []
    for number, path in enumerate(paths):
        progress(f"{path.name} を読んでいます", 0.3 + 0.2 * number / len(paths))
        read.append(_read(path, context, wish))
    require_usable([file.boundaries for file in read])
    table = area_table(data)
    codes = np.concatenate([file.boundaries.codes for file in read])
    shapes = np.concatenate([file.boundaries.shapes for file in read])
    require_complete(set(codes), table)
    try:
        title = "境界を整えています"
        areas = coverage_of(codes.tolist(), shapes, lambda part: progress(title, 0.5 + 0.4 * part))
    except ShapeFaultsError as fault:
        raise BoundaryError(f"境界を整えられません: {_first_lines(str(fault))}") from fault
    progress("面積を確かめています", 0.9)
    return store(data, areas, _described(read, areas, data, wish, table))


def _read(path: Path, context: Context, wish: Wish) -> _Read:
    material = material_of(path)
    boundaries = read_boundaries(material, context, crs=wish.crs, most_unpacked=LARGEST_UNPACKED)
    url = next((entry.url for entry in wish.downloads if entry.sha256 == material.sha256), "")
    entry = {"name": material.name, "bytes": len(material.data), "sha256": material.sha256, "url": url}
    return _Read(material.name, entry, boundaries)


def material_of(path: Path) -> Material:
    """Return a file of boundaries; the national file of 国土数値情報 is larger than what an import may be.

    Raises:
        BoundaryError: it is no regular file, or too large.
    """
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode):
            raise BoundaryError(
                f"{path.name}: 普通のファイルではありません。ファイルそのものを指定してください。"
            )
        if state.st_size > LARGEST_BYTES:
            raise BoundaryError(
                f"{path.name}: ファイルが大きすぎます（上限 {LARGEST_BYTES // 10**6:,} MB）。"
            )
        content = path.read_bytes()
    except OSError as fault:
        raise BoundaryError(f"{path.name}: ファイルを読めません（{fault.strerror}）。") from fault
    return Material(path.name, content, hashlib.sha256(content).hexdigest())


def require_usable(read: Sequence[Boundaries]) -> None:
    """Check that no file was rejected and no feature is held: a missing part of a coverage would be a hole in the map.

    Raises:
        BoundaryError: something was; the first messages are told.
    """
    reports = [boundaries.checked.report for boundaries in read]
    faulty = [report for report in reports if not report.is_usable or report.quarantined]
    if faulty:
        lines = [f"  {line}" for report in faulty for line in _with_faults_only(report).lines()]
        raise BoundaryError("\n".join(["境界を使えません。", *lines[: MESSAGES_TOLD + 1]]))


def _with_faults_only(report: Report) -> Report:
    """Return a report without what was mended: old boundaries have many wards and former names, which are no reason to stop."""
    return replace(report, messages=tuple(message for message in report.messages if message.mend))


def _described(
    read: Sequence[_Read], areas: gpd.GeoDataFrame, data: Path, wish: Wish, table: Mapping[str, AreaRow]
) -> Boundary:
    origin = _origin_of(read[0].boundaries.headings, read[0].name)
    vintage = wish.vintage or _vintage_of([file.name for file in read])
    require_in_place(areas, table)
    runs = Runs.from_table(pq.read_table(data / MESH_FILE)) if (data / MESH_FILE).is_file() else None
    error = area_error(areas, table, runs)
    precision = wish.precision_m or _precision(origin, areas, runs)
    digest = hashlib.sha256("".join(areas["code"]).encode())
    for shape in shapely.to_wkb(areas.geometry.to_numpy()):
        digest.update(shape)
    credit, licence = wish.credit or origin.credit, wish.licence or origin.licence
    for word in (credit, licence, str(precision), str(vintage)):
        digest.update(word.encode() + b"\0")
    return Boundary(
        boundary_id=f"{origin.source}-{vintage}-{digest.hexdigest()[:8]}",
        source=origin.source,
        title=f"{origin.title}（{vintage}年）",
        vintage=vintage,
        precision_m=precision,
        credit=credit,
        licence=licence,
        files=tuple(file.entry for file in read),
        counts=_counts([file.boundaries for file in read], areas, table),
        area_error=error,
        areas_sha256="",
        prepared_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _origin_of(headings: Mapping[str, str], name: str) -> _Origin:
    code = headings.get("code", "").upper()
    if code.startswith("N03"):
        return N03
    if code.startswith("LG_CODE"):
        return AGENCY
    return _Origin("file", name, f"「{name}」を加工して作成", "", None)


def _vintage_of(names: Sequence[str]) -> int:
    found = {int(year) for name in names for year in _YEAR.findall(name)[:1]}
    if len(found) != 1:
        raise BoundaryError(
            "何年の境界か、ファイル名から分かりません。`--year 2025` のように指定してください。"
        )
    return found.pop()


def _precision(origin: _Origin, areas: gpd.GeoDataFrame, runs: Runs | None) -> float:
    """Return the precision that the source states, else the one measured against the mesh, never finer than what is kept."""
    if origin.precision_m is not None:
        return max(origin.precision_m, FINEST_M)
    if runs is None:
        raise BoundaryError("境界の精度が分かりません。`--precision-m 100` のように指定してください。")
    return max(float(np.ceil(distance_m(areas, runs) / 10) * 10), FINEST_M)


def _counts(
    read: Sequence[Boundaries], areas: gpd.GeoDataFrame, table: Mapping[str, AreaRow]
) -> dict[str, int]:
    reports = [boundaries.checked.report for boundaries in read]
    sums = {
        name: sum(getattr(report, name) for report in reports)
        for name in ("rows", "repaired", "duplicates", "skipped")
    }
    municipal = areas["code"].map(lambda code: table[code].is_municipality)
    return {
        **sums,
        "municipalities": int(municipal.sum()),
        "northern_villages": int((~municipal).sum()),
        "prefectures": len(dissolve_prefectures(areas[municipal])),
        "vertices": int(shapely.get_num_coordinates(areas.geometry.to_numpy()).sum()),
    }


def _first_lines(text: str) -> str:
    return "、".join(text.splitlines()[:MOST_NAMED])
