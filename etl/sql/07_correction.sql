-- correction: errors that a document contains, and what is read instead.
-- Grain: one row per error in one document.
-- Assumes: the printed wording stays in the facts; only the reading is corrected.
CREATE TABLE correction AS
SELECT correction_id, source_id, source_locator, printed, corrected, reason, reason_en
FROM curated.correction
ORDER BY correction_id;

COMMENT ON TABLE correction
    IS '出典の誤りの訂正 — One row per known error in a source: what it prints and what these tables hold instead.';
COMMENT ON COLUMN correction.correction_id IS '訂正ID — c- + number.';
COMMENT ON COLUMN correction.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN correction.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN correction.printed IS '表記 — As printed.';
COMMENT ON COLUMN correction.corrected IS '訂正後 — As held here.';
COMMENT ON COLUMN correction.reason IS '理由 — How we know.';
COMMENT ON COLUMN correction.reason_en IS '理由（英語） — How we know, in English.';
