"""The outlines that maps are made of: those of the embedded mesh, or of official boundaries in its place."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

import geo.drivers  # noqa: F401  before anything in this process can load GDAL with all of its drivers
from etl.boundary_store import FOLDER, RECORD, Boundary, read_areas
from etl.folders import MESH_FILE
from etl.mesh_table import MESH_TITLE, GeometryError, mesh_runs, missing_mesh
from geo.mesh import GRID_125M, Grid
from geo.official import OFFICIAL_GRID
from geo.shapes import FINE_CELLS, PRECISION_M, ShapeFaultsError, areas_from_runs


@dataclass(frozen=True, slots=True)
class Outlines:
    """The shapes that a map is made of. `title` names them in messages; a border may be `precision_m` metres off."""

    shapes: gpd.GeoDataFrame
    title: str
    precision_m: float
    grid: Grid


def outline_file(data: Path, boundary: Boundary | None) -> Path:
    """Return the file that decides how outlines look: the mesh (None), or the record of a boundary, which holds a hash.

    Raises:
        GeometryError: the mesh is missing.
    """
    if boundary is not None:
        return data / FOLDER / boundary.boundary_id / RECORD
    if not (data / MESH_FILE).is_file():
        raise missing_mesh(data)
    return data / MESH_FILE


def outlines(data: Path, boundary: Boundary | None) -> Outlines:
    """Return the outlines of a stored boundary, or of the mesh (None).

    Raises:
        GeometryError: the mesh cannot be used.
        BoundaryError: the files of the boundary are missing or damaged.
    """
    if boundary is not None:
        title = f"境界「{boundary.boundary_id}」"
        return Outlines(read_areas(data, boundary), title, boundary.precision_m, OFFICIAL_GRID)
    runs = mesh_runs(data)
    try:
        shapes = areas_from_runs(runs, simplify_cells=FINE_CELLS)
    except ShapeFaultsError as fault:
        raise GeometryError(f"{MESH_TITLE}を使えません: {fault}") from fault
    return Outlines(shapes, MESH_TITLE, PRECISION_M * FINE_CELLS, GRID_125M)
