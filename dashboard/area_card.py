"""What is known of one area: its states by year, its evidence with documents, grants and places."""

import streamlit as st

from dashboard import evidence, parts, tables
from dashboard.markup import Html, Part, join, link, tag
from dashboard.point_map import point_map
from dashboard.states import State
from dashboard.store import Row, Rows
from dashboard.view import View

POINT_MAP_HEIGHT_PX = 260


def side(view: View) -> None:
    """Draw what is known of the area in view: its states by year, its evidence, grants and places."""
    if not view.scope.area:
        nation_card(view)
        return
    area = view.store.areas[view.scope.area]
    st.html(join([_name(view, area), _facts(view, area), _doubts(view, area)]).text)
    statements(view, area)
    grants(view, area)
    places(view, area)
    if not view.scope.municipality:
        st.html(tag("p", view.text("mappage.choose"), class_="sub").text)


def nation_card(view: View) -> None:
    """Draw what to do, and the grantees that work everywhere and therefore colour nothing."""
    st.html(join([tag("h2", view.text("scope.nation")), tag("p", view.text("mappage.choose_nation"))]).text)
    st.html(tables.rules_table(view).text)
    _nationwide(view)


def _name(view: View, area: Row) -> Html:
    reading = area["romaji"] if view.words.language == "en" else area["kana"]
    return tag(
        "h2",
        area["name"],
        " ",
        tag("span", f"{reading or ''}・{area['code']}", class_="beside"),
        class_="area-name",
    )


def _facts(view: View, area: Row) -> Html:
    """State now and by year, people, households; unknown is written as unknown."""
    words = view.words
    unknown = view.text("table.unknown")
    single = unknown if area["single_households"] is None else f"{area['single_households']:,}"
    pairs: list[tuple[str, Part]] = [
        (view.text("mappage.state"), _state(view, area)),
        (view.text("mappage.years"), _years(view, area)),
    ]
    if area["population"] is not None:
        share = words.share(area["population_65plus"], area["population"])
        pairs.append(
            (
                view.text("mappage.population"),
                view.text("mappage.population_value", people=f"{area['population']:,}", share=share),
            )
        )
        pairs.append(
            (
                view.text("mappage.households"),
                view.text("mappage.households_value", households=f"{area['households']:,}", single=single),
            )
        )
    if area["url"]:
        pairs.append((view.text("mappage.website"), link(view.text("datapage.link"), area["url"])))
    return tag("dl", *(join([tag("dt", name), tag("dd", value)]) for name, value in pairs), class_="facts")


def _state(view: View, area: Row) -> Html:
    if area["kind"] != "prefecture":
        return parts.state_label(view, _own_state(view, area)["state"])
    row = next(
        row
        for row in view.store.prefecture_coverage(view.scope.year, view.scope.view)
        if row["code"] == area["code"]
    )
    return tag("span", tables.taking_part(view, row))


def _own_state(view: View, area: Row) -> Row:
    return next(
        row
        for row in view.store.states_by_year(view.scope.view, area["code"])
        if row["fiscal_year"] == view.scope.year
    )


def _years(view: View, area: Row) -> Html:
    """One mark per fiscal year."""
    if area["kind"] == "prefecture":
        years = [row["fiscal_year"] for row in view.store.years]
        shown = (
            (
                year,
                "●"
                if any(
                    r["code"] == area["code"] and r["takes_part"]
                    for r in view.store.prefecture_coverage(year, view.scope.view)
                )
                else "–",
            )
            for year in years
        )
        return join(
            [tag("span", f"{view.words.year_short(year)} {sign}", class_="year") for year, sign in shown], " "
        )
    rows = view.store.states_by_year(view.scope.view, area["code"])
    return join(
        [
            tag(
                "span",
                f"{view.words.year_short(row['fiscal_year'])} ",
                tag("span", row["state"], class_=f"mark mark-{row['state']}"),
                class_="year",
            )
            for row in rows
        ],
        " ",
    )


def _doubts(view: View, area: Row) -> Html:
    """Homonyms, decisions that are only likely, and documents that disagree: said where the figure is read."""
    said = []
    others = [
        row
        for row in view.store.ambiguous_names
        if row["name"] == area["name"] and row["code"] != area["code"]
    ]
    if others:
        listed = "、".join(f"{row['prefecture_name']}（{row['code']}）" for row in others)
        said.append(view.text("mappage.homonym", others=listed))
    rows = view.store.evidence_of_area(area["code"])
    if any(row["confidence"] == "likely" for row in rows):
        said.append(view.text("mappage.likely"))
    if any(row["is_disputed"] for row in rows):
        said.append(view.text("mappage.disputed"))
    return tag("p", " ".join(said), class_="doubt") if said else Html("")


def statements(view: View, area: Row) -> None:
    """Draw every statement about the area, newest first, with its document; where there is none, say which were read."""
    rows = [row for row in view.store.evidence_of_area(area["code"]) if row["claim"] != "grant"]
    head = tag("h3", view.text("mappage.evidence"))
    if rows:
        items = (_evidence_item(view, row) for row in rows)
        st.html(join([head, tag("ul", *items, class_="evidence-list")]).text)
        return
    inside = _own_state(view, area)["state"] == State.D if area["kind"] != "prefecture" else False
    said = view.text(
        "mappage.inside" if inside else "mappage.no_evidence", prefecture=area["prefecture_name"]
    )
    read = "、".join(row["title"] for row in _documents_of_lists(view))
    about = view.text("mappage.checked", documents=read)
    st.html(join([head, tag("p", said), tag("p", about, class_="small")]).text)


def _documents_of_lists(view: View) -> list[Row]:
    ids = dict.fromkeys(row["source_id"] for row in view.store.years if row["published_total"] is not None)
    return [document for source_id in ids if (document := view.store.source(source_id))]


def _evidence_item(view: View, row: Row) -> Html:
    year = view.words.year_name(row["fiscal_year"]) if row["fiscal_year"] else view.text("table.unknown")
    return tag(
        "li",
        f"{year}　",
        evidence.statement(view, row),
        tag("br"),
        evidence.document(row),
        tag("span", f" {row['source_locator']}", class_="small"),
    )


def grants(view: View, area: Row) -> None:
    """Draw the grantees whose activity area lies here."""
    code = area["prefecture_code"] if area["kind"] == "prefecture" else area["code"]
    rows = view.store.grants(view.scope.year, view.scope.view, code)
    head = tag("h3", view.text("mappage.grants"))
    if not rows:
        st.html(join([head, tag("p", view.text("mappage.no_grants"), class_="sub")]).text)
        return
    items = (
        tag(
            "li",
            tag("b", row["organisation"]),
            f"　{row['title']}",
            tag("br"),
            tag("span", f"{view.words.year_name(row['fiscal_year'])}・{row['programme']}", class_="small"),
            " ",
            link(row["source_title"], row["url"]),
        )
        for row in rows
    )
    st.html(join([head, tag("ul", *items, class_="evidence-list")]).text)


def _nationwide(view: View) -> None:
    rows = [
        row for row in view.store.grants(view.scope.year, view.scope.view) if row["scope"] == "nationwide"
    ]
    if rows:
        st.html(
            tag(
                "p",
                view.text("mappage.nationwide", count=len({row["award_id"] for row in rows})),
                class_="sub",
            ).text
        )


def places(view: View, area: Row) -> None:
    """Draw how many places are listed here: at least so many, or no listing at all – never 0."""
    rows = view.store.places(area["prefecture_code"] if area["kind"] == "prefecture" else area["code"])
    head = tag("h3", view.text("mappage.places"))
    if not rows:
        st.html(join([head, tag("p", view.text("mappage.no_places"), class_="sub")]).text)
        return
    st.html(
        join([head, tag("p", view.text("mappage.places_count", count=f"{len(rows):,}")), _kinds(rows)]).text
    )
    if view.scope.municipality:
        opened_places(view, area, rows)


def opened_places(view: View, area: Row, rows: Rows) -> None:
    """Draw the listed places of one municipality on a small map and in a list; both are sent only when opened."""
    opened = st.expander(view.text("mappage.places_open"), on_change="rerun", key="places-open")
    if opened.open:
        with opened:
            if any(row["lat"] is not None for row in rows):
                point_map(rows, view.store.outline(area["code"]), key="point-map", height=POINT_MAP_HEIGHT_PX)
            st.html(_places_list(view, rows).text)


def _places_list(view: View, rows: Rows) -> Html:
    """The same places as on the small map, and those without a point, each with its source and date."""
    items = (
        tag(
            "li",
            link(row["name"], row["url"]),
            f"　{row['kind']}",
            tag("br"),
            tag("span", link(row["title"], row["source_url"]), f"　{row['as_of_printed']}", class_="small"),
        )
        for row in rows
    )
    listed = tag("ul", *items, class_="evidence-list")
    return tag(
        "div", listed, class_="scroll", role="region", tabindex="0", aria_label=view.text("mappage.places")
    )


def _kinds(rows: Rows) -> Html:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:6]
    return tag("p", "　".join(f"{kind} {count}" for kind, count in most), class_="small")
