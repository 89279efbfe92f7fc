-- grant_programme_term: the terms of a programme (budget, who may apply, themes) as printed.
-- Grain: one row per programme and item.
-- Assumes: values are text, because budgets and conditions are printed in many forms.
CREATE TABLE grant_programme_term AS
SELECT programme_id, item, value, source_id, source_locator
FROM curated.grant_programme_term
ORDER BY programme_id, item, value;

COMMENT ON TABLE grant_programme_term IS '事業の条件 — One row per programme and item of its call.';
COMMENT ON COLUMN grant_programme_term.programme_id IS '事業 — Programme.';
COMMENT ON COLUMN grant_programme_term.item IS '項目 — Item of the call.';
COMMENT ON COLUMN grant_programme_term.value IS '内容 — Value with its unit, as printed.';
COMMENT ON COLUMN grant_programme_term.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN grant_programme_term.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
