-- quarantine: imported rows that are held back until a person mends them.
-- Grain: one row per row of a file.
-- Assumes: nothing of it counts anywhere; cells with personal data are masked. A row that came again in a later file stays, so
-- that the account of its own file balances, and names the import that brings it (replaced_by).
CREATE TABLE quarantine AS
SELECT
    held.import_id,
    log.kind,
    log.file,
    log.source_id,
    held.row AS file_row,
    held.column AS column_printed,
    held.problem,
    held.mend,
    held.cells,
    replaced.replaced_by
FROM curated.import_held AS held
JOIN curated.import_log AS log ON held.import_id = log.import_id
LEFT JOIN curated.import_replaced AS replaced
    ON held.import_id = replaced.import_id AND held.row = replaced.row
ORDER BY log.place_in_order, held.row;

COMMENT ON TABLE quarantine IS '保留の行 — Imported rows that are held back, with the reason; they count nowhere.';
COMMENT ON COLUMN quarantine.import_id IS '取り込みID — Import (import_log).';
COMMENT ON COLUMN quarantine.kind IS '種類 — Kind of the file.';
COMMENT ON COLUMN quarantine.file IS 'ファイル名 — Name of the file as handed in.';
COMMENT ON COLUMN quarantine.source_id IS '出典 — Key of the source of the file.';
COMMENT ON COLUMN quarantine.file_row IS '行 — Row as a spreadsheet counts it.';
COMMENT ON COLUMN quarantine.column_printed IS '列 — Heading of the first fault; * for the row as a whole.';
COMMENT ON COLUMN quarantine.problem IS '理由 — Why it is held back, in Japanese.';
COMMENT ON COLUMN quarantine.mend IS '直し方 — How to mend it, in Japanese.';
COMMENT ON COLUMN quarantine.cells IS '元のセル — Every heading and raw text of the row (JSON).';
COMMENT ON COLUMN quarantine.replaced_by
    IS '渡し直した取り込み — Import that brings the row again, mended or to be mended there; empty while the row is open.';
