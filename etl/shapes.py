"""stub"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
import pyarrow as pa


@dataclass(frozen=True, slots=True)
class GeometryFile:
    level: str
    prefecture_code: str | None
    file: str
    bytes: int
    sha256: str
    precision_m: float | None

    @staticmethod
    def table(files: Sequence["GeometryFile"]) -> pa.Table:
        """Return the files as a table."""
        types = {
            "level": pa.string(), "prefecture_code": pa.string(), "file": pa.string(), "bytes": pa.int64(),
            "sha256": pa.string(), "precision_m": pa.float64(),
        }  # fmt: skip
        return pa.table(
            {name: pa.array([getattr(entry, name) for entry in files], kind) for name, kind in types.items()}
        )


def publish_geometry(
    folder: Path, data: Path, tables: Mapping[str, pa.Table], progress: Callable[[float], None]
) -> tuple[GeometryFile, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    return ()
