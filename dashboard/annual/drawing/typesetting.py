"""What the template `page.typ` sets, and the call of Typst: what goes in is numbers and strings, never markup."""

import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from dashboard.annual.drawing.clean_text import clean
from dashboard.annual.drawing.font_signs import drawable
from dashboard.annual.drawing.page_layers import Layer, layers
from dashboard.annual.drawing.plain_marks import cell_texts
from dashboard.annual.drawing.svg import picture
from dashboard.annual.drawing.text_lines import SHARE, PlacedLine, placed_paragraphs
from dashboard.annual.marks import Chart, Deck, Page, Role, Run, Table, Text
from dashboard.print_fonts import FAMILY, font_folder

TEMPLATE = (Path(__file__).parent / "page.typ").read_bytes()
SQUEEZED = "、。，．・：；？！（）［］｛｝〈〉《》「」『』【】〔〕"
BETWEEN_SQUEEZED = re.compile(f"(?<=[{SQUEEZED}])(?=[{SQUEEZED}])")
"""Where a typesetter would close up two brackets; ours, like the layout, gives each of them one em."""
Data = dict[str, Any]


def typeset(
    deck: Deck, kind: Literal["pdf", "png"], *, dpi: float = 72, made: datetime | None = None
) -> bytes:
    """Return the deck as a PDF (PDF/UA-1, dated `made`), or its only page as a PNG of `dpi`.

    Raises:
        FontsMissingError: the fonts have not been brought yet.
    """
    folder = font_folder()
    told = json.dumps(_deck(deck, folder), ensure_ascii=False)
    with TemporaryDirectory() as nothing:  # the only folder that Typst may read: it is empty
        typesetter = typst.Compiler(
            TEMPLATE,
            root=nothing,
            font_paths=_fonts(folder),
            sys_inputs={"deck": told},
            package_path=nothing,
            package_cache_path=nothing,
        )
        standards: list[typst.PDFStandard] = ["ua-1"] if kind == "pdf" else []
        done = typesetter.compile(format=kind, ppi=dpi, pdf_standards=standards, timestamp=made)
    if not isinstance(done, bytes):
        raise TypeError("more than one page for a format of one page")
    return done


@lru_cache(maxsize=1)
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _deck(deck: Deck, fonts: Path) -> Data:
    return {
        "title": drawable(clean(deck.title), fonts),
        "language": deck.language,
        "family": FAMILY,
        "pages": [_page(page, fonts) for page in deck.pages],
    }


def _page(page: Page, fonts: Path) -> Data:
    found = [_layer(layer, page, fonts) for layer in layers(page.marks)]
    first = next((layer for layer in found if layer["svg"]), None)
    if first:
        # One picture speaks for the page; what lies over it is decoration to a reader who does not see.
        told = [page.alt or page.title, *(mark.alt for mark in page.marks if isinstance(mark, Table | Chart))]
        first["alt"] = " ".join(clean(alt) for alt in told if alt) or "–"
    return {"width": page.width, "height": page.height, "layers": found}


def _layer(layer: Layer, page: Page, fonts: Path) -> Data:
    drawn = picture(layer.drawn, page.width, page.height) if layer.drawn else None
    # The heading first: that is where reading begins.
    ordered = sorted(layer.words, key=lambda words: getattr(words, "role", None) is not Role.TITLE)
    return {"svg": drawn, "alt": None, "words": [_words(words, fonts) for words in ordered]}


def _words(words: Text | Table, fonts: Path) -> Data:
    return _table(words, fonts) if isinstance(words, Table) else _text(words, fonts)


def _table(table: Table, fonts: Path) -> Data:
    """Rows of cells: who does not see the table can go from a heading to a number."""
    rows = [[_text(text, fonts) for text in texts] for texts in cell_texts(table)]
    return {
        "x": table.at.x,
        "y": table.at.y,
        "widths": list(table.widths),
        "row_height": table.row_height,
        "rows": rows,
    }


def _text(text: Text, fonts: Path) -> Data:
    placed = [[line for line in lines if line.runs] for lines in placed_paragraphs(text)]
    paragraphs = [_paragraph(lines, fonts) for lines in placed if lines]
    told = " ".join("".join(run.text for line in lines for run in line.runs) for lines in placed if lines)
    is_title = text.role is Role.TITLE and bool(told)
    return {"heading": drawable(told, fonts) if is_title else None, "paragraphs": paragraphs}


def _paragraph(lines: list[PlacedLine], fonts: Path) -> Data:
    first = lines[0]
    return {
        "x": first.x,
        "baseline": first.baseline,
        "share": SHARE[first.align],
        "pitch": lines[1].baseline - first.baseline if len(lines) > 1 else 0,
        "lines": [[_run(run, fonts) for run in line.runs] for line in lines],
    }


def _run(run: Run, fonts: Path) -> Data:
    return {
        "size": run.size,
        "weight": 700 if run.is_bold else 400,
        "colour": run.colour,
        "parts": BETWEEN_SQUEEZED.split(drawable(run.text, fonts)),
    }
