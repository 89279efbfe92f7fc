"""Fiscal years (年度, April to March) and days as Japanese documents print them.

Nothing here asks the clock, and nothing is guessed: a text that also says 補正, a calendar year (令和4年)
or an era year that never came is refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

FIRST_MONTH = 4
EARLIEST_FISCAL_YEAR = 1927
LATEST_FISCAL_YEAR = 2099


class FiscalYearError(ValueError):
    """A printed year or day that cannot be read with certainty."""


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era: `year n` of it is the western year `offset + n`."""

    name: str
    letter: str
    offset: int
    first_day: date
    last_day: date
    last_fiscal: int


# Source: 元号を改める政令 (昭和64年政令第1号, 平成31年政令第143号). 平成31年度 was printed in budgets
# although the year ended as 令和元年度; 昭和64年度 never began, because the era ended in January.
ERAS = (
    Era("令和", "R", 2018, date(2019, 5, 1), date(2099, 12, 31), LATEST_FISCAL_YEAR),
    Era("平成", "H", 1988, date(1989, 1, 8), date(2019, 4, 30), 2019),
    Era("昭和", "S", 1925, date(1926, 12, 25), date(1989, 1, 7), 1988),
)

_ERA_BY_MARK = {mark: era for era in ERAS for mark in (era.name, era.letter)}
_ERA_MARK = "|".join(_ERA_BY_MARK)
_ERA_YEAR = rf"(?P<era>{_ERA_MARK})(?P<era_year>元|[0-9]{{1,2}})"
_YEAR = re.compile(rf"{_ERA_YEAR}(?:年度)?|(?:FY)?(?P<western>[0-9]{{4}})|(?P<suffixed>[0-9]{{4}})年度")
_TWICE_SAID = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)(?:年度)?")
_DAY = re.compile(
    rf"(?:{_ERA_YEAR}|(?P<western>[0-9]{{4}}))"
    r"(?:年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"
    r"|(?P<mark>[-/.])(?P<plain_month>[0-9]{1,2})(?P=mark)(?P<plain_day>[0-9]{1,2}))"
    r"(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
)
_WEEKDAYS = "月火水木金土日"


def parse_fiscal_year(printed: str) -> int:
    """Return the western year in which a printed fiscal year begins.

    A year said twice, 令和4（2022）年度, must agree with itself.

    Raises:
        FiscalYearError: not a fiscal year, or an era year that did not exist (令和0, 平成40).

    >>> [parse_fiscal_year(s) for s in ("令和４年度", "R5", "令和元年度", "2023年度", "FY2023")]
    [2022, 2023, 2019, 2023, 2023]
    """
    text = _plain(printed)
    twice = _TWICE_SAID.fullmatch(text)
    if twice is None:
        return _single_year(text, printed)
    years = {_single_year(twice[part], printed) for part in ("outer", "inner")}
    if len(years) != 1:
        raise FiscalYearError(f"the two years disagree: {printed!r}")
    return years.pop()


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year of a day; January to March belong to the year before."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def parse_day(printed: str) -> date:
    """Return the day that a full printed date names: ISO, 2022/7/29, 令和4年7月29日, R4.7.29, full-width.

    A weekday in brackets must be the right one.

    Raises:
        FiscalYearError: no full date, an impossible day, or a day outside its era (平成31年5月1日).

    >>> parse_day("令和４年７月２９日").isoformat(), parse_day("H31.4.30").isoformat()
    ('2022-07-29', '2019-04-30')
    """
    found = _DAY.fullmatch(_plain(printed))
    if found is None:
        raise FiscalYearError(f"not a full date: {printed!r}")
    era = _ERA_BY_MARK.get(found["era"] or "")
    year = int(found["western"]) if era is None else era.offset + _era_number(found["era_year"])
    try:
        day = date(year, int(found["month"] or found["plain_month"]), int(found["day"] or found["plain_day"]))
    except ValueError as fault:
        raise FiscalYearError(f"no such day: {printed!r}") from fault
    if era is not None and not era.first_day <= day <= era.last_day:
        raise FiscalYearError(f"not a day of {era.name}: {printed!r}")
    if found["weekday"] and found["weekday"] != _WEEKDAYS[day.weekday()]:
        raise FiscalYearError(f"{day.isoformat()} is a {_WEEKDAYS[day.weekday()]}: {printed!r}")
    return day


def wareki_label(fiscal_year: int) -> str:
    """Return the Japanese label of a fiscal year.

    >>> wareki_label(2022), wareki_label(2019), wareki_label(2018)
    ('令和4年度', '令和元年度', '平成30年度')
    """
    era = _era_of(fiscal_year)
    number = fiscal_year - era.offset
    return f"{era.name}{'元' if number == 1 else number}年度"


def short_label(fiscal_year: int) -> str:
    """Return the label used where space is short.

    >>> short_label(2022), short_label(2019)
    ('R4', 'R1')
    """
    era = _era_of(fiscal_year)
    return f"{era.letter}{fiscal_year - era.offset}"


def _plain(printed: str) -> str:
    """Fold full-width forms (NFKC also unfolds ㋿ to 令和), drop spaces and use capital era letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed)).upper()


def _single_year(text: str, printed: str) -> int:
    found = _YEAR.fullmatch(text)
    if found is None:
        raise FiscalYearError(f"not a fiscal year: {printed!r}")
    era = _ERA_BY_MARK.get(found["era"] or "")
    if era is None:
        year = int(found["western"] or found["suffixed"])
        possible = EARLIEST_FISCAL_YEAR <= year <= LATEST_FISCAL_YEAR
    else:
        year = era.offset + _era_number(found["era_year"])
        possible = max(era.offset + 1, EARLIEST_FISCAL_YEAR) <= year <= era.last_fiscal
    if not possible:
        raise FiscalYearError(f"no such fiscal year: {printed!r}")
    return year


def _era_number(text: str) -> int:
    return 1 if text == "元" else int(text)


def _era_of(fiscal_year: int) -> Era:
    if not EARLIEST_FISCAL_YEAR <= fiscal_year <= LATEST_FISCAL_YEAR:
        raise FiscalYearError(f"no label for fiscal year {fiscal_year}")
    return next(era for era in ERAS if fiscal_year > era.offset)
