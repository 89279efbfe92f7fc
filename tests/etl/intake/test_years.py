"""Fiscal years as lists print them; what is no certain year is never read."""

from datetime import UTC, date, datetime, tzinfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.intake.years import UNREAD, fiscal_year, next_fiscal_year, read_years
from geo.fiscal import fiscal_year_of


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("2022", 2022), ("２０２２", 2022), ("2022.0", 2022), ("2022年度", 2022), ("令和４年度", 2022), ("令和 4 年度", 2022),
        ("令和四年度", 2022),
        ("平成三十年度", 2018), ("令和元年度", 2019), ("平成31年度", 2019), ("R4", 2022), ("Ｒ４", 2022), ("令4年度", 2022),
        ("㋿4年度", 2022),
        ("FY2023", 2023), ("令和4（2022）年度", 2022), ("令和4年", 2022), ("西暦2022年度", 2022),
        ("R5.1.16", 2022), ("令和4年7月29日", 2022), ("2023-03-31", 2022), ("2023/4/1", 2023), ("令和元年5月1日", 2019),
        ("H31.4.30", 2019),
        ("H31.3.31", 2018), ("2022-07-29 00:00:00", 2022), ("2022-07-29T00:00:00", 2022), ("20220729", 2022),
        ("令和5年1月", 2022), ("2022年7月", 2022),
        ("令和4年4月1日現在", 2022),
    ],
)  # fmt: skip
def test_years_and_days_are_read_as_fiscal_years(printed: str, year: int) -> None:
    assert fiscal_year(printed) == year


@pytest.mark.parametrize(
    "printed",
    [
        "", "令和0年度", "令和99年度", "平成35年度", "222", "20222", "令和", "44771", "2022-2023", "2022～2023",
        "令和4・5年度", "2022.5", "2022.10",
        "2022/13", "2023-02-30", "平成31年5月1日", "不明", "-2022", "2,022", "1e3", "nan", "昭和64年度", "明治45年度",
    ],
)  # fmt: skip
def test_what_is_no_certain_year_is_not_read(printed: str) -> None:
    assert fiscal_year(printed) == UNREAD


@given(
    st.dates(date(1989, 1, 8), date(2035, 12, 31)),
    st.sampled_from(["{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}"]),
)
def test_every_day_lies_in_its_fiscal_year(day: date, form: str) -> None:
    assert fiscal_year(form.format(day)) == fiscal_year_of(day)


def test_a_column_says_which_cells_were_changed_and_which_not_read() -> None:
    years = read_years(pa.array(["2022", "R4", "", "2022"]))
    assert years.values.tolist() == [2022, 2022, UNREAD, 2022]
    assert (years.changed.tolist(), years.unread.tolist()) == ([1], [2])


@pytest.mark.parametrize(
    ("now", "year"),
    [(datetime(2026, 3, 31, 14, 59, tzinfo=UTC), 2026), (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), 2027)],
)
def test_the_fiscal_year_turns_at_midnight_in_japan(
    now: datetime, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now.astimezone(tz)

    monkeypatch.setattr("etl.intake.years.datetime", Clock)
    assert next_fiscal_year() == year
