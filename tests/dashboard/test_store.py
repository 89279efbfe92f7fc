"""The questions to the database: right, complete, safe between threads, stopped when slow."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from dashboard import database
from dashboard.closed_lists import CountingRule, TimeView
from dashboard.figures import figures
from dashboard.scope import Scope
from dashboard.states import COUNTED, State
from dashboard.store import QueryTooSlowError, Store
from etl.build import Build

SLOW = "SELECT count(*) FROM range(100000000) AS a (x), range(100000) AS b (y) WHERE (x * y) % 7 = 3"


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The store of the real data."""
    return Store(project_build)


def test_the_figures_of_the_first_year_are_the_published_ones(store: Store) -> None:
    now = figures(store, Scope(2022, view=TimeView.ANNUAL))
    assert (now.municipalities.strict, now.municipalities.standard, now.municipalities.inclusive) == (
        20,
        62,
        464,
    )
    assert (now.people.strict, now.people.standard, now.people.inclusive) == (
        5_392_116,
        7_370_858,
        33_169_292,
    )
    assert (now.municipalities.total, now.prefectures, now.prefecture_total) == (1741, 9, 47)
    assert now.prefecture_total - len(now.without_any) == 20
    assert not now.is_at_least
    assert now.change is None


def test_a_year_without_a_list_has_no_figures(store: Store) -> None:
    now = figures(store, Scope(2025, view=TimeView.ANNUAL))
    assert now.is_unlisted
    assert now.change is None


def test_partial_lists_are_not_compared_from_year_to_year(store: Store) -> None:
    assert figures(store, Scope(2023, view=TimeView.ANNUAL)).change is None
    assert figures(store, Scope(2023)).change is not None


def test_prefectures_add_up_to_the_nation(store: Store) -> None:
    for year in (2022, 2023, 2024, 2025, 2026):
        whole = figures(store, Scope(year))
        parts = [figures(store, Scope(year, area=row["code"])) for row in store.prefectures]
        for rule in CountingRule:
            assert sum(part.municipalities.by(rule) for part in parts) == whole.municipalities.by(rule)
            assert sum(part.people.by(rule) for part in parts) == whole.people.by(rule)
        assert sum(part.prefectures for part in parts) == whole.prefectures


@pytest.mark.parametrize("rule", CountingRule)
@pytest.mark.parametrize("view", TimeView)
@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_the_evidence_of_a_count_names_exactly_the_bodies_counted(
    store: Store, year: int, view: TimeView, rule: CountingRule
) -> None:
    now = figures(store, Scope(year, view=view))
    states = "".join(COUNTED[rule])
    named = {row["code"] for row in store.evidence_of_count(year, view, "", states)}
    inside = store.evidence_of_inside(year, view, "") if State.D in COUNTED[rule] else ()
    assert len(named) + sum(row["municipalities"] for row in inside) == now.municipalities.by(rule)


@pytest.mark.parametrize("view", TimeView)
@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_the_evidence_names_exactly_the_prefectures_counted(store: Store, year: int, view: TimeView) -> None:
    named = {row["code"] for row in store.evidence_of_count(year, view, "", "")}
    assert len(named) == figures(store, Scope(year, view=view)).prefectures


def test_every_document_opens_as_many_rows_as_it_is_said_to_have(store: Store) -> None:
    for document in store.documents():
        assert len(store.rows_of_source(document["source_id"])) == document["facts"], document["source_id"]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_those_who_joined_are_the_difference_of_two_years(store: Store, year: int) -> None:
    now = figures(store, Scope(year))
    joined = store.joined(year, TimeView.CUMULATIVE)
    before = figures(store, Scope(year - 1)) if year > 2022 else None
    gained = now.municipalities.strict + now.prefectures
    assert len(joined) == gained - (before.municipalities.strict + before.prefectures if before else 0)


def test_those_who_only_join_in_stand_last_and_are_not_counted(store: Store) -> None:
    joined = store.joined(2024, TimeView.ANNUAL)
    assert [row["code"] for row in joined if not row["is_counted"]] == ["14213", "14215", "14218"]
    counted = {
        row["code"]
        for row in store.joiners(2024, TimeView.ANNUAL)
        if row["is_first"] and row["fiscal_year"] == 2024
    }
    assert {row["code"] for row in joined if row["is_counted"]} == counted
    assert [row["is_counted"] for row in joined] == [True] * len(counted) + [False] * 3


def test_a_search_finds_every_body_of_a_name_and_guesses_none(store: Store) -> None:
    assert [row["code"] for row in store.find("府中市", 30)] == ["13206", "34208"]
    assert {row["code"] for row in store.find("ふちゅう", 30)} >= {"13206", "34208", "34302"}
    assert store.find("34208", 30)[0]["name"] == "府中市"
    assert store.find("%", 30) == ()


def test_a_search_reads_six_digits_katakana_and_wards(store: Store) -> None:
    assert store.find("342084", 30)[0]["code"] == "34208"
    assert "34208" in {row["code"] for row in store.find("フチュウ", 30)}
    assert store.find("港北区", 30)[0]["code"] == "14100"
    assert store.find("市", 5)[0]["found"] > 700


def test_rows_cannot_be_altered(store: Store) -> None:
    with pytest.raises(TypeError):
        store.prefectures[0]["name"] = "甲県"  # type: ignore[index]


def test_threads_get_their_own_answers(store: Store) -> None:
    years = [2022, 2023, 2024, 2025, 2026] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda year: store._ask("SELECT fiscal_year FROM programme_list WHERE fiscal_year = ?", year),
                years,
            )
        )
    assert [rows[0]["fiscal_year"] for rows in answers] == years


def test_a_slow_question_is_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "QUERY_LIMIT_S", 0.2)
    with pytest.raises(QueryTooSlowError):
        store.ask(SLOW)


def test_the_database_cannot_be_written(store: Store) -> None:
    with pytest.raises(duckdb.Error):
        store.ask("DELETE FROM source")


def test_a_preview_takes_no_name_but_a_public_tables(store: Store) -> None:
    assert len(store.preview("coverage", 3)) == 3
    with pytest.raises(KeyError):
        store.preview('coverage"; DROP TABLE source; --', 3)


def test_the_map_of_a_view_can_be_taken_away_with_names_and_documents(store: Store) -> None:
    content = store.states_file("広島県 令和4年度", 2022, TimeView.ANNUAL, "34", "csv").decode("utf-8-sig")
    lines = content.splitlines()
    assert len(lines) == 1 + 23
    assert next(line for line in lines if ",府中市," in line).startswith(
        "2022,annual,34208,広島県,府中市,A,2022,likely"
    )
    assert "s2023-01" in content
    assert store.states_file("全国", 2022, TimeView.ANNUAL, "", "xlsx")[:2] == b"PK"
