"""The sentence that answers: how many bodies have joined since the first list, and how many stood in that."""

from collections.abc import Iterable

from dashboard.closed_lists import ProofKind, TimeView
from dashboard.markup import Html, Part, join, tag
from dashboard.store import Row, Rows
from dashboard.trend.joined import ANCHOR
from dashboard.view import View


def headline(view: View) -> Html:
    """Return the sentence for the scope's year, view and area; its numbers lead to what they rest on."""
    year, first = _last_listed(view), view.store.years[0]
    rows = [
        row for row in view.store.joiners(year, view.scope.view, view.scope.prefecture) if row["is_first"]
    ]
    base = [row for row in rows if row["fiscal_year"] <= first["fiscal_year"]]
    joined = [row for row in rows if row["fiscal_year"] > first["fiscal_year"]]
    shown = [*_unlisted(view, year), _sentence(view, base, joined, year)]
    where = f"{view.area_name(view.scope.prefecture_area)}" if view.scope.prefecture else ""
    return join([tag("span", where, class_="place") if where else None, *shown], " ")


def _sentence(view: View, base: list[Row], joined: list[Row], year: int) -> Html:
    first = view.store.years[0]["fiscal_year"]
    values = {"first": view.words.year_name(first), "year": view.words.year_name(year)}
    stood = _opens_list(view, first, bodies(view, len(base)))
    if year == first:
        key = "trend.first" if base else "trend.first_none"
        return view.told(key, **values, base=stood, split=split(view, base))
    if not joined:
        return view.told(f"trend.after_none_{view.scope.view}", **values, base=stood)
    return view.told(
        f"trend.after_{view.scope.view}",
        **values,
        base=stood,
        at_least=view.text("headline.at_least") if _is_at_least(view, year) else "",
        joined=tag("strong", tag("a", bodies(view, len(joined)), href=f"#{ANCHOR}")),
        split=split(view, joined),
    )


def bodies(view: View, count: int) -> str:
    """Return a number of bodies as it stands in a sentence."""
    return view.text("trend.bodies_one" if count == 1 else "trend.bodies", count=f"{count:,}")


def split(view: View, rows: Iterable[Row]) -> str:
    """Return how many of the bodies are prefectures and how many municipalities; what is none is left out."""
    kinds = [row["kind"] == "prefecture" for row in rows]
    key = "prefectures" if all(kinds) else "both" if any(kinds) else "municipalities"
    counts = {"prefectures": f"{sum(kinds):,}", "municipalities": f"{len(kinds) - sum(kinds):,}"}
    return view.text(f"trend.{key}", **counts)


def _opens_list(view: View, year: int, shown: Part) -> Html:
    return view.proof(shown, ProofKind.LIST, str(year))


def _last_listed(view: View) -> int:
    """The year that the sentence reaches to: in the annual view the last one with a list, not after the chosen one."""
    years = [row for row in view.store.years if row["fiscal_year"] <= view.scope.year]
    if view.scope.view == TimeView.CUMULATIVE:
        return view.scope.year
    listed = [row["fiscal_year"] for row in years if row["list_state"] != "not_registered"]
    return int(listed[-1]) if listed else view.scope.year


def _unlisted(view: View, year: int) -> list[Part]:
    """A missing list is said first: the numbers that follow are those of the lists before it."""
    if year == view.scope.year:
        return []
    return [view.text("headline.none", year=view.words.year_name(view.scope.year))]


def _is_at_least(view: View, year: int) -> bool:
    lists: Rows = view.store.years
    return any(row["list_state"] != "complete" for row in lists if row["fiscal_year"] <= year)
