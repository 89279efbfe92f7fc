"""Change of fiscal year as a user sees it: from the click on the year to the painted map, in headless Chromium.

Both apps are driven through the same control (a select box) by the same code; time runs inside the page, from the mouse
button to the second animation frame after the map shows the new year. A frame in which no map is on the page counts as
blank time.
"""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, Route

YEARS = (2022, 2023, 2024)
LEAFLET = Path(__file__).parents[2] / "dashboard" / "area_map" / "node_modules" / "leaflet" / "dist"
MEGABYTE = 1_000_000
SETTLE_MS = 1500

WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
FIRST_PAINT = """async () => {
  while (!window.__shown || window.__shown() === null) {
    if (performance.now() > 60000) throw new Error("no map after a minute");
    await new Promise(requestAnimationFrame);
  }
  return performance.now();
}"""


@dataclass(frozen=True, slots=True)
class Change:
    """Medians over the changes of the year: milliseconds, received bytes, server milliseconds, blank milliseconds."""

    painted_ms: float
    bytes: float
    server_cpu_ms: float
    blank_ms: float
    first_paint_ms: float


def _leaflet_at_hand(route: Route) -> None:
    """Stand in for the content delivery networks: Leaflet at once, everything else empty (the most favourable case)."""
    name = route.request.url.rsplit("/", 1)[-1]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(path=LEAFLET / name)
    else:
        route.fulfill(
            status=200, body="", content_type="text/css" if name.endswith(".css") else "text/javascript"
        )


def _cpu_ms(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system) * 1000


def measure(browser: Browser, address: str, server: int, *, rounds: int = 9) -> Change:
    """Return the figures of the app at `address`, whose server is the process `server`."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="ja-JP")
    received = [0]
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: received.__setitem__(0, received[0] + len(frame))
        ),
    )
    page.route(lambda url: "127.0.0.1" not in url, _leaflet_at_hand)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    first = page.evaluate(FIRST_PAINT)
    process = psutil.Process(server)
    changes = [_change(page, process, received, YEARS[(turn + 1) % len(YEARS)]) for turn in range(rounds)]
    page.close()
    median: Callable[[Sequence[float]], float] = statistics.median
    ms, sizes, cpu, blank = (median(list(column)) for column in zip(*changes, strict=True))
    return Change(ms, sizes, cpu, blank, first)


def _change(
    page: Page, process: psutil.Process, received: list[int], year: int
) -> tuple[float, int, float, float]:
    page.wait_for_timeout(SETTLE_MS)
    page.locator('[data-testid="stSelectbox"]').first.click()
    option = page.get_by_role("option").filter(has_text=str(year))
    option.wait_for()
    page.wait_for_timeout(SETTLE_MS)
    page.evaluate("() => window.__watch()")
    bytes_before, cpu_before = received[0], _cpu_ms(process)
    option.click()
    result = page.evaluate("() => window.__change")
    page.wait_for_timeout(SETTLE_MS)
    return result["ms"], received[0] - bytes_before, _cpu_ms(process) - cpu_before, result["blank"]
