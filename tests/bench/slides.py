"""The annual map and the deck: from asking to the bytes of a file, in a process that has not read the build yet.

The naive ways, of the same deck in the same run: PowerPoint point by point with python-pptx's own builder of free forms, and PDF
by handing our PowerPoint file to LibreOffice.
"""

import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pptx import Presentation
from pptx.util import Pt

from dashboard.annual.asked import Asked
from dashboard.annual.drawing.pdf import pdf
from dashboard.annual.drawing.png import png
from dashboard.annual.drawing.svg import svg
from dashboard.annual.marks import Deck, Shape, Text
from dashboard.annual.powerpoint import pptx
from dashboard.closed_lists import Language, PaperKind, SheetKind
from dashboard.slides.asking import Sheet
from dashboard.slides.drawing import sheet_pages, whole_deck
from dashboard.store import Store
from etl.build import current_build

Drawn = TypeVar("Drawn")
BLANK_LAYOUT = 6
OFFICE_LIMIT_S = 300


def slides_figures() -> dict[str, object]:
    """Return seconds by what is asked for; `pages` of the deck of all years."""
    store = Store(current_build())
    years = tuple(row["fiscal_year"] for row in store.years)
    one = Sheet(SheetKind.YEAR, years[0])
    first, _ = _timed(lambda: _page(store, Asked(years[:1]), one))
    english = Asked(years[:1], language=Language.EN)
    poster = Asked(years[:1], language=Language.EN, paper=PaperKind.A3)
    figures: dict[str, object] = {
        "first_page_s": first,
        "known_page_s": _timed(lambda: _page(store, Asked(years[:1]), one))[0],
        "english_page_s": _timed(lambda: _page(store, english, one))[0],
        "poster_page_s": _timed(lambda: _page(store, poster, one))[0],
    }
    drawn, deck = _timed(lambda: whole_deck(store, Asked(years)))
    powerpoint, content = _timed(lambda: pptx(deck))
    figures |= {
        "pages": len(deck.pages),
        "deck_s": drawn,
        "pptx_s": powerpoint,
        "pdf_s": _timed(lambda: pdf(deck))[0],
        "png_s": _timed(lambda: png(deck.pages[1], language=deck.language))[0],
        "naive_pptx_s": _timed(lambda: _point_by_point(deck))[0],
    }
    return figures | _by_office(content)


def _page(store: Store, asked: Asked, sheet: Sheet) -> str:
    return svg(sheet_pages(store, asked, sheet)[0], language=asked.language)


def _point_by_point(deck: Deck) -> bytes:
    """Areas and texts alone: fewer marks than ours."""
    show = Presentation()
    for page in deck.pages:
        slide = show.slides.add_slide(show.slide_layouts[BLANK_LAYOUT])
        for mark in page.marks:
            if isinstance(mark, Shape):
                for ring in mark.rings:
                    builder = slide.shapes.build_freeform(Pt(ring[0][0]), Pt(ring[0][1]))
                    builder.add_line_segments([(Pt(x), Pt(y)) for x, y in ring[1:]])
                    builder.convert_to_shape()
            elif isinstance(mark, Text):
                box = slide.shapes.add_textbox(
                    *map(Pt, (mark.at.x, mark.at.y, mark.at.width, mark.at.height))
                )
                box.text_frame.text = "\n".join("".join(run.text for run in p.runs) for p in mark.paragraphs)
    written = io.BytesIO()
    show.save(written)
    return written.getvalue()


def _by_office(content: bytes) -> dict[str, float]:
    """LibreOffice's time for our PowerPoint file, without its first start; nothing where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "deck.pptx"
        file.write_bytes(content)
        command = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        command += ["--outdir", folder, str(file)]

        def convert() -> None:
            subprocess.run(command, check=True, capture_output=True, timeout=OFFICE_LIMIT_S)

        convert()
        return {"office_pdf_s": _timed(convert)[0]}


def _timed(work: Callable[[], Drawn]) -> tuple[float, Drawn]:
    began = time.perf_counter()
    done = work()
    return round(time.perf_counter() - began, 3), done
