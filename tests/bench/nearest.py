"""The nearest ten of a million places: our index, scikit-learn's BallTree and DuckDB without an index, in the same run.

Both others measure on a sphere, ours on the ellipsoid. The answers are checked: of the others' thirty nearest, those ten that are
nearest on the ellipsoid must be ours.
"""

import time
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from sklearn.neighbors import BallTree

from etl.inputs import DATA, MESH_FILE
from geo.mesh import GRID_125M, Runs
from geo.nearby import Nearby, metres_between

PLACES = 1_000_000
QUESTIONS = 500
FEW_QUESTIONS = 30
"""Of the ways that take a tenth of a second for each."""
K, CHECKED = 10, 30

Floats = npt.NDArray[np.float64]
Question = Callable[[float, float, int], npt.NDArray[np.int64]]

NEAREST_SQL = """
    SELECT place FROM places
    ORDER BY pow(sin((lat - $lat) / 2), 2) + cos(lat) * cos($lat) * pow(sin((lon - $lon) / 2), 2) LIMIT $k
"""


def nearest_figures(count: int = PLACES) -> dict[str, object]:
    """Return seconds to build, and p50 and p95 milliseconds of a question, of every way; all give the same answer."""
    rng = np.random.default_rng(20221101)
    lon, lat = on_land(count, rng)
    asked = np.stack(on_land(QUESTIONS, rng), axis=1)
    ways = {
        "ours": (_ours, QUESTIONS),
        "ball_tree": (_ball_tree, QUESTIONS),
        "duckdb": (_duckdb, FEW_QUESTIONS),
    }
    figures: dict[str, object] = {}
    expected: list[list[int]] = []
    for name, (build, questions) in ways.items():
        began = time.perf_counter()
        nearest = build(lon, lat)
        built = time.perf_counter() - began
        taken = [_timed(nearest, *point) for point in asked[:questions].tolist()]
        expected = expected or [nearest(*point, K).tolist() for point in asked.tolist()]
        _require_same(nearest, asked[:FEW_QUESTIONS], (lon, lat), expected)
        p50, p95 = np.percentile(taken, (50, 95)) * 1000
        figures[name] = {
            "build_s": round(built, 2),
            "p50_ms": round(float(p50), 3),
            "p95_ms": round(float(p95), 3),
        }
    return {"places": count, "k": K, **figures}


def on_land(count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return random points in cells of municipalities, in degrees; a run of cells is as likely as any other, long or short."""
    runs = Runs.from_table(pq.read_table(DATA / MESH_FILE))
    runs = runs.where(runs.code % 1000 != 0)
    picked = rng.integers(0, len(runs), count)
    east, north = rng.uniform(0, 1, (2, count))
    lon, lat = GRID_125M.lonlat_of(runs.col[picked] + east * runs.length[picked], runs.row[picked] + north)
    return lon, lat


def _ours(lon: Floats, lat: Floats) -> Question:
    nearby = Nearby(lon, lat)
    return lambda x, y, k: nearby.nearest(x, y, k)[0]


def _ball_tree(lon: Floats, lat: Floats) -> Question:
    tree = BallTree(np.radians(np.stack((lat, lon), axis=1)), metric="haversine")

    def nearest(x: float, y: float, k: int) -> npt.NDArray[np.int64]:
        return np.asarray(tree.query(np.radians([[y, x]]), k=k, return_distance=False)[0], np.int64)

    return nearest


def _duckdb(lon: Floats, lat: Floats) -> Question:
    con = duckdb.connect()
    columns: dict[str, Any] = {"place": np.arange(len(lon)), "lon": np.radians(lon), "lat": np.radians(lat)}
    con.register("arriving", pa.table(columns))
    con.execute("CREATE TABLE places AS FROM arriving")

    def nearest(x: float, y: float, k: int) -> npt.NDArray[np.int64]:
        rows = con.execute(NEAREST_SQL, {"lon": np.radians(x), "lat": np.radians(y), "k": k}).fetchall()
        return np.array([place for (place,) in rows], np.int64)

    return nearest


def _timed(nearest: Question, lon: float, lat: float) -> float:
    began = time.perf_counter()
    nearest(lon, lat, K)
    return time.perf_counter() - began


def _require_same(
    nearest: Question, asked: Floats, places: tuple[Floats, Floats], expected: list[list[int]]
) -> None:
    for (lon, lat), ours in zip(asked.tolist(), expected, strict=False):
        found = nearest(lon, lat, CHECKED)
        metres = metres_between(lon, lat, places[0][found], places[1][found])
        if found[np.lexsort((found, metres))][:K].tolist() != ours:
            raise SystemExit(f"the ways disagree about {lon}, {lat}")
