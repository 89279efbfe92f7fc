-- place: community places (居場所) that a public list names.
-- Grain: one row per listing of a place; a place in two lists has two rows, of which the later names the first in same_as.
-- Assumes: where the list names no municipality, code is that of the prefecture. A prefecture without rows
-- has no list here, which does not mean that it has no places. Imported places follow the registered ones in the order of
-- their files: a million rows are not sorted.
CREATE TABLE place AS
SELECT
    place.place_id,
    place.name,
    place.kind,
    place.operator,
    place.code,
    CASE WHEN area.kind <> 'prefecture' THEN area.name END AS municipality,
    area.prefecture_code,
    place.ward_code,
    place.address,
    place.lat,
    place.lon,
    place.coordinate_source,
    place.target_groups,
    place.schedule,
    place.url,
    place.status,
    place.licence,
    place.as_of_printed,
    place.source_id,
    place.source_locator,
    place.note,
    place.import_id,
    same_place.same_as
FROM (
    FROM (FROM curated.place ORDER BY place_id)
    UNION ALL BY NAME
    SELECT
        'i' || regexp_extract(imported.import_id, '[0-9a-f]+$') || '-' || imported.row AS place_id,
        imported.name,
        nullif(imported.kind, '') AS kind,
        nullif(imported.operator, '') AS operator,
        imported.code,
        nullif(imported.ward_code, '') AS ward_code,
        nullif(imported.address, '') AS address,
        imported.lat,
        imported.lon,
        CASE WHEN imported.lat IS NOT NULL THEN 'published' END AS coordinate_source,
        nullif(imported.target_groups, '') AS target_groups,
        nullif(imported.schedule, '') AS schedule,
        nullif(imported.url, '') AS url,
        'listed' AS status,
        source.licence,
        imported.fiscal_year || '年度' AS as_of_printed,
        log.source_id,
        log.file || ' ' || imported.row || '行目' AS source_locator,
        imported.import_id
    FROM curated.import_places AS imported
    JOIN curated.import_log AS log ON imported.import_id = log.import_id
    JOIN source ON log.source_id = source.source_id
    ANTI JOIN known_place ON imported.import_id = known_place.import_id AND imported.row = known_place.row
) AS place
JOIN area ON place.code = area.code
LEFT JOIN same_place ON place.place_id = same_place.place_id;

COMMENT ON TABLE place
    IS '居場所 — One row per listed place (ibasho). Only where a list with a licence, or a published fact, exists: no row does not mean no place.';
COMMENT ON COLUMN place.place_id IS '場所ID — p + five digits; i + import + row for imported rows.';
COMMENT ON COLUMN place.name IS '名称 — Name as published (names of persons left out).';
COMMENT ON COLUMN place.kind IS '種類 — Kind as published.';
COMMENT ON COLUMN place.operator IS '運営 — Organisation that runs it.';
COMMENT ON COLUMN place.code
    IS '市区町村のコード — Municipality; the code of the prefecture where the list states no municipality.';
COMMENT ON COLUMN place.municipality IS '市区町村 — Official name of the municipality; empty where the list states none.';
COMMENT ON COLUMN place.prefecture_code IS '都道府県コード — First two digits of the area code.';
COMMENT ON COLUMN place.ward_code IS '行政区のコード — Ward of a designated city, where stated.';
COMMENT ON COLUMN place.address IS '所在地 — Address as published, or cut to the town where it may be a home.';
COMMENT ON COLUMN place.lat IS '緯度 — Latitude in degrees.';
COMMENT ON COLUMN place.lon IS '経度 — Longitude in degrees.';
COMMENT ON COLUMN place.coordinate_source
    IS '位置の由来 — published: by the municipality; geocoded: from the address by a third party; published_or_geocoded: the list does not tell the two apart; empty without coordinates.';
COMMENT ON COLUMN place.target_groups IS '対象・参加条件 — For whom, as published.';
COMMENT ON COLUMN place.schedule IS '開催・利用時間 — Days and hours as published.';
COMMENT ON COLUMN place.url IS 'URL — Page of the place.';
COMMENT ON COLUMN place.status
    IS '状態 — listed: stands in a list; open, closed: a page says so; unclear: may have ended or moved.';
COMMENT ON COLUMN place.licence IS '利用条件 — Licence of the row.';
COMMENT ON COLUMN place.as_of_printed IS '時点 — As of when, as far as known; may be partial.';
COMMENT ON COLUMN place.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN place.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN place.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN place.import_id IS '取り込み — Import that the row comes from (import_log); empty for rows of the registered tables.';
COMMENT ON COLUMN place.same_as
    IS '同じ場所 — place_id of the first listing of the same place; empty for the first or only one. Counts of places count rows where it is empty.';
