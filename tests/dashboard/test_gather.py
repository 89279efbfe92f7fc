"""What the pages of the annual map are told: the rows of the database, in the language of the pages, nothing added."""

import re

import pytest

from dashboard.annual.facts import BodyClass, Facts, Standing
from dashboard.slides.gather import body_class, gathered, standing
from dashboard.store import Store
from etl.build import Build

JAPANESE = re.compile("[぀-ヿ㐀-鿿]")


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The questions to a build of the real data."""
    return Store(project_build)


@pytest.fixture(scope="module")
def facts(store: Store) -> Facts:
    """What Japanese pages tell."""
    return gathered(store, "ja")


def test_every_row_of_every_list_is_told_once(store: Store, facts: Facts) -> None:
    rows = store.ask("SELECT fiscal_year, code, status, is_counted, cohort, decided_on FROM participation")
    told = [
        (entry.year, body.code, body.standing.value, body.is_counted, body.cohort, body.decided_on)
        for entry in facts.years
        for body in entry.bodies
    ]
    assert sorted(told, key=str) == sorted((tuple(row.values()) for row in rows), key=str)


def test_a_list_tells_what_was_published_and_how_much_of_it_is_named(store: Store, facts: Facts) -> None:
    for row in store.years:
        entry = facts.of(row["fiscal_year"])
        assert (entry.list_state, entry.published_total) == (row["list_state"], row["published_total"])
        assert len({body.code for body in entry.counted}) == row["named"]


def test_a_year_without_a_list_is_unknown_and_has_no_day(facts: Facts) -> None:
    silent = [entry for entry in facts.years if entry.list_state == "not_registered"]
    assert silent
    assert all(entry.published_total is None and not entry.bodies and not entry.as_of for entry in silent)


def test_partners_are_told_and_never_counted(facts: Facts) -> None:
    partners = [body for entry in facts.years for body in entry.bodies if body.standing is Standing.PARTNER]
    assert partners
    assert not any(body.is_counted for body in partners)


def test_the_prefectures_add_up_to_the_nation(store: Store, facts: Facts) -> None:
    nation = store.national_coverage(facts.latest_year, "cumulative")
    rows = facts.prefectures
    assert len(rows) == facts.totals["prefectures"] == len(facts.names) == 47
    assert (
        sum(row.municipalities for row in rows) == facts.totals["municipalities"] == len(facts.municipalities)
    )
    assert sum(row.strict for row in rows) == nation["strict"]["municipalities"]
    assert sum(row.inclusive for row in rows) == nation["inclusive"]["municipalities"]
    assert sum(row.people - row.uncovered_people for row in rows) == nation["strict"]["population"]
    gained = nation["inclusive"]["population"] - nation["strict"]["population"]
    assert sum(row.inside_people for row in rows) == gained
    assert sum(row.people for row in rows) == facts.totals["people"]


def test_the_municipalities_say_the_same_as_their_prefectures(facts: Facts) -> None:
    for row in facts.prefectures:
        inside = [entry for entry in facts.municipalities if entry.prefecture == row.code[:2]]
        assert sum(entry.state in "AB" for entry in inside) == row.strict
        assert sum(entry.people for entry in inside if entry.state not in "AB") == row.uncovered_people


def test_every_body_stands_inside_its_prefecture_near_its_middle(facts: Facts) -> None:
    """A body without a point could not be drawn; Hokkaido's, of its middle, lies far from its coasts."""
    bodies = [body for entry in facts.years for body in entry.bodies]
    assert all(122 < body.lon < 154 and 20 < body.lat < 46 for body in bodies)
    hokkaido = next(body for body in bodies if body.code == "01000")
    assert 141.5 < hokkaido.lon < 143.5
    assert 42.8 < hokkaido.lat < 44.2


def test_what_every_body_cites_stands_in_the_appendix(facts: Facts) -> None:
    appendix = {entry.source_id: entry for entry in facts.evidence}
    assert len(appendix) == len(facts.evidence)
    for entry in facts.years:
        for body in entry.bodies:
            assert body.locator in appendix[body.source_id].locators
            assert body.document == appendix[body.source_id].title
            prefectures = appendix[body.source_id].prefectures
            assert not prefectures or body.prefecture in prefectures


def test_in_english_titles_publishers_and_phrases_are_english(store: Store) -> None:
    told = gathered(store, "en")
    assert not [entry.title for entry in told.evidence if JAPANESE.search(entry.title)]
    assert not [entry.publisher for entry in told.evidence if JAPANESE.search(entry.publisher)]
    assert told.names["13"] == "Tokyo"
    assert told.of(2023).as_of == "10 October 2023"
    assert not JAPANESE.search(told.credit)


def test_marks_follow_the_ministrys_list_and_doubtful_standing_is_unknown() -> None:
    assert body_class("designated_city") is BodyClass.DESIGNATED_CITY
    assert {body_class(kind) for kind in ("core_city", "special_ward", "town")} == {BodyClass.MUNICIPALITY}
    assert standing("disputed") is Standing.UNKNOWN
    assert standing("returning") is Standing.RETURNING
