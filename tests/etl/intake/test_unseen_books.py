"""Workbooks and Parquet files of every good, odd and hostile form: what becomes of the whole file."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from etl.intake.context import Context
from etl.intake.report import Outcome
from tests.etl.intake.tables import grid, packed, workbook
from tests.etl.intake.unseen import DATA, GOOD, GOOD_CODES, Case, accepted, outcome_of, refused

ROWS = [[cell or None for cell in line.split(",")] for line in GOOD.splitlines()]
HEADING = grid(GOOD.splitlines()[0].split(",")).removeprefix("<sheetData>").removesuffix("</sheetData>")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
EXTERNAL = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(DATA)


def book(write: Callable[[Workbook], Any]) -> bytes:
    made, content = openpyxl.Workbook(), io.BytesIO()
    write(made)
    made.save(content)
    return content.getvalue()


def plain(made: Workbook, rows: list[list[Any]] | None = None) -> None:
    for row in rows or ROWS:
        made.worksheets[-1].append(row)


def second(made: Workbook, state: str = "visible") -> None:
    plain(made)
    made.create_sheet("控え").sheet_state = state
    plain(made)


def beside(made: Workbook) -> None:
    """Put the table below and right of empty cells, under a title, with a filter and a note."""
    plain(made, [[], ["一覧"], [], *[[None, *row] for row in ROWS]])
    made.worksheets[0].auto_filter.ref = "B4:G8"


def two_lines(made: Workbook) -> None:
    """Spread the heading over two rows."""
    plain(
        made,
        [
            ["年度", "所在", None, "コード", "区分", "備考"],
            [None, "都道府県", "市区町村", "団体コード"],
            *ROWS[1:],
        ],
    )
    for area in ("A1:A2", "B1:C1", "E1:E2", "F1:F2"):
        made.worksheets[0].merge_cells(area)


def hidden_row(made: Workbook) -> None:
    plain(made)
    made.worksheets[0].row_dimensions[3].hidden = True
    made.worksheets[0].column_dimensions["D"].hidden = True


GOOD_BOOKS = (
    accepted("plain", book(plain), 4),
    accepted("a sheet hidden", book(lambda made: second(made, "hidden")), 4),
    accepted("a sheet hidden from menus", book(lambda made: second(made, "veryHidden")), 4),
    accepted("a table not in the corner", book(beside), 4),
    accepted("a heading over two rows", book(two_lines), 4),
    accepted("a row and a column hidden", book(hidden_row), 4),
)


@pytest.mark.parametrize("case", GOOD_BOOKS, ids=lambda case: case.id)
def test_every_good_workbook_gives_the_same_rows(case: Case, context: Context) -> None:
    assert outcome_of(case, context).facts["code"].to_pylist() == GOOD_CODES


def test_hidden_rows_and_sheets_are_told(context: Context) -> None:
    for case, words in ((GOOD_BOOKS[1], "非表示のシート"), (GOOD_BOOKS[5], "非表示の行が1行")):
        assert words in outcome_of(case, context).report.messages[0].problem


def dated(made: Workbook) -> None:
    """Write years as days, numbers and text, and codes as numbers."""
    days = [
        [datetime.fromisoformat("2022-07-29"), "広島県", "三原市", "342041"],
        [date(2023, 3, 31), "広島県", "尾道市", "342050"],
    ]
    plain(
        made, [ROWS[0], *days, [2022.0, "広島県", "府中市", 342084], ["令和4年度", "北海道", "釧路市", 12068]]
    )


def dated_on_a_mac(made: Workbook) -> None:
    made.epoch = CALENDAR_MAC_1904
    dated(made)


def year_shown_as_day(made: Workbook) -> None:
    plain(made, [ROWS[0], [2022, "広島県", "三原市", "342041"]])
    made.worksheets[0]["A2"].number_format = "yyyy/m/d"


def blank_unmerged(made: Workbook) -> None:
    plain(made)
    made.worksheets[0]["A4"] = made.worksheets[0]["B4"] = None


ODD_BOOKS = (
    Case("days as years", book(dated), Outcome.REPAIR, (4, 4, 3, 0, 0, 0)),
    Case("days of 1904", book(dated_on_a_mac), Outcome.REPAIR, (4, 4, 3, 0, 0, 0)),
    Case("a year shown as a day", book(year_shown_as_day), Outcome.QUARANTINE, (1, 0, 0, 1, 0, 0), ((2, "年度"),)),
    Case("blank cells not merged", book(blank_unmerged), Outcome.QUARANTINE, (4, 3, 0, 1, 0, 0), ((4, "年度"),)),
)  # fmt: skip


@pytest.mark.parametrize("case", ODD_BOOKS, ids=lambda case: case.id)
def test_every_row_of_an_odd_workbook_has_its_fate(case: Case, context: Context) -> None:
    facts = outcome_of(case, context).facts
    assert set(facts["fiscal_year"].to_pylist()) <= {2022}


def with_entity(declared: str) -> bytes:
    text = '<row r="1"><c t="inlineStr"><is><t>&x;</t></is></c></row>'
    inside = f'{declared}<worksheet xmlns="x"><sheetData>{text}</sheetData></worksheet>'
    return workbook({"a": grid(["年度"])}, extra={"xl/worksheets/sheet1.xml": inside})


def with_part(inside: str) -> bytes:
    return workbook({"一覧": f"<sheetData>{inside}</sheetData>"})


BAD_BOOKS = (
    refused("two sheets with the heading", book(second), "2枚", "控え"),
    refused("a heading and nothing below", book(lambda made: plain(made, ROWS[:1])), "データの行がありません"),
    refused("nothing", book(lambda _: None), "見出し"),
    refused("cut in the middle", book(plain)[:2_000], "途中で切れています"),
    refused("cut at its end", book(plain)[:-30], "途中で切れています"),
    refused("shared text that is not there", with_part('<row r="1"><c t="s"><v>99</v></c></row>'), "壊れている"),
    refused("a column beyond all columns", with_part('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'), "壊れている"),
    refused("rows that run backwards", with_part('<row r="5"><c><v>1</v></c></row><row r="2"/>'), "壊れている"),
    refused("a row beyond all rows", with_part(HEADING + '<row r="99999999999"><c><v>1</v></c></row>'), "行が多すぎます"),
    refused("a cell beyond all columns", with_part(HEADING + '<row r="2"><c r="XFD2"><v>1</v></c></row>'), "列が多すぎます"),
    refused("old workbook", COMPOUND + "Workbook".encode("utf-16-le") + bytes(600), ".xls", ".xlsx"),
    refused("head of an old workbook alone", COMPOUND, ".xls"),
    refused("workbook of 1990", b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(50), ".xls"),
    refused("password", COMPOUND + "EncryptedPackage".encode("utf-16-le") + bytes(600), "パスワード"),
    refused("letter", COMPOUND + "WordDocument".encode("utf-16-le") + bytes(600), "文書"),
    refused("workbook of LibreOffice", packed({"mimetype": "x", "content.xml": "<x/>"}), ".ods"),
    refused("letter of Word", packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "文書"),
    refused("archive with a list", packed({"list.csv": GOOD}), "zip"),
)  # fmt: skip


@pytest.mark.parametrize("case", BAD_BOOKS, ids=lambda case: case.id)
def test_what_is_no_usable_workbook_is_refused(case: Case, context: Context) -> None:
    outcome_of(case, context)


@pytest.mark.parametrize("declared", [EXTERNAL, LAUGHS])
def test_a_workbook_that_declares_entities_is_refused_unread(declared: str, context: Context) -> None:
    outcome_of(refused("entities", with_entity(declared), "DOCTYPE"), context)


def parquet(**columns: Any) -> bytes:
    plainly = {
        "年度": [2022, 2022],
        "都道府県": ["広島県"] * 2,
        "市区町村": ["三原市", "尾道市"],
        "団体コード": ["342041", "342050"],
    }
    content = io.BytesIO()
    pq.write_table(pa.table(plainly | columns), content)
    return content.getvalue()


TABLES = (
    accepted("numbers as codes", parquet(団体コード=[342041, 342050]), 2),
    accepted("floats as years", parquet(年度=[2022.0, 2022.0]), 2),
    accepted("dictionaries", parquet(都道府県=pa.array(["広島県"] * 2).dictionary_encode()), 2),
    accepted("bytes and lists beside", parquet(備考=[b"\xff", b""], 添付=[[1], [2]]), 2),
    Case("days as years", parquet(年度=[date(2022, 7, 29), date(2023, 3, 31)]), Outcome.REPAIR, (2, 2, 2, 0, 0, 0)),
    refused("no footer", parquet()[:-8], "途中で切れています"),
    refused("a footer that lies", parquet()[:-8] + b"\xff\xff\xff\x7fPAR1", "壊れています"),
    refused("nothing between its marks", b"PAR1" + bytes(100) + b"PAR1", "壊れています"),
    refused("a hole", parquet()[:50] + bytes(60) + parquet()[110:], "壊れています"),
    refused("encrypted", b"PARE" + parquet()[4:-4] + b"PARE", "暗号化"),
    refused("no such columns", parquet().replace("年度".encode(), "年月".encode()), "必要な列「年度」"),
)  # fmt: skip


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.id)
def test_every_parquet_file_is_loaded_or_refused(case: Case, context: Context) -> None:
    outcome_of(case, context)
