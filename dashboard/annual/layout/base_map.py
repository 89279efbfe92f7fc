"""The map without its labels: how large the land can be drawn, what goes into boxes, and where these stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from dashboard.annual.ground import Ground
from dashboard.annual.layout.insets import PAD, Needed, Stand, stands
from dashboard.annual.layout.islands import MAINLAND, boxes_of, region_of, scale_of
from dashboard.annual.layout.labels import GAP
from dashboard.annual.layout.panels import (
    Pieces,
    Projector,
    boxes,
    drawn,
    extent_of,
    fitted,
    land_of,
    pieces_within,
)
from dashboard.annual.layout.projection import projected_point
from dashboard.annual.layout.slots import DISTANCE, STEEPNESSES, Numbers, coast_of, coast_slots
from dashboard.annual.marks import Align, Point, Rect

EDGE = 2.0
"""Points between the land and the frame."""
ROOMS = (0.3, 0.5, 0.75, 1.0)
"""Shares of the width of the widest label that are kept free on both sides of the map, tried in this order."""
BOX_SIZES = (1.0, 0.8, 0.6)
"""Shares of their usual size that boxes are tried in."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body to be named on the map: where it is (degrees, JGD2011), how wide its label is in points."""

    code: str
    lon: float
    lat: float
    label_width: float
    is_prefecture: bool


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large text and signs are, points: a row of labels, names of prefectures (widths by code), headings of boxes."""

    row_height: float
    name_height: float
    name_widths: tuple[tuple[str, float], ...]
    heading_width: float
    scale_width: float
    sign: float


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The main map or a box: its land on the page by code, its bodies, and the way there."""

    shapes: Mapping[str, Any]
    bodies: tuple[Body, ...]
    to_page: Projector

    @property
    def municipalities(self) -> tuple[Body, ...]:
        """Its municipalities of which there is an outline."""
        return tuple(body for body in self.bodies if not body.is_prefecture and body.code in self.shapes)

    def place(self, body: Body) -> Point:
        """Return where a body is on the page."""
        return self.to_page.point(projected_point(body.lon, body.lat))


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """The main map and its boxes. `land`: polygons of the prefectures on the main map; `coast`: points along them."""

    panels: Mapping[str, Panel]
    stands: tuple[Stand, ...]
    land: Sequence[Any]
    coast: Numbers

    @property
    def main(self) -> Panel:
        """The main map."""
        return self.panels[MAINLAND]

    def outlines(self) -> dict[str, Any]:
        """Return all land by code, of the main map and the boxes together."""
        parts: dict[str, list[Any]] = {}
        for panel in self.panels.values():
            for code, shape in panel.shapes.items():
                parts.setdefault(code, []).extend(shapely.get_parts(shape))
        return {code: shapely.multipolygons(polygons) for code, polygons in sorted(parts.items())}

    def home_shapes(self) -> dict[str, Any]:
        """Return of each prefecture the land in the panel that shows most of it."""
        found: dict[str, Any] = {}
        for panel in self.panels.values():
            for code, shape in panel.shapes.items():
                if code.endswith("000") and (code not in found or shape.area > found[code].area):
                    found[code] = shape
        return found


def base_maps(
    ground: Ground, codes: tuple[str, ...], bodies: Sequence[Body], frame: Rect, sizes: Sizes
) -> Iterator[Base]:
    """Yield the land of prefectures (two-digit codes) in a frame in the ways it can be drawn, the largest first.

    A map that fills the frame leaves labels less room beside it than one that keeps their width free on both sides, and so do
    larger boxes of far islands.
    """
    widest = max((body.label_width for body in bodies), default=0.0)
    pieces = pieces_within(ground, codes)
    last = 0.0
    for share in ROOMS:
        beside = share * (widest + GAP + DISTANCE * sizes.row_height)
        room = frame.width - 2 * (beside + EDGE), frame.height - 2 * EDGE
        box_of = boxes_of(pieces.extents(), room)
        lands = boxes(pieces, box_of)
        scale = scale_of([extent_of(lands[MAINLAND])], room)
        if scale != last:
            main = _main(lands[MAINLAND], _homes(bodies, box_of), frame, scale)
            for most in BOX_SIZES if len(lands) > 1 else BOX_SIZES[:1]:
                yield _with_boxes(main, lands, _homes(bodies, box_of), (frame, sizes), most)
        last = scale


def _main(pieces: Pieces, homes: Mapping[str, tuple[Body, ...]], frame: Rect, scale: float) -> Panel:
    middle = frame.x + frame.width / 2, frame.y + frame.height / 2
    return _panel(pieces, homes, MAINLAND, fitted(extent_of(pieces), scale, middle))


def _with_boxes(
    main: Panel,
    lands: Mapping[str, Pieces],
    homes: Mapping[str, tuple[Body, ...]],
    room: tuple[Rect, Sizes],
    most: float,
) -> Base:
    frame, sizes = room
    land = land_of({code: shape for code, shape in main.shapes.items() if code.endswith("000")})
    coast = coast_of(land)
    needs = [_need(key, lands[key], homes.get(key, ()), sizes) for key in lands if key != MAINLAND]
    wanted = _slot_boxes(coast, frame, sizes, max((body.label_width for body in main.bodies), default=0.0))
    stood = stands(needs, frame, main.to_page.scale, most=most, land=land, slots=wanted)
    panels = {stand.inset.key: _boxed(lands, homes, stand, main, sizes) for stand in stood}
    return Base({MAINLAND: main, **panels}, stood, land, coast)


def _homes(bodies: Sequence[Body], box_of: Mapping[str, str]) -> dict[str, tuple[Body, ...]]:
    """Return the bodies by the box that shows them."""
    found: dict[str, tuple[Body, ...]] = {}
    if bodies:
        regions = region_of(np.array([(body.lon, body.lat) for body in bodies]))
        for body, region in zip(bodies, regions, strict=True):
            key = box_of.get(str(region), MAINLAND)
            found[key] = (*found.get(key, ()), body)
    return found


def _panel(pieces: Pieces, homes: Mapping[str, tuple[Body, ...]], key: str, to_page: Projector) -> Panel:
    return Panel(drawn(pieces, to_page), homes.get(key, ()), to_page)


def _need(key: str, pieces: Pieces, bodies: Sequence[Body], sizes: Sizes) -> Needed:
    width = max((body.label_width + 2 * GAP for body in bodies), default=0.0)
    heading = sizes.heading_width, sizes.name_height
    return Needed(key, extent_of(pieces), heading, sizes.scale_width, width, len(bodies) * sizes.row_height)


def _slot_boxes(coast: Numbers, frame: Rect, sizes: Sizes, width: float) -> list[Rect]:
    """What the labels of the main map may want."""
    height = sizes.row_height
    slots = coast_slots(coast, frame, height, STEEPNESSES[0][0])
    return [
        Rect(slot.x - width if slot.side is Align.LEFT else slot.x, slot.y - height / 2, width, height)
        for slot in slots
    ]


def _boxed(
    lands: Mapping[str, Pieces],
    homes: Mapping[str, tuple[Body, ...]],
    stand: Stand,
    main: Panel,
    sizes: Sizes,
) -> Panel:
    box, key = stand.inset.at, stand.inset.key
    top = box.y + PAD + sizes.name_height
    middle = box.x + box.width / 2, (top + box.bottom - PAD) / 2
    scale = stand.inset.scale * main.to_page.scale
    return _panel(lands[key], homes, key, fitted(extent_of(lands[key]), scale, middle))
