-- taking_part: every fact by which a prefecture or municipality takes part itself. A table of the build only.
-- Grain: one row per fiscal year, time view, body and fact.
-- Assumes: annual asks the year's list alone. Cumulative asks all lists up to the year and the platforms set up by
-- then: once set up a platform continues (the lists name yearly projects, not closures). A platform of unknown year
-- counts in no year, one that is still forming never; a regional part of a prefecture does not speak for the whole.
CREATE TEMP TABLE taking_part AS
WITH
listed AS (
    SELECT
        participation.*,
        min(fiscal_year) OVER (PARTITION BY code) AS first_year
    FROM participation
    WHERE is_counted
),
in_the_years_list AS (
    SELECT
        programme_list.fiscal_year, 'annual' AS time_view, listed.code, 'programme_list' AS basis,
        listed.first_year AS since_year, NULL::VARCHAR AS platform_id, listed.confidence, false AS is_disputed
    FROM programme_list
    JOIN listed ON programme_list.fiscal_year = listed.fiscal_year
),
in_a_list_so_far AS (
    SELECT
        programme_list.fiscal_year, 'cumulative' AS time_view, listed.code, 'programme_list' AS basis,
        listed.fiscal_year AS since_year, NULL::VARCHAR AS platform_id, listed.confidence, false AS is_disputed
    FROM programme_list
    JOIN listed ON listed.fiscal_year <= programme_list.fiscal_year
),
disputed_start AS (
    SELECT DISTINCT platform_id FROM platform_statement WHERE is_disputed AND topic = 'established'
),
set_up_so_far AS (
    SELECT
        programme_list.fiscal_year, 'cumulative' AS time_view, platform.lead_code AS code, 'platform' AS basis,
        platform.established_year AS since_year, platform.platform_id, platform.confidence,
        disputed_start.platform_id IS NOT NULL AS is_disputed
    FROM programme_list
    JOIN platform
        ON platform.established_year <= programme_list.fiscal_year
        AND platform.status = 'established'
        AND platform.kind <> 'regional_part'
    LEFT JOIN disputed_start ON platform.platform_id = disputed_start.platform_id
)
FROM in_the_years_list
UNION ALL FROM in_a_list_so_far
UNION ALL FROM set_up_so_far;
