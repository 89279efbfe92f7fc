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
    code_digits,
    code_readings,
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


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("012068", "012068"),
        ("３４２０４１", "342041"),
        ("34205.0", "34205"),
        ("34205.", "34205"),
        (" 06203-1", "062031"),
        ("06203－１", "062031"),
        ("06203ー1", "062031"),
        ("1.31059E+05", "131059"),
        ("1.3113E+05", "131130"),
        ("1.2203e+4", "12203"),
        ("131,059", "131059"),
        ("'012068", "012068"),
        ("11", "11"),
        ("XX206", ""),
        ("1.31E+05", ""),
        ("34205.5", ""),
        ("34-205", ""),
        ("-34205", ""),
        ("市原市", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_however_a_spreadsheet_wrote_it_unless_digits_are_gone(
    printed: str, digits: str
) -> None:
    assert code_digits(printed) == digits


@given(codes)
def test_every_spelling_of_a_code_has_it_among_its_readings(code: str) -> None:
    six = code6_of(code)
    spellings = [
        code,
        six,
        str(int(code)),
        str(int(six)),
        f"{int(code)}.0",
        f"{code}-{six[5]}",
        f"{int(six):.5E}",
    ]
    for printed in spellings:
        if len(str(int(code))) == 5 or "E" not in printed:
            assert code in [reading.code for reading in code_readings(printed)], printed


@given(codes)
def test_only_five_digits_and_the_right_six_are_plain(code: str) -> None:
    assert [reading.is_plain for reading in code_readings(code6_of(code))] == [True]
    assert code_readings(code)[0].is_plain
    assert not any(reading.is_plain for reading in code_readings(f"{code}.0"))
    assert all(
        reading.is_plain for reading in code_readings(str(int(code))) if reading.code == str(int(code))
    )


def test_a_wrong_check_digit_has_no_reading() -> None:
    assert code_readings("342042") == ()


def test_one_or_two_digits_name_a_prefecture() -> None:
    assert [reading.code for printed in ("11", "1", "01") for reading in code_readings(printed)] == [
        "11000",
        "01000",
        "01000",
    ]


def test_15_real_codes_have_two_readings_once_their_zero_is_lost() -> None:
    with CURATED.open(encoding="utf-8", newline="") as lines:
        real = {row["code"] for row in csv.DictReader(lines)}
    lost = [code6_of(code).removeprefix("0") for code in real if code.startswith("0")]
    double = [printed for printed in lost if len({one.code for one in code_readings(printed)} & real) == 2]
    assert len(double) == 15
    assert "12203" in double
