"""Pieces that more than one page shows: a big figure, evidence, the tables equal to a map, year bars, definitions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial

import streamlit as st

from dashboard.markup import Column, Html, Part, join, link, table, tag
from dashboard.scope import CountingRule, DataTab, TimeView
from dashboard.states import COUNTED, State
from dashboard.store import Row, Rows
from dashboard.view import View

MAIN_MEASURES = (
    "programme_participants",
    "programme_distinct_two_years",
    "programme_three_year_sum",
    "national_platform_members",
    "npo_base_model_awards",
)
"""Published numbers that the overview shows; all others stand on the page of the data."""


def name_column(view: View, key: str) -> Column:
    """Return the column that names its row."""
    return Column(view.text(key), is_heading=True)


def number_column(view: View, key: str) -> Column:
    """Return a column of numbers, set flush right."""
    return Column(view.text(key), is_number=True)


def text_column(view: View, key: str) -> Column:
    """Return a column of text."""
    return Column(view.text(key))


def emphasised(sentence: str) -> Html:
    """Return `sentence` with its **…** parts emphasised; everything is escaped."""
    return join(tag("strong", part) if odd else part for part, odd in _alternating(sentence.split("**")))


def _alternating(parts: Iterable[str]) -> Iterable[tuple[str, bool]]:
    return ((part, index % 2 == 1) for index, part in enumerate(parts))


def figure(title: str, value: str | None, *, beside: str = "", below: str = "") -> None:
    """Draw one number: title, the number big, its denominator beside it, the rest below. None is shown as a dash."""
    number = tag("span", value if value is not None else "–", class_="value")
    st.html(
        join(
            [
                tag("h2", title),
                tag("p", number, " ", tag("span", beside, class_="beside"), class_="figure"),
                tag("p", below, class_="small"),
            ]
        ).text
    )


def list_notice(view: View) -> None:
    """Say which of the lists in view are registered in part or not at all."""
    years = [row for row in view.store.years if _is_in_view(view, row["fiscal_year"])]
    partial = [row for row in years if row["list_state"] == "partial"]
    missing = [row for row in years if row["list_state"] == "not_registered"]
    sentences = []
    if partial:
        listed = "、" if view.words.language == "ja" else "; "
        named = [
            view.text(
                "notice.partial_year",
                year=view.words.year_name(row["fiscal_year"]),
                total=row["published_total"],
                named=row["named"],
            )
            for row in partial
        ]
        sentences.append(view.text("notice.partial", years=listed.join(named)))
    if missing:
        comma = "・" if view.words.language == "ja" else ", "
        names = comma.join(view.words.year_name(row["fiscal_year"]) for row in missing)
        key = "notice.not_registered" if view.scope.view == TimeView.ANNUAL else "notice.no_later_list"
        sentences.append(view.text(key, year=names, years=names))
    # The container is always there: were it not, everything below would change its place and be built anew.
    with st.container(key="notice"):
        if sentences:
            st.html(tag("p", " ".join(sentences)).text)


def _is_in_view(view: View, year: int) -> bool:
    return year == view.scope.year if view.scope.view == TimeView.ANNUAL else year <= view.scope.year


# -- evidence ---------------------------------------------------------------------------------------------------------


def count_evidence(view: View, kind: str) -> None:
    """Draw the button that opens the statements behind a count; they are sent only when it is open."""
    opened = st.popover(
        view.text("card.evidence"), type="tertiary", on_change="rerun", key=f"evidence-{kind}"
    )
    if opened.open:
        with opened:
            st.html(EVIDENCE[kind](view).text)
            view.link("data", view.text("evidence.all"), tab=DataTab.DOCUMENTS)


def _bodies_evidence(kind: str, view: View) -> Html:
    rows = view.store.evidence_of_count(view.scope.year, view.scope.view, view.scope.prefecture, kind)
    return evidence_table(view, rows)


def _people_evidence(view: View) -> Html:
    """Every municipality that the rule counts, with its people, and the census they come from."""
    counted = COUNTED[view.scope.rule]
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    columns = [
        name_column(view, "table.municipality"),
        text_column(view, "table.state"),
        number_column(view, "table.population"),
    ]
    cells = [
        (view.name(row), state_label(view, row["state"]), int(row["population"]))
        for row in rows
        if row["state"] in counted
    ]
    census = document(view.store.census) if view.store.census else Html("")
    caption = f"{view.text('evidence.title')}（{view.text('evidence.count', count=f'{len(cells):,}')}）"
    return join([tag("p", census), table(caption, columns, cells)])


def joined_table(view: View) -> Html:
    """Return the bodies first confirmed in the year in view, each with its document."""
    rows = view.store.joined(view.scope.year, view.scope.view, view.scope.prefecture)
    if not rows:
        return tag("p", view.text("overview.joined_none"), class_="sub")
    columns = [name_column(view, "evidence.area"), text_column(view, "evidence.document")]
    title = view.text("overview.joined_title", year=view.words.year_name(view.scope.year))
    cells = ((_body_name(view, row), document(row)) for row in rows)
    caption = f"{title}（{view.text('evidence.count', count=len(rows))}）"
    return table(caption, columns, cells)


def _body_name(view: View, row: Row) -> Html:
    """■ prefecture or designated city, □ other municipality: the marks of the ministry's own map."""
    mark = "■" if row["kind"] in ("prefecture", "designated_city") else "□"
    inside = "" if row["kind"] == "prefecture" else f"（{row['prefecture_name']}）"
    return join([f"{mark} {view.name(row)}{inside}"])


EVIDENCE: Mapping[str, Callable[[View], Html]] = {
    "municipality": partial(_bodies_evidence, "municipality"),
    "prefecture": partial(_bodies_evidence, "prefecture"),
    "people": _people_evidence,
    "change": joined_table,
}


def evidence_table(view: View, rows: Rows) -> Html:
    """Return statements as a table: body, year, what, document with link, place in the document."""
    if not rows:
        return tag("p", view.text("evidence.none"))
    columns = [
        name_column(view, "evidence.area"),
        text_column(view, "evidence.year"),
        text_column(view, "evidence.statement"),
        text_column(view, "evidence.document"),
        text_column(view, "evidence.place"),
    ]
    caption = f"{view.text('evidence.title')}（{view.text('evidence.count', count=len(rows))}）"
    return table(caption, columns, (_evidence_cells(view, row) for row in rows))


def _evidence_cells(view: View, row: Row) -> tuple[Part, ...]:
    year = view.words.year_name(row["fiscal_year"]) if row["fiscal_year"] else view.text("table.unknown")
    return (row["name"], year, join([statement(view, row)]), document(row), row["source_locator"])


def statement(view: View, row: Row) -> Html:
    """Return what a document says of an area, with its doubts."""
    marks: list[Part] = [tag("b", view.text(f"claim.{row['claim']}"))]
    if row["confidence"] == "likely":
        marks.append(tag("span", view.text("evidence.likely"), class_="flag"))
    if row["is_disputed"]:
        marks.append(tag("span", view.text("evidence.disputed"), class_="flag"))
    if row["statement"]:
        marks.append(tag("span", row["statement"]))
    return join(marks, " ")


def document(row: Row) -> Html:
    """Return a document's title as a link, with its publisher and date."""
    about = "・".join(str(part) for part in (row["publisher"], row["published_on"]) if part)
    return join([link(row["title"], row["url"]), tag("span", about, class_="small")], " ")


# -- tables equal to the map --------------------------------------------------------------------------------------------


def state_label(view: View, state: str) -> Html:
    """Return the letter of a state in its colour and pattern, and its name."""
    return join([tag("span", state, class_=f"mark mark-{state}"), " ", view.text(f"state.{state}")])


def prefecture_table(view: View) -> None:
    """Draw, per prefecture, how many municipalities are in each state, and the people."""
    words = view.words
    states = [state for state in State if state != State.F or _has_unlisted(view)]
    columns = [
        text_column(view, "table.code"),
        name_column(view, "table.prefecture"),
        text_column(view, "table.own"),
        *(Column(state.value, is_number=True) for state in states),
        number_column(view, "table.municipalities"),
        number_column(view, "table.population"),
        number_column(view, "table.uncovered_population"),
    ]
    rows = (
        (
            row["code"],
            view.name(row),
            taking_part(view, row),
            *(int(row[f"state_{state.lower()}"]) for state in states),
            int(row["municipalities"]),
            int(row["population"]),
            _uncovered(view, row),
        )
        for row in view.store.prefecture_coverage(view.scope.year, view.scope.view)
    )
    caption = view.text(
        "overview.table_title", year=words.year(view.scope.year), view=view.text(f"view.{view.scope.view}")
    )
    st.html(table(caption, columns, rows).text)


def taking_part(view: View, row: Row) -> str:
    """Return whether a prefecture takes part itself: yes, not confirmed, or no list to look in."""
    known = {True: "table.yes", False: "table.no", None: "card.own_none"}
    return view.text(known[row["takes_part"]])


def _uncovered(view: View, row: Row) -> Part:
    covered = row[f"population_{view.scope.rule}"]
    return view.text("table.unknown") if covered is None else int(row["population"] - covered)


def _has_unlisted(view: View) -> bool:
    return any(row["state_f"] for row in view.store.prefecture_coverage(view.scope.year, view.scope.view))


def municipality_table(view: View) -> None:
    """Draw every municipality of the prefecture in view: state, since when, people, places listed."""
    places = view.store.place_counts()
    columns = [
        text_column(view, "table.code"),
        name_column(view, "table.municipality"),
        text_column(view, "table.state"),
        text_column(view, "table.since"),
        number_column(view, "table.population"),
        number_column(view, "table.ageing"),
        number_column(view, "table.households"),
        number_column(view, "table.single"),
        number_column(view, "table.places"),
    ]
    unknown = view.text("table.unknown")
    rows = (
        (
            row["code"],
            view.name(row),
            state_label(view, row["state"]),
            view.words.year_name(row["since_year"]) if row["since_year"] else "–",
            int(row["population"]),
            view.words.share(row["population_65plus"], row["population"]),
            int(row["households"]),
            unknown if row["single_households"] is None else int(row["single_households"]),
            places.get(row["code"]) or view.text("table.no_listing"),
        )
        for row in view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    )
    caption = view.text(
        "overview.table_title_area",
        area=view.area_name(view.scope.prefecture_area),
        year=view.words.year(view.scope.year),
        view=view.text(f"view.{view.scope.view}"),
    )
    st.html(table(caption, columns, rows).text)


# -- years, reconciliation, definitions ---------------------------------------------------------------------------------

STATUSES = ("new", "continuing", "returning", "unknown")


def year_bars(view: View) -> None:
    """Draw each year's list: new, continuing, returning bodies and the published ones without a name, as bars in a table."""
    counts: dict[int, Counter[str]] = {}
    for row in view.store.participants_by_status():
        counts.setdefault(row["fiscal_year"], Counter())[row["status"]] += row["bodies"]
    longest = max((row["published_total"] or 0 for row in view.store.years), default=0) or 1
    columns = [
        name_column(view, "table.year"),
        text_column(view, "overview.years_title"),
        number_column(view, "table.total"),
        number_column(view, "table.published"),
    ]
    rows = [
        _year_row(view, row, counts.get(row["fiscal_year"], Counter()), longest) for row in view.store.years
    ]
    st.html(
        join(
            [
                tag("h2", view.text("overview.years_title")),
                tag("p", view.text("overview.years_sub"), class_="sub"),
                tag(
                    "div",
                    table(view.text("overview.years_title"), columns, rows, is_caption_shown=False),
                    class_="year-bars",
                ),
            ]
        ).text
    )


def _year_row(view: View, row: Row, counts: Counter[str], longest: int) -> tuple[Part, ...]:
    year = view.words.year(row["fiscal_year"])
    if row["published_total"] is None:
        return year, tag("span", view.text("overview.years_none"), class_="small"), "–", "–"
    named = {status: counts[status] for status in STATUSES if counts[status]}
    unnamed = (
        {"unnamed": row["published_total"] - row["named"]} if row["published_total"] > row["named"] else {}
    )
    segments = [
        tag("span", str(count), class_=f"bar bar-{status}", style=f"width:{count / longest:.2%}")
        for status, count in (named | unnamed).items()
    ]
    spoken = "　".join(
        f"{view.text(f'status.{status}')} {count}" for status, count in (named | unnamed).items()
    )
    return (
        year,
        join(
            [tag("span", *segments, class_="bars", aria_hidden="true"), tag("span", spoken, class_="small")]
        ),
        int(row["named"]),
        int(row["published_total"]),
    )


def verdict_counts(view: View) -> Html:
    """Return how many published numbers match, differ, or cannot match yet."""
    counts = Counter(row["verdict"] for row in view.store.control_totals)
    shown = (
        tag(
            "li",
            tag("b", counts[verdict]),
            " ",
            view.text(f"verdict.{verdict}"),
            class_=f"verdict verdict-{verdict}",
        )
        for verdict in ("matches", "incomplete", "conflict", "differs", "context")
        if counts[verdict]
    )
    return tag("ul", *shown, class_="verdicts")


def main_totals(view: View) -> Html:
    """Return the published numbers that matter most, each against ours; what two documents print alike stands once."""
    rows = {
        (MAIN_MEASURES.index(row["measure"]), row["fiscal_year"], row["published"]): row
        for row in reversed(view.store.control_totals)
        if row["measure"] in MAIN_MEASURES and row["part"] == "total" and row["verdict"] != "context"
    }
    return totals_table(view, [rows[key] for key in sorted(rows)], is_short=True)


def totals_table(view: View, rows: Iterable[Row], *, is_short: bool = False) -> Html:
    """Return published numbers against loaded ones with verdict and reason; the short form leaves out part and document."""
    columns = [
        name_column(view, "table.measure"),
        number_column(view, "table.published"),
        number_column(view, "table.loaded"),
        text_column(view, "table.verdict"),
    ]
    if not is_short:
        columns += [text_column(view, "table.reason"), text_column(view, "table.document")]
    cells = (_total_cells(view, row, is_short=is_short) for row in rows)
    return table(view.text("overview.reconciliation_title"), columns, cells, is_caption_shown=False)


def _total_cells(view: View, row: Row, *, is_short: bool) -> tuple[Part, ...]:
    sign = {"matches": "✓", "differs": "✕", "incomplete": "…", "conflict": "≠", "context": "i"}[
        row["verdict"]
    ]
    verdict = tag(
        "span", f"{sign} ", view.text(f"verdict.{row['verdict']}"), class_=f"verdict verdict-{row['verdict']}"
    )
    printed = f"（{row['formula_printed']}）" if row["formula_printed"] else ""
    name = join([_total_name(view, row), tag("span", f"{row['as_of']}{printed}", class_="small")], " ")
    short: tuple[Part, ...] = (
        name,
        int(row["published"]),
        "–" if row["loaded"] is None else int(row["loaded"]),
        verdict,
    )
    if is_short:
        return short
    return (
        *short,
        row["reason"],
        join([document(row), tag("span", row["source_locator"], class_="small")], " "),
    )


def _total_name(view: View, row: Row) -> str:
    name, part = view.text(f"measure.{row['measure']}"), view.text(f"total_part.{row['part']}")
    return name if row["part"] == "total" else f"{name}：{part}"


def definitions(view: View) -> None:
    """Draw what each state means and which of them a counting rule counts."""
    columns = [
        name_column(view, "table.state"),
        text_column(view, "evidence.statement"),
        *(text_column(view, f"rule.{rule}") for rule in CountingRule),
    ]
    rows = (
        (state_label(view, state), view.text(f"state_meaning.{state}"), *_counted_signs(state))
        for state in State
    )
    title = view.text("overview.definitions_title")
    st.html(join([tag("h2", title), table(title, columns, rows, is_caption_shown=False)]).text)


def rules_table(view: View) -> Html:
    """Return the nation's municipalities and people under each counting rule, with their denominators."""
    rows = view.store.national_coverage(view.scope.year, view.scope.view)
    total = rows[CountingRule.STRICT]
    columns = [
        name_column(view, "scope.rule"),
        number_column(view, "table.municipality"),
        number_column(view, "table.population"),
    ]
    cells = [
        (
            f"{view.text(f'rule.{rule}')}（{view.text(f'rule_meaning.{rule}')}）",
            "–" if rows[rule]["municipalities"] is None else int(rows[rule]["municipalities"]),
            "–" if rows[rule]["population"] is None else view.words.people(int(rows[rule]["population"])),
        )
        for rule in CountingRule
    ]
    whole = (
        view.text("table.total"),
        int(total["municipalities_total"]),
        view.words.people(int(total["population_total"])),
    )
    return table(view.text("scope.rule"), columns, [*cells, whole], is_caption_shown=False)


def _counted_signs(state: State) -> tuple[Part, ...]:
    from_ = {State.A: 0, State.B: 0, State.C: 1, State.D: 2}.get(state, 3)
    return tuple("●" if position >= from_ else "–" for position in range(len(CountingRule)))
