"""The table that says the same as the scatter: the counts of its parts, the medians, and every area with its part."""

from collections.abc import Iterator
from urllib.parse import urlencode

import streamlit as st

from dashboard import citation
from dashboard.closed_lists import Panel, ProofKind
from dashboard.compare.comparison import label
from dashboard.compare.measures import Kind, written
from dashboard.compare.quadrants import QUADRANTS, Quadrant, Quadrants
from dashboard.compare.scene import Scene
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.panels import panel
from dashboard.parts import name_column, number_column, text_column
from dashboard.scope import Proof
from dashboard.view import View


def corner_name(view: View, scene: Scene, place: Quadrant) -> str:
    """Return a part of the scatter in words: more or less of the need, more or less of the supply."""
    need, supply = sides(view, scene, place)
    return view.text("compare.corner", need=need, supply=supply)


def sides(view: View, scene: Scene, place: Quadrant) -> tuple[str, str]:
    """Return both halves of a part's name."""
    need, supply = (
        view.text(f"compare.{'more' if is_more else 'less'}.{measure}")
        for measure, is_more in zip(scene.measures, place, strict=True)
    )
    return need, supply


def points(view: View, scene: Scene, split: Quadrants) -> None:
    """Offer the table; its rows are sent only when it is opened."""
    opened = panel(view, Panel.POINTS, view.text("compare.points"), key="compare-points")
    if opened.open:
        with opened:
            st.html(join([corner_table(view, scene, split), point_table(view, scene)]).text)


def corner_table(view: View, scene: Scene, split: Quadrants) -> Html:
    """Return the four parts with their counts, and the medians between them."""
    columns = [
        name_column(view, "compare.part"),
        number_column(view, "compare.areas"),
        number_column(view, "compare.share"),
    ]
    body = (
        (
            corner_name(view, scene, place),
            split.counts[place],
            view.words.share(split.counts[place], split.known),
        )
        for place in QUADRANTS
    )
    medians = view.text(
        "compare.medians",
        need=label(view, scene.need),
        need_median=written(scene.need, split.need),
        supply=label(view, scene.supply),
        supply_median=written(scene.supply, split.supply),
    )
    return join([table(view.text("compare.parts_title"), columns, body), tag("p", medians, class_="small")])


def point_table(view: View, scene: Scene) -> Html:
    """Return every area of the kind with both measures and its part, the chosen ones first."""
    columns = [
        text_column(view, "table.code"),
        *([text_column(view, "table.prefecture")] if scene.profile.kind == Kind.MUNICIPALITY else []),
        name_column(view, "compare.area"),
        *(Column(label(view, measure), is_number=True) for measure in scene.measures),
        text_column(view, "compare.part"),
    ]
    caption = view.text(
        "compare.points_title", need=label(view, scene.need), supply=label(view, scene.supply)
    )
    # One address for all: 1,741 of them, each made from the whole view, would take most of a run.
    address = urlencode(view.scope.address(proof=None))
    return table(caption, columns, (_point(view, scene, code, address) for code in _ordered(scene)))


def _ordered(scene: Scene) -> Iterator[str]:
    yield from scene.chosen
    yield from (code for code in scene.profile.codes if code not in scene.chosen)


def _point(view: View, scene: Scene, code: str, address: str) -> tuple[Part, ...]:
    place = scene.place(code)
    proof = urlencode({"proof": Proof(ProofKind.AREA, code)})
    values = ((measure, scene.profile.value(measure, code)) for measure in scene.measures)
    return (
        code,
        *([citation.prefecture(view, code)] if scene.profile.kind == Kind.MUNICIPALITY else []),
        tag("a", view.area_name(code), href=f"?{address}&{proof}", target="_self", class_="proof"),
        *(view.text("table.unknown") if value is None else written(each, value) for each, value in values),
        "–" if place is None else corner_name(view, scene, place),
    )
