"""The classes that a map paints: one character per area, in the order of the rows, and the legend that explains them.

Coverage has its six states. Where two counting rules stand side by side, each map keeps the looks of the states that its rule
counts, and all others are one plain class. A measure of need has the nation's five classes and the unknown.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from dashboard.area_map import LegendEntry
from dashboard.closed_lists import NEED_LAYERS, Layer
from dashboard.states import (
    COUNTED,
    LOOKS,
    NATION_LINES,
    NEED_FILLS,
    NEED_FILLS_DARK,
    UNCOUNTED,
    UNKNOWN_NEED,
    State,
)
from dashboard.store import Row, Rows
from dashboard.view import View

UNKNOWN = "?"
REST = "–"
"""The key of the areas that the rule in view does not count; the tables write the same sign."""


def area_classes(
    view: View, rows: Rows, layer: Layer, *, is_by_rule: bool = False
) -> tuple[str, list[LegendEntry]]:
    """Return what the map of `layer` paints: the values of `rows` and the legend.

    `is_by_rule`: only the states that the rule of the view counts keep their looks.
    """
    if layer in NEED_LAYERS:
        return need_classes(view, rows, layer)
    if is_by_rule:
        return rule_classes(view, rows)
    return "".join(row["state"] for row in rows), state_legend(view, rows)


def rule_classes(view: View, rows: Rows) -> tuple[str, list[LegendEntry]]:
    """Return the states that the rule counts as they are, 資料なし as it is, and one class for all others."""
    kept = COUNTED[view.scope.rule] | {State.F}
    values = "".join(row["state"] if row["state"] in kept else REST for row in rows)
    rest = LegendEntry(
        key=REST,
        label=view.text("beside.rest"),
        fill=UNCOUNTED.fill,
        pattern=UNCOUNTED.pattern,
        line=UNCOUNTED.line if view.scope.prefecture else NATION_LINES[State.E],
        count=values.count(REST),
    )
    legend = [entry for entry in state_legend(view, rows) if entry["key"] in kept]
    return values, [*legend, rest]


def state_legend(view: View, rows: Rows) -> list[LegendEntry]:
    """Return the states with their counts; 資料なし only where there is one."""
    counts = Counter(row["state"] for row in rows)
    return [
        LegendEntry(
            key=state.value,
            label=view.text(f"state.{state}"),
            fill=look.fill,
            pattern=look.pattern,
            line=look.line if view.scope.prefecture else NATION_LINES.get(state, look.line),
            count=counts[state],
        )
        for state, look in LOOKS.items()
        if (counts[state] or not counts[State.F]) and (state != State.F or counts[state])
    ]


def need_classes(view: View, rows: Rows, layer: Layer) -> tuple[str, list[LegendEntry]]:
    """Return one class per area ("1"…"5" by the nation's quintiles, "?" unknown) and the legend of the classes."""
    breaks = view.store.need_breaks(layer)
    measures = [need(row, layer) for row in rows]
    values = "".join(
        UNKNOWN if measure is None else str(bisect_right(breaks, measure) + 1) for measure in measures
    )
    counts = Counter(values)
    labels = _class_labels(view, breaks, layer)
    legend = [
        LegendEntry(
            key=str(index + 1),
            label=label,
            fill=fill,
            fill_dark=fill_dark,
            pattern="solid",
            line="#949494",
            count=counts[str(index + 1)],
        )
        for index, (label, fill, fill_dark) in enumerate(
            zip(labels, NEED_FILLS, NEED_FILLS_DARK, strict=True)
        )
    ]
    if counts[UNKNOWN]:
        look = UNKNOWN_NEED
        legend.append(
            LegendEntry(
                key=UNKNOWN,
                label=view.text("need.unknown"),
                fill=look.fill,
                pattern=look.pattern,
                line=look.line,
                count=counts[UNKNOWN],
            )
        )
    return values, legend


def need(row: Row, layer: Layer) -> float | None:
    """Return the measure of need of one municipality: people, or a share (0–1); None where it is unknown."""
    part, whole = {
        Layer.POPULATION: (row["population"], 1),
        Layer.AGEING: (row["population_65plus"], row["population"]),
        Layer.SINGLE: (row["single_households"], row["general_households"]),
    }[layer]
    return None if part is None or not whole else part / whole


def _class_labels(view: View, breaks: Sequence[float], layer: Layer) -> list[str]:
    shown = [f"{value:,.0f}" if layer == Layer.POPULATION else f"{value:.1%}" for value in breaks]
    middle = [view.text("need.between", low=low, high=high) for low, high in pairwise(shown)]
    return [view.text("need.less", high=shown[0]), *middle, view.text("need.more", low=shown[-1])]
