-- 累計では、どの市区町村の状態も次の年度に弱くならない
SELECT earlier.code, earlier.fiscal_year, earlier.state, later.state AS next_state
FROM coverage AS earlier
JOIN coverage AS later
    ON earlier.code = later.code
    AND earlier.time_view = later.time_view
    AND earlier.fiscal_year + 1 = later.fiscal_year
WHERE earlier.time_view = 'cumulative' AND earlier.state < later.state
