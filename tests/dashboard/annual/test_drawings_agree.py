"""SVG in a browser and PDF put every sign of a page at the same place: the promise that all formats are one drawing."""

import ctypes
from pathlib import Path

import playwright.sync_api
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from dashboard.annual.drawing.pdf import pdf
from dashboard.annual.drawing.svg import svg
from dashboard.print_fonts import BOLD, FAMILY, REGULAR, font_folder
from tests.dashboard.annual.every_mark import deck
from tests.dashboard.annual.every_mark import page as every_mark

NEAR_POINTS = 0.5
FACES = "".join(
    f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url('{{folder}}/{name}')}}"
    for weight, name in ((400, REGULAR), (700, BOLD))
)
SIGNS = """() => [...document.querySelectorAll('text')].flatMap(text => [...text.textContent].map((sign, place) => {
  const at = text.getStartPositionOfChar(place);
  return [sign, at.x, at.y];
}))"""
Sign = tuple[str, float, float]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("bundle")]


def in_browser(page: playwright.sync_api.Page, folder: Path) -> list[Sign]:
    """Return every sign and where it begins on its baseline, in points, as Chromium draws the SVG."""
    file = folder / "page.html"
    faces = FACES.replace("{folder}", font_folder().as_uri())
    drawn = svg(every_mark(), language="ja")
    file.write_text(f"<!doctype html><meta charset=utf-8><style>{faces}</style>{drawn}", encoding="utf-8")
    page.goto(file.as_uri())
    loaded = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(face => face.status))")
    assert loaded == ["loaded", "loaded"]
    return [(sign, x, y) for sign, x, y in page.evaluate(SIGNS) if not sign.isspace()]


def in_pdf() -> list[Sign]:
    """Return the same of the PDF."""
    document = pypdfium2.PdfDocument(pdf(deck(every_mark())))
    sheet = document[0]
    words, height = sheet.get_textpage(), sheet.get_height()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for place in range(words.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(words.raw, place))
        pdfium.FPDFText_GetCharOrigin(words.raw, place, x, y)
        if not sign.isspace() and sign != "\x00":
            found.append((sign, x.value, height - y.value))
    document.close()
    return found


def test_every_sign_stands_at_the_same_place(page: playwright.sync_api.Page, tmp_path: Path) -> None:
    seen, printed = in_browser(page, tmp_path), in_pdf()
    assert "".join(sign for sign, _, _ in seen) == "".join(sign for sign, _, _ in printed)
    assert len(seen) > 250
    apart = [
        (sign, round(across - x, 2), round(down - y, 2))
        for (sign, x, y), (_, across, down) in zip(seen, printed, strict=True)
        if abs(across - x) > NEAR_POINTS or abs(down - y) > NEAR_POINTS
    ]
    assert apart == []
