-- platform: local public–private platforms that documents name, inside or outside the model programme.
-- Grain: one row per platform.
-- Assumes: an empty established_year means that no document proves the year; such a platform counts in no year.
CREATE TABLE platform AS
SELECT
    platform.platform_id,
    platform.name,
    platform.name_en,
    platform.lead_code,
    area.name AS lead_name,
    area.kind AS lead_kind,
    area.prefecture_code,
    platform.lead_printed,
    platform.kind,
    platform.status,
    platform.established_printed,
    platform.established_on,
    platform.established_year,
    platform.secretariat,
    platform.members_printed,
    platform.setup_printed,
    platform.confidence,
    platform.source_id,
    platform.source_locator,
    platform.note,
    platform.note_en
FROM curated.platform AS platform
JOIN area ON platform.lead_code = area.code
ORDER BY platform.platform_id;

COMMENT ON TABLE platform
    IS 'プラットフォーム — One row per local public–private platform, established or being formed. Its existence is independent of the model programme.';
COMMENT ON COLUMN platform.platform_id IS 'プラットフォームID — pf- + code of the lead area (+ region).';
COMMENT ON COLUMN platform.name IS '名称 — Name as printed; empty if the sources print none.';
COMMENT ON COLUMN platform.name_en
    IS '名称（英語） — English gloss of the name, of our own; empty where the sources print no name.';
COMMENT ON COLUMN platform.lead_code IS '主体のコード — Area that leads it.';
COMMENT ON COLUMN platform.lead_name IS '主体 — Official name of the lead area.';
COMMENT ON COLUMN platform.lead_kind IS '主体の区分 — Kind of the lead area (see area.kind).';
COMMENT ON COLUMN platform.prefecture_code IS '都道府県コード — First two digits of the area code.';
COMMENT ON COLUMN platform.lead_printed IS '主体（表記） — Lead as printed.';
COMMENT ON COLUMN platform.kind
    IS '区分 — prefectural, municipal, joint (several areas), regional_part (part of a prefectural one; never counted apart).';
COMMENT ON COLUMN platform.status IS '状態 — established or forming.';
COMMENT ON COLUMN platform.established_printed IS '設置時期（表記） — When it was set up, as far as the source says.';
COMMENT ON COLUMN platform.established_on IS '設置日 — Full date only.';
COMMENT ON COLUMN platform.established_year
    IS '設置年度 — Fiscal year of establishment; empty where no source proves it.';
COMMENT ON COLUMN platform.secretariat IS '事務局 — Secretariat as printed.';
COMMENT ON COLUMN platform.members_printed IS '構成員（表記） — Members as printed, shortened.';
COMMENT ON COLUMN platform.setup_printed IS '設置の形（表記） — How it was set up, shortened.';
COMMENT ON COLUMN platform.confidence
    IS '確からしさ — certain: stated by the source; likely: read from context or from a press report.';
COMMENT ON COLUMN platform.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN platform.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN platform.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN platform.note_en IS '備考（英語） — Remark in English.';
