"""The address bar: what is written is read back, and nothing in it can break a page."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.scope import LONGEST_SHOWN, Choices, CountingRule, DataTab, Language, Layer, Scope, TimeView

CHOICES = Choices(
    years=(2022, 2023, 2024),
    default_year=2024,
    areas={"34000", "34208"},
    sources={"s2023-01"},
    tables={"coverage"},
)

scopes = st.builds(
    Scope,
    year=st.sampled_from(CHOICES.years),
    view=st.sampled_from(TimeView),
    area=st.sampled_from(["", "34000", "34208"]),
    rule=st.sampled_from(CountingRule),
    lang=st.sampled_from(Language),
    layer=st.sampled_from(Layer),
    tab=st.sampled_from(DataTab),
    source=st.sampled_from(["", "s2023-01"]),
    table=st.sampled_from(["", "coverage"]),
    beside=st.sampled_from(["", "2022"]),
)


@given(scopes)
def test_every_view_comes_back_from_its_address(scope: Scope) -> None:
    assert Scope.from_address(scope.address(), CHOICES) == (scope, [])


@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from(["year", "view", "area", "rule", "lang", "layer", "tab", "source"]), st.text()
        ),
        st.text(),
    )
)
def test_any_address_gives_a_view_and_names_what_it_refused(parameters: dict[str, str]) -> None:
    scope, refused = Scope.from_address(parameters, CHOICES)
    assert scope.year in CHOICES.years
    assert scope.area in {"", *CHOICES.areas}
    known = {fault.parameter for fault in refused}
    assert known <= set(parameters)
    assert all(len(fault.value) <= LONGEST_SHOWN for fault in refused)


def test_nonsense_falls_back_to_the_default_and_is_reported() -> None:
    scope, refused = Scope.from_address({"year": "1999", "area": "__proto__", "rule": "strict"}, CHOICES)
    assert (scope.year, scope.area, scope.rule) == (2024, "", CountingRule.STRICT)
    assert [fault.parameter for fault in refused] == ["year", "area"]


def test_a_link_always_names_its_year_and_leaves_out_what_is_plain() -> None:
    assert Scope(2024).address() == {"year": "2024"}
    assert Scope(2022, view=TimeView.ANNUAL).address(area="34208") == {
        "year": "2022",
        "view": "annual",
        "area": "34208",
    }


def test_a_municipality_lies_in_its_prefecture() -> None:
    scope = Scope(2022, area="34208")
    assert (scope.prefecture, scope.prefecture_area, scope.municipality) == ("34", "34000", "34208")
    assert Scope(2022, area="34000").municipality == ""
    assert Scope(2022).prefecture_area == ""
