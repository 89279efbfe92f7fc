from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.fiscal import (
    EARLIEST_FISCAL_YEAR,
    LATEST_FISCAL_YEAR,
    FiscalYearError,
    fiscal_year_of,
    parse_day,
    parse_fiscal_year,
    short_label,
    wareki_label,
)

FIRST_DAY, LAST_DAY = date(1989, 1, 8), date(2035, 12, 31)
REIWA_BEGINS = date(2019, 5, 1)

FULL_WIDTH = str.maketrans("0123456789/.-RH", "０１２３４５６７８９／．－ＲＨ")

days = st.dates(FIRST_DAY, LAST_DAY)
fiscal_years = st.integers(EARLIEST_FISCAL_YEAR, LATEST_FISCAL_YEAR)


def printed_forms(day: date) -> list[str]:
    era, letter, offset = ("令和", "R", 2018) if day >= REIWA_BEGINS else ("平成", "H", 1988)
    number = day.year - offset
    words = "元" if number == 1 else str(number)
    forms = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{era}{words}年{day.month}月{day.day}日",
        f"{era} {number} 年 {day.month} 月 {day.day} 日",
        f"{letter}{number}.{day.month}.{day.day}",
        f"{letter.lower()}{number:02d}/{day.month:02d}/{day.day:02d}",
        f"{era}{number}年{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）",
    ]
    return forms + [form.translate(FULL_WIDTH) for form in forms]


@given(days)
def test_every_printed_form_of_a_day_is_that_day(day: date) -> None:
    assert {parse_day(form) for form in printed_forms(day)} == {day}


def test_every_day_from_heisei_to_2035_lies_in_the_fiscal_year_that_begins_on_the_last_april_first() -> None:
    day = FIRST_DAY
    while day <= LAST_DAY:
        year = fiscal_year_of(day)
        assert date(year, 4, 1) <= day < date(year + 1, 4, 1)
        day += timedelta(days=1)


@given(fiscal_years)
def test_both_labels_of_a_fiscal_year_are_read_back(fiscal_year: int) -> None:
    assert parse_fiscal_year(wareki_label(fiscal_year)) == fiscal_year
    assert parse_fiscal_year(short_label(fiscal_year)) == fiscal_year
    assert parse_fiscal_year(f"{fiscal_year}年度") == parse_fiscal_year(f"FY{fiscal_year}") == fiscal_year


@given(days)
def test_the_label_of_a_days_fiscal_year_is_read_back(day: date) -> None:
    assert parse_fiscal_year(wareki_label(fiscal_year_of(day))) == fiscal_year_of(day)


@pytest.mark.parametrize(
    ("printed", "fiscal_year"),
    [
        ("令和元年度", 2019),
        ("令和1年度", 2019),
        ("平成31年度", 2019),
        ("令和４年度", 2022),
        ("㋿4年度", 2022),
        ("Ｒ５", 2023),
        ("r6年度", 2024),
        ("２０２３年度", 2023),
        (" FY 2023 ", 2023),
        ("2026", 2026),
        ("令和4（2022）年度", 2022),
        ("2022年度（令和4年度）", 2022),
        ("平成元年度", 1989),
        ("昭和63年度", 1988),
    ],
)
def test_printed_fiscal_years_are_read(printed: str, fiscal_year: int) -> None:
    assert parse_fiscal_year(printed) == fiscal_year


@pytest.mark.parametrize(
    "printed",
    [
        "令和0年度",
        "R0",
        "平成32年度",
        "平成40",
        "昭和64年度",
        "令和82年度",
        "1926年度",
        "2100年度",
        "令和元元年度",
    ],
)
def test_an_era_year_that_never_came_is_refused(printed: str) -> None:
    with pytest.raises(FiscalYearError):
        parse_fiscal_year(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        *[
            "令和4年度補正",
            "FY2022補正",
            "令和4年",
            "2022年",
            "2022-07",
            "FY22",
            "22年度",
            "4年度",
            "令和4年度末",
            "令和4～5年度",
        ],
    ],
)
def test_what_is_not_exactly_one_fiscal_year_is_refused(printed: str) -> None:
    with pytest.raises(FiscalYearError):
        parse_fiscal_year(printed)


def test_a_year_said_twice_must_agree_with_itself() -> None:
    with pytest.raises(FiscalYearError, match="disagree"):
        parse_fiscal_year("令和4（2023）年度")


def test_the_last_day_of_heisei_and_the_first_of_reiwa_are_both_fiscal_2019() -> None:
    assert fiscal_year_of(parse_day("平成31.4.30")) == fiscal_year_of(parse_day("令和1.5.1")) == 2019


@pytest.mark.parametrize(
    "printed", ["平成31年5月1日", "令和元年4月30日", "昭和64年1月8日", "平成元年1月7日", "令和0年5月1日"]
)
def test_a_day_outside_its_era_is_refused(printed: str) -> None:
    with pytest.raises(FiscalYearError):
        parse_day(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "2023-02-29",
        "令和5年2月29日",
        "2022-13-01",
        "2022-04-31",
        "2023-06",
        "2022年7月",
        "7月29日",
        "2022-7/29",
        "20220729",
    ],
)
def test_an_impossible_or_partial_date_is_refused(printed: str) -> None:
    with pytest.raises(FiscalYearError):
        parse_day(printed)


def test_a_weekday_that_contradicts_the_date_is_refused() -> None:
    assert parse_day("令和4年7月29日(金)") == date(2022, 7, 29)
    with pytest.raises(FiscalYearError, match="金"):
        parse_day("令和4年7月29日(木曜日)")


@pytest.mark.parametrize("fiscal_year", [EARLIEST_FISCAL_YEAR - 1, LATEST_FISCAL_YEAR + 1])
def test_a_year_outside_the_known_eras_has_no_label(fiscal_year: int) -> None:
    with pytest.raises(FiscalYearError):
        wareki_label(fiscal_year)
