"""Rows of a view as files to take away: which columns, and where the dictionary says what each of them means."""

from collections.abc import Mapping

from dashboard.store import Rows, Store
from etl.export import answer_bytes

GRANT_COLUMNS = {
    "award_id": "grant_award.award_id",
    "fiscal_year": "grant_award.fiscal_year",
    "organisation": "grant_award.organisation",
    "organisation_type": "grant_award.organisation_type",
    "title": "grant_award.title",
    "programme": "grant_programme.name",
    "area_scope": "grant_area.scope",
    "code": "grant_area.code",
    "area_name": "grant_area.name",
    "source_id": "grant_award.source_id",
    "source_title": "source.title",
    "url": "source.url",
    "source_locator": "grant_award.source_locator",
}
PLACE_COLUMNS = {
    "place_id": "place.place_id",
    "name": "place.name",
    "kind": "place.kind",
    "operator": "place.operator",
    "code": "place.code",
    "municipality": "place.municipality",
    "address": "place.address",
    "lat": "place.lat",
    "lon": "place.lon",
    "schedule": "place.schedule",
    "url": "place.url",
    "licence": "place.licence",
    "as_of_printed": "place.as_of_printed",
    "source_id": "place.source_id",
    "title": "source.title",
    "source_url": "source.url",
    "source_locator": "place.source_locator",
}
JOINER_COLUMNS = {
    "fiscal_year": "participation.fiscal_year",
    "code": "participation.code",
    "prefecture_name": "area.prefecture_name",
    "name": "area.name",
    "kind": "area.kind",
    "claim": "evidence.claim",
    "status": "participation.status",
    "is_counted": "participation.is_counted",
    "since_year": "coverage.since_year",
    "cohort": "participation.cohort",
    "decided_on": "participation.decided_on",
    "decided_printed": "participation.decided_printed",
    "established_on": "platform.established_on",
    "established_printed": "platform.established_printed",
    "statement": "evidence.statement",
    "statement_en": "evidence.statement_en",
    "confidence": "evidence.confidence",
    "is_disputed": "evidence.is_disputed",
    "list_named": "programme_list.named",
    "list_published": "programme_list.published_total",
    "source_id": "evidence.source_id",
    "title": "source.title",
    "url": "source.url",
    "source_locator": "evidence.source_locator",
}
YEARS_COLUMNS = {
    "fiscal_year": "coverage.fiscal_year",
    "time_view": "coverage.time_view",
    "code": "coverage.code",
    "prefecture_name": "area.prefecture_name",
    "name": "area.name",
    "state": "coverage.state",
    "since_year": "coverage.since_year",
    "confidence": "coverage.confidence",
    "is_disputed": "coverage.is_disputed",
    "population": "coverage.population",
}
"""Column of the file → table and column of the database whose meaning stands over it."""


def grants_file(store: Store, title: str, rows: Rows, extension: str) -> bytes:
    """Return awards by activity area (at least one row) as csv or xlsx."""
    return answer_bytes(title, rows, _meanings(store, GRANT_COLUMNS), extension)


def places_file(store: Store, title: str, rows: Rows, extension: str) -> bytes:
    """Return listed places (at least one row) as csv or xlsx."""
    return answer_bytes(title, rows, _meanings(store, PLACE_COLUMNS), extension)


def joiners_file(store: Store, title: str, rows: Rows, extension: str) -> bytes:
    """Return who joined when (at least one row) as csv or xlsx."""
    return answer_bytes(title, rows, _meanings(store, JOINER_COLUMNS), extension)


def years_file(store: Store, title: str, rows: Rows, extension: str) -> bytes:
    """Return the states of municipalities in every fiscal year (at least one row) as csv or xlsx."""
    return answer_bytes(title, rows, _meanings(store, YEARS_COLUMNS), extension)


def _meanings(store: Store, columns: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    homes = {column: home.partition(".")[::2] for column, home in columns.items()}
    return {column: store.meanings(table)[name] for column, (table, name) in homes.items()}
