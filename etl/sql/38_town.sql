-- town: where the parts of municipalities (町名) lie, as far as listed places tell.
-- Grain: one row per municipality (or ward) and town in which a listed place with a numbered address and a point stands.
-- Assumes: a town's middle is the median of its places, so that one wrong point among many moves nothing; how far they spread says how
-- precise the middle is, and of a single place nothing is known of that. No register of towns: a town without a place is missing.
-- Reading an address is dear: the start that decides (a postcode, then all up to the first number) is read once, however many have it.
CREATE TABLE town AS
WITH
located AS MATERIALIZED (
    SELECT
        code, lat, lon, regexp_extract(address, '^[〒\s　0-9０-９‐‑‒–—―−ー－-]*[^0-9０-９]*[0-9０-９]?') AS start
    FROM place
    WHERE
        lat IS NOT NULL
        AND lon IS NOT NULL
        AND municipality IS NOT NULL
        AND same_as IS NULL
        AND regexp_matches(address, '[0-9０-９]|[一二三四五六七八九十]丁目')
),
head AS (
    SELECT code, start, address_head(address_plain(start)) AS head
    FROM (SELECT DISTINCT code, start FROM located)
),
inside_municipality AS (
    -- Some lists print the municipality twice.
    SELECT
        head.code,
        head.start,
        without_start(
            without_start(
                without_start(without_start(head.head, area.prefecture_name), coalesce(area.county, '')), folded(area.name)
            ),
            folded(area.name)
        ) AS rest
    FROM head
    JOIN area ON head.code = area.code
),
named AS (
    SELECT
        inside.code,
        inside.start,
        ward.code AS ward_code,
        without_start(without_start(inside.rest, coalesce(ward.name, '')), '大字') AS name
    FROM inside_municipality AS inside
    LEFT JOIN area AS ward ON inside.code = ward.parent_code AND starts_with(inside.rest, ward.name)
),
known AS (
    SELECT located.code, named.ward_code, named.name, located.lat, located.lon
    FROM named
    JOIN located ON named.code = located.code AND named.start = located.start
    WHERE
        len(named.name) <= 16
        AND regexp_full_match(named.name, '[\p{Han}\p{Hiragana}\p{Katakana}ー々〆]+')
        -- 北1条西2丁目: what stands before the number is a direction, no town.
        AND NOT regexp_full_match(named.name, '[東西南北]+')
),
middle AS (
    SELECT code, ward_code, name, round(median(lat), 6) AS lat, round(median(lon), 6) AS lon
    FROM known
    GROUP BY code, ward_code, name
)
SELECT
    middle.code,
    middle.ward_code,
    middle.name,
    any_value(middle.lat) AS lat,
    any_value(middle.lon) AS lon,
    count(*) AS places,
    CASE WHEN count(*) > 1
        THEN round(quantile_disc(metres_apart(middle.lat, middle.lon, known.lat, known.lon), 0.9))
    END AS spread_m
FROM middle
JOIN known
    ON middle.code = known.code AND middle.ward_code IS NOT DISTINCT FROM known.ward_code AND middle.name = known.name
GROUP BY middle.code, middle.ward_code, middle.name
ORDER BY middle.code, middle.ward_code NULLS FIRST, middle.name;

COMMENT ON TABLE town
    IS '町名の位置 — Where towns (parts of a municipality) lie, as far as the addresses of listed places tell; no register of towns.';
COMMENT ON COLUMN town.code IS '市区町村のコード — Municipality.';
COMMENT ON COLUMN town.ward_code IS '行政区のコード — Ward of a designated city, where the addresses name it.';
COMMENT ON COLUMN town.name IS '町名 — What addresses say between municipality or ward and the first number; ヶ is written ケ.';
COMMENT ON COLUMN town.lat IS '緯度 — Latitude of the middle (median of the places) in degrees.';
COMMENT ON COLUMN town.lon IS '経度 — Longitude of the middle (median of the places) in degrees.';
COMMENT ON COLUMN town.places IS '場所の数 — Places with a point that the middle is made of.';
COMMENT ON COLUMN town.spread_m
    IS '広がり（m） — Nine in ten of these places lie within so many metres of the middle; empty where there is only one.';
