-- platform_member: municipalities that a document names as members of a platform.
-- Grain: one row per platform and member.
-- Assumes: a planned member is listed as planned and never counted; since_year is the year its document gives.
CREATE TABLE platform_member AS
SELECT
    member.platform_id,
    member.member_code,
    area.name AS member_name,
    area.prefecture_code,
    member.status,
    member.since_year,
    member.is_disputed,
    member.name_printed,
    member.source_id,
    member.source_locator,
    member.note,
    member.note_en
FROM curated.platform_member AS member
JOIN area ON member.member_code = area.code
ORDER BY member.platform_id, member.member_code;

COMMENT ON TABLE platform_member
    IS 'プラットフォームの構成市町村 — One row per platform and member municipality. Planned members are listed and never counted.';
COMMENT ON COLUMN platform_member.platform_id IS 'プラットフォーム — Platform.';
COMMENT ON COLUMN platform_member.member_code IS '構成市町村のコード — Member municipality.';
COMMENT ON COLUMN platform_member.member_name IS '構成市町村 — Official name of the member.';
COMMENT ON COLUMN platform_member.prefecture_code IS '都道府県コード — First two digits of the area code.';
COMMENT ON COLUMN platform_member.status IS '状態 — confirmed or planned.';
COMMENT ON COLUMN platform_member.since_year
    IS '確認できる最初の年度 — First fiscal year for which a source shows the membership (or, for planned, the plan).';
COMMENT ON COLUMN platform_member.is_disputed IS '食い違い — true where sources disagree.';
COMMENT ON COLUMN platform_member.name_printed
    IS '表記 — How the source names the member; often only a collective expression.';
COMMENT ON COLUMN platform_member.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN platform_member.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN platform_member.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN platform_member.note_en IS '備考（英語） — Remark in English.';
