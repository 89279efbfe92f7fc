"""Serve the page under test as the product is served: Streamlit with /assets and /geometry beside it. Prints its port."""

import socket
import sys
from pathlib import Path

import small_world
import streamlit as st
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config

from dashboard.area_map.bundle import STATIC

FILES = {
    "all.topo.json": small_world.municipalities(),
    "01.topo.json": small_world.municipalities("01"),
    "prefectures.topo.json": small_world.prefectures(),
    "places.json": small_world.places(),
    "spots.json": small_world.spots(),
    "later.topo.json": small_world.other_year(),
    "names.json": small_world.names(),
}


def geometry(request: Request) -> Response:
    """Answer with a made-up file."""
    text = FILES.get(request.path_params["name"])
    return Response(text, media_type="application/json") if text else Response(status_code=404)


def main() -> None:
    """Listen first, then say where: a browser that is early waits in the queue."""
    config.set_option("browser.gatherUsageStats", False)
    config.set_option("client.toolbarMode", "minimal")
    routes = [Mount("/assets", StaticFiles(directory=STATIC)), Route("/geometry/{name}", geometry)]
    app = st.App(Path(__file__).with_name("map_page.py"), routes=routes)
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(main())
