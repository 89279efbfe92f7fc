"""Outlines of areas for exports, read back from the TopoJSON files of a build.

All coordinates are longitude and latitude of JGD2011 (EPSG:6668), as in the build.
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Line = npt.NDArray[np.float64]


def outlines_of(paths: Iterable[Path]) -> dict[str, Any]:
    """Return the shapes of all areas in the files by their code.

    Raises:
        FileNotFoundError: a file of the build is missing.
    """
    return {code: shape for path in paths for code, shape in _read(path, "areas").items()}


def land_of(paths: Iterable[Path]) -> dict[str, Any]:
    """Return the shapes of the land in the files that is no municipality's: the northern villages, 所属未定地.

    Raises:
        FileNotFoundError: a file of the build is missing.
    """
    return {code: shape for path in paths for code, shape in _read(path, "land").items()}


@lru_cache(maxsize=128)
def _read(path: Path, layer: str) -> Mapping[str, Any]:
    """Return the shapes of an object of a file; the name of the file carries its hash, so an answer stays true."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, translate = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]
    geometries = topology["objects"].get(layer, {"geometries": []})["geometries"]
    return {geometry["properties"]["code"]: _shape(geometry, arcs) for geometry in geometries}


def _shape(geometry: Mapping[str, Any], arcs: list[Line]) -> Any:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return shapely.MultiPolygon([_polygon(rings, arcs) for rings in polygons])


def _polygon(rings: list[list[int]], arcs: list[Line]) -> Any:
    outer, *holes = [_ring(ring, arcs) for ring in rings]
    return shapely.Polygon(outer, holes)


def _ring(indexes: list[int], arcs: list[Line]) -> Line:
    """Join arcs into a ring: ~i is arc i backwards, and each arc begins where the one before ended."""
    lines = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]
    return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])
