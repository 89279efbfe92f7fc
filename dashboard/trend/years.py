"""What each fiscal year comes to in the view and area of the scope: counts, denominators, and how complete its list is."""

from dataclasses import dataclass, replace

from dashboard.figures import figures
from dashboard.parts import list_known
from dashboard.store import Row
from dashboard.view import View


@dataclass(frozen=True, slots=True)
class YearCount:
    """One fiscal year: municipalities under the counting rule and prefectures that take part; None where no list says so.

    `list_state` and `known` ("7/15", "29/29 ✓", "–") are how much of the year's own list is registered, `sentence` says it.
    `is_incomplete`: a list that plays a part in the view is registered in part or not at all.
    """

    year: int
    counted: int | None
    total: int
    prefectures: int | None
    prefecture_total: int
    list_state: str
    known: str
    sentence: str
    is_incomplete: bool


def year_counts(view: View) -> tuple[YearCount, ...]:
    """Return every fiscal year, the first list first."""
    return tuple(_counted(view, row) for row in view.store.years)


def _counted(view: View, row: Row) -> YearCount:
    found = figures(view.store, replace(view.scope, year=row["fiscal_year"]))
    known, _, sentence = list_known(view, row)
    return YearCount(
        year=row["fiscal_year"],
        counted=None if found.is_unlisted else found.municipalities.by(view.scope.rule),
        total=found.municipalities.total,
        prefectures=None if found.is_unlisted else found.prefectures,
        prefecture_total=found.prefecture_total,
        list_state=row["list_state"],
        known=known,
        sentence=sentence,
        is_incomplete=found.is_at_least,
    )


def rule_words(view: View) -> str:
    """Return the counting rule with the states that it counts: 狭義（A＋B）."""
    rule = view.scope.rule
    return f"{view.text(f'rule.{rule}')}{view.words.bracketed(view.text(f'rule_meaning.{rule}'))}"


def counted_words(view: View, count: YearCount) -> str:
    """Return what a year comes to, short enough to stand under a small map; prefectures, or the one in view, too."""
    if count.counted is None:
        return view.text("trend.no_list")
    said = _so_far(view, "trend.counted", count.counted, count.total, is_incomplete=count.is_incomplete)
    if not view.scope.prefecture:
        of_prefectures = (count.prefectures or 0, count.prefecture_total)
        own = _so_far(view, "trend.prefectures_counted", *of_prefectures, is_incomplete=count.is_incomplete)
        return view.words.joined("listed", [said, own])
    own = view.words.joined("named", [view.text("table.own"), own_part(view, count)])
    return view.words.joined("dotted", [said, own])


def _so_far(view: View, key: str, counted: int, total: int, *, is_incomplete: bool) -> str:
    """A count with its denominator; of an incomplete list "at least", and a zero is one of what is registered."""
    if is_incomplete and not counted:
        return view.text(f"{key}_zero", counted=counted, total=f"{total:,}")
    at_least = view.text("headline.at_least") if is_incomplete else ""
    return view.text(key, at_least=at_least, counted=f"{counted:,}", total=f"{total:,}")


def own_part(view: View, count: YearCount) -> str:
    """Return whether the prefecture in view takes part itself: yes, not confirmed, or no list to look in."""
    if count.prefectures is None:
        return view.text("card.own_none")
    return view.text("table.yes" if count.prefectures else "table.no")
