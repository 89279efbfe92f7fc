"""The PDF of a deck: every word in it as text, our fonts embedded, tagged, and nothing that acts."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from dashboard.annual.drawing.clean_text import clean
from dashboard.annual.drawing.font_signs import drawable
from dashboard.annual.drawing.pdf import pdf
from dashboard.annual.drawing.plain_marks import plain
from dashboard.annual.marks import Text
from dashboard.print_fonts import font_folder
from tests.dashboard.annual.every_mark import HOSTILE, TITLE, chart, deck, hostile_page, page, table


@pytest.fixture(scope="module")
def made(bundle: None) -> bytes:
    return pdf(deck(page(), hostile_page()))


@pytest.fixture
def document(made: bytes) -> Iterator[pypdfium2.PdfDocument]:
    opened = pypdfium2.PdfDocument(made)
    yield opened
    opened.close()


def structure(sheet: pypdfium2.PdfPage) -> list[tuple[str, str]]:
    """Return kind and alternative text of everything that a page's tags name."""
    tree = pdfium.FPDF_StructTree_GetForPage(sheet.raw)

    def below(element: Any) -> Iterator[tuple[str, str]]:
        yield (
            told(pdfium.FPDF_StructElement_GetType, element),
            told(pdfium.FPDF_StructElement_GetAltText, element),
        )
        for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, place):
                yield from below(child)

    roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
    found = [entry for root in roots for entry in below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, root))]
    pdfium.FPDF_StructTree_Close(tree)
    return found


def told(asked: Callable[..., int], element: Any) -> str:
    """Return a text that PDFium writes into a buffer as UTF-16."""
    room = ctypes.create_string_buffer(asked(element, None, 0))
    asked(element, room, len(room))
    return room.raw.decode("utf-16-le").rstrip("\0")


def squeezed(text: str) -> str:
    """Return text without blanks and line ends, which an extraction may set where lines end."""
    return re.sub(r"\s", "", text)


def words_of(document: pypdfium2.PdfDocument, place: int) -> str:
    return squeezed(document[place].get_textpage().get_text_range())


def test_every_word_of_every_mark_is_there_as_text(document: pypdfium2.PdfDocument) -> None:
    found = words_of(document, 0)
    parts = (part for mark in page().marks for part in plain(mark))
    told = [run.text for part in parts if isinstance(part, Text) for p in part.paragraphs for run in p.runs]
    assert len(told) > 40
    assert [text for text in told if squeezed(text) not in found] == []


def test_hostile_words_stay_words_and_what_the_font_lacks_is_a_printers_mark(
    document: pypdfium2.PdfDocument,
) -> None:
    found = words_of(document, 1)
    told = [drawable(clean(text), font_folder()) for text in HOSTILE]
    assert [text for text in told if squeezed(text) not in found] == []
    assert "〓" in "".join(told)
    assert "長い" * 5000 in found


def test_it_is_tagged_and_tells_title_and_language(document: pypdfium2.PdfDocument, made: bytes) -> None:
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_dict()["Title"] == deck().title
    assert re.search(rb"/Lang\s*\(ja", made)
    assert re.search(rb"<pdfuaid:part>1<", made)
    assert [entry.get_title() for entry in document.get_toc()] == [TITLE, HOSTILE[0]]


def test_only_our_fonts_are_used_and_all_are_embedded(made: bytes) -> None:
    names = set(re.findall(rb"/BaseFont\s*/([\w+-]+)", made))
    assert {name.partition(b"+")[2].split(b"-Identity")[0] for name in names} == {
        b"NotoSansJP-Regular",
        b"NotoSansJP-Bold",
    }
    assert made.count(b"/FontFile") >= 2


def test_it_neither_acts_nor_leads_outside(made: bytes) -> None:
    assert not re.search(rb"/(?:JavaScript|JS|URI|Launch|OpenAction|EmbeddedFile|SubmitForm|GoToR)\b", made)


def test_the_same_deck_gives_the_same_bytes_on_the_day_of_the_build(made: bytes) -> None:
    assert pdf(deck(page(), hostile_page())) == made
    assert b"D:20260528" in made


@pytest.mark.usefixtures("bundle")
def test_a_deck_without_pages_or_words_is_still_a_document() -> None:
    bare = replace(page(), marks=(), alt="")
    assert pdf(deck(bare)).startswith(b"%PDF")
    assert pdf(replace(deck(), pages=())).startswith(b"%PDF")


def test_who_does_not_see_the_page_is_told_its_picture_heading_and_paragraphs(
    document: pypdfium2.PdfDocument,
) -> None:
    told = list(structure(document[0]))
    assert [alt for kind, alt in told if kind == "Figure"] == [f"{page().alt} {table().alt} {chart().alt}"]
    assert [kind for kind, _ in told].count("H1") == 1
    assert [kind for kind, _ in told].count("P") > 20


def test_a_table_is_told_by_rows_under_its_headings(document: pypdfium2.PdfDocument) -> None:
    kinds = [kind for kind, _ in structure(document[0])]
    assert [kinds.count(kind) for kind in ("Table", "TR", "TH", "TD")] == [1, 5, 3, 12]


@pytest.mark.usefixtures("bundle")
def test_a_table_may_have_rows_of_any_length() -> None:
    ragged = replace(table(), rows=((), table().rows[0][:2], table().rows[1]))
    for rows in ((), ragged.rows[:1], ragged.rows):
        assert pdf(deck(replace(page(), marks=(replace(ragged, rows=rows),)))).startswith(b"%PDF")
