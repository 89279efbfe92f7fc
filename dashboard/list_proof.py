"""One year's list and one published number: the document, what it prints, and the bodies that were counted."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from dashboard import citation, evidence
from dashboard.markup import Html, Part, join, tag
from dashboard.reconciliation import number, reason, verdict_label
from dashboard.store import Row
from dashboard.view import View

PREFECTURAL = ("prefecture", "designated_city")


def list_known(row: Row) -> str:
    """Return how much of a list is registered: 7 / 15, or a dash where there is no list."""
    if row["list_state"] == "not_registered":
        return "–"
    total = row["published_total"]
    return f"{row['named']:,}" if total is None else f"{row['named']:,} / {total:,}"


def list_body(view: View, row: Row) -> Html:
    """Return one year's list: its document, its totals, and each body it names with document and locator."""
    year = row["fiscal_year"]
    if row["list_state"] == "not_registered":
        return tag("p", view.text("proof.no_list", year=view.words.year_name(year)))
    rows = view.store.participants(year, year)
    groups = (
        ("proof.list_prefectures", [each for each in rows if each["is_counted"] and _is_prefecture(each)]),
        (
            "proof.list_municipalities",
            [each for each in rows if each["is_counted"] and not _is_prefecture(each)],
        ),
        ("proof.list_partners", [each for each in rows if each["claim"] == "joint_partner"]),
        ("proof.list_disputed", [each for each in rows if each["claim"] == "conflict"]),
    )
    tables = (
        evidence.evidence_table(view, found, view.text(caption, count=f"{len(found):,}"))
        for caption, found in groups
        if found
    )
    return join([_list_facts(view, row), *tables])


def _list_facts(view: View, row: Row) -> Html:
    total = row["published_total"]
    unnamed: Part = "–" if total is None else int(total - row["named"])
    pairs: list[tuple[str, Part]] = [
        (view.text("proof.list_programme"), tag("span", row["programme_name"] or "–", lang="ja")),
        (view.text("proof.list_published"), "–" if total is None else int(total)),
        (view.text("proof.list_named"), int(row["named"])),
        (view.text("proof.list_unnamed"), unnamed),
        *_cited(view, row),
    ]
    return evidence.facts(pairs)


def _cited(view: View, row: Row) -> list[tuple[str, Part]]:
    return [
        (view.text("evidence.document"), evidence.document_of(view, row["source_id"])),
        (view.text("evidence.place"), citation.locator(view, row)),
    ]


def _is_prefecture(row: Row) -> bool:
    return bool(row["kind"] == "prefecture")


def total_body(view: View, row: Row) -> Html:
    """Return one published number: ours beside it, the verdict with its reason, the document, and what was counted."""
    pairs: list[tuple[str, Part]] = [
        (view.text("table.published"), number(row["published"])),
        (view.text("table.loaded"), number(row["loaded"])),
        (view.text("table.verdict"), verdict_label(view, row)),
        (view.text("table.reason"), reason(view, row)),
        (view.text("proof.total_as_of"), view.words.as_of(row["as_of"])),
        *_cited(view, row),
    ]
    if row["formula_printed"]:
        pairs.insert(4, (view.text("proof.total_formula"), row["formula_printed"]))
    rows = counted(view, row)
    bodies = evidence.evidence_table(view, rows, view.text("proof.total_counted", count=f"{len(rows):,}"))
    return join([evidence.facts(pairs), bodies if rows else None])


@dataclass(frozen=True, slots=True)
class Counting:
    """How a measure of the programme counts bodies: years before its own, and what makes two rows one."""

    years_before: int = 0
    cohort: int | None = None
    key: Callable[[Row, int], Hashable] = lambda row, _year: row["code"]


COUNTINGS: Mapping[str, Counting] = {
    "programme_participants": Counting(),
    "programme_participants_cohort_1": Counting(cohort=1),
    "programme_participants_cohort_2": Counting(cohort=2),
    "programme_second_year": Counting(years_before=1),
    "programme_distinct_two_years": Counting(years_before=1),
    "programme_three_year_sum": Counting(
        years_before=2, key=lambda row, year: (row["code"], row["fiscal_year"] == year)
    ),
}
"""As the build counts them (its SQL says why): a test holds the bodies shown against the number loaded."""

PARTS: Mapping[str, Callable[[Row], bool]] = {
    "total": lambda _row: True,
    "prefectures_and_designated_cities": lambda row: row["kind"] in PREFECTURAL,
    "designated_cities": lambda row: row["kind"] == "designated_city",
    "municipalities": lambda row: row["kind"] not in PREFECTURAL,
}


def counted(view: View, total: Row) -> list[Row]:
    """Return the rows behind a loaded number of the programme, one for each body counted; none for other measures."""
    counting = COUNTINGS.get(total["measure"])
    if counting is None or total["part"] not in PARTS:
        return []
    year = int(total["fiscal_year"])
    rows = [
        row
        for row in view.store.participants(year - counting.years_before, year)
        if row["is_counted"]
        and PARTS[total["part"]](row)
        and (counting.cohort is None or row["cohort"] == counting.cohort)
    ]
    if total["measure"] == "programme_second_year":
        before = {row["code"] for row in rows if row["fiscal_year"] == year - 1}
        rows = [row for row in rows if row["fiscal_year"] == year and row["code"] in before]
    first: dict[Hashable, Row] = {}
    for row in rows:
        first.setdefault(counting.key(row, year), row)
    return list(first.values())
