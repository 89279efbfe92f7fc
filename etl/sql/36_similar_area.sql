-- similar_area: the ten areas most alike in population, ageing and household size, whatever their distance.
-- Grain: one row per area and rank (1 = most alike): municipalities among municipalities, prefectures among prefectures.
-- Assumes: three features weigh the same: log10 of the population, the share of people aged 65+, people per household, each
-- in standard deviations of its level. The distance is the root mean square of the three differences, so it can be
-- recomputed from a row; equal distances stand in the order of the codes. An area without people is like none.
CREATE TABLE similar_area AS
WITH
feature AS (
    SELECT
        code,
        kind = 'prefecture' AS is_prefecture,
        log10(population) AS size,
        population_65plus / population AS ageing,
        population / households AS household
    FROM area
    WHERE kind NOT IN ('ward', 'northern_village') AND population > 0 AND households > 0 AND population_65plus IS NOT NULL
),
-- Where all areas are equal in a feature they do not differ in it.
standard AS (
    SELECT
        code,
        is_prefecture,
        coalesce(size / nullif(stddev_pop(size) OVER level, 0), 0) AS size,
        coalesce(ageing / nullif(stddev_pop(ageing) OVER level, 0), 0) AS ageing,
        coalesce(household / nullif(stddev_pop(household) OVER level, 0), 0) AS household
    FROM feature
    WINDOW level AS (PARTITION BY is_prefecture)
),
-- Twice as many as wanted, because arg_min keeps equal ones in no order.
candidate AS (
    SELECT
        one.code,
        unnest(arg_min(
            other.code,
            (other.size - one.size) * (other.size - one.size)
            + (other.ageing - one.ageing) * (other.ageing - one.ageing)
            + (other.household - one.household) * (other.household - one.household),
            20
        )) AS similar_code
    FROM standard AS one
    JOIN standard AS other ON one.is_prefecture = other.is_prefecture AND one.code <> other.code
    GROUP BY one.code
),
difference AS (
    SELECT
        candidate.code,
        candidate.similar_code,
        round(other.size - one.size, 4) AS population_sd,
        round(other.ageing - one.ageing, 4) AS share_65plus_sd,
        round(other.household - one.household, 4) AS people_per_household_sd
    FROM candidate
    JOIN standard AS one ON candidate.code = one.code
    JOIN standard AS other ON candidate.similar_code = other.code
),
measured AS (
    SELECT
        *,
        round(sqrt((population_sd ** 2 + share_65plus_sd ** 2 + people_per_household_sd ** 2) / 3), 4) AS distance
    FROM difference
)
SELECT
    code,
    (row_number() OVER (PARTITION BY code ORDER BY distance, similar_code))::INTEGER AS rank,
    similar_code,
    distance,
    population_sd,
    share_65plus_sd,
    people_per_household_sd
FROM measured
QUALIFY rank <= 10
ORDER BY code, rank;

COMMENT ON TABLE similar_area
    IS '似た地域 — The ten areas of the same level most alike in population, ageing and household size; one row per area and rank.';
COMMENT ON COLUMN similar_area.code IS 'コード — Municipality or prefecture.';
COMMENT ON COLUMN similar_area.rank IS '順位 — 1 = most alike.';
COMMENT ON COLUMN similar_area.similar_code IS '似た地域のコード — Area of the same level.';
COMMENT ON COLUMN similar_area.distance
    IS '違いの大きさ — Root mean square of the three differences, in standard deviations; 0 = alike in all three. The same in both directions.';
COMMENT ON COLUMN similar_area.population_sd
    IS '人口の差 — log10 of the population, similar area minus this one, in standard deviations of the level.';
COMMENT ON COLUMN similar_area.share_65plus_sd
    IS '65歳以上の割合の差 — Share of people aged 65 and over, similar area minus this one, in standard deviations of the level.';
COMMENT ON COLUMN similar_area.people_per_household_sd
    IS '世帯人員の差 — People per household, similar area minus this one, in standard deviations of the level.';
