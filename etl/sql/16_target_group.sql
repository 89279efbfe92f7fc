-- target_group: the groups of people that partners are for, as the atlas sorts them.
-- Grain: one row per group.
-- Assumes: a vocabulary of our own for searching; what a document says stays in the printed texts.
CREATE TABLE target_group AS
SELECT target_id, name, name_en, position
FROM curated.target_group
ORDER BY position;

COMMENT ON TABLE target_group
    IS '対象の区分 — One row per group of people (or organisations) that partners are for; a vocabulary of our own.';
COMMENT ON COLUMN target_group.target_id IS '区分のID — Readable key.';
COMMENT ON COLUMN target_group.name IS '名称 — Name in Japanese.';
COMMENT ON COLUMN target_group.name_en IS '名称（英語） — Name in English.';
COMMENT ON COLUMN target_group.position IS '順番 — Place in the order of the list.';
