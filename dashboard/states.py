"""The six states of coverage as they are drawn, and which of them a counting rule counts.

Colours and patterns are those of the product's state table; a colour is never the only sign, so each state has a letter and
a pattern too. The order is the order of the legend and of every table.
"""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.area_map import Pattern
from dashboard.closed_lists import CountingRule


class State(StrEnum):
    """Coverage of one municipality at the end of a fiscal year."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


@dataclass(frozen=True, slots=True)
class Look:
    """How an area of one state is filled: colour, pattern, and the colour of its line."""

    fill: str
    pattern: Pattern
    line: str


LOOKS = {
    State.A: Look("#0017C1", "solid", "#FFFFFF"),
    State.B: Look("#0017C1", "hatch", "#0017C1"),
    State.C: Look("#4979F5", "solid", "#FFFFFF"),
    State.D: Look("#C5D7FB", "dots", "#0017C1"),
    State.E: Look("#FFFFFF", "outline", "#949494"),
    State.F: Look("#E6E6E6", "unknown", "#949494"),
}

UNCOUNTED = Look("#FFFFFF", "outline", "#949494")
"""All areas that a counting rule does not count, where two rules stand side by side."""

NATION_LINES = {State.D: "#8FA9F5", State.E: "#C4C4C8", State.F: "#C4C4C8"}
"""Borders between municipalities where 1,741 of them are seen at once: prefecture borders carry the contrast there."""

COUNTED = {
    CountingRule.STRICT: frozenset({State.A, State.B}),
    CountingRule.STANDARD: frozenset({State.A, State.B, State.C}),
    CountingRule.INCLUSIVE: frozenset({State.A, State.B, State.C, State.D}),
}

NEED_FILLS = ("#E8F1FE", "#B0C8FA", "#7096F8", "#3460FB", "#0017C1")
"""Five tones of one hue for a measure of need, least to most (guidebook, 4–5 classes); on a dark page most is lightest.

The smallest difference of two classes is ΔE2000 12.3 (dark 13.6) over normal, protan, deutan and tritan vision.
"""
NEED_FILLS_DARK = ("#20263C", "#26408F", "#3F6CF5", "#86A5F8", "#D0DEFC")
UNKNOWN_NEED = Look("#E6E6E6", "unknown", "#949494")
