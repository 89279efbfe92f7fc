-- 「予定」の構成員であるだけの市区町村は A〜C にならない
SELECT coverage.fiscal_year, coverage.time_view, coverage.code, coverage.state
FROM coverage
JOIN platform_member ON coverage.code = platform_member.member_code
WHERE
    platform_member.status = 'planned'
    AND coverage.state IN ('B', 'C')
    AND coverage.basis IN ('prefecture_member', 'joint_member')
    AND NOT EXISTS (
        FROM platform_member AS confirmed
        WHERE confirmed.member_code = coverage.code AND confirmed.status = 'confirmed'
    )
