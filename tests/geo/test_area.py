import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.area import (
    MUNICIPALITY_KINDS,
    Area,
    AreaCodeError,
    AreaKind,
    check_digit,
    code5_of,
    code6_of,
    is_prefecture_code,
)

CURATED = Path(__file__).resolve().parents[2] / "data" / "areas.csv"

codes = st.builds("{:02d}{:03d}".format, st.integers(1, 47), st.integers(0, 999))


@given(codes)
def test_a_six_digit_code_leads_back_to_its_five_digits(code: str) -> None:
    assert code5_of(code6_of(code)) == code5_of(code) == code


@given(codes)
def test_nine_of_ten_last_digits_are_refused(code: str) -> None:
    def is_accepted(digit: int) -> bool:
        try:
            return code5_of(f"{code}{digit}") == code
        except AreaCodeError:
            return False

    assert [digit for digit in range(10) if is_accepted(digit)] == [int(check_digit(code))]


@pytest.mark.parametrize(
    "printed", ["", "1100", "48000", "00000", "0110", "011003", "0110020", "O1100", "01100.0", "01 100"]
)
def test_a_malformed_code_is_refused_with_the_printed_text(printed: str) -> None:
    with pytest.raises(AreaCodeError) as fault:
        code5_of(printed)
    assert printed[:5] in str(fault.value)


def test_full_width_digits_and_outer_spaces_are_read() -> None:
    assert code5_of(" ０１１００２ ") == "01100"


def test_only_the_47_codes_ending_in_000_are_prefectures() -> None:
    every_code = (f"{number:05d}" for number in range(100_000))
    assert [code for code in every_code if is_prefecture_code(code)] == [f"{n:02d}000" for n in range(1, 48)]


@pytest.mark.parametrize(
    ("code", "kind", "prefecture", "parent"),
    [
        ("34208", AreaKind.CITY, "33", ""),
        ("34000", AreaKind.CITY, "34", ""),
        ("34208", AreaKind.PREFECTURE, "34", ""),
        ("34101", AreaKind.WARD, "34", ""),
        ("34208", AreaKind.CITY, "34", "34100"),
    ],
)
def test_an_area_that_contradicts_its_code_cannot_be_made(
    code: str, kind: AreaKind, prefecture: str, parent: str
) -> None:
    with pytest.raises(AreaCodeError):
        Area(code, "甲市", kind, prefecture, "甲県", parent_code=parent)


def test_a_ward_is_shown_as_its_designated_city_and_is_no_municipality() -> None:
    ward = Area("34101", "広島市中区", AreaKind.WARD, "34", "広島県", parent_code="34100")
    assert (ward.whole_code, ward.is_municipality) == ("34100", False)


def test_a_special_ward_is_a_municipality_and_a_northern_village_is_not() -> None:
    assert AreaKind.SPECIAL_WARD in MUNICIPALITY_KINDS
    assert not MUNICIPALITY_KINDS & {AreaKind.PREFECTURE, AreaKind.WARD, AreaKind.NORTHERN_VILLAGE}


def test_the_check_digit_of_every_published_code_is_right() -> None:
    with CURATED.open(encoding="utf-8", newline="") as lines:
        printed = [(row["code"], row["code6"]) for row in csv.DictReader(lines)]
    assert len(printed) >= 1_926
    assert [code for code, code6 in printed if code6_of(code) != code6] == []
