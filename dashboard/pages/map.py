"""地図で見る: nation → prefecture → municipality, by click on the map and by the list beside it, down to the evidence."""

import unicodedata

import streamlit as st

from dashboard import parts
from dashboard.atlas import NEED_LAYERS, coverage_map, need
from dashboard.controls import PickRow, pick_list
from dashboard.markup import Html, Part, join, link, tag
from dashboard.scope import Layer
from dashboard.states import COUNTED, State
from dashboard.store import Row, Rows
from dashboard.view import View, go

MAP_HEIGHT_PX = 640
LIST_HEIGHT_PX = 600
SEARCH_LENGTH = 20
FOUND_AT_MOST = 30


def render(view: View) -> None:
    """Draw the page."""
    crumbs(view)
    layers(view)
    parts.list_notice(view)
    left, middle, right = st.columns([24, 50, 26], gap="small")
    with left, st.container(key="card-list"):
        area_list(view)
    with middle, st.container(key="card-map"):
        coverage_map(view, key="map", height=MAP_HEIGHT_PX, layer=view.scope.layer)
        equal_table(view)
    with right, st.container(key="card-side"):
        side(view)


def crumbs(view: View) -> None:
    """Draw the heading as a path: nation › prefecture › municipality; each step but the last leads back."""
    with st.container(key="crumbs", horizontal=True, vertical_alignment="center", gap="small"):
        if view.scope.area:
            view.link("map", view.text("scope.nation"), area="")
        if view.scope.municipality:
            st.html(tag("span", "›", aria_hidden="true").text, width="content")
            view.link("map", view.area_name(view.scope.prefecture_area), area=view.scope.prefecture_area)
        if view.scope.area:
            st.html(tag("span", "›", aria_hidden="true").text, width="content")
        here = view.area_name(view.scope.area) if view.scope.area else view.text("mappage.title")
        st.html(tag("h1", here, id="main", class_="crumb").text, width="content")


def layers(view: View) -> None:
    """Draw the choice of what the map shows."""
    st.session_state["layer"] = view.scope.layer
    st.pills(
        view.text("scope.layer"),
        list(Layer),
        key="layer",
        format_func=lambda layer: view.text(f"layer.{layer}"),
        required=True,
        label_visibility="collapsed",
        on_change=lambda: go(view.scope, layer=st.session_state["layer"]),
    )


# -- the list beside the map --------------------------------------------------------------------------------------------


def area_list(view: View) -> None:
    """Draw the prefectures, or the municipalities of the one in view: the keyboard path of the map."""
    wanted = unicodedata.normalize("NFKC", search(view)).strip()
    if wanted:
        _found_list(view, wanted)
    elif view.scope.prefecture:
        _municipality_list(view)
    else:
        _prefecture_list(view)


def search(view: View) -> str:
    """Ask for a municipality by name, reading or code; the answer covers the whole country."""
    return st.text_input(
        view.text("mappage.search"),
        key="search",
        placeholder=view.text("mappage.search_placeholder"),
        max_chars=SEARCH_LENGTH,
        label_visibility="collapsed",
    )


def _found_list(view: View, wanted: str) -> None:
    """Same names stand together with their prefectures: the user chooses, nothing is guessed."""
    rows = view.store.find(wanted, FOUND_AT_MOST)
    st.html(tag("p", view.text("mappage.found", count=len(rows)), class_="sub", role="status").text)
    listed = [PickRow(code=row["code"], label=view.name(row), value=row["prefecture_name"]) for row in rows]
    _picker(view, listed, view.text("mappage.search"))


def _prefecture_list(view: View) -> None:
    rows = view.store.prefecture_coverage(view.scope.year, view.scope.view)
    st.html(
        join(
            [
                tag("h2", view.text("mappage.list_nation")),
                tag("p", view.text("mappage.list_nation_sub"), class_="sub"),
            ]
        ).text
    )
    listed = [PickRow(code=row["code"], label=view.name(row), value=_covered_of(view, row)) for row in rows]
    _picker(view, listed, view.text("mappage.list_nation"))


def _covered_of(view: View, row: Row) -> str:
    covered = row[view.scope.rule]
    return f"{'–' if covered is None else covered} / {row['municipalities']}"


def _municipality_list(view: View) -> None:
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    counted = COUNTED[view.scope.rule]
    covered = sum(State(row["state"]) in counted for row in rows)
    heading = view.text("mappage.list_area", area=view.area_name(view.scope.prefecture_area), count=len(rows))
    sub = view.text(
        "mappage.list_area_sub",
        covered=covered,
        rest=len(rows) - covered,
        rule=view.text(f"rule.{view.scope.rule}"),
    )
    st.html(join([tag("h2", heading), tag("p", sub, class_="sub")]).text)
    ordered = sorted(rows, key=lambda row: (row["state"], -row["population"], row["code"]))
    listed = [
        PickRow(code=row["code"], label=view.name(row), value=_listed_value(view, row), mark=row["state"])
        for row in ordered
    ]
    _picker(view, listed, heading)


def _listed_value(view: View, row: Row) -> str:
    layer = view.scope.layer
    if layer == Layer.PLACES:
        return str(view.store.place_counts().get(row["code"]) or view.text("table.no_listing"))
    if layer not in NEED_LAYERS:
        return f"{row['population']:,}"
    measure = need(row, layer)
    if measure is None:
        return view.text("table.unknown")
    return f"{measure:,.0f}" if layer == Layer.POPULATION else f"{measure:.1%}"


def _picker(view: View, rows: list[PickRow], label: str) -> None:
    pick_list(
        rows,
        key="areas",
        label=label,
        selected=view.scope.area,
        on_pick=lambda code: _go_to(view, code),
        height=LIST_HEIGHT_PX,
    )


def _go_to(view: View, code: str) -> None:
    st.session_state["search"] = ""
    go(view.scope, area=code)


# -- the table equal to the map -----------------------------------------------------------------------------------------


def equal_table(view: View) -> None:
    """Draw the same facts as the map in a table; its rows are sent only when it is opened."""
    opened = st.expander(view.text("overview.table"), on_change="rerun", key="map-table")
    if opened.open:
        with opened:
            (parts.municipality_table if view.scope.prefecture else parts.prefecture_table)(view)


# -- the side card ------------------------------------------------------------------------------------------------------


def side(view: View) -> None:
    """Draw what is known of the area in view: its states by year, its evidence, grants and places."""
    if not view.scope.area:
        nation_card(view)
        return
    area = view.store.areas[view.scope.area]
    st.html(join([_name(view, area), _facts(view, area), _doubts(view, area)]).text)
    evidence(view, area)
    grants(view, area)
    places(view, area)
    if not view.scope.municipality:
        st.html(tag("p", view.text("mappage.choose"), class_="sub").text)


def nation_card(view: View) -> None:
    """Draw what to do, and the grantees that work everywhere and therefore colour nothing."""
    st.html(join([tag("h2", view.text("scope.nation")), tag("p", view.text("mappage.choose_nation"))]).text)
    st.html(parts.rules_table(view).text)
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
    return tag("span", parts.taking_part(view, row))


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


def evidence(view: View, area: Row) -> None:
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
        parts.statement(view, row),
        tag("br"),
        parts.document(row),
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


def _kinds(rows: Rows) -> Html:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:6]
    return tag("p", "　".join(f"{kind} {count}" for kind, count in most), class_="small")
