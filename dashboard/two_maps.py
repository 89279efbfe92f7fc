"""Two maps side by side that move together: two fiscal years, or what two counting rules count.

Each map carries its own counts, table and evidence: the second is the map of the mirrored view.
"""

from dataclasses import replace

import streamlit as st

from dashboard.atlas import coverage_map
from dashboard.chosen import select
from dashboard.closed_lists import NEED_LAYERS, CountingRule, Layer, Panel
from dashboard.equal_table import equal_table
from dashboard.view import View

CHOICE_WIDTH_PX = 290


def two_maps(view: View, *, key: str, height: int, layer: Layer = Layer.COVERAGE) -> None:
    """Draw the map of the view and of its mirror, each with its equal table; `view.scope.beside` must not be empty.

    They move and zoom together. Where a counting rule is beside, each shows what its own rule counts.
    """
    other = replace(view, scope=view.scope.mirrored())
    drawn = ((key, view, Panel.TABLE), (f"{key}-second", other, Panel.SECOND))
    is_by_rule = view.scope.compares_rules
    for column, (name, shown, opens) in zip(st.columns(2, gap="small"), drawn, strict=True):
        with column, st.container(key=f"card-{name}"):
            coverage_map(shown, key=name, height=height, layer=layer, sync=key, is_by_rule=is_by_rule)
            equal_table(shown, key=f"{name}-table", layer=layer, writes=opens, is_by_rule=is_by_rule)


def has_two_maps(view: View, layer: Layer) -> bool:
    """Return whether there is something to set beside: a measure of need knows neither year nor counting rule."""
    return bool(view.scope.beside) and layer not in NEED_LAYERS


def beside_choice(view: View, *, key: str = "beside", layer: Layer = Layer.COVERAGE) -> None:
    """Draw the choice of what the second map shows: another fiscal year or another counting rule."""
    select(
        view,
        "beside",
        _options(view),
        label=view.text("beside.label"),
        shown=lambda value: _shown(view, value),
        key=key,
        width=CHOICE_WIDTH_PX,
        is_disabled=layer in NEED_LAYERS,
    )


def _options(view: View) -> list[str]:
    """Nothing, the other years (latest first), the other rules; what the address holds is among them, be it the same."""
    scope = view.scope
    years = [str(row["fiscal_year"]) for row in reversed(view.store.years)]
    others = {*years, *CountingRule} - {str(scope.year), str(scope.rule)} | {scope.beside}
    return ["", *(value for value in (*years, *CountingRule) if value in others)]


def _shown(view: View, value: str) -> str:
    """A choice as it is listed: 並べる：令和4年度, 並べる：広義（A〜D）."""
    if not value:
        return view.text("beside.none")
    if value not in set(CountingRule):
        return view.text("beside.choice", beside=view.words.year(int(value)))
    rule = f"{view.text(f'rule.{value}')}{view.words.bracketed(view.text(f'rule_meaning.{value}'))}"
    return view.text("beside.choice", beside=rule)
