"""Names come from uploads: whatever they hold stays text in the PowerPoint file, and the file opens."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.annual.drawing.clean_text import clean
from dashboard.annual.marks import Cell, Deck, Rect, Series
from dashboard.annual.powerpoint import pptx
from tests.small_deck import BLUE, MADE_ON, Shape, chart, page, ring, table, text, title

HOSTILE = {
    "markup": "<a:t>甲</a:t>&amp;]]>\"'",
    "entity": "&xxe;<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "control": "甲\x00\x07\x1b市",
    "surrogate": "甲\ud800市\udfff",
    "noncharacter": "甲\uffff\ufffe市",
    "formula": "=cmd|'/c calc'!A1",
    "link": "https://example.invalid/?a=1&b=2",
    "long": "市" * 10_000,
    "right to left": "\u202eמבחן\u202c العربية",
    "breaks": "甲\r\n乙\u2028丙\t丁\x0b戊",
    "format": "{0} %s $product {name}",
    "empty": "",
}


def deck_of(name: str) -> Deck:
    """Return a deck where `name` stands in every place that holds text."""
    hostile = page(
        name or "empty",
        title(name),
        replace(text("label", Rect(0, 100, 200, 20), name), name=f"label {name}"),
        Shape(name, (ring(100, 100, 20), ring(300, 100, 20)), BLUE, name),
        notes=(name, name),
    )
    rows = (*table().rows, (Cell(name), Cell(name), Cell(name)))
    tabled = replace(table(), name=f"table {name}", alt=name, rows=rows, at=Rect(24, 80, 600, 18 * len(rows)))
    series = tuple(Series(name, one.values, one.ink) for one in chart().series)
    charted = replace(chart(), alt=name, unit=name, unknown=name, series=series, categories=(name, *"乙丙丁"))
    pages = (hostile, page("table", title("表"), tabled), page("chart", title("図"), charted))
    return Deck(name, "ja", MADE_ON, pages)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_stays_text_and_the_file_opens(name: str) -> None:
    first, second, third = Presentation(BytesIO(pptx(deck_of(name)))).slides
    shown = first.shapes.title.text_frame.text
    assert shown == clean(name)
    grid = next(shape.table for shape in second.shapes if shape.has_table)
    assert grid.cell(5, 0).text == shown
    assert first.notes_slide.notes_text_frame.text == f"{shown}\n{shown}"
    made = next(shape.chart for shape in third.shapes if shape.has_chart)
    assert made.plots[0].categories[0] == (shown or "None")  # what python-pptx makes of an empty name


def test_a_name_like_a_formula_is_text_in_the_workbook_even_after_editing() -> None:
    third = Presentation(BytesIO(pptx(deck_of(HOSTILE["formula"])))).slides[2]
    blob = next(s.chart for s in third.shapes if s.has_chart).part.chart_workbook.xlsx_part.blob
    sheet = load_workbook(BytesIO(blob)).active
    assert sheet is not None
    for cell in (sheet["A2"], sheet["B1"], sheet["C1"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (HOSTILE["formula"], "s", True)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_at_all_makes_a_file_that_opens(name: str) -> None:
    slides = Presentation(BytesIO(pptx(deck_of(name)))).slides
    assert len(slides) == 3
