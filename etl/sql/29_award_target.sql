-- award_target: the groups that an adopted organisation works for, by the words of the document.
-- Grain: one row per award and group.
-- Assumes: as place_target; who is helped through other organisations is named, too.
CREATE TABLE award_target AS
SELECT grant_award.award_id, printed_target.target_id
FROM grant_award
JOIN printed_target ON grant_award.target_groups = printed_target.text
ORDER BY grant_award.award_id, printed_target.target_id;

COMMENT ON TABLE award_target
    IS '採択団体の対象 — One row per award and group that its printed target names; no row: the document does not say.';
COMMENT ON COLUMN award_target.award_id IS '採択 — Award.';
COMMENT ON COLUMN award_target.target_id IS '区分 — Group that the printed text names.';
