"""Questions about the outlines of a build: which files a fiscal year is drawn with, how exact they are. Part of the store."""

import json
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from dashboard.annual.ground import Ground, joined_land
from dashboard.database import Database, Row
from etl.build import Build
from etl.export import land_of, outline, outlines_of

BOUNDARY_FACTS = ("id", "title", "vintage", "precision_m", "credit")
KEPT_GROUNDS = 16


class Geometry(Database):
    """The questions."""

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._grounds = lru_cache(maxsize=KEPT_GROUNDS)(self._ground)

    @cached_property
    def build_info(self) -> Mapping[str, str]:
        """Key facts of the build."""
        return {row["key"]: row["value"] for row in self.ask("SELECT key, value FROM build_info")}

    def boundary(self, year: int) -> Mapping[str, str] | None:
        """The official boundaries that a fiscal year is drawn with (id, title, vintage, precision_m, credit); None: the mesh."""
        bound: Mapping[str, str] | None = self._bound_boundaries.get(str(year))
        if bound is not None or "boundary_id" not in self.build_info:
            return bound
        return {name: self.build_info[f"boundary_{name}"] for name in BOUNDARY_FACTS}

    @cached_property
    def _bound_boundaries(self) -> Mapping[str, Mapping[str, str]]:
        by_year: Mapping[str, Mapping[str, str]] = json.loads(self.build_info.get("boundary_by_year", "{}"))
        return by_year

    def geometry(self, year: int) -> Mapping[str, Row]:
        """Geometry files of a fiscal year: "municipalities", "prefectures", two-digit prefecture codes → row of map_geometry.

        "places", "names" and "territory" belong to every year.
        """
        boundary = self.boundary(year)
        rows = self.ask(
            """SELECT * FROM map_geometry
               WHERE level IN ('places', 'names', 'territory') OR boundary_id IS NOT DISTINCT FROM nullif(?, '')""",
            boundary["id"] if boundary else "",
        )
        return {row["prefecture_code"] or row["level"]: row for row in rows}

    def geometry_path(self, level: str, year: int) -> Path:
        """Path of a geometry file: level as in `geometry`."""
        return self.build.geometry / str(self.geometry(year)[level]["file"])

    def outline(self, code: str, year: int) -> Any:
        """Outline of a municipality in a fiscal year as a GeoJSON geometry (longitude, latitude)."""
        return outline(self.geometry_path(code[:2], year), code)

    def finest_precision_m(self, year: int) -> float:
        """Precision of a year's finest geometry in metres: how far a drawn border may lie from the true one."""
        metres = (row["precision_m"] for row in self.geometry(year).values())
        return min(float(precision) for precision in metres if precision is not None)

    def ground(self, year: int, *codes: str, prefecture: str = "") -> Ground:
        """The outlines that the annual map is drawn of in a fiscal year, the same object for the same question.

        All prefectures and the municipalities of `codes`; of one `prefecture` (two digits) all municipalities, in the finest
        shapes there are. A code that has no shape of its own, such as a ward's, gets no outline: pages then show its sign and
        its name without an area.
        """
        return self._grounds(year, tuple(sorted(set(codes))), prefecture)

    def _ground(self, year: int, codes: tuple[str, ...], prefecture: str) -> Ground:
        level = prefecture or "municipalities"
        nation, fine = self.geometry_path("prefectures", year), self.geometry_path(level, year)
        outlines = outlines_of([fine])
        areas = outlines if prefecture else {code: outlines[code] for code in codes if code in outlines}
        prefectures = joined_land(outlines_of([nation]), land_of([nation]))
        if prefecture:
            prefectures |= joined_land(outlines, land_of([fine]))
        return Ground(prefectures, areas, float(self.geometry(year)[level]["precision_m"]))
