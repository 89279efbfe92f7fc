"""Sheets that people fill in and hand in again: the first row is the heading that the importer knows, everything is text."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from etl.spreadsheet import safe_text

# A workbook notes when it was made; a fixed day keeps the same content the same bytes.
_MADE = datetime(2022, 4, 1, tzinfo=UTC)
_WIDEST, _NARROWEST = 48, 10
_SPARE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its headings, what is filled in already, the words that a column may hold, and a sheet of guidance."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guide: tuple[str, ...] = ()


def form_csv(form: Form) -> bytes:
    """Return UTF-8 with BOM and CRLF, as Excel expects."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(form.columns)
    writer.writerows([safe_text(cell) for cell in row] for row in form.rows)
    return text.getvalue().encode("utf-8-sig")


def form_xlsx(form: Form) -> bytes:
    """Return a workbook: the form, its heading in row 1, and a sheet of guidance behind it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": form.title, "created": _MADE})
        _write_form(book, form)
        if form.guide:
            _write_guide(book, form)
    return content.getvalue()


def _write_form(book: Any, form: Form) -> None:
    page = book.add_worksheet("入力")
    head = book.add_format({"bold": True, "bg_color": "#E8F1FE", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    for place, column in enumerate(form.columns):
        page.write_string(0, place, column, head)
        page.set_column(place, place, _width(form, place), text)
    for number, row in enumerate(form.rows, start=1):
        for place, cell in enumerate(row):
            page.write_string(number, place, safe_text(cell), text)
    for column, choices in form.choices.items():
        place = form.columns.index(column)
        last = len(form.rows) + _SPARE_ROWS
        rule = {
            "validate": "list",
            "source": list(choices),
            "error_title": column,
            "error_message": "一覧から選んでください",
        }
        page.data_validation(1, place, last, place, rule)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(form.rows), 1), len(form.columns) - 1)


def _write_guide(book: Any, form: Form) -> None:
    page = book.add_worksheet("書き方")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.write_string(0, 0, form.title, book.add_format({"bold": True}))
    for number, line in enumerate(form.guide, start=2):
        page.write_string(number, 0, line, wrapped)
    page.set_column(0, 0, 100)


def _width(form: Form, place: int) -> int:
    """Return a width in characters that shows most cells; a Japanese character takes two."""
    cells = (form.columns[place], *(row[place] for row in form.rows[:200]))
    widest = max(sum(2 if ord(sign) > 0xFF else 1 for sign in cell) for cell in cells)
    return min(max(widest + 3, _NARROWEST), _WIDEST)


FORMS: Mapping[str, Callable[[Form], bytes]] = {"xlsx": form_xlsx, "csv": form_csv}
"""Writers by extension."""
