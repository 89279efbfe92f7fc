"""Every public table: to take away in each format that suits it, and its first rows."""

import streamlit as st

from dashboard import citation, parts
from dashboard.markup import Column, join, table, tag
from dashboard.sources.heading import heading
from dashboard.view import View, go

FORMATS = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": ("GeoJSON", "application/geo+json"),
    "parquet": ("GeoParquet", "application/vnd.apache.parquet"),
}
PREVIEW_ROWS = 10


def tables(view: View) -> None:
    """List the public tables, and hand out the chosen one in every format that suits it."""
    st.html(heading(view, "tables").text)
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
