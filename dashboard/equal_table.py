"""The table that says the same as the map beside it, in every layer, and its rows to take away.

Coverage: municipalities by state. Need: every municipality that the map paints, with its class in the legend. Grants and
places: the points, and below them the coverage that they lie on.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import citation
from dashboard.closed_lists import NEED_LAYERS, Layer, Panel
from dashboard.downloads import grants_file, places_file
from dashboard.map_classes import need_classes
from dashboard.markup import Html, Part, join, link, table, tag
from dashboard.panels import panel, panel_toggle
from dashboard.parts import name_column, number_column, text_column
from dashboard.store import Row, Rows
from dashboard.tables import (
    evidence_link,
    municipality_table,
    place_cells,
    prefecture_table,
)
from dashboard.view import View

FORMATS = {"csv": "CSV", "xlsx": "Excel"}


def equal_table(
    view: View,
    *,
    key: str,
    layer: Layer = Layer.COVERAGE,
    writes: Panel = Panel.TABLE,
    is_by_rule: bool = False,
) -> None:
    """Offer the table of a map that shows `layer`; its rows are sent only when it is opened.

    `writes` is the panel of the address that opening it turns: the second map has one of its own. `is_by_rule`: as the map,
    the table says what the rule of the view counts.
    """
    opened = panel(view, Panel.TABLE, view.text("overview.table"), key=key, writes=writes)
    if not opened.open:
        return
    with opened:
        if layer in NEED_LAYERS:
            st.html(need_table(view, layer).text)
            _states_files(view, key)
            return
        if layer == Layer.GRANTS:
            _grants(view, key)
        if layer == Layer.PLACES:
            _places(view, key)
        _coverage(view, key, is_by_rule=is_by_rule)


# -- coverage and need ----------------------------------------------------------------------------------------


def _coverage(view: View, key: str, *, is_by_rule: bool) -> None:
    """The nation's map paints municipalities: the prefectures come first, all municipalities one click further."""
    listed = municipality_table if view.scope.prefecture else prefecture_table
    st.html(listed(view, is_by_rule=is_by_rule).text)
    _states_files(view, key)
    if not view.scope.prefecture and panel_toggle(
        view, Panel.ROWS, view.text("overview.table_all"), key=f"{key}-all"
    ):
        st.html(municipality_table(view, is_by_rule=is_by_rule).text)


def need_table(view: View, layer: Layer) -> Html:
    """Return every municipality that the map paints: the measure, what it is a share of, and its class in the legend."""
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    values, legend = need_classes(view, rows, layer)
    labels = {entry["key"]: entry["label"] for entry in legend}
    measures, cells = NEED_CELLS[layer]
    columns = [
        text_column(view, "table.code"),
        text_column(view, "table.prefecture"),
        name_column(view, "table.municipality"),
        *(number_column(view, each) for each in measures),
        text_column(view, "table.need_class"),
    ]
    body = (
        (
            row["code"],
            citation.prefecture(view, row["code"]),
            evidence_link(view, row),
            *(view.text("table.unknown") if cell is None else cell for cell in cells(view, row)),
            f"{value} {labels[value]}",
        )
        for row, value in zip(rows, values, strict=True)
    )
    place = view.area_name(view.scope.prefecture_area)
    caption = view.text("mappage.map_need", area=place, layer=view.text(f"layer_name.{layer}"))
    return table(caption, columns, body)


def _people(_view: View, row: Row) -> tuple[Part, ...]:
    return (row["population"],)


def _ageing(view: View, row: Row) -> tuple[Part, ...]:
    return _shared(view, row["population_65plus"], row["population"])


def _single(view: View, row: Row) -> tuple[Part, ...]:
    return _shared(view, row["single_households"], row["general_households"])


def _shared(view: View, part: int | None, whole: int | None) -> tuple[Part, ...]:
    return part, whole, None if part is None or not whole else view.words.share(part, whole)


NEED_CELLS: dict[Layer, tuple[tuple[str, ...], Callable[[View, Row], tuple[Part, ...]]]] = {
    Layer.POPULATION: (("table.population",), _people),
    Layer.AGEING: (("table.ageing_people", "table.population", "layer.ageing"), _ageing),
    Layer.SINGLE: (("table.single", "table.general_households", "layer.single"), _single),
}
"""Layer → headings of its numbers, and the numbers of one municipality in that order; None is unknown."""


def _states_files(view: View, key: str) -> None:
    scope = view.scope
    name = _title_of_file(view)
    _file_buttons(
        view,
        f"{key}-states",
        "table",
        lambda fmt: view.store.states_file(name, scope.year, scope.view, scope.prefecture, fmt),
    )


# -- grants ---------------------------------------------------------------------------------------------------


def _grants(view: View, key: str) -> None:
    rows = view.store.grants(view.scope.year, view.scope.view, view.scope.prefecture)
    st.html(grants_table(view, rows).text)
    if rows:
        name = _title_of_file(view)
        _file_buttons(view, f"{key}-grants", "grants", lambda fmt: grants_file(view.store, name, rows, fmt))


def grants_table(view: View, rows: Rows) -> Html:
    """Return one row for each award and activity area; those of the whole nation are told as such and colour nothing."""
    if not rows:
        return tag("p", view.text("mappage.no_grants"), class_="sub")
    columns = [
        text_column(view, "table.year"),
        name_column(view, "table.organisation"),
        text_column(view, "table.project"),
        text_column(view, "table.activity_area"),
        text_column(view, "table.document"),
    ]
    body = (
        (
            view.words.year_short(row["fiscal_year"]),
            citation.gloss(view, row, "organisation"),
            join(
                [
                    citation.gloss(view, row, "title"),
                    tag("span", citation.gloss(view, row, "programme"), class_="small"),
                ],
                " ",
            ),
            _activity_area(view, row),
            _cited(view, row),
        )
        for row in rows
    )
    return table(_titled(view, "grants"), columns, body)


def _activity_area(view: View, row: Row) -> Part:
    if row["code"]:
        return evidence_link(view, view.store.areas[row["code"]])
    return view.text("table.nationwide" if row["area_scope"] == "nationwide" else "table.unknown")


# -- places ---------------------------------------------------------------------------------------------------


def _places(view: View, key: str) -> None:
    rows = view.store.places(view.scope.prefecture)
    shown = places_table(view, rows) if view.scope.prefecture else place_counts_table(view)
    st.html(shown.text)
    if rows:
        name = _title_of_file(view)
        _file_buttons(view, f"{key}-places", "places", lambda fmt: places_file(view.store, name, rows, fmt))


def place_counts_table(view: View) -> Html:
    """Return the municipalities with a listing, most places first, and how many prefectures have no listing at all."""
    counts = view.store.place_counts()
    columns = [
        text_column(view, "table.code"),
        text_column(view, "table.prefecture"),
        name_column(view, "table.municipality"),
        number_column(view, "table.population"),
        number_column(view, "table.places"),
        number_column(view, "table.places_rate"),
    ]
    areas = (view.store.areas[code] for code in sorted(counts, key=lambda code: (-counts[code], code)))
    body = (
        (
            area["code"],
            citation.prefecture(view, area["code"]),
            evidence_link(view, area),
            area["population"],
            *place_cells(view, counts[area["code"]], area["population"]),
        )
        for area in areas
    )
    without = len(view.store.prefectures) - len(view.store.place_counts_by_prefecture())
    about = tag("p", view.text("mappage.prefectures_unlisted", count=without), class_="sub")
    return join([table(_titled(view, "places"), columns, body), about])


def places_table(view: View, rows: Rows) -> Html:
    """Return every listed place of the prefecture, those without a point on the map too, with document and place in it."""
    if not rows:
        return tag("p", view.text("mappage.no_places"), class_="sub")
    columns = [
        name_column(view, "table.place"),
        text_column(view, "table.kind"),
        text_column(view, "table.municipality"),
        text_column(view, "table.on_map"),
        text_column(view, "table.document"),
    ]
    body = (
        (
            link(citation.gloss(view, row, "name"), row["url"]),
            citation.kind(view, row["kind"]),
            _place_area(view, row),
            "–" if row["lat"] is None else "●",
            _cited(view, row),
        )
        for row in rows
    )
    return table(_titled(view, "places"), columns, body)


def _place_area(view: View, row: Row) -> Part:
    area = view.store.areas.get(row["code"])
    return evidence_link(view, area) if area else view.text("table.unknown")


# -- shared ---------------------------------------------------------------------------------------------------


def _cited(view: View, row: Row) -> Html:
    """Return the document of a row and the place in it."""
    source = view.store.source(row["source_id"])
    return join(
        [
            citation.document(view, source) if source else None,
            tag("span", citation.locator(view, row), class_="small"),
        ],
        view.words.separator("placed"),
    )


def _titled(view: View, what: str) -> str:
    """Caption: what, where; a listing of places has dates of its own, so it has no year."""
    place = view.area_name(view.scope.prefecture_area)
    when = {"year": view.words.year(view.scope.year), "view": view.text(f"view.{view.scope.view}")}
    return view.text(f"overview.{what}_title", area=place, **when)


def _title_of_file(view: View) -> str:
    scope = view.scope
    year = view.words.year_name(scope.year)
    return f"{view.area_name(scope.prefecture_area)} {year} {view.text(f'view.{scope.view}')}"


def _file_buttons(view: View, key: str, what: str, write: Callable[[str], bytes]) -> None:
    """Offer the rows as files; a file is written when it is asked for. `what`: table, grants or places."""
    scope = view.scope
    kind = "" if what == "table" else f"_{what}"
    with st.container(key=f"{key}-files", horizontal=True, gap="small"):
        for extension, format_name in FORMATS.items():
            st.download_button(
                view.text(f"overview.{what}_file", format=format_name),
                data=partial(write, extension),
                file_name=f"ibasho-atlas{kind}_{scope.year}_{scope.view}_{scope.prefecture or 'japan'}.{extension}",
                key=f"{key}-{extension}",
                on_click="ignore",
            )
