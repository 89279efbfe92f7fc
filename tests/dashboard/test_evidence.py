"""Every number opens its evidence: each kind shows its document, and what it lists comes to the number that was pressed."""

import re
from collections import Counter
from html import unescape
from itertools import product
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import shell
from dashboard.closed_lists import CountingRule, Language, ProofKind, TimeView
from dashboard.figures import figures
from dashboard.list_proof import COUNTINGS, counted
from dashboard.markup import Html
from dashboard.proofs import PROOFS, Shown
from dashboard.scope import Proof, Scope
from dashboard.states import COUNTED, State
from dashboard.store import Store
from dashboard.view import View
from dashboard.words import words
from etl.build import Build

RUN_LIMIT_S = 60
YEARS = (2022, 2023, 2024, 2025, 2026)
SUBJECTS = {
    ProofKind.AREA: "34208",
    ProofKind.STATE: "34000.A",
    ProofKind.UNCOVERED: "13000",
    ProofKind.LIST: "2022",
    ProofKind.TOTAL: "participants-2022",
}
FIRST_LIST = "孤独・孤立対策のこれまでの主な取組"
CENSUS = "令和2年国勢調査"
DOCUMENTS = {ProofKind.UNCOVERED: CENSUS, ProofKind.PEOPLE: CENSUS, ProofKind.CHANGE: FIRST_LIST}


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    return Store(project_build)


def seen(store: Store, **scope: object) -> View:
    """Return a view of the atlas; pages are not needed for what a dialog holds."""
    chosen = Scope(**{"year": 2022, "view": TimeView.ANNUAL, **scope})  # type: ignore[arg-type]
    return View(chosen, words(chosen.lang), store, {})


def opened(view: View, kind: ProofKind) -> Shown:
    return PROOFS[kind](view, SUBJECTS.get(kind, ""))


def rows_of(body: Html, caption: str) -> list[list[str]]:
    """Return the cells of the table whose caption begins so."""
    found = re.search(rf"<caption[^>]*>{re.escape(caption)}.*?<tbody>(.*?)</tbody>", body.text, re.DOTALL)
    assert found, caption
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell))
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL)
    ]


def number(text: str) -> int:
    return int(text.replace(",", ""))


# -- each kind, on a page ---------------------------------------------------------------------------------------


def script() -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main("overview")


def drawn(build: Build, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(build.database.parent))
    test = AppTest.from_function(script, default_timeout=RUN_LIMIT_S)
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def said(test: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", " ".join(str(each.proto.body) for each in test.get("html"))))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ProofKind)
def test_every_kind_opens_from_the_address_on_the_page(
    kind: ProofKind, language: Language, project_build: Build, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    subject = SUBJECTS.get(kind, "")
    address = {"year": "2022", "view": "annual", "lang": str(language), "proof": str(Proof(kind, subject))}
    test = drawn(project_build, monkeypatch, **address)
    assert not test.exception
    body = opened(seen(store, lang=language), kind).body.text
    assert any(body in str(each.proto.body) for each in test.get("html"))


def test_a_nonsense_proof_is_named_and_opens_nothing(
    project_build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nonsense in ("area.99999", "state.13000.Z", "total.x", "<b>", "municipalities.13000"):
        test = drawn(project_build, monkeypatch, year="2022", view="annual", proof=nonsense)
        assert not test.exception
        assert f"「{nonsense}」" in said(test)
        assert "「データと出典」の資料の一覧を見る" not in said(test)


@pytest.mark.parametrize("kind", ProofKind)
def test_every_kind_shows_its_document(kind: ProofKind, store: Store) -> None:
    year = 2023 if kind == ProofKind.CHANGE else 2022
    view = TimeView.CUMULATIVE if kind == ProofKind.CHANGE else TimeView.ANNUAL
    assert DOCUMENTS.get(kind, FIRST_LIST) in opened(seen(store, year=year, view=view), kind).body.text


@pytest.mark.parametrize(("kind", "year"), list(product(ProofKind, YEARS)))
def test_every_kind_has_something_to_say_in_every_year_and_language(
    kind: ProofKind, year: int, store: Store
) -> None:
    for view, language in product(TimeView, Language):
        shown = opened(seen(store, year=year, view=view, lang=language), kind)
        assert shown.title.strip()
        assert shown.body.text.strip()


# -- what is listed comes to the number -------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "view", "rule"), list(product((2022, 2024), TimeView, CountingRule)))
def test_states_sum_to_the_cards_numbers_under_every_rule(
    year: int, view: TimeView, rule: CountingRule, store: Store
) -> None:
    here = seen(store, year=year, view=view, rule=rule)
    now = figures(store, here.scope)
    rows = rows_of(opened(here, ProofKind.MUNICIPALITIES).body, "状態ごとの市区町村と人口")
    sums = {cells[0]: (number(cells[2]), number(cells[3])) for cells in rows}
    for each in CountingRule:
        name = f"{here.text(f'rule.{each}')}の計"
        assert sums[name] == (now.municipalities.by(each), now.people.by(each))
    listed = rows_of(opened(here, ProofKind.PEOPLE).body, f"{here.text(f'rule.{rule}')}で数える市区町村")
    assert len(listed) == now.municipalities.by(rule)
    assert sum(number(cells[2]) for cells in listed) == now.people.by(rule)


def test_the_change_is_the_difference_of_the_years_shown(store: Store) -> None:
    here = seen(store, year=2024, view=TimeView.CUMULATIVE)
    rows = rows_of(opened(here, ProofKind.CHANGE).body, "前の年度との比較")
    before, after, difference = ([int(cell.replace(",", "")) for cell in cells[1:]] for cells in rows)
    assert [b - a for a, b in zip(before, after, strict=True)] == difference
    change = figures(store, here.scope).change
    assert change is not None
    assert difference == [
        change.prefectures,
        change.municipalities,
        change.prefectures + change.municipalities,
    ]


@pytest.mark.parametrize(
    ("year", "view"), [(2022, TimeView.ANNUAL), (2025, TimeView.CUMULATIVE), (2025, TimeView.ANNUAL)]
)
def test_a_states_dialog_has_as_many_rows_as_the_table_says(year: int, view: TimeView, store: Store) -> None:
    here = seen(store, year=year, view=view)
    for row, state in product(store.prefecture_coverage(year, view), State):
        shown = PROOFS[ProofKind.STATE](here, f"{row['code']}.{state}")
        rows = rows_of(shown.body, f"{state}の市区町村")
        assert len(rows) == row[f"state_{state.lower()}"], (row["name"], state)


@pytest.mark.parametrize("state", "ABC")
def test_every_municipality_of_a_named_state_has_a_document(state: str, store: Store) -> None:
    here = seen(store, year=2025, view=TimeView.CUMULATIVE)
    for prefecture in store.prefectures:
        body = PROOFS[ProofKind.STATE](here, f"{prefecture['code']}.{state}").body.text
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", body, re.DOTALL):
            assert '<ul class="plain"><li>' in row, row


@pytest.mark.parametrize("rule", CountingRule)
def test_those_not_counted_are_the_people_of_the_rankings_bar(rule: CountingRule, store: Store) -> None:
    here = seen(store, rule=rule)
    for row in store.prefecture_coverage(2022, TimeView.ANNUAL):
        shown = PROOFS[ProofKind.UNCOVERED](here, row["code"])
        listed = rows_of(shown.body, f"{here.text(f'rule.{rule}')}に含まれない市区町村")
        assert sum(number(cells[2]) for cells in listed) == row["population"] - row[f"population_{rule}"]
        assert len(listed) == row["municipalities"] - row[rule]


def test_every_list_shows_the_bodies_it_names(store: Store) -> None:
    for year in store.years:
        shown = PROOFS[ProofKind.LIST](seen(store), str(year["fiscal_year"]))
        if year["published_total"] is None:
            assert "まだ収録していません" in shown.body.text
            continue
        groups = [
            int(count) for count in re.findall(r"<caption>(?:都道府県|市区町村)（(\d+)）", shown.body.text)
        ]
        assert sum(groups) == year["named"]


def test_the_bodies_behind_a_published_number_are_as_many_as_were_loaded(store: Store) -> None:
    found = Counter(row["measure"] for row in store.control_totals)
    assert set(COUNTINGS) <= set(found)
    for row in store.control_totals:
        if row["measure"] in COUNTINGS:
            assert len(counted(seen(store), row)) == row["loaded"], row["total_id"]


def test_an_area_that_no_document_names_shows_which_lists_were_read(store: Store) -> None:
    body = PROOFS[ProofKind.AREA](seen(store, year=2025, view=TimeView.CUMULATIVE), "13111").body.text
    assert "確かめた一覧" in body
    assert len(rows_of(Html(body), "確かめた一覧")) == 3


def test_an_unknown_census_figure_is_unknown_and_never_zero(store: Store) -> None:
    rows = rows_of(PROOFS[ProofKind.AREA](seen(store), "47201").body, "人口と世帯")
    assert [cells[1:3] for cells in rows if cells[0] == "単独世帯"] == [["不明", "不明"]]


# -- links ------------------------------------------------------------------------------------------------------


def test_the_cards_the_strip_and_the_headline_are_links_to_evidence(
    project_build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = drawn(project_build, monkeypatch, year="2022", view="annual")
    whole = " ".join(str(each.proto.body) for each in test.get("html"))
    links = re.findall(r'<a href="\?([^"]+)" target="_self" class="proof"', whole)
    proofs = Counter(parse_qs(unescape(link))["proof"][0] for link in links)
    for kind in ("municipalities", "prefectures", "people", "change"):
        assert proofs[kind] >= 1, kind
    assert {f"list.{year}" for year in YEARS} <= set(proofs)
    assert any(proof.startswith("total.") for proof in proofs)
    assert 'aria-label="市区町村（狭義）の根拠"' in whole


def test_a_followed_link_is_read_like_an_address(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    written: dict[str, str] = {}

    class Address:
        def from_dict(self, values: dict[str, str]) -> None:
            written.update(values)

    monkeypatch.setattr(st, "query_params", Address())
    shell.follow(seen(store), "year=2023&view=annual&proof=area.13101&rule=<x>&other=1&proof=list.2022")
    assert written == {"year": "2023", "view": "annual", "proof": "list.2022"}


def test_counted_states_are_the_ones_with_a_dot(store: Store) -> None:
    rows = rows_of(opened(seen(store, rule=CountingRule.STANDARD), ProofKind.MUNICIPALITIES).body, "状態ごと")
    assert {cells[0].strip()[0] for cells in rows if cells[1] == "●"} <= set(COUNTED[CountingRule.STANDARD])
