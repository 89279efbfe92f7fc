"""`make bench`: measure, write the results as JSON and as a table in docs/benchmarks.md."""

import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from etl.build import current_build, ensure_build
from tests.bench.browser import Change, measure
from tests.bench.intake import intake_figures
from tests.bench.nearest import nearest_figures
from tests.bench.pages import page_figures
from tests.bench.report import read, write
from tests.bench.sessions import load
from tests.bench.slides import slides_figures
from tests.browser import CHROMIUM_FLAGS, find_chromium

ROOT = Path(__file__).parents[2]
SESSIONS = (1, 10, 30)
START_LIMIT_S = 120
POLL_S = 0.2
ATLAS = [sys.executable, "-m", "dashboard.cli", "serve", "--port"]


def main() -> None:
    """Run every measurement once, or the parts that are named, and write both reports."""
    ensure_build()
    wanted = sys.argv[1:]
    if unknown := set(wanted) - PARTS.keys():
        raise SystemExit(f"{', '.join(sorted(unknown))}: 部分は {', '.join(PARTS)} です。")
    results = read(ROOT) if wanted else {"machine": machine(), "build": build_figures(), **app_figures()}
    results |= {name: PARTS[name]() for name in wanted or PARTS}
    write(ROOT, results)
    print(json.dumps(results, ensure_ascii=False, indent=1))


def machine() -> dict[str, object]:
    """Describe the machine in the terms that matter for the figures."""
    return {
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "python": platform.python_version(),
        "measured_on": datetime.now(UTC).date().isoformat(),
    }


def build_figures() -> dict[str, object]:
    """Build from nothing, again with changed data only, and once more unchanged: seconds and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        whole = _timed_build(Path(folder))
        again = _timed_build(Path(folder), "--force")
        unchanged = _timed_build(Path(folder))
    return {"whole": whole, "geometry_kept": again, "unchanged": unchanged}


def _timed_build(folder: Path, *options: str) -> dict[str, float]:
    began = time.perf_counter()
    command = [sys.executable, "-m", "dashboard.cli", "build", "--json", *options]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "IBASHO_BUILD_DIR": str(folder)}, stdout=subprocess.DEVNULL
    )
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            peak = max(peak, watched.memory_info().rss)
        except psutil.Error:
            break
        time.sleep(POLL_S / 10)
    if process.wait() != 0:
        raise SystemExit("ibasho build failed")
    return {"seconds": round(time.perf_counter() - began, 2), "peak_mb": round(peak / 1e6)}


def app_figures() -> dict[str, object]:
    """Drive the atlas and the stock app one after the other in the same run."""
    stock_command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "tests/bench/stock_app.py",
        "--server.headless",
        "true",
        "--browser.gatherUsageStats",
        "false",
        "--server.fileWatcherType",
        "none",
        "--server.port",
    ]
    figures: dict[str, object] = {}
    for name, command in (("atlas", ATLAS), ("stock", stock_command)):
        path = "map" if name == "atlas" else ""
        with serving(command) as (port, process):
            change = in_browser(f"http://127.0.0.1:{port}/{path}?year=2022&view=annual", process.pid)
            sessions = load(f"ws://127.0.0.1:{port}", SESSIONS)
            resident = round(psutil.Process(process.pid).memory_info().rss / 1e6)
        figures[name] = {
            "change": asdict(change),
            "sessions": [asdict(row) for row in sessions],
            "resident_mb": resident,
        }
    return figures


def rerun_figures() -> dict[str, object]:
    """Ask the pages compare, trend and find of one server for their views."""
    with serving(ATLAS) as (port, _):
        return {**page_figures(f"ws://127.0.0.1:{port}")}


def in_browser(address: str, server: int) -> Change:
    """Drive one app in a browser of its own."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        change = measure(browser, address, server)
        browser.close()
    return change


@contextmanager
def serving(command: list[str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run an app on a free port of this machine until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "IBASHO_BUILD_DIR": str(current_build().database.parent), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([*command, str(port)], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(POLL_S)
    raise SystemExit(f"no app on port {port} after {START_LIMIT_S} s")


PARTS: Mapping[str, Callable[[], dict[str, object]]] = {
    "intake": intake_figures,
    "nearest": nearest_figures,
    "pages": rerun_figures,
    "slides": slides_figures,
}
"""Parts that can be measured alone; they need no browser."""


if __name__ == "__main__":
    if not sys.argv[1:] and shutil.which("chromium") is None:
        raise SystemExit("計測には Chromium が必要です。")
    main()
