-- 都道府県ごとの状態の数と人口は、足すとその都道府県の市区町村数と人口になる
SELECT fiscal_year, time_view, code, municipalities, population
FROM coverage_prefecture
WHERE
    municipalities <> state_a + state_b + state_c + state_d + state_e + state_f
    OR population
        <> population_a + population_b + population_c + population_d + population_e + population_f
