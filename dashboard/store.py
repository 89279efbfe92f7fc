"""The database as the dashboard sees it: every question it asks, and nothing else.

With `documents.py`, `geometry.py`, `lists.py`, `neighbourhood.py`, `offer_facts.py` and `location.py`, the only SQL of the
dashboard. A `Store` belongs to one build and never changes, so its answers are kept; pages may not alter them.
"""

from collections.abc import Mapping
from functools import cached_property

from dashboard.database import QueryTooSlowError, Row, Rows
from dashboard.documents import Documents
from dashboard.geometry import Geometry
from dashboard.lists import Lists
from dashboard.neighbourhood import Neighbourhood
from dashboard.offers import Offers
from etl.export import PUBLIC_TABLES, answer_bytes, formats_of, table_bytes

__all__ = ["QueryTooSlowError", "Row", "Rows", "Store"]


KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
"""Katakana → hiragana, in which readings are stored."""
EVERY = 2**62
"""More rows than any question has."""


class Store(Documents, Geometry, Lists, Neighbourhood, Offers):
    """The questions, by what they are about."""

    # -- what can be chosen -------------------------------------------------------------------------------------------

    @cached_property
    def years(self) -> Rows:
        """One row per fiscal year: list_state, published_total, named, source_id, source_locator."""
        return self.ask("SELECT * FROM programme_list ORDER BY fiscal_year")

    @cached_property
    def latest_year_with_facts(self) -> int:
        """The last fiscal year in which a list or a platform is dated."""
        row = self.one(
            """SELECT greatest((SELECT max(fiscal_year) FROM participation),
                               (SELECT max(established_year) FROM platform WHERE status = 'established')) AS year"""
        )
        return int(row["year"]) if row else 0

    @cached_property
    def prefectures(self) -> Rows:
        """The 47 prefectures in code order: code, name, romaji, population."""
        return self.ask(
            "SELECT code, name, romaji, population FROM area WHERE kind = 'prefecture' ORDER BY code"
        )

    @cached_property
    def areas(self) -> Mapping[str, Row]:
        """Prefectures and municipalities by code."""
        rows = self.ask("SELECT * FROM area WHERE kind NOT IN ('ward', 'northern_village') ORDER BY code")
        return {row["code"]: row for row in rows}

    @cached_property
    def source_ids(self) -> frozenset[str]:
        """Ids of all documents."""
        return frozenset(row["source_id"] for row in self.ask("SELECT source_id FROM source"))

    # -- coverage -----------------------------------------------------------------------------------------------------

    def states(self, year: int, view: str, prefecture: str = "") -> Rows:
        """Municipalities in code order with their state: code, name, romaji, kana, state, since_year, population, flags."""
        return self.ask(
            """SELECT c.code, a.name, a.romaji, a.kana, c.state, c.since_year, c.confidence, c.is_disputed,
                      a.population, a.population_65plus, a.households, a.general_households, a.single_households,
                      a.rep_lat, a.rep_lon, a.area_km2
               FROM coverage AS c JOIN area AS a USING (code)
               WHERE c.fiscal_year = ? AND c.time_view = ? AND starts_with(c.code, ?) ORDER BY c.code""",
            year,
            view,
            prefecture,
        )

    def states_in_full(self, year: int, view: str, prefecture: str = "") -> Rows:
        """The map of a view as rows to take away, with names and the document behind each state."""
        documents = self.first_documents(year)
        rows = self.ask(
            """SELECT c.fiscal_year, c.time_view, c.code, a.prefecture_name, a.name, c.state, c.since_year, c.confidence,
                      c.is_disputed, a.population, a.population_65plus, a.households, a.general_households,
                      a.single_households
               FROM coverage AS c JOIN area AS a USING (code)
               WHERE c.fiscal_year = ? AND c.time_view = ? AND starts_with(c.code, ?) ORDER BY c.code""",
            year,
            view,
            prefecture,
        )
        return tuple(
            {**row, "source_id": documents.get(row["code"]) if row["state"] in "ABC" else None}
            for row in rows
        )

    def meanings(self, *tables: str) -> Mapping[str, tuple[str, str]]:
        """Meaning of the columns of some tables, Japanese and English; of two with one name the first table's."""
        found: dict[str, tuple[str, str]] = {}
        for table in tables:
            for row in self.columns(table):
                japanese, _, english = (row["comment"] or "").partition(" — ")
                found.setdefault(row["column_name"], (japanese, english))
        return found

    def states_file(self, title: str, year: int, view: str, prefecture: str, extension: str) -> bytes:
        """The map of a view as csv or xlsx."""
        rows = self.states_in_full(year, view, prefecture)
        known = self.meanings("coverage", "area", "evidence")
        return answer_bytes(title, rows, {column: known[column] for column in rows[0]}, extension)

    def states_by_year(self, view: str, code: str) -> Rows:
        """State of one municipality in every fiscal year: fiscal_year, state, since_year, confidence, is_disputed."""
        return self.ask(
            """SELECT fiscal_year, state, since_year, confidence, is_disputed FROM coverage
               WHERE time_view = ? AND code = ? ORDER BY fiscal_year""",
            view,
            code,
        )

    def states_of_years(self, view: str, prefecture: str = "") -> Rows:
        """State of every municipality in every fiscal year, as rows to take away: by code, then by year."""
        return self.ask(
            """SELECT c.fiscal_year, c.time_view, c.code, a.prefecture_name, a.name, c.state, c.since_year, c.confidence,
                      c.is_disputed, a.population
               FROM coverage AS c JOIN area AS a USING (code)
               WHERE c.time_view = ? AND starts_with(c.code, ?) ORDER BY c.code, c.fiscal_year""",
            view,
            prefecture,
        )

    def prefecture_years(self, view: str, code: str) -> Rows:
        """Whether one prefecture takes part in every fiscal year: fiscal_year, takes_part (NULL: no list)."""
        return self.ask(
            """SELECT fiscal_year, takes_part FROM coverage_prefecture
               WHERE time_view = ? AND code = ? ORDER BY fiscal_year""",
            view,
            code,
        )

    def prefecture_coverage(self, year: int, view: str) -> Rows:
        """All columns of coverage_prefecture for the 47 prefectures in code order, with romaji."""
        return self.ask(
            """SELECT c.*, a.romaji FROM coverage_prefecture AS c JOIN area AS a USING (code)
               WHERE c.fiscal_year = ? AND c.time_view = ? ORDER BY c.code""",
            year,
            view,
        )

    def national_coverage(self, year: int, view: str) -> Mapping[str, Row]:
        """Rows of coverage_national by rule: strict, standard, inclusive."""
        rows = self.ask("SELECT * FROM coverage_national WHERE fiscal_year = ? AND time_view = ?", year, view)
        return {row["rule"]: row for row in rows}

    def find(self, text: str, limit: int) -> Rows:
        """Municipalities whose name, reading, code or ward contains `text`, the exact name first, then by people.

        Columns: code, name (a ward with its city), romaji, prefecture_name, found (how many there are in all).
        """
        return self.ask(
            """WITH wanted AS (SELECT ? AS text, ? AS reading),
               named AS (
                 SELECT a.code AS own_code, coalesce(a.parent_code, a.code) AS code, coalesce(c.name, '') || a.name AS name,
                        a.romaji, a.prefecture_name, a.kana, a.code6, coalesce(a.population, 0) AS population
                 FROM area AS a LEFT JOIN area AS c ON c.code = a.parent_code
                 WHERE a.kind NOT IN ('prefecture', 'northern_village'))
               SELECT code, name, romaji, prefecture_name, count(*) OVER () AS found FROM named, wanted
               WHERE contains(name, text) OR contains(kana, reading) OR contains(lower(romaji), lower(text))
                 OR starts_with(own_code, text) OR code6 = text
               ORDER BY name <> text, population DESC, own_code LIMIT ?""",
            text,
            text.translate(KATAKANA),
            limit,
        )

    # -- grants and places --------------------------------------------------------------------------------------------

    def grants(self, year: int, view: str, area: str = "") -> Rows:
        """Counted grants of the year (or up to it) by activity area, one row per award and area.

        `area` is "" (all, the nationwide ones too), two digits (anywhere in the prefecture) or five digits (the municipality
        or its whole prefecture).
        """
        return self.ask(
            """SELECT g.*, r.scope AS area_scope, r.code, p.name AS programme, p.name_en AS programme_en,
                      a.name AS area_name, a.romaji AS area_romaji,
                      a.rep_lat, a.rep_lon, s.title AS source_title, s.title_en AS source_title_en, s.url
               FROM grant_award AS g JOIN grant_programme AS p USING (programme_id)
               LEFT JOIN grant_area AS r USING (award_id) LEFT JOIN area AS a ON a.code = r.code
               JOIN source AS s ON s.source_id = g.source_id
               WHERE g.is_counted AND CASE WHEN ? = 'annual' THEN g.fiscal_year = ? ELSE g.fiscal_year <= ? END
                 AND CASE length(?) WHEN 0 THEN true WHEN 2 THEN starts_with(r.code, ?)
                       ELSE r.code IN (?, ? || '000') END
               ORDER BY g.fiscal_year, g.award_id, r.code""",
            *(view, year, year),
            *(area, area, area, area[:2]),
        )

    def grant_counts(self, year: int, view: str) -> Mapping[str, int]:
        """Number of counted awards by the exact code of their activity area; an area without one is absent."""
        rows = self.ask(
            """SELECT r.code, count(DISTINCT g.award_id) AS awards FROM grant_award AS g JOIN grant_area AS r USING (award_id)
               WHERE g.is_counted AND r.code IS NOT NULL
                 AND CASE WHEN ? = 'annual' THEN g.fiscal_year = ? ELSE g.fiscal_year <= ? END
               GROUP BY r.code""",
            *(view, year, year),
        )
        return {row["code"]: row["awards"] for row in rows}

    def places(self, area: str, most: int = EVERY) -> Rows:
        """The first `most` listed places of a prefecture (two digits), municipality (five) or "" the nation.

        A place in two lists stands once (its first listing).
        """
        return self.ask(
            """SELECT p.*, s.title, s.title_en, s.publisher, s.url AS source_url
               FROM place AS p JOIN source AS s USING (source_id)
               WHERE p.same_as IS NULL AND starts_with(p.code, ?) ORDER BY p.kind, p.name, p.place_id LIMIT ?""",
            area,
            most,
        )

    def place_counts(self) -> Mapping[str, int]:
        """Number of listed places by municipality, one in two lists once; a municipality without a listing is absent, not 0."""
        rows = self.ask("SELECT code, count(*) AS places FROM place WHERE same_as IS NULL GROUP BY code")
        return {row["code"]: row["places"] for row in rows}

    def place_counts_by_prefecture(self) -> Mapping[str, int]:
        """Number of listed places by two-digit prefecture code, each once; a prefecture without a listing is absent, not 0."""
        rows = self.ask(
            "SELECT code[:2] AS prefecture_code, count(*) AS places FROM place WHERE same_as IS NULL GROUP BY ALL"
        )
        return {row["prefecture_code"]: row["places"] for row in rows}

    # -- need ---------------------------------------------------------------------------------------------------------

    def need_breaks(self, layer: str) -> tuple[float, ...]:
        """The nation's quintile limits (4 numbers, rising) of population, ageing or single: the same classes in every view."""
        measure = {
            "population": "population",
            "ageing": "population_65plus / nullif(population, 0)",
            "single": "single_households / nullif(general_households, 0)",
        }[layer]
        rows = self.ask(
            f"""SELECT unnest(quantile_cont({measure}, [0.2, 0.4, 0.6, 0.8])) AS limit_ FROM area
                WHERE kind NOT IN ('prefecture', 'ward', 'northern_village')"""  # noqa: S608 - one of three fixed phrases
        )
        return tuple(float(row["limit_"]) for row in rows)

    # -- the build ----------------------------------------------------------------------------------------------------

    @cached_property
    def tables(self) -> Rows:
        """Public tables in the order of the export: table_name, comment, rows, columns."""
        rows = {
            row["table_name"]: row
            for row in self.ask(
                """SELECT table_name, comment, estimated_size AS rows, column_count AS columns FROM duckdb_tables()
                   WHERE schema_name = 'main'"""
            )
        }
        return tuple(rows[name] for name in PUBLIC_TABLES)

    def formats(self, table: str) -> tuple[str, ...]:
        """File formats that suit a public table."""
        return formats_of(table)

    def file(self, table: str, extension: str) -> bytes:
        """One public table as a file: csv, xlsx, geojson or parquet."""
        return table_bytes(self.cursor(), table, extension)

    def columns(self, table: str) -> Rows:
        """Columns of a table in their order: column_name, comment (日本語 — English)."""
        return self.ask(
            """SELECT column_name, comment FROM duckdb_columns()
               WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index""",
            table,
        )

    def preview(self, table: str, rows: int) -> Rows:
        """The first rows of a public table.

        Raises:
            KeyError: no such public table; the name never reaches SQL.
        """
        known = {row["table_name"]: row["table_name"] for row in self.tables}
        return self.ask(f'SELECT * FROM "{known[table]}" LIMIT {int(rows)}')  # noqa: S608 - a name of the catalogue
