-- programme_list: how complete the registered list of each fiscal year is.
-- Grain: one row per fiscal year of the model programme.
-- Assumes: every fiscal year that the atlas shows has a row here, also those without a list. An imported list opens its year
-- (partial: what it leaves out is unknown), and completes a registered one when all published bodies are named.
CREATE TABLE programme_list AS
WITH
named AS (
    SELECT
        fiscal_year,
        count(DISTINCT code) AS named,
        count(import_id) AS imported,
        arg_min(source_id, participation_id) FILTER (import_id IS NOT NULL) AS source_id,
        arg_min(source_locator, participation_id) FILTER (import_id IS NOT NULL) AS source_locator
    FROM participation
    WHERE is_counted
    GROUP BY fiscal_year
),
imported_year AS (
    SELECT unnest(generate_series(min(fiscal_year), max(fiscal_year)))::INTEGER AS fiscal_year,
        arg_min(source_id, fiscal_year) AS source_id
    FROM participation
    WHERE EXISTS (FROM participation AS imported WHERE imported.import_id IS NOT NULL)
),
list AS (
    FROM curated.programme_list
    UNION ALL BY NAME
    SELECT fiscal_year, 'not_registered' AS list_state, source_id, fiscal_year || '年度の一覧は未収録' AS source_locator
    FROM imported_year
    WHERE fiscal_year NOT IN (SELECT fiscal_year FROM curated.programme_list)
)
SELECT
    list.fiscal_year,
    list.programme_name,
    CASE
        WHEN named.imported > 0 AND list.list_state = 'not_registered' THEN 'partial'
        WHEN named.imported > 0 AND list.list_state = 'partial' AND named.named = list.published_total THEN 'complete'
        ELSE list.list_state
    END AS list_state,
    list.published_total,
    coalesce(named.named, 0) AS named,
    CASE WHEN list.list_state = 'not_registered' THEN coalesce(named.source_id, list.source_id) ELSE list.source_id END
        AS source_id,
    CASE WHEN list.list_state = 'not_registered' THEN coalesce(named.source_locator, list.source_locator)
        ELSE list.source_locator END AS source_locator,
    CASE WHEN list.list_state = 'not_registered' AND named.imported > 0 THEN '取り込んだ一覧による' ELSE list.note END AS note
FROM list
LEFT JOIN named ON list.fiscal_year = named.fiscal_year
ORDER BY list.fiscal_year;

COMMENT ON TABLE programme_list
    IS '年度ごとの一覧の収録状況 — How complete the registered list of each fiscal year is; one row per fiscal year.';
COMMENT ON COLUMN programme_list.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN programme_list.programme_name IS '事業名 — Name of the programme as printed.';
COMMENT ON COLUMN programme_list.list_state
    IS '収録状況 — complete: every body named; partial: some named; not_registered: no list.';
COMMENT ON COLUMN programme_list.published_total IS '公表数 — Published number of participants.';
COMMENT ON COLUMN programme_list.named IS '収録数 — Distinct counted bodies that the registered list names.';
COMMENT ON COLUMN programme_list.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN programme_list.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN programme_list.note IS '備考 — Remark in Japanese; no fact stands only here.';
