"""The borders that municipalities share, as a table for the build: always those of the embedded mesh.

Official boundaries that were chosen for the map change nothing here: neighbours are asked for today's areas, and the mesh has
the borders of 2025.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.boundary_outlines import mesh_runs
from geo.borders import Borders, borders


def border_table(data: Path) -> pa.Table:
    """Return the borders in the mesh of a data folder: code, neighbour_code (five digits, the smaller first), border_m.

    It takes 0.1 s for the whole nation, so nothing is kept.

    Raises:
        GeometryError: the mesh is missing or damaged.
    """
    return _table(borders(mesh_runs(data)))


def _table(found: Borders) -> pa.Table:
    columns = {"code": _texts(found.first), "neighbour_code": _texts(found.second)}
    return pa.table({**columns, "border_m": pa.array(np.rint(found.metres).astype(np.int64))})


def _texts(codes: npt.NDArray[np.int64]) -> pa.Array:
    return pa.array([f"{code:05d}" for code in codes.tolist()], pa.string())


NO_BORDERS = _table(Borders(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)))
"""What a database has that is made without the mesh."""
