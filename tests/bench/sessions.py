"""Many sessions at once, spoken over Streamlit's own websocket: the time until a changed year has been answered.

A session connects, runs once, and then asks for another fiscal year through its address, as the year control does.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

YEARS = (2022, 2023, 2024)
FIRST_RUN_LIMIT_S = 600


@dataclass(frozen=True, slots=True)
class Load:
    """Answers of `sessions` users who all change the year at the same moment."""

    sessions: int
    p50_ms: float
    p95_ms: float
    kilobytes: float


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[websockets.ClientConnection]:
    """Open a session of the app at `address` (ws://host:port)."""
    async with websockets.connect(
        f"{address}/_stcore/stream",
        origin=address.replace("ws://", "http://"),
        max_size=None,
        open_timeout=FIRST_RUN_LIMIT_S,
        ping_interval=None,  # a stock server under load answers no ping for a minute
        subprotocols=["streamlit"],
    ) as socket:  # type: ignore[list-item,arg-type]
        yield socket


async def run(socket: websockets.ClientConnection, query: str, page: str = "") -> int:
    """Ask for one run of a page ("": the first) and return the bytes received until it has finished.

    An exception on the page ends the benchmark: a page that fails is fast.
    """
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    await socket.send(message.SerializeToString())
    received = 0
    while True:
        frame = await socket.recv()
        assert isinstance(frame, bytes)
        received += len(frame)
        answer = ForwardMsg()
        answer.ParseFromString(frame)
        if answer.delta.new_element.WhichOneof("type") == "exception":
            raise SystemExit(f"{page}?{query}: {answer.delta.new_element.exception.message}")
        kind = answer.WhichOneof("type")
        if kind == "navigation" and page:
            _require_page(answer, page)
        if kind == "script_finished":
            return received


def _require_page(answer: ForwardMsg, page: str) -> None:
    """A page that is not there is answered with the first one, which would be measured in its place."""
    shown = {
        one.url_pathname
        for one in answer.navigation.app_pages
        if one.page_script_hash == answer.navigation.page_script_hash
    }
    if shown != {page}:
        raise SystemExit(f"asked for {page}, answered with {shown}")


async def _session(address: str, number: int, start: asyncio.Barrier, rounds: int) -> list[tuple[float, int]]:
    async with connected(address) as socket:
        await run(socket, "year=2022&view=annual")
        taken = []
        for turn in range(rounds):
            await start.wait()
            began = time.perf_counter()
            size = await run(socket, f"year={YEARS[(number + turn + 1) % len(YEARS)]}&view=annual")
            taken.append((time.perf_counter() - began, size))
        return taken


async def _load(address: str, sessions: int, rounds: int) -> Load:
    start = asyncio.Barrier(sessions)
    async with asyncio.timeout(FIRST_RUN_LIMIT_S):
        answers = await asyncio.gather(
            *(_session(address, number, start, rounds) for number in range(sessions))
        )
    times = sorted(seconds * 1000 for session in answers for seconds, _ in session)
    sizes = [size for session in answers for _, size in session]
    return Load(
        sessions, statistics.median(times), times[int(len(times) * 0.95)], statistics.median(sizes) / 1000
    )


def load(address: str, sessions: Sequence[int], rounds: int = 2) -> list[Load]:
    """Return the load figures of the app at `address` (ws://host:port) for each number of sessions."""
    return [asyncio.run(_load(address, number, rounds)) for number in sessions]
