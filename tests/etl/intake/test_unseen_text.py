"""Lists as text in every good, wrong and odd form that offices send: what becomes of the whole file."""

import pytest

from etl.intake.context import Context
from etl.intake.facts import Kind
from etl.intake.limits import CELL_CHARACTERS, COLUMNS
from etl.intake.report import Outcome
from tests.etl.intake.unseen import (
    DATA,
    GOOD,
    GOOD_CODES,
    PLACES,
    PLATFORMS,
    Case,
    accepted,
    outcome_of,
    refused,
)

ROW = "2022,広島県,三原市,342041,市区町村,\n"


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(DATA)


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


GOOD_FORMS = (
    accepted("utf-16 little endian", b"\xff\xfe" + GOOD.encode("utf-16-le"), 4),
    accepted("utf-16 big endian", b"\xfe\xff" + GOOD.encode("utf-16-be"), 4),
    accepted("utf-16 with tabs, as Excel saves Unicode text", crlf(GOOD).replace(",", "\t").encode("utf-16"), 4),
    accepted("semicolons", GOOD.replace(",", ";"), 4),
    accepted("carriage returns alone", GOOD.replace("\n", "\r"), 4),
    accepted("three kinds of line ends", GOOD.replace("\n", "\r", 2).replace("\n", "\r\n", 1), 4),
    accepted("no line end at the end", GOOD.rstrip("\n"), 4),
    accepted("end mark of DOS", GOOD + "\x1a", 4),
    accepted("two marks at the beginning", "\ufeff\ufeff" + GOOD, 4),
    accepted("empty lines between rows", "\n" + GOOD.replace("\n", "\n\n"), 4),
    accepted("rows of separators at the end", GOOD + ",,,,,\n" * 3, 4),
    accepted("one separator too many in every row", GOOD.replace("\n", ",\n"), 4),
    accepted("title lines above the heading", "孤独・孤立対策の一覧\n令和4年度,,\n" + GOOD, 4),
    accepted("sep= line of Excel", "sep=,\n" + GOOD, 4),
    accepted("spaces around cells and headings", GOOD.replace("年度,", " 年度 ,").replace("釧路市", " 釧路市　"), 4),
    accepted("every cell in quotes, CP932", crlf('"' + GOOD.replace(",", '","').replace("\n", '"\n"')[:-1]).encode("cp932"), 4),
    accepted("headings marked as required", GOOD.replace("年度", "年度（必須）").replace("市区町村,団体", "市区町村※,団体"), 4),
)  # fmt: skip


@pytest.mark.parametrize("case", GOOD_FORMS, ids=lambda case: case.id)
def test_every_good_form_of_a_list_gives_the_same_rows(case: Case, context: Context) -> None:
    facts = outcome_of(case, context).facts
    assert facts["code"].to_pylist() == GOOD_CODES
    assert facts["fiscal_year"].to_pylist() == [2022] * 4
    assert facts["status_printed"].to_pylist() == ["都道府県", "市区町村", "市区町村", "市区町村"]


NOT_READ = (
    refused("euc-jp", GOOD.encode("euc_jp"), "EUC-JP"),
    refused("utf-32", GOOD.encode("utf-32"), "UTF-32"),
    refused("utf-32 without its mark", GOOD.encode("utf-32-le"), "UTF-32", "BOM"),
    refused("utf-16 without its mark", GOOD.encode("utf-16-le"), "UTF-16", "BOM"),
    refused("utf-16 big endian without its mark", GOOD.encode("utf-16-be"), "UTF-16", "BOM"),
    refused("utf-7", GOOD.encode("utf-7"), "見出し"),
    refused("gb18030", GOOD.encode("gb18030"), "1行目", "文字コード"),
    refused("cp932 cut in a character", GOOD.encode("cp932")[:-3], "5行目", "途中で切れています"),
    refused("utf-16 cut in a character", b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x41", "途中で切れています"),
    refused("surrogates in utf-8", PLATFORMS.encode() + b"2022,\xed\xa0\x80,,,,\n", "2行目", "UTF-8"),
    refused("nothing but zeros", bytes(5_000), "どれでもありません"),
    refused("blanks", " \n \t\n", "空"),
    refused("separators", ",,,\n" * 3, "見出し"),
    refused("no heading", ROW * 3, "必要な列", "データの行とみられます"),
    refused("english headings", "year,prefecture,municipality\n2022,広島県,三原市\n", "year、prefecture"),
    refused("bars as separators", GOOD.replace(",", "|"), "見出し"),
    refused("more columns than are read", PLATFORMS.strip() + "," * COLUMNS + "\n" + ROW, "1行目", "列が多すぎます"),
    refused("a quote never closed", PLATFORMS + ROW + '2022,広島県,"尾道市,342050,,\n' + ROW * 3, "3行目", "引用符"),
    refused("web page", "<html><table><tr><th>年度</th></tr></table></html>", "HTML"),
    refused("web page in one file", "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "HTML"),
    refused("xml of Excel 2003", '<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "XML"),
    refused("records of JSON", '[{"年度": 2022, "都道府県": "広島県"}]', "GeoJSON"),
    refused("database of SQLite", b"SQLite format 3\0" + bytes(100), "SQLite"),
    refused("database of DuckDB", bytes(8) + b"DUCK" + bytes(200), "DuckDB"),
    refused("pickle", b"\x80\x04\x95\x10\0\0\0\0\0\0\0}.", "pickle"),
    refused("program", b"\x7fELF" + bytes(100), "どれでもありません"),
)  # fmt: skip


@pytest.mark.parametrize("case", NOT_READ, ids=lambda case: case.id)
def test_what_is_not_read_is_refused_by_its_name(case: Case, context: Context) -> None:
    outcome_of(case, context)


ODD = (
    Case(
        "ragged rows",
        (GOOD + "2022,広島県,尾道市\n2022,広島県,府中市,342084,,,x\n2022,広島県,福山市,342076,,,\n").encode(),
        Outcome.QUARANTINE, (7, 4, 0, 3, 0, 0), ((6, "*"), (7, "*"), (8, "*")), ("3個", "7個", "見出しは6個"),
    ),
    Case(
        "two files joined, each with its mark",
        (GOOD + "\ufeff" + PLATFORMS + "2022,広島県,尾道市,342050,,\n").encode("utf-8-sig"),
        Outcome.REPAIR, (6, 5, 0, 0, 0, 1), words=("6行目", "見出しの行の繰り返し"),
    ),
    Case(
        "a heading over two lines, repeated",
        '"年\n度",都道府県,市区町村\n2022,広島県,三原市\n"年\n度",都道府県,市区町村\n2022,広島県,尾道市\n'.encode(),
        Outcome.REPAIR, (3, 2, 0, 0, 0, 1),
    ),
    Case(
        "a total and a remark below the list",
        (GOOD + "合計,,,,,4\n※令和4年7月時点,,,,,\n").encode(),
        Outcome.QUARANTINE, (6, 4, 0, 2, 0, 0), ((6, "年度"), (7, "年度")),
    ),
    Case(
        "text after a closed quote",
        (PLATFORMS + '2022,広島県,三原市,342041,,"引用"の後\n2022,広島県,尾道市,342050,,5" 管\n').encode(),
        Outcome.QUARANTINE, (2, 1, 0, 1, 0, 0), ((2, "*"),), ("引用符",),
    ),
    Case(
        "a cell longer than a spreadsheet's",
        (PLATFORMS + ROW + "2022,広島県,尾道市,342050,," + "あ" * (CELL_CHARACTERS + 1) + "\n").encode(),
        Outcome.QUARANTINE, (2, 1, 0, 1, 0, 0), ((3, "備考"),), ("32,768文字",),
    ),
    Case(
        "the same row three times",
        (PLATFORMS + ROW * 3).encode(),
        Outcome.REPAIR, (3, 1, 0, 0, 2, 0), words=("3行目: 2行目と同じ", "4行目: 2行目と同じ"),
    ),
    Case(
        "three points of one place",
        (PLACES + "".join(f"A,居場所,東京都,府中市,,{lat},139.477778,2024,\n" for lat in (35.6688, 35.68, 35.67))).encode(),
        Outcome.QUARANTINE, (3, 0, 0, 3, 0, 0), ((2, "緯度"), (3, "緯度"), (4, "緯度")), ("2、3、4行目",), Kind.PLACES,
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", ODD, ids=lambda case: case.id)
def test_every_row_of_an_odd_list_has_its_fate(case: Case, context: Context) -> None:
    outcome_of(case, context)


FORMULAS = ['=HYPERLINK("http://x")', "+81食堂", "-カフェ", "@ホーム", "=cmd|' /C calc'!A0"]


def test_names_that_look_like_formulas_are_kept_as_they_are(context: Context) -> None:
    quoted = ['"' + name.replace('"', '""') + '"' for name in FORMULAS]
    rows = "".join(f"{name},居場所,大阪府,枚方市,,34.814444,135.650833,2024,\n" for name in quoted)
    facts = outcome_of(accepted("formulas", PLACES + rows, len(FORMULAS), Kind.PLACES), context).facts
    assert facts["name"].to_pylist() == FORMULAS
