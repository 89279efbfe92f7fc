"""全国の状況: one sentence that answers, four numbers, the map, who would gain most, and how the numbers were checked."""

from collections.abc import Sequence

import streamlit as st

from dashboard import evidence, parts, reconciliation, tables
from dashboard.atlas import coverage_map
from dashboard.controls import PickRow, pick_list
from dashboard.figures import Figures, figures
from dashboard.markup import Html, join, link, table, tag
from dashboard.scope import CountingRule, DataTab, TimeView
from dashboard.states import COUNTED, State
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
        tables.equal_table(view, key="overview-table")
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
        return parts.emphasised(f"{sentence}{joint}")
    if not counted and not now.prefectures:
        place = view.area_name(view.scope.prefecture_area)
        return parts.emphasised(
            view.text("headline.nothing", year=year, prefecture=place, total=now.municipalities.total)
        )
    own = view.text("headline.own_yes" if now.prefectures else "headline.own_no")
    place = view.area_name(view.scope.prefecture_area)
    key = f"headline.prefecture_{view.scope.view}"
    return parts.emphasised(
        view.text(key, prefecture=place, total=now.municipalities.total, own=own, **counts)
    )


def cards(view: View, now: Figures) -> None:
    """Draw the four numbers, each with its evidence."""
    for column, (key, draw) in zip(
        st.columns(4, gap="small"),
        (
            ("municipalities", _municipality_card),
            ("prefectures", _prefecture_card),
            ("people", _people_card),
            ("change", _change_card),
        ),
        strict=True,
    ):
        with column, st.container(key=f"card-{key}"):
            draw(view, now)


def _municipality_card(view: View, now: Figures) -> None:
    count = now.municipalities
    shown = count.by(view.scope.rule)
    rule = view.text(f"rule.{view.scope.rule}")
    parts.figure(
        view.text("card.municipalities", rule=rule),
        None if now.is_unlisted else f"{shown:,}",
        before=_at_least(view, now),
        beside=_of(view, now, shown, count.total),
        below=""
        if now.is_unlisted
        else _other_rules(view, {rule: f"{count.by(rule):,}" for rule in CountingRule}),
    )
    evidence.count_evidence(view, "municipality")


def _prefecture_card(view: View, now: Figures) -> None:
    if view.scope.prefecture:
        word = "none" if now.is_unlisted else ("yes" if now.prefectures else "no")
        parts.figure(
            view.text("card.own"),
            view.text(f"card.own_{word}"),
            below=view.area_name(view.scope.prefecture_area),
        )
    else:
        rest = view.text("card.unconfirmed", count=now.prefecture_total - now.prefectures)
        any_of = view.text(
            "card.without_any",
            count=len(now.without_any),
            people=view.words.people(sum(now.without_any.values())),
        )
        parts.figure(
            view.text("card.prefectures"),
            None if now.is_unlisted else f"{now.prefectures}",
            before=_at_least(view, now),
            beside=_of(view, now, now.prefectures, now.prefecture_total),
            below="" if now.is_unlisted else f"{rest}　{any_of}",
        )
    evidence.count_evidence(view, "prefecture")


def _people_card(view: View, now: Figures) -> None:
    shown = now.people.by(view.scope.rule)
    others = {rule: view.words.people(now.people.by(rule)) for rule in CountingRule}
    parts.figure(
        view.text("card.people", rule=view.text(f"rule.{view.scope.rule}")),
        None if now.is_unlisted else view.words.people(shown),
        before=_at_least(view, now),
        beside=_of(view, now, shown, now.people.total, view.words.people(now.people.total)),
        below="" if now.is_unlisted else _other_rules(view, others),
    )
    evidence.count_evidence(view, "people")


def _change_card(view: View, now: Figures) -> None:
    change = now.change
    if change is None:
        first = view.scope.year == view.store.years[0]["fiscal_year"]
        reason = "own_none" if now.is_unlisted else "change_first" if first else "change_unknown"
        parts.figure(view.text("card.change"), None, below=view.text(f"card.{reason}"))
    else:
        split = view.text(
            "card.change_split",
            prefectures=f"{change.prefectures:+}",
            municipalities=f"{change.municipalities:+}",
        )
        parts.figure(
            view.text("card.change"),
            f"{change.prefectures + change.municipalities:+}",
            before=_at_least(view, now),
            below=split,
        )
        evidence.count_evidence(view, "change")


def _at_least(view: View, now: Figures) -> str:
    """Counts of years whose list is registered in part read 少なくとも."""
    return (
        view.text("headline.at_least")
        if now.is_at_least and not now.is_unlisted and now.municipalities.strict
        else ""
    )


def _of(view: View, now: Figures, part: int, whole: int, written: str = "") -> str:
    """The denominator stands beside every count; the share only where there is a list to count in."""
    share = "" if now.is_unlisted else f"　{view.words.share(part, whole)}"
    return f"{view.text('card.of', total=written or f'{whole:,}')}{share}"


def _other_rules(view: View, values: dict[CountingRule, str]) -> str:
    """Strict is shown big, the others small beside it; whichever rule is chosen, the other two stay in sight."""
    return "　".join(
        f"{view.text(f'rule.{rule}')} {value}" for rule, value in values.items() if rule != view.scope.rule
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
    sub = join([view.text("overview.ranking_sub"), evidence.census(view)], " ")
    st.html(join([tag("h2", title), tag("p", sub, class_="sub")]).text)
    if not rows:
        none = "card.own_none" if figures(view.store, view.scope).is_unlisted else "overview.ranking_none"
        st.html(tag("p", view.text(none)).text)
        return
    whole = st.session_state.get("ranking-all", False)
    pick_list(
        rows if whole else rows[:SHOWN_AT_FIRST],
        key="ranking",
        label=title,
        on_pick=lambda code: _pick(view, code),
        height=None if whole and not place else 560,
    )
    if len(rows) > SHOWN_AT_FIRST:
        st.toggle(
            view.text("overview.ranking_all" if not place else "overview.ranking_rest"), key="ranking-all"
        )
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


def _ranked(view: View, found: Sequence[tuple[int, object]]) -> list[PickRow]:
    ordered = sorted(found, key=lambda pair: (-pair[0], pair[1]["code"]))  # type: ignore[index]
    most = max((people for people, _ in ordered), default=0) or 1
    return [
        PickRow(code=row["code"], label=view.name(row), value=view.words.people(people), share=people / most)  # type: ignore[index,arg-type]
        for people, row in ordered
    ]


def years(view: View) -> None:
    """Draw the bodies of each year's list by status, as bars that are also a table."""
    reconciliation.year_bars(view)
    st.html(evidence.joined_table(view).text)


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
            row["lead_name"],
            row["name"] or view.text("table.unnamed"),
            link(row["title"], row["url"]),
            row["established_printed"] or view.text("table.unknown"),
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
