-- participation: the bodies that the model programme's list of a year names.
-- Grain: one row per body and fiscal year of the list.
-- Assumes: a partner works with a listed body but is not listed itself, so it is never counted; neither is an imported row
-- that contradicts a published number (disputed).
CREATE TABLE participation AS
WITH
imported AS (
    SELECT
        'i' || imported.fiscal_year || '-' || imported.code AS participation_id,
        coalesce(programme.programme_id, 'imported_platforms_' || imported.fiscal_year) AS programme_id,
        'certain' AS confidence,
        imported.*
    FROM imported_participation AS imported
    LEFT JOIN (
        SELECT fiscal_year, min(programme_id) AS programme_id
        FROM curated.grant_programme
        WHERE kind = 'platform_model'
        GROUP BY fiscal_year
    ) AS programme ON imported.fiscal_year = programme.fiscal_year
),
listed AS (
    FROM curated.participation
    UNION ALL BY NAME FROM imported
)
SELECT
    listed.participation_id,
    listed.fiscal_year,
    listed.year_printed,
    listed.code,
    area.name,
    area.kind,
    area.prefecture_code,
    area.prefecture_name,
    listed.name_printed,
    listed.prefecture_printed,
    listed.programme_id,
    listed.cohort,
    listed.decided_on,
    listed.decided_printed,
    listed.status,
    listed.status NOT IN ('partner', 'disputed') AS is_counted,
    listed.confidence,
    listed.source_id,
    listed.source_locator,
    listed.note,
    listed.note_en,
    listed.import_id
FROM listed
JOIN area ON listed.code = area.code
ORDER BY listed.fiscal_year, listed.code, listed.participation_id;

COMMENT ON TABLE participation
    IS '取組団体 — One row per local government and fiscal year of the model programme. Rows with status partner belong to a joint project and never count against the published total.';
COMMENT ON COLUMN participation.participation_id IS '行ID — p + fiscal year + code; imported rows begin with i.';
COMMENT ON COLUMN participation.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN participation.year_printed IS '年度（表記） — Fiscal year as the source writes it; empty if it does not.';
COMMENT ON COLUMN participation.code IS 'コード — Area that takes part.';
COMMENT ON COLUMN participation.name IS '名称 — Official name of the area.';
COMMENT ON COLUMN participation.kind IS '団体の区分 — Kind of area (see area.kind).';
COMMENT ON COLUMN participation.prefecture_code IS '都道府県コード — First two digits of the area code.';
COMMENT ON COLUMN participation.prefecture_name IS '都道府県名 — Name of the prefecture.';
COMMENT ON COLUMN participation.name_printed IS '名称（表記） — Name as printed in the source.';
COMMENT ON COLUMN participation.prefecture_printed
    IS '都道府県（表記） — Prefecture as printed beside the name; empty if the source prints none.';
COMMENT ON COLUMN participation.programme_id IS '事業 — Model programme of the year.';
COMMENT ON COLUMN participation.cohort IS '次数 — 1 or 2: first or second round of the year; empty if unknown.';
COMMENT ON COLUMN participation.decided_on IS '決定日 — Full date of the decision.';
COMMENT ON COLUMN participation.decided_printed
    IS '決定日（表記） — Date of the decision as known; may be partial (YYYY-MM).';
COMMENT ON COLUMN participation.status
    IS '新規・継続 — new, continuing (also the year before), returning (an earlier year), unknown, partner (joint project of another body), disputed (an imported row that contradicts a published number).';
COMMENT ON COLUMN participation.is_counted
    IS '団体数に数えるか — false for partners of a listed body, which are never counted.';
COMMENT ON COLUMN participation.confidence
    IS '確からしさ — certain: stated by the source; likely: read from context or from a press report.';
COMMENT ON COLUMN participation.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN participation.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN participation.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN participation.note_en IS '備考（英語） — Remark in English.';
COMMENT ON COLUMN participation.import_id IS '取り込み — Import that the row comes from (import_log); empty for rows of the registered tables.';
