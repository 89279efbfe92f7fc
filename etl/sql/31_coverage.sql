-- coverage: how each municipality stands in (annual) or at the end of (cumulative) a fiscal year.
-- Grain: one row per fiscal year, time view and municipality; every municipality appears, covered or not.
-- Assumes: the strongest claim wins, A > B > C > D > E. A membership counts from the year its document gives, only while
-- the lead takes part, and in a prefectural platform only inside that prefecture. Planned members never count. F (no
-- list registered) is for the whole country: the year's list in the annual view, every list so far in the cumulative; a
-- check makes sure that a year without a registered list names nobody.
CREATE TABLE coverage AS
WITH
time_view AS (
    SELECT * FROM (VALUES ('annual'), ('cumulative')) AS views (time_view)
),
question AS (
    SELECT
        programme_list.fiscal_year,
        time_view.time_view,
        CASE time_view.time_view
            WHEN 'annual' THEN programme_list.list_state <> 'not_registered'
            ELSE programme_list.fiscal_year >= (
                SELECT min(fiscal_year) FROM programme_list WHERE list_state <> 'not_registered'
            )
        END AS has_list
    FROM programme_list
    CROSS JOIN time_view
),
body AS (
    SELECT
        fiscal_year, time_view, code, basis, min(since_year) AS since_year, min(platform_id) AS platform_id,
        min(confidence) AS confidence, bool_and(is_disputed) AS is_disputed
    FROM taking_part
    GROUP BY ALL
),
claim_a AS (
    SELECT
        body.fiscal_year, body.time_view, body.code, 'A' AS state, body.basis, body.since_year, body.platform_id,
        body.confidence, body.is_disputed
    FROM body
    JOIN municipality ON body.code = municipality.code
),
partner_claim AS (
    SELECT
        question.fiscal_year, question.time_view, partner.code, 'B' AS state, 'joint_partner' AS basis,
        partner.fiscal_year AS since_year, NULL::VARCHAR AS platform_id, partner.confidence, false AS is_disputed
    FROM question
    JOIN participation AS partner
        ON partner.status = 'partner'
        AND CASE question.time_view
            WHEN 'annual' THEN partner.fiscal_year = question.fiscal_year
            ELSE partner.fiscal_year <= question.fiscal_year
        END
),
member_claim AS (
    SELECT
        body.fiscal_year, body.time_view, member.member_code AS code,
        CASE platform.kind WHEN 'prefectural' THEN 'C' ELSE 'B' END AS state,
        CASE platform.kind WHEN 'prefectural' THEN 'prefecture_member' ELSE 'joint_member' END AS basis,
        greatest(member.since_year, body.since_year) AS since_year, platform.platform_id,
        CASE WHEN member.is_disputed THEN 'likely' ELSE body.confidence END AS confidence, member.is_disputed
    FROM body
    JOIN platform ON body.code = platform.lead_code AND platform.kind IN ('prefectural', 'joint', 'municipal')
    JOIN platform_member AS member
        ON platform.platform_id = member.platform_id
        AND member.status = 'confirmed'
        AND member.since_year <= body.fiscal_year
        AND (platform.kind <> 'prefectural' OR member.prefecture_code = platform.prefecture_code)
),
claim_d AS (
    SELECT
        body.fiscal_year, body.time_view, municipality.code, 'D' AS state, 'prefecture_' || body.basis AS basis,
        body.since_year, body.platform_id, body.confidence, body.is_disputed
    FROM body
    JOIN municipality ON body.code = municipality.prefecture_code || '000'
),
claim AS (
    FROM claim_a
    UNION ALL FROM partner_claim
    UNION ALL FROM member_claim
    UNION ALL FROM claim_d
),
strongest AS (
    SELECT
        fiscal_year,
        time_view,
        code,
        state,
        first(basis ORDER BY since_year, basis DESC) AS basis,
        min(since_year) AS since_year,
        min(platform_id) AS platform_id,
        min(confidence) AS confidence, -- 'certain' < 'likely': one certain fact makes the state certain
        bool_and(is_disputed) AS is_disputed
    FROM claim
    GROUP BY fiscal_year, time_view, code, state
    QUALIFY row_number() OVER (PARTITION BY fiscal_year, time_view, code ORDER BY state) = 1
)
SELECT
    question.fiscal_year,
    question.time_view,
    municipality.code,
    municipality.prefecture_code,
    coalesce(strongest.state, CASE WHEN question.has_list THEN 'E' ELSE 'F' END) AS state,
    coalesce(strongest.basis, CASE WHEN question.has_list THEN 'none_confirmed' ELSE 'no_list' END) AS basis,
    strongest.since_year,
    strongest.platform_id,
    strongest.confidence,
    coalesce(strongest.is_disputed, false) AS is_disputed,
    municipality.population
FROM question
CROSS JOIN municipality
LEFT JOIN strongest
    ON question.fiscal_year = strongest.fiscal_year
    AND question.time_view = strongest.time_view
    AND municipality.code = strongest.code
ORDER BY question.fiscal_year, question.time_view, municipality.code;

COMMENT ON TABLE coverage
    IS '市区町村ごとの状態（年度・時点の見方別） — State A–F of every municipality; one row per fiscal year, time view and municipality.';
COMMENT ON COLUMN coverage.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN coverage.time_view
    IS '時点の見方 — annual = the list of that year alone (当年度); cumulative = ever, up to the end of that year (累計).';
COMMENT ON COLUMN coverage.code IS 'コード — Municipality.';
COMMENT ON COLUMN coverage.prefecture_code IS '都道府県コード — First two digits of the area code.';
COMMENT ON COLUMN coverage.state
    IS '状態 — A runs or takes part itself; B joint, with another lead; C named member of the prefectural platform; D inside a prefecture that takes part, own part not confirmed; E none confirmed in the documents read; F no list registered.';
COMMENT ON COLUMN coverage.basis
    IS '状態の根拠 — programme_list, platform (A); joint_partner, joint_member (B); prefecture_member (C); prefecture_programme_list, prefecture_platform (D); none_confirmed (E); no_list (F).';
COMMENT ON COLUMN coverage.since_year
    IS '確認できる最初の年度 — First fiscal year, not after this one, in which a fact behind the state holds; empty for E and F.';
COMMENT ON COLUMN coverage.platform_id
    IS 'プラットフォーム — Platform behind the state; empty where the list alone is behind it.';
COMMENT ON COLUMN coverage.confidence
    IS '確からしさ — certain if at least one fact behind the state is certain, else likely; empty for E and F.';
COMMENT ON COLUMN coverage.is_disputed
    IS '資料により異なる — true if every fact behind the state is disputed between documents.';
COMMENT ON COLUMN coverage.population IS '人口 — People, census of 1 October 2020.';
