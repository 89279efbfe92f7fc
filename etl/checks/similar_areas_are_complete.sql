-- 人の住むどの地域にも、同じ段階の似た地域が10（段階の地域が少なければその残り全部）ある
WITH
inhabited AS (
    SELECT code, kind = 'prefecture' AS is_prefecture
    FROM area
    WHERE kind NOT IN ('ward', 'northern_village') AND population > 0 AND households > 0 AND population_65plus IS NOT NULL
),
expected AS (
    SELECT code, is_prefecture, least(10, count(*) OVER (PARTITION BY is_prefecture) - 1) AS similar
    FROM inhabited
)
SELECT expected.code, expected.similar, count(other.code) AS found
FROM expected
LEFT JOIN similar_area ON expected.code = similar_area.code
LEFT JOIN expected AS other
    ON similar_area.similar_code = other.code
    AND expected.is_prefecture = other.is_prefecture
    AND expected.code <> other.code
GROUP BY ALL
HAVING count(other.code) <> expected.similar
