"""What tests of the whole share: one build, one running app, one Chromium with the network cut."""

import gc
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

import etl.checked_file
from dashboard.area_map.bundle import ensure_bundle
from etl.build import Build, ensure_build
from etl.intake.check import check
from etl.intake.context import Context
from etl.intake.facts import HELD, Checked, Kind, Options
from etl.intake.guard import material, uploaded
from etl.intake.report import RejectedError, Report
from tests.browser import CHROMIUM_FLAGS, find_chromium

START_LIMIT_S = 60
STOP_LIMIT_S = 20
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

# A slow machine is no fault of the code; the same machine-made cases in every CI run make a failure repeatable.
settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("steady")


def pytest_unconfigure() -> None:
    """Let go of hypothesis's watch on garbage collection: held to the very end, duckdb's binding prints a page of leaks."""
    gc.callbacks.clear()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Build the front end before several processes test at once: each of them would, into the same folder."""
    ensure_bundle(lambda _title: None)


class OutsideCallError(AssertionError):
    """A test asked for another machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection out of this machine, in this process."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise OutsideCallError(str(address))
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def bundle() -> None:
    """The map's front end, built if it is not there."""
    ensure_bundle(lambda _title: None)


@pytest.fixture(scope="session")
def project_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A build of the real data in a folder of its own: what lies in data/build plays no part."""
    return ensure_build(folder=tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="session")
def app_server(project_build: Build, bundle: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `ibasho serve`, run as its users run it."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "stderr.txt"
    environment = {**os.environ, "IBASHO_BUILD_DIR": str(project_build.database.parent)}
    command = [sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port)]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8"
        ) as server,
    ):
        assert server.stdout is not None
        said = server.stdout.readline()
        assert said == f"居場所アトラス: http://127.0.0.1:{port}\n", log.read_text(encoding="utf-8")
        yield f"http://127.0.0.1:{port}"
        server.terminate()
        server.wait(STOP_LIMIT_S)
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture
def checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check files that are handed in within this process: a child would load the libraries anew for every file."""

    def checked(
        given: Path | tuple[str, bytes], kind: Kind, options: Options, data: Path, *, has_facts: bool = True
    ) -> Checked:
        try:
            handed_in = material(given) if isinstance(given, Path) else uploaded(*given)
        except RejectedError as fault:
            name = given.name if isinstance(given, Path) else given[0]
            return Checked(Report.rejected(name, str(kind), fault), pa.table({}), HELD.empty_table())
        return check(handed_in, kind, options, Context.of(data))

    monkeypatch.setattr(etl.checked_file, "checked_in_child", checked)


def free_port() -> int:
    """Return a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium; without one the browser tests are skipped (one line in the summary), unless they are required."""
    path = find_chromium()
    if path is None:
        if os.environ.get("IBASHO_REQUIRE_BROWSER") == "1":
            pytest.fail(
                "Chromium がありませんが、IBASHO_REQUIRE_BROWSER=1 です (Chromium is required).",
                pytrace=False,
            )
        pytest.skip("Chromium がないため、画面のテストを省きます (no Chromium: browser tests are left out)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of its own for one test: Japanese, 1440 pixels wide."""
    opened = chromium.new_context(locale="ja-JP", viewport={"width": 1440, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def outside_requests() -> list[str]:
    """Every address outside this machine that the page of the test asked for; must stay empty."""
    return []


@pytest.fixture
def console_errors() -> list[str]:
    """Every error in the page's console; must stay empty."""
    return []


@pytest.fixture
def page(context: BrowserContext, outside_requests: list[str], console_errors: list[str]) -> Iterator[Page]:
    """A page that asks nothing of the outside and prints no error; both are checked when the test ends."""

    def note_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in LOOPBACK:
            outside_requests.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error" and not is_probe(message.location.get("url", "")):
            console_errors.append(f"{message.text} {message.location}")

    opened = context.new_page()
    opened.on("request", note_request)
    opened.on("console", note_message)
    opened.on("pageerror", lambda error: console_errors.append(str(error)))
    yield opened
    assert not outside_requests
    assert not console_errors


def is_probe(address: str) -> bool:
    """Whether Streamlit's page is only trying under which folder its server answers: /map/_stcore/… is a 404 by design."""
    return urlsplit(address).path.partition("/_stcore/")[0] != "" and "/_stcore/" in address


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parents[1]
