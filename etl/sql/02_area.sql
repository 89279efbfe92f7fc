-- area: the local governments that exist today, with the census of 2020.
-- Grain: one row per current prefecture, municipality, ward of a designated city and northern village.
-- Assumes: a row without valid_to is current; a prefecture's numbers are the sums of its municipalities (wards are
-- parts of their city, the six northern villages have no inhabitants). A sum with an unknown part is unknown.
CREATE TABLE area AS
WITH
current_area AS (
    SELECT * FROM curated.area WHERE valid_to IS NULL
),
prefecture_sum AS (
    SELECT
        prefecture_code,
        CASE WHEN count(*) = count(population) THEN sum(population)::BIGINT END AS population,
        CASE WHEN count(*) = count(households) THEN sum(households)::BIGINT END AS households,
        CASE WHEN count(*) = count(population_65plus) THEN sum(population_65plus)::BIGINT END AS population_65plus,
        CASE WHEN count(*) = count(general_households) THEN sum(general_households)::BIGINT END AS general_households,
        CASE WHEN count(*) = count(single_households) THEN sum(single_households)::BIGINT END AS single_households,
        CASE WHEN count(*) = count(area_km2) THEN round(sum(area_km2 ORDER BY code), 3) END AS area_km2
    FROM current_area
    WHERE kind NOT IN ('prefecture', 'ward', 'northern_village')
    GROUP BY prefecture_code
)
SELECT
    current_area.code,
    current_area.code6,
    current_area.name,
    current_area.kind,
    current_area.prefecture_code,
    current_area.prefecture_name,
    current_area.parent_code,
    current_area.kana,
    current_area.romaji,
    current_area.county,
    coalesce(current_area.population, prefecture_sum.population) AS population,
    coalesce(current_area.households, prefecture_sum.households) AS households,
    coalesce(current_area.population_65plus, prefecture_sum.population_65plus) AS population_65plus,
    coalesce(current_area.general_households, prefecture_sum.general_households) AS general_households,
    coalesce(current_area.single_households, prefecture_sum.single_households) AS single_households,
    current_area.office_lon,
    current_area.office_lat,
    current_area.rep_lon,
    current_area.rep_lat,
    coalesce(current_area.area_km2, prefecture_sum.area_km2) AS area_km2,
    current_area.valid_from,
    current_area.note,
    current_area.url,
    current_area.source_id,
    current_area.source_locator
FROM current_area
LEFT JOIN prefecture_sum
    ON current_area.kind = 'prefecture' AND current_area.prefecture_code = prefecture_sum.prefecture_code
ORDER BY current_area.code;

COMMENT ON TABLE area
    IS '現在の地方公共団体 — Current prefectures, municipalities, wards and northern villages with the census of 2020; one row per area.';
COMMENT ON COLUMN area.code
    IS 'コード（5桁） — Area code without check digit; a prefecture ends in 000. Unique together with the name, because 28221 kept its code when renamed.';
COMMENT ON COLUMN area.code6 IS 'コード（6桁） — 全国地方公共団体コード with check digit.';
COMMENT ON COLUMN area.name IS '名称 — Official name; a ward without the name of its city.';
COMMENT ON COLUMN area.kind IS '区分 — Kind of area.';
COMMENT ON COLUMN area.prefecture_code IS '都道府県コード — First two digits of the code.';
COMMENT ON COLUMN area.prefecture_name IS '都道府県名 — Name of the prefecture.';
COMMENT ON COLUMN area.parent_code IS '所属する市 — Designated city of a ward; empty otherwise.';
COMMENT ON COLUMN area.kana IS 'よみ — Reading in hiragana.';
COMMENT ON COLUMN area.romaji IS 'ローマ字 — Hepburn without macrons, suffix in lower case after a hyphen (Sapporo-shi).';
COMMENT ON COLUMN area.county IS '郡 — County (郡) of a town or village.';
COMMENT ON COLUMN area.population
    IS '人口 — People, census of 1 October 2020; of a prefecture the sum of its municipalities.';
COMMENT ON COLUMN area.households IS '世帯数 — Households, census 2020; of a prefecture the sum of its municipalities.';
COMMENT ON COLUMN area.population_65plus
    IS '65歳以上人口 — People aged 65 and over, census 2020; of a prefecture the sum of its municipalities.';
COMMENT ON COLUMN area.general_households
    IS '一般世帯数 — General households, census 2020; of a prefecture the sum, unknown if a part is unknown.';
COMMENT ON COLUMN area.single_households
    IS '単独世帯数 — One-person households, census 2020; empty = unknown; of a prefecture the sum, unknown if a part is unknown.';
COMMENT ON COLUMN area.office_lon IS '庁舎の経度 — Longitude of the main office, degrees (JGD2011).';
COMMENT ON COLUMN area.office_lat IS '庁舎の緯度 — Latitude of the main office, degrees (JGD2011).';
COMMENT ON COLUMN area.rep_lon IS '代表点の経度 — Longitude of a point inside the area, degrees (JGD2011).';
COMMENT ON COLUMN area.rep_lat IS '代表点の緯度 — Latitude of a point inside the area, degrees (JGD2011).';
COMMENT ON COLUMN area.area_km2 IS '面積 — Area in square kilometres, computed from the boundaries.';
COMMENT ON COLUMN area.valid_from IS '有効期間の始め — First day of validity where known.';
COMMENT ON COLUMN area.note IS '備考 — Remark in Japanese; no fact stands only here.';
COMMENT ON COLUMN area.url IS '公式サイト — Official website.';
COMMENT ON COLUMN area.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN area.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
