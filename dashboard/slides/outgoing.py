"""Pages as files: one function from pages to bytes for each format, and what a file is called.

Free of the screen: the page and the command write the same files.
"""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dashboard.annual.asked import Asked
from dashboard.annual.drawing.pdf import pdf
from dashboard.annual.drawing.png import png
from dashboard.annual.drawing.svg import svg
from dashboard.annual.marks import Deck, Page
from dashboard.annual.powerpoint import pptx
from dashboard.closed_lists import Colouring, Language, Outgoing, PaperKind
from dashboard.slides.asking import Sheet

DPI = 300
"""Dots per inch of pictures: what print shops ask for."""
EARLIEST = (1980, 1, 1)
"""The first day that a ZIP can hold."""
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")

Written = Callable[[str], None]
"""Told which page is being drawn, before it is drawn."""


def silent(_title: str) -> None:
    """Tell nobody."""


def whole(deck: Deck, form: Outgoing) -> bytes:
    """Return a deck as one PowerPoint or PDF file."""
    return {Outgoing.PPTX: pptx, Outgoing.PDF: pdf}[form](deck)


def single(page: Page, deck: Deck, form: Outgoing) -> bytes:
    """Return one page as a picture: PNG or SVG."""
    if form == Outgoing.PNG:
        return png(page, language=deck.language, dpi=DPI)
    return svg(page, language=deck.language).encode()


IS_PICTURE = frozenset({Outgoing.PNG, Outgoing.SVG})
"""Formats of one page a file."""
IS_LIST = frozenset({Outgoing.XLSX, Outgoing.CSV})
"""Formats of the list that the pages show."""


def pictures(deck: Deck, form: Outgoing, tell: Written = silent) -> dict[str, bytes]:
    """Return each page as a picture by the name of its file, in the order of the deck: 01_cover.png."""
    digits = max(2, len(str(len(deck.pages))))
    found = {}
    for number, page in enumerate(deck.pages, start=1):
        tell(page.title)
        name = _NOT_IN_A_NAME.sub("-", page.key).strip("-.") or "page"
        found[f"{number:0{digits}}_{name}.{form}"] = single(page, deck, form)
    return found


def packed(files: Mapping[str, bytes], deck: Deck) -> bytes:
    """Return files as one ZIP; they bear the day of the build, so that the same pages give the same bytes."""
    day = max((deck.made_on.year, deck.made_on.month, deck.made_on.day), EARLIEST)
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, (*day, 0, 0, 0)), content, ZIP_DEFLATED)
    return written.getvalue()


def file_of(deck: Deck, form: Outgoing, tell: Written = silent) -> bytes:
    """Return pages as one file: several pictures as a ZIP."""
    if form not in IS_PICTURE:
        return whole(deck, form)
    found = pictures(deck, form, tell)
    return packed(found, deck) if len(found) > 1 else next(iter(found.values()))


def ending(form: Outgoing, pages: int) -> str:
    """Return the ending of the file of so many pages."""
    return "zip" if form in IS_PICTURE and pages > 1 else str(form)


def stem(asked: Asked, sheet: Sheet | None) -> str:
    """Return the name of a file without its ending: ibasho-atlas_slides_2022-2024_kinki_deck, …_2022_japan_map."""
    is_map = sheet is not None and sheet.year is not None
    what = "deck" if sheet is None else "map" if is_map else sheet.kind.replace("_", "-")
    years = str(sheet.year) if sheet and is_map else "-".join(map(str, asked.years))
    place = asked.area or asked.block or "japan"
    look = [
        "" if asked.language == Language.JA else str(asked.language),
        "" if asked.colouring == Colouring.COLOUR else str(asked.colouring),
        "" if asked.paper == PaperKind.SLIDE else str(asked.paper),
    ]
    return "_".join(filter(None, ["ibasho-atlas", "slides", years, str(place), what, *look]))
