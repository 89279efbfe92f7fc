"""The map of areas: a Streamlit component that gets its geometry by address and its values as a short string."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NotRequired, TypedDict

import streamlit as st

from dashboard.area_map.bundle import bundle_manifest

Pattern = Literal["solid", "hatch", "dots", "outline", "unknown"]
NOT_SHOWN = "-"


class LegendEntry(TypedDict):
    """One state of the legend; ``key`` is the character that stands for it in ``values``.

    ``fill_dark`` is the colour on a dark page; without it the component turns the colours of the states round.
    """

    key: str
    label: str
    fill: str
    pattern: Pattern
    line: str
    fill_dark: NotRequired[str]
    count: NotRequired[int | None]


class Point(TypedDict):
    """A place (circle) or grantee (triangle), longitude and latitude in degrees (JGD2011)."""

    id: str
    lat: float
    lon: float
    kind: Literal["grant", "place"]
    name: str


class PointsFile(TypedDict):
    """Points by address: a JSON list of points, or ``{"columns": [...], "rows": [[...]]}`` of the same.

    A point with a ``weight`` is a spot of so many places: they are counted, and its name and kind are not shown.
    With ``prefecture`` only points whose ``code`` begins with these two digits are shown.
    """

    url: str
    prefecture: NotRequired[str]


class Frame(TypedDict):
    """One step of a build-up: what the areas were then, under a label that is read in a whole room."""

    label: str
    values: str
    note: NotRequired[str]


class MapData(TypedDict):
    """What the browser is sent on each run; a few kilobytes.

    ``values`` holds one legend key per area of the geometry's object ``areas``, in code order; ``-`` is not shown.
    ``names`` is the address of a JSON object, code → name in Latin letters, that tips add to the names of the geometry.
    ``fit`` is the beginning of the codes to frame (empty: all). ``rev`` names this state of the map; it is written to
    ``data-rev`` after the paint.

    Maps of one page with the same word in ``sync`` move and zoom together. ``frames`` adds a player below the map, off at
    first: its frames take the place of ``values`` in the browser, without any run of the page. Its sentences in ``words``
    are `PLAYER_WORDS`.
    """

    geometry: str
    outline: str | None
    values: str
    legend: Sequence[LegendEntry]
    names: NotRequired[str | None]
    pick: Literal["prefecture", "municipality"]
    selected: str | None
    fit: str
    inset: bool
    labels: bool
    hints: Mapping[str, str]
    points: Sequence[Point] | PointsFile | None
    words: Mapping[str, str]
    attribution: str
    rev: str
    sync: NotRequired[str]
    frames: NotRequired[Sequence[Frame]]


PLAYER_WORDS = (
    "player",
    "player_play",
    "player_pause",
    "player_replay",
    "player_step",
    "player_previous",
    "player_next",
    "player_slider",
    "player_off",
    "player_start",
)
"""Names of the player's sentences in the section ``map`` of the words files.

``player`` names its group, ``player_start`` stands where the label will be while it is off, ``player_step`` is on the play
button where the reader asked for less motion: it goes on by one frame. ``player_off`` leads back to ``values``.
"""


# The page's address may be /map, /data …: all one level deep, so the site's root is the address' own folder, as for
# Streamlit's files. Kept short: Streamlit sends this text again on every run.
LOST = "地図の部品を読み込めません。ページを開き直してください。 Please reload this page."
_STUB = """\
export default (component) => {{
  let leave, gone = false;
  import(new URL("assets/{js}", document.baseURI).href).then((map) => {{ if (!gone) leave = map.default(component); }})
    .catch(() => {{ component.parentElement.textContent = "{lost}"; }});
  return () => {{ gone = true; leave?.(); }};
}};
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    """Register the component once per process (a second registration would remount every map)."""
    return st.components.v2.component("ibasho_area_map", js=_STUB.format(lost=LOST, js=bundle_manifest().js))


def area_map(
    *, key: str, data: MapData, height: int, on_select: Callable[[], None] | None = None
) -> str | None:
    """Draw the map and return the code that was chosen last on it (5 digits; ``NN000`` for a prefecture).

    ``on_select`` runs after every click, also on the same area twice; it reads the code with ``selected_code(key)``.
    ``height`` is in CSS pixels; a narrow screen lowers it and puts the legend below.

    Raises:
        BundleError: the front end has not been built.
        ValueError: a key of ``values`` is not in the legend.
    """
    frames = data.get("frames", ())
    explained((data["values"], *(frame["values"] for frame in frames)), data["legend"])
    packed_frames = {"frames": [{**frame, "values": packed(frame["values"])} for frame in frames]}
    answer = _component()(
        key=key,
        data={
            **data,
            "values": packed(data["values"]),
            "height": height,
            **(packed_frames if frames else {}),
        },
        default={"selected": None},
        on_selected_change=on_select or _nothing,
    )
    return _code_of(answer.selected)


def explained(values: Iterable[str], legend: Iterable[LegendEntry]) -> None:
    """Make sure that every key of `values` is in the legend.

    Raises:
        ValueError: one is not.
    """
    unknown = set().union(*values) - {entry["key"] for entry in legend} - {NOT_SHOWN}
    if unknown:
        raise ValueError(f"values use keys the legend does not explain: {''.join(sorted(unknown))}")


def packed(values: str) -> str:
    """Return `values` with every run of four or more written as key{count}: neighbours in code order stand alike.

    >>> packed("AEEEEEEEA-")
    'AE{7}A-'
    """
    return re.sub(r"(.)\1{3,}", lambda run: f"{run[1]}{{{len(run[0])}}}", values)


def selected_code(key: str) -> str | None:
    """Return the code chosen last on the map with this key, for use inside ``on_select``."""
    state = st.session_state.get(key)
    return _code_of(state.get("selected")) if state else None


def _nothing() -> None:
    """Streamlit wants a callback for every state it is to return."""


def _code_of(choice: object) -> str | None:
    """The browser sends ``{"code", "pick"}``: the second makes two clicks on one area two events."""
    code = choice.get("code") if isinstance(choice, Mapping) else None
    return code if isinstance(code, str) and len(code) == 5 and code.isascii() and code.isdigit() else None
