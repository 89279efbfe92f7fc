"""CSV: the heading decides the separator, every row keeps its number, and a fault of structure is named exactly."""

import csv
import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.intake.limits import CELL_CHARACTERS
from etl.intake.readers import HeadingNotFoundError, delimited, fields
from etl.intake.readers.fields import (
    Rows,
    has_proper_quotes,
    parsed_fast,
    parsed_side_by_side,
    parsed_strictly,
)
from etl.intake.readers.heading import cleaned, letters, named_apart
from etl.intake.report import Message, RejectedError
from tests.etl.intake.tables import HEADING, faults_of, read, rows_of

HEAD = ",".join(HEADING) + "\n"
ROWS = "2022,広島県,三原市,\n2023,東京都,府中市,あ\n"


def refusal(text: str | bytes, most_rows: int = 1_000) -> Message:
    with pytest.raises(RejectedError) as caught:
        read(text, most_rows=most_rows)
    return caught.value.message


def printed(rows: list[list[str]], **form: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=form.pop("lineterminator", "\n"), **form).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def test_a_plain_file_is_read_cell_by_cell() -> None:
    sheet = read(HEAD + ROWS)
    assert rows_of(sheet) == [("2022", "広島県", "三原市", ""), ("2023", "東京都", "府中市", "あ")]
    assert sheet.rows.tolist() == [2, 3]
    assert sheet.facts == {"encoding": "utf-8", "separator": "コンマ", "heading_row": "1"}


@pytest.mark.parametrize(("separator", "word"), [(",", "コンマ"), (";", "セミコロン"), ("\t", "タブ")])
def test_the_heading_decides_the_separator(separator: str, word: str) -> None:
    text = separator.join(HEADING) + "\n" + separator.join(["2022", "広島県", "三原市", "a,b;c"[:1]]) + "\n"
    sheet = read(text)
    assert rows_of(sheet) == [("2022", "広島県", "三原市", "a")]
    assert sheet.facts["separator"] == word


def test_commas_in_cells_do_not_make_a_comma_the_separator() -> None:
    sheet = read("年度;都道府県;市区町村;備考\n2022;広島県;三原市;a,b,c,d,e\n")
    assert rows_of(sheet) == [("2022", "広島県", "三原市", "a,b,c,d,e")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_rows(end: str) -> None:
    assert rows_of(read((HEAD + ROWS).replace("\n", end))) == rows_of(read(HEAD + ROWS))


def test_line_ends_may_be_mixed() -> None:
    sheet = read("年度,市区町村\r\n1,a\n2,b\r3,c\r\n4,d")
    assert rows_of(sheet) == [("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")]
    assert sheet.rows.tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_break_in_a_cell_is_text_and_no_row(end: str) -> None:
    sheet = read(f'年度,市区町村{end}1,"a{end}b"{end}2,c{end}')
    assert rows_of(sheet) == [("1", f"a{end}b"), ("2", "c")]
    assert sheet.rows.tolist() == [2, 3]


def test_the_heading_may_stand_under_titles_and_empty_lines() -> None:
    sheet = read("取組団体一覧\n\n,,,\n" + HEAD + ROWS)
    assert sheet.facts["heading_row"] == "4"
    assert sheet.rows.tolist() == [5, 6]


def test_a_heading_below_the_tenth_row_is_not_looked_for() -> None:
    with pytest.raises(HeadingNotFoundError) as caught:
        read("題\n" * 10 + HEAD + ROWS)
    assert len(caught.value.first_rows) == 10


def test_the_first_rows_are_handed_on_where_there_is_no_heading() -> None:
    with pytest.raises(HeadingNotFoundError) as caught:
        read("団体,所在\n甲,乙\n")
    assert caught.value.first_rows == [["団体", "所在"], ["甲", "乙"]]
    assert "団体、所在" in caught.value.message.problem


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff", "?", " \u3000"])
def test_a_heading_is_cleaned_of_marks_and_spaces(mark: str) -> None:
    assert list(read(mark + HEAD + ROWS).columns) == list(HEADING)


def test_a_line_break_inside_a_heading_is_taken_out() -> None:
    assert list(read('年度,"市区\r\n町村"\n1,a\n').columns) == ["年度", "市区町村"]


def test_empty_rows_are_left_out_and_counted_and_numbers_stay() -> None:
    sheet = read("年度,市区町村\n\n1,a\n,\n \u3000,\t\n2,b\n,,,,\n\n")
    assert rows_of(sheet) == [("1", "a"), ("2", "b")]
    assert sheet.rows.tolist() == [3, 6]
    assert sheet.facts["empty_rows"] == "5"
    assert not sheet.faults


def test_a_row_of_another_width_is_held_with_its_number_and_all_its_text() -> None:
    sheet = read("年度,市区町村,備考\n1,a,x\n2,b\n3,c,y,z\n4,d,w\n")
    assert faults_of(sheet) == {3: "*", 4: "*"}
    assert rows_of(sheet) == [("1", "a", "x"), ("2", "b", ""), ("3", "c", "y,z"), ("4", "d", "w")]
    assert "4個" in sheet.faults[1].problem


def test_a_heading_may_lack_the_separator_that_every_row_ends_with() -> None:
    sheet = read("年度,市区町村\n1,a,\n2,b,\n")
    assert rows_of(sheet) == [("1", "a"), ("2", "b")]
    assert not sheet.faults


def test_a_heading_may_have_a_separator_more_than_every_row() -> None:
    assert rows_of(read("年度,市区町村,\n1,a\n2,b\n")) == [("1", "a"), ("2", "b")]


def test_one_row_with_a_separator_too_many_is_held() -> None:
    assert faults_of(read("年度,市区町村\n1,a\n2,b,\n3,c\n")) == {3: "*"}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (HEAD + '2022,広島県,三原市,\n2022,"広島県,三原市,\n2022,a,b,c\n', 3),
        (HEAD + '2022,広島県,三原市,\n2022,"広島県,三原市,\n2022,a,"b",c\n', 3),
        (HEAD + '2022,"広島\n県",三原市,\n2022,"広島県,三原市,\n' + "2022,a,b,c\n" * 20_000, 3),
        ('"年度,都道府県,市区町村,備考\n2022,a,b,c\n', 1),
        (HEAD + '2022,広島県,三原市,"', 2),
    ],
)
def test_a_quote_that_is_never_closed_is_named_by_the_row_it_was_opened_in(text: str, row: int) -> None:
    message = refusal(text)
    assert (message.row, "引用符" in message.problem) == (row, True)


def test_text_after_a_closed_quote_holds_that_row_alone() -> None:
    sheet = read(HEAD + '2022,a,b,c\n2022,"a"x,b,c\n2022,"a",b,c\n')
    assert faults_of(sheet) == {3: "*"}
    assert [row[1] for row in rows_of(sheet)] == ["a", '"a"x', "a"]


def test_a_quote_inside_a_bare_cell_is_text() -> None:
    sheet = read(HEAD + '2022,5" pipe,b,c\n2022,"x, y",b,"c ""d"""\n')
    assert [(row[1], row[3]) for row in rows_of(sheet)] == [('5" pipe', "c"), ("x, y", 'c "d"')]
    assert not sheet.faults


def test_a_nul_holds_its_row() -> None:
    sheet = read(HEAD + "2022,広島県,三原市,a\0b\n" + ROWS)
    assert faults_of(sheet) == {2: "備考"}


def test_a_cell_beyond_a_spreadsheets_limit_holds_its_row_and_is_cut() -> None:
    sheet = read(
        HEAD + f"2022,広島県,三原市,{'あ' * (CELL_CHARACTERS + 1)}\n2022,a,b,{'い' * CELL_CHARACTERS}\n"
    )
    assert faults_of(sheet) == {2: "備考"}
    assert [len(row[3]) for row in rows_of(sheet)] == [CELL_CHARACTERS, CELL_CHARACTERS]


@pytest.mark.parametrize("rows", ["", "\n\n", ",,,\n"])
def test_a_heading_without_a_record_is_refused(rows: str) -> None:
    message = refusal(HEAD + rows)
    assert "データの行がありません" in message.problem
    assert "そのまま残ります" in message.mend


def test_too_many_rows_are_refused() -> None:
    assert "上限 1行" in refusal(HEAD + ROWS, most_rows=1).problem


def test_too_many_columns_are_refused() -> None:
    wide = ",".join(["年度", "市区町村", *(f"c{number}" for number in range(200))])
    assert "202列" in refusal(f"{wide}\n{wide}\n").problem
    message = refusal("年度,市区町村\n1,a\n2" + ",b" * 300 + "\n3,c\n")
    assert (message.row, "301列" in message.problem) == (3, True)


def test_a_repeated_heading_keeps_both_columns_apart() -> None:
    assert list(read("年度,ID,ID,市区町村\n1,a,b,c\n").columns) == ["年度", "ID", "ID（2）", "市区町村"]


def test_a_column_without_heading_is_kept_if_it_holds_anything() -> None:
    assert list(read("年度,,市区町村,\n1,x,a,\n").columns) == ["年度", "（B列）", "市区町村"]


def test_names_of_columns_are_each_their_own() -> None:
    assert named_apart(["ID（2）", "ID", "ID", "ID"]) == ["ID（2）", "ID", "ID（3）", "ID（4）"]
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert cleaned(["?", "?"]) == ["", "?"]


def test_a_mark_inside_the_first_cell_of_the_data_is_not_lost() -> None:
    assert rows_of(read("年度,市区町村\n\ufeff1,a\n")) == [("\ufeff1", "a")]


def test_the_end_mark_of_old_systems_is_no_row() -> None:
    assert len(read(HEAD + ROWS + "\x1a")) == 2


# A return without a line feed never comes so far: it is made a line feed first.
cells = st.text(st.sampled_from('ab"\n,;\t 市\0'), max_size=6)
tables = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8)


@given(tables, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_fast_and_strict_reading_agree_on_proper_text(
    rows: list[list[str]], separator: str, end: str
) -> None:
    body = memoryview(printed(rows, delimiter=separator, lineterminator=end).encode())
    assert has_proper_quotes(body, separator)
    fast = parsed_fast(body, separator, 3, first_row=2)
    strict = parsed_strictly(body, separator, 3, first_row=2)
    told = [column.to_pylist() for column in fast.columns]
    assert told == [column.to_pylist() for column in strict.columns]
    assert told == [list(column) for column in zip(*rows, strict=True)]
    assert fast.numbers.tolist() == strict.numbers.tolist()


@given(
    st.lists(st.sampled_from(["a", "b市", ",", ",", "\n", "\r\n", "\n\n", "\ufeff", " ", "\0"]), max_size=60),
    st.integers(1, 3),
    st.integers(1, 9),
)
@example(["a,b", "\n", "\ufeffa", ",", "b"], 2, 5)
def test_two_halves_are_read_like_the_whole(parts: list[str], width: int, first_row: int) -> None:
    # A text with a mark at its start goes to the strict reader.
    body = memoryview("".join(parts).lstrip("\ufeff").encode())
    whole = parsed_fast(body, ",", width, first_row=first_row)
    halves = parsed_side_by_side(body, ",", width, first_row=first_row)
    assert [column.to_pylist() for column in halves.columns] == [
        column.to_pylist() for column in whole.columns
    ]
    assert halves.numbers.tolist() == whole.numbers.tolist()
    assert halves.misfits == whole.misfits


def test_a_large_file_without_quotes_is_read_in_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "".join(f"{number},都,市,\n" for number in range(2, 400)) + "2022,広島県\n\n2023,a,b,c\n"
    whole = read(text)
    cut: list[int] = []

    def halved(body: memoryview, *given: Any, **named: Any) -> Rows:
        cut.append(len(body))
        return parsed_side_by_side(body, *given, **named)

    monkeypatch.setattr(delimited, "HALVED_BYTES", 1)
    monkeypatch.setattr(delimited, "parsed_side_by_side", halved)
    halves = read(text)
    assert cut
    assert rows_of(halves) == rows_of(whole)
    assert (halves.rows.tolist(), halves.faults) == (whole.rows.tolist(), whole.faults)


@given(st.text(st.sampled_from('ab",\n'), max_size=40))
def test_quotes_called_proper_are_read_as_the_strict_reader_reads_them(text: str) -> None:
    body = memoryview(text.encode())
    if has_proper_quotes(body, ","):
        fast = parsed_fast(body, ",", 2, first_row=2)
        strict = parsed_strictly(body, ",", 2, first_row=2)

        def filled(columns: list[list[str]]) -> list[tuple[str, ...]]:
            return [row for row in zip(*columns, strict=True) if any(row)]

        assert filled([column.to_pylist() for column in fast.columns]) == filled(
            [column.to_pylist() for column in strict.columns]
        )
        assert [misfit.row for misfit in fast.misfits if any(misfit.cells)] == [
            misfit.row for misfit in strict.misfits if any(misfit.cells)
        ]


@given(st.integers(2, 40), st.integers(0, 2), st.booleans(), st.booleans())
def test_a_comma_more_or_less_in_one_row_names_exactly_that_row(
    row: int, place: int, more: bool, quoted: bool
) -> None:
    rows = [["年度", "都道府県", "市区町村", "備考"]]
    rows += [["2022", "広島県", "三原\n市" if quoted else "三原市", f"第{number}"] for number in range(2, 41)]
    lines = [printed([cells]) for cells in rows]
    parts = lines[row - 1].split(",")
    parts[place : place + 2] = (
        [*parts[place : place + 1], "", *parts[place + 1 : place + 2]]
        if more
        else [
            "".join(parts[place : place + 2]).replace('"', "").replace("\n", "")
            + ("\n" if place == 2 else "")
        ]
    )
    lines[row - 1] = ",".join(parts)
    sheet = read("".join(lines))
    assert faults_of(sheet) == {row: "*"}
    assert len(sheet) == 39


@given(st.text(st.sampled_from('ab",\n'), max_size=30), st.integers(1, 5))
def test_quotes_are_judged_alike_however_the_text_is_cut_into_blocks(text: str, block: int) -> None:
    body = memoryview(text.encode())
    whole = has_proper_quotes(body, ",")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fields, "_BLOCK", block)
        assert has_proper_quotes(body, ",") is whole


def test_a_fault_below_an_empty_row_stays_with_its_row() -> None:
    sheet = read("年度,市区町村,備考\n1,a,b\n,,\n , ,\n2,b\n3,c,d\n")
    assert faults_of(sheet) == {5: "*"}
    assert sheet.rows.tolist() == [2, 5, 6]
