-- known_place: imported places that the registered list or an earlier import has as well. A table of the build only.
-- Grain: one row per such row of an import.
-- Assumes: the same name and address in the same municipality is the same place; within one file the check has seen to it. Only
-- what stands in more than one list is looked up row by row, so that a list of a million places stays cheap.
CREATE TEMP TABLE known_place AS
WITH
mention AS (
    SELECT name, code, coalesce(address, '') AS address, 0 AS place_in_order FROM curated.place
    UNION ALL
    SELECT fact.name, fact.code, coalesce(fact.address, ''), log.place_in_order
    FROM curated.import_places AS fact
    JOIN curated.import_log AS log ON fact.import_id = log.import_id
),
in_two_lists AS (
    SELECT name, code, address, min(place_in_order) AS first_place
    FROM mention
    GROUP BY name, code, address
    HAVING min(place_in_order) < max(place_in_order)
)
SELECT fact.import_id, fact.row
FROM curated.import_places AS fact
JOIN curated.import_log AS log ON fact.import_id = log.import_id
JOIN in_two_lists
    ON fact.name = in_two_lists.name
    AND fact.code = in_two_lists.code
    AND coalesce(fact.address, '') = in_two_lists.address
WHERE in_two_lists.first_place < log.place_in_order;
