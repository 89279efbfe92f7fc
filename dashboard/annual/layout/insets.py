"""Boxes for far islands: how large they are and where the page is empty enough for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from dashboard.annual.layout.islands import Extent
from dashboard.annual.marks import Align, Rect

PAD = 5.0
"""Points between a box's frame and its land."""
ROOM = 4.0
"""Points that a box keeps from land and from other boxes."""
MOST_WIDTH, MOST_HEIGHT = 0.27, 0.42
"""Shares of the frame that a box may take; a larger one is drawn at a smaller scale than the map."""
SMALLER, SMALLEST = 0.85, 0.3
SOUTH_WEST = ("amami", "okinawa", "nansei", "sakishima", "tsushima", "danjo", "takeshima")


Map = tuple[Rect, float]
"""The frame of the page and the scale of the main map, points a kilometre."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A box: `at` its frame; `scale` 1.0 where it has the scale of the map, 0.5 where lengths in it are half as long."""

    key: str
    at: Rect
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Needed:
    """What a box has to hold: its land (kilometres), its heading, and a column of labels (points).

    `said`: how much wider the heading is where it says the box's scale.
    """

    key: str
    extent: Extent
    heading: tuple[float, float]
    said: float
    column_width: float
    column_height: float


@dataclass(frozen=True, slots=True)
class Stand:
    """A box and, on its inner `side`, the column of its labels; `whole` holds both."""

    inset: Inset
    column: Rect
    whole: Rect
    side: Align


def stands(
    needed: Sequence[Needed],
    frame: Rect,
    scale: float,
    *,
    most: float,
    land: Sequence[Any],
    slots: Sequence[Rect],
) -> tuple[Stand, ...]:
    """Return where the boxes stand: in corners, off the land, where they cost the fewest `slots` of labels.

    Args:
        needed: the largest is placed first.
        frame: what they stand in.
        scale: points a kilometre of the map.
        most: share of the usual size that they may have, where labels need the room.
        land: polygons on the page.
        slots: boxes that labels of the main map may want.
    """
    placed: list[Stand] = []
    sea = shapely.STRtree([*land])
    for need in sorted(needed, key=_area, reverse=True):
        share = most * min(1.0, _share(need, frame, scale))
        placed.append(_stand(need, (frame, scale), share, sea, (placed, slots)))
    return tuple(placed)


def _stand(
    need: Needed, map_: Map, share: float, land: Any, others: tuple[Sequence[Stand], Sequence[Rect]]
) -> Stand:
    """Return where a box stands that has `share` of the map's scale, or less where the page has no room for it."""
    placed, slots = others
    smallest = SMALLEST * share
    while True:
        every = [_at(need, place, share, map_) for place in _corners(need, share, map_, placed)]
        free = [stand for stand in every if _is_free(stand.whole, map_[0], land, placed)]
        if free or share < smallest:
            return min(
                free or every,
                key=lambda one: (sum(one.whole.meets(slot) for slot in slots), _off(one, map_[0])),
            )
        share *= SMALLER


def _share(need: Needed, frame: Rect, scale: float) -> float:
    """The scale, as a share of the map's, at which the land takes no more of the frame than it may."""
    west, south, east, north = need.extent
    across = MOST_WIDTH * frame.width / (scale * max(east - west, 1.0))
    return float(min(across, MOST_HEIGHT * frame.height / (scale * max(north - south, 1.0))))


def _area(need: Needed) -> float:
    west, south, east, north = need.extent
    return (east - west) * (north - south)


def _size(need: Needed, share: float, scale: float) -> tuple[float, float]:
    """Width and height of the box alone."""
    west, south, east, north = need.extent
    width = max(share * scale * (east - west), need.heading[0] + (need.said if share < 1 else 0.0))
    return width + 2 * PAD, share * scale * (north - south) + need.heading[1] + 2 * PAD


def _whole(need: Needed, share: float, scale: float) -> tuple[float, float]:
    width, height = _size(need, share, scale)
    return width + need.column_width, max(height, need.column_height)


def _corners(need: Needed, share: float, map_: Map, placed: Sequence[Stand]) -> Iterator[tuple[float, float]]:
    """Yield where the top left corner may be: the frame's corners and the places beside other boxes."""
    frame, scale = map_
    width, height = _whole(need, share, scale)
    lefts, tops = [frame.x, frame.right - width], [frame.y, frame.bottom - height]
    lefts += [x for stand in placed for x in (stand.whole.x - ROOM - width, stand.whole.right + ROOM)]
    tops += [y for stand in placed for y in (stand.whole.y - ROOM - height, stand.whole.bottom + ROOM)]
    yield from ((x, y) for x in lefts for y in tops)


def _off(stand: Stand, frame: Rect) -> float:
    """How far a box is from the corner of the page that its islands lie beyond."""
    across = stand.whole.x - frame.x if stand.inset.key in SOUTH_WEST else frame.right - stand.whole.right
    return across + frame.bottom - stand.whole.bottom


def _at(need: Needed, place: tuple[float, float], share: float, map_: Map) -> Stand:
    (x, y), (frame, scale) = place, map_
    width, height = _size(need, share, scale)
    whole = Rect(x, y, *_whole(need, share, scale))
    is_left = x + whole.width / 2 < frame.x + frame.width / 2
    box = Rect(x if is_left else whole.right - width, y, width, height)
    column = Rect(box.right if is_left else x, y, need.column_width, whole.height)
    return Stand(Inset(need.key, box, share), column, whole, Align.RIGHT if is_left else Align.LEFT)


def _is_free(whole: Rect, frame: Rect, land: Any, placed: Sequence[Stand]) -> bool:
    room = whole.inside(-ROOM + 0.01)
    if not frame.inside(-0.01).holds(whole) or any(room.meets(stand.whole) for stand in placed):
        return False
    return not len(land.query(shapely.box(room.x, room.y, room.right, room.bottom), predicate="intersects"))
