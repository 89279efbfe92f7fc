-- imported_participation: bodies that imported lists name and the registered list of that year does not. A table of the build only.
-- Grain: one row per body and fiscal year.
-- Assumes: of two imports the later one speaks (a body that it says takes no part is left out). The registered list stays where
-- it names the body. A row that contradicts a published number (a complete list, its parts, the bodies in their second year)
-- is disputed: shown as such, never counted.
CREATE TEMP MACRO says_absent(status_printed) AS
    regexp_matches(
        coalesce(status_printed, ''), '参画の確認なし|参画なし|不参加|未参加|取組なし|該当なし|^(なし|無|無し|-|－|×)$'
    );

-- The totals that documents print in which a body of this kind is counted.
CREATE TEMP MACRO printed_parts(kind) AS
    CASE
        WHEN kind = 'prefecture' THEN ['total', 'prefectures_and_designated_cities']
        WHEN kind = 'designated_city' THEN ['total', 'prefectures_and_designated_cities', 'designated_cities']
        ELSE ['total', 'municipalities']
    END;

CREATE TEMP TABLE imported_participation AS
WITH
said AS (
    SELECT
        fact.*,
        log.source_id,
        log.file || ' ' || fact.row || '行目' AS source_locator,
        says_absent(fact.status_printed) AS is_absent
    FROM curated.import_platforms AS fact
    JOIN curated.import_log AS log ON fact.import_id = log.import_id
    QUALIFY row_number() OVER (
        PARTITION BY fact.fiscal_year, fact.code ORDER BY log.place_in_order DESC, fact.row
    ) = 1
),
candidate AS (
    SELECT said.*, area.kind
    FROM said
    JOIN area ON said.code = area.code
    WHERE
        NOT said.is_absent
        AND NOT EXISTS (
            FROM curated.participation AS listed
            WHERE listed.fiscal_year = said.fiscal_year AND listed.code = said.code
        )
),
body AS (
    SELECT listed.fiscal_year, listed.code, area.kind, false AS is_candidate
    FROM curated.participation AS listed
    JOIN area ON listed.code = area.code
    WHERE listed.status <> 'partner'
    UNION ALL
    SELECT fiscal_year, code, kind, true FROM candidate
),
body_part AS (
    SELECT
        fiscal_year,
        code,
        is_candidate,
        unnest(printed_parts(kind)) AS part
    FROM body
),
published AS (
    SELECT measure, fiscal_year, part, min(value) AS value
    FROM curated.control_total
    WHERE expects IN ('match', 'incomplete')
    GROUP BY measure, fiscal_year, part
),
too_many AS (
    SELECT body_part.fiscal_year, body_part.part
    FROM body_part
    JOIN published
        ON published.measure = 'programme_participants'
        AND body_part.fiscal_year = published.fiscal_year
        AND body_part.part = published.part
    GROUP BY ALL
    HAVING count(*) > any_value(published.value)
),
beyond_the_list AS (
    SELECT DISTINCT body_part.fiscal_year, body_part.code
    FROM body_part
    JOIN too_many ON body_part.fiscal_year = too_many.fiscal_year AND body_part.part = too_many.part
    WHERE body_part.is_candidate
),
fitting AS (
    SELECT body_part.*
    FROM body_part
    WHERE
        NOT EXISTS (
            FROM beyond_the_list
            WHERE beyond_the_list.fiscal_year = body_part.fiscal_year AND beyond_the_list.code = body_part.code
        )
),
second_year AS (
    SELECT
        later.fiscal_year, later.part, later.code, later.is_candidate AS is_later,
        earlier.is_candidate AS is_earlier
    FROM fitting AS later
    JOIN fitting AS earlier
        ON later.code = earlier.code
        AND later.fiscal_year = earlier.fiscal_year + 1
        AND later.part = earlier.part
),
too_many_again AS (
    SELECT second_year.fiscal_year, second_year.part
    FROM second_year
    JOIN published
        ON published.measure = 'programme_second_year'
        AND second_year.fiscal_year = published.fiscal_year
        AND second_year.part = published.part
    GROUP BY ALL
    HAVING count(*) > any_value(published.value)
),
beyond_the_second_year AS (
    SELECT
        second_year.code,
        second_year.fiscal_year - (CASE WHEN second_year.is_later THEN 0 ELSE 1 END) AS fiscal_year
    FROM second_year
    JOIN too_many_again
        ON second_year.fiscal_year = too_many_again.fiscal_year AND second_year.part = too_many_again.part
    WHERE second_year.is_later OR second_year.is_earlier
),
disputed AS (
    FROM (SELECT fiscal_year, code FROM beyond_the_list)
    UNION FROM (SELECT fiscal_year, code FROM beyond_the_second_year)
),
counted AS (
    SELECT fiscal_year, code FROM body
    EXCEPT
    SELECT fiscal_year, code FROM disputed
)
SELECT
    candidate.import_id,
    candidate.fiscal_year,
    nullif(candidate.year_printed, '') AS year_printed,
    candidate.code,
    coalesce(nullif(candidate.name_printed, ''), nullif(candidate.prefecture_printed, ''), area.name) AS name_printed,
    nullif(candidate.prefecture_printed, '') AS prefecture_printed,
    CASE
        WHEN disputed.code IS NOT NULL THEN 'disputed'
        WHEN contains(candidate.status_printed, '新規') THEN 'new'
        WHEN contains(candidate.status_printed, '継続') THEN 'continuing'
        WHEN contains(candidate.status_printed, '再参加') THEN 'returning'
        WHEN EXISTS (
            FROM counted WHERE counted.code = candidate.code AND counted.fiscal_year = candidate.fiscal_year - 1
        ) THEN 'continuing'
        WHEN EXISTS (
            FROM counted WHERE counted.code = candidate.code AND counted.fiscal_year < candidate.fiscal_year
        ) THEN 'returning'
        ELSE 'unknown'
    END AS status,
    candidate.source_id,
    candidate.source_locator,
    nullif(candidate.note, '') AS note
FROM candidate
JOIN area ON candidate.code = area.code
LEFT JOIN disputed ON candidate.fiscal_year = disputed.fiscal_year AND candidate.code = disputed.code;
