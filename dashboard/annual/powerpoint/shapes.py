"""Areas, rectangles, lines and text boxes as shapes of a slide."""

from collections.abc import Sequence

from dashboard.annual.marks import Box, Line, Point, Rect, Shape, Text
from dashboard.annual.powerpoint.elements import NOTHING, Xml, element, emu
from dashboard.annual.powerpoint.freeform import freeform
from dashboard.annual.powerpoint.ink import fill, line
from dashboard.annual.powerpoint.sites import bounds, drawable
from dashboard.annual.powerpoint.text import body, frame

LONGEST_NAME = 255
"""Signs of a shape's name: more is of no use to anybody who looks for it in a list."""
DECORATIVE = {
    "uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}",
    "xmlns": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
"""The extension that marks what a screen reader passes over (MS-ODRAWXML 2.26.3)."""

Ends = tuple[tuple[int, int] | None, tuple[int, int] | None]
"""What the two ends of a connector are glued to: id of a shape and number of its site."""


def named(number: int, name: str, *, alt: str = "", is_decorative: bool = False) -> Xml:
    """Return what a shape is called, and what is read aloud in its place."""
    inner = NOTHING
    if is_decorative:
        sign = element("adec:decorative", **{"xmlns:adec": DECORATIVE["xmlns"], "val": 1})
        inner = element("a:extLst", element("a:ext", sign, uri=DECORATIVE["uri"]))
    return element("p:cNvPr", inner, id=number, name=name[:LONGEST_NAME], descr=alt or None)


def placed(at: Rect, *, name: str = "a:xfrm", **turned: bool | None) -> Xml:
    """Return where a shape stands; `turned`: flipH, flipV, as a line needs them that runs to the left or upwards."""
    corner = element("a:off", x=emu(at.x), y=emu(at.y))
    return element(name, corner, element("a:ext", cx=emu(at.width), cy=emu(at.height)), **turned)


def area(mark: Shape, number: int, sites: Sequence[Point] = ()) -> Xml:
    """Return a freeform, or nothing where no ring has three points."""
    rings = drawable(mark.rings)
    if not rings:
        return NOTHING
    at = bounds(rings)
    looks = (placed(at), freeform(rings, at, sites), fill(mark.ink), line(mark.ink))
    return _shape(named(number, mark.name, alt=mark.alt, is_decorative=not mark.alt), *looks)


def rectangle(mark: Box, number: int, sites: Sequence[Point] = ()) -> Xml:
    """Return a rectangle; with sites of its own, it is a freeform of four points."""
    at = mark.at
    corners = ((at.x, at.y), (at.right, at.y), (at.right, at.bottom), (at.x, at.bottom))
    geometry = freeform([corners], at, sites) if sites else _rectangle()
    looks = (placed(at), geometry, fill(mark.ink), line(mark.ink, is_sharp=True))
    return _shape(named(number, mark.name, alt=mark.alt, is_decorative=not mark.alt), *looks)


def stroke(mark: Line, number: int, ends: Ends = (None, None)) -> Xml:
    """Return a connector between two points, or a freeform without fill through more."""
    if len(mark.points) < 2:
        return NOTHING
    at = bounds([mark.points])
    called = named(number, mark.name, is_decorative=True)
    if len(mark.points) > 2:
        path = freeform([mark.points], at, is_closed=False)
        return _shape(called, placed(at), path, element("a:noFill"), line(mark.ink))
    (x, y), (u, v) = mark.points
    glue = (
        element(name, id=end[0], idx=end[1])
        for name, end in zip(("a:stCxn", "a:endCxn"), ends, strict=True)
        if end
    )
    box = placed(at, flipH=True if u < x else None, flipV=True if v < y else None)
    straight = element("a:prstGeom", element("a:avLst"), prst="straightConnector1")
    kind = element("p:nvCxnSpPr", called, element("p:cNvCxnSpPr", *glue), element("p:nvPr"))
    return element("p:cxnSp", kind, element("p:spPr", box, straight, line(mark.ink)))


def text_box(mark: Text, number: int, language: str, *, is_title: bool) -> Xml:
    """Return a text box, or the title of the slide."""
    written = body(mark.paragraphs, language, frame(mark), is_wrapped=mark.is_wrapped)
    called = named(number, mark.name)
    if is_title:
        return _title(called, placed(mark.at), written)
    looks = (placed(mark.at), _rectangle(), element("a:noFill"), element("a:ln", element("a:noFill")))
    return _shape(called, *looks, written=written)


def _title(called: Xml, at: Xml, written: Xml) -> Xml:
    kept = element("p:cNvSpPr", element("a:spLocks", noGrp=1))
    kind = element("p:nvSpPr", called, kept, element("p:nvPr", element("p:ph", type="title")))
    return element("p:sp", kind, element("p:spPr", at), written)


def _shape(called: Xml, *looks: Xml, written: Xml | None = None) -> Xml:
    kept = element("p:cNvSpPr", txBox=1 if written else None)
    kind = element("p:nvSpPr", called, kept, element("p:nvPr"))
    return element("p:sp", kind, element("p:spPr", *looks), written or NOTHING)


def _rectangle() -> Xml:
    return element("a:prstGeom", element("a:avLst"), prst="rect")
