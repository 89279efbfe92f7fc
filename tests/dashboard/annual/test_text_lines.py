"""Where lines of text stand: the same for every format, whatever the runs, the anchor and the room."""

from html import escape
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.annual.drawing.clean_text import clean
from dashboard.annual.drawing.text_lines import placed_lines, text_height
from dashboard.annual.marks import Align, Anchor, Paragraph, Rect, Run, Text
from dashboard.annual.text_width import LINE_EM, text_width

AT = Rect(100, 200, 60, 100)


def text(
    *runs: Run, align: Align = Align.LEFT, anchor: Anchor = Anchor.TOP, is_wrapped: bool = False
) -> Text:
    return Text("t", AT, (Paragraph(runs, align),), anchor, is_wrapped)


@pytest.mark.parametrize(("align", "x"), [(Align.LEFT, 100), (Align.MIDDLE, 130), (Align.RIGHT, 160)])
def test_a_line_stands_where_its_alignment_says(align: Align, x: float) -> None:
    assert placed_lines(text(Run("居場所", 10), align=align))[0].x == x


def test_the_em_square_of_a_middle_line_is_in_the_middle_of_the_box() -> None:
    line = placed_lines(text(Run("居場所", 10), anchor=Anchor.MIDDLE))[0]
    above, below = line.baseline - 8.8 - AT.y, AT.bottom - (line.baseline + 1.2)
    assert above == pytest.approx(below)


def test_lines_are_as_far_apart_as_their_largest_run_asks() -> None:
    lines = placed_lines(text(Run("居場所" * 4, 10), Run("（注）", 20), is_wrapped=True))
    steps = {round(below.baseline - above.baseline, 6) for above, below in pairwise(lines)}
    assert steps == {20 * LINE_EM}


def test_a_paragraph_breaks_across_its_runs_and_keeps_their_looks() -> None:
    lines = placed_lines(text(Run("居場所ア", 10, is_bold=True), Run("トラス、地図", 10), is_wrapped=True))
    assert [[(run.text, run.is_bold) for run in line.runs] for line in lines] == [
        [("居場所ア", True), ("トラ", False)],
        [("ス、地図", False)],
    ]
    assert all(sum(text_width(run.text, run.size) for run in line.runs) <= AT.width for line in lines)


def test_the_height_is_that_of_the_lines_and_the_gaps_between_paragraphs() -> None:
    paragraph = Paragraph((Run("居場所" * 4, 10),), gap=5)
    assert text_height([paragraph, paragraph]) == pytest.approx(2 * 14 + 5)
    assert text_height([paragraph], width=60) == pytest.approx(2 * 14)
    assert text_height([]) == 0


def test_a_text_at_the_bottom_ends_with_its_box() -> None:
    assert placed_lines(text(Run("居", 10), anchor=Anchor.BOTTOM))[0].baseline == pytest.approx(
        AT.bottom - 3.2
    )


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\x00b\x1fc\x7f\x9f", "abc"),
        ("line\nend\ttab\r", "line end tab "),
        ("\ud800half\udfff", "half"),
        ("x\u202ey\u200fz\u2066", "xyz"),
        ("\ufffe\uffff\ufdd0\U0001ffff", ""),
        ("葛\U000e0100 神 が 居場所\u3000", "葛\U000e0100 神 が 居場所\u3000"),
        ("", ""),
    ],
)
def test_what_is_never_seen_is_left_out_and_all_else_stays(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@given(st.text())
def test_clean_text_is_text_for_xml_and_cleaning_it_again_changes_nothing(raw: str) -> None:
    shown = clean(raw)
    assert clean(shown) == shown
    assert ET.fromstring(f"<t>{escape(shown)}</t>").text == (shown or None)
