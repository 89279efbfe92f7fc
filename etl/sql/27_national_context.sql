-- national_context: national figures around the local ones (members of the national platform, helpline trials).
-- Grain: one row per printed figure.
-- Assumes: figures marked not reconcilable contradict their own page and are shown as printed only.
CREATE TABLE national_context AS
SELECT
    context_id, topic, as_of_printed, fiscal_year, item, value_printed, value, unit, is_reconcilable, source_id,
    source_locator, note
FROM curated.national_context
ORDER BY context_id;

COMMENT ON TABLE national_context
    IS '全国の背景 — One row per published national figure: members of the national platform, help-line trials, surveys, budgets.';
COMMENT ON COLUMN national_context.context_id IS '行ID — Readable key.';
COMMENT ON COLUMN national_context.topic IS '話題 — Topic.';
COMMENT ON COLUMN national_context.as_of_printed IS '時点（表記） — As of when, as printed; may be a period.';
COMMENT ON COLUMN national_context.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN national_context.item IS '項目 — Item.';
COMMENT ON COLUMN national_context.value_printed IS '値（表記） — Value as printed.';
COMMENT ON COLUMN national_context.value IS '値 — Value as a number; empty if it is none.';
COMMENT ON COLUMN national_context.unit IS '単位 — Unit.';
COMMENT ON COLUMN national_context.is_reconcilable
    IS '合計と矛盾しない — false where the figure cannot be reconciled with the totals of the same page.';
COMMENT ON COLUMN national_context.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN national_context.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN national_context.note IS '備考 — Remark in Japanese; no fact stands only here.';
