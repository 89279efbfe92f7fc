-- source: the published documents, pages and data sets that every fact cites.
-- Grain: one row per document or page.
-- Assumes: every other table refers to it. An imported list of sources adds those that are not registered; what such a list
-- does not state (publisher, licence) is said to be unstated.
CREATE TABLE source AS
WITH
imported AS (
    SELECT
        fact.source_id,
        coalesce(nullif(fact.title, ''), fact.source_id) AS title,
        '発行者の記載なし' AS publisher,
        'Publisher not stated' AS publisher_en,
        nullif(fact.url, '') AS url,
        '利用条件の記載なし' AS licence,
        '出典：' || coalesce(nullif(fact.title, ''), fact.source_id) AS credit,
        'document' AS kind,
        log.file || ' ' || fact.row || '行目' AS note,
        fact.import_id
    FROM curated.import_sources AS fact
    JOIN curated.import_log AS log ON fact.import_id = log.import_id
    WHERE fact.source_id NOT IN (SELECT source_id FROM curated.source)
    QUALIFY row_number() OVER (PARTITION BY fact.source_id ORDER BY log.place_in_order, fact.row) = 1
),
known AS (
    FROM curated.source
    UNION ALL BY NAME FROM imported
)
SELECT
    source_id, title, title_en, publisher, publisher_en, published_on, url, licence, credit, kind, note, import_id
FROM known
ORDER BY source_id;

COMMENT ON TABLE source
    IS '出典 — One row per document, page or data set that any fact cites. The licence column says under which terms the facts were taken.';
COMMENT ON COLUMN source.source_id IS '出典ID — Stable readable key: s… ministry document, w-… web page, d-… data set.';
COMMENT ON COLUMN source.title
    IS '表題 — Title as printed; where the page has none at hand, a title after its content (said in note).';
COMMENT ON COLUMN source.title_en IS '表題（英語） — Short English gloss of the title, of our own.';
COMMENT ON COLUMN source.publisher IS '発行者 — Body that published it.';
COMMENT ON COLUMN source.publisher_en IS '発行者（英語） — Publisher in English.';
COMMENT ON COLUMN source.published_on
    IS '公表日 — Day of publication as known; may be partial (YYYY or YYYY-MM) or empty.';
COMMENT ON COLUMN source.url IS 'URL — Address of the page or file; empty if none is known.';
COMMENT ON COLUMN source.licence IS '利用条件 — Licence or terms of use.';
COMMENT ON COLUMN source.credit IS 'クレジット — Credit line to print beside the data.';
COMMENT ON COLUMN source.kind IS '種別 — Kind of source.';
COMMENT ON COLUMN source.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN source.import_id IS '取り込み — Import that the row comes from (import_log); empty for rows of the registered tables.';
