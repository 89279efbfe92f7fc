-- build_info: what this database was made from.
-- Grain: one row per key.
-- Assumes: built_at is the only value that differs between two builds of the same inputs.
CREATE TABLE build_info AS
SELECT key, value
FROM curated.build_info
ORDER BY key;

COMMENT ON TABLE build_info IS 'このデータベースの来歴 — What this database was made from; one row per key.';
COMMENT ON COLUMN build_info.key IS '項目 — Name of the value.';
COMMENT ON COLUMN build_info.value IS '値 — Value as text.';
