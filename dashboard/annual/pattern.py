"""Patterns that fill areas where colour is missing or not seen: small tiles, so that a small island still shows one."""

from dataclasses import dataclass

from dashboard.annual.marks import Pattern, Point


@dataclass(frozen=True, slots=True)
class Tile:
    """A square that is repeated, its `side` in points: a path that is stroked, or the middles of dots."""

    side: float
    stroke: float = 0.0
    strokes: str = ""
    radius: float = 0.0
    dots: tuple[Point, ...] = ()


TILES = {
    # The diagonals are drawn beyond the corners: without that every tile would show a notch.
    Pattern.HATCH: Tile(4, stroke=0.8, strokes="M-1,1L1,-1M0,4L4,0M3,5L5,3"),
    Pattern.CROSS: Tile(4, stroke=0.6, strokes="M0,2H4M2,0V4"),
    Pattern.DOTS: Tile(4, radius=0.7, dots=((1, 1), (3, 3))),
}
