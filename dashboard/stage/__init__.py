"""Pages on the screen: a live preview of the very pages that are exported, and their presentation in a room."""

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NotRequired, TypedDict

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.area_map import LOST
from dashboard.area_map.bundle import bundle_manifest
from dashboard.words import Words


class StagePage(TypedDict):
    """One page: ``key`` is unlike any other's, ``title`` and ``alt`` are for the ear, ``svg`` is the drawing as text.

    ``presented_as`` is the key of the page for the room that shows the same; without it the one with the same key does.
    """

    key: str
    title: str
    alt: str
    svg: str
    presented_as: NotRequired[str]


STAGE_WORDS = (
    *("label", "hint", "previous", "next", "count", "said", "empty", "failed", "waiting", "preparing"),
    *("zoom", "zoom_in", "zoom_out", "zoom_fit", "zoom_print", "zoom_now"),
    *("vision", "vision_print", "vision_protan", "vision_deutan", "vision_tritan", "vision_grey"),
    *("note_print", "note_protan", "note_deutan", "note_tritan", "note_grey"),
    *("present", "screen", "screen_keys", "screen_full", "screen_window", "screen_leave", "screen_blank"),
)
"""Names of the component's sentences in the section ``stage`` of the words files."""

LONG = re.compile(r'(?<=")([^"<>]{64,})(?=")')
PARAMETER = "present"
"""The address' parameter that a link to a presentation has."""
COMING = "aspect-ratio:16/9;display:grid;place-items:center;margin:0"
"""Look of the words that stand in the place of the stage before its script is there, and its stylesheet with it."""
MOST_KEPT = 16
"""Sets of pages that stay packed: a page of the app asks for the same two sets again on every run."""

_Row = tuple[str, str, str, str, str]

_STUB = """\
export default (component) => {{
  let leave, gone = false;
  const {{ parentElement: at, data }} = component;
  if (data?.words && !at.querySelector(".page-stage,.coming"))
    at.append(Object.assign(document.createElement("p"), {{
      className: "coming", style: "{coming}", textContent: data.words.waiting }}));
  import(new URL("assets/{js}", document.baseURI).href).then((map) => {{ if (!gone) leave = map.{part}(component); }})
    .catch(() => {{ at.textContent = "{lost}"; }});
  return () => {{ gone = true; leave?.(); }};
}};
"""


@lru_cache
def _component(name: str, part: str) -> Callable[..., Any]:
    """Register a component once per process (a second registration would remount every stage)."""
    return st.components.v2.component(
        name, js=_STUB.format(lost=LOST, coming=COMING, js=bundle_manifest().js, part=part)
    )


def stage(
    pages: Sequence[StagePage],
    *,
    key: str,
    words: Mapping[str, str],
    room: str = "",
    present: str = "",
    shown: str = "",
    on_turn: Callable[[], None] | None = None,
) -> DeltaGenerator:
    """Show `pages` one at a time, with zoom and a preview of colour vision; answers with the place for `stage_room`.

    Turning pages, zooming and presenting happen in the browser, without a run of the page. While pages are presented the
    browser keeps the parameter ``present`` of the address; where a link brought it, leaving takes it away and runs the page.

    Args:
        pages: what is previewed, of any sizes.
        key: Streamlit key.
        words: the sentences `STAGE_WORDS`, see `stage_words`.
        room: names what `stage_room` will bring for the screen of a room; without it there is no button that presents.
        present: "" or the key of the presented page that is shown at once: the parameter ``present`` of the address, where
            the browser writes these keys too.
        shown: the key of the page to show; the reader stays where they turned to until another one is asked for.
        on_turn: called when the reader has turned to a page of the preview, which `turned_to` names. Without it turning
            a page causes no run.

    Raises:
        BundleError: the front end has not been built.
        ValueError: two pages have the same key.
    """
    rows = _rows(pages)
    rev = _digest(rows)
    told = {"stage": key, "rev": rev, "room": room, "words": words, "present": present, "shown": shown}
    place = st.container(gap=None)
    with place:
        _deliver(f"{key}-pages", rev, rows)
        _component("ibasho_stage", "pageStage")(
            key=key,
            data={**told, "tells": on_turn is not None, "answered": _turned(key).get("turn")},
            default={"turned": None, "left": None},
            on_turned_change=on_turn or _nothing,
            on_left_change=_left,
        )
    return place


def stage_room(place: DeltaGenerator, pages: Sequence[StagePage], *, key: str, room: str) -> None:
    """Bring the pages for the screen of a room to the stage `key`, drawn after all else: the preview does not wait for them.

    Args:
        place: what `stage` answered.
        pages: each with the key that the parameter ``present`` has for it.
        key: Streamlit key of the stage.
        room: the name that `stage` was told. Other pages need another name.

    Raises:
        ValueError: two pages have the same key.
    """
    with place:
        _deliver(f"{key}-room", room, _rows(pages))


def _deliver(key: str, rev: str, rows: tuple[_Row, ...]) -> None:
    # Unchanged from run to run, and large: Streamlit then sends a word in its place.
    _component("ibasho_stage_pages", "stagePages")(key=key, data=_packed(key, rev, rows))


def turned_to(key: str) -> str:
    """Return the key of the page that the reader turned to last on the stage `key`, "" for none."""
    turned = _turned(key).get("key")
    return turned if isinstance(turned, str) else ""


def _turned(key: str) -> Mapping[str, object]:
    """The browser sends ``{"key", "turn"}``; the second comes back to it, so that it knows its own turns."""
    state = st.session_state.get(key)
    choice = state.get("turned") if state else None
    return choice if isinstance(choice, Mapping) else {}


def stage_words(words: Words) -> dict[str, str]:
    """Return the stage's sentences; the browser fills in what stands in braces."""
    left = {name: f"{{{name}}}" for name in ("page", "pages", "title", "percent")}
    return {name: words.text(f"stage.{name}", **left) for name in STAGE_WORDS}


def _rows(pages: Sequence[StagePage]) -> tuple[_Row, ...]:
    if len({page["key"] for page in pages}) < len(pages):
        raise ValueError("two pages of the stage have the same key")
    return tuple(
        (page["key"], page.get("presented_as", page["key"]), page["title"], page["alt"], page["svg"])
        for page in pages
    )


@lru_cache(maxsize=MOST_KEPT)
def _digest(rows: tuple[_Row, ...]) -> str:
    """By this the browser knows what it has drawn already."""
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


@lru_cache(maxsize=MOST_KEPT)
def _packed(key: str, rev: str, rows: tuple[_Row, ...]) -> bytes:
    """Return pages as compressed JSON.

    Every outline is in it once: the land is the same on most pages, and too long for a compressor to see that.
    """
    pieces: dict[str, int] = {}
    pages = [
        {
            "key": page,
            "twin": twin,
            "title": title,
            "alt": alt,
            "svg": [pieces.setdefault(piece, len(pieces)) for piece in _pieces(svg)],
        }
        for page, twin, title, alt, svg in rows
    ]
    body = {"pages": pages, "pieces": list(pieces), "name": key, "rev": rev}
    return zlib.compress(json.dumps(body, ensure_ascii=False).encode())


def _pieces(svg: str) -> list[str]:
    """Cut out every long attribute, such as an outline; joined, the pieces are the text again.

    >>> _pieces(f'<path id="a" d="{"M0 0" * 20}"/>')[::2]
    ['<path id="a" d="', '"/>']
    """
    return LONG.split(svg)


def _left() -> None:
    """The browser has taken the parameter from the address already; Streamlit would write it again."""
    st.query_params.pop(PARAMETER, None)


def _nothing() -> None:
    """Streamlit wants a callback for every state it is to return."""
