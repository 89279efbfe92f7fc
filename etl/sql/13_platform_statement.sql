-- platform_statement: what each further document says about a platform, also where documents disagree.
-- Grain: one row per statement of one document.
-- Assumes: both sides of a disagreement are kept, each with its document.
CREATE TABLE platform_statement AS
SELECT statement_id, platform_id, topic, statement, statement_en, is_disputed, source_id, source_locator, note, note_en
FROM curated.platform_statement
ORDER BY statement_id;

COMMENT ON TABLE platform_statement
    IS 'プラットフォームについての記述 — One row per statement of a further source on a platform. Where sources disagree, every side stands here with is_disputed true.';
COMMENT ON COLUMN platform_statement.statement_id IS '行ID — Platform id + running number.';
COMMENT ON COLUMN platform_statement.platform_id IS 'プラットフォーム — Platform it speaks of.';
COMMENT ON COLUMN platform_statement.topic IS '事項 — What it is about.';
COMMENT ON COLUMN platform_statement.statement IS '記述 — The statement in our own short words, or the printed name.';
COMMENT ON COLUMN platform_statement.statement_en
    IS '記述（英語） — The statement in English; printed Japanese words stand in quotation marks.';
COMMENT ON COLUMN platform_statement.is_disputed IS '食い違い — true where the sources disagree on it.';
COMMENT ON COLUMN platform_statement.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN platform_statement.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN platform_statement.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN platform_statement.note_en IS '備考（英語） — Remark in English.';
