"""The numbers of one view: sums over the prefectures of what the build has counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.closed_lists import CountingRule, TimeView
from dashboard.scope import Scope
from dashboard.store import Row, Store

RULES = tuple(rule.value for rule in CountingRule)


@dataclass(frozen=True, slots=True)
class ByRule:
    """One number under the three counting rules, and its denominator."""

    strict: int
    standard: int
    inclusive: int
    total: int

    def by(self, rule: CountingRule) -> int:
        """Return the number under `rule`."""
        return {
            CountingRule.STRICT: self.strict,
            CountingRule.STANDARD: self.standard,
            CountingRule.INCLUSIVE: self.inclusive,
        }[rule]


@dataclass(frozen=True, slots=True)
class Change:
    """Bodies more (+) or fewer (−) than in the fiscal year before."""

    prefectures: int
    municipalities: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the overview's headline and cards say; `own` are municipalities of state A, `joint` of state B.

    `without_any` are the prefectures where neither the prefecture nor a municipality takes part: code → people.
    """

    municipalities: ByRule
    people: ByRule
    own: int
    joint: int
    prefectures: int
    prefecture_total: int
    without_any: Mapping[str, int]
    is_unlisted: bool
    is_at_least: bool
    change: Change | None


def figures(store: Store, scope: Scope) -> Figures:
    """Return the numbers of the nation, or of the prefecture in view."""
    rows = store.prefecture_coverage(scope.year, scope.view)
    inside = [row for row in rows if row["prefecture_code"].startswith(scope.prefecture)]
    lists = {row["fiscal_year"]: row for row in store.years}
    is_unlisted = scope.view == TimeView.ANNUAL and lists[scope.year]["list_state"] == "not_registered"
    return Figures(
        municipalities=_by_rule(inside, "", "municipalities"),
        people=_by_rule(inside, "population_", "population"),
        own=sum(int(row["state_a"]) for row in inside),
        joint=sum(int(row["state_b"]) for row in inside),
        prefectures=sum(bool(row["takes_part"]) for row in inside),
        prefecture_total=len(inside),
        without_any={
            row["code"]: int(row["population"])
            for row in inside
            if row["takes_part"] is False and not row["strict"]
        },
        is_unlisted=is_unlisted,
        is_at_least=any(lists[year]["list_state"] != "complete" for year in _years_in_view(scope, lists)),
        change=None if is_unlisted else _change(store, scope, lists),
    )


def _years_in_view(scope: Scope, lists: Mapping[int, Row]) -> list[int]:
    return [scope.year] if scope.view == TimeView.ANNUAL else [year for year in lists if year <= scope.year]


def _by_rule(rows: list[Row], prefix: str, total: str) -> ByRule:
    """A year without a list has no counts (NULL in the database); the page then shows a dash, never these zeros."""
    strict, standard, inclusive = (sum(int(row[f"{prefix}{rule}"] or 0) for row in rows) for rule in RULES)
    return ByRule(strict, standard, inclusive, sum(int(row[total]) for row in rows))


def _change(store: Store, scope: Scope, lists: Mapping[int, Row]) -> Change | None:
    """None where a comparison would compare a list with half a list: only complete years can be compared in the annual view."""
    if scope.year - 1 not in lists:
        return None
    if scope.view == TimeView.ANNUAL and any(
        lists[year]["list_state"] != "complete" for year in (scope.year - 1, scope.year)
    ):
        return None
    now, before = (_taking_part(store, scope, year) for year in (scope.year, scope.year - 1))
    return Change(now[0] - before[0], now[1] - before[1])


def _taking_part(store: Store, scope: Scope, year: int) -> tuple[int, int]:
    rows = [
        row
        for row in store.prefecture_coverage(year, scope.view)
        if row["prefecture_code"].startswith(scope.prefecture)
    ]
    return sum(bool(row["takes_part"]) for row in rows), sum(int(row["strict"]) for row in rows)
