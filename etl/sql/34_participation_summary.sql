-- participation_summary: how many bodies take part, and in how many prefectures.
-- Grain: one row per fiscal year and time view.
-- Assumes: annual counts the year's list; cumulative counts every body listed so far or leading a platform set up so
-- far (as coverage does). A year without a registered list is unknown (NULL) in the annual view. What a list printed in
-- total is known for a single year only.
CREATE TABLE participation_summary AS
WITH
question AS (
    SELECT fiscal_year, time_view, bool_or(state <> 'F') AS is_known
    FROM coverage
    GROUP BY fiscal_year, time_view
),
body AS (
    SELECT taking_part.fiscal_year, taking_part.time_view, taking_part.code, area.kind, area.prefecture_code,
        min(taking_part.since_year) AS since_year,
        bool_or(taking_part.basis = 'programme_list') AS is_listed
    FROM taking_part
    JOIN area ON taking_part.code = area.code
    GROUP BY ALL
),
counted AS (
    SELECT
        fiscal_year,
        time_view,
        count(*) AS participants,
        count(*) FILTER (kind = 'prefecture') AS prefectures,
        count(*) FILTER (kind <> 'prefecture') AS municipalities,
        count(*) FILTER (kind = 'designated_city') AS designated_cities,
        count(DISTINCT prefecture_code) AS prefectures_with_any,
        count(*) FILTER (since_year = fiscal_year) AS new_bodies,
        count(*) FILTER (is_listed) AS programme_participants
    FROM body
    GROUP BY fiscal_year, time_view
),
called_new AS (
    SELECT fiscal_year, count(DISTINCT code) AS called_new
    FROM participation
    WHERE status = 'new'
    GROUP BY fiscal_year
)
SELECT
    question.fiscal_year,
    question.time_view,
    CASE WHEN is_known THEN coalesce(participants, 0) END AS participants,
    CASE WHEN is_known THEN coalesce(prefectures, 0) END AS prefectures,
    CASE WHEN is_known THEN coalesce(municipalities, 0) END AS municipalities,
    CASE WHEN is_known THEN coalesce(designated_cities, 0) END AS designated_cities,
    CASE WHEN is_known THEN coalesce(prefectures_with_any, 0) END AS prefectures_with_any,
    CASE WHEN is_known
        THEN (SELECT count(*) FROM area WHERE kind = 'prefecture') - coalesce(prefectures_with_any, 0)
    END AS prefectures_without_any,
    CASE WHEN is_known
        THEN CASE question.time_view WHEN 'annual' THEN coalesce(called_new, 0) ELSE coalesce(new_bodies, 0) END
    END AS new_participants,
    CASE WHEN is_known THEN coalesce(programme_participants, 0) END AS programme_participants,
    CASE question.time_view WHEN 'annual' THEN programme_list.published_total END AS published_total,
    programme_list.list_state
FROM question
JOIN programme_list ON question.fiscal_year = programme_list.fiscal_year
LEFT JOIN counted ON question.fiscal_year = counted.fiscal_year AND question.time_view = counted.time_view
LEFT JOIN called_new ON question.fiscal_year = called_new.fiscal_year
ORDER BY question.fiscal_year, question.time_view;

COMMENT ON TABLE participation_summary
    IS '取組団体数の集計 — Number of bodies that take part; one row per fiscal year and time view.';
COMMENT ON COLUMN participation_summary.fiscal_year
    IS '年度 — Fiscal year, named by the calendar year in which it begins (April to March).';
COMMENT ON COLUMN participation_summary.time_view
    IS '時点の見方 — annual = the list of that year alone (当年度); cumulative = ever, up to the end of that year (累計).';
COMMENT ON COLUMN participation_summary.participants
    IS '取り組む団体数 — Prefectures and municipalities that take part; empty where no list is registered.';
COMMENT ON COLUMN participation_summary.prefectures IS '都道府県数 — Prefectures among the participants.';
COMMENT ON COLUMN participation_summary.municipalities
    IS '市区町村数 — Municipalities among the participants, designated cities included.';
COMMENT ON COLUMN participation_summary.designated_cities IS '政令指定都市数 — Designated cities among the participants.';
COMMENT ON COLUMN participation_summary.prefectures_with_any
    IS '団体がある都道府県数 — Prefectures with a participant of any kind.';
COMMENT ON COLUMN participation_summary.prefectures_without_any
    IS '団体が確認されない都道府県数 — Prefectures without any participant in the documents read.';
COMMENT ON COLUMN participation_summary.new_participants
    IS '新規の団体数 — annual: bodies that the list calls new; cumulative: bodies that take part for the first time in this fiscal year.';
COMMENT ON COLUMN participation_summary.programme_participants
    IS '一覧に載った団体数 — Participants that a list of the model programme names (distinct bodies).';
COMMENT ON COLUMN participation_summary.published_total
    IS '公表数 — Published number of participants of that year; empty in the cumulative view.';
COMMENT ON COLUMN participation_summary.list_state
    IS '収録状況 — complete, partial or not_registered: the list of this fiscal year.';
