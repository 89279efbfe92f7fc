"""Drawing XML as strings that cannot break: every attribute and every text is cleaned and escaped on its way in."""

import re
from functools import lru_cache
from typing import NewType
from xml.sax.saxutils import escape, quoteattr

from dashboard.annual.drawing.clean_text import clean

Xml = NewType("Xml", str)
"""Well-formed XML, made by the functions of this module alone."""

EMU_PER_POINT = 12_700
"""English metric units in a point (ECMA-376 part 1, 20.1.2.1)."""

NAMESPACES = {
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "xmlns:p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
ILLEGAL = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF."""


def emu(points: float) -> int:
    """Return points in English metric units.

    >>> emu(960)
    12192000
    """
    return round(points * EMU_PER_POINT)


@lru_cache(maxsize=4096)
def legal(written: str) -> str:
    """Return text as it may stand in the file: on one line, without signs that are never seen or that XML cannot hold.

    >>> legal("甲市" + chr(10) + "乙市" + chr(0))
    '甲市 乙市'
    """
    return ILLEGAL.sub("", clean(written))


def text(written: str) -> Xml:
    """Return `written` as the content of an element."""
    return Xml(escape(legal(written)))


def element(tag: str, /, *children: Xml, **attributes: object) -> Xml:
    """Return an element; an attribute of None is left out, a truth value is written 1 or 0."""
    shown = "".join(
        f" {key}={quoteattr(_value(value))}" for key, value in attributes.items() if value is not None
    )
    return Xml(f"<{tag}{shown}>{''.join(children)}</{tag}>" if children else f"<{tag}{shown}/>")


def root(tag: str, /, *children: Xml, **attributes: object) -> Xml:
    """Return an element that declares the namespaces of drawings, charts and slides."""
    return element(tag, *children, **NAMESPACES, **attributes)


def joined(*parts: Xml) -> Xml:
    """Return elements that follow each other."""
    return Xml("".join(parts))


NOTHING = Xml("")


def _value(value: object) -> str:
    if isinstance(value, str):
        return legal(value)
    return str(int(value)) if isinstance(value, bool) else str(value)
