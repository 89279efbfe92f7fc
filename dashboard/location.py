"""Questions about where somebody is: a typed place, an area, a point on the map. Part of the store.

What is asked here is kept nowhere: it is no value of a kept answer and stands in no error.
"""

from collections.abc import Mapping
from functools import cached_property

from pyarrow import parquet

from dashboard.database import Database
from geo.locate import Locator
from geo.mesh import Runs
from geo.whereabouts import Directory, NamedArea, Town, Whereabouts

_NAMED_AREAS = """
WITH municipality AS (FROM area WHERE kind NOT IN ('prefecture', 'ward', 'northern_village')),
middle AS (
  SELECT prefecture_code, sum(office_lon * population) / sum(population) AS lon,
         sum(office_lat * population) / sum(population) AS lat
  FROM municipality GROUP BY prefecture_code),
seat AS (
  SELECT a.*, pow((a.office_lon - m.lon) * cos(radians(m.lat)), 2) + pow(a.office_lat - m.lat, 2) AS far
  FROM municipality AS a JOIN middle AS m USING (prefecture_code)
  QUALIFY row_number() OVER (PARTITION BY a.prefecture_code ORDER BY far, a.code) = 1)
SELECT a.code, a.name, a.prefecture_name AS prefecture, coalesce(a.county, '') AS county, coalesce(a.kana, '') AS kana,
       coalesce(a.romaji, '') AS romaji, coalesce(a.office_lon, a.rep_lon, c.office_lon, seat.office_lon, seat.rep_lon) AS lon,
       coalesce(a.office_lat, a.rep_lat, c.office_lat, seat.office_lat, seat.rep_lat) AS lat,
       coalesce(a.parent_code, '') AS parent_code, coalesce(c.name, '') AS city
FROM area AS a LEFT JOIN area AS c ON c.code = a.parent_code
LEFT JOIN seat ON a.kind = 'prefecture' AND seat.prefecture_code = a.prefecture_code
WHERE a.kind <> 'northern_village' ORDER BY a.code
"""


class Location(Database):
    """The questions."""

    def whereabouts(self, text: str) -> tuple[Whereabouts, ...]:
        """Everything that a typed address, name, reading or code may mean; () if nothing, several to choose from."""
        return self._directory.find(text)

    def whereabouts_of(self, code: str) -> Whereabouts:
        """The office of a municipality; of a prefecture the municipal office nearest to the middle of its people.

        Raises:
            KeyError: no such area.
        """
        return self._named_areas[code].whereabouts

    def point_at(self, lon: float, lat: float) -> Whereabouts | None:
        """A point in degrees with the municipality in whose 125 m cells it lies; None in the sea and abroad."""
        if self._territory is None:
            return None
        code = str(self._territory.codes([lon], [lat])[0])
        return Whereabouts(code, "", lon, lat, "point") if code in self._named_areas else None

    @cached_property
    def _territory(self) -> Locator | None:
        row = self.one("SELECT file FROM map_geometry WHERE level = 'territory'")
        path = self.build.geometry / row["file"] if row else None
        return Locator.from_runs(Runs.from_table(parquet.read_table(path))) if path else None

    @cached_property
    def _directory(self) -> Directory:
        towns = self.ask("SELECT coalesce(ward_code, code) AS code, name, lon, lat, spread_m FROM town")
        return Directory(self._named_areas.values(), (Town(**row) for row in towns))

    @cached_property
    def _named_areas(self) -> Mapping[str, NamedArea]:
        """Prefectures, municipalities and wards by code; what has no office of its own stands at its representative point."""
        rows = self.ask(_NAMED_AREAS)
        return {row["code"]: NamedArea(**row) for row in rows}
