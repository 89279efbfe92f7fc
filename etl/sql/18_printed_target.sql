-- printed_target: the groups that each printed text about its target names. A table of the build only.
-- Grain: one row per text and group; a text that names none has no row.
-- Assumes: clauses end at 。、， brackets and lines, not at ・, which joins what belongs together (子ども・大人の別を問わず). A clause with a
-- decisive word says only what that word says. Each text is read once, however many rows print it.
CREATE TEMP TABLE printed_target AS
WITH
printed AS (
    SELECT target_groups AS text FROM curated.place
    UNION
    SELECT target_groups FROM curated.grant_award
    UNION
    SELECT target_groups FROM curated.import_places
),
clause AS MATERIALIZED (
    SELECT text, unnest(regexp_split_to_array(folded(text), '[。、，,（）()!！\n]')) AS said
    FROM printed
    WHERE text <> ''
),
named AS (
    SELECT clause.text, clause.said, word.target_id, word.is_decisive
    FROM clause
    JOIN target_term AS word ON contains(clause.said, folded(word.term))
)
SELECT DISTINCT text, target_id
FROM named
WHERE
    target_id IS NOT NULL
    AND (is_decisive OR (text, said) NOT IN (SELECT (text, said) FROM named AS other WHERE other.is_decisive));
