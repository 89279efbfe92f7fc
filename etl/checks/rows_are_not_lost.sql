-- 入力した表の行は、公開する表に一行も欠けず重ならずにある
WITH
kept AS (
    SELECT 'source' AS name, (SELECT count(*) FROM curated.source) AS given,
        (SELECT count(*) FROM source WHERE import_id IS NULL) AS kept
    UNION ALL SELECT 'area', (SELECT count(*) FROM curated.area),
        (SELECT count(*) FROM area) + (SELECT count(*) FROM area_history)
    UNION ALL SELECT 'participation', (SELECT count(*) FROM curated.participation),
        (SELECT count(*) FROM participation WHERE import_id IS NULL)
    UNION ALL SELECT 'programme_list', (SELECT count(*) FROM curated.programme_list),
        (SELECT count(*) FROM programme_list WHERE fiscal_year IN (SELECT fiscal_year FROM curated.programme_list))
    UNION ALL SELECT 'platform', (SELECT count(*) FROM curated.platform), (SELECT count(*) FROM platform)
    UNION ALL SELECT 'platform_statement', (SELECT count(*) FROM curated.platform_statement),
        (SELECT count(*) FROM platform_statement)
    UNION ALL SELECT 'platform_member', (SELECT count(*) FROM curated.platform_member),
        (SELECT count(*) FROM platform_member)
    UNION ALL SELECT 'regional_council', (SELECT count(*) FROM curated.regional_council),
        (SELECT count(*) FROM regional_council)
    UNION ALL SELECT 'grant_award', (SELECT count(*) FROM curated.grant_award),
        (SELECT count(*) FROM grant_award WHERE import_id IS NULL)
    UNION ALL SELECT 'grant_area', (SELECT count(*) FROM curated.grant_area),
        (SELECT count(*) FROM grant_area WHERE import_id IS NULL)
    UNION ALL SELECT 'place', (SELECT count(*) FROM curated.place),
        (SELECT count(*) FROM place WHERE import_id IS NULL)
    UNION ALL SELECT 'control_total', (SELECT count(*) FROM curated.control_total), (SELECT count(*) FROM control_total)
)
SELECT * FROM kept WHERE given <> kept
