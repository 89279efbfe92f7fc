"""Tables and charts as simple marks: every fact is written, nothing unknown is drawn, nothing leaves its box."""

from dataclasses import replace

import pytest

from dashboard.annual.drawing.plain_marks import PlainMark, plain
from dashboard.annual.drawing.text_lines import placed_lines
from dashboard.annual.marks import Box, Chart, Ink, Line, Rect, Series, Text
from tests.dashboard.annual.every_mark import chart, page, table


def text_of(mark: Text) -> str:
    return "".join(run.text for paragraph in mark.paragraphs for run in paragraph.runs)


def named(marks: tuple[PlainMark, ...], name: str) -> list[PlainMark]:
    return [mark for mark in marks if name in mark.name]


def told(marks: tuple[PlainMark, ...], name: str) -> list[str]:
    return [text_of(mark) for mark in named(marks, name) if isinstance(mark, Text)]


def reach(mark: PlainMark) -> Rect:
    if isinstance(mark, Line):
        across, down = [x for x, _ in mark.points], [y for _, y in mark.points]
        return Rect(min(across), min(down), max(across) - min(across), max(down) - min(down))
    assert isinstance(mark, Box | Text)
    return mark.at


def test_a_simple_mark_stays_as_it_is() -> None:
    assert [plain(mark) for mark in page().marks if isinstance(mark, Box)] == [
        (mark,) for mark in page().marks if isinstance(mark, Box)
    ]


def test_a_table_writes_every_cell_once_inside_its_column() -> None:
    marks = plain(table())
    cells = [text_of(mark) for mark in marks if isinstance(mark, Text)]
    assert cells == [cell.text for row in table().rows for cell in row]
    assert [mark for mark in marks if not table().at.inside(-0.01).holds(reach(mark))] == []
    lefts = {420.0: 100, 520.0: 70, 590.0: 70}
    assert all(
        any(Rect(left, 110, width, 90).holds(mark.at) for left, width in lefts.items())
        for mark in marks
        if isinstance(mark, Text)
    )


def test_the_headings_of_a_table_are_bold_and_nothing_is_drawn_over_a_word() -> None:
    marks = plain(table())
    bold = [text_of(m) for m in marks if isinstance(m, Text) and m.paragraphs[0].runs[0].is_bold]
    assert bold == ["団体", "令和4年度", "令和5年度"]
    kinds = [isinstance(mark, Text) for mark in marks]
    assert kinds == sorted(kinds)


def test_numbers_of_a_table_share_the_baseline_of_their_row() -> None:
    texts = [mark for mark in plain(table()) if isinstance(mark, Text)]
    for row in range(5):
        assert len({placed_lines(mark)[0].baseline for mark in texts[3 * row : 3 * row + 3]}) == 1


def test_a_chart_writes_every_number_every_sum_and_every_name() -> None:
    marks = plain(chart())
    assert told(marks, "number") == ["12", "17", "4", "11", "1", "13"]
    assert told(marks, "total") == ["29", "15", "14", "不明"]
    assert told(marks, "category") == ["令和4", "令和5", "令和6", "令和7"]
    assert told(marks, "legend text") == ["都道府県・政令市", "市町村"]
    assert told(marks, "unit") == ["団体"]


def test_columns_stand_on_the_axis_and_are_as_high_as_their_numbers() -> None:
    marks = plain(chart())
    axis = named(marks, "axis")[0]
    assert isinstance(axis, Line)
    columns = {mark.name: mark.at for mark in marks if isinstance(mark, Box) and "令和" in mark.name}
    lower, upper = columns["trend 令和4 都道府県・政令市"], columns["trend 令和4 市町村"]
    assert lower.bottom == pytest.approx(axis.points[0][1])
    assert upper.bottom == pytest.approx(lower.y)
    assert upper.height / lower.height == pytest.approx(17 / 12)
    assert columns["trend 令和5 都道府県・政令市"].height / lower.height == pytest.approx(4 / 12)


def test_what_is_not_known_has_no_column_and_no_number() -> None:
    marks = plain(chart())
    assert [mark.name for mark in marks if isinstance(mark, Box) and "令和7" in mark.name] == []
    assert "0" not in told(marks, "")


def test_a_sum_with_an_unknown_part_is_unknown() -> None:
    first, second = chart().series
    partly = replace(chart(), series=(first, replace(second, values=(17, None, 13, 0))))
    marks = plain(partly)
    assert told(marks, "total") == ["29", "不明", "14", "不明"]
    assert told(marks, "number") == ["12", "17", "4", "1", "13"]


def test_nought_is_written_where_it_is_known() -> None:
    series = (Series("計", (0, 3), Ink("#0017C1")),)
    assert told(plain(replace(chart(), categories=("a", "b"), series=series)), "total") == ["0", "3"]


def test_a_single_series_is_told_once_and_needs_no_legend() -> None:
    marks = plain(replace(chart(), series=chart().series[:1]))
    assert told(marks, "number") == told(marks, "legend") == []
    assert told(marks, "total") == ["12", "4", "1", "不明"]


@pytest.mark.parametrize("width", [120, 240, 600])
def test_a_chart_stays_in_its_box(width: float) -> None:
    drawn = replace(chart(), at=replace(chart().at, width=width))
    boxes = [mark for mark in plain(drawn) if not isinstance(mark, Text) or "legend" not in mark.name]
    assert [mark for mark in boxes if not drawn.at.inside(-0.5).holds(reach(mark))] == []


@pytest.mark.parametrize("series", [(), (Series("計", (), Ink("#0017C1")),), (Series("計", (None,), Ink()),)])
def test_a_chart_without_values_says_unknown(series: tuple[Series, ...]) -> None:
    empty = Chart("c", Rect(0, 0, 100, 100), ("2022",), series, "団体", "不明", 9, "")
    assert told(plain(empty), "total") == ["不明"]
