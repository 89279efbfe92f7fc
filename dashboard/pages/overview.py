"""全国の状況: one sentence that answers, four numbers, the map, who would gain most, and how the numbers were checked."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard import citation, evidence, parts, reconciliation, tables
from dashboard.atlas import coverage_map
from dashboard.cards import cards
from dashboard.closed_lists import DataTab, Panel, ProofKind, TimeView
from dashboard.controls import PickRow, pick_list
from dashboard.equal_table import equal_table
from dashboard.figures import Figures, figures
from dashboard.markup import Html, join, link, table, tag
from dashboard.panels import panel_toggle
from dashboard.scope import Proof
from dashboard.states import COUNTED, State
from dashboard.store import Row
from dashboard.trend.bars import year_bars
from dashboard.view import View, go

OPEN_MAP = "open-map"
SHOWN_AT_FIRST = 12
"""Prefectures in the ranking before 「47都道府県すべて」: what fits beside the map."""
MAP_HEIGHT_PX = 590


def render(view: View) -> None:
    """Draw the page."""
    if st.session_state.pop(OPEN_MAP, False):
        st.switch_page(view.pages["map"], query_params=view.scope.address())
    now = figures(view.store, view.scope)
    st.html(tag("h1", headline(view, now), id="main", class_="headline").text)
    parts.list_notice(view)
    cards(view, now)
    left, right = st.columns([62, 38], gap="small")
    with left, st.container(key="card-map"):
        coverage_map(view, key="overview-map", height=MAP_HEIGHT_PX)
        equal_table(view, key="overview-table")
    with right, st.container(key="card-ranking"):
        ranking(view)
    left, right = st.columns(2, gap="small")
    with left, st.container(key="card-years"):
        years(view)
    with right, st.container(key="card-reconciliation"):
        published_numbers(view)
    with st.container(key="card-definitions"):
        tables.definitions(view)
        undated(view)


def headline(view: View, now: Figures) -> Html:
    """Return the sentence that answers the view's question."""
    year = view.words.year_name(view.scope.year)
    if now.is_unlisted:
        return Html(tag("span", view.text("headline.none", year=year)).text)
    at_least = view.text("headline.at_least") if now.is_at_least else ""
    is_annual = view.scope.view == TimeView.ANNUAL
    counted = now.own if is_annual else now.municipalities.strict
    counts = {"municipalities": f"{counted:,}", "year": year, "at_least": at_least}
    if not view.scope.prefecture:
        both = "" if now.prefectures else "_alone"
        sentence = view.text(f"headline.{view.scope.view}{both}", prefectures=now.prefectures, **counts)
        joint = view.text("headline.joint", joint=now.joint) if is_annual and now.joint else ""
        return _linked(view, f"{sentence}{joint}", _own_kind(view), (ProofKind.PREFECTURES, ""))
    if not counted and not now.prefectures:
        place = view.area_name(view.scope.prefecture_area)
        nothing = view.text("headline.nothing", year=year, prefecture=place, total=now.municipalities.total)
        return _linked(view, nothing)
    own = view.text("headline.own_yes" if now.prefectures else "headline.own_no")
    place = view.area_name(view.scope.prefecture_area)
    key = f"headline.prefecture_{view.scope.view}"
    sentence = view.text(key, prefecture=place, total=now.municipalities.total, own=own, **counts)
    return _linked(view, sentence, _own_kind(view))


def _own_kind(view: View) -> tuple[ProofKind, str]:
    """The evidence of the headline's municipalities: the year's list itself, or all that was ever confirmed."""
    if view.scope.view == TimeView.CUMULATIVE:
        return ProofKind.MUNICIPALITIES, ""
    place = view.scope.prefecture_area
    return (ProofKind.STATE, f"{place}.{State.A}") if place else (ProofKind.LIST, str(view.scope.year))


def _linked(view: View, sentence: str, *proofs: tuple[ProofKind, str]) -> Html:
    """Return a sentence whose emphasised numbers open their evidence, in their order."""
    parted = sentence.split("**")
    return join(
        view.proof(tag("strong", part), *proofs[index // 2]) if index % 2 else part
        for index, part in enumerate(parted)
    )


def ranking(view: View) -> None:
    """Draw where people live whose municipality is not confirmed, most people first."""
    place, rule = view.scope.prefecture_area, view.text(f"rule.{view.scope.rule}")
    title = (
        view.text("overview.ranking_title_area", area=view.area_name(place), rule=rule)
        if place
        else view.text("overview.ranking_title", rule=rule)
    )
    rows = _municipality_ranking(view) if place else _prefecture_ranking(view)
    sub = join([view.text("overview.ranking_sub"), citation.census(view)], " ")
    st.html(join([tag("h2", title), tag("p", sub, class_="sub")]).text)
    if not rows:
        none = "card.own_none" if figures(view.store, view.scope).is_unlisted else "overview.ranking_none"
        st.html(tag("p", view.text(none)).text)
        return
    whole = Panel.RANKING in view.scope.open
    pick_list(
        rows if whole else rows[:SHOWN_AT_FIRST],
        key="ranking",
        label=title,
        on_pick=lambda code: _pick(view, code),
        height=None if whole and not place else 560,
    )
    if len(rows) > SHOWN_AT_FIRST:
        every = view.text("overview.ranking_all" if not place else "overview.ranking_rest")
        panel_toggle(view, Panel.RANKING, every, key="ranking-all")
    view.link("map", view.text("overview.open_map"))


def _pick(view: View, code: str) -> None:
    """A prefecture stays on this page; a municipality has a card of its own on the map's page."""
    go(view.store, area=code)
    st.session_state[OPEN_MAP] = not code.endswith("000")


def _prefecture_ranking(view: View) -> list[PickRow]:
    column = f"population_{view.scope.rule}"
    found = [
        (row["population"] - row[column], row)
        for row in view.store.prefecture_coverage(view.scope.year, view.scope.view)
        if row[column] is not None and row["population"] > row[column]
    ]
    return _ranked(view, found)


def _municipality_ranking(view: View) -> list[PickRow]:
    counted = COUNTED[view.scope.rule] | {State.F}
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    return _ranked(view, [(row["population"], row) for row in rows if State(row["state"]) not in counted])


def _ranking_proof(view: View, code: str) -> str:
    """A prefecture's bar is the sum of its municipalities; a municipality's is its census figure."""
    kind = ProofKind.UNCOVERED if code.endswith("000") else ProofKind.AREA
    return urlencode(view.scope.address(proof=Proof(kind, code)))


def _ranked(view: View, found: Sequence[tuple[int, Row]]) -> list[PickRow]:
    ordered = sorted(found, key=lambda pair: (-pair[0], pair[1]["code"]))
    most = max((people for people, _ in ordered), default=0) or 1
    return [
        PickRow(
            code=row["code"],
            label=view.name(row),
            value=view.words.people(people),
            share=people / most,
            proof=_ranking_proof(view, row["code"]),
        )
        for people, row in ordered
    ]


def years(view: View) -> None:
    """Draw the bodies of each year's list by status, as bars that are also a table."""
    st.html(join([year_bars(view), evidence.joined_table(view)]).text)
    view.link("trend", view.text("onward.trend"))


def published_numbers(view: View) -> None:
    """Draw the published numbers that matter most against ours, and the way to all of them."""
    title = tag("h2", view.text("overview.reconciliation_title"))
    sub = tag("p", view.text("overview.reconciliation_sub"), class_="sub")
    st.html(join([title, sub, reconciliation.verdict_counts(view), reconciliation.main_totals(view)]).text)
    view.link("data", view.text("overview.reconciliation_all"), tab=DataTab.RECONCILIATION)


def undated(view: View) -> None:
    """List the platforms that stand in no year because no document proves the year."""
    rows = [
        (
            view.proof(view.area_name(row["lead_code"]), ProofKind.AREA, row["lead_code"]),
            citation.gloss(view, row, "name") if row["name"] else view.text("table.unnamed"),
            link(citation.gloss(view, row, "title"), row["url"]),
            view.words.as_of(row["established_printed"] or view.text("table.unknown")),
        )
        for row in view.store.undated_platforms()
        if view.scope.view == TimeView.CUMULATIVE and row["lead_code"].startswith(view.scope.prefecture)
    ]
    if rows:
        columns = [
            parts.name_column(view, "evidence.area"),
            parts.text_column(view, "evidence.statement"),
            parts.text_column(view, "evidence.document"),
            parts.text_column(view, "table.since"),
        ]
        about = tag("p", view.text("overview.undated_sub"), class_="sub")
        st.html(
            join(
                [
                    tag("h3", view.text("overview.undated_title")),
                    about,
                    table(view.text("overview.undated_title"), columns, rows, is_caption_shown=False),
                ]
            ).text
        )
