"""What the sources say about partners: who takes part, got a grant or runs a place. Part of the store.

Nothing here knows where somebody searches from.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.closed_lists import Offer, PlaceStatus
from dashboard.database import Row, Rows
from dashboard.location import Location
from dashboard.offer_filters import Attributes, Vocabulary
from geo.nearby import Nearby

_STATUSES = tuple(str(status) for status in PlaceStatus)

_PLACES = """
WITH other AS (SELECT same_as, first(lat) AS lat, first(lon) AS lon FROM place
               WHERE same_as IS NOT NULL AND lat IS NOT NULL GROUP BY same_as),
named AS (SELECT coalesce(p.same_as, p.place_id) AS place_id, bit_or(1::BIGINT << (g.position - 1)::INTEGER) AS target
          FROM place_target AS t JOIN place AS p USING (place_id) JOIN target_group AS g USING (target_id) GROUP BY 1)
SELECT p.rowid AS row, p.code::BIGINT AS code,
       coalesce(p.lon, other.lon) AS lon, coalesce(p.lat, other.lat) AS lat, coalesce(named.target, 0) AS target,
       coalesce(list_position(?, p.kind), CASE WHEN p.kind IS NULL THEN 0 ELSE -1 END)::BIGINT AS place_kind,
       coalesce(list_position(?, p.status), 0)::BIGINT AS place_status,
       coalesce(TRY_CAST(coalesce(s.published_on, p.as_of_printed)[:4] AS BIGINT), 0) AS newest
FROM place AS p JOIN source AS s USING (source_id)
LEFT JOIN other ON other.same_as = p.place_id LEFT JOIN named ON named.place_id = p.place_id
WHERE p.same_as IS NULL ORDER BY p.rowid
"""
_PLACE_ROWS = """
WITH chosen AS (SELECT rowid AS row, * FROM place WHERE rowid IN (SELECT unnest(?))),
other AS (
  SELECT o.same_as, list((o.source_id, o.source_locator) ORDER BY o.place_id) AS also, first(o.target_groups) AS target_groups,
         first(o.url) AS url, first(o.operator) AS operator, first(o.address) AS address, first(o.schedule) AS schedule
  FROM place AS o SEMI JOIN chosen ON o.same_as = chosen.place_id GROUP BY o.same_as)
SELECT p.place_id AS id, p.name, p.kind AS what, p.code, p.status AS place_status, p.as_of_printed AS as_of,
       s.published_on, p.source_id, p.source_locator, s.title, s.title_en, s.publisher, s.publisher_en, s.url AS source_url,
       coalesce(p.target_groups, o.target_groups) AS printed_targets, coalesce(p.url, o.url) AS url,
       coalesce(p.operator, o.operator) AS operator, coalesce(p.address, o.address) AS address,
       coalesce(p.schedule, o.schedule) AS schedule, o.also, p.row
FROM chosen AS p
JOIN source AS s USING (source_id) LEFT JOIN other AS o ON o.same_as = p.place_id
"""
_PLATFORMS = """
WITH taking_part AS (
  SELECT code, state, since_year FROM coverage WHERE fiscal_year = ? AND time_view = ? AND state IN ('A', 'B')
  UNION ALL
  SELECT code, 'A', since_year FROM coverage_prefecture WHERE fiscal_year = ? AND time_view = ? AND takes_part),
said AS (
  SELECT e.*, s.* EXCLUDE (source_id, kind, note, import_id, url), s.url AS source_url
  FROM evidence AS e JOIN source AS s USING (source_id)
  WHERE e.claim IN ('participant', 'joint_partner', 'platform')
    AND CASE WHEN ? = 'annual' THEN e.fiscal_year = ? ELSE e.fiscal_year <= ? END
  QUALIFY row_number() OVER (PARTITION BY e.code ORDER BY s.published_on DESC NULLS LAST, e.fiscal_year DESC, e.claim) = 1)
SELECT t.code AS id, a.name, a.romaji AS name_en, said.statement AS what, said.statement_en AS what_en, [t.code] AS codes,
       t.state, t.since_year, a.url, said.published_on, said.source_id, said.source_locator, said.title, said.title_en,
       said.publisher, said.publisher_en, said.source_url
FROM taking_part AS t JOIN area AS a USING (code) LEFT JOIN said USING (code) ORDER BY t.code
"""
_GRANTEES = """
WITH named AS (SELECT t.award_id, bit_or(1::BIGINT << (g.position - 1)::INTEGER) AS target
               FROM award_target AS t JOIN target_group AS g USING (target_id) GROUP BY t.award_id)
SELECT g.award_id AS id, g.organisation AS name, g.organisation_en AS name_en, p.name AS what, p.name_en AS what_en,
       list(DISTINCT r.code ORDER BY r.code) FILTER (r.code IS NOT NULL) AS codes,
       coalesce(bool_or(r.scope = 'nationwide'), false) AS is_nationwide, g.fiscal_year AS since_year,
       g.target_groups AS printed_targets, coalesce(named.target, 0) AS target, t.theme_id AS theme, s.published_on, g.source_id,
       g.source_locator, s.title, s.title_en, s.publisher, s.publisher_en, s.url AS source_url
FROM grant_award AS g JOIN grant_programme AS p USING (programme_id) JOIN source AS s ON s.source_id = g.source_id
LEFT JOIN grant_area AS r USING (award_id) LEFT JOIN grant_theme AS t ON t.name = g.themes
LEFT JOIN named ON named.award_id = g.award_id
WHERE g.is_counted AND CASE WHEN ? = 'annual' THEN g.fiscal_year = ? ELSE g.fiscal_year <= ? END
GROUP BY ALL ORDER BY g.award_id
"""


class OfferFacts(Location):
    """The questions."""

    # -- what can be chosen -------------------------------------------------------------------------------------------

    @cached_property
    def place_kinds(self) -> tuple[str, ...]:
        """Kinds of places as printed, the most frequent first."""
        rows = self.ask(
            "SELECT kind FROM place WHERE kind IS NOT NULL AND same_as IS NULL GROUP BY kind ORDER BY count(*) DESC, kind"
        )
        return tuple(row["kind"] for row in rows)

    @cached_property
    def targets(self) -> Rows:
        """Groups that partners are for, in the order of the list: target_id, name, name_en."""
        return self.ask("SELECT target_id, name, name_en FROM target_group ORDER BY position")

    @cached_property
    def themes(self) -> Rows:
        """Themes of grants: theme_id, name, name_en."""
        return self.ask("SELECT theme_id, name, name_en FROM grant_theme ORDER BY theme_id")

    @cached_property
    def source_years(self) -> tuple[int, ...]:
        """Calendar years in which sources of partners were published, or of which their lists say they are."""
        rows = self.ask(
            """WITH dated AS (
                 SELECT coalesce(s.published_on, p.as_of_printed)[:4] AS year FROM place AS p JOIN source AS s USING (source_id)
                 UNION SELECT s.published_on[:4] FROM grant_award JOIN source AS s USING (source_id)
                 UNION SELECT s.published_on[:4] FROM evidence JOIN source AS s USING (source_id))
               SELECT DISTINCT TRY_CAST(year AS INTEGER) AS year FROM dated WHERE TRY_CAST(year AS INTEGER) > 0 ORDER BY 1"""
        )
        return tuple(row["year"] for row in rows)

    # -- what is known, ready to be searched --------------------------------------------------------------------------

    def _attributes_of(self, offer: Offer, rows: Rows) -> Attributes:
        themes = self._vocabulary.themes
        nothing = np.zeros(len(rows), np.int64)
        return Attributes(
            offer,
            place_kind=nothing,
            place_status=nothing,
            target=np.array([row.get("target") or 0 for row in rows], np.int64),
            theme=np.array(
                [themes.index(row["theme"]) + 1 if row.get("theme") else 0 for row in rows], np.int64
            ),
            newest=np.array([int((row["published_on"] or "0")[:4]) for row in rows], np.int64),
        )

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(
            place_kinds=self.place_kinds,
            targets=tuple(row["target_id"] for row in self.targets),
            themes=tuple(row["theme_id"] for row in self.themes),
            statuses=_STATUSES,
        )

    @cached_property
    def _offices(self) -> Mapping[str, Any]:
        return self.arrays(
            """SELECT code::BIGINT AS code, coalesce(office_lon, rep_lon) AS lon, coalesce(office_lat, rep_lat) AS lat
               FROM area WHERE kind NOT IN ('prefecture', 'ward', 'northern_village') ORDER BY code"""
        )

    @cached_property
    def _places(self) -> Mapping[str, Any]:
        """All places, each once, as arrays; one without a point stands at the office of its municipality."""
        places = dict(self.arrays(_PLACES, list(self.place_kinds), list(_STATUSES)))
        is_office = np.isnan(places["lon"]) & np.isin(places["code"], self._offices["code"])
        office = np.searchsorted(self._offices["code"], places["code"][is_office])
        for axis in ("lon", "lat"):
            places[axis][is_office] = self._offices[axis][office]
        return {**places, "is_office": is_office}

    @cached_property
    def _near_places(self) -> Nearby:
        return Nearby(self._places["lon"], self._places["lat"])

    @cached_property
    def _place_attributes(self) -> Attributes:
        places = self._places
        named = {name: places[name] for name in ("place_kind", "place_status", "target", "newest")}
        return Attributes(Offer.PLACE, theme=np.zeros(len(places["row"]), np.int64), **named)

    # -- partners as their documents tell of them ---------------------------------------------------------------------

    def _platforms(self, year: int, view: str) -> Rows:
        return self.ask(_PLATFORMS, *(year, view, year, view, view, year, year))

    def _grantees(self, year: int, view: str) -> Rows:
        return self.ask(_GRANTEES, view, year, year)

    def _place_rows(self, positions: npt.NDArray[np.int64]) -> Mapping[int, Row]:
        """Return the places at these positions of `_places`, each with where it is measured to."""
        by_id = {
            row["row"]: row for row in self.ask_unkept(_PLACE_ROWS, self._places["row"][positions].tolist())
        }
        seen = self._places
        return {
            position: {
                **by_id[int(seen["row"][position])],
                "target": int(seen["target"][position]),
                "lon": float(seen["lon"][position]),
                "lat": float(seen["lat"][position]),
                "measured_to": "office" if seen["is_office"][position] else "point",
            }
            for position in positions.tolist()
        }
