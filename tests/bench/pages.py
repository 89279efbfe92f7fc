"""Reruns of the pages compare, trend and find over Streamlit's own websocket: from asking for a view until it is answered.

Each page is asked for views that it has not shown before, then for the same ones again. Addresses use only what every page reads
from them, so the measurement stays true when a page changes.
"""

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence

from tests.bench.sessions import FIRST_RUN_LIMIT_S, connected, run

AREAS = (
    "01100.13103.31201.34208.46303",
    "31000.32000.39000",
    "13000.14000.23000.27000.40000",
    "14213.14215",
)
YEARS = (2022, 2023, 2024)
TOWNS = ("31201", "34202", "13103", "01100", "37201")
REACHES = ("5km", "10km", "50km", "nearest30")
VIEWS: Mapping[str, Sequence[str]] = {
    "compare": [f"areas={areas}&year={year}&view=annual" for year in YEARS for areas in AREAS],
    "trend": [
        f"year={year}&view={view}&area={area}"
        for area in ("", "34000")
        for view in ("annual", "cumulative")
        for year in YEARS
    ],
    "find": [f"area={town}&reach={reach}&year=2024" for town in TOWNS for reach in REACHES],
}


def page_figures(address: str) -> dict[str, dict[str, float]]:
    """Return p50 and p95 in milliseconds of new views and of known ones, page by page, at `address` (ws://host:port)."""
    return {page: asyncio.run(_page(address, page, views)) for page, views in VIEWS.items()}


async def _page(address: str, page: str, views: Sequence[str]) -> dict[str, float]:
    async with asyncio.timeout(FIRST_RUN_LIMIT_S), connected(address) as socket:
        await run(socket, "", page)  # the first run imports and opens
        new, known = [], []
        for taken in (new, known):
            for query in views:
                began = time.perf_counter()
                await run(socket, query, page)
                taken.append((time.perf_counter() - began) * 1000)
    return {
        "views": len(views),
        "new_p50_ms": round(statistics.median(new), 1),
        "new_p95_ms": round(sorted(new)[int(len(new) * 0.95)], 1),
        "known_p50_ms": round(statistics.median(known), 1),
    }
