"""What the layers beyond coverage show, as tables: a measure of need, grants by activity area, listed places.

`is_linked` everywhere: names lead to their evidence; a file that stands alone has nothing to lead to.
"""

from collections.abc import Callable

from dashboard import citation
from dashboard.closed_lists import Layer
from dashboard.map_classes import need_classes
from dashboard.markup import Html, Part, join, link, table, tag
from dashboard.parts import name_column, number_column, text_column
from dashboard.store import Row, Rows
from dashboard.tables import evidence_link, place_cells
from dashboard.view import View


def need_table(view: View, layer: Layer, *, is_linked: bool = True) -> Html:
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
            evidence_link(view, row) if is_linked else view.name(row),
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


def grants_table(view: View, rows: Rows, *, is_linked: bool = True) -> Html:
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
            _activity_area(view, row, is_linked=is_linked),
            _cited(view, row, is_linked=is_linked),
        )
        for row in rows
    )
    return table(_titled(view, "grants"), columns, body)


def _activity_area(view: View, row: Row, *, is_linked: bool) -> Part:
    if row["code"]:
        return _area(view, row["code"], is_linked=is_linked)
    return view.text("table.nationwide" if row["area_scope"] == "nationwide" else "table.unknown")


def place_counts_table(view: View, *, is_linked: bool = True) -> Html:
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
            _area(view, area["code"], is_linked=is_linked),
            area["population"],
            *place_cells(view, counts[area["code"]], area["population"]),
        )
        for area in areas
    )
    without = len(view.store.prefectures) - len(view.store.place_counts_by_prefecture())
    about = tag("p", view.text("mappage.prefectures_unlisted", count=without), class_="sub")
    return join([table(_titled(view, "places"), columns, body), about])


def places_table(view: View, rows: Rows, *, is_linked: bool = True) -> Html:
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
            _area(view, row["code"], is_linked=is_linked),
            "–" if row["lat"] is None else "●",
            _cited(view, row, is_linked=is_linked),
        )
        for row in rows
    )
    return table(_titled(view, "places"), columns, body)


def _area(view: View, code: str | None, *, is_linked: bool) -> Part:
    """Return the name of an area; a place whose municipality is not known has none."""
    area = view.store.areas.get(code or "")
    if not area:
        return view.text("table.unknown")
    return evidence_link(view, area) if is_linked else view.name(area)


def _cited(view: View, row: Row, *, is_linked: bool) -> Html:
    """Return the document of a row and the place in it."""
    source = view.store.source(row["source_id"])
    return join(
        [
            citation.document(view, source, is_linked=is_linked) if source else None,
            tag("span", citation.locator(view, row), class_="small"),
        ],
        view.words.separator("placed"),
    )


def _titled(view: View, what: str) -> str:
    """Caption: what, where; a listing of places has dates of its own, so it has no year."""
    place = view.area_name(view.scope.prefecture_area)
    when = {"year": view.words.year(view.scope.year), "view": view.text(f"view.{view.scope.view}")}
    return view.text(f"overview.{what}_title", area=place, **when)
