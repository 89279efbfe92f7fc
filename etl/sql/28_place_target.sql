-- place_target: the groups that a listed place is for, by the words of its list.
-- Grain: one row per place and group.
-- Assumes: a place without a row is not "for nobody": its list does not say, or not in words that are known.
CREATE TABLE place_target AS
SELECT place.place_id, printed_target.target_id
FROM place
JOIN printed_target ON place.target_groups = printed_target.text
ORDER BY place.place_id, printed_target.target_id;

COMMENT ON TABLE place_target
    IS '居場所の対象 — One row per place and group that its printed target names; no row: the list does not say.';
COMMENT ON COLUMN place_target.place_id IS '場所ID — Place.';
COMMENT ON COLUMN place_target.target_id IS '区分 — Group that the printed text names.';
