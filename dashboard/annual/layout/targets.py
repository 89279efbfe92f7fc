"""What leaders lead to: a municipality's sign, or the part of a prefecture where its sign may stand."""

from typing import Any

import shapely

from dashboard.annual.layout.base_map import Panel
from dashboard.annual.layout.labels import Target
from dashboard.annual.layout.names import middle_of

SIGN = 6.0
"""Side of the ■ or □ of a body, points."""
INSIDE, INSIDE_SHARE = 5.0, 0.4
"""A prefecture's sign stands so many points inside its edge, or this share of the way to its middle: whichever is more."""
APART = 9.0
"""Points between the sign of a prefecture and that of a municipality."""


def targets_of(panel: Panel) -> tuple[Target, ...]:
    """Return the targets of all bodies of a panel, in their order."""
    points = {body.code: shapely.Point(panel.place(body)) for body in panel.bodies}
    others = shapely.unary_union(
        [points[body.code].buffer(APART, quad_segs=4) for body in panel.bodies if not body.is_prefecture]
    )
    return tuple(
        Target(
            body.code,
            body.label_width,
            _within(panel.shapes.get(body.code), others, points[body.code])
            if body.is_prefecture
            else points[body.code],
        )
        for body in panel.bodies
    )


def _within(shape: Any, others: Any, place: Any) -> Any:
    """Return where in its land a prefecture's sign may stand; its middle where the land is too narrow."""
    if shape is None:
        return place
    largest = max(shapely.get_parts(shape), key=shapely.area).simplify(0.5)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    for inside in (max(INSIDE, INSIDE_SHARE * circle.length), INSIDE, INSIDE / 2, 0.5):
        left = shapely.difference(largest.buffer(-inside), others)
        if not left.is_empty:
            return left
    return shapely.Point(middle_of(shape))
