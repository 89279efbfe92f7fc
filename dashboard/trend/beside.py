"""The comparison of two maps: which years or counting rules, a neutral sentence on what differs, and the list of it."""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard import citation
from dashboard.closed_lists import CountingRule, Panel, TimeView
from dashboard.markup import Html, Part, join, table, tag
from dashboard.panels import panel
from dashboard.parts import emphasised, name_column, state_label, text_column
from dashboard.scope import Scope
from dashboard.states import COUNTED
from dashboard.store import Row
from dashboard.tables import evidence_link
from dashboard.trend.files import file_buttons
from dashboard.two_maps import two_maps
from dashboard.view import View, go
from etl.export import answer_bytes

MAP_HEIGHT_PX = 520
CHOICE_WIDTH_PX = 260


@dataclass(frozen=True, slots=True)
class Difference:
    """One municipality and its state on the left and on the right map."""

    row: Row
    left: str
    right: str


def comparison(view: View) -> None:
    """Draw the choice of two maps and, once there are two, what differs and the maps themselves."""
    title = tag("h2", view.text("trend.beside_title"))
    st.html(join([title, tag("p", view.text("trend.beside_sub"), class_="sub")]).text)
    choices(view)
    if not view.scope.beside:
        return
    st.html(tag("p", sentence(view), class_="differ", role="status").text)
    difference_panel(view)
    two_maps(view, key="trend-two", height=MAP_HEIGHT_PX)


def choices(view: View) -> None:
    """Draw the choice of the two maps: the left one is the view's own, the right one stands beside it."""
    years = [str(row["fiscal_year"]) for row in reversed(view.store.years)]
    rules = [str(rule) for rule in CountingRule]
    left = rules if view.scope.compares_rules else years
    with st.container(key="trend-beside", horizontal=True, vertical_alignment="bottom", gap="small"):
        _choice(view, "left", left, own(view.scope))
        _choice(
            view,
            "right",
            ["", *(side for side in [*years, *rules] if side not in _same(view.scope))],
            view.scope.beside,
        )
        if view.scope.beside:
            st.button(
                view.text("trend.swap"), key="trend-swap", on_click=lambda: _swap(view), type="tertiary"
            )


def own(scope: Scope) -> str:
    """Return what tells the left map from the right one: its rule where rules are compared, else its year."""
    return str(scope.rule) if scope.compares_rules else str(scope.year)


def _same(scope: Scope) -> set[str]:
    """What would be no comparison; it stays to be chosen where the address already asks for it."""
    return {str(scope.year), str(scope.rule)} - {scope.beside}


def _choice(view: View, side: str, options: list[str], chosen: str) -> None:
    key = f"trend-{side}"
    st.session_state[key] = chosen
    st.selectbox(
        view.text(f"trend.{side}"),
        options,
        key=key,
        format_func=lambda value: named(view, value) if value else view.text("trend.beside_none"),
        width=CHOICE_WIDTH_PX,
        on_change=lambda: _chosen(view, side, st.session_state[key]),
    )


def named(view: View, value: str) -> str:
    """Return the name of a year or of a counting rule."""
    if value in set(CountingRule):
        return view.text("trend.by_rule", rule=view.text(f"rule.{value}"))
    return view.words.year(int(value))


def in_sentence(view: View, value: str) -> str:
    """Return the name of a year or of a counting rule as it stands in a sentence."""
    is_rule = value in set(CountingRule)
    return view.text(f"rule.{value}") if is_rule else view.words.year_name(int(value))


def _chosen(view: View, side: str, value: str) -> None:
    if side == "right":
        go(view.store, beside=value)
    elif value in set(CountingRule):
        go(view.store, rule=CountingRule(value))
    else:
        go(view.store, year=int(value))


def _swap(view: View) -> None:
    other = view.scope.mirrored()
    go(view.store, year=other.year, rule=other.rule, beside=other.beside)


# -- what differs ---------------------------------------------------------------------------------------------


def differences(view: View) -> tuple[Difference, ...]:
    """Return the municipalities that the two maps do not show alike, in code order; `beside` must not be empty.

    Between years their state differs, between rules whether they are counted.
    """
    other, place = view.scope.mirrored(), view.scope.prefecture
    left = view.store.states(view.scope.year, view.scope.view, place)
    right = view.store.states(other.year, other.view, place)
    pairs = (Difference(row, row["state"], beside["state"]) for row, beside in zip(left, right, strict=True))
    if not view.scope.compares_rules:
        return tuple(pair for pair in pairs if pair.left != pair.right)
    one, two = COUNTED[view.scope.rule], COUNTED[other.rule]
    return tuple(pair for pair in pairs if (pair.left in one) != (pair.right in two))


def unlisted(view: View) -> list[int]:
    """Return the years of the two maps whose list is not registered: in the annual view nothing can be compared with them."""
    if view.scope.view == TimeView.CUMULATIVE:
        return []
    years = {view.scope.year, view.scope.mirrored().year}
    return [
        row["fiscal_year"]
        for row in view.store.years
        if row["list_state"] == "not_registered" and row["fiscal_year"] in years
    ]


def sentence(view: View) -> Html:
    """Return what differs between the two maps, or why that cannot be said."""
    other = view.scope.mirrored()
    if other.year == view.scope.year and other.rule == view.scope.rule:
        return join([view.text("trend.same")])
    if years := unlisted(view):
        listed = view.words.joined("dotted", (view.words.year_name(year) for year in years))
        return join([view.text("trend.differ_unlisted", years=listed)])
    found = differences(view)
    total = len(view.store.states(view.scope.year, view.scope.view, view.scope.prefecture))
    kind = "rules" if view.scope.compares_rules else "years"
    said = view.text(
        f"trend.differ_{kind}" if found else f"trend.differ_none_{kind}",
        left=in_sentence(view, own(view.scope)),
        right=in_sentence(view, view.scope.beside),
        total=f"{total:,}",
        **({"count": f"{len(found):,}"} if found else {}),
    )
    return join([emphasised(said), *_caution(view, kind)], " ")


def _caution(view: View, kind: str) -> list[Part]:
    """A body that half a list does not name has not left: said wherever a year is compared with such a list."""
    lists = {row["fiscal_year"]: row["list_state"] for row in view.store.years}
    years = (view.scope.year, view.scope.mirrored().year)
    is_partial = kind == "years" and any(lists[year] == "partial" for year in years)
    return [view.text("trend.differ_partial")] if is_partial and view.scope.view == TimeView.ANNUAL else []


def difference_panel(view: View) -> None:
    """Offer the list of what differs, and its rows to take away."""
    found = () if unlisted(view) else differences(view)
    label = view.text("trend.differ_list", count=f"{len(found):,}")
    opened = panel(view, Panel.DIFFERENCE, label, key="trend-difference")
    if not opened.open:
        return
    with opened:
        st.html((difference_table(view, found) if found else tag("p", sentence(view))).text)
        if found:
            file_buttons(
                view,
                "difference",
                lambda extension: difference_file(view, found, extension),
                key="trend-difference",
            )


def difference_table(view: View, found: tuple[Difference, ...]) -> Html:
    """Return the municipalities that differ, each with both states; between rules also whether each counts it."""
    heads = [named(view, own(view.scope)), named(view, view.scope.beside)]
    columns = [
        text_column(view, "table.code"),
        text_column(view, "table.prefecture"),
        name_column(view, "table.municipality"),
        *(replace(text_column(view, "table.state"), title=head) for head in heads),
    ]
    rows = (
        (
            pair.row["code"],
            citation.prefecture(view, pair.row["code"]),
            evidence_link(view, pair.row),
            *_both(view, pair),
        )
        for pair in found
    )
    return table(
        view.text("trend.differ_list", count=f"{len(found):,}"), columns, rows, is_caption_shown=False
    )


def _both(view: View, pair: Difference) -> tuple[Part, Part]:
    other = view.scope.mirrored()
    if not view.scope.compares_rules:
        return state_label(view, pair.left), state_label(view, pair.right)
    return _under(view, pair.left, view.scope.rule), _under(view, pair.right, other.rule)


def _under(view: View, state: str, rule: CountingRule) -> Html:
    said = view.text("trend.counts" if state in COUNTED[rule] else "trend.counts_not")
    return join([tag("b", said), state_label(view, state)], " ")


def difference_file(view: View, found: tuple[Difference, ...], extension: str) -> bytes:
    """Return the municipalities that differ (at least one) as csv or xlsx."""
    other = view.scope.mirrored()
    known = view.store.meanings("coverage", "area")
    state, year = known["state"], known["fiscal_year"]
    meanings = {
        **{column: known[column] for column in ("code", "prefecture_name", "name")},
        "year_left": year,
        "rule_left": ("数え方", "Counting rule"),
        "state_left": state,
        "year_right": year,
        "rule_right": ("数え方", "Counting rule"),
        "state_right": state,
    }
    rows = [
        {
            "code": pair.row["code"],
            "prefecture_name": view.store.areas[pair.row["code"]]["prefecture_name"],
            "name": pair.row["name"],
            "year_left": view.scope.year,
            "rule_left": str(view.scope.rule),
            "state_left": pair.left,
            "year_right": other.year,
            "rule_right": str(other.rule),
            "state_right": pair.right,
        }
        for pair in found
    ]
    return answer_bytes(str(named(view, own(view.scope))), rows, meanings, extension)
