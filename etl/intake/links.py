"""Addresses that a list gives: which may be shown as a link, and which a list of sources may name.

A link of a place or a grantee is http or https, names no user, and stands on one line; any other is dropped. A source is read
again later, so only https addresses of listed hosts are taken, its file stays inside the data folder, and its hash has the form
of a sha256.
"""

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.columns import where
from etl.intake.report import Indices

HOST_FILE = Path(__file__).with_name("hosts.toml")
LINK_PROBLEM = "リンクとして使えないため外しました"
SOURCE_PROBLEM = "https の、登録された公的機関のホストのアドレスだけを使えます"
SOURCE_MEND = "公的機関（go.jp、lg.jp など）の https のアドレスに直してください"
PATH_PROBLEM = "データフォルダの中のファイル名だけを使えます"
PATH_MEND = "/ や .. で始まらない、データフォルダの中の相対パスに直してください"
HASH_PROBLEM = "sha256 の値（16進数64桁）ではありません"
HASH_MEND = "ファイルの sha256 を計算し直して書いてください"
LONGEST_URL = 2000
LONGEST_PATH = 1000
LONGEST_NAME = 255
"""Bytes of one part of a path; no file system takes more."""

# Scheme, no user info, a host, an optional port, and nothing but visible signs (RE2).
_LINK = r"^(?i:https?)://[^\s\x{3000}/?#@\\:\[\]<>\"']+(:[0-9]{1,5})?([/?#][^\s\x{3000}\\<>\"]*)?$"
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def bad_links(column: pa.StringArray) -> Indices:
    """Return the indices of the cells that are neither empty nor a link that may be shown."""
    return where(_is_bad, column)


def _is_bad(column: pa.StringArray) -> pa.BooleanArray:
    good = pc.or_(pc.equal(column, ""), pc.match_substring_regex(column, _LINK))
    return pc.invert(pc.and_(good, pc.less_equal(pc.utf8_length(column), LONGEST_URL)))


def is_listed(url: str) -> bool:
    """Whether an address is https on a listed host, at the usual port, without user info and white space.

    >>> is_listed("https://www.cas.go.jp/a.csv"), is_listed("https://www.city.hirakata.osaka.jp/")
    (True, True)
    >>> is_listed("http://www.cas.go.jp/a.csv"), is_listed("https://www.cas.go.jp.evil.example/"), is_listed("https://2130706433/")
    (False, False, False)
    """
    if not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme != "https" or "@" in parts.netloc or port not in (None, 443):
        return False
    return not _is_number(host) and _HOST.fullmatch(host) is not None and _is_listed_host(host)


def is_inside(path: str) -> bool:
    """Whether a path names a file inside the data folder on every system.

    >>> is_inside("lists/a.csv"), is_inside("../a.csv"), is_inside("/etc/passwd"), is_inside("C:\\\\a.csv"), is_inside("~/a.csv")
    (True, False, False, False, False)
    """
    if not path or re.search(r"[\x00-\x1f\x7f%]", path) or "\\" in path or path.startswith("~"):
        return False
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive or ":" in path:
        return False
    parts = path.split("/")
    if len(path) > LONGEST_PATH or any(len(part.encode("utf-8", "replace")) > LONGEST_NAME for part in parts):
        return False
    return all(part not in {"", ".", ".."} and part == part.strip() for part in parts)


def is_sha256(text: str) -> bool:
    """Whether a text has the form of a sha256."""
    return _SHA256.fullmatch(text) is not None


def _is_number(host: str) -> bool:
    """An address in numbers, in any of the forms that a resolver takes (2130706433, 0x7f.1, 127.1)."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return all(re.fullmatch(r"0x[0-9a-f]*|[0-9]+", part) for part in host.split("."))
    return True


def _is_listed_host(host: str) -> bool:
    listed = _listed()
    if host in listed["hosts"] or any(host.endswith(f".{suffix}") for suffix in listed["suffixes"]):
        return True
    labels = host.split(".")
    if labels[-1] != "jp":
        return False
    if len(labels) >= 4 and labels[-2] in listed["regions"] and labels[-4] in listed["labels"]:
        return True
    return len(labels) >= 3 and (
        (labels[-2] in listed["regions"] and labels[-3] in {"pref", "metro"})
        or (labels[-2] in (*listed["cities"], *listed["regions"]) and labels[-3] == "city")
    )


@cache
def _listed() -> Mapping[str, Any]:
    return tomllib.loads(HOST_FILE.read_text(encoding="utf-8"))
