"""The bodies of each year's list by status, as bars that are also a table, with the published total as a mark on its scale."""

from collections import Counter

from dashboard.closed_lists import ProofKind, TimeView
from dashboard.markup import Html, Part, join, table, tag
from dashboard.parts import name_column, number_column, text_column
from dashboard.store import Row
from dashboard.view import View

FEWEST_ON_SCALE = 10
"""Bodies that the scale holds at least: where there is one, its bar must not look like all there could be."""
STATUSES = ("new", "continuing", "returning", "unknown")


def year_bars(view: View) -> Html:
    """Return the bars of the nation, or of the prefecture in view: its published totals are not known, so it has no marks."""
    title = view.text("overview.years_title")
    if view.scope.prefecture:
        title = view.words.joined("named", [view.area_name(view.scope.prefecture_area), title])
    sub = view.text("trend.bars_sub_area" if view.scope.prefecture else "trend.bars_sub")
    columns = [
        name_column(view, "table.year"),
        text_column(view, "trend.bars_by_status"),
        number_column(view, "table.loaded"),
        *([] if view.scope.prefecture else [number_column(view, "table.published")]),
    ]
    counts = status_counts(view)
    longest = max(
        FEWEST_ON_SCALE, *(_scale(view, row, counts[row["fiscal_year"]]) for row in view.store.years)
    )
    rows = (_year_row(view, row, counts[row["fiscal_year"]], longest) for row in view.store.years)
    bars = tag("div", table(title, columns, rows, is_caption_shown=False), class_="year-bars")
    return join([tag("h2", title), tag("p", sub, class_="sub"), bars])


def status_counts(view: View) -> dict[int, Counter[str]]:
    """Return, for every fiscal year, the bodies that its list names by status; partners and disputed rows are not counted."""
    last = view.store.years[-1]["fiscal_year"]
    found = view.store.joiners(last, TimeView.ANNUAL, view.scope.prefecture)
    counts: dict[int, Counter[str]] = {row["fiscal_year"]: Counter() for row in view.store.years}
    for row in found:
        if row["is_counted"] and row["fiscal_year"] in counts:
            counts[row["fiscal_year"]][row["status"]] += 1
    return counts


def _scale(view: View, row: Row, counts: Counter[str]) -> int:
    published = None if view.scope.prefecture else row["published_total"]
    return max(counts.total(), published or 0)


def _year_row(view: View, row: Row, counts: Counter[str], longest: int) -> tuple[Part, ...]:
    year = view.proof(view.words.year_name(row["fiscal_year"]), ProofKind.LIST, str(row["fiscal_year"]))
    has_list, is_nation = row["list_state"] != "not_registered", not view.scope.prefecture
    total = row["published_total"] if is_nation else None
    if not has_list:
        return (year, tag("span", view.text("overview.years_none"), class_="small"), "–", *["–"] * is_nation)
    if not counts and total is None:
        return (year, tag("span", _none_named(view, row), class_="small"), 0, *["–"] * is_nation)
    named = {status: counts[status] for status in STATUSES if counts[status]}
    unnamed = {"unnamed": total - counts.total()} if total is not None and total > counts.total() else {}
    published: list[Part] = ["–" if total is None else int(total)] if is_nation else []
    return (year, _bar(view, named | unnamed, total, longest), counts.total(), *published)


def _bar(view: View, parts: dict[str, int], total: int | None, longest: int) -> Html:
    """Segments from 0, the mark of the published total over them, and below the same in words."""
    segments = [
        tag("span", f"{count}", class_=f"bar bar-{status}", style=f"width:{count / longest:.2%}")
        for status, count in parts.items()
    ]
    mark = (
        tag(
            "span",
            tag("b", view.text("trend.bars_mark", total=total)),
            class_="reference",
            style=f"left:{total / longest:.2%}",
        )
        if total is not None
        else None
    )
    spoken = view.words.joined(
        "dotted", (f"{view.text(f'status.{status}')} {count}" for status, count in parts.items())
    )
    scale = tag("span", tag("span", *segments, class_="bars"), mark, class_="bar-scale", aria_hidden="true")
    return join([scale, tag("span", spoken, class_="small")])


def _none_named(view: View, row: Row) -> str:
    """Nobody of the prefecture is named: certain only where the whole list is registered."""
    return view.text("trend.bars_none" if row["list_state"] == "complete" else "trend.bars_none_known")
