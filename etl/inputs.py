"""What a build is made from, and the short hash that names it."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import geopandas
import shapely

from etl.boundary_years import boundary_files
from etl.folders import DATA, DATA_DIR_VARIABLE, MESH_FILE, ROOT, data_folder
from etl.import_record import files_of, import_ids

__all__ = [
    "DATA",
    "DATA_DIR_VARIABLE",
    "ID_LENGTH",
    "LIBRARIES",
    "MESH_FILE",
    "build_id_of",
    "code_files",
    "data_files",
    "data_folder",
    "digest",
    "geometry_code_files",
]

ID_LENGTH = 12
# A library that reads or writes differently makes another build of the same files.
LIBRARIES = f"duckdb {duckdb.__version__}, geopandas {geopandas.__version__}, shapely {shapely.__version__}"


def build_id_of(data: Path) -> str:
    """Return the first 12 hexadecimal digits of the hash of data, code and libraries.

    Raises:
        ImportStoreError: the record of an import cannot be read.
        BoundaryError: the boundaries that were chosen are not there.
    """
    files = tuple(data_files(data))
    places = "\0".join(path.relative_to(data).as_posix() for path in files)
    return digest((*files, *code_files()), LIBRARIES, places)[:ID_LENGTH]


def data_files(data: Path) -> Iterator[Path]:
    """Yield the files of the data folder that a build reads; its README and the builds below it are none.

    Of an import only the files that its record names count, so that what a killed run left changes nothing.
    """
    for path in sorted(data.iterdir()):
        if path.suffix in {".csv", ".json", ".parquet"} and not path.name.startswith("."):
            yield path
    for import_id in import_ids(data):
        yield from files_of(data, import_id)
    yield from boundary_files(data)


def code_files() -> Iterator[Path]:
    """Yield the files of code that decide what a build contains."""
    for folder, kinds in (("etl", ("*.py", "*.sql")), ("geo", ("*.py",))):
        for kind in kinds:
            yield from sorted((ROOT / folder).rglob(kind))


def geometry_code_files() -> Iterator[Path]:
    """Yield the files of code that decide how the map's geometry looks."""
    for name in ("shapes.py", "boundary_outlines.py"):
        yield Path(__file__).with_name(name)
    yield from sorted((ROOT / "geo").rglob("*.py"))


def digest(files: Iterable[Path], *words: str) -> str:
    """Return the sha256 over words, file names and contents, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    for word in words:
        total.update(word.encode() + b"\0")
    for path in files:
        content = path.read_bytes()
        total.update(f"{path.name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
