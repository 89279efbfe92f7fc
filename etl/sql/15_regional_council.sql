-- regional_council: 孤独・孤立対策地域協議会 (Act, article 15). Not a platform: never merged with one.
-- Grain: one row per council.
-- Assumes: an empty established_on means that the document gives no day.
CREATE TABLE regional_council AS
SELECT
    council.code,
    area.name AS area_name,
    area.prefecture_code,
    council.name,
    council.status,
    council.established_on,
    council.form,
    council.source_id,
    council.source_locator,
    council.note
FROM curated.regional_council AS council
JOIN area ON council.code = area.code
ORDER BY council.code;

COMMENT ON TABLE regional_council
    IS '孤独・孤立対策地域協議会 — One row per local government known to have, or to have decided against, a regional council under article 15 of the Act. A council is not a platform.';
COMMENT ON COLUMN regional_council.code IS 'コード — Local government.';
COMMENT ON COLUMN regional_council.area_name IS '団体 — Official name of the local government.';
COMMENT ON COLUMN regional_council.prefecture_code IS '都道府県コード — First two digits of the area code.';
COMMENT ON COLUMN regional_council.name IS '名称 — Name of the council as printed.';
COMMENT ON COLUMN regional_council.status IS '状態 — established or not_planned.';
COMMENT ON COLUMN regional_council.established_on IS '設置日 — Full date only.';
COMMENT ON COLUMN regional_council.form IS '形 — Which existing body it builds on.';
COMMENT ON COLUMN regional_council.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN regional_council.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN regional_council.note IS '備考 — Remark in Japanese; no fact stands only here.';
