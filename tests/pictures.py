"""`make pictures`: the pictures of the README, taken from the real app so that they stay true."""

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FilePayload, sync_playwright

from dashboard.annual.asked import Asked
from dashboard.annual.drawing.png import png
from dashboard.closed_lists import SheetKind
from dashboard.slides.asking import Sheet
from dashboard.slides.drawing import sheet_pages
from dashboard.store import Store
from etl.build import current_build, ensure_build
from tests.browser import CHROMIUM_FLAGS, find_chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
PICTURES = {
    "overview": ("?year=2025", 1440, 1060),
    "map": ("map?year=2022&view=annual&area=34208", 1440, 1060),
    "compare": ("compare?year=2025&areas=34208.34204.34205.31201", 1440, 1500),
    "trend": ("trend?year=2025", 1440, 1200),
    "find": ("find?year=2025&area=13117&reach=10km", 1440, 1060),
    "slides": ("slides?year=2022", 1440, 1060),
    "presenter": ("slides?year=2022&years=2022.2023.2024&present=2022", 1280, 720),
    "data": ("data?tab=reconciliation", 1440, 1060),
    "import": ("data?tab=import", 1440, 1060),
    "help": ("help", 1440, 1060),
    "english": ("?year=2022&view=annual&lang=en", 1440, 1060),
    "overview-phone": ("?year=2022&view=annual", 400, 1100),
    "map-phone": ("map?year=2022&view=annual&area=34208", 400, 1100),
    "compare-phone": ("compare?year=2025&areas=34208.34204", 400, 1100),
    "trend-phone": ("trend?year=2025", 400, 1100),
    "find-phone": ("find?year=2025&area=13117&reach=10km", 400, 1100),
    "slides-phone": ("slides?year=2022", 400, 1100),
    "data-phone": ("data?tab=reconciliation", 400, 1100),
    "import-phone": ("data?tab=import", 400, 1100),
    "help-phone": ("help", 400, 1100),
}
PAINTED = {
    "": ".area-map[data-rev]",
    "map": ".area-map[data-rev]",
    "compare": ".small-maps[data-painted]",
    "trend": ".small-maps[data-painted]",
    "slides": ".stage-paper svg",
}
"""Page → what is there once its maps are painted."""
SENT: FilePayload = {
    "name": "取組団体一覧.csv",
    "mimeType": "text/csv",
    "buffer": """年度,都道府県,市区町村,団体コード,区分,備考
令和8年度,広島県,三原市,342041,新規,
2026,広島,尾道市,34205,継続,
2026,広島県,府中市,342084,新規,
2026,広島県,三原,,新規,
2026,広島県,竹原市,342033,新規,担当 090-0000-0000
2026,広島県,府中市,342084,新規,
""".encode(),
}
"""A list as somebody might send it: spellings to mend, a name that is none, a telephone number, a row twice."""
PAGES = {
    "annual-map": (Asked((2022,)), Sheet(SheetKind.YEAR, 2022)),
    "build-up": (Asked((2022, 2023, 2024)), Sheet(SheetKind.BUILD_UP)),
}
"""Pages of the deck, drawn as the files are."""
PAGE_DPI = 110
START_LIMIT_S = 120
QUIET_MS = 1500
BAR_GONE_MS = 6000
"""The keys of the presentation are shown for some seconds."""


def main() -> None:
    """Start the app, take every picture, stop the app."""
    path = find_chromium()
    if path is None:
        raise SystemExit("写真を撮るには Chromium が必要です。")
    ensure_build()
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw_pages()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port)], cwd=ROOT)
    try:
        _wait(port)
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
            for name, (address, width, height) in PICTURES.items():
                take(browser, f"http://127.0.0.1:{port}/{address}", FOLDER / f"{name}.png", (width, height))
            browser.close()
    finally:
        server.terminate()
        server.wait()


def draw_pages() -> None:
    """Draw the pages of the deck that the README shows."""
    store = Store(current_build())
    for name, (asked, sheet) in PAGES.items():
        (page,) = sheet_pages(store, asked, sheet)
        (FOLDER / f"{name}.png").write_bytes(png(page, language=asked.language, dpi=PAGE_DPI))


def take(browser: Browser, address: str, file: Path, size: tuple[int, int]) -> None:
    """Take one picture once the page has been quiet for a moment."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="ja-JP")
    page.goto(address)
    page.locator("#main").wait_for()
    page_name = urlsplit(address).path.strip("/")
    if page_name == "find":
        page.frame_locator("iframe").first.locator(".leaflet-overlay-pane path").first.wait_for(
            state="attached"
        )
    elif page_name in PAINTED:
        page.locator(PAINTED[page_name]).first.wait_for()
    if "tab=import" in address:
        page.locator("input[type='file']").first.set_input_files(SENT)
        page.locator(".st-key-intake-result-area pre").wait_for(timeout=START_LIMIT_S * 1000)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(BAR_GONE_MS if "present=" in address else QUIET_MS)
    page.screenshot(path=file)
    page.close()


def _wait(port: int) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("app did not start")


if __name__ == "__main__":
    main()
