"""A file from a listed host comes whole or not at all: resumed where it was cut off, never from anywhere else."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.request import ProxyHandler, build_opener

import pytest

from etl.download import DownloadError, Network, download

CONTENT = bytes(range(256)) * 4_000


class Server(BaseHTTPRequestHandler):
    """Gives CONTENT; `plan` says what to do with the next requests."""

    plan: ClassVar[list[str]] = []
    asked: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append(
            {"path": self.path, **{name: self.headers[name] or "" for name in ("Range", "If-Range")}}
        )
        step = self.plan.pop(0) if self.plan else "whole"
        if step.startswith("to "):
            self._answer(302, {"Location": step.removeprefix("to "), "Content-Length": "0"})
        elif step == "missing":
            self._answer(404, {"Content-Length": "0"})
        elif self.headers["Range"] and step != "new":
            begin = int(self.headers["Range"][6:-1])
            said = f"bytes {begin}-{len(CONTENT) - 1}/{len(CONTENT)}"
            length = str(len(CONTENT) - begin)
            self._answer(
                206, {"Content-Range": said, "Content-Length": length, "ETag": '"1"'}, CONTENT[begin:]
            )
        else:
            body = CONTENT[: len(CONTENT) // 2] if step == "cut" else CONTENT
            self._answer(200, {"Content-Length": str(len(CONTENT)), "ETag": '"1"'}, body)

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Server.plan.clear()
    Server.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def network() -> Network:
    return Network(
        frozenset({"127.0.0.1"}),
        "http",
        may_be_private=True,
        opener=lambda h: build_opener(ProxyHandler({}), h),
    )


def test_a_file_comes_whole_with_its_hash(server: str, network: Network, tmp_path: Path) -> None:
    parts: list[float | None] = []
    found = download(f"{server}/areas.zip", tmp_path, network=network, progress=parts.append)
    assert found.path.read_bytes() == CONTENT
    assert found.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert parts[-1] == 1.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["areas.zip", "areas.zip.download.json"]


def test_what_is_there_is_not_fetched_again_unless_it_is_asked_for(
    server: str, network: Network, tmp_path: Path
) -> None:
    url = f"{server}/areas.zip"
    download(url, tmp_path, network=network)
    download(url, tmp_path, network=network)
    assert len(Server.asked) == 1
    (tmp_path / "areas.zip").write_bytes(b"changed")
    download(url, tmp_path, network=network)
    download(url, tmp_path, network=network, again=True)
    assert len(Server.asked) == 3


def test_a_file_that_is_cut_off_is_resumed_where_it_ended(
    server: str, network: Network, tmp_path: Path
) -> None:
    Server.plan[:] = ["cut"]
    found = download(f"{server}/areas.zip", tmp_path, network=network)
    assert found.path.read_bytes() == CONTENT
    assert [entry["Range"] for entry in Server.asked] == ["", f"bytes={len(CONTENT) // 2}-"]
    assert Server.asked[1]["If-Range"] == '"1"'


def test_another_run_resumes_too(server: str, network: Network, tmp_path: Path) -> None:
    (tmp_path / "areas.zip.part").write_bytes(CONTENT[:1000])
    note = {"url": f"{server}/areas.zip", "version": '"1"'}
    (tmp_path / "areas.zip.part.json").write_text(json.dumps(note))
    assert download(f"{server}/areas.zip", tmp_path, network=network).path.read_bytes() == CONTENT
    assert Server.asked[0]["Range"] == "bytes=1000-"


def test_a_file_that_changed_meanwhile_begins_anew(server: str, network: Network, tmp_path: Path) -> None:
    (tmp_path / "areas.zip.part").write_bytes(b"old" * 100)
    note = {"url": f"{server}/areas.zip", "version": '"0"'}
    (tmp_path / "areas.zip.part.json").write_text(json.dumps(note))
    Server.plan[:] = ["new"]
    assert download(f"{server}/areas.zip", tmp_path, network=network).path.read_bytes() == CONTENT


def test_what_cannot_be_finished_says_that_it_will_go_on(
    server: str, network: Network, tmp_path: Path
) -> None:
    Server.plan[:] = ["cut", "missing"]
    with pytest.raises(DownloadError, match="404"):
        download(f"{server}/areas.zip", tmp_path, network=network)
    assert not (tmp_path / "areas.zip").exists()
    assert (tmp_path / "areas.zip.part").stat().st_size == len(CONTENT) // 2


def test_a_redirect_to_another_host_is_not_followed(server: str, network: Network, tmp_path: Path) -> None:
    for target in ("http://localhost:1/areas.zip", "file:///etc/hostname", "ftp://127.0.0.1/areas.zip"):
        Server.plan[:] = [f"to {target}"]
        with pytest.raises(DownloadError):
            download(f"{server}/areas.zip", tmp_path, network=network)
    assert not (tmp_path / "areas.zip").exists()


def test_a_redirect_on_the_same_host_is_followed(server: str, network: Network, tmp_path: Path) -> None:
    Server.plan[:] = [f"to {server}/moved.zip"]
    assert download(f"{server}/areas.zip", tmp_path, network=network).path.name == "areas.zip"


@pytest.mark.parametrize(
    "url",
    [
        "http://nlftp.mlit.go.jp/a.zip",
        "https://evil.example/a.zip",
        "https://nlftp.mlit.go.jp.evil.example/a.zip",
        "https://user@nlftp.mlit.go.jp/a.zip",
        "file:///etc/passwd",
        "https://169.254.169.254/a.zip",
        "https://nlftp.mlit.go.jp/",
        "https://nlftp.mlit.go.jp/..",
        "https://nlftp.mlit.go.jp/%2e%2e%2fa",
    ],
)
def test_other_addresses_are_refused_before_anything_is_sent(url: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="https"):
        download(url, tmp_path / "downloads")
    assert not (tmp_path / "downloads").exists()


def test_a_listed_name_that_leads_into_a_private_network_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.1", 443))])
    monkeypatch.setattr("etl.download.getproxies", dict)
    with pytest.raises(DownloadError, match="内部のアドレス"):
        download("https://nlftp.mlit.go.jp/a.zip", tmp_path)


def test_without_a_network_the_way_by_hand_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: Any, **__: Any) -> None:
        raise OSError("Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", nowhere)
    monkeypatch.setattr("etl.download.getproxies", dict)
    with pytest.raises(DownloadError, match=r"nlftp\.mlit\.go\.jp につながりません.*ibasho boundaries use"):
        download("https://nlftp.mlit.go.jp/a.zip", tmp_path)
