-- 取り込んだ行は、いまの都道府県・市区町村を指している（なくなった団体を指す取り込みは `ibasho imports undo ID` で取り消し、取り込み直す）
WITH
named AS (
    SELECT import_id, row, code FROM curated.import_platforms
    UNION ALL SELECT import_id, row, code FROM curated.import_places
    UNION ALL SELECT import_id, row, code FROM curated.import_grantees WHERE coalesce(code, '') <> ''
    UNION ALL SELECT import_id, row, unnest(area_codes) FROM curated.import_grantees
)
SELECT named.import_id, named.row, named.code
FROM named
LEFT JOIN area ON named.code = area.code AND area.kind NOT IN ('ward', 'northern_village')
WHERE area.code IS NULL
LIMIT 100
