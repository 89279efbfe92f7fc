"""The ways on: from an area to the comparison and to its partners, from the years to the trend."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.scope import MOST_AREAS, Scope
from dashboard.words import words
from etl.build import Build
from tests.dashboard.test_pages import drawn, fragments_of

FIVE = ("13101", "13102", "13103", "13104", "13105")


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


def links(test: AppTest) -> dict[str, dict[str, str]]:
    """Return the label of every link to a page with the query that it opens."""
    return {
        each.proto.label: {name: values[0] for name, values in parse_qs(each.proto.query_string).items()}
        for each in test.get("page_link")
    }


def label(key: str, **values: object) -> str:
    return words("ja").text(f"onward.{key}", **values)


def way(test: AppTest, beginning: str) -> dict[str, str]:
    (found,) = (query for name, query in links(test).items() if name.startswith(beginning))
    return found


def test_an_area_is_added_to_those_compared() -> None:
    test = drawn("map", year=2022, area="34208", areas="13101")
    assert way(test, "比べるに加える")["areas"] == "13101.34208"
    assert way(test, "連携先をさがす")["area"] == "34208"
    assert way(test, "連携先をさがす")["areas"] == "13101", "the way to partners keeps what is compared"


def test_a_presentation_is_not_carried_to_another_page() -> None:
    """Whoever comes back to the slides would else stand before a room's screen at once."""
    ways = links(drawn("map", year=2022, present="2022", block="kinki")).values()
    assert [way for way in ways if "present" in way] == []
    assert {"block": "kinki"}.items() <= next(iter(ways)).items()


def test_an_area_that_is_compared_already_is_not_added_again() -> None:
    scope = Scope(2022, areas=("13101", "34208"))
    assert scope.with_area("34208") == ("13101", "34208")
    assert label("compared", count=2) in links(drawn("map", year=2022, area="34208", areas="13101.34208"))


def test_of_too_many_the_first_gives_way_and_the_link_says_so() -> None:
    assert Scope(2022, areas=FIVE).with_area("34208") == (*FIVE[1:], "34208")
    test = drawn("map", year=2022, area="34208", areas=".".join(FIVE))
    name = next(name for name in links(test) if "入れ替え" in name)
    assert f"いま{MOST_AREAS}地域" in name


@pytest.mark.parametrize(("area", "code"), [("", "47000"), ("34000", "34208")])
def test_every_row_of_the_table_leads_on(area: str, code: str) -> None:
    said = unescape(fragments_of(drawn("map", year=2022, area=area, open="table")))
    assert said.count('class="way"') == 2 * (23 if area else 47)
    assert re.search(rf'href="compare\?[^"]*areas={code}"[^>]*aria-label="[^"]+を比べるに加える"', said)
    assert re.search(rf'href="find\?[^"]*area={code}&', said)


def test_the_years_lead_to_the_trend() -> None:
    assert label("trend") in links(drawn("overview", year=2022))
