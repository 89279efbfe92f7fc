"""Rings and polylines as custom geometry, written in one go: a national map has ten thousand points."""

from collections.abc import Sequence

import numpy as np
from shapely import Polygon, contains_xy

from dashboard.annual.marks import Point, Rect, Ring
from dashboard.annual.powerpoint.elements import Xml, element, emu
from dashboard.annual.powerpoint.sites import bounds


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
    holes = _holes(rings)
    return [
        ring if _is_clockwise(ring) ^ (number in holes) else ring[::-1] for number, ring in enumerate(rings)
    ]


def _holes(rings: Sequence[Ring]) -> set[int]:
    """Return the numbers of the rings that an odd number of others lie round; a coast has hundreds, hardly any in another."""
    first = np.array([ring[0] for ring in rings])
    boxes = np.array([_box(ring) for ring in rings])
    round_it = np.zeros(len(rings), dtype=int)
    for outer, box in enumerate(boxes):
        inner = np.flatnonzero((box < boxes).all(axis=1))
        if inner.size:
            round_it[inner] += contains_xy(Polygon(rings[outer]), first[inner])
    return {int(number) for number in np.flatnonzero(round_it % 2)}


def _box(ring: Ring) -> tuple[float, float, float, float]:
    """Left, top, right and bottom; the latter turned round, so that a box that lies inside another is greater in all."""
    at = bounds([ring])
    return at.x, at.y, -at.right, -at.bottom


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
