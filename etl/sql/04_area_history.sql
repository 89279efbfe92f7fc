-- area_history: areas that ended (merged, renamed, given another code) and what they became.
-- Grain: one row per ended area, code and name.
-- Assumes: successors is a ;-separated list of codes as the curated table has it.
CREATE TABLE area_history AS
SELECT
    code, code6, name, kind, prefecture_code, prefecture_name, valid_from, valid_to, predecessors, successors, note,
    source_id, source_locator
FROM curated.area
WHERE valid_to IS NOT NULL
ORDER BY code, valid_to, name;

COMMENT ON TABLE area_history
    IS '廃止・改称された団体とその後身 — Areas that ended (merged, renamed, given another code) and what they became; one row per ended area and name.';
COMMENT ON COLUMN area_history.code
    IS 'コード（5桁） — Area code without check digit; a prefecture ends in 000. Unique together with the name, because 28221 kept its code when renamed.';
COMMENT ON COLUMN area_history.code6 IS 'コード（6桁） — 全国地方公共団体コード with check digit.';
COMMENT ON COLUMN area_history.name IS '名称 — Official name; a ward without the name of its city.';
COMMENT ON COLUMN area_history.kind IS '区分 — Kind of area.';
COMMENT ON COLUMN area_history.prefecture_code IS '都道府県コード — First two digits of the code.';
COMMENT ON COLUMN area_history.prefecture_name IS '都道府県名 — Name of the prefecture.';
COMMENT ON COLUMN area_history.valid_from IS '有効期間の始め — First day of validity where known.';
COMMENT ON COLUMN area_history.valid_to IS '有効期間の終わり — Last day of validity; empty for current areas.';
COMMENT ON COLUMN area_history.predecessors IS '前身 — Codes of predecessors, joined with ;.';
COMMENT ON COLUMN area_history.successors IS '後身 — Codes of successors, joined with ;.';
COMMENT ON COLUMN area_history.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN area_history.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN area_history.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
