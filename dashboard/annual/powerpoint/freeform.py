"""Rings and polylines as custom geometry, written in one go: a national map has ten thousand points."""

from collections.abc import Sequence

from shapely import Polygon, contains_xy

from dashboard.annual.marks import Point, Rect, Ring
from dashboard.annual.powerpoint.elements import Xml, element, emu


def freeform(rings: Sequence[Ring], at: Rect, sites: Sequence[Point] = (), *, is_closed: bool = True) -> Xml:
    """Return a geometry of `rings` within `at`; an open one is a line without fill.

    The rings are one path, which is filled by the even-odd rule; holes run against their outlines as well, so that a program
    that goes by the winding leaves them free too.
    """
    left, top, width, height = emu(at.x), emu(at.y), emu(at.width), emu(at.height)
    drawn = wound(rings) if is_closed else rings
    path = Xml("".join(_ring(ring, left, top, is_closed=is_closed) for ring in drawn))
    placed = [(emu(x) - left, emu(y) - top) for x, y in sites]
    return element(
        "a:custGeom",
        element("a:avLst"),
        element("a:gdLst", *_guides(placed, width, height)),
        element("a:ahLst"),
        element("a:cxnLst", *(_site(number) for number in range(len(placed)))),
        element("a:rect", l="l", t="t", r="r", b="b"),
        element(
            "a:pathLst",
            element("a:path", path, w=width, h=height, fill=None if is_closed else "none"),
        ),
    )


def wound(rings: Sequence[Ring]) -> list[Ring]:
    """Return the rings with outlines clockwise on the page and holes counter-clockwise."""
    areas = [Polygon(ring) for ring in rings]
    return [
        ring if (_is_clockwise(ring) ^ _is_hole(areas, number)) else ring[::-1]
        for number, ring in enumerate(rings)
    ]


def _is_hole(areas: Sequence[Polygon], number: int) -> bool:
    """Whether an odd number of other rings lie round this one."""
    left, top, right, bottom = areas[number].bounds
    others = (
        other
        for other in areas
        if other.bounds[0] < left
        and other.bounds[1] < top
        and other.bounds[2] > right
        and other.bounds[3] > bottom
    )
    x, y = areas[number].exterior.coords[0]
    return sum(bool(contains_xy(other, x, y)) for other in others) % 2 == 1


def _is_clockwise(ring: Ring) -> bool:
    """The page's y runs downwards, which turns the sign of the area round."""
    following = ring[1:] + ring[:1]
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, following, strict=True)) > 0


def _ring(ring: Ring, left: int, top: int, *, is_closed: bool) -> str:
    """Strings alone: an object per point would take the greater part of the time that a deck takes."""
    points = [f'<a:pt x="{emu(x) - left}" y="{emu(y) - top}"/>' for x, y in ring]
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in points[1:])
    return f"<a:moveTo>{points[0]}</a:moveTo>{lines}{'<a:close/>' if is_closed else ''}"


def _guides(placed: Sequence[tuple[int, int]], width: int, height: int) -> list[Xml]:
    """Sites are formulas, so that they stay in place when the shape is made larger."""
    made: list[Xml] = []
    for number, (x, y) in enumerate(placed):
        made += [
            element("a:gd", name=f"siteX{number}", fmla=f"*/ {x} w {max(width, 1)}"),
            element("a:gd", name=f"siteY{number}", fmla=f"*/ {y} h {max(height, 1)}"),
        ]
    return made


def _site(number: int) -> Xml:
    return element("a:cxn", element("a:pos", x=f"siteX{number}", y=f"siteY{number}"), ang=0)
