"""Which areas are compared: what is chosen, what a choice does to it, and the sets that one press fills in."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from dashboard.compare.measures import Kind, Measure, kind_of
from dashboard.compare.profile import profile_of
from dashboard.scope import MOST_AREAS, Scope
from dashboard.store import Row, Rows, Store
from dashboard.view import View, choices, go

FOUND_AT_MOST = 12


class QuickSet(StrEnum):
    """Sets around the first area; the last four are in the order of the measure of need, or of what there is."""

    SIMILAR = "similar"
    NEIGHBOURS = "neighbours"
    PREFECTURE = "prefecture"
    NEED_MOST = "need_most"
    NEED_LEAST = "need_least"
    SUPPLY_MOST = "supply_most"
    SUPPLY_LEAST = "supply_least"


def chosen(scope: Scope) -> tuple[str, ...]:
    """Return the areas compared: those chosen, else the area in view."""
    return scope.areas or ((scope.area,) if scope.area else ())


def with_added(scope: Scope, code: str) -> tuple[str, ...]:
    """Return the areas with one more at the end, as many as are compared at most.

    A prefecture that is only in view gives way to a municipality of its own: it was the way there.
    """
    if not scope.areas and scope.area == f"{code[:2]}000":
        return (code,)
    return tuple(dict.fromkeys((*chosen(scope), code)))[:MOST_AREAS]


def without(scope: Scope, code: str) -> tuple[str, ...]:
    """Return the areas without one."""
    return tuple(each for each in chosen(scope) if each != code)


def with_first(scope: Scope, code: str) -> tuple[str, ...]:
    """Return the areas with one of them at the front: the others are compared with it."""
    return (code, *without(scope, code))


def quick_set(store: Store, scope: Scope, name: QuickSet) -> tuple[str, ...]:
    """Return the first area and up to four more: what a press of the button compares."""
    first = chosen(scope)[0]
    found = _around(store, scope, name, first)
    return (first, *[code for code in dict.fromkeys(found) if code != first][: MOST_AREAS - 1])


def _around(store: Store, scope: Scope, name: QuickSet, first: str) -> Iterable[str]:
    if name == QuickSet.SIMILAR:
        return _codes(store.similar(first, MOST_AREAS))
    if name == QuickSet.NEIGHBOURS:
        return _codes(store.neighbours(first))
    municipalities = profile_of(store, scope, Kind.MUNICIPALITY)
    if name == QuickSet.PREFECTURE:
        return municipalities.ordered(Measure.POPULATION, largest_first=True, prefecture=first[:2])
    kind = kind_of(first)
    measure = (
        scope.need_measure if name in (QuickSet.NEED_MOST, QuickSet.NEED_LEAST) else scope.supply_measure
    )
    return profile_of(store, scope, kind).ordered(
        Measure(str(measure)),
        largest_first=name in (QuickSet.NEED_MOST, QuickSet.SUPPLY_MOST),
        prefecture="" if kind == Kind.PREFECTURE else first[:2],
    )


def _codes(rows: Rows) -> list[str]:
    return [row["code"] for row in rows]


@dataclass(frozen=True, slots=True)
class Example:
    """A set to begin with: the key of its words, and its areas."""

    key: str
    codes: tuple[str, ...]


def examples(store: Store, scope: Scope) -> list[Example]:
    """Return sets to begin with, none of them empty: all are counted from the data."""
    municipalities = profile_of(store, scope, Kind.MUNICIPALITY)
    prefectures = profile_of(store, scope, Kind.PREFECTURE)
    taking_part = {row["code"] for row in store.states(scope.year, scope.view) if row["state"] in ("A", "B")}
    by_people = municipalities.ordered(Measure.POPULATION, largest_first=True)
    found = {
        "prefectures": prefectures.ordered(Measure.POPULATION, largest_first=True),
        "taking_part": [code for code in by_people if code in taking_part],
        "ageing": municipalities.ordered(Measure.AGEING, largest_first=True),
        "listed": municipalities.ordered(Measure.LISTED, largest_first=True),
    }
    return [Example(key, tuple(codes[:MOST_AREAS])) for key, codes in found.items() if codes]


def found_areas(store: Store, text: str) -> Rows:
    """Return prefectures and municipalities by name, reading or code; the prefectures first.

    Columns: code, name, romaji, found (how many there are in all).
    """
    wanted = text.casefold()
    prefectures: list[Row] = [
        area for row in store.prefectures if wanted in _spellings(area := store.areas[row["code"]])
    ]
    rows = store.find(text, FOUND_AT_MOST)
    count = (rows[0]["found"] if rows else 0) + len(prefectures)
    return tuple({**row, "found": count} for row in (*prefectures, *rows)[:FOUND_AT_MOST])


def _spellings(area: Row) -> str:
    """All that a prefecture is looked for by, apart by spaces."""
    return " ".join((area["name"], area["kana"], area["romaji"].casefold(), area["code"]))


# -- what a press writes into the address -------------------------------------------------------------------------


def add(view: View, code: str) -> None:
    """Compare one area more; the search that led to it is over."""
    go(view.store, areas=with_added(_now(view), code), find="")


def remove(view: View, code: str) -> None:
    """Compare one area less; without any the area in view goes too, or it would come back."""
    rest = without(_now(view), code)
    go(view.store, areas=rest, **({} if rest else {"area": ""}))


def toggle(view: View, code: str) -> None:
    """Compare one area more, or one less if it is among those chosen."""
    (remove if code in _now(view).areas else add)(view, code)


def put_first(view: View, code: str) -> None:
    """Compare the others with this one."""
    go(view.store, areas=with_first(_now(view), code))


def fill(view: View, name: QuickSet) -> None:
    """Compare the first area with the set."""
    go(view.store, areas=quick_set(view.store, _now(view), name))


def _now(view: View) -> Scope:
    """The view as the address has it now: of two quick presses the second was drawn before the first."""
    return Scope.from_address(st.query_params, choices(view.store))[0]
