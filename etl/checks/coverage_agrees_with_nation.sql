-- 全国の数え方別の市区町村数と人口は、coverage の行を数えたものと等しい
WITH
state_of_rule AS (
    SELECT * FROM (
        VALUES ('strict', 'A'), ('strict', 'B'),
            ('standard', 'A'), ('standard', 'B'), ('standard', 'C'),
            ('inclusive', 'A'), ('inclusive', 'B'), ('inclusive', 'C'), ('inclusive', 'D')
    ) AS states (rule, state)
),
counted AS (
    SELECT
        coverage.fiscal_year,
        coverage.time_view,
        state_of_rule.rule,
        count(*) AS municipalities,
        sum(coverage.population) AS population
    FROM coverage
    JOIN state_of_rule ON coverage.state = state_of_rule.state
    GROUP BY ALL
)
SELECT
    coverage_national.fiscal_year,
    coverage_national.time_view,
    coverage_national.rule,
    coverage_national.municipalities,
    counted.municipalities AS counted
FROM coverage_national
LEFT JOIN counted
    ON coverage_national.fiscal_year = counted.fiscal_year
    AND coverage_national.time_view = counted.time_view
    AND coverage_national.rule = counted.rule
WHERE
    coalesce(coverage_national.municipalities, 0) <> coalesce(counted.municipalities, 0)
    OR coalesce(coverage_national.population, 0) <> coalesce(counted.population, 0)
