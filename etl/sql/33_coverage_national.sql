-- coverage_national: how many municipalities and people are reached, by each counting rule.
-- Grain: one row per fiscal year, time view and rule.
-- Assumes: as coverage_prefecture; where no list is registered the counts are unknown (NULL), the totals are not.
CREATE TABLE coverage_national AS
WITH
rule AS (
    SELECT * FROM (VALUES (1, 'strict'), (2, 'standard'), (3, 'inclusive')) AS rules (place, rule)
),
national AS (
    SELECT
        fiscal_year,
        time_view,
        sum(strict)::BIGINT AS strict,
        sum(standard)::BIGINT AS standard,
        sum(inclusive)::BIGINT AS inclusive,
        sum(population_strict)::BIGINT AS population_strict,
        sum(population_standard)::BIGINT AS population_standard,
        sum(population_inclusive)::BIGINT AS population_inclusive,
        sum(municipalities)::BIGINT AS municipalities_total,
        sum(population)::BIGINT AS population_total
    FROM coverage_prefecture
    GROUP BY fiscal_year, time_view
),
by_rule AS (
    SELECT
        fiscal_year,
        time_view,
        place,
        rule,
        CASE rule WHEN 'strict' THEN strict WHEN 'standard' THEN standard ELSE inclusive END AS municipalities,
        municipalities_total,
        CASE rule
            WHEN 'strict' THEN population_strict
            WHEN 'standard' THEN population_standard
            ELSE population_inclusive
        END AS population,
        population_total
    FROM national
    CROSS JOIN rule
)
SELECT
    fiscal_year,
    time_view,
    rule,
    municipalities,
    municipalities_total,
    population,
    population_total,
    municipalities / municipalities_total AS municipality_share_of_1741,
    population / population_total AS population_share
FROM by_rule
ORDER BY fiscal_year, time_view, place;

COMMENT ON TABLE coverage_national
    IS '全国の集計（狭義・標準・広義） — Municipalities and people reached; one row per fiscal year, time view and counting rule.';
COMMENT ON COLUMN coverage_national.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN coverage_national.time_view
    IS '時点の見方 — annual = the list of that year alone (当年度); cumulative = ever, up to the end of that year (累計).';
COMMENT ON COLUMN coverage_national.rule
    IS '数え方 — strict = A + B (狭義); standard = A + B + C (標準); inclusive = A to D (広義).';
COMMENT ON COLUMN coverage_national.municipalities
    IS '市区町村数 — Municipalities reached by this rule; empty where no list is registered.';
COMMENT ON COLUMN coverage_national.municipalities_total IS '全市区町村数 — All municipalities (denominator).';
COMMENT ON COLUMN coverage_national.population
    IS '人口 — People in the municipalities reached; empty where no list is registered.';
COMMENT ON COLUMN coverage_national.population_total IS '全国の人口 — All people, census of 1 October 2020 (denominator).';
COMMENT ON COLUMN coverage_national.municipality_share_of_1741
    IS '市区町村の割合 — municipalities / municipalities_total, 0 to 1.';
COMMENT ON COLUMN coverage_national.population_share IS '人口の割合 — population / population_total, 0 to 1.';
