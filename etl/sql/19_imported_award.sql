-- imported_award: adopted organisations of imported lists that are not registered yet. A table of the build only.
-- Grain: one row per award.
-- Assumes: an organisation (with or without its legal form) that is registered in that year under the same title, or where one
-- of the two states no title, is that award. A list that names a programme whose registered list is open belongs to it; all
-- others get a programme of their own, so that a complete list keeps its published number.
CREATE TEMP TABLE imported_award AS
WITH
said AS (
    SELECT
        fact.*,
        log.source_id,
        log.place_in_order,
        log.file || ' ' || fact.row || '行目' AS source_locator,
        regexp_replace(fact.organisation, '\s', '', 'g') AS organisation_key,
        regexp_replace(coalesce(fact.title, ''), '\s', '', 'g') AS title_key
    FROM curated.import_grantees AS fact
    JOIN curated.import_log AS log ON fact.import_id = log.import_id
),
first_said AS (
    SELECT *
    FROM said
    QUALIFY rank() OVER (
        PARTITION BY fiscal_year, organisation_key, title_key ORDER BY place_in_order
    ) = 1
),
registered AS (
    SELECT
        fiscal_year,
        regexp_replace(organisation, '\s', '', 'g') AS organisation_key,
        regexp_replace(coalesce(organisation_type, ''), '\s', '', 'g') AS type_key,
        regexp_replace(coalesce(title, ''), '\s', '', 'g') AS title_key
    FROM curated.grant_award
)
SELECT
    first_said.*,
    'i' || regexp_extract(first_said.import_id, '[0-9a-f]+$') || '-' || first_said.row AS award_id,
    coalesce(programme.programme_id, 'imported_grants_' || first_said.fiscal_year) AS programme_id
FROM first_said
LEFT JOIN curated.grant_programme AS programme
    ON first_said.fiscal_year = programme.fiscal_year
    AND first_said.title = programme.name
    AND programme.list_state <> 'complete'
    AND programme.kind <> 'platform_model'
WHERE
    NOT EXISTS (
        FROM registered
        WHERE
            registered.fiscal_year = first_said.fiscal_year
            AND first_said.organisation_key IN (
                registered.organisation_key,
                registered.type_key || registered.organisation_key,
                registered.organisation_key || registered.type_key
            )
            AND (
                registered.title_key = first_said.title_key
                OR registered.title_key = ''
                OR first_said.title_key = ''
            )
    );
