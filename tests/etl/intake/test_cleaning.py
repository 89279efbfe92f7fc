"""Invisible signs are found in whole columns; what belongs to a text stays."""

import pyarrow as pa
import pytest

from etl.intake.cleaning import seen, with_lost, with_nul, with_unseen


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("鶴\u200b岡市", "鶴岡市"), ("広島県\ufeff", "広島県"), ("\u202e三原市", "三原市"), ("居\u00ad場所", "居場所"),
        ("か\u200dき", "かき"),
        ("\x07鐘", "鐘"), ("a\u2066b\u2069", "ab"), ("\u200e名", "名"),
    ],
)  # fmt: skip
def test_signs_that_nobody_sees_are_removed(before: str, after: str) -> None:
    column = pa.array(["府中市", before])
    assert with_unseen(column).tolist() == [1]
    assert seen(column).to_pylist() == ["府中市", after]


@pytest.mark.parametrize(
    "text", ["葛\U000e0100城市", "👨‍👩‍👧の会", "一行目\n二行目", "a\tb", "龍ヶ崎市―…「」①～", "Café"]
)
def test_what_belongs_to_a_text_stays(text: str) -> None:
    assert not len(with_unseen(pa.array([text])))
    assert not len(with_lost(pa.array([text])))


def test_lost_characters_are_found() -> None:
    garbled = "広島県".encode().decode("latin-1")
    assert with_lost(pa.array(["広島県", "広\ufffd県", garbled])).tolist() == [1, 2]


def test_a_nul_is_found_in_a_part_of_a_column_too() -> None:
    column = pa.array(["a\0b", "", "c", "d\0"])
    assert with_nul(column).tolist() == [0, 3]
    assert with_nul(column.slice(1)).tolist() == [2]
    assert with_nul(column.slice(1, 2)).tolist() == []
