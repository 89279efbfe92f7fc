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
"""Column of the file → table and column of the database whose meaning stands over it."""


def grants_file(store: Store, title: str, rows: Rows, extension: str) -> bytes:
    """Return awards by activity area (at least one row) as csv or xlsx."""
    return answer_bytes(title, rows, _meanings(store, GRANT_COLUMNS), extension)


def places_file(store: Store, title: str, rows: Rows, extension: str) -> bytes:
    """Return listed places (at least one row) as csv or xlsx."""
    return answer_bytes(title, rows, _meanings(store, PLACE_COLUMNS), extension)


def _meanings(store: Store, columns: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    homes = {column: home.partition(".")[::2] for column, home in columns.items()}
    return {column: store.meanings(table)[name] for column, (table, name) in homes.items()}
