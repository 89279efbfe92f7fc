-- grant_award: organisations adopted by a programme and what they do.
-- Grain: one row per award.
-- Assumes: sub-grants (tier regrant) are shown but not counted; the office is not the activity area.
CREATE TABLE grant_award AS
WITH
imported AS (
    SELECT
        award_id, programme_id, fiscal_year, nullif(number_printed, '') AS number_printed, 'adopted' AS tier,
        true AS is_counted, organisation, nullif(concat(prefecture_printed, name_printed), '') AS base_printed,
        nullif(code, '') AS base_code, nullif(title, '') AS title, scope, 'certain' AS confidence, source_id, source_locator,
        import_id
    FROM imported_award
),
award AS (
    FROM curated.grant_award
    UNION ALL BY NAME FROM imported
)
SELECT
    award_id, programme_id, fiscal_year, number_printed, tier, is_counted, organisation, organisation_en, organisation_type,
    base_printed, base_code, title, title_en, themes, target_groups, summary, amount_cap_yen, scope, partners, confidence, source_id,
    source_locator, note, import_id
FROM award
ORDER BY award_id;

COMMENT ON TABLE grant_award
    IS '採択団体 — One row per award to an organisation. Re-grants have is_counted false and never count as government awards.';
COMMENT ON COLUMN grant_award.award_id IS '採択ID — g + number; i + import + row for imported rows.';
COMMENT ON COLUMN grant_award.programme_id IS '事業 — Programme.';
COMMENT ON COLUMN grant_award.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN grant_award.number_printed IS '番号（表記） — Serial number printed in the list.';
COMMENT ON COLUMN grant_award.tier
    IS '種別 — adopted: named as adopted; example: shown as a practice example; regrant; recipient of a subsidy.';
COMMENT ON COLUMN grant_award.is_counted IS '数に入れるか — false for re-grants.';
COMMENT ON COLUMN grant_award.organisation IS '団体名 — Name without the legal form.';
COMMENT ON COLUMN grant_award.organisation_en IS '団体名（英語） — Name in English or in Latin letters.';
COMMENT ON COLUMN grant_award.organisation_type IS '法人格 — Legal form.';
COMMENT ON COLUMN grant_award.base_printed IS '所在地（表記） — Base as printed.';
COMMENT ON COLUMN grant_award.base_code IS '所在地のコード — Area of the base, as precise as the sources allow.';
COMMENT ON COLUMN grant_award.title IS '事業の題 — Project title.';
COMMENT ON COLUMN grant_award.title_en IS '事業の題（英語） — English gloss of the project title, of our own.';
COMMENT ON COLUMN grant_award.themes IS 'テーマ — Theme stated for the award; empty if not stated.';
COMMENT ON COLUMN grant_award.target_groups IS '対象 — Whom it is for.';
COMMENT ON COLUMN grant_award.summary IS '要約 — Short summary in our own words.';
COMMENT ON COLUMN grant_award.amount_cap_yen
    IS '上限額 — Upper limit in yen; empty if not one stated figure. Not the amount paid.';
COMMENT ON COLUMN grant_award.scope IS '活動範囲 — Widest unit in which the activity area is stated.';
COMMENT ON COLUMN grant_award.partners IS '連携団体 — Partners, joined with ;.';
COMMENT ON COLUMN grant_award.confidence
    IS '確からしさ — certain: stated by the source; likely: read from context or from a press report.';
COMMENT ON COLUMN grant_award.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN grant_award.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN grant_award.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN grant_award.import_id IS '取り込み — Import that the row comes from (import_log); empty for rows of the registered tables.';
