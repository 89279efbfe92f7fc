"""A ministry's list in a PDF becomes candidates for review, and a broken PDF is an error, not an empty list."""

import json
from pathlib import Path

import pytest

from etl.inputs import DATA
from etl.intake.context import Context
from etl.intake.guard import uploaded
from etl.intake.pdf import check_pdf, pages_of
from etl.intake.report import Outcome, RejectedError
from geo.names import Gazetteer
from tests.etl.intake.paper import paper


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Context.of(DATA).gazetteer


def cells_of(lines: list[str], gazetteer: Gazetteer) -> list[dict[str, str]]:
    checked = check_pdf(uploaded("list.pdf", paper([lines])), gazetteer)
    return [json.loads(text) for text in checked.held["cells"].to_pylist()]


def test_marked_names_become_rows_of_the_template(gazetteer: Gazetteer) -> None:
    rows = cells_of(
        ["令和４年度 取組団体一覧（計29団体）", "■札幌市　□鶴岡市（第二次）", "■岐阜県"], gazetteer
    )
    assert [(row["年度"], row["都道府県"], row["市区町村"], row["団体コード"]) for row in rows] == [
        ("2022", "北海道", "札幌市", "01100"),
        ("2022", "山形県", "鶴岡市", "06203"),
        ("2022", "岐阜県", "", "21000"),
    ]


def test_nothing_of_a_pdf_is_taken_in_without_review(gazetteer: Gazetteer) -> None:
    checked = check_pdf(uploaded("list.pdf", paper([["■札幌市 □鶴岡市"]])), gazetteer)
    report = checked.report
    assert (report.outcome, report.rows, report.loaded, report.quarantined) == (Outcome.QUARANTINE, 2, 0, 2)
    assert checked.facts.num_rows == 0


def test_a_name_of_two_cities_stays_open_with_both_named(gazetteer: Gazetteer) -> None:
    checked = check_pdf(uploaded("list.pdf", paper([["□府中市"]])), gazetteer)
    (message,) = checked.report.messages
    assert "東京都府中市" in message.problem
    assert "広島県府中市" in message.problem
    assert json.loads(checked.held["cells"][0].as_py())["団体コード"] == ""


def test_a_mark_that_contradicts_the_name_is_told(gazetteer: Gazetteer) -> None:
    checked = check_pdf(uploaded("list.pdf", paper([["■鶴岡市"]])), gazetteer)
    assert "政令指定都市" in checked.report.messages[0].problem
    assert json.loads(checked.held["cells"][0].as_py())["団体コード"] == ""


def test_a_year_is_read_only_where_the_page_names_one(gazetteer: Gazetteer) -> None:
    checked = check_pdf(
        uploaded("list.pdf", paper([["令和4年度と令和5年度", "□鶴岡市"], ["令和5年度", "□鶴岡市"]])),
        gazetteer,
    )
    assert [json.loads(text)["年度"] for text in checked.held["cells"].to_pylist()] == ["", "2023"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!DOCTYPE html><html>404</html>", "HTML"),
        (b"PK\x03\x04", "PDFではなく"),
        (b"%PDF-1.5\nrubbish", "壊れ"),
        (paper([[]]), "画像"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_an_error(data: bytes, said: str) -> None:
    with pytest.raises(RejectedError, match=said):
        pages_of(data)


def test_a_pdf_without_marked_names_is_an_error(gazetteer: Gazetteer) -> None:
    with pytest.raises(RejectedError, match="■"):
        check_pdf(uploaded("list.pdf", paper([["ただの文章"]])), gazetteer)


def test_a_page_tree_that_contains_itself_ends_at_once(hostile: Path) -> None:
    with pytest.raises(RejectedError, match="壊れたPDF"):
        pages_of((hostile / "j09_truncated.pdf").read_bytes())
