"""The web server's promises: who is answered, with which headers, and that nothing else is open."""

import asyncio
import gzip
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.types import Message, Scope
from streamlit import config
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import dashboard.serve
from dashboard.area_map.bundle import bundle_manifest
from dashboard.serve import create_app
from dashboard.web.address import Address, AddressError, bound_socket
from dashboard.web.door import FrontDoor
from dashboard.web.files import packed_content
from dashboard.web.options import UPLOAD_MB, streamlit_options
from dashboard.web.page import first_page
from etl.build import Build

Ask = Callable[..., tuple[HTTPResponse, bytes]]


@pytest.fixture
def ask(app_server: str) -> Ask:
    """Ask the running app for a path, just as it is written."""

    def answered(path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection(urlsplit(app_server).netloc, timeout=20)
        try:
            connection.putrequest(method, path, skip_host="Host" in named, skip_accept_encoding=True)
            for name, value in named.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    return answered


@pytest.fixture
def nation(project_build: Build) -> str:
    """The address of the nation's geometry."""
    (file,) = project_build.geometry.glob("municipalities-*.topo.json")
    return f"/geometry/{file.name}"


@pytest.mark.parametrize(
    "path", ["/", "/map", "/icon.svg", "/_stcore/health", "/no/such/page", "/_stcore/metrics"]
)
@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example"])
def test_every_answer_carries_the_security_headers(ask: Ask, path: str, host: str) -> None:
    response, _ = ask(path, Host=host)
    policy = response.headers["content-security-policy"]
    for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'"):
        assert part in policy
    assert "'unsafe-eval'" not in policy
    assert "*" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in response.headers["permissions-policy"]
    assert "server" not in response.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/map/_stcore/agent/mcp",
        "/index.html",
        "/manifest.json",
        "/robots.txt",
        "/app/static/x.js",
        "/assets/manifest.json",
        "/geometry/current.json",
    ],
)
def test_side_doors_are_shut(ask: Ask, path: str, method: str) -> None:
    response, body = ask(path, method)
    assert response.status in {404, 405}
    assert b"<html" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%2f..%2fpyproject.toml",
        "/assets/..%5capp.py",
        "/assets//etc/passwd",
        "/geometry/../current.json",
        "/geometry/%2e%2e/current.json",
    ],
)
def test_no_path_leads_out_of_a_folder(ask: Ask, path: str) -> None:
    assert ask(path)[0].status in {400, 404}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80:80", ""])
def test_a_foreign_name_is_refused(ask: Ask, host: str) -> None:
    assert ask("/", Host=host)[0].status == 421
    assert ask("/_stcore/health", Host=host)[0].status == 421


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example", "Origin": "http://evil.example"}, {"Origin": "http://evil.example"}]
)
def test_a_foreign_page_gets_no_session(app_server: str, headers: dict[str, str]) -> None:
    address = app_server.replace("http", "ws") + "/_stcore/stream"
    with socket.create_connection((urlsplit(app_server).hostname, urlsplit(app_server).port)) as opened:
        shown = address.replace("127.0.0.1", headers.get("Host", "127.0.0.1"))
        with pytest.raises(InvalidStatus, match="403"):
            connect(shown, sock=opened, origin=headers["Origin"], proxy=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/nonsense?year=2022&rule=strict", "/?year=2022&rule=strict&page=nonsense"),
        ("/nonsense?page=other&year=2022", "/?year=2022&page=nonsense"),
        ("/" + "n" * 300, "/?page=" + "n" * 20),
        ("/%E5%9C%B0%E5%9B%B3", "/?page=%E5%9C%B0%E5%9B%B3"),
        ("/a%2525b", "/?page=a%2525b"),
        ("/overview?year=2022", "/?year=2022"),
        ("/map/?area=34000", "/map?area=34000"),
    ],
)
def test_a_lost_page_leads_on_with_the_rest_of_its_address(ask: Ask, asked: str, led_to: str) -> None:
    response, _ = ask(asked, Accept="text/html")
    assert response.status == 307
    location = urlsplit(response.headers["location"])
    assert f"{location.path}?{location.query}" == led_to
    assert location.hostname == "127.0.0.1"


@pytest.mark.parametrize("path", ["/a&b", "/%3Cb%3E", "/a%0d%0aX-Y:1", "//evil.example", "/a/b"])
def test_what_no_person_types_for_a_page_leads_nowhere(ask: Ask, path: str) -> None:
    assert ask(path, Accept="text/html")[0].status == 404


def test_the_first_page_is_ours(ask: Ask) -> None:
    response, body = ask("/map")
    page = body.decode()
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="ja">' in page
    assert "<title>居場所アトラス</title>" in page
    assert "noto-sans-jp" in page
    assert "_stcore/agent" not in page
    assert "Source" not in page.split("</head>")[0].replace("SourceMap", "")
    assert gzip.decompress(ask("/map", Accept_Encoding="gzip")[1]) == body


def test_what_has_a_hash_in_its_name_is_kept_for_good(ask: Ask, nation: str) -> None:
    for address in (nation, f"/assets/{bundle_manifest().js}", f"/assets/{bundle_manifest().font_css}"):
        plain, body = ask(address)
        packed, small = ask(address, Accept_Encoding="br, gzip")
        assert plain.status == packed.status == 200
        assert "immutable" in plain.headers["cache-control"]
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(small) == body
        assert len(small) < len(body)
        assert ask(address, If_None_Match=plain.headers["etag"])[0].status == 304
        assert ask(address, "HEAD")[1] == b""


def test_what_may_change_is_asked_for_again(ask: Ask) -> None:
    for address in ("/", "/icon.svg", "/assets/licences.txt"):
        assert ask(address)[0].headers["cache-control"] == "no-cache"


def test_every_font_file_of_the_stylesheet_is_served(ask: Ask) -> None:
    _, css = ask(f"/assets/{bundle_manifest().font_css}")
    files = {part.split(")")[0].lstrip("./") for part in css.decode().split("url(")[1:]}
    assert len(files) > 100
    for file in sorted(files)[:3]:
        response, body = ask(f"/assets/fonts/{file}")
        assert response.headers["content-type"] == "font/woff2"
        assert body.startswith(b"wOF2")


def test_every_option_is_known_to_the_installed_streamlit() -> None:
    known = set(config.get_config_options())
    assert set(streamlit_options(Address())) <= known


def test_no_file_of_the_user_changes_the_options(tmp_path: Path) -> None:
    for place in (tmp_path / "home", tmp_path / "work"):
        (place / ".streamlit").mkdir(parents=True)
        (place / ".streamlit" / "config.toml").write_text(
            "[browser]\ngatherUsageStats = true\nbroken", encoding="utf-8"
        )
    asked = (
        "from dashboard.web.address import Address; from dashboard.web.options import apply_options\n"
        "from streamlit import config; apply_options(Address())\n"
        "print(config.get_option('browser.gatherUsageStats'), config.get_option('server.maxUploadSize'))"
    )
    environment = {
        **os.environ, "HOME": str(tmp_path / "home"), "USERPROFILE": str(tmp_path / "home"),
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path / "work",
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False 10\n"


def test_the_installed_streamlits_page_still_has_every_part_we_replace(bundle: None) -> None:
    assert b"Streamlit app can" not in first_page(bundle_manifest())


def test_a_port_in_use_is_told_in_one_line() -> None:
    with bound_socket(Address(port=0)) as taken, pytest.raises(AddressError) as told:
        bound_socket(Address(port=taken.getsockname()[1]))
    assert "\n" not in str(told.value)
    assert "--port" in str(told.value)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (Address(), "http://127.0.0.1:8501"),
        (Address("0.0.0.0", 80), "http://127.0.0.1:80"),
        (Address("::1", 80), "http://[::1]:80"),
        (Address("atlas.example", 80), "http://atlas.example:80"),
    ],
)
def test_the_address_to_open_is_one_that_is_answered(address: Address, url: str) -> None:
    assert address.url == url
    assert address.shown_host in address.allowed_names


def test_a_name_given_by_the_user_is_answered() -> None:
    assert "atlas.example" in Address(names=("Atlas.Example",)).allowed_names


def test_the_door_adds_nothing_to_a_websocket_that_it_refuses() -> None:
    said: list[Message] = []

    async def never(*_: object) -> None:
        raise AssertionError("the app was reached")

    async def hear() -> Message:
        return {"type": "websocket.connect"}

    async def say(message: Message) -> None:
        said.append(message)

    door = FrontDoor(never, names={"localhost"}, page=packed_content(b"", ".html"))
    scope: Scope = {"type": "websocket", "path": "/elsewhere", "headers": [(b"host", b"localhost:1")]}
    with ThreadPoolExecutor(1) as apart:  # a browser test leaves an event loop running in this thread
        apart.submit(asyncio.run, door(scope, hear, say)).result()
    assert said == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.usefixtures("bundle")
def test_an_upload_stays_in_memory_however_large_it_may_be(
    project_build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1)
    monkeypatch.setattr(dashboard.serve, "apply_options", lambda _address: None)
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))
    create_app()
    content = b"x" * (UPLOAD_MB * 1024 * 1024)
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body = head + content + b"\r\n--cut--\r\n"

    async def arrives() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def read() -> bool:
        headers = [(b"content-type", b"multipart/form-data; boundary=cut")]
        async with Request({"type": "http", "method": "PUT", "headers": headers}, arrives).form() as form:
            upload = form["file"]
            assert isinstance(upload, UploadFile)
            assert upload.size == len(content)
            return bool(upload.file._rolled)  # type: ignore[attr-defined]

    # In a thread of its own: a browser that an earlier test opened has a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(read())).result() is False
