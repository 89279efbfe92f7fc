-- evidence: what the documents say about an area, each statement with its document.
-- Grain: one row per area, fiscal year, claim, fact and source.
-- Assumes: fiscal_year is empty where no document proves the year (年度不明). A nationwide grant belongs to no area. A
-- disagreement between documents belongs to the fiscal year in which its document appeared, where month is known. Of the undisputed statements about a
-- platform only those on its start are evidence; the others stand in platform_statement.
CREATE TEMP MACRO wareki(fiscal_year) AS
    CASE
        WHEN fiscal_year > 2019 THEN '令和' || (fiscal_year - 2018) || '年度'
        WHEN fiscal_year = 2019 THEN '令和元年度'
        ELSE '平成' || (fiscal_year - 1988) || '年度'
    END;

CREATE TABLE evidence AS
WITH
listed AS (
    SELECT
        code, fiscal_year,
        CASE WHEN is_counted THEN 'participant' WHEN status = 'disputed' THEN 'conflict' ELSE 'joint_partner' END AS claim,
        CASE WHEN is_counted
            THEN wareki(fiscal_year) || 'の取組団体「' || name_printed || '」'
                || coalesce(
                    '（' || nullif(
                        concat_ws(
                            '・',
                            CASE cohort WHEN 1 THEN '第一次' WHEN 2 THEN '第二次' END,
                            CASE status
                                WHEN 'new' THEN '新規' WHEN 'continuing' THEN '継続' WHEN 'returning' THEN '再参加'
                            END
                        ),
                        ''
                    ) || '）',
                    ''
                )
            WHEN status = 'disputed'
                THEN '資料により異なる記述：' || wareki(fiscal_year) || 'の取組団体「' || name_printed
                    || '」（公表された団体数と合わないため数えない）'
            ELSE wareki(fiscal_year) || 'の取組団体と連携する団体「' || name_printed || '」（団体数には数えない）'
        END AS statement,
        CASE WHEN is_counted
            THEN 'FY' || fiscal_year || ' participating body, printed as “' || name_printed || '”'
                || coalesce(
                    ' (' || nullif(
                        concat_ws(
                            ', ',
                            CASE cohort WHEN 1 THEN 'first round' WHEN 2 THEN 'second round' END,
                            CASE WHEN status IN ('new', 'continuing', 'returning') THEN status END
                        ),
                        ''
                    ) || ')',
                    ''
                )
            WHEN status = 'disputed'
                THEN 'Documents differ: FY' || fiscal_year || ' participating body, printed as “' || name_printed
                    || '” (does not agree with the published number and is not counted)'
            ELSE 'Works with a participating body of FY' || fiscal_year || ', printed as “' || name_printed
                || '” (not counted as a body)'
        END AS statement_en,
        confidence, status = 'disputed' AS is_disputed, source_id, source_locator, 'participation' AS fact_table,
        participation_id AS fact_id
    FROM participation
),
lead AS (
    SELECT
        lead_code AS code, established_year AS fiscal_year, 'platform' AS claim,
        coalesce('「' || name || '」', 'プラットフォーム（名称の記載なし）')
            || CASE kind WHEN 'regional_part' THEN '（地域版）' ELSE '' END
            || CASE status WHEN 'forming' THEN 'を形成中' ELSE 'を設置' END
            || coalesce('（' || established_printed || '）', CASE status WHEN 'forming' THEN '' ELSE '（年度不明）' END)
            AS statement,
        CASE status WHEN 'forming' THEN 'Forming ' ELSE 'Set up ' END
            || coalesce('“' || name || '”' || coalesce(' (' || name_en || ')', ''), 'a platform whose name is not stated')
            || CASE kind WHEN 'regional_part' THEN ', a regional part' ELSE '' END
            || CASE
                WHEN regexp_full_match(established_printed, '[0-9-]+') THEN ', ' || established_printed
                WHEN established_year IS NOT NULL THEN ', FY' || established_year
                WHEN status = 'forming' THEN ''
                ELSE ', year unknown'
            END AS statement_en,
        confidence, false AS is_disputed, source_id, source_locator, 'platform' AS fact_table, platform_id AS fact_id
    FROM platform
),
said AS (
    SELECT
        platform.lead_code AS code,
        CASE WHEN is_disputed
            THEN CASE
                WHEN regexp_matches(published_on, '^\d{4}-\d{2}')
                    THEN published_on[1:4]::INTEGER - (published_on[6:7] < '04')::INTEGER
            END
            ELSE platform.established_year
        END AS fiscal_year,
        CASE WHEN is_disputed THEN 'conflict' ELSE 'platform' END AS claim,
        CASE WHEN is_disputed THEN '資料により異なる記述：' ELSE '' END || platform_statement.statement AS statement,
        CASE WHEN is_disputed THEN 'Documents differ: ' ELSE '' END
            || coalesce(platform_statement.statement_en, '“' || platform_statement.statement || '”') AS statement_en,
        platform.confidence, platform_statement.is_disputed, platform_statement.source_id,
        platform_statement.source_locator, 'platform_statement' AS fact_table, statement_id AS fact_id
    FROM platform_statement
    JOIN platform ON platform_statement.platform_id = platform.platform_id
    JOIN source ON platform_statement.source_id = source.source_id
    WHERE platform_statement.is_disputed OR platform_statement.topic = 'established'
),
member AS (
    SELECT
        member_code AS code, since_year AS fiscal_year,
        CASE platform_member.status WHEN 'planned' THEN 'planned_member' ELSE 'platform_member' END AS claim,
        coalesce('「' || platform.name || '」', platform.lead_name || 'のプラットフォーム')
            || CASE platform_member.status WHEN 'planned' THEN 'に加わる予定（数えない）' ELSE 'の構成員' END
            || CASE WHEN platform_member.is_disputed THEN '（資料により異なる）' ELSE '' END AS statement,
        CASE platform_member.status WHEN 'planned' THEN 'Planned to join ' ELSE 'Member of ' END
            || coalesce(
                '“' || platform.name || '”' || coalesce(' (' || platform.name_en || ')', ''), 'the platform of ' || lead.romaji
            )
            || CASE platform_member.status WHEN 'planned' THEN ', not counted' ELSE '' END
            || CASE WHEN platform_member.is_disputed THEN '; documents differ' ELSE '' END AS statement_en,
        CASE WHEN platform_member.is_disputed THEN 'likely' ELSE 'certain' END AS confidence,
        platform_member.is_disputed, platform_member.source_id, platform_member.source_locator,
        'platform_member' AS fact_table, platform_member.platform_id || '/' || member_code AS fact_id
    FROM platform_member
    JOIN platform ON platform_member.platform_id = platform.platform_id
    JOIN area AS lead ON platform.lead_code = lead.code
),
council AS (
    SELECT
        code,
        year(established_on)::INTEGER - (month(established_on) < 4)::INTEGER AS fiscal_year,
        'regional_council' AS claim,
        coalesce(name, '孤独・孤立対策地域協議会') || CASE status WHEN 'not_planned' THEN '：設置しないと資料に記載' ELSE 'を設置' END AS statement,
        CASE status
            WHEN 'not_planned' THEN 'The document says that no regional council will be set up'
            ELSE 'Set up a regional council on loneliness and isolation' || coalesce(' “' || name || '”', '')
        END AS statement_en,
        'certain' AS confidence, false AS is_disputed, source_id, source_locator,
        'regional_council' AS fact_table, code AS fact_id
    FROM regional_council
),
granted AS (
    SELECT
        grant_area.code, grant_award.fiscal_year, 'grant' AS claim,
        grant_award.organisation || coalesce('「' || grant_award.title || '」', '') || 'の活動区域' AS statement,
        'Activity area of ' || '“' || grant_award.organisation || '”' || coalesce(' (' || grant_award.organisation_en || ')', '')
            || coalesce(': ' || coalesce(grant_award.title_en, '“' || grant_award.title || '”'), '') AS statement_en,
        grant_award.confidence, false AS is_disputed, grant_area.source_id, grant_area.source_locator,
        'grant_area' AS fact_table, grant_area.award_id AS fact_id
    FROM grant_area
    JOIN grant_award ON grant_area.award_id = grant_award.award_id
    WHERE grant_area.code IS NOT NULL
),
every_claim AS (
    FROM listed
    UNION ALL FROM lead
    UNION ALL FROM said
    UNION ALL FROM member
    UNION ALL FROM council
    UNION ALL FROM granted
)
SELECT
    code, fiscal_year::INTEGER AS fiscal_year, claim, statement, statement_en, confidence, is_disputed, source_id,
    source_locator, fact_table, fact_id
FROM every_claim
ORDER BY code, fiscal_year NULLS LAST, claim, fact_table, fact_id, source_id, source_locator;

COMMENT ON TABLE evidence
    IS '団体ごとの根拠（資料の記述） — What documents say about an area; one row per area, fiscal year, claim, fact and source.';
COMMENT ON COLUMN evidence.code IS 'コード — Area that the statement is about.';
COMMENT ON COLUMN evidence.fiscal_year IS '年度 — Fiscal year that the statement proves; empty = unknown (年度不明).';
COMMENT ON COLUMN evidence.claim
    IS '事項 — participant, joint_partner, platform, platform_member, planned_member, regional_council, grant or conflict.';
COMMENT ON COLUMN evidence.statement IS '記述 — The statement in Japanese, in short words of our own.';
COMMENT ON COLUMN evidence.statement_en
    IS '記述（英語） — The same statement in English; printed Japanese words stand in quotation marks.';
COMMENT ON COLUMN evidence.confidence
    IS '確からしさ — certain: stated by the source; likely: read from context or from a press report.';
COMMENT ON COLUMN evidence.is_disputed IS '資料により異なる — true where documents disagree.';
COMMENT ON COLUMN evidence.source_id IS '出典 — Key of the source that states the fact.';
COMMENT ON COLUMN evidence.source_locator
    IS '出典内の位置 — Where in the source the fact stands: heading, table, row or page, as read.';
COMMENT ON COLUMN evidence.fact_table IS '事実の表 — Public table that holds the fact.';
COMMENT ON COLUMN evidence.fact_id IS '事実の行 — Key of the fact in that table.';
