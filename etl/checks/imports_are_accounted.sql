-- 取り込んだファイルの行はすべて数えられている（行数 = 取り込み + 保留 + 重複 + 対象外、保留の行は quarantine にある）
WITH
fact AS (
    SELECT import_id, count(*) AS facts FROM curated.import_platforms GROUP BY import_id
    UNION ALL SELECT import_id, count(*) FROM curated.import_grantees GROUP BY import_id
    UNION ALL SELECT import_id, count(*) FROM curated.import_places GROUP BY import_id
    UNION ALL SELECT import_id, count(*) FROM curated.import_sources GROUP BY import_id
),
held AS (
    SELECT import_id, count(*) AS held FROM quarantine GROUP BY import_id
),
counted AS (
    SELECT import_log.*, coalesce(fact.facts, 0) AS facts, coalesce(held.held, 0) AS held
    FROM import_log
    LEFT JOIN fact ON import_log.import_id = fact.import_id
    LEFT JOIN held ON import_log.import_id = held.import_id
)
SELECT import_id, file, rows_read, loaded, quarantined, duplicates, skipped, joined, facts, held
FROM counted
WHERE
    rows_read <> loaded + quarantined + duplicates + skipped
    OR loaded <> facts
    OR quarantined <> held
    OR already_known < 0
