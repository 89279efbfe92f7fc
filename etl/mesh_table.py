"""The file of the embedded mesh: which cell lies in which municipality. Read without the libraries that draw shapes."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.fault import BuildError
from etl.folders import MESH_FILE
from geo.mesh import MeshTableError, Runs

MESH_TITLE = f"境界の表 {MESH_FILE} "


class GeometryError(BuildError):
    """The boundaries are missing or damaged, or do not show every municipality exactly once."""


def mesh_runs(data: Path) -> Runs:
    """Return the cells of the embedded mesh.

    Raises:
        GeometryError: the mesh is missing or damaged.
    """
    if not (data / MESH_FILE).is_file():
        raise missing_mesh(data)
    try:
        return Runs.from_table(pq.read_table(data / MESH_FILE))
    except (MeshTableError, pa.ArrowException) as fault:
        raise GeometryError(f"{MESH_TITLE}を使えません: {fault}") from fault


def missing_mesh(data: Path) -> GeometryError:
    """Return the fault of a data folder without the mesh."""
    return GeometryError(f"{MESH_TITLE}がありません（{data}）。データのフォルダーに戻してください。")
