-- ambiguous_name: names that do not say by themselves which area is meant.
-- Grain: one row per name and area; each name has at least two rows.
-- Assumes: only current areas; a ward is listed by its own name as printed in the areas table.
CREATE TABLE ambiguous_name AS
WITH
shared_name AS (
    SELECT name FROM area WHERE kind <> 'prefecture' GROUP BY name HAVING count(*) > 1
)
SELECT area.name, area.code, area.prefecture_name, area.kind
FROM area
JOIN shared_name ON area.name = shared_name.name
WHERE area.kind <> 'prefecture'
ORDER BY area.name, area.code;

COMMENT ON TABLE ambiguous_name
    IS '同じ名前の団体（名前だけでは決まらないもの） — Names shared by two or more current areas; one row per name and area.';
COMMENT ON COLUMN ambiguous_name.name IS '名称 — Official name of the area.';
COMMENT ON COLUMN ambiguous_name.code IS 'コード — Area that bears the name.';
COMMENT ON COLUMN ambiguous_name.prefecture_name IS '都道府県名 — Name of the prefecture.';
COMMENT ON COLUMN ambiguous_name.kind IS '区分 — Kind of area (see area.kind).';
