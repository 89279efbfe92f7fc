-- 一致すべき公表値は収録値と一致し、照合する公表値はすべて数えられている
SELECT control_total.total_id, control_total.published, control_total.loaded, control_total.verdict
FROM control_total
JOIN curated.control_total AS printed ON control_total.total_id = printed.total_id
WHERE
    (printed.expects = 'match' AND control_total.verdict <> 'matches')
    OR (printed.expects <> 'context' AND control_total.loaded IS NULL)
    OR control_total.verdict = 'differs'
