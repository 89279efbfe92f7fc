"""Which signs the typeface of print has: what it lacks would be an empty box, and no PDF that claims to be accessible."""

import re
import struct
from functools import lru_cache
from pathlib import Path

from dashboard.print_fonts import REGULAR

GETA = "〓"
"""Printers' mark for a sign that no type was at hand for."""
VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Selectors of a variant: drawn as the plain sign where the font has no such variant."""


def drawable(text: str, folder: Path) -> str:
    """Return `text` with 〓 for every sign that the font in `folder` lacks.

    Raises:
        OSError, ValueError: the font cannot be read.
    """
    known = _signs(folder / REGULAR)
    return "".join(sign if ord(sign) in known or VARIANTS.match(sign) else GETA for sign in text)


@lru_cache(maxsize=2)
def _signs(font: Path) -> frozenset[int]:
    """Read the code points of a TrueType font: the groups of a subtable of format 12 in its table `cmap`."""
    body = font.read_bytes()
    (count,) = struct.unpack_from(">H", body, 4)
    tables = dict(struct.unpack_from(">4s4xI", body, 12 + 16 * place) for place in range(count))
    cmap = tables[b"cmap"]
    (subtables,) = struct.unpack_from(">2xH", body, cmap)
    for place in range(subtables):
        (offset,) = struct.unpack_from(">4xI", body, cmap + 4 + 8 * place)
        if struct.unpack_from(">H", body, cmap + offset)[0] == 12:
            return _groups(body, cmap + offset)
    raise ValueError(f"{font.name}: no character map of format 12")


def _groups(body: bytes, start: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">I", body, start + 12)
    spans = (struct.unpack_from(">II", body, start + 16 + 12 * place) for place in range(count))
    return frozenset(code for first, last in spans for code in range(first, last + 1))
