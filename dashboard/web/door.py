"""Who may enter, and with what on the way out: one pure ASGI middleware round the whole app.

Known host names only; a closed list of addresses; security headers on every answer; the first page from memory.
"""

import re
from collections.abc import Iterable

from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.files import Content, sent

OPEN_ADDRESSES = re.compile(
    r"/(?:_stcore/(?:health|host-config|stream|bidi-components/.+|upload_file/[0-9a-f-]{36}/[0-9a-f-]{36})"
    r"|(?:assets|geometry|static|media|component)/.+|icon\.svg)"
)
"""All that is answered besides the pages. Streamlit's metrics and agent addresses are not among them."""

PAGES = frozenset({"/", "/map", "/compare", "/trend", "/find", "/slides", "/data", "/help"})
"""The app's pages: one level deep, so that relative addresses in the first page hold."""
FRONT_PAGE = "overview"
"""The page that the address / shows; its name is no address of its own."""
LOST = re.compile(r"/[\w%.~-]*/?")
"""What a person may have typed for a page: led to a page with the rest of the address kept."""
LONGEST_NAME = 20
"""Characters of a page's wrong name that are passed on to be told."""

CSP = {
    "default-src": "'self'",
    # Streamlit loads a component's inline script as a blob, and compiles a reader of table data.
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "frame-src": "'self' blob: data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class FrontDoor:
    """The middleware. `names` are the host names that are answered; `page` is the first page."""

    def __init__(self, app: ASGIApp, *, names: Iterable[str], page: Content) -> None:
        self.app = app
        self.names = frozenset(names)
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        if scope["type"] == "websocket":
            await (self._socket if self._knows(host) else _closed)(scope, receive, send)
            return
        await self._answer(host, scope)(scope, receive, _guarded(send, scope["path"], host))

    def _answer(self, host: str, scope: Scope) -> ASGIApp:
        if not self._knows(host):
            return PlainTextResponse(
                "この名前では応答しません。 Unknown host name: start with --allow-host NAME.", 421
            )
        path = scope["path"]
        if OPEN_ADDRESSES.fullmatch(path):
            return self.app
        is_read = scope["method"] in {"GET", "HEAD"}
        if is_read and path in PAGES:
            return sent(Request(scope), self.page, keep=False)
        if is_read and LOST.fullmatch(path) and "text/html" in Headers(scope=scope).get("accept", ""):
            return RedirectResponse(_found(Request(scope).url, path), 307)
        return PlainTextResponse("Not Found", 404)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self.app if scope["path"] == "/_stcore/stream" else _closed)(scope, receive, send)

    def _knows(self, host: str) -> bool:
        return re.sub(r":[0-9]+$", "", host.lower()) in self.names


def _found(lost: URL, path: str) -> URL:
    """Return where a lost address leads: the page meant, or the front page with the name of the one that does not exist.

    `path` is that of the address with its escapes resolved once.
    """
    name = path.strip("/")
    if f"/{name}" in PAGES or name == FRONT_PAGE:
        return lost.replace(path="/" if name == FRONT_PAGE else f"/{name}")
    return lost.replace(path="/").include_query_params(page=name[:LONGEST_NAME])


def security_headers(path: str, host: str) -> dict[str, str]:
    """Return the headers of every answer; only a component's frame may be shown inside our own page."""
    ancestors = "'self'" if path.startswith("/component/") else "'none'"
    # Not every browser lets 'self' cover a websocket.
    connect = f"'self' ws://{host} wss://{host}" if re.fullmatch(r"[a-z0-9.:\[\]-]+", host) else "'self'"
    policy = {**CSP, "connect-src": connect, "frame-ancestors": ancestors}
    return {
        **HEADERS,
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
    }


def _guarded(send: Send, path: str, host: str) -> Send:
    """Return `send` with our headers on the answer and no server name."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            headers.update(security_headers(path, host.lower()))
            del headers["server"]
            message = {**message, "headers": headers.raw}
        await send(message)

    return guarded


async def _closed(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Refuse a websocket before it opens; the server answers 403."""
    await send({"type": "websocket.close", "code": 1008})
