"""Personal data: columns about persons refuse a list, cells about a person hold their row back, and nothing is repeated."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.intake.facts import Kind
from etl.intake.privacy import (
    MASK,
    RULES,
    is_personal_heading,
    masked,
    personal_cells,
    personal_numbers,
    refuse_personal_headings,
    told,
)
from etl.intake.report import RejectedError


@pytest.mark.parametrize(
    ("headings", "kind", "named"),
    [
        (
            ["氏名", "生年月日", "電話番号", "相談内容", "都道府県"],
            Kind.PLACES,
            "氏名、生年月日、電話番号、相談内容",
        ),
        (
            ["年度", "都道府県", "市区町村", "担当者氏名", "担当者メール"],
            Kind.PLATFORMS,
            "担当者氏名、担当者メール",
        ),
        (["年度", "市区町村", "連絡先電話番号"], Kind.PLATFORMS, "連絡先電話番号"),
        (["名称", "住所", "代表者 氏名"], Kind.PLACES, "代表者氏名"),
        (["名称", "利用者の年齢", "性別"], Kind.PLACES, "性別"),
        (["年度", "Ｅメール", "市区町村"], Kind.COUNTS, "Eメール"),
    ],
)
def test_columns_about_persons_refuse_the_list_and_all_are_named(
    headings: list[str], kind: Kind, named: str
) -> None:
    with pytest.raises(RejectedError, match="個人情報") as fault:
        refuse_personal_headings(headings, kind, 1)
    assert named in fault.value.message.problem.replace("Ｅ", "E")


@pytest.mark.parametrize(
    "heading",
    [
        "名称",
        "受入年齢",
        "対象年齢",
        "収容定員",
        "団体名",
        "法人の名称",
        "相談窓口",
        "支援内容",
        "参加条件",
        "利用者数",
        "電話番号",
        "hotel",
        "運営団体名",
    ],
)
def test_columns_about_places_are_none_about_persons(heading: str) -> None:
    assert not is_personal_heading(heading)
    refuse_personal_headings([heading], Kind.PLACES, 1)


@pytest.mark.parametrize(
    "text",
    [
        "連絡先 090-1234-5678（例）", "０８０－１２３４－５６７８", "07012345678", "+81 90 1234 5678", "携帯(090)1234-5678",
        "060-1234-5678",
        "example.taro@gmail.com", "ｅｘａｍｐｌｅ＠ｇｍａｉｌ．ｃｏｍ", "taro[at]example.jp",
        "相談者A（72歳・女性）独居", "利用者Ｂさん", "72歳男性、ひとり暮らし", "女性（８２歳）", "独居の80歳",
        "生年月日：S15.3.4", "S40.1.2生まれ",
    ],
)  # fmt: skip
def test_a_cell_about_a_person_is_found_and_masked(text: str) -> None:
    assert personal_cells(pa.array(["", text, "公民館"])), text
    assert masked(text) == told(text) == MASK


@pytest.mark.parametrize(
    "text",
    [
        "子ども食堂＆カフェ@ほーむ", "18歳まで無料", "65歳以上の女性", "女性（20歳以上）", "0歳～18歳", "小学生6歳・男女",
        "電話 03-1234-5678",
        "0120-090-123", "9012345678", "整理番号80-1234-5678", "法人番号1090012345678", "〒090-0012",
        "第1・3木曜日 10:00-12:00", "ケースワーカー相談会",
        "A型事業所", "京都府 A棟2F",
    ],
)  # fmt: skip
def test_a_cell_about_a_place_is_left_alone(text: str) -> None:
    assert not personal_cells(pa.array([text])), text
    assert masked(text) == text


def test_a_long_decimal_is_no_telephone_number_but_one_in_its_place_is() -> None:
    assert not personal_numbers(pa.array(["35.07012345678", "139.0801234567890", "35度40分"]))
    assert personal_numbers(pa.array(["090-1234-5678"]))


PIECES = st.sampled_from(
    [
        "090",
        "-",
        "1234",
        "5678",
        "９",
        "a@b.jp",
        "＠",
        "85歳",
        "女性",
        "独居",
        "氏名:",
        "利用者A",
        "公民館",
        " ",
        "x",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=12))
def test_one_look_for_all_rules_finds_what_each_rule_finds(cells: list[str]) -> None:
    column = pa.array(cells, pa.string())
    expected = {
        rule.says: np.flatnonzero(
            pc.match_substring_regex(column, rule.pattern).to_numpy(zero_copy_only=False)
        ).tolist()
        for rule in RULES
    }
    found = {says: indices.tolist() for says, indices in personal_cells(column).items()}
    assert found == {says: indices for says, indices in expected.items() if indices}
