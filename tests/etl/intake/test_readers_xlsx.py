"""Workbooks: the one sheet with the heading, cells as a person would write them down, and nothing that unfolds without end."""

import io
import tracemalloc
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from etl.intake.guard import material, uploaded
from etl.intake.readers import HeadingNotFoundError, read_sheet
from etl.intake.readers.cell_text import Shown, Style, iso_text, number_text, style_of
from etl.intake.report import Message, RejectedError
from tests.etl.intake.tables import (
    HEADING,
    SPREADSHEET,
    faults_of,
    grid,
    is_heading,
    packed,
    read,
    rows_of,
    workbook,
)

ROW = ("2022", "広島県", "三原市", "あ")


def refusal(data: bytes, most_rows: int = 1_000) -> Message:
    with pytest.raises(RejectedError) as caught:
        read(data, most_rows=most_rows)
    return caught.value.message


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def of_cells(*rows: tuple[object, ...], formats: dict[str, str] | None = None) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in (HEADING, *rows):
        book.active.append(row)
    for place, code in (formats or {}).items():
        book.active[place].number_format = code
    return book


def test_a_workbook_of_either_common_writer_is_read_cell_by_cell() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("一覧")
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ROW)
    for data in (content.getvalue(), saved(of_cells(ROW)), workbook({"一覧": grid(HEADING, ROW)})):
        read_in = read(data)
        assert rows_of(read_in) == [ROW]
        assert read_in.rows.tolist() == [2]
        assert read_in.facts["heading_row"] == "1"


def test_numbers_dates_and_truth_are_written_as_a_person_would() -> None:
    book = of_cells(
        (2022, 12068.0, "x", 34.397),
        (date(2022, 4, 1), datetime.fromisoformat("2023-03-31T09:05"), "y", time(10, 0)),
        (0.25, 1.31059e5, "z", True),
    )
    assert rows_of(read(saved(book))) == [
        ("2022", "12068", "x", "34.397"),
        ("2022-04-01", "2023-03-31T09:05", "y", "10:00"),
        ("0.25", "131059", "z", "TRUE"),
    ]


def test_zeros_that_a_format_shows_are_kept_and_lost_ones_are_not_invented() -> None:
    book = of_cells((2022, 12068, "a", ""), (2022, 12068, "b", ""), formats={"B2": "000000"})
    assert [row[1] for row in rows_of(read(saved(book)))] == ["012068", "12068"]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("yyyy/m/d", Shown.DATE),
        ('[$-411]ggge"年"m"月"d"日"', Shown.DATE),
        ('yyyy"年度"', Shown.DATE),
        ("h:mm:ss", Shown.DATE),
        ("[h]:mm", Shown.ELAPSED),
        ('0"年度"', Shown.PLAIN),
        ("General", Shown.PLAIN),
        ("G/標準", Shown.PLAIN),
        ("#,##0.00", Shown.PLAIN),
        ("0.00E+00", Shown.PLAIN),
        ('"day"0', Shown.PLAIN),
        ("[Red]0", Shown.PLAIN),
        ("00000", Shown.ZEROS),
    ],
)
def test_a_number_format_tells_dates_from_numbers(code: str, shown: Shown) -> None:
    assert style_of(164, code).shown == shown


@pytest.mark.parametrize("number", [14, 22, 27, 57])
def test_built_in_dates_hold_the_japanese_ones(number: int) -> None:
    assert style_of(number, "").shown == Shown.DATE


@pytest.mark.parametrize(
    ("raw", "is_1904", "text"),
    [
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("61", False, "1900-03-01"),
        ("44652", False, "2022-04-01"),
        ("43190", True, "2022-04-01"),
        ("44652.999999", False, "2022-04-02"),
        ("0.5", False, "12:00"),
        ("0", False, "00:00"),
        ("-1", False, "-1"),
        ("9e9", False, "9000000000"),
    ],
)
def test_days_are_counted_as_spreadsheets_count_them(raw: str, is_1904: bool, text: str) -> None:
    assert number_text(raw, Style(Shown.DATE), is_1904=is_1904) == text


def test_what_is_no_number_has_no_text() -> None:
    assert [number_text(raw, Style()) for raw in ("nan", "inf", "1_000", "", "0x1")] == [None] * 5
    assert number_text("1.5", Style(Shown.ELAPSED)) == "36:00"
    assert [iso_text(raw) for raw in ("2022-04-01T00:00:00", "2022-04-01T09:30", "x")] == [
        "2022-04-01",
        "2022-04-01T09:30",
        "x",
    ]


def test_merged_cells_are_filled_downwards_and_told() -> None:
    book = of_cells(ROW, (None, None, "尾道市", ""), (None, "岡山県", "笠岡市", ""))
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("B2:B3")
    sheet = read(saved(book))
    assert [row[:3] for row in rows_of(sheet)] == [
        ("2022", "広島県", "三原市"),
        ("2022", "広島県", "尾道市"),
        ("2022", "岡山県", "笠岡市"),
    ]
    told = [(int(sheet.rows[fill.index]), fill.column, fill.value) for fill in sheet.fills]
    assert sorted(told) == [(3, "年度", "2022"), (3, "都道府県", "広島県"), (4, "年度", "2022")]


def test_an_empty_cell_that_is_not_merged_stays_empty() -> None:
    sheet = read(saved(of_cells(ROW, (None, None, "尾道市", ""))))
    assert rows_of(sheet)[1] == ("", "", "尾道市", "")
    assert not sheet.fills


def test_a_merge_across_columns_says_nothing_of_the_columns_beside() -> None:
    book = of_cells(("2022", "北海道", None, ""), ("2022", None, None, "x"))
    book.active.merge_cells("B2:C3")
    assert [row[1:3] for row in rows_of(read(saved(book)))] == [("北海道", ""), ("北海道", "")]


def test_a_merge_over_empty_rows_makes_no_records() -> None:
    book = of_cells(ROW)
    book.active.merge_cells("A2:A900")
    assert len(read(saved(book))) == 1


def test_a_heading_of_two_merged_rows_is_read_as_one() -> None:
    book = openpyxl.Workbook()
    for row in (("年度", "所在", None, "備考"), (None, "都道府県", "市区町村", None), ROW):
        book.active.append(row)
    for area in ("A1:A2", "B1:C1", "D1:D2"):
        book.active.merge_cells(area)
    sheet = read(saved(book))
    assert list(sheet.columns) == list(HEADING)
    assert (rows_of(sheet), sheet.rows.tolist()) == ([ROW], [3])


def test_titles_above_the_heading_are_passed_over() -> None:
    sheet = read(workbook({"a": grid(("取組団体一覧",), (None, None), HEADING, ROW)}))
    assert (sheet.facts["heading_row"], sheet.rows.tolist()) == ("3", [4])


def test_the_sheet_with_the_heading_is_read_and_named() -> None:
    sheet = read(workbook({"表紙": grid(("説明",)), "一覧": grid(HEADING, ROW)}))
    assert (sheet.facts["sheet"], len(sheet)) == ("一覧", 1)


def test_two_sheets_with_the_heading_are_refused_and_named() -> None:
    message = refusal(workbook({"甲": grid(HEADING, ROW), "乙": grid(HEADING, ROW)}))
    assert "甲" in message.problem
    assert "乙" in message.problem


def test_an_empty_template_beside_the_list_does_not_count() -> None:
    assert read(workbook({"記入用": grid(HEADING), "一覧": grid(HEADING, ROW)})).facts["sheet"] == "一覧"


def test_a_hidden_sheet_is_not_read_and_told() -> None:
    sheet = read(workbook({"旧": grid(HEADING, ROW, ROW), "一覧": grid(HEADING, ROW)}, hidden=["旧"]))
    assert len(sheet) == 1
    assert "旧" in sheet.messages[0].problem


def test_a_list_on_a_hidden_sheet_alone_is_refused() -> None:
    message = refusal(workbook({"旧": grid(HEADING, ROW), "表紙": grid(("説明",))}, hidden=["旧"]))
    assert "非表示" in message.problem


def test_hidden_rows_are_read_like_others_and_told() -> None:
    inside = grid(HEADING, ROW, ROW).replace('<row r="3">', '<row r="3" hidden="1">')
    sheet = read(workbook({"a": inside}))
    assert len(sheet) == 2
    assert "1行" in sheet.messages[0].problem


def test_a_workbook_without_the_heading_hands_on_its_first_rows() -> None:
    with pytest.raises(HeadingNotFoundError) as caught:
        read(workbook({"表紙": grid(("説明",)), "甲": grid(("団体", "所在"), ("x", "y"))}))
    assert caught.value.first_rows == [["団体", "所在"], ["x", "y"]]


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("<c><f>A1</f><v/></c>", "数式"),
        ("<c><f>A1</f></c>", "数式"),
        ('<c t="str"><f>A1</f></c>', "数式"),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ("<c><v>abc</v></c>", "読めません"),
    ],
)
def test_a_cell_without_a_value_to_read_holds_its_row(cell: str, named: str) -> None:
    sheet = read(workbook({"a": grid(HEADING, ROW, ("2022", "広島県", cell, ""))}))
    assert faults_of(sheet) == {3: "市区町村"}
    assert named in sheet.faults[0].problem


def test_a_formula_with_its_result_is_its_result() -> None:
    cells = (
        '<c t="str"><f>x</f><v>三原市</v></c>',
        "<c><f>1</f><v>7.0</v></c>",
        '<c t="str"><f>x</f><v></v></c>',
    )
    sheet = read(workbook({"a": grid(HEADING, ("2022", *cells))}))
    assert rows_of(sheet) == [("2022", "三原市", "7", "")]
    assert not sheet.faults


def test_reading_aids_are_no_part_of_a_text() -> None:
    shared = (
        f'<sst xmlns="{SPREADSHEET}"><si><r><t>三原</t></r><r><t>市</t></r><rPh><t>ミハラシ</t></rPh></si>'
        "<si><t>a_x000D_b</t></si></sst>"
    )
    inside = grid(HEADING, ("2022", "広島県", '<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>'))
    data = workbook({"a": inside}, extra={"xl/sharedStrings.xml": shared})
    assert rows_of(read(data)) == [("2022", "広島県", "三原市", "a\rb")]


def test_elements_with_a_prefix_are_the_same_elements() -> None:
    plain = grid(HEADING, ROW)
    prefixed = plain.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
    data = workbook({"a": plain}, extra={})
    part = f'<x:worksheet xmlns:x="{SPREADSHEET}">{prefixed}</x:worksheet>'
    parts = {name: text for name, text in _parts(data).items() if "sheet1" not in name}
    assert rows_of(read(packed(parts | {"xl/worksheets/sheet1.xml": part}))) == [ROW]


def _parts(data: bytes) -> dict[str, bytes]:
    archive = openpyxl.reader.excel.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def test_cells_and_rows_without_a_place_follow_each_other() -> None:
    inside = (
        "<sheetData>"
        + "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
            for row in (HEADING, ROW)
        )
        + "</sheetData>"
    )
    assert rows_of(read(workbook({"a": inside}))) == [ROW]


def test_rows_left_empty_are_counted() -> None:
    sheet = read(workbook({"a": grid(HEADING, (), ROW, (" ", ""), (), ROW)}))
    assert (sheet.rows.tolist(), sheet.facts["empty_rows"]) == ([3, 6], "3")


def test_a_nul_written_out_holds_its_row() -> None:
    assert faults_of(read(workbook({"a": grid(HEADING, ("2022", "a", "b", "x_x0000_y"))}))) == {2: "備考"}


def test_a_column_beyond_the_table_is_kept_under_its_letter() -> None:
    sheet = read(workbook({"a": grid(HEADING, (*ROW, "※"))}))
    assert list(sheet.columns) == [*HEADING, "（E列）"]


@pytest.mark.parametrize(
    ("reference", "named"), [("XFD2", "16,384列"), ("A1048576", "行が多すぎます"), ("GS2", "201列")]
)
def test_a_far_cell_is_refused_where_it_stands(reference: str, named: str) -> None:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>z</t></is></c></row></sheetData>'
    data = workbook({"a": grid(HEADING).replace("</sheetData>", far)})
    tracemalloc.start()
    try:
        assert named in refusal(data).problem
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_a_far_cell_without_content_is_only_a_format() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    assert len(read(workbook({"a": grid(HEADING, ROW).replace("</sheetData>", far)}))) == 1


def test_a_document_type_is_refused_before_it_can_unfold() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    data = packed(_parts(workbook({"a": grid(HEADING)})) | {"xl/worksheets/sheet1.xml": bomb})
    assert "DOCTYPE" in refusal(data).problem


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
@pytest.mark.parametrize("spoiled", [b"", b"<a><b></a>", b"\xff\xfe\x00", b"<a>" * 50])
def test_a_damaged_part_is_told_as_a_damaged_workbook(name: str, spoiled: bytes) -> None:
    parts = _parts(workbook({"a": grid(HEADING, ROW)}))
    assert "Excel ブックが壊れている" in refusal(packed(parts | {name: spoiled})).problem


@pytest.mark.parametrize(
    "inside",
    [
        '<sheetData><row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="1A"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="x"/></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" s="x"><v>9</v></c></row></sheetData>',
        grid(HEADING, ROW, after='<mergeCells><mergeCell ref="A2:A9"/><mergeCell ref="A3:A5"/></mergeCells>'),
        grid(HEADING, ROW, after='<mergeCells><mergeCell ref="?"/></mergeCells>'),
    ],
)
def test_a_sheet_that_no_program_writes_is_damaged(inside: str) -> None:
    styles = f'<styleSheet xmlns="{SPREADSHEET}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>'
    assert "壊れている" in refusal(workbook({"a": inside}, extra={"xl/styles.xml": styles})).problem


def test_a_heading_without_a_record_is_refused() -> None:
    assert "データの行がありません" in refusal(workbook({"a": grid(HEADING)})).problem


def test_a_cut_workbook_is_damaged() -> None:
    assert "壊れている" in refusal(workbook({"a": grid(HEADING, ROW)})[:-30]).problem


@pytest.mark.parametrize(
    ("name", "named"),
    [("j07_sheet_bomb.xlsx", "152 MB"), ("j08_far_cell.xlsx", "200列")],
)
def test_hostile_workbooks_are_refused_for_what_they_are(hostile: Path, name: str, named: str) -> None:
    with pytest.raises(RejectedError, match=named):
        read(material(hostile / name))


def test_a_heading_that_is_merged_with_a_record_is_not_its_value() -> None:
    book = of_cells((None, "広島県", "三原市", ""), ROW)
    book.active.merge_cells("A1:A2")
    sheet = read(saved(book))
    assert rows_of(sheet) == [("", "広島県", "三原市", ""), ROW]
    assert not sheet.fills


def test_the_heading_that_is_used_is_the_last_one_asked_about() -> None:
    asked: list[list[str]] = []

    def seen(cells: Sequence[str]) -> bool:
        asked.append(list(cells))
        return is_heading(cells)

    book = of_cells((None, "広島県", "三原市", ""))
    book.active.merge_cells("A1:A2")
    read_sheet(uploaded("x", saved(book)), is_heading=seen, most_rows=9)
    assert asked[-1] == list(HEADING)


def test_half_a_character_is_a_lost_one() -> None:
    assert (
        rows_of(read(workbook({"a": grid(HEADING, ("2022", "a", "b", "三_xD800_原"))})))[0][3] == "三\ufffd原"
    )
