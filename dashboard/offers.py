"""Questions about partners near a point, across every border. Part of the store.

Where somebody searches from is kept nowhere: it is no value of a kept answer and stands in no error.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.closed_lists import Offer, Reach
from dashboard.database import Row, Rows
from dashboard.offer_facts import OfferFacts
from dashboard.offer_search import INSIDE_M, Hits, Search, SeenBodies, SeenPoints
from geo.nearby import metres_between
from geo.whereabouts import Whereabouts

__all__ = ["MOST_FOUND", "Found", "Offers", "Wanted", "Whereabouts"]

Floats = npt.NDArray[np.float64]

MOST_FOUND = 300
"""Places of an answer: more nobody reads, and a browser draws these at once. Bodies and grantees are few and all there."""
COLUMNS = (
    *("offer", "id", "name", "name_en", "what", "what_en", "code", "metres", "measured_to", "lon", "lat"),
    *("printed_targets", "targets", "theme", "place_status", "as_of", "published_on"),
    *("url", "operator", "address", "schedule"),
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
    """What was found, nearest first: `total` partners, of the places among them at most `MOST_FOUND`.

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


class Offers(OfferFacts):
    """The questions."""

    def partners(self, at: Whereabouts, wanted: Wanted) -> Found:
        """Return who offers something near a point, across every border.

        Raises:
            ValueError: a filter of `wanted` is none of its closed list.
        """
        grantees = self._grantees(wanted.year, wanted.view)
        rows = {
            Offer.PLATFORM: self._platforms(wanted.year, wanted.view),
            Offer.GRANTEE: tuple(row for row in grantees if not row["is_nationwide"]),
        }
        bodies = {offer: self._bodies(offer, of_kind, at) for offer, of_kind in rows.items()}
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

    def _nationwide(self, wanted: Wanted) -> Rows:
        rows = tuple(row for row in self._grantees(wanted.year, wanted.view) if row["is_nationwide"])
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
        is_here = self._places["code"] // 1000 == int(at.code[:2])
        lost = places & np.isnan(self._places["lon"]) & is_here
        rows = tuple(
            row
            for row in self._grantees(wanted.year, wanted.view)
            if not row["is_nationwide"] and not row["codes"]
        )
        grantees = self._attributes_of(Offer.GRANTEE, rows).fitting(wanted, self._vocabulary)
        return {
            "position": int(lost.sum()) if Offer.PLACE in chosen else 0,
            "activity_area": int(grantees.sum()) if Offer.GRANTEE in chosen else 0,
        }

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

    def _bodies(self, offer: Offer, rows: Rows, at: Whereabouts) -> _Bodies:
        metres = metres_between(at.lon, at.lat, self._offices["lon"], self._offices["lat"])
        ways = tuple(self._way(row["codes"] or (), at, metres) for row in rows)
        far = np.array([way.metres for way in ways], np.float64)
        return _Bodies(rows, ways, SeenBodies(self._attributes_of(offer, rows), far))

    def _way(self, codes: Sequence[str], at: Whereabouts, metres: Floats) -> _Way:
        """Return the shortest way to where a body works; a prefecture is reached at the nearest municipal office in it."""
        if f"{at.code[:2]}000" in codes:
            return _Way(INSIDE_M, f"{at.code[:2]}000")
        ways = [way for code in codes if (way := self._way_to(code, metres))]
        return min(ways, key=lambda way: way.metres, default=_Way(float("nan")))

    def _way_to(self, code: str, metres: Floats) -> _Way | None:
        """Return the way to the nearest office in an area; None where no office has a point (nan in `metres`)."""
        offices, first = self._offices, int(code)
        inside = slice(
            *np.searchsorted(offices["code"], [first, first + (1000 if code.endswith("000") else 1)])
        )
        if np.isnan(metres[inside]).all():
            return None
        nearest = inside.start + int(np.nanargmin(metres[inside]))
        lon, lat = float(offices["lon"][nearest]), float(offices["lat"][nearest])
        return _Way(float(metres[nearest]), code, lon, lat)
