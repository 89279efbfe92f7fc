-- 状態 A〜D には根拠の年度と確かさがあり、E と F にはない
SELECT fiscal_year, time_view, code, state, basis, since_year, confidence
FROM coverage
WHERE
    (state <= 'D') <> (since_year IS NOT NULL AND confidence IS NOT NULL)
    OR since_year > fiscal_year
    OR state NOT IN ('A', 'B', 'C', 'D', 'E', 'F')
