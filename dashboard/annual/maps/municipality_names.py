"""Names of the municipalities of a single prefecture, where they fit into their land without covering anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.ops import polylabel

from dashboard.annual.layout import Layout
from dashboard.annual.marks import Point, Rect, Ring

NEAR_ENOUGH = 2.0
"""Points by which the middle of a municipality may be missed."""
ROOM = 1.5
STEPS = (0.0, -1.0, 1.0, -2.0, 2.0)
"""Heights of text by which a name is moved up or down where its middle is taken."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What names keep clear of: signs, labels and leaders of the page."""

    taken: Any

    @classmethod
    def of(cls, layout: Layout, side: float, others: Sequence[Point] = ()) -> "Placing":
        """Return what is taken on a page whose signs are `side` points wide."""
        signs = [shapely.Point(at).buffer(side) for at in (*layout.signs.values(), *others)]
        labels = [_box(label.at) for label in layout.labels]
        leaders = [shapely.LineString(label.leader).buffer(ROOM) for label in layout.labels]
        return cls(shapely.STRtree([*signs, *labels, *leaders]))

    def place(self, rings: Sequence[Ring], width: float, height: float) -> Rect | None:
        """Return where a name of this size stands in the largest part of its land, or None where it does not fit."""
        land = max(
            (shapely.Polygon(ring) for ring in rings if len(ring) > 3), key=lambda one: one.area, default=None
        )
        if land is None or not land.is_valid:
            return None
        middle = polylabel(land, NEAR_ENOUGH)
        for step in STEPS:
            at = Rect(middle.x - width / 2, middle.y - height / 2 + step * height, width, height)
            if land.contains(_box(at)) and not len(self.taken.query(_box(at), predicate="intersects")):
                return at
        return None


def placed(
    layout: Layout, names: Mapping[str, tuple[str, float]], height: float, placing: Placing
) -> Iterator[tuple[str, Rect]]:
    """Yield the code and the box of each name that finds room; `names` are words and widths by code."""
    for code, (_, width) in names.items():
        if rings := layout.outlines.get(code):
            at = placing.place(rings, width, height)
            if at:
                yield code, at


def _box(at: Rect) -> Any:
    return shapely.box(at.x, at.y, at.right, at.bottom)
