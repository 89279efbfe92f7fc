"""What a build records of each file of its geometry folder."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class GeometryFile:
    """One file of the geometry folder. `precision_m` is the largest shift of a border in metres, None for points and names.

    `boundary_id` and `vintage` name the official boundaries that it draws, None for the mesh and where it draws none.
    """

    level: str
    prefecture_code: str | None
    file: str
    bytes: int
    sha256: str
    precision_m: float | None
    boundary_id: str | None = None
    vintage: int | None = None

    @staticmethod
    def table(files: Sequence["GeometryFile"]) -> pa.Table:
        """Return the files as a table."""
        types = {"level": pa.string(), "prefecture_code": pa.string(), "file": pa.string()}
        types |= {"bytes": pa.int64(), "sha256": pa.string(), "precision_m": pa.float64()}
        types |= {"boundary_id": pa.string(), "vintage": pa.int32()}
        columns = {name: [getattr(entry, name) for entry in files] for name in types}
        return pa.table({name: pa.array(columns[name], kind) for name, kind in types.items()})
