-- same_place: places that an earlier list has as well, written otherwise. A table of the build only.
-- Grain: one row per listing of a place that is not its first.
-- Assumes: in one municipality, listings of two lists under one name (folded: 08_folded.sql) are one place unless something contradicts
-- it: their numbered addresses or towns differ, or their points lie more than 500 m apart. Points of one printed address lie up to
-- 434 m apart in the lists at hand (a third party placed them), so less would part what is one; neighbouring places of one name (the
-- branches of a chain) are kept apart by their addresses. No name joins places across municipalities, or where the list states no
-- municipality; none does that is no more than the kind (こども食堂), or that more than 20 listings of a municipality bear.
-- Folding is dear: a municipality that one list alone names is left out before it.
CREATE TEMP TABLE same_place AS
WITH
listed AS (
    SELECT code, source_id AS list FROM curated.place
    UNION ALL
    SELECT code, import_id FROM curated.import_places
),
in_two_lists AS (
    SELECT code
    FROM listed
    WHERE NOT ends_with(code, '000')
    GROUP BY code
    HAVING min(list) <> max(list)
),
mention AS MATERIALIZED (
    SELECT
        place.place_id, place.name, place.kind, place.code, place.address, place.lat, place.lon, place.source_id AS list,
        0 AS place_in_order, 0 AS row
    FROM curated.place
    SEMI JOIN in_two_lists ON place.code = in_two_lists.code
    UNION ALL
    SELECT
        'i' || regexp_extract(fact.import_id, '[0-9a-f]+$') || '-' || fact.row, fact.name, fact.kind, fact.code, fact.address,
        fact.lat, fact.lon, fact.import_id, log.place_in_order, fact.row
    FROM curated.import_places AS fact
    JOIN curated.import_log AS log ON fact.import_id = log.import_id
    SEMI JOIN in_two_lists ON fact.code = in_two_lists.code
    ANTI JOIN known_place ON fact.import_id = known_place.import_id AND fact.row = known_place.row
),
named AS MATERIALIZED (
    SELECT place_id, code, list, name_key(name) AS key FROM mention
),
shared AS (
    SELECT code, key
    FROM named
    GROUP BY code, key
    HAVING min(list) <> max(list) AND count(*) <= 20 AND key <> ''
),
candidate AS MATERIALIZED (
    SELECT
        mention.place_id, mention.code, shared.key, mention.list, mention.lat, mention.lon,
        row_number() OVER (ORDER BY mention.place_in_order, mention.row, mention.place_id) AS position,
        regexp_replace(address_head(address_plain(coalesce(mention.address, ''))), '大字|町$', '', 'g') AS town,
        address_numbers(address_plain(coalesce(mention.address, ''))) AS numbers
    FROM shared
    JOIN named ON shared.code = named.code AND shared.key = named.key
    JOIN mention ON named.place_id = mention.place_id
    WHERE shared.key <> name_key(coalesce(mention.kind, ''))
),
agreeing AS (
    SELECT early.place_id AS early_id, early.position, late.place_id AS late_id
    FROM candidate AS early
    JOIN candidate AS late
        ON early.code = late.code
        AND early.key = late.key
        AND early.list <> late.list
        AND early.position < late.position
    WHERE
        (contains(early.town, late.town) OR contains(late.town, early.town))
        AND (
            '' IN (early.numbers, late.numbers)
            OR starts_with(early.numbers || '-', late.numbers || '-')
            OR starts_with(late.numbers || '-', early.numbers || '-')
        )
        AND coalesce(metres_apart(early.lat, early.lon, late.lat, late.lon) <= 500, true)
)
-- What agrees only with a listing that is itself another's may contradict that one: it stays on its own.
SELECT late_id AS place_id, arg_min(early_id, position) AS same_as
FROM agreeing
WHERE early_id NOT IN (SELECT late_id FROM agreeing)
GROUP BY late_id;
