"""The measures of all areas of a kind in one view, put together from the store's answers once and then kept."""

from collections import defaultdict
from functools import lru_cache

from dashboard.closed_lists import CountingRule, TimeView
from dashboard.compare.measures import Column, Kind, Measure, Profile, floats
from dashboard.scope import Scope
from dashboard.states import COUNTED, State
from dashboard.store import Rows, Store
from dashboard.tables import PER_PEOPLE

KEPT_PROFILES = 64
METRES_PER_KM = 1_000


def profile_of(store: Store, scope: Scope, kind: Kind) -> Profile:
    """Return the measures of all areas of `kind` in the year, time view and rule of the scope."""
    return _profile(store, kind, scope.year, scope.view, scope.rule)


@lru_cache(maxsize=KEPT_PROFILES)
def _profile(store: Store, kind: Kind, year: int, view: TimeView, rule: CountingRule) -> Profile:
    if kind == Kind.PREFECTURE:
        states = store.prefecture_coverage(year, view)
        covered = [row[f"population_{rule}"] for row in states]
        places = {f"{code}000": count for code, count in store.place_counts_by_prefecture().items()}
        rows: Rows = tuple(store.areas[row["code"]] for row in states)
    else:
        rows = store.states(year, view)
        covered = [_covered(row["state"], row["population"], rule) for row in rows]
        places = dict(store.place_counts())
    codes = tuple(row["code"] for row in rows)
    people = floats([row["population"] for row in rows])
    reached = store.to_participants(year, view)
    metres = floats([reached[code]["metres"] if code in reached else None for code in codes])
    listed = floats([places.get(code) for code in codes])
    columns = {
        **_census(rows),
        Measure.COVERED: Column(floats(covered), people),
        Measure.DISTANCE: _amount([*(metres / METRES_PER_KM)]),
        Measure.LISTED: _amount([*listed]),
        Measure.PLACES: Column(listed, people / PER_PEOPLE),
        Measure.GRANTS: _amount(_grants(store, codes, year, view)),
    }
    return Profile(kind, codes, columns)


def _covered(state: str, people: int, rule: CountingRule) -> int | None:
    """A municipality's people under the rule: all or none; unknown where no list of the year is registered."""
    if state == State.F:
        return None
    return people if State(state) in COUNTED[rule] else 0


def _census(rows: Rows) -> dict[Measure, Column]:
    told = {
        name: floats([row[name] for row in rows])
        for name in (
            "population",
            "population_65plus",
            "households",
            "general_households",
            "single_households",
        )
    }
    return {
        Measure.POPULATION: _amount([*told["population"]]),
        Measure.HOUSEHOLDS: _amount([*told["households"]]),
        Measure.HOUSEHOLD_SIZE: Column(told["population"], told["households"]),
        Measure.AGEING: Column(told["population_65plus"], told["population"]),
        Measure.SINGLE: Column(told["single_households"], told["general_households"]),
    }


def _amount(numbers: list[float | None]) -> Column:
    return Column(floats(numbers), floats([1.0] * len(numbers)))


def _grants(store: Store, codes: tuple[str, ...], year: int, view: TimeView) -> list[float | None]:
    """Awards with their activity area here: for a municipality also those of its whole prefecture, for a prefecture all in it.

    These are the awards that the evidence of an area lists. Where no award of the years in view is registered at all, the
    number is unknown.
    """
    rows = store.grants(year, view)
    if not rows:
        return [None] * len(codes)
    here: dict[str, set[str]] = defaultdict(set)
    within: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["code"]:
            here[row["code"]].add(row["award_id"])
            within[row["code"][:2]].add(row["award_id"])
    none: set[str] = set()
    return [
        len(
            within.get(code[:2], none)
            if code.endswith("000")
            else here.get(code, none) | here.get(f"{code[:2]}000", none)
        )
        for code in codes
    ]
