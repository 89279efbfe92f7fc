"""What a map file says, before it is drawn. Latitudes and longitudes are degrees of JGD2011."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.area_map import LegendEntry
from dashboard.clustered import Shape, Spot
from dashboard.markup import Html, Part

Corner = tuple[float, float]
"""Latitude, longitude."""


@dataclass(frozen=True, slots=True)
class Middle:
    """The point that a file measures from: what it is, and the circle around it, if there is one."""

    lat: float
    lon: float
    name: str
    metres: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the file says: title and the sentence below it, legend, notes, and the tables that say the same as the map.

    `values` holds the legend's key of each area by its code; an area without one is plain ground. `names` are names by code
    where the file names areas otherwise than the geometry does: with romaji. `meanings` says what each shape of `spots` is,
    `many` what the numbered circle of so many of them is called, with {n}. `frame` is the south-west and north-east corner to
    begin with; None frames all areas.
    """

    title: str
    about: str
    language: str
    notes: Sequence[Part]
    tables: Sequence[Html]
    legend: Sequence[LegendEntry] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    spots: Sequence[Spot] = ()
    meanings: Mapping[Shape, str] = field(default_factory=dict)
    many: str = "{n}"
    middle: Middle | None = None
    frame: tuple[Corner, Corner] | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """The front-end files that are written into the map: Leaflet and topojson-client as plain scripts."""

    scripts: Sequence[Path]
    styles: Sequence[Path]
