-- alias: other spellings under which an area is printed.
-- Grain: one row per spelling and prefecture.
-- Assumes: a spelling belongs to one area; a decision between two areas stands in participation, not here.
CREATE TABLE alias AS
SELECT printed, prefecture_name, code, reason, reason_en, source_id, source_locator
FROM curated.alias
ORDER BY printed, prefecture_name, code;

COMMENT ON TABLE alias
    IS '別の書き方 — One row per spelling found in a source that normalisation alone does not lead to an area.';
COMMENT ON COLUMN alias.printed IS '表記 — Spelling as printed.';
COMMENT ON COLUMN alias.prefecture_name IS '都道府県名 — Prefecture in which the spelling holds.';
COMMENT ON COLUMN alias.code IS 'コード — Area meant.';
COMMENT ON COLUMN alias.reason IS '理由 — Why.';
COMMENT ON COLUMN alias.reason_en IS '理由（英語） — Why, in English.';
COMMENT ON COLUMN alias.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN alias.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
