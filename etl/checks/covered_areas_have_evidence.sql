-- 状態 A〜C の市区町村と取り組む都道府県には、その年度までの根拠が evidence にある
WITH
covered AS (
    SELECT fiscal_year, time_view, code FROM coverage WHERE state IN ('A', 'B', 'C')
    UNION ALL
    SELECT fiscal_year, time_view, code FROM coverage_prefecture WHERE takes_part
)
SELECT covered.*
FROM covered
WHERE NOT EXISTS (
    FROM evidence
    WHERE
        evidence.code = covered.code
        AND evidence.fiscal_year <= covered.fiscal_year
        AND evidence.claim IN ('participant', 'joint_partner', 'platform', 'platform_member')
)
