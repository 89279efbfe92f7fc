"""What the map shows around a point: its frame, the municipalities in it with their states, and the names there is room for.

Kept in the session with the point it belongs to, never in a cache that others share.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import streamlit as st

from dashboard.closed_lists import Reach
from dashboard.find.origin import FRAME
from dashboard.find.search_box import DISTANCES
from dashboard.offers import Found, Whereabouts
from dashboard.scope import Scope
from dashboard.view import View
from etl.export import DECIMALS, Frame, areas_within, label_point, rings_of

DEGREE_M = 111_200
"""Metres of a degree of latitude; a frame needs no more exactness."""
MARGIN = 1.06
AROUND = 1.25
"""A map is rarely as broad as it is high, and zooms by quarters of a step: there is ground beyond what has to be seen."""
DETAILS = 320
"""Parts of the frame's height that are still told apart: the map is about two pixels for each of them."""
NEAREST_FRAME_M, WIDEST_FRAME_M = 2_000, 150_000
JAPAN: Frame = (122.8, 24.0, 146.0, 45.6)
NATION_TOLERANCE = 0.05
LETTER_SHARE, LINE_SHARE = 0.021, 0.028
"""A letter's width and a line's height as parts of the frame's height: 13 and 17 of 600 pixels."""
NATION_LEVEL = "prefectures"


@dataclass(frozen=True, slots=True)
class Framed:
    """What lies below the points. Degrees; `areas` are (state, rings) as `rings_of` writes them; `at` is (lat, lon)."""

    frame: Frame
    fit: tuple[tuple[float, float], tuple[float, float]]
    areas: list[tuple[str, list[list[int]]]]
    names: list[tuple[float, float, str]]
    precision_m: float
    at: tuple[float, float] | None = None
    metres: float | None = None
    unit: int = 10**DECIMALS


def framed(view: View, found: Found, at: Whereabouts) -> Framed:
    """Return the surroundings of `at` as far as the reach goes, drawn once for a point and reach."""
    metres = _radius(view, found)
    key = (at, metres, view.scope.year, view.scope.view, view.scope.lang, view.store.build.build_id)
    kept: tuple[object, Framed] | None = st.session_state.get(FRAME)
    if kept is None or kept[0] != key:
        kept = (key, _drawn(view, at, metres))
        st.session_state[FRAME] = kept
    return kept[1]


def reach_m(scope: Scope) -> float | None:
    """Return the reach in metres; None where the nearest so many are looked for."""
    return float(Reach(scope.reach).removesuffix("km")) * 1_000 if scope.reach in DISTANCES else None


def _radius(view: View, found: Found) -> float:
    if reach := reach_m(view.scope):
        return reach
    far = max((row["metres"] for row in found.rows if row["metres"] is not None), default=0.0)
    return min(max(far, NEAREST_FRAME_M), WIDEST_FRAME_M)


def _drawn(view: View, at: Whereabouts, metres: float) -> Framed:
    """The frame is wider than the reach, so that a map that is broader than high still has ground at its sides."""
    fit = _box(at, metres * MARGIN, 1)
    frame = _box(at, metres * MARGIN * AROUND, 1.2)
    store, year = view.store, view.scope.year
    height = fit[3] - fit[1]
    inside = areas_within([store.geometry_path(NATION_LEVEL, year)], frame, height / DETAILS)
    paths = [store.geometry_path(code[:2], year) for code in inside]
    shapes = areas_within(paths, frame, height / DETAILS)
    states = {row["code"]: row["state"] for row in store.states(year, view.scope.view)}
    return Framed(
        frame=frame,
        fit=((fit[1], fit[0]), (fit[3], fit[2])),
        areas=[(states.get(code, "F"), rings_of(shape, frame)) for code, shape in shapes.items()],
        names=_names(view, shapes, height),
        precision_m=max(float(store.geometry(year)[code[:2]]["precision_m"]) for code in inside or ["13000"]),
        at=(at.lat, at.lon),
        metres=reach_m(view.scope),
    )


def _box(at: Whereabouts, metres: float, wider: float) -> Frame:
    north = metres / DEGREE_M
    east = north / cos(radians(at.lat)) * wider
    return (at.lon - east, at.lat - north, at.lon + east, at.lat + north)


def nation(view: View) -> Framed:
    """Return the prefectures, to choose a point on; their states are another page's matter."""
    path = view.store.geometry_path(NATION_LEVEL, view.scope.year)
    shapes = areas_within([path], JAPAN, NATION_TOLERANCE)
    _, _, east, north = JAPAN
    return Framed(
        frame=JAPAN,
        fit=((26.0, 127.0), (north, east)),
        areas=[("E", rings_of(shape, JAPAN)) for shape in shapes.values()],
        names=[],
        precision_m=float(view.store.geometry(view.scope.year)[NATION_LEVEL]["precision_m"]),
    )


def _names(view: View, shapes: Any, height: float) -> list[tuple[float, float, str]]:
    """The names of the largest areas first, as long as no two lie upon each other."""
    points = sorted(
        ((*label_point(shape), _short_name(view, code)) for code, shape in shapes.items()),
        key=lambda point: -point[2],
    )
    taken: list[tuple[float, float, float]] = []
    kept = []
    for lon, lat, _, name in points:
        half = _width(name) * LETTER_SHARE * height / 2
        if all(abs(lon - x) * 0.81 > half + w or abs(lat - y) > LINE_SHARE * height for x, y, w in taken):
            taken.append((lon, lat, half))
            kept.append((lon, lat, name))
    return kept


def _short_name(view: View, code: str) -> str:
    area = view.store.areas.get(code)
    if area is None:
        return ""
    return str(area["romaji"] if view.words.language == "en" and area["romaji"] else area["name"])


def _width(name: Iterable[str]) -> float:
    return sum(0.55 if letter.isascii() else 1.0 for letter in name)
