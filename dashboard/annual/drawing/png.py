"""Pages as PNG for documents that take pictures only, with the resolution written in, so that they come in at their true size."""

import struct
import zlib
from datetime import date

from dashboard.annual.drawing.typesetting import typeset
from dashboard.annual.marks import Deck, Page

INCHES_PER_METRE = 1 / 0.0254
HEAD_BYTES = 8 + 25
"""The signature of a PNG and its first chunk, IHDR; pHYs has to stand before the pixels."""


def png(page: Page, *, language: str, dpi: int = 300) -> bytes:
    """Return the page as a PNG of `dpi` dots per inch; the same page gives the same bytes.

    Raises:
        FontsMissingError: the fonts have not been brought yet.
    """
    deck = Deck(page.title, language, date.min, (page,))
    drawn = typeset(deck, "png", dpi=dpi)
    return drawn[:HEAD_BYTES] + _resolution(dpi) + drawn[HEAD_BYTES:]


def _resolution(dpi: int) -> bytes:
    dots = round(dpi * INCHES_PER_METRE)
    chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)  # 1: the unit is the metre
    return struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk))
