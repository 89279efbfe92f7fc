"""The annual map laid out: land, prefecture names, signs, labels with leaders and boxes of far islands, all in points.

Pure: the same ground, bodies and frame give the same positions. Every body of every asked year gets its slot at once, so a
name stands in the same place in every year; a page then shows the labels of its own year.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import shapely

from dashboard.annual.ground import Ground
from dashboard.annual.layout.base_map import Base, Body, Sizes, base_maps
from dashboard.annual.layout.insets import Inset
from dashboard.annual.layout.labels import (
    Assignment,
    Label,
    Surroundings,
    Target,
    TooManyLabelsError,
    assigned,
    best_of,
)
from dashboard.annual.layout.land_mask import LandMask
from dashboard.annual.layout.names import Hindrances, Name, placed
from dashboard.annual.layout.panels import rings
from dashboard.annual.layout.slots import STEEPNESSES, box_slots, coast_slots, room_for
from dashboard.annual.layout.targets import SIGN, targets_of
from dashboard.annual.marks import Point, Rect, Ring

__all__ = [
    "SIGN",
    "Body",
    "Inset",
    "Label",
    "Layout",
    "Name",
    "TooManyLabelsError",
    "Wanted",
    "laid_out",
    "room_for",
]

Wanted = Body


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands on the page, points.

    `outlines` of every prefecture shown and of every area of the ground within them, by code; `names` where the
    prefectures' own names stand and how large, by code, without those that found no place; `signs` the middle of the
    ■ or □ of every body, also of those whose label is not shown.
    """

    outlines: Mapping[str, tuple[Ring, ...]]
    names: Mapping[str, Name]
    signs: Mapping[str, Point]
    labels: tuple[Label, ...]
    insets: tuple[Inset, ...]


def laid_out(
    ground: Ground,
    prefectures: Sequence[str],
    slots_for: Sequence[Wanted],
    shown: Collection[str],
    frame: Rect,
    *,
    row_height: float,
    name_height: float = 10.0,
    name_widths: Mapping[str, float] | None = None,
    heading_width: float = 40.0,
    scale_width: float = 0.0,
    sign: float = SIGN,
) -> Layout:
    """Return the positions of one page.

    Args:
        ground: the land; what is made of it is kept by its identity, so ask the store for it once.
        prefectures: codes (two or five digits) of the prefectures that are shown.
        slots_for: every body of every asked year; those outside the prefectures are left out.
        shown: codes of the bodies whose labels this page shows.
        frame: what the map, its labels and its boxes may take.
        row_height: height of a label's box.
        name_height: height of a prefecture's name.
        name_widths: width of each name by code (two or five digits); a prefecture that is missing gets no name.
        heading_width: width of the heading inside a box.
        scale_width: how much wider that heading is where it says that the box has another scale than the map.
        sign: side of the ■ or □ of a body.

    Raises:
        TooManyLabelsError: more bodies than slots; `slots` says how many there is room for.
    """
    codes = tuple(sorted({code[:2] for code in prefectures}))
    bodies = sorted({body.code: body for body in slots_for if body.code[:2] in codes}.items())
    widths = sorted((code[:2] + "000", width) for code, width in (name_widths or {}).items())
    sizes = Sizes(row_height, name_height, tuple(widths), heading_width, scale_width, sign)
    whole, base = _whole(ground, codes, tuple(body for _, body in bodies), frame, sizes)
    labels = tuple(label for label in whole.labels if label.code in shown)
    return replace(whole, names=_names(base, labels, sizes), labels=labels)


@lru_cache(maxsize=32)
def _whole(
    ground: Ground, codes: tuple[str, ...], bodies: tuple[Body, ...], frame: Rect, sizes: Sizes
) -> tuple[Layout, Base]:
    """Return the layout with the labels of all bodies, of which the pages of the years show some each, and no names."""
    tried: list[tuple[int, tuple[Label, ...], Base]] = []
    for base in base_maps(ground, codes, bodies, frame, sizes):
        tried.append((*_labels(base, frame, sizes), base))
        if not tried[-1][0]:
            break
    _, labels, base = min(tried, key=lambda one: one[0])
    whole = Layout(
        outlines={code: rings(shape) for code, shape in base.outlines().items()},
        names={},
        signs={label.code: label.leader[1] for label in labels},
        labels=labels,
        insets=tuple(stand.inset for stand in base.stands),
    )
    return whole, base


def _labels(base: Base, frame: Rect, sizes: Sizes) -> tuple[int, tuple[Label, ...]]:
    """Return the labels of the boxes, each beside its own, and those of the main map clear of them; first the faults left."""
    found: list[Label] = []
    faults = 0
    mask, land = LandMask.of(base.land, frame), shapely.STRtree([*base.land])
    for stand in base.stands:
        others = [other.inset.at for other in base.stands if other is not stand]
        taken = [*others, *(label.at for label in found)]
        around = Surroundings(frame, taken, land, mask, sizes.row_height)
        slots = box_slots(stand.inset.at, stand.column, sizes.row_height, stand.side)
        beside = assigned(targets_of(base.panels[stand.inset.key]), slots, around)
        found, faults = [*found, *beside.labels], faults + beside.faults
    taken = [*(stand.inset.at for stand in base.stands), *(label.at for label in found)]
    around = Surroundings(frame, taken, land, mask, sizes.row_height)
    main = _round_the_coast(base, targets_of(base.main), around)
    return faults + main.faults, (*found, *main.labels)


def _round_the_coast(base: Base, targets: Sequence[Target], around: Surroundings) -> Assignment:
    """Return the labels along the line that makes the shortest leaders without a fault; else those with the fewest."""
    tried: list[Assignment] = []
    for group in STEEPNESSES:
        lines = (coast_slots(base.coast, around.frame, around.row_height, steepness) for steepness in group)
        tried.append(best_of(targets, lines, around))
        if not tried[-1].faults:
            break
    return min(tried, key=lambda one: one.merit)


def _names(base: Base, labels: Sequence[Label], sizes: Sizes) -> dict[str, Name]:
    """Return where the names stand among the labels of a page."""
    if not (widths := dict(sizes.name_widths)):
        return {}
    home = base.home_shapes()
    land = {code: shape for code, shape in home.items() if code in widths}
    half, shown = sizes.sign / 2, {label.code for label in labels}
    signs = [Rect(x - half, y - half, 2 * half, 2 * half) for x, y in (label.leader[1] for label in labels)]
    shapes = {
        body.code: panel.shapes[body.code] for panel in base.panels.values() for body in panel.municipalities
    }
    hindrances = Hindrances(
        boxes=[*signs, *(label.at for label in labels)],
        leaders=[label.leader for label in labels],
        areas=[shape for code, shape in shapes.items() if code in shown],
        islands={code: shape for code, shape in base.outlines().items() if code in widths},
    )
    name_sizes = {code: (widths[code], sizes.name_height) for code in land}
    beside = frozenset(land) - frozenset(base.main.shapes)
    return placed(land, name_sizes, hindrances, beside=beside, labelled=shown)
