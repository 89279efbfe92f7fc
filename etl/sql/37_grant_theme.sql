-- grant_theme: the themes that sources state for awards.
-- Grain: one row per theme.
-- Assumes: grant_award.themes prints the name of one theme; most awards state none.
CREATE TABLE grant_theme AS
SELECT theme_id, name, name_en, source_id, source_locator
FROM curated.grant_theme
ORDER BY theme_id;

COMMENT ON TABLE grant_theme
    IS '採択事業のテーマ — One row per theme that a source states for an award; name as printed in the awards.';
COMMENT ON COLUMN grant_theme.theme_id IS 'テーマのID — Readable key.';
COMMENT ON COLUMN grant_theme.name IS '名称 — Theme as printed.';
COMMENT ON COLUMN grant_theme.name_en IS '名称（英語） — English gloss of our own.';
COMMENT ON COLUMN grant_theme.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN grant_theme.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
