"""Widths and line breaks without a font: never narrower than the font's own, no word lost, kinsoku kept."""

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from dashboard.annual.text_width import NOT_FIRST, NOT_LAST, broken, text_width
from dashboard.print_fonts import BOLD, REGULAR, font_folder

AREAS = Path(__file__).resolve().parents[3] / "data" / "areas.csv"
JAPANESE = st.text(
    st.sampled_from("居場所あアッー、。（）「」■・①② 　ABCabc.,()-’“”é29%\u3099葛"), max_size=60
)
SENTENCES = st.one_of(JAPANESE, st.text(max_size=60))
PIECES = st.sampled_from(
    ["居", "場", "っ", "「あ」、", "（地）。", "■北", "②年", "29% ", "町ー", "Kita, ", "isn’t "]
)
WIDTHS = st.floats(min_value=0.5, max_value=400)


pytestmark = pytest.mark.usefixtures("bundle")


@cache
def font(name: str) -> ImageFont.FreeTypeFont:
    # The layout of HarfBuzz, as browsers and Typst have it: with kerning.
    return ImageFont.truetype(str(font_folder() / name), 1000, layout_engine=ImageFont.Layout.RAQM)


def names() -> list[str]:
    with AREAS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 1900
    return [
        text for row in rows for text in (row["name"], row["romaji"], row["county"] + row["name"]) if text
    ]


@pytest.mark.parametrize(("name", "is_bold"), [(REGULAR, False), (BOLD, True)])
def test_no_body_has_a_name_that_is_wider_than_reckoned_or_much_narrower(name: str, is_bold: bool) -> None:
    shares = {
        text: text_width(text, 1000, is_bold=is_bold) / font(name).getlength(text, features=["-palt"])
        for text in names()
    }
    assert {text: share for text, share in shares.items() if not 0.9999 <= share <= 1.12} == {}


@pytest.mark.parametrize(
    "text",
    [
        "令和4年度は29団体（9道府県・3政令指定都市・17市町村）が取り組んだ",
        "Source: Cabinet Secretariat (2022-09-30); “as printed” – it isn’t complete.",
        "①②↺■□◆〓→±",
        "Ōita, Kōchi, Hyōgo and Café · A—B",
    ],
)
def test_sentences_are_never_wider_than_reckoned(text: str) -> None:
    for name, is_bold in ((REGULAR, False), (BOLD, True)):
        assert 1 <= text_width(text, 1000, is_bold=is_bold) / font(name).getlength(text) + 1e-4 <= 1.12


@given(SENTENCES, WIDTHS, st.booleans())
def test_a_break_loses_nothing_but_blanks_at_the_end_of_a_line(
    text: str, width: float, is_bold: bool
) -> None:
    lines = broken(text, 10, width, is_bold=is_bold)
    rest = text
    for line in lines:
        assert line == line.rstrip()
        assert rest.startswith(line)
        rest = rest[len(line) :]
        rest = rest.lstrip()
    assert rest == ""


@given(SENTENCES, WIDTHS)
def test_no_line_is_wider_than_its_room_unless_it_is_one_sign(text: str, width: float) -> None:
    for line in broken(text, 10, width):
        # Blanks before a sign and marks on it are no room to break at.
        signs = [sign for sign in line if not sign.isspace() and text_width(sign, 1) > 0]
        assert text_width(line, 10) <= width + 1e-6 or len(signs) <= 1


@given(st.lists(PIECES, max_size=20).map("".join), st.floats(min_value=60, max_value=200))
def test_kinsoku_is_kept_where_there_is_room(text: str, width: float) -> None:
    lines = broken(text, 10, width)
    assert [line for line in lines[1:] if line[0] in NOT_FIRST] == []
    assert [line for line in lines[:-1] if line[-1] in NOT_LAST] == []


def test_a_latin_word_stays_whole_where_it_fits() -> None:
    assert broken("the Kitakyushu map", 10, 70) == ("the", "Kitakyushu", "map")
    assert broken("北九州市Kitakyushuの地図", 10, 62) == ("北九州市", "Kitakyushu", "の地図")


def test_a_closing_bracket_takes_its_sign_along() -> None:
    assert broken("官民連携（地方版）、", 10, 80) == ("官民連携（地方", "版）、")
    assert broken("いていい「居場所」", 10, 50) == ("いていい", "「居場所」")
    assert broken("団体■北九州市", 10, 30) == ("団体", "■北九", "州市")


def test_no_last_line_is_left_with_a_sign_or_two() -> None:
    assert broken("収録した資料に名前がない。", 10, 110) == ("収録した資料に名前が", "ない。")
    assert broken("居場所アトラ", 10, 50) == ("居場所", "アトラ")
    assert broken("居場所アト", 10, 40) == ("居場所ア", "ト")  # the line above would be too short


def test_what_no_line_can_hold_is_broken_between_signs() -> None:
    assert "".join(broken("https://www.example.go.jp/a/very/long/address", 10, 60)) == (
        "https://www.example.go.jp/a/very/long/address"
    )
    assert broken("居場所", 10, 1) == ("居", "場", "所")
    assert broken("", 10, 100) == ("",)
