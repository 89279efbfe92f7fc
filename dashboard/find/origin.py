"""Where partners are looked for: the searcher's words and point, which never leave the session.

Neither stands in the address, in a cache's key, in a log or in an error: all of it is one value in `st.session_state`. The
address holds the municipality alone, so that a link or a reload shows partners near its office.
"""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.offers import Whereabouts
from dashboard.view import View, go

FINDER = "finder"
TEXT = "find-text"
MAP = "find-map"
FRAME = "find-frame"
"""What the map shows around the point: kept beside it, and forgotten with it."""
LONGEST_TEXT = 100
"""Characters of an address; the longest in Japan has fewer than 60."""


@dataclass(frozen=True, slots=True)
class Finder:
    """What was asked and what it came to.

    `area` is the area in view that it belongs to: once another one is chosen, it is out of date. `number` counts the
    searches, so that each is told anew.
    """

    text: str = ""
    area: str = ""
    at: Whereabouts | None = None
    candidates: tuple[Whereabouts, ...] = ()
    is_lost: bool = False
    is_at_sea: bool = False
    number: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the user has to choose or to write it otherwise before anything is looked for."""
        return bool(self.candidates) or self.is_lost


def finder(view: View) -> Finder:
    """Return what was asked for the area in view. Once another area is chosen, it is forgotten."""
    kept: Finder = st.session_state.get(FINDER, Finder())
    if kept.area != view.scope.area:
        kept = Finder(number=kept.number, area=view.scope.area)
        st.session_state[FINDER] = kept
        st.session_state.pop(FRAME, None)
    return kept


def here(view: View) -> Whereabouts | None:
    """Return the point to measure from: the searcher's, else that of the area in view; None for the nation."""
    asked = finder(view)
    if asked.is_open or not view.scope.area:
        return None
    return asked.at or view.store.whereabouts_of(view.scope.area)


def search(view: View) -> None:
    """Look up what stands in the search box. One answer is taken, of several the user chooses, none is said."""
    text = str(st.session_state.get(TEXT) or "").strip()[:LONGEST_TEXT]
    found = view.store.whereabouts(text) if text else ()
    if len(found) == 1:
        settle(view, found[0], text)
        return
    _keep(view, Finder(text=text, area=view.scope.area, candidates=found, is_lost=bool(text) and not found))


def choose(view: View, chosen: str) -> None:
    """Take one of the places that go by the same name; `chosen` is its number in the list."""
    asked = finder(view)
    if chosen.isdecimal() and int(chosen) < len(asked.candidates):
        settle(view, asked.candidates[int(chosen)], asked.text)


def click(view: View) -> None:
    """Take the point that was clicked on the map."""
    clicked = (st.session_state.get(MAP) or {}).get("last_clicked")
    if not clicked:
        return
    at = view.store.point_at(float(clicked["lng"]), float(clicked["lat"]))
    if at is not None:
        settle(view, at, "")
        return
    _keep(view, replace(finder(view), area=view.scope.area, is_at_sea=True))


def settle(view: View, at: Whereabouts, text: str) -> None:
    """Measure from `at`; the address is told its municipality and no more."""
    _keep(view, Finder(text=text, area=at.code, at=at))
    go(view.store, area=at.code)


def _keep(view: View, asked: Finder) -> None:
    st.session_state[FINDER] = replace(asked, number=finder(view).number + 1)
