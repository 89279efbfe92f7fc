-- import_message: what was changed in imported rows, and what must be mended.
-- Grain: one row per message.
-- Assumes: where a cell may not be repeated (personal data) both values are empty.
CREATE TABLE import_message AS
SELECT
    message.import_id,
    message.row AS file_row,
    message.column AS column_printed,
    message.problem,
    nullif(message.mend, '') AS mend,
    nullif(message.before, '') AS value_before,
    nullif(message.after, '') AS value_after
FROM curated.import_messages AS message
JOIN curated.import_log AS log ON message.import_id = log.import_id
ORDER BY log.place_in_order, message.row;

COMMENT ON TABLE import_message IS '取り込みの補正と指摘 — One row per change or fault found in an imported file (the repair log).';
COMMENT ON COLUMN import_message.import_id IS '取り込みID — Import (import_log).';
COMMENT ON COLUMN import_message.file_row IS '行 — Row as a spreadsheet counts it; 0 for the file as a whole.';
COMMENT ON COLUMN import_message.column_printed IS '列 — Heading as printed; * for the row as a whole.';
COMMENT ON COLUMN import_message.problem IS '内容 — What was found or changed, in Japanese.';
COMMENT ON COLUMN import_message.mend IS '直し方 — How to mend it, in Japanese; empty where nothing is to be done.';
COMMENT ON COLUMN import_message.value_before IS '補正前 — Value as printed.';
COMMENT ON COLUMN import_message.value_after IS '補正後 — Value as taken in.';
