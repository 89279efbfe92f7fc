"""Each year's list, and every published number against ours."""

from collections import Counter
from collections.abc import Iterable

from dashboard.citation import document, locator, own
from dashboard.closed_lists import ProofKind
from dashboard.markup import Html, Part, join, table, tag
from dashboard.parts import (
    name_column,
    number_column,
    text_column,
)
from dashboard.store import Row
from dashboard.view import View

MAIN_MEASURES = (
    "programme_participants",
    "programme_distinct_two_years",
    "programme_three_year_sum",
    "national_platform_members",
    "npo_base_model_awards",
)
"""Published numbers that the overview shows; all others stand on the page of the data."""

SIGNS = {"matches": "✓", "differs": "✕", "incomplete": "…", "conflict": "≠", "context": "i"}


def verdict_counts(view: View) -> Html:
    """Return how many published numbers match, differ, or cannot match yet."""
    counts = Counter(row["verdict"] for row in view.store.control_totals)
    shown = (
        tag(
            "li",
            tag("b", counts[verdict]),
            " ",
            view.text(f"verdict.{verdict}"),
            class_=f"verdict verdict-{verdict}",
        )
        for verdict in ("matches", "incomplete", "conflict", "differs", "context")
        if counts[verdict]
    )
    return tag("ul", *shown, class_="verdicts")


def main_totals(view: View) -> Html:
    """Return the published numbers that matter most, each against ours; what two documents print alike stands once."""
    rows = {
        (MAIN_MEASURES.index(row["measure"]), row["fiscal_year"], row["published"]): row
        for row in reversed(view.store.control_totals)
        if row["measure"] in MAIN_MEASURES and row["part"] == "total" and row["verdict"] != "context"
    }
    return totals_table(view, [rows[key] for key in sorted(rows)], is_short=True)


def totals_table(view: View, rows: Iterable[Row], *, is_short: bool = False) -> Html:
    """Return published numbers against loaded ones with verdict and reason; the short form leaves out part and document."""
    columns = [
        name_column(view, "table.measure"),
        number_column(view, "table.published"),
        number_column(view, "table.loaded"),
        text_column(view, "table.verdict"),
    ]
    if not is_short:
        columns += [text_column(view, "table.reason"), text_column(view, "table.document")]
    cells = (_total_cells(view, row, is_short=is_short) for row in rows)
    return table(view.text("overview.reconciliation_title"), columns, cells, is_caption_shown=False)


def _total_cells(view: View, row: Row, *, is_short: bool) -> tuple[Part, ...]:
    printed = view.words.bracketed(row["formula_printed"]) if row["formula_printed"] else ""
    opens = view.proof(total_name(view, row), ProofKind.TOTAL, row["total_id"])
    name = join([opens, tag("span", f"{view.words.as_of(row['as_of'])}{printed}", class_="small")], " ")
    short: tuple[Part, ...] = (
        name,
        number(row["published"]),
        number(row["loaded"]),
        verdict_label(view, row),
    )
    if is_short:
        return short
    return (
        *short,
        reason(view, row),
        join(
            [document(view, row), tag("span", locator(view, row), class_="small")],
            view.words.separator("placed"),
        ),
    )


def verdict_label(view: View, row: Row) -> Html:
    """Return how a published number compares with ours, as sign and word."""
    word = "adds_up" if row["is_breakdown"] and row["verdict"] == "matches" else row["verdict"]
    said = view.text(f"verdict.{word}")
    return tag("span", f"{SIGNS[row['verdict']]} ", said, class_=f"verdict verdict-{row['verdict']}")


def number(count: int | None) -> str:
    """Return a count with its thousands apart, a dash where nothing is counted."""
    return "–" if count is None else f"{count:,}"


def reason(view: View, row: Row) -> Html:
    """Return why a published number and ours meet or do not."""
    return own(view, row, "reason")


def total_name(view: View, row: Row) -> str:
    """Return what a published number counts, with its part."""
    name, part = view.text(f"measure.{row['measure']}"), view.text(f"total_part.{row['part']}")
    return name if row["part"] == "total" else f"{name}{view.words.bracketed(part)}"
