-- control_total: every published number, held against the same number counted in our tables.
-- Grain: one row per printed number.
-- Assumes: municipalities as a part means other than designated cities, as the documents print it. A total printed with
-- its breakdown only (members of the national platform, of 岐阜県's platform) is held against the sum of that breakdown.
-- A measure that is not counted below gets no loaded value, and a check then stops the build.
CREATE TABLE control_total AS
WITH
listed_part AS (
    SELECT
        fiscal_year,
        code,
        cohort,
        unnest(printed_parts(kind)) AS part
    FROM participation
    WHERE is_counted
),
named_member AS (
    SELECT
        platform.lead_code,
        member.status,
        member.name_printed,
        unnest(
            ['total', CASE member.prefecture_code WHEN '31' THEN 'tottori_prefecture' WHEN '28' THEN 'hyogo_prefecture' END]
        ) AS part
    FROM platform_member AS member
    JOIN platform ON member.platform_id = platform.platform_id
),
printed_breakdown AS (
    SELECT measure, as_of, source_id, sum(value) AS value
    FROM curated.control_total
    WHERE part <> 'total' AND formula_printed IS NOT NULL
    GROUP BY ALL
),
counted AS (
    SELECT
        printed.*,
        CASE printed.measure
            WHEN 'programme_participants' THEN (
                SELECT count(DISTINCT listed_part.code) FROM listed_part
                WHERE listed_part.fiscal_year = printed.fiscal_year AND listed_part.part = printed.part
            )
            WHEN 'programme_participants_cohort_1' THEN (
                SELECT count(DISTINCT listed_part.code) FROM listed_part
                WHERE listed_part.fiscal_year = printed.fiscal_year AND listed_part.part = printed.part
                    AND listed_part.cohort = 1
            )
            WHEN 'programme_participants_cohort_2' THEN (
                SELECT count(DISTINCT listed_part.code) FROM listed_part
                WHERE listed_part.fiscal_year = printed.fiscal_year AND listed_part.part = printed.part
                    AND listed_part.cohort = 2
            )
            WHEN 'programme_second_year' THEN (
                SELECT count(DISTINCT listed_part.code) FROM listed_part
                JOIN listed_part AS earlier
                    ON listed_part.code = earlier.code AND listed_part.fiscal_year = earlier.fiscal_year + 1
                WHERE listed_part.fiscal_year = printed.fiscal_year AND listed_part.part = printed.part
            )
            WHEN 'programme_distinct_two_years' THEN (
                SELECT count(DISTINCT listed_part.code) FROM listed_part
                WHERE listed_part.fiscal_year BETWEEN printed.fiscal_year - 1 AND printed.fiscal_year
                    AND listed_part.part = printed.part
            )
            -- 54 = 29 + 15 + 14 - 4: bodies of the first two years counted once, those of the third year once more.
            WHEN 'programme_three_year_sum' THEN (
                SELECT count(DISTINCT (listed_part.code, listed_part.fiscal_year = printed.fiscal_year))
                FROM listed_part
                WHERE listed_part.fiscal_year BETWEEN printed.fiscal_year - 2 AND printed.fiscal_year
                    AND listed_part.part = printed.part
            )
            WHEN 'npo_base_model_awards' THEN (
                SELECT count(*) FROM grant_award
                JOIN grant_programme ON grant_award.programme_id = grant_programme.programme_id
                WHERE grant_programme.kind = 'base_model' AND grant_award.fiscal_year = printed.fiscal_year
                    AND grant_award.is_counted AND grant_award.tier = 'adopted'
            )
            WHEN 'tottori_partner_towns' THEN (
                SELECT count(*) FROM named_member
                WHERE named_member.lead_code = '31201' AND named_member.status = 'planned'
                    AND named_member.part = printed.part
            )
            WHEN 'gifu_general_members' THEN CASE printed.part
                WHEN 'total' THEN printed_breakdown.value
                WHEN 'municipalities' THEN (
                    SELECT count(*) FROM named_member
                    WHERE named_member.lead_code = '21000' AND named_member.status = 'confirmed'
                        AND named_member.name_printed LIKE '市町村%' AND named_member.part = 'total'
                )
            END
            WHEN 'national_platform_members'
                THEN CASE printed.part WHEN 'total' THEN printed_breakdown.value END
            WHEN 'census_population' THEN (SELECT sum(population) FROM municipality)
            WHEN 'census_households' THEN (SELECT sum(households) FROM area WHERE kind = 'prefecture')
            WHEN 'census_population_65plus' THEN (SELECT sum(population_65plus) FROM area WHERE kind = 'prefecture')
        END::BIGINT AS loaded
    FROM curated.control_total AS printed
    LEFT JOIN printed_breakdown
        ON printed.measure = printed_breakdown.measure
        AND printed.as_of = printed_breakdown.as_of
        AND printed.source_id = printed_breakdown.source_id
),
judged AS (
    SELECT
        counted.*,
        part = 'total' AND measure IN ('gifu_general_members', 'national_platform_members') AS is_breakdown,
        CASE
            WHEN expects IN ('context', 'conflict') THEN expects
            WHEN loaded = value THEN 'matches'
            WHEN expects = 'incomplete' AND loaded < value THEN 'incomplete'
            ELSE 'differs'
        END AS verdict
    FROM counted
)
SELECT
    total_id,
    measure,
    fiscal_year,
    as_of,
    part,
    unit,
    value AS published,
    loaded,
    verdict,
    is_breakdown,
    CASE verdict
        WHEN 'matches' THEN CASE
            WHEN is_breakdown THEN format('公表値{:,}{}は、公表された内訳の和と一致', value, unit)
            ELSE format('公表値{:,}{}は、収録した行から数えた値と一致', value, unit)
        END
        WHEN 'incomplete'
            THEN format('公表値{:,}{}のうち収録は{:,}{}。残る{:,}{}の名は未収録', value, unit, loaded, unit, value - loaded, unit)
        WHEN 'differs' THEN format('公表値{:,}{}に対し、収録した行から数えた値は{:,}{}', value, unit, loaded, unit)
        WHEN 'conflict' THEN format('資料により異なる値（{:,}{}）。照合には使わない', value, unit)
        ELSE '照合できる収録行がない参考の値'
    END || coalesce('。' || note, '') AS reason,
    CASE verdict
        WHEN 'matches' THEN CASE
            WHEN is_breakdown THEN format('The published {:,} equals the sum of its published breakdown', value)
            ELSE format('The published {:,} equals the number counted from the registered rows', value)
        END
        WHEN 'incomplete' THEN format(
            'Of the published {:,}, {:,} are registered. The names of the other {:,} are not registered', value, loaded, value - loaded
        )
        WHEN 'differs' THEN format('Published: {:,}; counted from the registered rows: {:,}', value, loaded)
        WHEN 'conflict' THEN format('A value on which documents differ ({:,}). Not used for the check', value)
        ELSE 'A value for reference: no registered rows to hold it against'
    END || coalesce('. ' || note_en, '') AS reason_en,
    formula_printed,
    source_id,
    source_locator
FROM judged
ORDER BY fiscal_year, measure, total_id;

COMMENT ON TABLE control_total
    IS '公表値との照合 — Published numbers held against what is loaded; one row per printed number.';
COMMENT ON COLUMN control_total.total_id IS '行ID — Readable key.';
COMMENT ON COLUMN control_total.measure IS '測るもの — What is counted (closed list, see README).';
COMMENT ON COLUMN control_total.fiscal_year IS '年度 — Fiscal year the number belongs to; 2020 for the census.';
COMMENT ON COLUMN control_total.as_of IS '時点（表記） — As of when, as printed.';
COMMENT ON COLUMN control_total.part
    IS '内訳 — Which part of the printed breakdown; municipalities means cities (other than designated), towns, villages and special wards.';
COMMENT ON COLUMN control_total.unit IS '単位 — Unit in Japanese.';
COMMENT ON COLUMN control_total.published IS '公表値 — Published number.';
COMMENT ON COLUMN control_total.loaded
    IS '収録値 — The same number counted in the tables of this database; empty if there is nothing to count.';
COMMENT ON COLUMN control_total.verdict
    IS '照合の結果 — matches; incomplete: our list is known to be shorter; differs; conflict: sources disagree, never used; context: nothing to compare with.';
COMMENT ON COLUMN control_total.reason IS '理由 — Why, in Japanese.';
COMMENT ON COLUMN control_total.reason_en IS '理由（英語） — Why, in English.';
COMMENT ON COLUMN control_total.formula_printed IS '内訳の式 — Sum as printed, such as 29 = 12 + 17.';
COMMENT ON COLUMN control_total.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN control_total.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN control_total.is_breakdown IS '公表された内訳の和と比べたか — Whether the number is held against the sum of its own printed parts';
