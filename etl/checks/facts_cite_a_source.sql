-- どの事実の行にも、登録された資料と資料の中の場所がある
WITH
cited AS (
    SELECT 'area' AS fact_table, code AS fact, source_id, source_locator FROM area
    UNION ALL SELECT 'area_history', code, source_id, source_locator FROM area_history
    UNION ALL SELECT 'participation', participation_id, source_id, source_locator FROM participation
    UNION ALL SELECT 'programme_list', fiscal_year::VARCHAR, source_id, source_locator FROM programme_list
    UNION ALL SELECT 'platform', platform_id, source_id, source_locator FROM platform
    UNION ALL SELECT 'platform_statement', statement_id, source_id, source_locator FROM platform_statement
    UNION ALL SELECT 'platform_member', platform_id || '/' || member_code, source_id, source_locator FROM platform_member
    UNION ALL SELECT 'regional_council', code, source_id, source_locator FROM regional_council
    UNION ALL SELECT 'grant_programme', programme_id, source_id, source_locator FROM grant_programme
    UNION ALL SELECT 'grant_programme_term', programme_id, source_id, source_locator FROM grant_programme_term
    UNION ALL SELECT 'grant_award', award_id, source_id, source_locator FROM grant_award
    UNION ALL SELECT 'grant_area', award_id, source_id, source_locator FROM grant_area
    UNION ALL SELECT 'place', place_id, source_id, source_locator FROM place
    UNION ALL SELECT 'national_context', context_id, source_id, source_locator FROM national_context
    UNION ALL SELECT 'control_total', total_id, source_id, source_locator FROM control_total
    UNION ALL SELECT 'alias', printed, source_id, source_locator FROM alias
    UNION ALL SELECT 'correction', correction_id, source_id, source_locator FROM correction
    UNION ALL SELECT 'evidence', fact_id, source_id, source_locator FROM evidence
)
SELECT cited.*
FROM cited
LEFT JOIN source ON cited.source_id = source.source_id
WHERE source.source_id IS NULL OR coalesce(trim(cited.source_locator), '') = ''
