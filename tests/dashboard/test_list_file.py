"""The list as a file: row for row what the database holds, readable by a spreadsheet, and nothing in it runs there."""

import csv
import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from dashboard.annual.asked import Asked
from dashboard.closed_lists import Block
from dashboard.slides.gather import gathered
from dashboard.slides.list_file import BODY_COLUMNS, list_file
from dashboard.store import Store
from dashboard.words import words
from etl.build import Build

YEARS = (2022, 2023, 2024, 2025)
FORMULA = "=1+1"


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The questions to a build of the real data."""
    return Store(project_build)


def book_of(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the one heading, by the column's own name (it stands below the title)."""
    head, *rows = sheet.iter_rows(values_only=True)
    names = [str(title).rpartition("\n")[2] for title in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_the_workbook_holds_every_row_of_the_database(store: Store) -> None:
    book = book_of(list_file(gathered(store, "ja"), Asked(YEARS), "xlsx", words("ja")))
    told = rows_of(book["取組団体"])
    found = store.ask(
        """SELECT p.*, s.title FROM participation AS p JOIN source AS s USING (source_id)
           WHERE p.fiscal_year BETWEEN 2022 AND 2025"""
    )
    status = {
        words("ja").text(f"status.{name}"): name
        for name in ("new", "continuing", "returning", "unknown", "partner")
    }
    assert sorted(
        (
            row["fiscal_year"],
            row["code"],
            row["name"],
            status[row["standing"]],
            row["cohort"],
            row["decided_on"].date() if row["decided_on"] else None,
            row["is_counted"],
            row["is_likely"],
            row["source_id"],
            row["document"],
            row["locator"],
        )
        for row in told
    ) == sorted(
        (
            row["fiscal_year"],
            row["code"],
            row["name"],
            row["status"],
            row["cohort"],
            row["decided_on"],
            row["is_counted"],
            row["confidence"] == "likely",
            row["source_id"],
            row["title"],
            row["source_locator"],
        )
        for row in found
    )
    assert all(isinstance(row["code"], str) and len(row["code"]) == 5 for row in told)


def test_lists_and_documents_stand_on_sheets_of_their_own(store: Store) -> None:
    facts = gathered(store, "ja")
    book = book_of(list_file(facts, Asked(YEARS), "xlsx", words("ja")))
    lists, sources = rows_of(book["年度の一覧"]), rows_of(book["資料"])
    assert [(row["fiscal_year"], row["published_total"], row["named"]) for row in lists] == [
        (year, facts.of(year).published_total, len(facts.of(year).counted) or None) for year in YEARS
    ]
    cited = {row["source_id"] for row in rows_of(book["取組団体"])}
    assert cited <= {row["source_id"] for row in sources}
    assert all(row["document"] and row["locators"] for row in sources)


def test_csv_has_the_same_rows_in_the_same_order(store: Store) -> None:
    facts = gathered(store, "en")
    book = book_of(list_file(facts, Asked(YEARS), "xlsx", words("en")))
    text = list_file(facts, Asked(YEARS), "csv", words("en")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == BODY_COLUMNS
    assert [(row["fiscal_year"], row["code"]) for row in rows] == [
        (str(row["fiscal_year"]), row["code"]) for row in rows_of(book["Bodies"])
    ]


def test_only_the_asked_years_and_area_are_in_it(store: Store) -> None:
    facts = gathered(store, "ja")
    for asked, inside in (
        (Asked((2022,), area="31"), {"31"}),
        (Asked((2024,), block=Block.KANTO), {"12", "13", "14"}),
    ):
        rows = rows_of(book_of(list_file(facts, asked, "xlsx", words("ja")))["取組団体"])
        assert {row["code"][:2] for row in rows} == inside
        assert {row["fiscal_year"] for row in rows} == set(asked.years)


def test_a_year_without_a_list_leaves_a_heading_and_no_row(store: Store) -> None:
    book = book_of(list_file(gathered(store, "ja"), Asked((2025,)), "xlsx", words("ja")))
    assert rows_of(book["取組団体"]) == []
    (row,) = rows_of(book["年度の一覧"])
    assert (row["published_total"], row["named"]) == (None, None)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_a_name_that_looks_like_a_formula_is_text(store: Store, extension: str) -> None:
    facts = gathered(store, "ja")
    first = facts.of(2022)
    hostile = replace(first, bodies=(replace(first.bodies[0], name=FORMULA, locator="@SUM(A1)"),))
    content = list_file(replace(facts, years=(hostile,)), Asked((2022,)), extension, words("ja"))
    if extension == "csv":
        (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert (row["name"], row["locator"]) == (f"'{FORMULA}", "'@SUM(A1)")
        return
    book = book_of(content)
    (row,) = rows_of(book["取組団体"])
    assert row["name"] == f"'{FORMULA}"
    assert not [
        cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"
    ]
