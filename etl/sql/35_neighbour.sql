-- neighbour: which areas share a border, and how long it is.
-- Grain: one row per area and neighbour, in both directions: municipalities among municipalities, prefectures among
-- prefectures. An area that only the sea surrounds has no row.
-- Assumes: curated.border has each pair of the mesh once, without contacts too short to be told from noise (150 m). The
-- border of two prefectures is the sum of the borders of their municipalities; the northern villages have none.
CREATE TABLE neighbour AS
WITH
of_municipalities AS (
    SELECT border.code, border.neighbour_code, border.border_m
    FROM curated.border
    SEMI JOIN municipality AS one ON border.code = one.code
    SEMI JOIN municipality AS other ON border.neighbour_code = other.code
),
of_prefectures AS (
    SELECT code[:2] || '000' AS code, neighbour_code[:2] || '000' AS neighbour_code, sum(border_m)::BIGINT AS border_m
    FROM of_municipalities
    WHERE code[:2] <> neighbour_code[:2]
    GROUP BY ALL
),
each_once AS (
    FROM of_municipalities
    UNION ALL FROM of_prefectures
)
SELECT code, neighbour_code, border_m FROM each_once
UNION ALL
SELECT neighbour_code, code, border_m FROM each_once
ORDER BY code, neighbour_code;

COMMENT ON TABLE neighbour
    IS '境界を接する地域 — Areas that share a border, also across prefectures; one row per area and neighbour, both ways. Computed from the 125 m mesh.';
COMMENT ON COLUMN neighbour.code IS 'コード — Municipality or prefecture.';
COMMENT ON COLUMN neighbour.neighbour_code IS '隣のコード — Area of the same level that it borders on.';
COMMENT ON COLUMN neighbour.border_m
    IS '境界の長さ — Length of the common border in metres, about a tenth too long (125 m cells); contacts under 150 m are left out.';
