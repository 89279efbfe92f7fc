"""What the documents say: the questions about evidence, reconciliation and names. Part of the store."""

from collections.abc import Mapping
from functools import cached_property

from dashboard.database import Database, Row, Rows

CITING = {
    "participation": "name || ' ' || fiscal_year",
    "programme_list": "CAST(fiscal_year AS VARCHAR)",
    "platform": "coalesce(name, lead_printed)",
    "platform_statement": "statement",
    "platform_member": "member_name",
    "regional_council": "name",
    "grant_programme": "name",
    "grant_programme_term": "item || ': ' || value",
    "grant_award": "organisation",
    "grant_area": "award_id || ' ' || coalesce(name_printed, '')",
    "place": "name",
    "area": "code || ' ' || name",
    "control_total": "measure || ' = ' || published",
    "national_context": "item",
    "alias": "printed",
    "correction": "printed || ' → ' || corrected",
}
"""Tables whose rows cite a document, and what names a row of each."""


class Documents(Database):
    """Questions about documents and what is drawn from them."""

    # -- evidence -----------------------------------------------------------------------------------------------------

    def evidence_of_area(self, code: str) -> Rows:
        """Everything a document says about one area, newest year first."""
        return self.ask(
            """SELECT e.*, s.title, s.title_en, s.publisher, s.publisher_en, s.published_on, s.url
               FROM evidence AS e JOIN source AS s USING (source_id)
               WHERE e.code = ? ORDER BY e.fiscal_year DESC NULLS LAST, e.claim, e.source_id""",
            code,
        )

    def evidence_of_count(self, year: int, view: str, prefecture: str, states: str) -> Rows:
        """The statements behind a count, one row per body and statement.

        `states` are letters of coverage ("AB", "ABC"), or "" for the prefectures that take part themselves. Municipalities
        of state D have no statement of their own: see `evidence_of_inside`.
        """
        return self.ask(
            """WITH counted AS (
                 SELECT code FROM coverage
                 WHERE fiscal_year = ? AND time_view = ? AND contains(?, state) AND starts_with(code, ?)
                 UNION ALL
                 SELECT code FROM coverage_prefecture
                 WHERE fiscal_year = ? AND time_view = ? AND takes_part AND ? = '' AND starts_with(code, ?))
               SELECT e.*, a.name, a.romaji, a.kind, a.prefecture_name,
                      s.title, s.title_en, s.publisher, s.publisher_en, s.published_on, s.url
               FROM counted JOIN area AS a USING (code) JOIN evidence AS e ON e.code = a.code
               JOIN source AS s ON s.source_id = e.source_id
               WHERE CASE
                   WHEN ? = 'annual' AND e.claim IN ('participant', 'joint_partner') THEN e.fiscal_year = ?
                   WHEN ? = 'annual' THEN e.claim = 'platform_member' AND e.fiscal_year <= ?
                   ELSE e.claim IN ('participant', 'joint_partner', 'platform', 'platform_member') AND e.fiscal_year <= ?
                 END
               ORDER BY e.fiscal_year, e.code, e.claim, e.source_id""",
            *(year, view, states, prefecture),
            *(year, view, states, prefecture),
            *(view, year, view, year, year),
        )

    def evidence_of_inside(self, year: int, view: str, prefecture: str) -> Rows:
        """Prefectures that take part, with the number of their municipalities counted only for lying inside (state D)."""
        return self.ask(
            """SELECT code, name, state_d AS municipalities FROM coverage_prefecture
               WHERE fiscal_year = ? AND time_view = ? AND state_d > 0 AND starts_with(code, ?) ORDER BY code""",
            year,
            view,
            prefecture,
        )

    def participants(self, first: int, last: int) -> Rows:
        """The bodies named in the lists of some fiscal years, each with its statement: counted ones first, prefectures first."""
        return self.ask(
            """SELECT e.*, p.cohort, p.is_counted, a.name, a.romaji, a.kind, a.prefecture_name,
                      s.* EXCLUDE (source_id, kind, note)
               FROM participation AS p
               JOIN evidence AS e ON e.fact_table = 'participation' AND e.fact_id = p.participation_id
               JOIN area AS a ON a.code = p.code JOIN source AS s ON s.source_id = p.source_id
               WHERE p.fiscal_year BETWEEN ? AND ?
               ORDER BY NOT p.is_counted, p.fiscal_year, a.kind <> 'prefecture', p.code""",
            first,
            last,
        )

    def first_documents(self, year: int) -> Mapping[str, str]:
        """Id of the earliest document by which each area takes part up to `year`."""
        rows = self.ask(
            """SELECT code, first(source_id ORDER BY fiscal_year, claim <> 'participant', source_id) AS source_id
               FROM evidence
               WHERE fiscal_year <= ? AND claim IN ('participant', 'joint_partner', 'platform', 'platform_member')
               GROUP BY code""",
            year,
        )
        return {row["code"]: row["source_id"] for row in rows}

    def platform_partners(self, lead: str) -> Rows:
        """Confirmed and planned members of the platforms that a municipality leads: code, name, prefecture, status."""
        return self.ask(
            """SELECT m.member_code AS code, m.status, a.name, a.romaji, a.prefecture_name, s.title, s.title_en, s.publisher,
                      s.publisher_en, s.published_on, s.url, m.source_id, m.source_locator
               FROM platform_member AS m JOIN platform AS p USING (platform_id) JOIN area AS a ON a.code = m.member_code
               JOIN source AS s ON s.source_id = m.source_id
               WHERE p.lead_code = ? AND p.kind <> 'prefectural' ORDER BY m.status, m.member_code""",
            lead,
        )

    def undated_platforms(self) -> Rows:
        """Platforms that stand, whose year no document proves, and whose lead is in no list: counted in no year."""
        return self.ask(
            """SELECT p.*, a.name AS lead_name, a.romaji AS lead_romaji,
                      s.title, s.title_en, s.publisher, s.publisher_en, s.published_on, s.url
               FROM platform AS p
               JOIN area AS a ON a.code = p.lead_code JOIN source AS s ON s.source_id = p.source_id
               WHERE p.status = 'established' AND p.established_year IS NULL AND p.kind <> 'regional_part'
                 AND p.lead_code NOT IN (SELECT code FROM participation)
               ORDER BY p.lead_code"""
        )

    def joined(self, year: int, view: str, prefecture: str = "") -> Rows:
        """Bodies whose first confirmed year is `year`, each with one statement and its document.

        `is_counted` is false for those that only take part jointly: they stand last and in no published number of bodies.
        Of the others prefectures and designated cities come first.
        """
        return self.ask(
            """WITH first_seen AS (
                 SELECT code FROM coverage
                 WHERE fiscal_year = ? AND time_view = ? AND since_year = fiscal_year AND state IN ('A', 'B')
                 UNION ALL
                 SELECT code FROM coverage_prefecture
                 WHERE fiscal_year = ? AND time_view = ? AND since_year = fiscal_year AND takes_part)
               SELECT a.code, a.name, a.romaji, a.kind, a.prefecture_name,
                      e.claim, e.claim <> 'joint_partner' AS is_counted,
                      e.statement, e.statement_en, e.confidence, e.is_disputed,
                      e.source_id, e.source_locator, s.title, s.title_en, s.publisher, s.publisher_en, s.published_on, s.url
               FROM first_seen JOIN area AS a USING (code)
               JOIN evidence AS e ON e.code = a.code AND e.fiscal_year = ?
                 AND e.claim IN ('participant', 'joint_partner', 'platform')
               JOIN source AS s ON s.source_id = e.source_id
               WHERE starts_with(a.code, ?)
               QUALIFY row_number() OVER (PARTITION BY a.code
                 ORDER BY e.claim <> 'participant', e.claim = 'joint_partner', e.source_id) = 1
               ORDER BY NOT is_counted, a.kind NOT IN ('prefecture', 'designated_city'), a.code""",
            year,
            view,
            year,
            view,
            year,
            prefecture,
        )

    def joiners(self, year: int, view: str, prefecture: str = "") -> Rows:
        """Who joined when, up to a fiscal year: the newest year first, in it counted bodies, and of them ■ first.

        One row for each body that a list names; in the cumulative view also one for each body whose platform was set up before
        any list named it, those of unknown year (NULL, not counted) last. `since_year`: the body's first confirmed year;
        `list_named` of `list_published` bodies of the year's list are registered.
        """
        return self.ask(
            """WITH fact AS (
                 SELECT fiscal_year, code, status, cohort, decided_on, decided_printed, NULL::DATE AS established_on,
                        NULL::VARCHAR AS established_printed, is_counted, 'participation' AS fact_table,
                        participation_id AS fact_id
                 FROM participation
                 UNION ALL
                 SELECT established_year, lead_code, NULL, NULL, NULL, NULL, established_on, established_printed,
                        established_year IS NOT NULL, 'platform', platform_id
                 FROM platform
                 WHERE ? = 'cumulative' AND status = 'established' AND kind <> 'regional_part'
                   AND NOT EXISTS (
                     FROM participation AS p WHERE p.code = lead_code
                       AND (established_year IS NULL OR p.is_counted AND p.fiscal_year <= established_year))),
               dated AS (
                 SELECT *, min(fiscal_year) FILTER (is_counted) OVER (PARTITION BY code) AS since_year FROM fact)
               SELECT dated.*, is_counted AND dated.fiscal_year = since_year AS is_first,
                      a.name, a.romaji, a.kind, a.prefecture_name,
                      e.claim, e.statement, e.statement_en, e.confidence, e.is_disputed, e.source_id, e.source_locator,
                      l.named AS list_named, l.published_total AS list_published,
                      s.title, s.title_en, s.publisher, s.publisher_en, s.published_on, s.url
               FROM dated JOIN area AS a USING (code)
               JOIN evidence AS e ON e.code = dated.code AND e.fact_table = dated.fact_table AND e.fact_id = dated.fact_id
               JOIN source AS s ON s.source_id = e.source_id
               LEFT JOIN programme_list AS l ON l.fiscal_year = dated.fiscal_year
               WHERE (dated.fiscal_year <= ? OR dated.fiscal_year IS NULL) AND starts_with(dated.code, ?)
                 AND (dated.fact_table = 'participation' OR since_year IS NOT DISTINCT FROM dated.fiscal_year)
               ORDER BY dated.fiscal_year DESC NULLS LAST, NOT is_counted, dated.fact_table,
                        a.kind NOT IN ('prefecture', 'designated_city'), dated.code""",
            view,
            year,
            prefecture,
        )

    def documents(self) -> Rows:
        """Every document with the number of rows that cite it."""
        cited = " UNION ALL ".join(f"FROM (SELECT source_id FROM {table})" for table in CITING)  # noqa: S608
        return self.ask(
            f"""WITH cited AS ({cited}), counted AS (SELECT source_id, count(*) AS facts FROM cited GROUP BY source_id)
                SELECT s.*, coalesce(facts, 0) AS facts FROM source AS s LEFT JOIN counted USING (source_id)
                ORDER BY s.kind, s.published_on NULLS LAST, s.source_id"""  # noqa: S608 - names of CITING alone
        )

    def rows_of_source(self, source_id: str) -> Rows:
        """Every row that cites a document: fact_table, label (what the row is about), source_locator."""
        cited = (
            f"FROM (SELECT '{table}' AS fact_table, {label} AS label, source_locator FROM {table} WHERE source_id = ?)"  # noqa: S608 - names of CITING alone
            for table, label in CITING.items()
        )
        return self.ask(f"FROM ({' UNION ALL '.join(cited)}) ORDER BY ALL", *([source_id] * len(CITING)))

    def evidence_of_source(self, source_id: str) -> Rows:
        """Everything one document is cited for, per area."""
        return self.ask(
            """SELECT e.*, a.name, a.romaji, a.kind, a.prefecture_name FROM evidence AS e JOIN area AS a USING (code)
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
            """SELECT c.*, s.title, s.title_en, s.publisher, s.publisher_en, s.published_on, s.url
               FROM control_total AS c JOIN source AS s USING (source_id)
               ORDER BY CASE split_part(measure, '_', 1)
                          WHEN 'programme' THEN 0 WHEN 'npo' THEN 1 WHEN 'national' THEN 2 WHEN 'census' THEN 4 ELSE 3
                        END, c.fiscal_year, c.measure, c.total_id"""
        )

    @cached_property
    def ambiguous_names(self) -> Rows:
        """Municipality names that stand in more than one place."""
        return self.ask(
            """SELECT * FROM ambiguous_name WHERE kind NOT IN ('ward', 'northern_village')
               QUALIFY count(*) OVER (PARTITION BY name) > 1 ORDER BY name, code"""
        )

    @cached_property
    def corrections(self) -> Rows:
        """Known errors in a document."""
        return self.ask(
            """SELECT c.*, s.title, s.title_en, s.publisher, s.publisher_en, s.published_on, s.url
               FROM correction AS c JOIN source AS s USING (source_id) ORDER BY ALL"""
        )

    @cached_property
    def aliases(self) -> Rows:
        """Other spellings of names."""
        return self.ask(
            "SELECT l.*, a.name, a.romaji FROM alias AS l LEFT JOIN area AS a USING (code) ORDER BY ALL"
        )

    @cached_property
    def likely_facts(self) -> Rows:
        """Rows that the documents alone do not decide, with the reason of the decision."""
        return self.ask(
            """WITH likely AS (
                 SELECT code, fiscal_year, note, note_en, source_id, source_locator
                 FROM participation WHERE confidence = 'likely'
                 UNION ALL
                 SELECT lead_code, established_year, note, note_en, source_id, source_locator
                 FROM platform WHERE confidence = 'likely')
               SELECT l.*, a.name, a.romaji, a.prefecture_name,
                      s.title, s.title_en, s.publisher, s.publisher_en, s.published_on, s.url
               FROM likely AS l JOIN area AS a USING (code) JOIN source AS s ON s.source_id = l.source_id
               ORDER BY l.fiscal_year, l.code"""
        )

    # -- imports ------------------------------------------------------------------------------------------------------

    @cached_property
    def imports(self) -> Rows:
        """Files that were taken in, the latest first, each with the account of its rows."""
        return self.ask("SELECT * FROM import_log ORDER BY imported_at DESC, import_id")

    def held_rows(self, most: int) -> Rows:
        """The first open rows in quarantine, those of the latest import first: file, row, column, why, and how to mend it."""
        return self.ask(
            """SELECT q.import_id, q.file, q.file_row, q.column_printed, q.problem, q.mend
               FROM quarantine AS q JOIN import_log AS l USING (import_id)
               WHERE q.replaced_by IS NULL
               ORDER BY l.imported_at DESC, q.import_id, q.file_row LIMIT ?""",
            most,
        )

    def held_counts(self) -> tuple[int, int]:
        """How many rows in quarantine are open, and how many came again in a later file."""
        row = self.one(
            "SELECT count(*) - count(replaced_by) AS open, count(replaced_by) AS replaced FROM quarantine"
        )
        return (int(row["open"]), int(row["replaced"])) if row else (0, 0)
