import pytest

from geo.area import Area
from geo.spelling import fold, is_garbled, kana_of, plain

INVISIBLE = ["\u200b", "\ufeff", "\u202e", "\u2066", "\u00ad", "\U000e0100", "　", "\t"]


@pytest.mark.parametrize("sign", INVISIBLE)
def test_invisible_signs_are_no_part_of_a_name(sign: str) -> None:
    assert plain(f"鶴{sign}岡市") == fold(f"{sign}鶴岡市{sign}") == "鶴岡市"


@pytest.mark.parametrize("ke", ["ヶ", "ケ", "が", "ｹ", "ヵ", "か\u3099"])
def test_every_form_of_ke_is_one(ke: str) -> None:
    assert fold(f"茅{ke}崎市") == "茅ケ崎市"


def test_kana_is_read_in_any_width_and_script_and_only_if_nothing_else_is_there() -> None:
    assert kana_of("ｸｼﾛｼ") == kana_of("クシロシ") == kana_of("くしろ し") == "くしろし"
    assert kana_of("ﾌﾟ") == "ぷ"
    assert kana_of("釧路し") == kana_of("") == ""


@pytest.mark.parametrize("name", ["広島県", "釧路市", "北海道", "三原市", "鶴岡市", "龍ケ崎市"])
@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "cp932"), ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("cp932", "latin-1")]
)
def test_a_name_read_in_a_wrong_encoding_is_seen_to_be_garbled(name: str, written: str, read: str) -> None:
    assert is_garbled(name.encode(written).decode(read, "replace"))


@pytest.mark.parametrize("name", ["広�県", "広?県", "広〓県"])
def test_a_mark_for_a_lost_character_is_seen(name: str) -> None:
    assert is_garbled(name)


def test_no_real_name_looks_garbled(areas: list[Area]) -> None:
    assert [area.name for area in areas if is_garbled(area.name) or is_garbled(area.county + area.name)] == []
