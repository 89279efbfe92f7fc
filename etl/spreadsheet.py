"""A table as CSV or Excel that opens rightly in Japanese spreadsheets and cannot run anything there.

A text cell that begins with = + - @, a tab or a line break would be a formula to a spreadsheet: it gets a single quote in
front. Numbers stay numbers, negative ones too, and codes stay text, so that 01100 keeps its zero.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDEST_COLUMN = 60
_SHEET_ROWS = 1_048_576
_SHEET_CELL = 32_767
# A workbook notes when it was made; a fixed day keeps the same content the same bytes.
_MADE = datetime(2022, 4, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to write: its columns with their meaning in Japanese and English, and its rows."""

    name: str
    title: str
    columns: tuple[str, ...]
    meanings: tuple[tuple[str, str], ...]
    rows: Sequence[tuple[Any, ...]]


def safe_text(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula.

    >>> safe_text("=1+1"), safe_text("三原市")
    ("'=1+1", '三原市')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_bytes(sheet: Sheet) -> bytes:
    """Return UTF-8 with BOM and CRLF, as Excel expects; empty = unknown, true/false, ISO dates."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(sheet.columns)
    writer.writerows([_printed(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheet: Sheet, beside: Sequence[Sheet] = ()) -> bytes:
    """Return a workbook: the data, what stands `beside` it, and what each column of the data means in both languages."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": sheet.title, "created": _MADE})
        for table in (sheet, *beside):
            _write_data(book, table)
        _write_meanings(book, sheet)
    return content.getvalue()


def _printed(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    return safe_text(value.isoformat() if isinstance(value, date) else str(value))


def _write_data(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name[:31])
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8F1FE", "bottom": 1}
    )
    kinds = {
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for place, (column, (title, _)) in enumerate(zip(sheet.columns, sheet.meanings, strict=True)):
        page.write_string(0, place, f"{title}\n{column}", head)
        page.set_column(place, place, _width(sheet, place))
    for number, row in enumerate(sheet.rows[: _SHEET_ROWS - 1], start=1):
        for place, value in enumerate(row):
            _write_cell(page, number, place, value, kinds)
    page.set_row(0, 32)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)


def _write_cell(page: Any, row: int, place: int, value: Any, kinds: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, (int, float)):
        page.write_number(row, place, value)
    elif isinstance(value, date):
        page.write_datetime(row, place, value, kinds["date"])
    else:
        page.write_string(row, place, safe_text(str(value))[:_SHEET_CELL], kinds["text"])


def _write_meanings(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet("列の説明")
    bold = book.add_format({"bold": True})
    page.write_string(0, 0, sheet.title, bold)
    for place, title in enumerate(("列", "日本語", "English")):
        page.write_string(2, place, title, bold)
    for number, (column, meaning) in enumerate(zip(sheet.columns, sheet.meanings, strict=True), start=3):
        for place, text in enumerate((column, *meaning)):
            page.write_string(number, place, safe_text(text))
    page.set_column(0, 1, 26)
    page.set_column(2, 2, 100)


def _width(sheet: Sheet, place: int) -> int:
    """Return a width in characters that shows most cells; a Japanese character takes two."""
    texts = [str(row[place]) for row in sheet.rows[:200] if row[place] is not None]
    longest = max((sum(2 if ord(sign) > 0xFF else 1 for sign in text) for text in texts), default=0)
    title = max(len(sheet.columns[place]), 2 * len(sheet.meanings[place][0]))
    return min(max(longest, title) + 3, _WIDEST_COLUMN)
