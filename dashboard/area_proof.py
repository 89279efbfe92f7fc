"""All that is known of one area, each figure with its document: states, statements, census, places, grants."""

from collections import Counter, defaultdict

from dashboard import citation, evidence
from dashboard.markup import Html, Part, join, table, tag
from dashboard.parts import name_column, number_column, state_label, text_column
from dashboard.states import State
from dashboard.store import Row
from dashboard.view import View

OWN = {True: "table.yes", False: "table.no", None: "card.own_none"}


def area_body(view: View, area: Row) -> Html:
    """Return the whole content for a prefecture or a municipality."""
    is_prefecture = area["kind"] == "prefecture"
    return join(
        [
            _states_by_year(view, area),
            _inside_states(view, area) if is_prefecture else None,
            _statements(view, area),
            _census(view, area),
            _places(view, area),
            _grants(view, area),
        ]
    )


def doubted(view: View, row: Row) -> list[Html]:
    """Return the doubts about a state as flags."""
    return citation.flags(view, row)


def state_statements(view: View, rows: list[Row]) -> Html:
    """Return what the documents say of one municipality, one line for each statement, with document and locator."""
    return tag(
        "ul",
        *(
            tag(
                "li",
                citation.statement(view, row),
                tag("br"),
                citation.document(view, row),
                view.words.separator("placed"),
                tag("span", citation.locator(view, row), class_="small"),
            )
            for row in rows
        ),
        class_="plain",
    )


def _states_by_year(view: View, area: Row) -> Html:
    """A municipality's state, a prefecture's own part, in every fiscal year."""
    view_name = view.text(f"view.{view.scope.view}")
    columns = [name_column(view, "table.year"), text_column(view, "table.state")]
    if area["kind"] == "prefecture":
        rows = view.store.prefecture_years(view.scope.view, area["code"])
        shown: list[tuple[Part, ...]] = [
            (_year(view, row), view.text("proof.own_part", part=view.text(OWN[row["takes_part"]])))
            for row in rows
        ]
    else:
        shown = [
            (_year(view, row), join([state_label(view, row["state"]), *citation.flags(view, row)], " "))
            for row in view.store.states_by_year(view.scope.view, area["code"])
        ]
    return table(view.text("proof.years", view=view_name), columns, shown)


def _year(view: View, row: Row) -> Part:
    """The year in view stands out."""
    name = view.words.year(row["fiscal_year"])
    return tag("strong", name) if row["fiscal_year"] == view.scope.year else name


def _inside_states(view: View, area: Row) -> Html:
    rows = view.store.states(view.scope.year, view.scope.view, area["prefecture_code"])
    return evidence.states_table(view, rows, area["code"])


def _statements(view: View, area: Row) -> Html:
    """Every statement with its document; where there is none, what was read and is silent."""
    own = [row for row in view.store.evidence_of_area(area["code"]) if row["claim"] != "grant"]
    rows: list[Row] = [{**area, **row} for row in own]
    likely = [row for row in view.store.likely_facts if row["code"] == area["code"] and row["note"]]
    notes = (
        tag("p", view.text("mappage.likely"), citation.own(view, row, "note"), class_="doubt")
        for row in likely
    )
    if rows:
        return join([evidence.evidence_table(view, rows), *notes])
    return join(
        [tag("p", view.text("proof.documents_silent")), _inside(view, area), evidence.lists_read(view)]
    )


def _inside(view: View, area: Row) -> Html:
    """A municipality inside a prefecture with a platform: what the documents say of that platform."""
    if area["kind"] == "prefecture":
        return Html("")
    scope = view.scope
    states = view.store.states_by_year(scope.view, area["code"])
    now = next(row["state"] for row in states if row["fiscal_year"] == scope.year)
    if now != State.D:
        return Html("")
    own = view.store.evidence_of_count(scope.year, scope.view, area["prefecture_code"], "")
    return evidence.evidence_table(view, own, view.text("proof.inside_evidence"))


def _census(view: View, area: Row) -> Html:
    """People and households with the definition of each share; unknown is written as unknown."""
    if area["population"] is None:
        return Html("")
    columns = [
        name_column(view, "table.measure"),
        number_column(view, "proof.count"),
        number_column(view, "proof.share"),
        text_column(view, "proof.definition"),
    ]
    ageing = _share(view, area, "population_65plus", "population")
    single = _share(view, area, "single_households", "general_households")
    rows: list[tuple[Part, ...]] = [
        (view.text("table.population"), _number(view, area, "population"), "–", "–"),
        (view.text("table.ageing"), *ageing, view.text("proof.share_ageing")),
        (view.text("table.households"), _number(view, area, "households"), "–", "–"),
        (view.text("proof.general_households"), _number(view, area, "general_households"), "–", "–"),
        (view.text("table.single"), *single, view.text("proof.share_single")),
    ]
    return join([table(view.text("proof.census"), columns, rows), tag("p", citation.census(view))])


def _number(view: View, area: Row, column: str) -> Part:
    return view.text("table.unknown") if area[column] is None else int(area[column])


def _share(view: View, area: Row, part: str, whole: str) -> tuple[Part, Part]:
    unknown = view.text("table.unknown")
    if area[part] is None or area[whole] is None:
        return _number(view, area, part), unknown
    return int(area[part]), view.words.share(area[part], area[whole])


def _places(view: View, area: Row) -> Html:
    """The documents that list places here, with their numbers and licences; no listing is never 0."""
    rows = view.store.places(_place(area))
    if not rows:
        listed = view.store.place_counts_by_prefecture().get(area["prefecture_code"])
        none = view.text("mappage.none_listed" if listed else "mappage.no_places")
        return join([tag("h3", view.text("mappage.places")), tag("p", none, class_="sub")])
    columns = [
        name_column(view, "evidence.document"),
        number_column(view, "proof.count"),
        text_column(view, "proof.total_as_of"),
        text_column(view, "proof.licence"),
    ]
    dates = {row["source_id"]: row["as_of_printed"] for row in rows}
    counts = Counter(row["source_id"] for row in rows)
    cells = [
        (
            evidence.document_of(view, source),
            count,
            view.words.as_of(dates[source] or "–"),
            _licence(view, source),
        )
        for source, count in counts.most_common()
    ]
    return table(view.text("proof.places", count=f"{len(rows):,}"), columns, cells)


def _licence(view: View, source_id: str) -> Part:
    row = view.store.source(source_id)
    return citation.licence(view, row["licence"]) if row else ""


def _place(area: Row) -> str:
    """The code as questions about a prefecture or a municipality take it: two digits or five."""
    return str(area["prefecture_code"] if area["kind"] == "prefecture" else area["code"])


def _grants(view: View, area: Row) -> Html:
    """The grants whose activity area is here or the whole prefecture, each once with its document."""
    awards: dict[str, list[Row]] = defaultdict(list)
    for row in view.store.grants(view.scope.year, view.scope.view, _place(area)):
        awards[row["award_id"]].append(row)
    if not awards:
        none = tag("p", view.text("mappage.no_grants"), class_="sub")
        return join([tag("h3", view.text("mappage.grants")), none])
    columns = [
        name_column(view, "proof.grantee"),
        text_column(view, "table.year"),
        text_column(view, "proof.programme"),
        text_column(view, "proof.grant_area"),
        text_column(view, "evidence.document"),
        text_column(view, "evidence.place"),
    ]
    cells = (_grant_cells(view, rows) for rows in awards.values())
    return table(view.text("proof.grants", count=f"{len(awards):,}"), columns, cells)


def _grant_cells(view: View, rows: list[Row]) -> tuple[Part, ...]:
    award = rows[0]
    title = tag("span", citation.gloss(view, award, "title"), class_="small") if award["title"] else None
    return (
        join([citation.gloss(view, award, "organisation"), title], " "),
        view.words.year_name(award["fiscal_year"]),
        citation.gloss(view, award, "programme"),
        view.text("comma").join(view.area_name(row["code"]) for row in rows),
        evidence.document_of(view, award["source_id"]),
        citation.locator(view, award),
    )
