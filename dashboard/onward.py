"""The ways on from an area: beside others on the page of comparison, and to the partners around it."""

from urllib.parse import urlencode

from dashboard.closed_lists import Panel
from dashboard.markup import Column, Html, Part, join, tag
from dashboard.scope import MOST_AREAS
from dashboard.view import View


def ways_on(view: View, code: str) -> None:
    """Draw the ways on from one area as links that keep the view; from a prefecture also to all its municipalities."""
    view.link("compare", _compare_label(view, code), area=code, areas=view.scope.with_area(code))
    if code.endswith("000"):
        others = (each for each in view.scope.areas if each != code)
        opened = view.scope.open | {Panel.MUNICIPALITIES}
        areas = (code, *others)[:MOST_AREAS]
        view.link("compare", view.text("onward.municipalities"), area=code, areas=areas, open=opened)
    view.link("find", view.text("onward.find"), area=code)


def ways_column(view: View) -> Column:
    """Return the column of a table that leads on from each area."""
    return Column(view.text("onward.column"))


def ways_cell(view: View, code: str) -> Part:
    """Return the ways on from the area of a row, each named in full to those who do not see the row."""
    name = view.area_name(code)
    links = (
        _way(
            view,
            "compare",
            code,
            named=view.text("onward.compare_area", area=name),
            areas=view.scope.with_area(code),
        ),
        _way(view, "find", code, named=view.text("onward.find_area", area=name)),
    )
    return join(links, " ")


def _way(view: View, page: str, code: str, *, named: str, **changes: object) -> Html:
    query = urlencode(view.scope.address(proof=None, area=code, **changes))
    label = view.text(f"onward.short_{page}")
    return tag(
        "a", label, href=f"{page}?{query}", target="_self", aria_label=named, title=named, class_="way"
    )


def _compare_label(view: View, code: str) -> str:
    """What the link does: it adds, it takes the place of the first of as many as are compared at once, or it only leads there."""
    areas = view.scope.areas
    if code in areas:
        return view.text("onward.compared", count=len(areas))
    return view.text(
        "onward.compare_instead" if len(areas) == MOST_AREAS else "onward.compare", count=len(areas)
    )
