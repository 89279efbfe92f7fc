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


SIDE, STEP = 24, 4
"""Viewers round a tile to whole pixels: a large tile of narrow steps keeps the pattern even where pixels are coarse."""
TILES = {
    # Strokes go beyond the corners: without that every tile would show a notch.
    Pattern.HATCH: Tile(
        SIDE, stroke=0.6, strokes="".join(f"M{c + 1},-1L-1,{c + 1}" for c in range(0, 2 * SIDE + 1, STEP))
    ),
    Pattern.CROSS: Tile(
        SIDE, stroke=0.5, strokes="".join(f"M0,{c}H{SIDE}M{c},0V{SIDE}" for c in range(STEP // 2, SIDE, STEP))
    ),
    Pattern.DOTS: Tile(
        SIDE,
        radius=0.7,
        dots=tuple(
            (float(x + shift), float(y + shift))
            for x in range(1, SIDE, STEP)
            for y in range(1, SIDE, STEP)
            for shift in (0, STEP // 2)
        ),
    ),
}
