-- programme_list: how complete the registered list of each fiscal year is.
-- Grain: one row per fiscal year of the model programme.
-- Assumes: every fiscal year that the atlas shows has a row here, also those without a list.
CREATE TABLE programme_list AS
WITH
named AS (
    SELECT fiscal_year, count(DISTINCT code) AS named
    FROM participation
    WHERE is_counted
    GROUP BY fiscal_year
)
SELECT
    list.fiscal_year,
    list.programme_name,
    list.list_state,
    list.published_total,
    coalesce(named.named, 0) AS named,
    list.source_id,
    list.source_locator,
    list.note
FROM curated.programme_list AS list
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
