-- target_term: the words by which printed texts name those groups.
-- Grain: one row per word and group.
-- Assumes: a word without a group marks a clause that says nothing about whom something is for (高校生は対象外, 保護者同伴).
CREATE TABLE target_term AS
SELECT term, target_id, is_decisive
FROM curated.target_term
ORDER BY target_id NULLS FIRST, term;

COMMENT ON TABLE target_term
    IS '対象を表す語 — One row per word of printed texts about whom something is for, and group that it names.';
COMMENT ON COLUMN target_term.term IS '語 — Word as printed; width and case do not matter.';
COMMENT ON COLUMN target_term.target_id
    IS '区分 — Group that the word names; empty: the clause says nothing about whom it is for.';
COMMENT ON COLUMN target_term.is_decisive
    IS 'その節はこれだけを言うか — true: a clause with this word says this only, whatever else it names.';
