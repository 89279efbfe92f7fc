"""One server for all tests of the map in Chromium."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from dashboard.area_map.bundle import ensure_bundle

HERE = Path(__file__).parent
Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def site(chromium: Browser) -> Iterator[str]:
    """The address of the page under test."""
    del chromium  # no server without a browser
    ensure_bundle(lambda _: None)
    command = [sys.executable, str(HERE / "serve_world.py")]
    # The code of this checkout, whatever is installed.
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE, env=environment)
    assert server.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture
def open_map(chromium: Browser, site: str) -> Iterator[Opener]:
    """Open a scene and wait until the map is painted; the page remembers its requests and errors."""
    contexts = []

    def opener(
        scene: str = "nation", *, painted: bool = True, script: str = "", held: str = "", **options: object
    ) -> Page:
        settings = {"viewport": {"width": 1000, "height": 900}, "locale": "ja-JP", **options}
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(script)
        if held:
            page.route(f"**/{held}", lambda _: None)
        page.asked = []  # type: ignore[attr-defined]
        page.faults = []  # type: ignore[attr-defined]
        page.on("request", lambda request: _note(page, request))
        page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
        page.goto(f"{site}/?scene={scene}")
        if painted:
            page.wait_for_selector(".area-map[data-rev]")
        return page

    yield opener
    for context in contexts:
        context.close()


def _note(page: Page, request: Request) -> None:
    page.asked.append(request.url)  # type: ignore[attr-defined]
