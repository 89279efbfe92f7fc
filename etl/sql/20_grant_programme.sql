-- grant_programme: the model surveys and subsidies under which organisations were adopted.
-- Grain: one row per programme and fiscal year.
-- Assumes: list_state says whether all adopted organisations are registered.
CREATE TABLE grant_programme AS
SELECT programme_id, fiscal_year, name, kind, published_awards, list_state, source_id, source_locator, note
FROM curated.grant_programme
ORDER BY programme_id;

COMMENT ON TABLE grant_programme
    IS '事業・助成 — One row per programme and fiscal year. platform_model rows are the programmes of the participation table.';
COMMENT ON COLUMN grant_programme.programme_id IS '事業ID — Readable key with the year.';
COMMENT ON COLUMN grant_programme.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN grant_programme.name IS '事業名 — Name as printed.';
COMMENT ON COLUMN grant_programme.kind
    IS '区分 — platform_model, npo_model, base_model, regrant (re-granted by a grantee), subsidy.';
COMMENT ON COLUMN grant_programme.published_awards
    IS '公表された採択数 — Published number of awards; empty if not published or not read.';
COMMENT ON COLUMN grant_programme.list_state IS '収録状況 — How complete our list of awards is.';
COMMENT ON COLUMN grant_programme.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN grant_programme.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN grant_programme.note IS '備考 — Remark in Japanese; no fact stands only here.';
