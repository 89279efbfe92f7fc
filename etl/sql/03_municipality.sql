-- municipality: the areas that coverage is asked for (the 1,741 市区町村). A table of the build only, not published.
-- Grain: one row per current municipality.
-- Assumes: wards belong to their city, and the northern villages have no local administration.
CREATE TEMP TABLE municipality AS
SELECT code, name, kind, prefecture_code, prefecture_name, population
FROM area
WHERE kind NOT IN ('prefecture', 'ward', 'northern_village')
ORDER BY code;
