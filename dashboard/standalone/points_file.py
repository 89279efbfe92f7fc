"""Partners around a middle as one file: a map of the points, and the same rows as a table.

The file leaves the machine, so it never holds the point that was searched for: it is drawn around, and measured from, the
middle of the town or of the municipality that the point lies in.
"""

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Protocol

from dashboard import citation
from dashboard.atlas import saved_notes
from dashboard.clustered import Shape, Spot
from dashboard.markup import Html, Part
from dashboard.standalone.drawing import drawn
from dashboard.standalone.map_file import library
from dashboard.standalone.sheet import Corner, Middle, Sheet
from dashboard.view import View

METRES_PER_DEGREE = 111_000
MARGIN = 0.03
"""Degrees around the outermost points: some three kilometres."""


class Start(Protocol):
    """Where distances are measured from, as the store finds it (`Whereabouts`)."""

    @property
    def code(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...
    @property
    def precision(self) -> str: ...


def point_sheet(
    view: View,
    start: Start,
    *,
    name: str,
    title: str,
    about: str,
    spots: Sequence[Spot],
    meanings: Mapping[Shape, str],
    table: Html,
    notes: Sequence[Part],
    metres: float | None = None,
    is_moved: bool = False,
) -> bytes:
    """Return the map of partners as one HTML file.

    Args:
        view: the view, for its language, year and sources.
        start: the middle; see the module. Distances in `table` and `spots` must be measured from it, not from the point that
            was searched for: a few exact distances would give that point away.
        name: the middle as it is called in the file.
        title: what was looked for, and where.
        about: one sentence: how many were found, of what.
        spots: the points, each with its text.
        meanings: what each shape stands for.
        table: the same rows as a table, without links into the app.
        notes: what has to be said of them, before the notes that every file has.
        metres: radius of the circle to draw; None where the nearest so many were looked for.
        is_moved: the middle is not where the user searched, and the file says so.

    Raises:
        ValueError: `start` is the very point of a searcher.
    """
    if start.precision == "point":
        raise ValueError(
            "a file that leaves the machine is measured from a town or municipality, never from a point"
        )
    middle = Middle(start.lat, start.lon, view.text("saved.middle", middle=name), metres)
    frame = _frame(middle, spots)
    moved = [view.text("saved.middle_moved", middle=name)] if is_moved else []
    sheet = Sheet(
        title=title,
        about=about,
        language=view.scope.lang,
        notes=[*moved, *notes, view.text("saved.no_listing"), *saved_notes(view), _boundary(view)],
        tables=[table],
        names={code: view.name(area) for code, area in view.store.areas.items()},
        spots=spots,
        meanings=meanings,
        many=view.words.sentences["map.cluster_place"],
        middle=middle,
        frame=frame,
    )
    grounds = [
        view.store.geometry_path(prefecture, view.scope.year).read_bytes()
        for prefecture in _prefectures(view, frame, start.code)
    ]
    return drawn(sheet, grounds, library(has_points=bool(spots)))


def _boundary(view: View) -> str:
    return citation.boundary(view, view.store.finest_precision_m(view.scope.year))


def _frame(middle: Middle, spots: Sequence[Spot]) -> tuple[Corner, Corner]:
    """Return the corners around the middle, its circle and all points."""
    north = (middle.metres or 0) / METRES_PER_DEGREE
    east = north / cos(radians(middle.lat))
    lats = [middle.lat - north, middle.lat + north, *(spot.lat for spot in spots)]
    lons = [middle.lon - east, middle.lon + east, *(spot.lon for spot in spots)]
    return (min(lats) - MARGIN, min(lons) - MARGIN), (max(lats) + MARGIN, max(lons) + MARGIN)


def _prefectures(view: View, frame: tuple[Corner, Corner], code: str) -> list[str]:
    """Return the prefectures that the frame shows: those with a municipality whose middle lies in it, and the own."""
    (south, west), (north, east) = frame
    inside = {
        area["code"][:2]
        for area in view.store.areas.values()
        if area["rep_lat"] is not None
        and south <= area["rep_lat"] <= north
        and west <= area["rep_lon"] <= east
    }
    return sorted(inside | {code[:2]})
