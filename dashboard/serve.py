"""The web server: Streamlit's app behind our front door, on one address, with nothing asked from outside.

`create_app` is what any ASGI server can run; `serve` runs it with uvicorn until it is stopped.
"""

import gc
import socket
from collections.abc import Callable
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.area_map.bundle import STATIC, bundle_manifest
from dashboard.web.address import Address, bound_socket
from dashboard.web.door import FrontDoor
from dashboard.web.files import ASSET_NAMES, GEOMETRY_NAMES, file_route, found, packed_content, sent
from dashboard.web.options import UPLOAD_MB, apply_options
from dashboard.web.page import first_page
from etl.build import current_build

HERE = Path(__file__).resolve().parent
MESSAGE_BYTES = 1024 * 1024
"""The longest message a browser may send; the app's own are some hundred bytes."""
STOP_S = 2
UPLOAD_BYTES = (UPLOAD_MB + 1) * 1024 * 1024
"""Of one upload this much stays in memory, which is more than is let through: else its reader would write it to the disk."""
PACKED_BYTES = 2048
"""Answers longer than this travel packed: Streamlit sends its own scripts plain, 3 MB at a first visit."""


def create_app(address: Address | None = None) -> st.App:
    """Return the app of the current build (in data/build or $IBASHO_BUILD_DIR).

    Raises:
        BuildMissingError, BuildDamagedError: there is no build to show.
        BundleError: the map's front end has not been built.
    """
    served = address or Address()
    apply_options(served)
    MultiPartParser.spool_max_size = UPLOAD_BYTES
    page = packed_content(first_page(bundle_manifest()), ".html")
    return st.App(
        HERE / "web" / "main.py",
        routes=[
            file_route("/assets", STATIC, ASSET_NAMES),
            file_route("/geometry", current_build().geometry, GEOMETRY_NAMES),
            Route("/icon.svg", icon),
        ],
        middleware=[
            Middleware(GZipMiddleware, minimum_size=PACKED_BYTES),
            Middleware(FrontDoor, names=served.allowed_names, page=page),
        ],
    )


def icon(request: Request) -> Response:
    """Answer with the atlas's icon."""
    content = found(HERE, "icon.svg")
    return Response(status_code=404) if content is None else sent(request, content, keep=False)


def serve(address: Address, *, prepare: Callable[[], object], announce: Callable[[str], None]) -> None:
    """Serve the app until it is stopped; `announce` gets the address once it answers.

    `prepare` brings bundle and database up to date; it runs with the port already taken.

    Raises:
        AddressError: the port cannot be used.
    """
    with bound_socket(address) as taken:
        prepare()
        server = AnnouncedServer(_config(create_app(address)), lambda: announce(address.url))
        # Streamlit collects garbage after every run: with what is loaded by now left out of it, a run is shorter
        # by more than 100 ms.
        gc.collect()
        gc.freeze()
        try:
            server.run(sockets=[taken])
        except KeyboardInterrupt:  # uvicorn stops in good order, then hands the signal on
            pass
        finally:
            gc.unfreeze()  # else duckdb's binding reports at the end what was never collected


class AnnouncedServer(uvicorn.Server):
    """Uvicorn that says when it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then announce."""
        await super().startup(sockets)
        if self.started:
            self.announce()


def _config(app: st.App) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=STOP_S,
        ws="websockets-sansio",
        ws_max_size=MESSAGE_BYTES,
    )
