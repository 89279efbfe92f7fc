"""Names beside points: where each may stand so that none covers another name or a point. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, hypot, radians, sin
from unicodedata import east_asian_width

LINE_PX = 18.0
POINT_PX = 9.0
"""Half the side of the square around a point that no other name may touch."""
REACH_PX = (12.0, 26.0, 44.0, 66.0)
BEARINGS = (0, 180, -90, 90, -40, 40, -140, 140)
"""Directions tried in turn, degrees clockwise from the right: beside the point before above and below it."""
GRID_PX = 12
NARROW_LETTER = 0.62
"""Width of a Latin letter or digit in parts of the type size; a Japanese letter is as wide as the type is high."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    def touches(self, other: "Box") -> bool:
        """Whether two rectangles share any of their area."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other rectangle lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.left + other.width <= self.left + self.width
            and other.top + other.height <= self.top + self.height
        )

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the rectangle that is nearest to another point."""
        return min(max(x, self.left), self.left + self.width), min(max(y, self.top), self.top + self.height)


def text_width(text: str, size_px: float) -> float:
    """Return about how wide a line of text is, rather too wide than too narrow."""
    letters = sum(1.0 if east_asian_width(letter) in "WFA" else NARROW_LETTER for letter in text)
    return letters * size_px


def placed(points: Sequence[tuple[float, float]], widths: Sequence[float], inside: Box) -> list[Box]:
    """Return a box for each point's name, in their order: inside, over no point and no other name.

    Near the point where there is room, else the nearest free spot of the plot; over something only where all is full.
    """
    marks = [Box(x - POINT_PX, y - POINT_PX, 2 * POINT_PX, 2 * POINT_PX) for x, y in points]
    boxes: list[Box] = []
    for (x, y), width in zip(points, widths, strict=True):
        spots = (Box(*spot, width, LINE_PX) for spot in _spots(x, y, width, inside))
        first = Box(min(max(x, inside.left), inside.left + inside.width - width), y, width, LINE_PX)
        taken = [*marks, *boxes]
        free = (spot for spot in spots if inside.holds(spot) and not any(map(spot.touches, taken)))
        boxes.append(next(free, first))
    return boxes


def _spots(x: float, y: float, width: float, inside: Box) -> Iterator[tuple[float, float]]:
    """Left and top of every place that is tried, the preferred ones first."""
    for reach, bearing in product(REACH_PX, BEARINGS):
        across, down = cos(radians(bearing)), sin(radians(bearing))
        middle = x + across * (reach + width / 2), y + down * (reach + LINE_PX / 2)
        yield middle[0] - width / 2, middle[1] - LINE_PX / 2
    columns = range(int(inside.left), int(inside.left + inside.width - width) + 1, GRID_PX)
    rows = range(int(inside.top), int(inside.top + inside.height - LINE_PX) + 1, GRID_PX)
    yield from sorted(
        product(map(float, columns), map(float, rows)),
        key=lambda spot: hypot(spot[0] + width / 2 - x, spot[1] + LINE_PX / 2 - y),
    )
