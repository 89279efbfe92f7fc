-- town: where the parts of municipalities (町名) lie, as far as listed places tell.
-- Grain: one row per municipality (or ward) and town in which a listed place with a numbered address and a point stands.
-- Assumes: a town's middle is the median of its places, so that one wrong point among many moves nothing; how far they spread says how
-- precise the middle is, and of a single place nothing is known of that. No register of towns: a town without a place is missing.
CREATE TABLE town AS
WITH
located AS (
    SELECT place.code, place.lat, place.lon, address_head(address_plain(place.address)) AS head
    FROM place
    WHERE
        place.lat IS NOT NULL
        AND place.lon IS NOT NULL
        AND place.municipality IS NOT NULL
        AND place.same_as IS NULL
        AND regexp_matches(place.address, '[0-9０-９]|[一二三四五六七八九十]丁目')
),
inside_municipality AS (
    -- Some lists print the municipality twice.
    SELECT
        located.* EXCLUDE (head),
        without_start(
            without_start(
                without_start(without_start(located.head, area.prefecture_name), coalesce(area.county, '')), folded(area.name)
            ),
            folded(area.name)
        ) AS rest
    FROM located
    JOIN area ON located.code = area.code
),
named AS (
    SELECT
        located.code,
        ward.code AS ward_code,
        located.lat,
        located.lon,
        without_start(without_start(located.rest, coalesce(ward.name, '')), '大字') AS name
    FROM inside_municipality AS located
    LEFT JOIN area AS ward ON located.code = ward.parent_code AND starts_with(located.rest, ward.name)
),
known AS (
    SELECT *
    FROM named
    WHERE
        len(name) <= 16
        AND regexp_full_match(name, '[\p{Han}\p{Hiragana}\p{Katakana}ー々〆]+')
        -- 北1条西2丁目: what stands before the number is a direction, no town.
        AND NOT regexp_full_match(name, '[東西南北]+')
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
