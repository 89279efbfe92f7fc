"""The database as the dashboard sees it: every question it asks, and nothing else.

The only SQL of the dashboard. A `Store` belongs to one build and never changes, so its answers are kept; pages may not
alter them.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from dashboard.database import Database, QueryTooSlowError, Row, Rows
from etl.export import PUBLIC_TABLES, formats_of, outline, table_bytes

__all__ = ["QueryTooSlowError", "Row", "Rows", "Store"]


class Store(Database):
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

    def states_by_year(self, view: str, code: str) -> Rows:
        """State of one municipality in every fiscal year: fiscal_year, state, since_year, confidence, is_disputed."""
        return self.ask(
            """SELECT fiscal_year, state, since_year, confidence, is_disputed FROM coverage
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

    def summary(self, year: int, view: str) -> Row | None:
        """The row of participation_summary."""
        return self.one(
            "SELECT * FROM participation_summary WHERE fiscal_year = ? AND time_view = ?", year, view
        )

    def summaries(self, view: str) -> Rows:
        """participation_summary of every fiscal year."""
        return self.ask("SELECT * FROM participation_summary WHERE time_view = ? ORDER BY fiscal_year", view)

    def participants_by_status(self) -> Rows:
        """Bodies of each year's list by status: fiscal_year, status, bodies (partners apart)."""
        return self.ask(
            """SELECT fiscal_year, status, count(DISTINCT code) AS bodies FROM participation
               GROUP BY ALL ORDER BY fiscal_year, status"""
        )

    def find(self, text: str, limit: int) -> Rows:
        """Municipalities whose name, reading or code contains `text`: code, name, romaji, prefecture_name, most people first."""
        return self.ask(
            """SELECT code, name, romaji, prefecture_name FROM area
               WHERE kind NOT IN ('prefecture', 'ward', 'northern_village')
                 AND (contains(name, ?) OR contains(kana, ?) OR contains(lower(romaji), lower(?)) OR starts_with(code, ?))
               ORDER BY name <> ?, population DESC, code LIMIT ?""",
            text,
            text,
            text,
            text,
            text,
            limit,
        )

    # -- evidence -----------------------------------------------------------------------------------------------------

    def evidence_of_area(self, code: str) -> Rows:
        """Everything a document says about one area, newest year first."""
        return self.ask(
            """SELECT e.*, s.title, s.publisher, s.published_on, s.url FROM evidence AS e JOIN source AS s USING (source_id)
               WHERE e.code = ? ORDER BY e.fiscal_year DESC NULLS LAST, e.claim, e.source_id""",
            code,
        )

    def evidence_of_count(self, year: int, view: str, prefecture: str, kind: str) -> Rows:
        """The statements behind a count of taking part; kind is municipality, prefecture or any."""
        return self.ask(
            f"""SELECT e.code, a.name, a.prefecture_name, e.fiscal_year, e.claim, e.statement, e.confidence, e.is_disputed,
                      e.source_id, e.source_locator, s.title, s.publisher, s.published_on, s.url
               FROM evidence AS e JOIN area AS a USING (code) JOIN source AS s ON s.source_id = e.source_id
               WHERE e.claim IN ('participant', 'joint_partner', 'platform')
                 AND {"e.fiscal_year = ?" if view == "annual" else "e.fiscal_year <= ?"}
                 AND {"e.claim <> 'platform'" if view == "annual" else "true"}
                 AND starts_with(e.code, ?)
                 AND (? = 'any' OR (a.kind = 'prefecture') = (? = 'prefecture'))
               ORDER BY e.fiscal_year, e.code, e.claim, e.source_id""",  # noqa: S608 - two fixed phrases, no user text
            year,
            prefecture,
            kind,
            kind,
        )

    def undated_platforms(self) -> Rows:
        """Platforms that stand, whose year no document proves, and whose lead is in no list: counted in no year."""
        return self.ask(
            """SELECT p.*, a.name AS lead_name, s.title, s.publisher, s.published_on, s.url FROM platform AS p
               JOIN area AS a ON a.code = p.lead_code JOIN source AS s ON s.source_id = p.source_id
               WHERE p.status = 'established' AND p.established_year IS NULL AND p.kind <> 'regional_part'
                 AND p.lead_code NOT IN (SELECT code FROM participation)
               ORDER BY p.lead_code"""
        )

    def joined(self, year: int, view: str, prefecture: str = "") -> Rows:
        """Bodies whose first confirmed year is `year`, each with one statement and its document; prefectures first."""
        return self.ask(
            """WITH first_seen AS (
                 SELECT code FROM coverage
                 WHERE fiscal_year = ? AND time_view = ? AND since_year = fiscal_year AND state IN ('A', 'B')
                 UNION ALL
                 SELECT code FROM coverage_prefecture
                 WHERE fiscal_year = ? AND time_view = ? AND since_year = fiscal_year AND takes_part)
               SELECT a.code, a.name, a.romaji, a.kind, a.prefecture_name, e.claim, e.statement, e.confidence, e.is_disputed,
                      e.source_locator, s.title, s.publisher, s.published_on, s.url
               FROM first_seen JOIN area AS a USING (code)
               JOIN evidence AS e ON e.code = a.code AND e.fiscal_year = ?
                 AND e.claim IN ('participant', 'joint_partner', 'platform')
               JOIN source AS s ON s.source_id = e.source_id
               WHERE starts_with(a.code, ?)
               QUALIFY row_number() OVER (PARTITION BY a.code ORDER BY e.claim <> 'participant', e.source_id) = 1
               ORDER BY a.kind <> 'prefecture', a.code""",
            year,
            view,
            year,
            view,
            year,
            prefecture,
        )

    def documents(self) -> Rows:
        """Every document with the number of rows that cite it."""
        return self.ask(
            """WITH cited AS (
                 SELECT source_id, 'participation' AS fact_table, count(*) AS facts FROM participation GROUP BY ALL
                 UNION ALL SELECT source_id, 'platform', count(*) FROM platform GROUP BY ALL
                 UNION ALL SELECT source_id, 'platform_statement', count(*) FROM platform_statement GROUP BY ALL
                 UNION ALL SELECT source_id, 'platform_member', count(*) FROM platform_member GROUP BY ALL
                 UNION ALL SELECT source_id, 'regional_council', count(*) FROM regional_council GROUP BY ALL
                 UNION ALL SELECT source_id, 'grant_award', count(*) FROM grant_award GROUP BY ALL
                 UNION ALL SELECT source_id, 'place', count(*) FROM place GROUP BY ALL
                 UNION ALL SELECT source_id, 'control_total', count(*) FROM control_total GROUP BY ALL
                 UNION ALL SELECT source_id, 'national_context', count(*) FROM national_context GROUP BY ALL
                 UNION ALL SELECT source_id, 'area', count(*) FROM area GROUP BY ALL)
               SELECT s.*, coalesce(sum(facts), 0)::INTEGER AS facts FROM source AS s LEFT JOIN cited USING (source_id)
               GROUP BY ALL ORDER BY s.kind, s.published_on NULLS LAST, s.source_id"""
        )

    def evidence_of_source(self, source_id: str) -> Rows:
        """Everything one document is cited for, per area."""
        return self.ask(
            """SELECT e.*, a.name, a.prefecture_name FROM evidence AS e JOIN area AS a USING (code)
               WHERE e.source_id = ? ORDER BY e.fiscal_year, e.claim, e.code""",
            source_id,
        )

    @cached_property
    def census(self) -> Row | None:
        """The document of the census figures."""
        return self.one("SELECT * FROM source WHERE kind = 'census' ORDER BY source_id LIMIT 1")

    def source(self, source_id: str) -> Row | None:
        """One document."""
        return self.one("SELECT * FROM source WHERE source_id = ?", source_id)

    # -- reconciliation and names -------------------------------------------------------------------------------------

    @cached_property
    def control_totals(self) -> Rows:
        """Published numbers against what is loaded."""
        return self.ask(
            """SELECT c.*, s.title, s.publisher, s.published_on, s.url FROM control_total AS c JOIN source AS s USING (source_id)
               ORDER BY CASE split_part(measure, '_', 1)
                          WHEN 'programme' THEN 0 WHEN 'npo' THEN 1 WHEN 'national' THEN 2 WHEN 'census' THEN 4 ELSE 3
                        END, c.fiscal_year, c.measure, c.total_id"""
        )

    @cached_property
    def ambiguous_names(self) -> Rows:
        """Municipality names that stand in more than one place."""
        return self.ask(
            "SELECT * FROM ambiguous_name WHERE kind NOT IN ('ward', 'northern_village') ORDER BY name, code"
        )

    @cached_property
    def corrections(self) -> Rows:
        """Known errors in a document."""
        return self.ask(
            "SELECT c.*, s.title, s.url FROM correction AS c JOIN source AS s USING (source_id) ORDER BY ALL"
        )

    @cached_property
    def aliases(self) -> Rows:
        """Other spellings of names."""
        return self.ask("SELECT l.*, a.name FROM alias AS l LEFT JOIN area AS a USING (code) ORDER BY ALL")

    @cached_property
    def likely_facts(self) -> Rows:
        """Rows that the documents alone do not decide, with the reason of the decision."""
        return self.ask(
            """WITH likely AS (
                 SELECT code, fiscal_year, note, source_id, source_locator FROM participation WHERE confidence = 'likely'
                 UNION ALL
                 SELECT lead_code, established_year, note, source_id, source_locator FROM platform WHERE confidence = 'likely')
               SELECT l.*, a.name, a.prefecture_name, s.title, s.publisher, s.published_on, s.url
               FROM likely AS l JOIN area AS a USING (code) JOIN source AS s ON s.source_id = l.source_id
               ORDER BY l.fiscal_year, l.code"""
        )

    # -- grants and places --------------------------------------------------------------------------------------------

    def grants(self, year: int, view: str, prefecture: str = "") -> Rows:
        """Grants whose activity area lies in a prefecture ("" = all), one row per award and area."""
        return self.ask(
            f"""SELECT g.*, r.scope AS area_scope, r.code, r.name_printed AS area_printed, p.name AS programme,
                       a.name AS area_name, a.rep_lat, a.rep_lon, a.prefecture_code, s.title AS source_title, s.url
                FROM grant_award AS g JOIN grant_programme AS p USING (programme_id)
                LEFT JOIN grant_area AS r USING (award_id) LEFT JOIN area AS a ON a.code = r.code
                JOIN source AS s ON s.source_id = g.source_id
                WHERE {"g.fiscal_year = ?" if view == "annual" else "g.fiscal_year <= ?"} AND g.is_counted
                  AND (? = '' OR starts_with(r.code, ?))
                ORDER BY g.fiscal_year, g.award_id, r.code""",  # noqa: S608 - two fixed phrases, no user text
            year,
            prefecture,
            prefecture,
        )

    def places(self, area: str) -> Rows:
        """Listed places of a prefecture (two digits) or municipality (five)."""
        return self.ask(
            """SELECT p.*, s.title, s.publisher, s.url AS source_url FROM place AS p JOIN source AS s USING (source_id)
               WHERE starts_with(p.code, ?) ORDER BY p.kind, p.name, p.place_id""",
            area,
        )

    def place_counts(self) -> Mapping[str, int]:
        """Number of listed places by municipality; a municipality without a listing is absent, not 0."""
        return {
            row["code"]: row["places"]
            for row in self.ask("SELECT code, count(*) AS places FROM place GROUP BY code")
        }

    def place_counts_by_prefecture(self) -> Mapping[str, int]:
        """Number of listed places by two-digit prefecture code; a prefecture without a listing is absent, not 0."""
        rows = self.ask("SELECT code[:2] AS prefecture_code, count(*) AS places FROM place GROUP BY ALL")
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
    def geometry(self) -> Mapping[str, Row]:
        """Geometry files: "municipalities", "prefectures", "places" and two-digit prefecture codes → row of map_geometry."""
        rows = self.ask("SELECT * FROM map_geometry")
        return {row["prefecture_code"] or row["level"]: row for row in rows}

    def geometry_path(self, level: str) -> Path:
        """Path of a geometry file: level as in `geometry`."""
        return self.build.geometry / str(self.geometry[level]["file"])

    def outline(self, code: str) -> Any:
        """Outline of a municipality as a GeoJSON geometry (longitude, latitude)."""
        return outline(self.geometry_path(code[:2]), code)

    @cached_property
    def finest_precision_m(self) -> float:
        """Precision of the finest geometry in metres: how far a drawn border may lie from the true one."""
        return min(
            float(row["precision_m"]) for row in self.geometry.values() if row["precision_m"] is not None
        )

    @cached_property
    def build_info(self) -> Mapping[str, str]:
        """Key facts of the build."""
        return {row["key"]: row["value"] for row in self.ask("SELECT key, value FROM build_info")}

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
