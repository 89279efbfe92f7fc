"""What the tests of the layout share: the real ground, real bodies, frames of the papers, and a count of every fault."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import shapely

from dashboard.annual.layout import Layout, Wanted, laid_out
from dashboard.annual.marks import Rect
from dashboard.annual.paper import PAPERS, SCREEN, Paper
from dashboard.closed_lists import PaperKind
from dashboard.store import Store

NATION = tuple(f"{code:02d}" for code in range(1, 48))
TOUCH = 0.01
"""Points that boxes are made smaller by: edges may meet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame on a paper and the height of a row of names there."""

    frame: Rect
    size: float
    row_height: float
    name_size: float


def sheet_of(paper: Paper, row: float = 1.3, type_: float = 1.0) -> Sheet:
    """The frame that is left under a title of one line and a line below it, above two lines of sources.

    Rows and type as shares of the paper's size of names.
    """
    top = paper.margin + 1.3 * paper.title + (0 if paper is SCREEN else 1.5 * paper.body)
    bottom = paper.height - paper.margin - (0 if paper is SCREEN else 3 * paper.small)
    frame = Rect(paper.margin, top, paper.width - 2 * paper.margin, bottom - top)
    return Sheet(frame, type_ * paper.body, row * paper.body, 0 if paper is SCREEN else paper.small)


SHEETS = {
    "slide": sheet_of(PAPERS[PaperKind.SLIDE]),
    "a3": sheet_of(PAPERS[PaperKind.A3]),
    "screen": sheet_of(SCREEN, 1.2),
}


def bodies(store: Store, codes: Collection[str], sheet: Sheet) -> tuple[Wanted, ...]:
    """The bodies of some codes, with labels such as ■鳥取県."""
    found = []
    for code in sorted(codes):
        area = store.areas[code]
        width = sheet.size * len(f"■{area['name']}")
        found.append(
            Wanted(code, area["rep_lon"] or 0.0, area["rep_lat"] or 0.0, width, code.endswith("000"))
        )
    return tuple(found)


def page(
    store: Store,
    codes: Collection[str],
    sheet: Sheet,
    *,
    prefectures: Sequence[str] = NATION,
    shown: Collection[str] | None = None,
    fine: str = "",
) -> Layout:
    """The layout of some bodies."""
    areas = [code for code in codes if not code.endswith("000")]
    names = {code: area["name"] for code, area in store.areas.items() if area["kind"] == "prefecture"}
    return laid_out(
        store.ground(2024, *areas, prefecture=fine),
        prefectures,
        bodies(store, codes, sheet),
        codes if shown is None else shown,
        sheet.frame,
        row_height=sheet.row_height,
        name_height=sheet.name_size,
        name_widths={code: sheet.name_size * len(name[:-1]) for code, name in names.items()}
        if sheet.name_size
        else {},
    )


def faults(layout: Layout, frame: Rect) -> dict[str, int]:
    """Count what must not be: measured with no part of the code that lays out."""
    count: Counter[str] = Counter()
    boxes = [_box(label.at) for label in layout.labels]
    leaders = [shapely.LineString(label.leader) for label in layout.labels]
    for one, other in combinations(range(len(boxes)), 2):
        count["leader crosses leader"] += leaders[one].intersects(leaders[other])
        count["label covers label"] += boxes[one].intersects(boxes[other])
    for one, leader in enumerate(leaders):
        count["leader through label"] += sum(leader.intersects(box) for box in boxes[:one] + boxes[one + 1 :])
    whole = frame.inside(-TOUCH)
    count["label outside"] = sum(not whole.holds(label.at) for label in layout.labels)
    count["land outside"] = sum(not _holds(whole, rings) for rings in layout.outlines.values())
    insets = [_box(inset.at) for inset in layout.insets]
    count["label over inset"] = sum(box.intersects(inset) for box in boxes for inset in insets)
    count["inset over inset"] = sum(one.intersects(other) for one, other in combinations(insets, 2))
    count["inset outside"] = sum(not whole.holds(inset.at) for inset in layout.insets)
    land = [shape for rings in layout.outlines.values() for shape in _land(rings)]
    shapely.prepare(land)
    count["label over land"] = sum(bool(shapely.intersects(land, box).any()) for box in boxes)
    return {fault: number for fault, number in count.items() if number}


def _box(rect: Rect) -> Any:
    return shapely.box(rect.x + TOUCH, rect.y + TOUCH, rect.right - TOUCH, rect.bottom - TOUCH)


def _holds(frame: Rect, rings: Sequence[Sequence[tuple[float, float]]]) -> bool:
    return all(
        frame.x <= x <= frame.right and frame.y <= y <= frame.bottom for ring in rings for x, y in ring
    )


def _land(rings: Sequence[Sequence[tuple[float, float]]]) -> list[Any]:
    return [shapely.Polygon(ring).buffer(0) for ring in rings]
