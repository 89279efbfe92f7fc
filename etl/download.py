"""One large public file from a listed host to the disk: https only, resumed where it was cut off, and with its hash.

Nothing here follows a redirect to another host or talks to an address of a private network.
"""

import hashlib
import ipaddress
import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener, getproxies

from etl.fault import BuildError
from etl.publish import flush_folder, write_whole

HOSTS = frozenset({"nlftp.mlit.go.jp", "raw.githubusercontent.com", "www.digital.go.jp"})
LARGEST_BYTES = 2 * 10**9
TRIES = 3
WAIT_S = 30.0
_BLOCK = 1 << 18
_AGENT = "ibasho-atlas"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_BY_HAND = "つながる環境で取得したファイルを `ibasho boundaries use ファイル` で渡すこともできます。"


class DownloadError(BuildError):
    """A file could not be fetched. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Network:
    """Where files may come from. Tests use a server of their own."""

    hosts: frozenset[str] = HOSTS
    scheme: str = "https"
    may_be_private: bool = False
    opener: Callable[[HTTPRedirectHandler], OpenerDirector] = field(default=build_opener)


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was fetched whole."""

    path: Path
    url: str
    bytes: int
    sha256: str


def download(
    url: str,
    folder: Path,
    *,
    network: Network | None = None,
    progress: Callable[[float | None], None] = lambda _: None,
    again: bool = False,
) -> Download:
    """Fetch a file into `folder`, and return it; one that lies there whole is not fetched again unless `again`.

    `progress` gets the part of the file that is there (None while its length is unknown).

    Raises:
        DownloadError: the address is not allowed, there is no network, the server refuses, or the file is cut off.
    """
    net = network or Network()
    require_listed(url, net)
    target = folder / _name_of(url)
    if not again and (kept := _kept(target, url)):
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    part = _Part(target.with_name(f"{target.name}.part"), url)
    for left in reversed(range(TRIES)):
        try:
            _fetch(part, net, progress)
            break
        except (OSError, HTTPException) as fault:
            if not left or isinstance(fault, HTTPError) or not part.has_grown():
                raise _told(fault, url, part) from fault
    return _finished(part, target)


def require_listed(url: str, network: Network) -> None:
    """Check an address by its letters.

    Raises:
        DownloadError: it is not https or not of a listed host.
    """
    parts = urlsplit(url)
    if parts.scheme != network.scheme or parts.hostname not in network.hosts or "@" in parts.netloc:
        listed = "、".join(sorted(network.hosts))
        raise DownloadError(f"{network.scheme} で次のホストからだけ取得できます: {listed}")


def require_public(url: str, network: Network) -> None:
    """Check where the host of an address leads. A proxy asks for itself.

    Raises:
        DownloadError: it leads into a private network.
        OSError: the host cannot be found.
    """
    parts = urlsplit(url)
    if network.may_be_private or getproxies().get(parts.scheme):
        return
    found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    if not all(ipaddress.ip_address(str(entry[4][0])).is_global for entry in found):
        raise DownloadError(f"{parts.hostname} が内部のアドレスを指しているため、取得しません。")


@dataclass(slots=True)
class _Part:
    """What of a file is there, and which version of it that is."""

    path: Path
    url: str
    bytes_before: int = -1

    @property
    def note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def version(self) -> str:
        """Return the mark (ETag or date) of the version that the part is of; "" if it may not be continued."""
        try:
            said = json.loads(self.note.read_text(encoding="utf-8"))
            return str(said["version"]) if said["url"] == self.url and self.size() else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def has_grown(self) -> bool:
        """Whether more of the file came than the last time this was asked: only then another try is worth it."""
        grown = self.size() > self.bytes_before
        self.bytes_before = self.size()
        return grown


class _SameHosts(HTTPRedirectHandler):
    def __init__(self, network: Network) -> None:
        self.network = network

    def redirect_request(  # noqa: PLR0917  the signature is of the library
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        try:
            require_listed(newurl, self.network)
            require_public(newurl, self.network)
        except DownloadError as fault:
            raise DownloadError(
                f"ほかのホスト（{urlsplit(newurl).hostname}）へ移されたため、取得を止めました。"
            ) from fault
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(part: _Part, net: Network, progress: Callable[[float | None], None]) -> None:
    require_public(part.url, net)
    version = part.version()
    asked = Request(part.url, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})  # noqa: S310  checked above
    if version:
        asked.add_header("Range", f"bytes={part.size()}-")
        asked.add_header("If-Range", version)
    with net.opener(_SameHosts(net)).open(asked, timeout=WAIT_S) as answer:
        begin, total = _extent(answer.status, answer.headers, part.size() if version else 0)
        if (total or 0) > LARGEST_BYTES:
            raise DownloadError(f"ファイルが大きすぎます（上限 {LARGEST_BYTES // 10**6:,} MB）。")
        _require_room(part.path.parent, (total or 0) - begin)
        if not begin:
            part.path.unlink(missing_ok=True)
        mark = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        write_whole(part.note, json.dumps({"url": part.url, "version": mark.removeprefix("W/")}).encode())
        _copy(answer, part.path, begin, total, progress)
    if total is not None and part.size() != total:
        raise ConnectionResetError(f"{part.size()} of {total} bytes")


def _extent(status: int, headers: Mapping[str, str], have: int) -> tuple[int, int | None]:
    """Return where the answer begins, and how long the whole file is (None if the server does not say)."""
    found = _RANGE.fullmatch(headers.get("Content-Range") or "")
    if status == 206 and found and int(found[1]) == have:
        return have, int(found[2])
    if status != 200:
        raise DownloadError(f"サーバーの答えが分かりません（{status}）。時間をおいてやり直してください。")
    length = headers.get("Content-Length")
    return 0, int(length) if length and length.isdigit() else None


def _copy(
    answer: IO[bytes], path: Path, done: int, total: int | None, progress: Callable[[float | None], None]
) -> None:
    with path.open("ab") as file:
        while block := answer.read(_BLOCK):
            done += len(block)
            if done > LARGEST_BYTES:
                raise DownloadError(f"ファイルが大きすぎます（上限 {LARGEST_BYTES // 10**6:,} MB）。")
            file.write(block)
            progress(done / total if total else None)
        file.flush()
        os.fsync(file.fileno())


def _finished(part: _Part, target: Path) -> Download:
    with part.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    part.path.replace(target)
    part.note.unlink(missing_ok=True)
    whole = Download(target, part.url, target.stat().st_size, sha256)
    said = {"url": whole.url, "bytes": whole.bytes, "sha256": sha256}
    write_whole(_note_of(target), json.dumps(said, indent=1).encode())
    flush_folder(target.parent)
    return whole


def _kept(target: Path, url: str) -> Download | None:
    try:
        said: dict[str, Any] = json.loads(_note_of(target).read_text(encoding="utf-8"))
        with target.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if said["url"] == url and said["sha256"] == sha256:
            return Download(target, url, target.stat().st_size, sha256)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None


def _note_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.download.json")


def _name_of(url: str) -> str:
    name = urlsplit(url).path.rpartition("/")[2]
    if not _NAME.fullmatch(name):
        raise DownloadError(f"ファイルの名前で終わる https のアドレスを指定してください（{url[:200]}）。")
    return name


def _require_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed * 1.1:
        raise DownloadError(f"ディスクの空きが足りません。{needed // 10**6 + 1:,} MB ほど空けてください。")


def _told(fault: Exception, url: str, part: _Part) -> DownloadError:
    host = urlsplit(url).hostname
    if isinstance(fault, HTTPError):
        return DownloadError(f"{host} が {fault.code} と答えました（{url}）。年や URL を確かめてください。")
    if part.size():
        done = f"{part.size() / 10**6:,.1f} MB"
        return DownloadError(f"取得が途中で切れました（{done} まで）。もう一度実行すると続きから取得します。")
    reason = fault.reason if isinstance(fault, URLError) else fault
    return DownloadError(f"{host} につながりません（{reason}）。ネットワークを確かめてください。{_BY_HAND}")
