-- coverage_prefecture: the municipalities of each prefecture by state, and whether the prefecture itself takes part.
-- Grain: one row per fiscal year, time view and prefecture.
-- Assumes: strict = A + B, standard = A + B + C, inclusive = A to D. Where no list is registered (all F) these counts
-- and takes_part are unknown (NULL), not 0.
CREATE TABLE coverage_prefecture AS
WITH
prefecture AS (
    SELECT code, name, prefecture_code FROM area WHERE kind = 'prefecture'
),
body AS (
    SELECT fiscal_year, time_view, code, min(since_year) AS since_year
    FROM taking_part
    GROUP BY ALL
),
counted AS (
    SELECT
        fiscal_year,
        time_view,
        prefecture_code,
        count(*) AS municipalities,
        count(*) FILTER (state = 'A') AS state_a,
        count(*) FILTER (state = 'B') AS state_b,
        count(*) FILTER (state = 'C') AS state_c,
        count(*) FILTER (state = 'D') AS state_d,
        count(*) FILTER (state = 'E') AS state_e,
        count(*) FILTER (state = 'F') AS state_f,
        sum(population)::BIGINT AS population,
        coalesce(sum(population) FILTER (state = 'A'), 0)::BIGINT AS population_a,
        coalesce(sum(population) FILTER (state = 'B'), 0)::BIGINT AS population_b,
        coalesce(sum(population) FILTER (state = 'C'), 0)::BIGINT AS population_c,
        coalesce(sum(population) FILTER (state = 'D'), 0)::BIGINT AS population_d,
        coalesce(sum(population) FILTER (state = 'E'), 0)::BIGINT AS population_e,
        coalesce(sum(population) FILTER (state = 'F'), 0)::BIGINT AS population_f
    FROM coverage
    GROUP BY fiscal_year, time_view, prefecture_code
)
SELECT
    counted.fiscal_year,
    counted.time_view,
    prefecture.code,
    counted.prefecture_code,
    prefecture.name,
    CASE WHEN state_f < municipalities THEN body.code IS NOT NULL END AS takes_part,
    body.since_year,
    municipalities, state_a, state_b, state_c, state_d, state_e, state_f,
    population, population_a, population_b, population_c, population_d, population_e, population_f,
    CASE WHEN state_f < municipalities THEN state_a + state_b END AS strict,
    CASE WHEN state_f < municipalities THEN state_a + state_b + state_c END AS standard,
    CASE WHEN state_f < municipalities THEN state_a + state_b + state_c + state_d END AS inclusive,
    CASE WHEN state_f < municipalities THEN population_a + population_b END AS population_strict,
    CASE WHEN state_f < municipalities THEN population_a + population_b + population_c END AS population_standard,
    CASE WHEN state_f < municipalities THEN population_a + population_b + population_c + population_d END
        AS population_inclusive
FROM counted
JOIN prefecture ON counted.prefecture_code = prefecture.prefecture_code
LEFT JOIN body
    ON counted.fiscal_year = body.fiscal_year
    AND counted.time_view = body.time_view
    AND prefecture.code = body.code
ORDER BY counted.fiscal_year, counted.time_view, prefecture.code;

COMMENT ON TABLE coverage_prefecture
    IS '都道府県ごとの状態の集計 — Municipalities and people by state in each prefecture; one row per fiscal year, time view and prefecture.';
COMMENT ON COLUMN coverage_prefecture.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN coverage_prefecture.time_view
    IS '時点の見方 — annual = the list of that year alone (当年度); cumulative = ever, up to the end of that year (累計).';
COMMENT ON COLUMN coverage_prefecture.code IS 'コード — Prefecture (NN000).';
COMMENT ON COLUMN coverage_prefecture.prefecture_code IS '都道府県コード — First two digits of the area code.';
COMMENT ON COLUMN coverage_prefecture.name IS '都道府県 — Name of the prefecture.';
COMMENT ON COLUMN coverage_prefecture.takes_part
    IS '都道府県の取組 — Whether the prefecture itself takes part; empty where no list is registered.';
COMMENT ON COLUMN coverage_prefecture.since_year
    IS '都道府県の最初の年度 — First fiscal year in which the prefecture itself took part.';
COMMENT ON COLUMN coverage_prefecture.municipalities IS '市区町村数 — Municipalities of the prefecture (denominator).';
COMMENT ON COLUMN coverage_prefecture.state_a IS '状態Aの市区町村数 — Municipalities in state A.';
COMMENT ON COLUMN coverage_prefecture.state_b IS '状態Bの市区町村数 — Municipalities in state B.';
COMMENT ON COLUMN coverage_prefecture.state_c IS '状態Cの市区町村数 — Municipalities in state C.';
COMMENT ON COLUMN coverage_prefecture.state_d IS '状態Dの市区町村数 — Municipalities in state D.';
COMMENT ON COLUMN coverage_prefecture.state_e IS '状態Eの市区町村数 — Municipalities in state E.';
COMMENT ON COLUMN coverage_prefecture.state_f IS '状態Fの市区町村数 — Municipalities in state F.';
COMMENT ON COLUMN coverage_prefecture.population
    IS '人口 — People of the prefecture, census of 1 October 2020 (denominator).';
COMMENT ON COLUMN coverage_prefecture.population_a IS '状態Aの人口 — People in municipalities of state A.';
COMMENT ON COLUMN coverage_prefecture.population_b IS '状態Bの人口 — People in municipalities of state B.';
COMMENT ON COLUMN coverage_prefecture.population_c IS '状態Cの人口 — People in municipalities of state C.';
COMMENT ON COLUMN coverage_prefecture.population_d IS '状態Dの人口 — People in municipalities of state D.';
COMMENT ON COLUMN coverage_prefecture.population_e IS '状態Eの人口 — People in municipalities of state E.';
COMMENT ON COLUMN coverage_prefecture.population_f IS '状態Fの人口 — People in municipalities of state F.';
COMMENT ON COLUMN coverage_prefecture.strict
    IS '狭義の市区町村数 — Municipalities in state A or B; empty where no list is registered.';
COMMENT ON COLUMN coverage_prefecture.standard
    IS '標準の市区町村数 — Municipalities in state A, B or C; empty where no list is registered.';
COMMENT ON COLUMN coverage_prefecture.inclusive
    IS '広義の市区町村数 — Municipalities in state A to D; empty where no list is registered.';
COMMENT ON COLUMN coverage_prefecture.population_strict
    IS '狭義の人口 — People in municipalities of state A or B; empty where no list is registered.';
COMMENT ON COLUMN coverage_prefecture.population_standard
    IS '標準の人口 — People in municipalities of state A, B or C; empty where no list is registered.';
COMMENT ON COLUMN coverage_prefecture.population_inclusive
    IS '広義の人口 — People in municipalities of state A to D; empty where no list is registered.';
