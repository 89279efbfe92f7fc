"""The workbook behind a chart: what PowerPoint opens at "edit data". Names stay text there, whatever they begin with."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from dashboard.annual.marks import Chart
from dashboard.annual.powerpoint.chart_room import total_of
from dashboard.annual.powerpoint.chart_space import SHEET
from dashboard.annual.powerpoint.elements import legal

LONGEST_CELL = 32_767
"""Signs that a cell of Excel holds."""
LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 -- the date of a workbook has no zone
"""The day of every workbook, so that the same chart is the same bytes."""


def chart_book(mark: Chart, *, total: str) -> bytes:
    """Return categories down the first column, a series in each that follows, then what they add up to.

    An unknown value is an empty cell; a sum that is known is a formula, so that it follows when a value is edited.
    """
    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": LONG_AGO})
    # Excel then takes the cell for text even after somebody has edited it.
    quoted = book.add_format({"quote_prefix": True})
    sheet = book.add_worksheet(SHEET)
    for row, name in enumerate(mark.categories, start=1):
        sheet.write_string(row, 0, legal(name)[:LONGEST_CELL], quoted)
    for column, name in enumerate((*(one.name for one in mark.series), total), start=1):
        sheet.write_string(0, column, legal(name)[:LONGEST_CELL], quoted)
    for place in range(len(mark.categories)):
        _write_row(sheet, mark, place)
    book.close()
    return made.getvalue()


def _write_row(sheet: Worksheet, mark: Chart, place: int) -> None:
    row, last = place + 1, len(mark.series)
    for column, one in enumerate(mark.series, start=1):
        value = one.values[place] if place < len(one.values) else None
        if value is not None:
            sheet.write_number(row, column, value)
    known = total_of(mark, place)
    if known is not None:
        sheet.write_formula(row, last + 1, f"=SUM({xl_range(row, 1, row, last)})", None, known)
