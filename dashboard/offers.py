"""Questions about partners: who takes part, got a grant or runs a place. Part of the store.

Where somebody searches from is kept nowhere: it is no value of a kept answer and stands in no error.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.closed_lists import Offer, PlaceStatus, Reach
from dashboard.database import Row, Rows
from dashboard.location import Location
from dashboard.offer_filters import Attributes, Vocabulary
from dashboard.offer_search import INSIDE_M, Hits, Search, SeenBodies, SeenPoints
from geo.nearby import Nearby, metres_between
from geo.whereabouts import Whereabouts

__all__ = ["MOST_FOUND", "Found", "Offers", "Wanted", "Whereabouts"]

Floats = npt.NDArray[np.float64]

MOST_FOUND = 300
"""Rows of an answer: more nobody reads, and a browser draws these at once."""
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
COLUMNS = (
    *("offer", "id", "name", "name_en", "what", "what_en", "code", "metres", "measured_to", "lon", "lat"),
    *(
        "printed_targets",
        "targets",
        "theme",
        "place_status",
        "as_of",
        "published_on",
        "url",
        "operator",
        "address",
        "schedule",
    ),
    *("source_id", "source_locator", "also", "state", "since_year"),
    *("title", "title_en", "publisher", "publisher_en", "source_url"),
)
"""What every row of an answer has, None where it does not apply or is not known; the last five describe its source."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" and the empty set leave all in. `reach` is a `Reach`, `newer` the first year of the sources."""

    reach: str
    offers: frozenset[str]
    place_kind: str = ""
    target: str = ""
    theme: str = ""
    place_status: str = ""
    newer: str = ""
    with_unknown: bool = True
    year: int = field(kw_only=True)
    view: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, nearest first and at most `MOST_FOUND` rows of `total`.

    `counts` is how many each kind of partner has if it alone is wanted. `unknown` is by filter of how many partners in reach no
    source says: they are in the answer, or left out of it if they are not wanted; `position` and `activity_area` count those that
    can be in no answer, because no source says where they are. `nationwide` are the grantees that work everywhere. `widened` is
    the smallest larger reach that finds anything, "" if this one does or none would.
    """

    rows: Rows
    total: int
    counts: Mapping[str, int]
    unknown: Mapping[str, int]
    nationwide: Rows
    widened: str


@dataclass(frozen=True, slots=True)
class _Way:
    """The way to a body: `INSIDE_M` if it works where the point lies, else to the office in `code`; nan without an area."""

    metres: float
    code: str | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class _Bodies:
    """Platforms or grantees as seen from one point."""

    rows: Rows
    ways: tuple[_Way, ...]
    seen: SeenBodies


class Offers(Location):
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

    # -- partners -----------------------------------------------------------------------------------------------------

    def partners(self, at: Whereabouts, wanted: Wanted) -> Found:
        """Return who offers something near a point, across every border.

        Raises:
            ValueError: a filter of `wanted` is none of its closed list.
        """
        bodies = {
            offer: self._bodies(offer, rows, at)
            for offer, rows in (
                (Offer.PLATFORM, self._platforms(wanted)),
                (Offer.GRANTEE, tuple(row for row in self._grantees(wanted) if not row["is_nationwide"])),
            )
        }
        places = SeenPoints(self._place_attributes, self._near_places, at.lon, at.lat)
        chosen = {offer for offer in Offer if not wanted.offers or offer in wanted.offers}
        search = Search(
            kinds={**{offer: found.seen for offer, found in bodies.items()}, Offer.PLACE: places},
            chosen=chosen,
            choice=wanted,
            words=self._vocabulary,
            with_unknown=wanted.with_unknown,
            reach=Reach(wanted.reach),
            most_shown=MOST_FOUND,
        )
        hits = search.hits()
        return Found(
            rows=self._rows_of(hits, bodies),
            total=hits.total,
            counts=hits.counts,
            unknown={**hits.unknown, **self._without_position(at, wanted, chosen)},
            nationwide=self._nationwide(wanted) if Offer.GRANTEE in chosen else (),
            widened=hits.widened,
        )

    def _platforms(self, wanted: Wanted) -> Rows:
        year, view = wanted.year, wanted.view
        return self.ask(_PLATFORMS, *(year, view, year, view, view, year, year))

    def _grantees(self, wanted: Wanted) -> Rows:
        return self.ask(_GRANTEES, wanted.view, wanted.year, wanted.year)

    def _nationwide(self, wanted: Wanted) -> Rows:
        rows = tuple(row for row in self._grantees(wanted) if row["is_nationwide"])
        known = self._attributes_of(Offer.GRANTEE, rows)
        fits = known.fitting(wanted, self._vocabulary)
        kept = fits if wanted.with_unknown else fits & known.known(wanted)
        return tuple(
            self._row(Offer.GRANTEE, row) for row, is_kept in zip(rows, kept, strict=True) if is_kept
        )

    def _without_position(
        self, at: Whereabouts, wanted: Wanted, chosen: Iterable[Offer]
    ) -> Mapping[str, int]:
        """Return how many partners fit whose place or area no source states: places of the prefecture, grantees anywhere."""
        places = self._place_attributes.fitting(wanted, self._vocabulary)
        prefecture = 1000 * int(at.code[:2])
        lost = places & np.isnan(self._places["lon"]) & (self._places["code"] == prefecture)
        rows = tuple(row for row in self._grantees(wanted) if not row["is_nationwide"] and not row["codes"])
        grantees = self._attributes_of(Offer.GRANTEE, rows).fitting(wanted, self._vocabulary)
        return {
            "position": int(lost.sum()) if Offer.PLACE in chosen else 0,
            "activity_area": int(grantees.sum()) if Offer.GRANTEE in chosen else 0,
        }

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _rows_of(self, hits: Hits, bodies: Mapping[Offer, _Bodies]) -> Rows:
        offers, first = tuple(Offer), hits.first
        kinds, positions, metres = first.kind, first.position, first.metres
        places = self._place_rows(positions[kinds == offers.index(Offer.PLACE)])
        found = []
        for kind, position, far in zip(kinds.tolist(), positions.tolist(), metres.tolist(), strict=True):
            offer = offers[kind]
            if offer is Offer.PLACE:
                found.append(self._row(offer, places[position], metres=far))
                continue
            way, row = bodies[offer].ways[position], bodies[offer].rows[position]
            measured: dict[str, Any] = (
                {"metres": None, "measured_to": "inside"}
                if far == INSIDE_M
                else {"metres": far, "measured_to": "office"}
            )
            found.append(self._row(offer, row, code=way.code, lon=way.lon, lat=way.lat, **measured))
        return tuple(found)

    def _row(self, offer: Offer, row: Row, **seen: object) -> Row:
        named = int(row.get("target") or 0)
        targets = tuple(
            target["target_id"] for place, target in enumerate(self.targets) if named & 1 << place
        )
        whole = {**row, "offer": str(offer), "targets": targets, "also": tuple(row.get("also") or ()), **seen}
        whole["as_of"] = whole.get("as_of") or whole["published_on"]
        return {name: whole.get(name) for name in COLUMNS}

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

    # -- what is known, ready to be searched --------------------------------------------------------------------------

    def _bodies(self, offer: Offer, rows: Rows, at: Whereabouts) -> _Bodies:
        metres = metres_between(at.lon, at.lat, self._offices["lon"], self._offices["lat"])
        ways = tuple(self._way(row["codes"] or (), at, metres) for row in rows)
        far = np.array([way.metres for way in ways], np.float64)
        return _Bodies(rows, ways, SeenBodies(self._attributes_of(offer, rows), far))

    def _way(self, codes: Sequence[str], at: Whereabouts, metres: Floats) -> _Way:
        """Return the shortest way to where a body works; a prefecture is reached at the nearest municipal office in it."""
        offices = self._offices
        if f"{at.code[:2]}000" in codes:
            return _Way(INSIDE_M, f"{at.code[:2]}000")
        ways = []
        for code in codes:
            numbers = (
                [int(code), int(code) + 1] if not code.endswith("000") else [int(code), int(code) + 1000]
            )
            start, end = np.searchsorted(offices["code"], numbers)
            if start < end:
                nearest = start + int(metres[start:end].argmin())
                where = float(offices["lon"][nearest]), float(offices["lat"][nearest])
                ways.append(_Way(float(metres[nearest]), code, *where))
        return min(ways, key=lambda way: way.metres, default=_Way(float("nan")))

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
