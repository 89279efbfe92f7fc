"""What is known of one area: its states by year, its evidence with documents, grants and places."""

from collections import Counter, defaultdict

import streamlit as st

from dashboard import citation, parts, tables
from dashboard.closed_lists import Panel
from dashboard.markup import Html, Part, join, link, tag
from dashboard.onward import ways_on
from dashboard.panels import panel
from dashboard.parts import is_in_view
from dashboard.point_map import point_map
from dashboard.states import State
from dashboard.store import Row, Rows
from dashboard.view import View

POINT_MAP_HEIGHT_PX = 260
KINDS_SHOWN = 6
PREFECTURE_MARKS = {True: "●", False: "–", None: "?"}


def side(view: View) -> None:
    """Draw what is known of the area in view: its states by year, its evidence, grants and places."""
    if not view.scope.area:
        nation_card(view)
        return
    area = view.store.areas[view.scope.area]
    st.html(join([_name(view, area), _facts(view, area), _doubts(view, area)]).text)
    with st.container(key="ways-on", gap="small"):
        ways_on(view, area["code"])
    statements(view, area)
    partners(view, area)
    grants(view, area)
    places(view, area)
    if not view.scope.municipality:
        st.html(tag("p", view.text("mappage.choose"), class_="sub").text)


def nation_card(view: View) -> None:
    """Draw what to do, and the grantees that work everywhere and therefore colour nothing."""
    st.html(join([tag("h2", view.text("scope.nation")), tag("p", view.text("mappage.choose_nation"))]).text)
    st.html(join([tables.rules_table(view), tag("p", citation.census(view), class_="small")]).text)
    _nationwide(view)


def _name(view: View, area: Row) -> Html:
    reading = area["romaji"] if view.words.language == "en" else area["kana"]
    return tag(
        "h2",
        citation.marked(view, area["name"]),
        " ",
        tag("span", view.words.joined("dotted", (reading, area["code"])), class_="beside"),
        class_="area-name",
    )


def _facts(view: View, area: Row) -> Html:
    """State now and by year, people, households; unknown is written as unknown."""
    words = view.words
    unknown = view.text("table.unknown")
    single = unknown if area["single_households"] is None else f"{area['single_households']:,}"
    pairs: list[tuple[str, Part]] = [
        (view.text("mappage.state"), _state(view, area)),
        (view.text("mappage.years"), year_marks(view, area)),
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
        pairs.append((view.text("mappage.website"), link(view.text("mappage.site"), area["url"])))
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


def year_marks(view: View, area: Row) -> Html:
    """Return one mark per fiscal year: a municipality's state; a prefecture's ● taking part, – not confirmed, ? no list."""
    if area["kind"] == "prefecture":
        marks = [
            (row["fiscal_year"], tag("span", PREFECTURE_MARKS[row["takes_part"]]))
            for row in view.store.prefecture_years(view.scope.view, area["code"])
        ]
    else:
        rows = view.store.states_by_year(view.scope.view, area["code"])
        marks = [
            (row["fiscal_year"], tag("span", row["state"], class_=f"mark mark-{row['state']}"))
            for row in rows
        ]
    return join(
        (tag("span", f"{view.words.year_short(year)} ", mark, class_="year") for year, mark in marks), " "
    )


def _doubts(view: View, area: Row) -> Html:
    """Homonyms, decisions that are only likely, and documents that disagree: said where the figure is read."""
    said: list[Part] = []
    others = [
        row
        for row in view.store.ambiguous_names
        if row["name"] == area["name"] and row["code"] != area["code"]
    ]
    if others:
        comma = view.text("comma")
        listed = comma.join(
            f"{citation.prefecture(view, row['code'])}{view.words.bracketed(row['code'])}" for row in others
        )
        said.append(view.text("mappage.homonym", others=listed))
    likely = [row for row in view.store.likely_facts if row["code"] == area["code"] and row["note"]]
    said += [join([view.text("mappage.likely"), citation.own(view, row, "note")]) for row in likely]
    if any(row["is_disputed"] for row in view.store.evidence_of_area(area["code"])):
        said.append(view.text("mappage.disputed"))
    return join(tag("p", sentence, class_="doubt") for sentence in said)


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
        "mappage.inside" if inside else "mappage.no_evidence",
        prefecture=citation.prefecture(view, area["code"]),
    )
    read = (citation.gloss(view, row, "title") for row in _documents_of_lists(view))
    about = view.told("mappage.checked", documents=join(read, view.text("comma")))
    st.html(join([head, tag("p", said), tag("p", about, class_="small")]).text)


def _documents_of_lists(view: View) -> list[Row]:
    """The lists that were looked into for the view: the year's own, or all up to it."""
    ids = dict.fromkeys(
        row["source_id"]
        for row in view.store.years
        if row["list_state"] != "not_registered" and is_in_view(view, row["fiscal_year"])
    )
    return [document for source_id in ids if (document := view.store.source(source_id))]


def _evidence_item(view: View, row: Row) -> Html:
    year = view.words.year_name(row["fiscal_year"]) if row["fiscal_year"] else view.text("table.unknown")
    return tag(
        "li",
        year,
        view.words.separator("apart"),
        citation.statement(view, row),
        tag("br"),
        citation.document(view, row),
        tag("span", view.words.separator("placed"), citation.locator(view, row), class_="small"),
    )


def partners(view: View, area: Row) -> None:
    """Draw the members of the platform that this municipality leads, also across the prefecture's border."""
    rows = view.store.platform_partners(area["code"])
    if rows:
        items = (tag("li", _partner(view, row)) for row in rows)
        source = tag(
            "p",
            *(
                citation.document(view, rows[0]),
                view.words.separator("placed"),
                citation.locator(view, rows[0]),
            ),
            class_="small",
        )
        st.html(
            join(
                [tag("h3", view.text("mappage.partners")), tag("ul", *items, class_="evidence-list"), source]
            ).text
        )


def _partner(view: View, row: Row) -> str:
    status = view.text(f"member.{row['status']}")
    inside = view.words.bracketed(citation.prefecture(view, row["code"]))
    return view.words.joined("apart", (f"{view.name(row)}{inside}", status))


def grants(view: View, area: Row) -> None:
    """Draw the grantees whose activity area is here or the whole prefecture, each once with its areas."""
    code = area["prefecture_code"] if area["kind"] == "prefecture" else area["code"]
    awards: dict[str, list[Row]] = defaultdict(list)
    for row in view.store.grants(view.scope.year, view.scope.view, code):
        awards[row["award_id"]].append(row)
    head = tag("h3", view.text("mappage.grants"))
    if not awards:
        st.html(join([head, tag("p", view.text("mappage.no_grants"), class_="sub")]).text)
        return
    items = (_grant_item(view, rows) for rows in awards.values())
    st.html(join([head, tag("ul", *items, class_="evidence-list")]).text)


def _grant_item(view: View, rows: list[Row]) -> Html:
    award = rows[0]
    areas = view.text("comma").join(view.area_name(row["code"]) for row in rows)
    said: list[Part] = [
        view.words.year_name(award["fiscal_year"]),
        citation.gloss(view, award, "programme"),
        areas,
    ]
    about = join(said, view.words.separator("dotted"))
    source = link(citation.gloss(view, award, "source_title"), award["url"])
    return tag(
        "li",
        tag("b", citation.gloss(view, award, "organisation")),
        view.words.separator("apart"),
        citation.gloss(view, award, "title"),
        tag("br"),
        tag("span", about, " ", source, class_="small"),
    )


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
        listed = view.store.place_counts_by_prefecture().get(area["prefecture_code"])
        none = view.text("mappage.none_listed" if listed else "mappage.no_places")
        st.html(join([head, tag("p", none, class_="sub")]).text)
        return
    st.html(
        join(
            [head, tag("p", view.text("mappage.places_count", count=f"{len(rows):,}")), _kinds(view, rows)]
        ).text
    )
    if view.scope.municipality:
        opened_places(view, area, rows)


def opened_places(view: View, area: Row, rows: Rows) -> None:
    """Draw the listed places of one municipality on a small map and in a list; both are sent only when opened."""
    opened = panel(view, Panel.PLACES, view.text("mappage.places_open"), key="places-open")
    if opened.open:
        with opened:
            if any(row["lat"] is not None for row in rows):
                named = [{**row, "shown": _place_name(view, row)} for row in rows]
                point_map(
                    named,
                    view.store.outline(area["code"], view.scope.year),
                    key="point-map",
                    height=POINT_MAP_HEIGHT_PX,
                )
            st.html(_places_list(view, rows).text)


def _place_name(view: View, place: Row) -> str:
    """A place as the small map names it: its name, and its kind in brackets."""
    return f"{place['name']}{view.words.bracketed(citation.kind(view, place['kind']))}"


def _places_list(view: View, rows: Rows) -> Html:
    """The same places as on the small map, and those without a point, each with its source and date."""
    items = (
        tag(
            "li",
            link(citation.marked(view, row["name"]), row["url"]),
            f"{view.words.separator('apart')}{citation.kind(view, row['kind'])}",
            tag("br"),
            citation.marked(view, view.words.joined("apart", (row["address"], row["schedule"]))),
            tag("br"),
            tag(
                "span",
                link(citation.gloss(view, row, "title"), row["source_url"]),
                f"{view.words.separator('apart')}{view.words.as_of(row['as_of_printed'])}",
                class_="small",
            ),
        )
        for row in rows
    )
    listed = tag("ul", *items, class_="evidence-list")
    return tag(
        "div", listed, class_="scroll", role="region", tabindex="0", aria_label=view.text("mappage.places")
    )


def _kinds(view: View, rows: Rows) -> Html:
    most = Counter(row["kind"] for row in rows).most_common(KINDS_SHOWN)
    said = (f"{citation.kind(view, kind)} {count}" for kind, count in most)
    return tag("p", view.words.joined("apart", said), class_="small")
