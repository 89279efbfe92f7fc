"""Questions about areas beside areas: which border on each other, which are alike, how far it is. Part of the store."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from dashboard.database import Database, Row, Rows
from etl.build import Build
from geo.nearby import Nearby

KEPT_DISTANCES = 32
"""Pairs of fiscal year and time view whose distances are kept: more than there are."""


class Neighbourhood(Database):
    """Questions about areas beside areas."""

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._distances = lru_cache(maxsize=KEPT_DISTANCES)(self._measured)

    def neighbours(self, code: str) -> Rows:
        """Areas of the same level that share a border, the longest first, across prefectures too; none for an island.

        Columns: code, name, romaji, prefecture_name, border_m.
        """
        return self.ask(
            """SELECT a.code, a.name, a.romaji, a.prefecture_name, n.border_m
               FROM neighbour AS n JOIN area AS a ON a.code = n.neighbour_code
               WHERE n.code = ? ORDER BY n.border_m DESC, a.code""",
            code,
        )

    def similar(self, code: str, limit: int) -> Rows:
        """At most `limit` (and ten) areas of the same level, the most alike first; none for an area without people.

        Columns: code, name, romaji, prefecture_name, rank, distance; population, share_65plus, people_per_household of the
        similar area, the same with own_ of the area asked for, and with _sd their differences in standard deviations.
        """
        return self.ask(
            """SELECT a.code, a.name, a.romaji, a.prefecture_name, s.rank, s.distance,
                      a.population,
                      a.population_65plus / a.population AS share_65plus,
                      a.population / a.households AS people_per_household,
                      own.population AS own_population,
                      own.population_65plus / own.population AS own_share_65plus,
                      own.population / own.households AS own_people_per_household,
                      s.population_sd, s.share_65plus_sd, s.people_per_household_sd
               FROM similar_area AS s JOIN area AS a ON a.code = s.similar_code JOIN area AS own ON own.code = s.code
               WHERE s.code = ? AND s.rank <= ? ORDER BY s.rank""",
            code,
            limit,
        )

    def to_participants(self, year: int, view: str) -> Mapping[str, Row]:
        """How far it is to the nearest municipality that takes part itself (state A or B), by code.

        Columns: participant_code, metres. Of a municipality the geodesic from its office to the participant's office, 0 if it is
        one itself; of a prefecture (participant_code None) the mean over its people, each counted at the office of their
        municipality. What has no point is absent, and so is its prefecture. Empty where no list is registered, or nobody takes
        part.
        """
        return self._distances(year, view)

    def _measured(self, year: int, view: str) -> Mapping[str, Row]:
        offices = self.ask(
            """SELECT c.code, c.state IN ('A', 'B') AS takes_part, a.population,
                      coalesce(a.office_lon, a.rep_lon, 'NaN') AS lon, coalesce(a.office_lat, a.rep_lat, 'NaN') AS lat
               FROM coverage AS c JOIN area AS a USING (code)
               WHERE c.fiscal_year = ? AND c.time_view = ? ORDER BY c.code""",
            year,
            view,
        )
        nearest = dict(_nearest_participants(offices))
        rows = {code: _row(participant, metres) for code, (participant, metres) in nearest.items()}
        means = _means_over_people(offices, {code: metres for code, (_, metres) in nearest.items()})
        return MappingProxyType(rows | {code: _row(None, metres) for code, metres in means})


def _nearest_participants(offices: Sequence[Row]) -> Iterator[tuple[str, tuple[str, float]]]:
    """Yield the code of each office that has a participant: the nearest one's code and the metres to it."""
    participants = [office for office in offices if office["takes_part"]]
    nearby = Nearby(*_points(participants))
    for office, lon, lat in zip(offices, *_points(offices), strict=True):
        positions, metres = nearby.nearest(lon, lat, 1)
        for position, distance in zip(positions.tolist(), metres.tolist(), strict=True):
            found = office if office["takes_part"] else participants[position]
            yield office["code"], (found["code"], distance)


def _points(offices: Sequence[Row]) -> tuple[list[float], list[float]]:
    """Return longitudes and latitudes in degrees (nan: no point)."""
    return [office["lon"] for office in offices], [office["lat"] for office in offices]


def _means_over_people(offices: Sequence[Row], metres: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield each prefecture's code and the mean of the metres over its people; none if a part of it is unknown."""
    of_prefecture: dict[str, list[Row]] = defaultdict(list)
    for office in offices:
        of_prefecture[office["code"][:2]].append(office)
    for prefecture, parts in of_prefecture.items():
        people = [part["population"] for part in parts]
        if all(part["code"] in metres for part in parts) and sum(people):
            distances = [metres[part["code"]] for part in parts]
            yield f"{prefecture}000", float(np.average(distances, weights=people))


def _row(participant_code: str | None, metres: float) -> Row:
    return MappingProxyType({"participant_code": participant_code, "metres": metres})
