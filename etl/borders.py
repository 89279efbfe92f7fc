"""The borders that municipalities share, as a table for the build: always those of the embedded mesh.

Official boundaries that were chosen for the map change nothing here: neighbours are asked for today's areas, and the mesh has
the borders of 2025.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.mesh_table import mesh_runs
from geo.borders import Borders, borders

SCHEMA = pa.schema({"code": pa.string(), "neighbour_code": pa.string(), "border_m": pa.int64()})


def border_table(data: Path) -> pa.Table:
    """Return the borders in the mesh of a data folder: code, neighbour_code (five digits, the smaller first), border_m.

    It takes 0.1 s for the whole nation, so nothing is kept.

    Raises:
        GeometryError: the mesh is missing or damaged.
    """
    return _table(borders(mesh_runs(data)))


def _table(found: Borders) -> pa.Table:
    metres = np.rint(found.metres).astype(np.int64).tolist()
    return pa.table([_texts(found.first), _texts(found.second), metres], schema=SCHEMA)


def _texts(codes: npt.NDArray[np.int64]) -> pa.Array:
    return pa.array([f"{code:05d}" for code in codes.tolist()], pa.string())


NO_BORDERS = pa.Table.from_batches([], SCHEMA)  # an empty table made otherwise loads pandas
"""What a database has that is made without the mesh."""
