"""A million places through check and import, against a plain pandas read and geopandas.sjoin in the same run."""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
import pyarrow.parquet as pq

from etl.build import connect, current_build
from etl.export import table_bytes
from etl.inputs import DATA, MESH_FILE
from etl.read import read_curated
from geo.mesh import GRID_125M, Runs

ROOT = Path(__file__).parents[2]
PLACES = 1_000_000
POLL_S = 0.05
SOURCE = "s2023-10-10"
WITHOUT_PLACES = {"prefecture", "ward", "northern_village"}
HEADINGS = ("名称", "種別", "都道府県", "市区町村", "住所", "緯度", "経度", "年度", "出典URL")

PLAIN = """
import sys
import geopandas as gpd
import pandas as pd

places = pd.read_csv(sys.argv[1], dtype={"年度": "Int64"})
points = gpd.GeoDataFrame(places, geometry=gpd.points_from_xy(places["経度"], places["緯度"], crs="EPSG:6668"))
areas = gpd.read_parquet(sys.argv[2])[["code", "geometry"]].to_crs("EPSG:6668")
joined = gpd.sjoin(points, areas, how="left", predicate="within")
joined.drop(columns="geometry").to_parquet(sys.argv[3])
"""


def intake_figures(count: int = PLACES) -> dict[str, object]:
    """Return seconds, rows per second and peak memory (all processes together) of check, import and the plain way."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places, data = folder / "places.csv", folder / "data"
        write_places(places, count)
        shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("build"))
        areas = folder / "areas.parquet"
        areas.write_bytes(_areas())
        told = [sys.executable, "-m", "dashboard.cli"]
        plain = [sys.executable, "-c", PLAIN, str(places), str(areas), str(folder / "joined.parquet")]
        env = {**os.environ, "IBASHO_DATA_DIR": str(data)}
        figures = {
            "plain": _timed(plain, env),
            "check": _timed([*told, "check", str(places), "--kind", "places", "--json"], env),
            "import": _timed([*told, "import", str(places), "--kind", "places", "--source", SOURCE], env),
        }
    return {
        "rows": count,
        **{name: {**one, "rows_per_s": round(count / one["seconds"])} for name, one in figures.items()},
    }


def write_places(path: Path, count: int, *, chance: int = 0) -> None:
    """Write a list of `count` places, each inside the municipality that it names: somewhere in one of its mesh cells."""
    area = {
        int(row["code"]): row for row in read_curated(DATA)["area"].to_pylist() if row["valid_to"] is None
    }
    runs = Runs.from_table(pq.read_table(DATA / MESH_FILE))
    runs = runs.where(
        np.isin(runs.code, [code for code, row in area.items() if row["kind"] not in WITHOUT_PLACES])
    )
    rng = np.random.default_rng(chance)
    picked = rng.integers(0, len(runs), count)
    inside = rng.uniform(0.1, 0.9, (2, count))
    lon, lat = GRID_125M.lonlat_of(runs.col[picked] + inside[0], runs.row[picked] + inside[1])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number, (place, x, y) in enumerate(
            zip(runs.code[picked].tolist(), lon.tolist(), lat.tolist(), strict=True)
        ):
            named = area[place]
            address = f"{named['prefecture_name']}{named['name']}{number % 40 + 1}-{number % 9 + 1}"
            writer.writerow(
                (
                    f"居場所 第{number}号",
                    "こども食堂",
                    named["prefecture_name"],
                    named["name"],
                    address,
                    f"{y:.6f}",
                    f"{x:.6f}",
                    2024,
                    "https://www.example.jp/",
                )
            )


def _areas() -> bytes:
    """Return the outlines that the plain way joins with: the same as the build's own, as GeoParquet."""
    with connect(current_build()) as con:
        return table_bytes(con, "area", "parquet")


def _timed(command: list[str], env: dict[str, str]) -> dict[str, float]:
    """Run a command; its memory is that of all its processes at one moment."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            peak = max(
                peak, sum(one.memory_info().rss for one in (watched, *watched.children(recursive=True)))
            )
        except psutil.Error:
            continue
        time.sleep(POLL_S)
    if process.wait() != 0:
        raise SystemExit(f"failed: {' '.join(command)}")
    return {"seconds": round(time.perf_counter() - began, 2), "peak_mb": round(peak / 1e6)}
