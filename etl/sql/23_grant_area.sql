-- grant_area: where an adopted organisation works.
-- Grain: one row per award and activity area.
-- Assumes: a nationwide award has one row without code and colours nothing on a map.
CREATE TABLE grant_area AS
WITH
imported AS (
    SELECT
        award_id, 'nationwide' AS scope, NULL::VARCHAR AS code, coalesce(nullif(areas_printed, ''), '全国') AS name_printed,
        source_id, source_locator, import_id
    FROM imported_award
    WHERE scope = 'nationwide'
    UNION ALL
    SELECT
        award_id, CASE WHEN code LIKE '%000' THEN 'prefecture' ELSE 'municipality' END, code, areas_printed, source_id,
        source_locator, import_id
    FROM (SELECT * EXCLUDE (code), unnest(area_codes) AS code FROM imported_award WHERE scope <> 'nationwide')
),
activity AS (
    FROM curated.grant_area
    UNION ALL BY NAME FROM imported
)
SELECT
    activity.award_id,
    activity.scope,
    activity.code,
    area.name,
    area.prefecture_code,
    activity.name_printed,
    activity.source_id,
    activity.source_locator,
    activity.import_id
FROM activity
LEFT JOIN area ON activity.code = area.code
ORDER BY activity.award_id, activity.code NULLS FIRST, activity.name_printed;

COMMENT ON TABLE grant_area
    IS '採択団体の活動地域 — One row per award and stated activity area. A nationwide award has one row without a code and colours no prefecture.';
COMMENT ON COLUMN grant_area.award_id IS '採択 — Award.';
COMMENT ON COLUMN grant_area.scope IS '範囲 — Unit of the area.';
COMMENT ON COLUMN grant_area.code IS 'コード — Area; empty if nationwide.';
COMMENT ON COLUMN grant_area.name IS '名称 — Official name of the area; empty if nationwide.';
COMMENT ON COLUMN grant_area.prefecture_code IS '都道府県コード — First two digits of the area code; empty if nationwide.';
COMMENT ON COLUMN grant_area.name_printed IS '名称（表記） — Name as printed.';
COMMENT ON COLUMN grant_area.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN grant_area.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN grant_area.import_id IS '取り込み — Import that the row comes from (import_log); empty for rows of the registered tables.';
