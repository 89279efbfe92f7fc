"""What a check knows about Japan: the names and codes of its areas, and where each municipality lies."""

import hashlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from etl.folders import CHOSEN_BOUNDARY, MESH_FILE
from etl.intake.bodies import BodyReader, read_aliases, read_areas
from geo.locate import Locator
from geo.mesh import Runs
from geo.names import Gazetteer

AREA_FILE = "areas.csv"
ALIAS_FILE = "aliases.csv"
_CHOSEN = "etl.intake.chosen:finer_locator"


@dataclass(frozen=True, slots=True)
class Context:
    """The tables of one data folder, ready to be asked. Built once, then only read."""

    data: Path
    gazetteer: Gazetteer
    bodies: BodyReader
    names: Mapping[str, str]
    """Code → full name (広島県府中市) of every current area."""
    stamps: tuple[int, ...]
    """What tells one state of the folder's files from the next."""

    @property
    def locator(self) -> Locator:
        """Where each municipality lies; read when the first point is asked for, as most lists have none.

        Raises:
            BoundaryError: the boundaries that were chosen are damaged.
        """
        return _locator(self.data, self.stamps)

    @classmethod
    def of(cls, data: Path) -> "Context":
        """Return the context of a data folder: the same object as long as its tables do not change."""
        files = (data / name for name in (AREA_FILE, ALIAS_FILE, MESH_FILE, CHOSEN_BOUNDARY))
        return _built(data.resolve(), tuple(path.stat().st_mtime_ns for path in files if path.is_file()))

    def name_of(self, code: str) -> str:
        """Return the full name of an area, or the code where no area bears it."""
        return self.names.get(code, code)

    def hash_of(self, path: str) -> str:
        """Return the sha256 of a file inside the data folder; "" where there is none (a source that is not fetched yet)."""
        file = self.data / path
        try:
            if file.is_symlink() or not file.is_file() or not file.resolve().is_relative_to(self.data):
                return ""
        except OSError:  # a name that no file of this system can have
            return ""
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()


@lru_cache(maxsize=2)
def _built(data: Path, stamps: tuple[int, ...]) -> Context:
    areas = read_areas(data / AREA_FILE)
    gazetteer = Gazetteer(areas, aliases=read_aliases(data / ALIAS_FILE))
    names = {area.code: gazetteer.full_name(area) for area in areas if area.is_current}
    return Context(data, gazetteer, BodyReader(gazetteer), names, stamps)


@lru_cache(maxsize=2)
def _locator(data: Path, stamps: tuple[int, ...]) -> Locator:  # noqa: ARG001 - the stamps are part of the key only
    """Ask the most precise boundaries at hand: chosen official ones where they are finer than the embedded mesh."""
    if (data / CHOSEN_BOUNDARY).exists():
        # Few have chosen any: only they wait for the libraries that read polygons.
        chosen: Callable[[Path], Locator | None] = pkgutil.resolve_name(_CHOSEN)
        if (locator := chosen(data)) is not None:
            return locator
    return Locator.from_runs(Runs.from_table(pq.read_table(data / MESH_FILE)))
