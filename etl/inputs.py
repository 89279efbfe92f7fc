"""What a build is made from, and the short hash that names it."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import geopandas
import shapely

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
MESH_FILE = "mesh_125m_runs.parquet"
ID_LENGTH = 12
# A library that reads or writes differently makes another build of the same files.
LIBRARIES = f"duckdb {duckdb.__version__}, geopandas {geopandas.__version__}, shapely {shapely.__version__}"


def build_id_of(data: Path) -> str:
    """Return the first 12 hexadecimal digits of the hash of data, code and libraries."""
    return digest((*data_files(data), *code_files()), LIBRARIES)[:ID_LENGTH]


def data_files(data: Path) -> Iterator[Path]:
    """Yield the files of the data folder that a build reads; its README and the builds below it are none."""
    for path in sorted(data.iterdir()):
        if path.suffix in {".csv", ".json", ".parquet"} and not path.name.startswith("."):
            yield path


def code_files() -> Iterator[Path]:
    """Yield the files of code that decide what a build contains."""
    for folder, kinds in (("etl", ("*.py", "*.sql")), ("geo", ("*.py",))):
        for kind in kinds:
            yield from sorted((ROOT / folder).rglob(kind))


def geometry_code_files() -> Iterator[Path]:
    """Yield the files of code that decide how the map's geometry looks."""
    yield Path(__file__).with_name("shapes.py")
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
