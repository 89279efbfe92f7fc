"""データと出典: every table to take away, every document and what is drawn from it, and how our counts were checked."""

from collections import defaultdict
from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import citation, parts, reconciliation
from dashboard.closed_lists import DataTab
from dashboard.import_check import import_check
from dashboard.markup import Column, Html, Part, join, link, table, tag
from dashboard.store import Row, Rows
from dashboard.view import View, go

FORMATS = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": ("GeoJSON", "application/geo+json"),
    "parquet": ("GeoParquet", "application/vnd.apache.parquet"),
}
PREVIEW_ROWS = 10
CREDITS_OPEN = 3


def render(view: View) -> None:
    """Draw the page: one part at a time, chosen in the address."""
    st.html(
        join(
            [
                tag("h1", view.text("datapage.title"), id="main", class_="headline"),
                tag("p", view.text("datapage.lead"), class_="sub"),
            ]
        ).text
    )
    st.session_state["tab"] = view.scope.tab
    st.segmented_control(
        view.text("datapage.title"),
        list(DataTab),
        key="tab",
        format_func=lambda tab: view.text(f"tab.{tab}"),
        required=True,
        label_visibility="collapsed",
        on_change=lambda: go(view.store, tab=st.session_state["tab"]),
    )
    with st.container(key="card-data"):
        PARTS[view.scope.tab](view)


def _heading(view: View, name: str) -> Html:
    return join(
        [
            tag("h2", view.text(f"datapage.{name}_title")),
            tag("p", view.text(f"datapage.{name}_sub"), class_="sub"),
        ]
    )


# -- tables -------------------------------------------------------------------------------------------------------------


def tables(view: View) -> None:
    """List the public tables, and hand out the chosen one in every format that suits it."""
    st.html(_heading(view, "tables").text)
    public = {row["table_name"]: row for row in view.store.tables}
    st.session_state["table"] = chosen = view.scope.table or next(iter(public))
    st.selectbox(
        view.text("datapage.choose_table"),
        list(public),
        key="table",
        on_change=lambda: go(view.store, table=st.session_state["table"]),
        format_func=lambda name: view.words.joined("apart", (name, _comment(view, public[name]["comment"]))),
        width=640,
    )
    with st.container(key="downloads", horizontal=True, gap="small"):
        for extension in view.store.formats(chosen):
            _download(view, chosen, extension)
    _preview(view, chosen)
    columns = [
        parts.name_column(view, "datapage.table_name"),
        parts.text_column(view, "datapage.grain"),
        parts.number_column(view, "datapage.rows"),
        parts.number_column(view, "datapage.columns"),
    ]
    rows = (
        (
            tag("code", name),
            citation.marked(view, _comment(view, row["comment"])),
            int(row["rows"]),
            int(row["columns"]),
        )
        for name, row in public.items()
    )
    st.html(table(view.text("datapage.tables_title"), columns, rows, is_caption_shown=False).text)


def _download(view: View, name: str, extension: str) -> None:
    """A button whose file is written only when it is pressed."""
    title, mime = FORMATS[extension]
    st.download_button(
        view.text("datapage.download", format=title),
        data=lambda: view.store.file(name, extension),
        file_name=f"ibasho-atlas_{name}.{extension}",
        mime=mime,
        key=f"download-{extension}",
        on_click="ignore",
    )


def _preview(view: View, name: str) -> None:
    """The first rows under the columns' names and meanings."""
    rows = view.store.preview(name, PREVIEW_ROWS)
    meanings = {row["column_name"]: _comment(view, row["comment"]) for row in view.store.columns(name)}
    columns = [
        Column(join([tag("code", column), tag("span", citation.marked(view, meaning), class_="small")], " "))
        for column, meaning in meanings.items()
    ]
    shown = ([_written(row[column]) for column in meanings] for row in rows)
    st.html(table(view.text("datapage.preview", count=len(rows)), columns, shown).text)


def _written(value: object) -> str:
    """A value as the CSV writes it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _comment(view: View, comment: str | None) -> str:
    """A comment of the database is 日本語 — English: show the half of the view's language."""
    japanese, _, english = (comment or "").partition(" — ")
    return english or japanese if view.words.language == "en" else japanese


# -- documents ----------------------------------------------------------------------------------------------------------


def documents(view: View) -> None:
    """List every document with the number of rows drawn from it; one of them can be opened."""
    st.html(_heading(view, "documents").text)
    rows = view.store.documents()
    titles = {row["source_id"]: citation.plain(view, row, "title") for row in rows}
    st.session_state["source"] = view.scope.source
    st.selectbox(
        view.text("datapage.choose_document"),
        ["", *titles],
        key="source",
        width=640,
        format_func=lambda source: (
            f"{titles[source]}{view.words.bracketed(source)}"
            if source
            else view.text("datapage.all_documents")
        ),
        on_change=lambda: go(view.store, source=st.session_state["source"]),
    )
    if view.scope.source:
        _document(view, next(row for row in rows if row["source_id"] == view.scope.source))
    else:
        st.html(_documents_table(view, rows).text)


def _documents_table(view: View, rows: Rows) -> Html:
    columns = [
        parts.name_column(view, "table.document"),
        parts.text_column(view, "datapage.publisher"),
        parts.text_column(view, "datapage.published_on"),
        parts.text_column(view, "datapage.licence"),
        parts.number_column(view, "datapage.facts"),
    ]
    cells = (
        (
            join([link(citation.gloss(view, row, "title"), row["url"]), tag("code", row["source_id"])], " "),
            citation.own(view, row, "publisher"),
            view.words.date(row["published_on"] or ""),
            citation.licence(view, row["licence"]),
            int(row["facts"]),
        )
        for row in rows
    )
    return table(view.text("datapage.documents_title"), columns, cells, is_caption_shown=False)


def _document(view: View, document: Row) -> None:
    """One document: what it says of bodies, and every row of every table that cites it."""
    facts: list[Part] = [
        link(citation.gloss(view, document, "title"), document["url"]),
        citation.published(view, document),
        citation.licence(view, document["licence"]),
    ]
    about = tag("p", join(facts, view.words.separator("apart")))
    said = view.store.evidence_of_source(document["source_id"])
    stated = (
        _stated(view, document, said) if said else tag("p", view.text("datapage.no_area_facts"), class_="sub")
    )
    st.html(join([about, stated, _cited(view, view.store.rows_of_source(document["source_id"]))]).text)


def _stated(view: View, document: Row, rows: Rows) -> Html:
    columns = [
        parts.name_column(view, "evidence.area"),
        parts.text_column(view, "evidence.year"),
        parts.text_column(view, "evidence.statement"),
        parts.text_column(view, "evidence.place"),
    ]
    cells = (
        (*body_and_year(view, row), citation.statement(view, row), citation.locator(view, row))
        for row in rows
    )
    return table(
        view.text("datapage.facts_title", title=citation.plain(view, document, "title")), columns, cells
    )


def _cited(view: View, rows: Rows) -> Html:
    columns = [
        parts.text_column(view, "datapage.table_name"),
        parts.name_column(view, "table.measure"),
        parts.text_column(view, "datapage.locator"),
    ]
    cells = (
        (tag("code", row["fact_table"]), citation.marked(view, row["label"]), citation.locator(view, row))
        for row in rows
    )
    return table(view.text("datapage.cited_title", count=f"{len(rows):,}"), columns, cells)


def body_and_year(view: View, row: Row) -> tuple[Part, Part]:
    """The two cells that name a fact's body and fiscal year."""
    year = view.words.year_name(row["fiscal_year"]) if row["fiscal_year"] else view.text("table.unknown")
    is_prefecture = row["code"].endswith("000")
    inside = "" if is_prefecture else view.words.bracketed(citation.prefecture(view, row["code"]))
    return f"{view.name(row)}{inside}", year


# -- reconciliation -----------------------------------------------------------------------------------------------------


def published_numbers(view: View) -> None:
    """Draw every published number against ours, with the reason where they do not meet."""
    rows = view.store.control_totals
    st.html(
        join(
            [
                _heading(view, "reconciliation"),
                reconciliation.verdict_counts(view),
                reconciliation.totals_table(view, rows),
            ]
        ).text
    )


# -- names --------------------------------------------------------------------------------------------------------------


def names(view: View) -> None:
    """Draw the names that stand more than once, the rows that needed a decision, and the errors of documents."""
    st.html(
        join(
            [_heading(view, "names"), _likely(view), _corrections(view), _aliases(view), _homonyms(view)]
        ).text
    )


def _homonyms(view: View) -> Html:
    places: dict[str, list[str]] = defaultdict(list)
    for row in view.store.ambiguous_names:
        places[row["name"]].append(
            f"{citation.prefecture(view, row['code'])}{view.words.bracketed(row['code'])}"
        )
    title = view.text("datapage.ambiguous_title", names=len(places), areas=sum(map(len, places.values())))
    columns = [
        parts.name_column(view, "datapage.ambiguous_name"),
        parts.text_column(view, "datapage.ambiguous_places"),
    ]
    return table(
        title,
        columns,
        ((citation.marked(view, name), view.text("comma").join(found)) for name, found in places.items()),
    )


def _likely(view: View) -> Html:
    columns = [
        parts.name_column(view, "evidence.area"),
        parts.text_column(view, "evidence.year"),
        parts.text_column(view, "table.reason"),
        parts.text_column(view, "table.document"),
    ]
    cells = (
        (*body_and_year(view, row), citation.own(view, row, "note"), citation.document(view, row))
        for row in view.store.likely_facts
    )
    return join(
        [
            tag("p", view.text("datapage.likely_sub"), class_="sub"),
            table(view.text("datapage.likely_title"), columns, cells),
        ]
    )


def _corrections(view: View) -> Html:
    columns = [
        parts.name_column(view, "datapage.printed"),
        parts.text_column(view, "datapage.corrected"),
        parts.text_column(view, "table.reason"),
        parts.text_column(view, "table.document"),
        parts.text_column(view, "datapage.locator"),
    ]
    cells = (
        (
            citation.marked(view, row["printed"]),
            citation.marked(view, row["corrected"]),
            citation.own(view, row, "reason"),
            citation.document(view, row),
            citation.locator(view, row),
        )
        for row in view.store.corrections
    )
    return table(view.text("datapage.corrections_title"), columns, cells)


def _aliases(view: View) -> Html:
    if not view.store.aliases:
        return Html("")
    columns = [
        parts.name_column(view, "datapage.printed"),
        parts.text_column(view, "table.municipality"),
        parts.text_column(view, "table.code"),
        parts.text_column(view, "table.reason"),
    ]
    cells: list[tuple[Part, ...]] = [
        (
            citation.marked(view, row["printed"]),
            view.name(row),
            row["code"],
            citation.own(view, row, "reason"),
        )
        for row in view.store.aliases
    ]
    return table(view.text("datapage.aliases_title"), columns, cells)


# -- licences -----------------------------------------------------------------------------------------------------------


def licences(view: View) -> None:
    """Draw under which licence each kind of data may be used, and the credits to print."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in view.store.documents():
        grouped[row["licence"]].append(row)
    columns = [
        parts.name_column(view, "datapage.licence"),
        parts.number_column(view, "datapage.documents_count"),
        parts.text_column(view, "datapage.credit"),
    ]
    cells = (
        (citation.licence(view, licence), len(found), _credits(view, found))
        for licence, found in sorted(grouped.items())
    )
    title = view.text("datapage.licences_title")
    st.html(join([_heading(view, "licences"), table(title, columns, cells, is_caption_shown=False)]).text)


def _credits(view: View, documents: list[Row]) -> Html:
    """Every credit once, as it must be printed; a long list folds."""
    lines = list(dict.fromkeys(row["credit"] or row["publisher"] for row in documents))
    listed = tag("ul", *(tag("li", credit, lang="ja") for credit in lines), class_="plain")
    return (
        listed
        if len(lines) <= CREDITS_OPEN
        else tag("details", tag("summary", citation.marked(view, lines[0])), listed)
    )


PARTS: Mapping[DataTab, Callable[[View], None]] = {
    DataTab.TABLES: tables,
    DataTab.DOCUMENTS: documents,
    DataTab.RECONCILIATION: published_numbers,
    DataTab.NAMES: names,
    DataTab.LICENCES: licences,
    DataTab.IMPORT: import_check,
}
