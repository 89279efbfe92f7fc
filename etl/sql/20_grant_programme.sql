-- grant_programme: the model surveys and subsidies under which organisations were adopted.
-- Grain: one row per programme and fiscal year.
-- Assumes: list_state says whether all adopted organisations are registered. An imported list that fits no registered
-- programme of its year gets one of its own.
CREATE TABLE grant_programme AS
WITH
imported AS (
    SELECT
        programme_id, any_value(fiscal_year) AS fiscal_year,
        '取り込んだ一覧の推進事業' AS name, 'Programme of an imported list' AS name_en, 'platform_model' AS kind,
        arg_min(source_id, participation_id) AS source_id, arg_min(source_locator, participation_id) AS source_locator
    FROM participation
    WHERE import_id IS NOT NULL
    GROUP BY programme_id
    UNION ALL BY NAME
    SELECT
        programme_id, any_value(fiscal_year) AS fiscal_year,
        '取り込んだ一覧の採択事業' AS name, 'Awards of an imported list' AS name_en, 'imported' AS kind,
        arg_min(source_id, award_id) AS source_id, arg_min(source_locator, award_id) AS source_locator
    FROM imported_award
    GROUP BY programme_id
),
known AS (
    FROM curated.grant_programme
    UNION ALL BY NAME
    SELECT imported.*, 'partial' AS list_state
    FROM imported
    WHERE programme_id NOT IN (SELECT programme_id FROM curated.grant_programme)
)
SELECT programme_id, fiscal_year, name, name_en, kind, published_awards, list_state, source_id, source_locator, note
FROM known
ORDER BY programme_id;

COMMENT ON TABLE grant_programme
    IS '事業・助成 — One row per programme and fiscal year. platform_model rows are the programmes of the participation table.';
COMMENT ON COLUMN grant_programme.programme_id IS '事業ID — Readable key with the year.';
COMMENT ON COLUMN grant_programme.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN grant_programme.name IS '事業名 — Name as printed.';
COMMENT ON COLUMN grant_programme.name_en IS '事業名（英語） — English gloss of the name, of our own.';
COMMENT ON COLUMN grant_programme.kind
    IS '区分 — platform_model, npo_model, base_model, regrant (re-granted by a grantee), subsidy, imported (an imported list that names no registered programme).';
COMMENT ON COLUMN grant_programme.published_awards
    IS '公表された採択数 — Published number of awards; empty if not published or not read.';
COMMENT ON COLUMN grant_programme.list_state IS '収録状況 — How complete our list of awards is.';
COMMENT ON COLUMN grant_programme.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN grant_programme.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN grant_programme.note IS '備考 — Remark in Japanese; no fact stands only here.';
