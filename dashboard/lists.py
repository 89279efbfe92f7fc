"""The lists of participants by fiscal year, and what the annual map cites: questions about them. Part of the store."""

from functools import cached_property

from dashboard.database import Database, Row, Rows


class Lists(Database):
    """Questions about the yearly lists as they stand, taken-in rows among them."""

    @cached_property
    def listed_bodies(self) -> Rows:
        """Every body of every list: of a year the counted ones first, prefectures and designated cities before the others.

        `first_year` is the first fiscal year in which the body is listed as it is here (counted, or as a partner); `rep_lon`
        and `rep_lat` a point inside it, of a prefecture that of the municipality nearest to its middle.
        """
        return self.ask(
            """WITH middle AS (
                 SELECT prefecture_code, sum(rep_lon * area_km2) / sum(area_km2) AS lon,
                        sum(rep_lat * area_km2) / sum(area_km2) AS lat
                 FROM area WHERE kind NOT IN ('prefecture', 'ward', 'northern_village') GROUP BY ALL),
               point AS (
                 SELECT a.prefecture_code,
                        arg_min(struct_pack(lon := a.rep_lon, lat := a.rep_lat),
                                (a.rep_lon - m.lon) ** 2 + (a.rep_lat - m.lat) ** 2) AS inside
                 FROM area AS a JOIN middle AS m USING (prefecture_code)
                 WHERE a.kind NOT IN ('prefecture', 'ward', 'northern_village') GROUP BY ALL)
               SELECT p.participation_id, p.fiscal_year, p.code, a.name, a.romaji, a.kind, a.prefecture_name, p.status,
                      min(p.fiscal_year) OVER (PARTITION BY p.code, p.is_counted) AS first_year,
                      p.cohort, p.decided_on, p.is_counted, p.confidence, p.source_id, p.source_locator,
                      s.title, s.title_en,
                      coalesce(a.rep_lon, point.inside.lon) AS rep_lon, coalesce(a.rep_lat, point.inside.lat) AS rep_lat
               FROM participation AS p JOIN area AS a ON a.code = p.code JOIN source AS s ON s.source_id = p.source_id
               JOIN point ON point.prefecture_code = a.prefecture_code
               ORDER BY p.fiscal_year, NOT p.is_counted, a.kind NOT IN ('prefecture', 'designated_city'), p.code,
                        p.participation_id"""
        )

    @cached_property
    def programme_lists(self) -> Rows:
        """One row per fiscal year, the first list first, with the document of its list: title, title_en, published_on."""
        return self.ask(
            """SELECT l.*, s.title, s.title_en, s.published_on FROM programme_list AS l JOIN source AS s USING (source_id)
               ORDER BY l.fiscal_year"""
        )

    def cited(self, year: int) -> Rows:
        """What is cited for the lists and for who takes part up to a fiscal year, one row per document and place in it.

        Columns: source_id, source_locator, first (the earliest fiscal year it is cited for), prefectures (two-digit codes of
        the areas that it is cited for there), is_national (it is cited for the nation too, as lists and the census are) and
        title, title_en, publisher, publisher_en, published_on, url.
        """
        return self.ask(
            """WITH said AS (
                 SELECT source_id, source_locator, fiscal_year, NULL::VARCHAR AS prefecture
                 FROM programme_list WHERE list_state <> 'not_registered'
                 UNION ALL
                 SELECT source_id, source_locator, fiscal_year, code[:2] FROM participation
                 UNION ALL
                 SELECT source_id, source_locator, fiscal_year, code[:2] FROM evidence
                 WHERE fiscal_year <= ? AND claim IN ('participant', 'joint_partner', 'platform', 'platform_member')
                 UNION ALL
                 SELECT source_id, '', 9999, NULL FROM source WHERE kind IN ('census', 'boundary'))
               SELECT source_id, source_locator, min(fiscal_year) AS first,
                      coalesce(list(DISTINCT prefecture ORDER BY prefecture) FILTER (prefecture IS NOT NULL), [])
                        AS prefectures,
                      bool_or(prefecture IS NULL) AS is_national,
                      any_value(title) AS title, any_value(title_en) AS title_en, any_value(publisher) AS publisher,
                      any_value(publisher_en) AS publisher_en, any_value(published_on) AS published_on, any_value(url) AS url
               FROM said JOIN source USING (source_id)
               GROUP BY source_id, source_locator
               ORDER BY min(min(fiscal_year)) OVER (PARTITION BY source_id), source_id, first, source_locator""",
            year,
        )

    @cached_property
    def bodies_in_all(self) -> Row:
        """How many municipalities, prefectures and people there are: municipalities, prefectures, people."""
        row = self.one(
            """SELECT count(*) FILTER (kind <> 'prefecture') AS municipalities,
                      count(*) FILTER (kind = 'prefecture') AS prefectures,
                      sum(population) FILTER (kind = 'prefecture') AS people
               FROM area WHERE kind NOT IN ('ward', 'northern_village')"""
        )
        return row or {}
