-- map_geometry: the files that the map loads, and the one by which a point is placed in its municipality.
-- Grain: one row per boundaries, level and, at municipality level of one prefecture, prefecture.
-- Assumes: the files lie in the folder geometry/ beside the database; their names carry the hash of their content.
CREATE TABLE map_geometry AS
SELECT level, prefecture_code, file, bytes, sha256, precision_m, boundary_id, vintage
FROM curated.map_geometry
ORDER BY vintage NULLS FIRST, boundary_id, level, prefecture_code NULLS FIRST;

COMMENT ON TABLE map_geometry IS '地図の形のファイル — Geometry files that the map loads; one row per boundaries, level and prefecture.';
COMMENT ON COLUMN map_geometry.level
    IS '段階 — municipalities (whole country), prefectures, prefecture (municipalities of one), places, names or territory (125 m cells and their municipality).';
COMMENT ON COLUMN map_geometry.prefecture_code
    IS '都道府県コード — Prefecture of a file of level prefecture; empty otherwise.';
COMMENT ON COLUMN map_geometry.file
    IS 'ファイル名 — File in the folder geometry; the name carries the hash of the content.';
COMMENT ON COLUMN map_geometry.bytes IS '大きさ — Size in bytes, not compressed.';
COMMENT ON COLUMN map_geometry.sha256 IS 'ハッシュ値 — sha256 of the file.';
COMMENT ON COLUMN map_geometry.precision_m
    IS '精度 — Largest shift of a boundary by simplification and cells, in metres; empty for points, names and cells.';
COMMENT ON COLUMN map_geometry.boundary_id
    IS '境界ID — Official boundaries that the file draws; empty for the embedded mesh and its cells, points and names.';
COMMENT ON COLUMN map_geometry.vintage
    IS '境界の年 — Year of these boundaries; build_info says which fiscal years are bound to which.';
