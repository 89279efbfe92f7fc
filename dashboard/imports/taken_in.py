"""What was imported so far, on the page of the import check: every file with its account, and every row in quarantine."""

import streamlit as st

from dashboard import parts
from dashboard.imports.findings import SHOWN, heading, japanese
from dashboard.markup import Html, Part, join, table, tag
from dashboard.store import Row
from dashboard.view import View

COUNTS = ("loaded", "repaired", "quarantined", "duplicates", "skipped")


def import_list(view: View) -> None:
    """Draw the files that were taken in and the rows of them that are held back."""
    title = tag("h3", view.text("intake.imports_title"))
    if not view.store.imports:
        st.html(join([title, tag("p", view.text("intake.imports_none"), class_="sub")]).text)
        return
    lead = tag("p", view.text("intake.imports_lead"), class_="sub")
    st.html(join([title, lead, _imports(view), _quarantine(view)]).text)


def _imports(view: View) -> Html:
    columns = [
        parts.name_column(view, "intake.file"),
        parts.text_column(view, "intake.kind"),
        parts.text_column(view, "table.document"),
        parts.text_column(view, "intake.imported_on"),
        *(parts.number_column(view, f"intake.{name}") for name in COUNTS),
    ]
    cells = [
        (
            join([tag("span", row["file"], lang="ja"), tag("code", row["import_id"])], " "),
            view.text(f"file_kind.{row['kind']}"),
            tag("code", row["source_id"]) if row["source_id"] else "–",
            view.words.date(row["imported_at"][:10]),
            *(int(row[name]) for name in COUNTS),
        )
        for row in view.store.imports
    ]
    return table(view.text("intake.imports_caption", count=f"{len(cells):,}"), columns, cells)


def _quarantine(view: View) -> Html:
    count, replaced = view.store.held_counts()
    again = (
        tag("p", view.text("intake.held_replaced", count=f"{replaced:,}"), class_="small")
        if replaced
        else None
    )
    if not count:
        return join([tag("p", view.text("intake.held_none"), class_="small"), again])
    columns = [
        parts.text_column(view, "intake.file"),
        parts.number_column(view, "intake.row"),
        *(parts.text_column(view, f"intake.{name}") for name in ("column", "problem", "mend")),
    ]
    cells = [_held(row) for row in view.store.held_rows(SHOWN)]
    caption = view.text("intake.held_caption", count=f"{count:,}")
    first = view.text("intake.held_first", shown=len(cells))
    rest = tag("p", first, class_="small") if count > len(cells) else None
    return join([table(caption, columns, cells), rest, again])


def _held(row: Row) -> tuple[Part, ...]:
    column = tag("span", heading(row["column_printed"] or ""), lang="ja", class_="heading-name")
    return (
        japanese(row["file"]),
        int(row["file_row"]),
        column,
        japanese(row["problem"]),
        japanese(row["mend"]),
    )
