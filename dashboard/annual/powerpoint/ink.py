"""Fill and line of a mark as DrawingML."""

from dashboard.annual.marks import TEXT_COLOUR, Ink, Pattern
from dashboard.annual.powerpoint.elements import Xml, element, emu

PRESETS = {Pattern.HATCH: "wdUpDiag", Pattern.CROSS: "lgGrid", Pattern.DOTS: "pct25"}
"""The patterns of DrawingML (ST_PresetPatternVal) that come nearest to slanted lines, a grid and dots.

LibreOffice knows no dots: pct25 becomes crossed slanted lines there, which still differ from the other two; pct20 does not.
"""
PAPER = "#FFFFFF"


def colour(written: str) -> Xml:
    """Return "#RRGGBB" as a colour."""
    return element("a:srgbClr", val=written.removeprefix("#").upper())


def solid(written: str) -> Xml:
    """Return an even fill."""
    return element("a:solidFill", colour(written))


def fill(ink: Ink) -> Xml:
    """Return how an area is filled; a pattern has the colour of the line on the colour of the fill."""
    if ink.pattern is not Pattern.PLAIN:
        front = element("a:fgClr", colour(ink.line or TEXT_COLOUR))
        return element(
            "a:pattFill", front, element("a:bgClr", colour(ink.fill or PAPER)), prst=PRESETS[ink.pattern]
        )
    return solid(ink.fill) if ink.fill else element("a:noFill")


def line(ink: Ink, *, is_sharp: bool = False, name: str = "a:ln") -> Xml:
    """Return how a line is drawn; `is_sharp`: corners are mitred, as those of a sign are. A side of a cell has its own name."""
    if not ink.line:
        return element(name, element("a:noFill"))
    dash = element("a:prstDash", val="dash" if ink.is_dashed else "solid")
    corner = element("a:miter", lim=800000) if is_sharp else element("a:round")
    return element(name, solid(ink.line), dash, corner, w=emu(ink.width))
