"""Files by address, kept by the browser for good: the map's bundle and fonts, and the geometry of a build."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ASSET_NAMES = re.compile(
    r"(?:fonts/)?(?:[a-z0-9][a-z0-9.-]*/)?[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?:js|css|woff2|txt)"
)
GEOMETRY_NAMES = re.compile(
    r"(?:municipalities|prefectures|prefecture-[0-9]{2})-[0-9a-f]{8}\.topo\.json|(?:places|names)-[0-9a-f]{8}\.json"
)
VERSIONED = re.compile(r"-(?:[0-9a-f]{8}|[0-9A-Z]{8}|[0-9]+(?:\.[0-9]+)+)[./]")
"""A content hash or a version in the address: what is found there never changes."""

FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
GZIP_LEVEL = 6
KEPT_FILES = 512
"""About 130 font files, 50 geometry files and the bundle: some 15 MB at most."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file as it is sent: plain, and gzipped where that saves anything."""

    body: bytes
    packed: bytes | None
    media_type: str
    etag: str


def file_route(prefix: str, folder: Path, names: re.Pattern[str]) -> Route:
    """Return the route that serves the files of `folder` whose names match `names`, and nothing else."""

    def answer(request: Request) -> Response:  # not async: Starlette reads and packs in a thread
        name = request.path_params["name"]
        content = found(folder, name) if names.fullmatch(name) else None
        return (
            Response("Not Found", 404) if content is None else sent(request, content, keep=is_versioned(name))
        )

    return Route(f"{prefix}/{{name:path}}", answer, methods=["GET"])


def is_versioned(name: str) -> bool:
    """Whether the address holds a content hash or a version.

    >>> [is_versioned(name) for name in ("area_map-9B2C4D6E.js", "prefectures-0a1b2c3d.topo.json", "licences.txt")]
    [True, True, False]
    """
    return VERSIONED.search(name) is not None


def found(folder: Path, name: str) -> Content | None:
    """Return the content of a file in `folder`, or None if there is none."""
    path = folder / name
    try:
        state = path.stat()
        return _content(path, state.st_mtime_ns, state.st_size)
    except OSError:
        return None


def sent(request: Request, content: Content, *, keep: bool) -> Response:
    """Return the answer to a GET or HEAD: 304 if the browser has it, gzipped if it can unpack."""
    headers = {
        "cache-control": FOR_GOOD if keep else ASK_AGAIN,
        "etag": content.etag,
        "vary": "accept-encoding",
    }
    if content.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if content.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            content.packed, headers={**headers, "content-encoding": "gzip"}, media_type=content.media_type
        )
    return Response(content.body, headers=headers, media_type=content.media_type)


def packed_content(body: bytes, suffix: str) -> Content:
    """Return a body with its gzipped form; fonts are compressed already and stay as they are.

    The tag is weak: the packed form and the plain one are the same file, not the same bytes.
    """
    packed = None if suffix == ".woff2" else gzip.compress(body, GZIP_LEVEL, mtime=0)
    worth = packed if packed is not None and len(packed) < len(body) else None
    return Content(body, worth, MEDIA_TYPES.get(suffix, "application/octet-stream"), f'W/"{_tag(body)}"')


@lru_cache(maxsize=KEPT_FILES)
def _content(path: Path, _mtime_ns: int, _size: int) -> Content:
    return packed_content(path.read_bytes(), path.suffix)


def _tag(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
