"""The comparison itself: its lines, and what stands in each cell. The table, the charts and the files all read from here."""

from dataclasses import dataclass

from dashboard import citation, tables
from dashboard.area_card import PREFECTURE_MARKS
from dashboard.closed_lists import CountingRule
from dashboard.compare.measures import Figure, Kind, Measure, kind_of, written
from dashboard.compare.profile import profile_of
from dashboard.store import Row
from dashboard.view import View

STATE, YEARS, STATEMENTS = "state", "years", "statements"
STATEMENTS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of one area in one line: the text, its number beside the means, and a short note."""

    text: str
    figure: Figure | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `name` is a state, "years", "statements" or a measure; `means` has a cell for each kind of area compared."""

    name: str
    cells: tuple[Cell, ...]
    means: tuple[Cell, ...]

    @property
    def measure(self) -> Measure | None:
        """Return the measure of a line of numbers, None for a line of text."""
        return Measure(self.name) if self.name in set(Measure) else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Areas (codes) side by side, and the kinds of areas whose national mean stands beside them."""

    codes: tuple[str, ...]
    kinds: tuple[Kind, ...]
    lines: tuple[Line, ...]


def comparison(view: View, codes: tuple[str, ...]) -> Comparison:
    """Return the lines for `codes` (at least one) in the view."""
    kinds = tuple(dict.fromkeys(kind_of(code) for code in codes))
    areas = [view.store.areas[code] for code in codes]
    told = (
        Line(
            STATE, tuple(_state(view, area) for area in areas), tuple(_counted(view, kind) for kind in kinds)
        ),
        Line(YEARS, tuple(Cell(_years(view, area)) for area in areas), (Cell(""),) * len(kinds)),
        Line(STATEMENTS, tuple(Cell(_said(view, area)) for area in areas), (Cell(""),) * len(kinds)),
    )
    return Comparison(codes, kinds, (*told, *(_numbers(view, each, codes, kinds) for each in Measure)))


def _numbers(view: View, measure: Measure, codes: tuple[str, ...], kinds: tuple[Kind, ...]) -> Line:
    cells = tuple(_number(view, measure, code) for code in codes)
    return Line(measure, cells, tuple(_mean(view, measure, kind) for kind in kinds))


def _number(view: View, measure: Measure, code: str) -> Cell:
    figure = profile_of(view.store, view.scope, kind_of(code)).figure(measure, code)
    if figure.value is None:
        word = "table.no_listing" if measure == Measure.LISTED else "table.unknown"
        return Cell(view.text(word), figure)
    note = NOTES[measure](view, code) if measure in NOTES else ""
    return Cell(written(measure, figure.value), figure, note)


def _way(view: View, code: str) -> str:
    """To whom the distance leads."""
    nearest = view.store.to_participants(view.scope.year, view.scope.view)[code]["participant_code"]
    if not nearest:
        return view.text("compare.way_mean")
    return view.text("compare.way_own") if nearest == code else view.area_name(nearest)


def _whole_prefecture(view: View, code: str) -> str:
    """How many awards count for a municipality only because they are for its whole prefecture."""
    if kind_of(code) == Kind.PREFECTURE:
        return ""
    awards: dict[str, set[str]] = {code: set(), f"{code[:2]}000": set()}
    for row in view.store.grants(view.scope.year, view.scope.view, code[:2]):
        if row["code"] in awards:
            awards[row["code"]].add(row["award_id"])
    count = len(awards[f"{code[:2]}000"] - awards[code])
    prefecture = citation.prefecture(view, code)
    return view.text("compare.whole_prefecture", prefecture=prefecture, count=count) if count else ""


NOTES = {Measure.DISTANCE: _way, Measure.GRANTS: _whole_prefecture}
"""Measure → what is said beside its number: of a view and a code."""


def _mean(view: View, measure: Measure, kind: Kind) -> Cell:
    """The national mean, and of how many areas of how many it is made."""
    profile = profile_of(view.store, view.scope, kind)
    column = profile.columns[measure]
    mean = column.mean()
    if mean is None:
        return Cell(view.text("table.unknown"), Figure(None))
    known = view.text("compare.known", known=f"{column.known():,}", total=f"{len(profile.codes):,}")
    return Cell(written(measure, mean, is_mean=True), Figure(mean), known)


# -- lines of text ------------------------------------------------------------------------------------------------


def _state(view: View, area: Row) -> Cell:
    scope = view.scope
    if kind_of(area["code"]) == Kind.PREFECTURE:
        rows = view.store.prefecture_coverage(scope.year, scope.view)
        row = next(row for row in rows if row["code"] == area["code"])
        return Cell(tables.taking_part(view, row), note=_since(view, row))
    row = next(
        row for row in view.store.states_by_year(scope.view, area["code"]) if row["fiscal_year"] == scope.year
    )
    state = row["state"]
    return Cell(f"{state} {view.text(f'state.{state}')}", note=_since(view, row))


def _since(view: View, row: Row) -> str:
    year = row["since_year"]
    return view.text("card.own_since", year=view.words.year_name(year)) if year else ""


def _counted(view: View, kind: Kind) -> Cell:
    """How many areas of the kind take part, by the rule of the view, and of how many."""
    scope = view.scope
    rows = view.store.prefecture_coverage(scope.year, scope.view)
    if kind == Kind.PREFECTURE:
        own = [row["takes_part"] for row in rows]
        count = None if None in own else sum(own)
        return Cell(_of(view, view.text("table.own"), count, len(own)))
    whole = view.store.national_coverage(scope.year, scope.view)[CountingRule(scope.rule)]
    count = whole["municipalities"] if rows[0][scope.rule] is not None else None
    return Cell(_of(view, view.text(f"rule.{scope.rule}"), count, whole["municipalities_total"]))


def _of(view: View, what: str, count: int | None, total: int) -> str:
    return view.text(
        "compare.count_of", what=what, count="–" if count is None else f"{count:,}", total=f"{total:,}"
    )


def _years(view: View, area: Row) -> str:
    if kind_of(area["code"]) == Kind.PREFECTURE:
        rows = view.store.prefecture_years(view.scope.view, area["code"])
        marks = [(row["fiscal_year"], PREFECTURE_MARKS[row["takes_part"]]) for row in rows]
    else:
        rows = view.store.states_by_year(view.scope.view, area["code"])
        marks = [(row["fiscal_year"], row["state"]) for row in rows]
    return " ".join(f"{view.words.year_short(year)} {mark}" for year, mark in marks)


def _said(view: View, area: Row) -> str:
    """What documents say of the area's platform, newest first, each claim of a year once."""
    rows = [
        row for row in view.store.evidence_of_area(area["code"]) if row["claim"] not in ("grant", "conflict")
    ]
    said = list(
        dict.fromkeys(
            view.words.joined(
                "apart",
                (
                    view.words.year_short(row["fiscal_year"]) if row["fiscal_year"] else "",
                    view.text(f"claim.{row['claim']}"),
                ),
            )
            for row in rows
        )
    )
    if not said:
        return view.text("compare.nothing_said")
    rest = len(said) - STATEMENTS_SHOWN
    more = [view.text("compare.more_said", count=rest)] if rest > 0 else []
    return view.text("comma").join([*said[:STATEMENTS_SHOWN], *more])


def label(view: View, name: str) -> str:
    """Return what a line is about, with the unit that its numbers do not carry."""
    if name == Measure.COVERED:
        return view.text("compare.line.covered", rule=view.text(f"rule.{view.scope.rule}"))
    return view.text(f"compare.line.{name}")


def full_name(view: View, code: str) -> str:
    """Return an area's name with its prefecture: homonyms are told apart."""
    inside = "" if code.endswith("000") else view.words.bracketed(citation.prefecture(view, code))
    return f"{view.area_name(code)}{inside}"
