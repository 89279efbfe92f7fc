-- source: the published documents, pages and data sets that every fact cites.
-- Grain: one row per document or page.
-- Assumes: curated.source is complete; every other table refers to it.
CREATE TABLE source AS
SELECT source_id, title, publisher, published_on, url, licence, credit, kind, note
FROM curated.source
ORDER BY source_id;

COMMENT ON TABLE source
    IS '出典 — One row per document, page or data set that any fact cites. The licence column says under which terms the facts were taken.';
COMMENT ON COLUMN source.source_id IS '出典ID — Stable readable key: s… ministry document, w-… web page, d-… data set.';
COMMENT ON COLUMN source.title
    IS '表題 — Title as printed; where the page has none at hand, a title after its content (said in note).';
COMMENT ON COLUMN source.publisher IS '発行者 — Body that published it.';
COMMENT ON COLUMN source.published_on
    IS '公表日 — Day of publication as known; may be partial (YYYY or YYYY-MM) or empty.';
COMMENT ON COLUMN source.url IS 'URL — Address of the page or file; empty if none is known.';
COMMENT ON COLUMN source.licence IS '利用条件 — Licence or terms of use.';
COMMENT ON COLUMN source.credit IS 'クレジット — Credit line to print beside the data.';
COMMENT ON COLUMN source.kind IS '種別 — Kind of source.';
COMMENT ON COLUMN source.note IS '備考 — Remark in Japanese; no fact stands only here.';
