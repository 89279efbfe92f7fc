-- import_log: the files that were taken in.
-- Grain: one row per import.
-- Assumes: rows = loaded + quarantined + duplicates + skipped, and loaded = joined + already_known: what a registered list or
-- another import says as well is counted there.
CREATE TABLE import_log AS
WITH
joined AS (
    SELECT import_id, count(*) AS joined, count(*) FILTER (status = 'disputed') AS disputed
    FROM participation
    WHERE import_id IS NOT NULL
    GROUP BY import_id
    UNION ALL SELECT import_id, count(*), 0 FROM grant_award WHERE import_id IS NOT NULL GROUP BY import_id
    UNION ALL SELECT import_id, count(*), 0 FROM place WHERE import_id IS NOT NULL GROUP BY import_id
    UNION ALL SELECT import_id, count(*), 0 FROM source WHERE import_id IS NOT NULL GROUP BY import_id
)
SELECT
    log.import_id, log.kind, log.file, log.sha256, log.source_id, log.options, log.recognised, log.outcome,
    log.rows AS rows_read, log.loaded, log.repaired, log.quarantined, log.duplicates, log.skipped,
    coalesce(joined.joined, 0)::BIGINT AS joined,
    (log.loaded - coalesce(joined.joined, 0))::BIGINT AS already_known,
    coalesce(joined.disputed, 0)::BIGINT AS disputed,
    log.imported_at
FROM curated.import_log AS log
LEFT JOIN joined ON log.import_id = joined.import_id
ORDER BY log.place_in_order;

COMMENT ON TABLE import_log IS '取り込みの記録 — One row per file that was taken in.';
COMMENT ON COLUMN import_log.import_id IS '取り込みID — Kind and hash of the content, the same for the same file.';
COMMENT ON COLUMN import_log.kind IS '種類 — platforms, grantees, places or sources.';
COMMENT ON COLUMN import_log.file IS 'ファイル名 — Name of the file as handed in.';
COMMENT ON COLUMN import_log.sha256 IS 'ハッシュ値 — sha256 of the file.';
COMMENT ON COLUMN import_log.source_id IS '出典 — Key of the source that the rows cite; empty for a list of sources.';
COMMENT ON COLUMN import_log.options IS '指定 — What was said about the file when it was handed in (JSON).';
COMMENT ON COLUMN import_log.recognised IS '認識したこと — Encoding, layout, heading row and the like (JSON).';
COMMENT ON COLUMN import_log.outcome IS '結果 — accept: unchanged; repair: with logged changes; quarantine: some rows held back.';
COMMENT ON COLUMN import_log.rows_read IS '行数 — Rows of the file: loaded + quarantined + duplicates + skipped.';
COMMENT ON COLUMN import_log.loaded IS '取り込んだ行 — Rows that passed the check.';
COMMENT ON COLUMN import_log.repaired IS '補正した行 — Loaded rows in which a value was brought into its canonical form.';
COMMENT ON COLUMN import_log.quarantined IS '保留の行 — Rows held back (quarantine).';
COMMENT ON COLUMN import_log.duplicates IS '重複の行 — Rows that say the same as an earlier row of the file.';
COMMENT ON COLUMN import_log.skipped IS '対象外の行 — Rows that are knowingly no record.';
COMMENT ON COLUMN import_log.joined IS '加わった行 — Loaded rows that stand in a public table.';
COMMENT ON COLUMN import_log.already_known
    IS '既にある行 — Loaded rows that a registered list or another import says as well, or that say that a body takes no part.';
COMMENT ON COLUMN import_log.disputed
    IS '資料により異なる行 — Joined rows that contradict a published number and are not counted.';
COMMENT ON COLUMN import_log.imported_at IS '取り込み日時 — When it was taken in (UTC, ISO 8601).';
