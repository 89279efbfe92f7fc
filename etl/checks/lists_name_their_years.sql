-- 取組団体の行の年度には登録された一覧があり、「全部収録」の一覧の団体数は公表数と等しい
SELECT participation.fiscal_year, participation.code, programme_list.list_state, NULL AS named, NULL AS published_total
FROM participation
LEFT JOIN programme_list ON participation.fiscal_year = programme_list.fiscal_year
WHERE coalesce(programme_list.list_state, 'not_registered') = 'not_registered'
UNION ALL
SELECT fiscal_year, NULL, list_state, named, published_total
FROM programme_list
WHERE
    (list_state = 'complete' AND named <> published_total)
    OR (list_state = 'partial' AND named >= published_total)
