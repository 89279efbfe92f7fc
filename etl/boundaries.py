"""Official boundaries in place of the embedded mesh: taken from files or fetched, chosen, listed, and given up again."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from etl.boundary_preparation import Progress, Wish, prepare
from etl.boundary_store import (
    DOWNLOADS,
    FOLDER,
    Boundary,
    BoundaryError,
    current,
    point_to,
    stored,
)
from etl.boundary_years import bind, bindings, reset
from etl.download import Download, DownloadError, Network, download
from etl.lock import single_writer

__all__ = [
    "Boundary",
    "BoundaryError",
    "DownloadError",
    "Source",
    "Wish",
    "address_of",
    "bind",
    "bindings",
    "current",
    "fetch",
    "point_to",
    "reset",
    "stored",
    "use",
]

AGENCY_VINTAGE = 2025
"""The year of what the address of the Digital Agency gives: its file says none."""
FIRST_FETCHED_YEAR = 2020
"""Before that the files are named otherwise; they can be fetched by hand."""
LAST_YEAR = 2099
FETCHED_PART = 0.3
"""Of the whole that a progress shows."""
_ADDRESSES = {
    "n03": "https://nlftp.mlit.go.jp/ksj/gml/data/N03/N03-{year}/N03-{year}0101_GML.zip",
    "digital-agency": (
        "https://raw.githubusercontent.com/digital-go-jp/policy-dashboard-assets/main/data/map/ja_municipality_area.json"
    ),
}


class Source(StrEnum):
    """Publishers whose address is known."""

    N03 = "n03"
    DIGITAL_AGENCY = "digital-agency"


def silent(_title: str, _done: float) -> None:
    """Show no progress."""


def use(
    places: Sequence[str | Path],
    data: Path,
    wish: Wish | None = None,
    progress: Progress = silent,
    *,
    network: Network | None = None,
    again: bool = False,
) -> Boundary:
    """Prepare the boundaries of one or more files or addresses, and let the next build use them.

    A file that was fetched before is not fetched again unless `again`.

    Raises:
        DownloadError: an address is not allowed, or its file cannot be fetched.
        BoundaryError: a file cannot be used, a municipality is missing or elsewhere, or the year is not known.
        BuildBusyError: another process is preparing boundaries.
    """
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with single_writer(folder, "境界の準備"):
        fetched = {
            str(place): _fetched(str(place), folder, progress, network=network, again=again)
            for place in places
            if is_address(place)
        }
        paths = [fetched[str(place)].path if str(place) in fetched else Path(place) for place in places]
        whole = replace(wish or Wish(), downloads=tuple(fetched.values()))
        boundary = prepare(paths, data, whole, progress)
        point_to(data, boundary.boundary_id)
    return boundary


def fetch(
    source: Source,
    data: Path,
    wish: Wish | None = None,
    progress: Progress = silent,
    *,
    url: str = "",
    network: Network | None = None,
    again: bool = False,
) -> Boundary:
    """Fetch what a publisher offers, prepare it, and let the next build use it; see `use`."""
    known = wish or Wish()
    if source is Source.DIGITAL_AGENCY and known.vintage is None:
        known = replace(known, vintage=AGENCY_VINTAGE)
    address = url or address_of(source, known.vintage)
    return use([address], data, known, progress, network=network, again=again)


def address_of(source: Source, year: int | None) -> str:
    """Return where a publisher offers its boundaries.

    Raises:
        BoundaryError: the year is missing, or one whose address is not known.
    """
    if source is Source.N03 and (year is None or not FIRST_FETCHED_YEAR <= year <= LAST_YEAR):
        raise BoundaryError(
            f"取得できるのは{FIRST_FETCHED_YEAR}年からです。`--year 2025` のように指定するか、"
            "取得したファイルを `ibasho boundaries use ファイル` で渡してください。"
        )
    return _ADDRESSES[source].format(year=year)


def is_address(place: str | Path) -> bool:
    """Whether a place is an address of the web and not a file."""
    return isinstance(place, str) and "://" in place


def _fetched(url: str, folder: Path, progress: Progress, *, network: Network | None, again: bool) -> Download:
    title = f"{url.rpartition('/')[2]} を取得しています"
    return download(
        url,
        folder / DOWNLOADS,
        network=network,
        progress=lambda part: progress(title, FETCHED_PART * (part or 0.0)),
        again=again,
    )
