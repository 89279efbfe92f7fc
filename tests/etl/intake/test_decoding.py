"""Text is read in the encodings of Japanese lists and in no other; what does not fit is named with its row and byte."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.intake.decoding import decoded, is_utf8, row_at
from etl.intake.report import Message, RejectedError

TEXT = "年度,都道府県,市区町村\n2022,広島県,三原市\n2022,東京都,府中市\n"


def refusal(data: bytes) -> Message:
    with pytest.raises(RejectedError) as caught:
        decoded(data)
    return caught.value.message


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp932", "cp932"), ("utf-16", "utf-16")],
)
def test_each_supported_encoding_gives_the_same_text(encoding: str, name: str) -> None:
    text = decoded(TEXT.encode(encoding))
    assert (text.data.decode(), text.encoding) == (TEXT, name)


def test_utf_16_of_either_order_is_read_by_its_mark() -> None:
    assert decoded(b"\xfe\xff" + TEXT.encode("utf-16-be")).data.decode() == TEXT


def test_cp932_keeps_the_signs_that_shift_jis_lacks() -> None:
    assert decoded("①～髙﨑\n".encode("cp932")).data.decode() == "①～髙﨑\n"


def test_a_long_cp932_text_is_whole_across_the_pieces_it_is_read_in() -> None:
    text = "a" + "三原市" * 400_000
    assert decoded(text.encode("cp932")).data.decode() == text


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("iso2022_jp", "ISO-2022-JP"),
        ("euc_jp", "EUC-JP"),
        ("utf-16-le", "UTF-16（先頭の印 BOM のないもの）"),
        ("utf-16-be", "UTF-16（先頭の印 BOM のないもの）"),
        ("utf-32", "UTF-32"),
    ],
)
def test_another_encoding_is_refused_by_its_name(encoding: str, named: str) -> None:
    message = refusal(TEXT.encode(encoding))
    assert named in message.problem
    assert "UTF-8" in message.mend


def test_cut_euc_jp_is_still_named() -> None:
    assert "EUC-JP" in refusal(TEXT.encode("euc_jp")[:-2]).problem


def test_half_width_kana_do_not_make_cp932_look_like_euc_jp() -> None:
    text = "名称,ｶﾅ\n三原,ﾐﾊﾗ\n"
    assert decoded(text.encode("cp932")).data.decode() == text


def test_rows_of_another_encoding_are_named_with_row_and_byte() -> None:
    before = TEXT.encode()
    message = refusal(before + "2022,山形県,鶴岡市\n".encode("cp932"))
    assert message.row == 4
    assert f"{len(before) + 6:,}バイト目" in message.problem
    assert "混ざっています" in message.problem


def test_utf_8_among_cp932_is_found_though_cp932_can_read_it() -> None:
    "ああああ".encode().decode("cp932")  # no fault: it is read as other characters
    message = refusal(TEXT.encode("cp932") + "2022,ああああ,\n".encode())
    assert message.row == 4


def test_a_single_spoiled_byte_is_named_with_its_row() -> None:
    data = bytearray(TEXT.encode())
    data[TEXT.encode().index("東".encode())] = 0xFF
    message = refusal(bytes(data))
    assert message.row == 3
    assert "UTF-8 として読めません" in message.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_file_cut_inside_a_character_is_truncated(encoding: str) -> None:
    whole = TEXT.rstrip("\n").encode(encoding)
    message = refusal(whole[:-1])
    assert "切れています" in message.problem
    assert message.row == 3


def test_characters_that_were_lost_before_are_kept_to_be_held_back() -> None:
    assert "\ufffd" in decoded("広\ufffd県\n".encode()).data.decode()


def test_a_row_is_counted_by_records_and_not_by_lines() -> None:
    data = b'a,b\n"x\ny",1\r\n"p""\nq",2\r3,4\n'
    assert [row_at(data, data.index(sign)) for sign in (b"a", b"y", b"1", b"q", b"3")] == [1, 2, 2, 3, 4]


@given(st.binary(max_size=60))
def test_utf_8_is_told_as_python_tells_it(data: bytes) -> None:
    try:
        data.decode()
        fits = True
    except UnicodeDecodeError:
        fits = False
    assert is_utf8(data) is fits


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(RejectedError):
        decoded(data).data.decode()
