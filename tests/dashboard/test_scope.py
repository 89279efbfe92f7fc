"""The address bar: what is written is read back, and nothing in it can break a page."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboard.closed_lists import (
    CountingRule,
    DataTab,
    Language,
    Layer,
    Need,
    Offer,
    Panel,
    PlaceStatus,
    ProofKind,
    Reach,
    Supply,
    TimeView,
    Unknown,
)
from dashboard.scope import LONGEST_SHOWN, SEARCH_LENGTH, Choices, Proof, Refused, Scope, searched

CHOICES = Choices(
    years=(2022, 2023, 2024),
    default_year=2024,
    areas={"34000", "34208"},
    sources={"s2023-01"},
    tables={"coverage"},
    totals=("programme_participants_2022",),
    place_kinds={"こども食堂"},
    targets={"children"},
    themes={"art"},
    source_years=(2023, 2024),
)

proofs = st.sampled_from(ProofKind).flatmap(
    lambda kind: st.builds(Proof, st.just(kind), st.sampled_from(sorted(CHOICES.subjects(kind))))
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
    beside=st.sampled_from(["", "2022", "inclusive"]),
    find=st.text().map(searched),
    open=st.frozensets(st.sampled_from(Panel)),
    proof=st.none() | proofs,
    areas=st.lists(st.sampled_from(["34000", "34208"]), unique=True).map(tuple),
    need_measure=st.sampled_from(Need),
    supply_measure=st.sampled_from(Supply),
    reach=st.sampled_from(Reach),
    offers=st.frozensets(st.sampled_from(Offer)),
    place_kind=st.sampled_from(["", "こども食堂"]),
    target=st.sampled_from(["", "children"]),
    theme=st.sampled_from(["", "art"]),
    place_status=st.sampled_from(["", *PlaceStatus]),
    newer=st.sampled_from(["", "2023"]),
    unknown=st.sampled_from(Unknown),
)


@given(scopes)
def test_every_view_comes_back_from_its_address(scope: Scope) -> None:
    assert Scope.from_address(scope.address(), CHOICES) == (scope, [])


@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from(
                [
                    "year",
                    "view",
                    "area",
                    "rule",
                    "lang",
                    "layer",
                    "tab",
                    "source",
                    "find",
                    "open",
                    "proof",
                    "page",
                ]
            ),
            st.text(),
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


def test_a_page_that_does_not_exist_is_named_and_leaves_the_address_with_the_next_choice() -> None:
    scope, refused = Scope.from_address({"year": "2022", "page": "nonsense"}, CHOICES)
    assert refused == [Refused("page", "nonsense")]
    assert "page" not in scope.address(year=2024)


@given(st.text())
def test_what_is_looked_for_is_one_short_line_and_stays_as_it_is(text: str) -> None:
    wanted = searched(text)
    assert len(wanted) <= SEARCH_LENGTH
    assert wanted.isprintable()
    assert searched(wanted) == wanted


def test_a_chosen_area_ends_the_search_that_led_to_it() -> None:
    scope = Scope(2022, find="府中", open=frozenset({Panel.TABLE}))
    assert scope.address(area="34208") == {"year": "2022", "area": "34208", "open": "table"}
    assert scope.address(year=2024)["find"] == "府中"


def test_known_panels_open_and_an_unknown_one_is_named() -> None:
    scope, refused = Scope.from_address({"open": "rows.table.cellar"}, CHOICES)
    assert scope.open == {Panel.ROWS, Panel.TABLE}
    assert refused == [Refused("open", "cellar")]
    assert scope.address()["open"] == "rows.table"


def test_evidence_of_what_does_not_exist_is_refused() -> None:
    for wrong in ("state.34208.A", "state.34000.G", "area.99999", "list.1999", "people.34000", "area", "x"):
        scope, refused = Scope.from_address({"proof": wrong}, CHOICES)
        assert (scope.proof, refused) == (None, [Refused("proof", wrong)])


def test_the_second_maps_view_is_the_first_with_the_years_exchanged() -> None:
    scope = Scope(2022, beside="2024", open=frozenset({Panel.SECOND, Panel.ROWS}))
    other = scope.mirrored()
    assert (other.year, other.beside, other.open) == (2024, "2022", frozenset({Panel.TABLE, Panel.ROWS}))
    assert other.mirrored() == scope


def test_areas_to_compare_keep_their_order_and_stop_at_five() -> None:
    choices = replace(CHOICES, areas={f"0{code}" for code in range(1000, 1008)})
    scope, refused = Scope.from_address({"areas": "01003.01001.01001.99999.01000"}, choices)
    assert scope.areas == ("01003", "01001", "01000")
    assert refused == [Refused("areas", "99999")]
    scope, refused = Scope.from_address({"areas": "01003.01001.01002.01004.01000.01007"}, choices)
    assert scope.areas == ("01003", "01001", "01002", "01004", "01000")
    assert refused == [Refused("areas", "01007")]


def test_a_second_map_mirrors_a_year_or_a_rule() -> None:
    years = Scope(2022, beside="2024").mirrored()
    assert (years.year, years.beside) == (2024, "2022")
    rules = Scope(2022, beside="inclusive").mirrored()
    assert (rules.year, rules.rule, rules.beside) == (2022, CountingRule.INCLUSIVE, "strict")
