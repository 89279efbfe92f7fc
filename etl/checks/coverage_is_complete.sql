-- どの年度・どの時点の見方でも、すべての市区町村が coverage にちょうど1行ある
WITH
expected AS (
    SELECT programme_list.fiscal_year, views.time_view, area.code
    FROM programme_list
    CROSS JOIN (VALUES ('annual'), ('cumulative')) AS views (time_view)
    CROSS JOIN area
    WHERE area.kind NOT IN ('prefecture', 'ward', 'northern_village')
)
SELECT
    coalesce(expected.fiscal_year, coverage.fiscal_year) AS fiscal_year,
    coalesce(expected.time_view, coverage.time_view) AS time_view,
    coalesce(expected.code, coverage.code) AS code,
    count(coverage.code) AS rows_found
FROM expected
FULL JOIN coverage
    ON expected.fiscal_year = coverage.fiscal_year
    AND expected.time_view = coverage.time_view
    AND expected.code = coverage.code
GROUP BY ALL
HAVING count(coverage.code) <> 1 OR count(expected.code) <> 1
