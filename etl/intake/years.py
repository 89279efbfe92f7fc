"""Printed years and dates → fiscal years, one reading for each different text of a column.

What `geo.fiscal` reads is widened by what the heading 年度 says of its cells (令和4年 there is 令和4年度), by the forms that a
spreadsheet makes of a year (2022.0, a date with a time), by months and by kanji numerals. A range, an era year that never was and
a bare number that is a spreadsheet's day (44771) stay unread.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np
import pyarrow as pa

from etl.intake.cleaning import encoded
from etl.intake.report import Indices
from geo.fiscal import (
    EARLIEST_FISCAL_YEAR,
    FIRST_MONTH,
    LATEST_FISCAL_YEAR,
    FiscalYearError,
    fiscal_year_of,
    parse_day,
    parse_fiscal_year,
)

UNREAD = -1
PROBLEM = "年度が読み取れません"
EMPTY = "年度が空です"
MEND = "2022 または 令和4年度 のように書いてください"
TOO_LATE = "まだ来ていない年度です"
_JAPAN_FROM_UTC = timedelta(hours=9)

_PLAIN = re.compile(r"[0-9]{4}")
_FLOAT = re.compile(r"([0-9]{4})\.0+")
_TIME = re.compile(r"(.*[0-9日])[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?")
_PACKED_DAY = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
_YEAR_ALONE = re.compile(r"((?:19|20)[0-9]{2}|(?:令和|平成|昭和|[RHSrhs])(?:元|[0-9]{1,2}))年")
# 2022.10 is no October: a spreadsheet writes 2022.1 for it.
_MONTH = re.compile(
    r"((?:19|20)[0-9]{2}(?=[年/-])|(?:令和|平成|昭和|[RHS])(?:元|[0-9]{1,2}))(?:年|[-/.])([0-9]{1,2})月?"
)
_SHORT_ERA = re.compile(r"^(令|平|昭)(?=[0-9元])")
_ERA_OF = {"令": "令和", "平": "平成", "昭": "昭和"}
_KANJI_YEAR = re.compile(r"^(令和|平成|昭和)([一二三四五六七八九十]{1,3})(?=年)")
_KANJI = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)}


@dataclass(frozen=True, slots=True)
class Years:
    """Fiscal years of a column: `UNREAD` where the text is no certain year; `changed` are those not printed as 2022."""

    values: np.ndarray
    changed: Indices
    unread: Indices


def read_years(column: pa.StringArray) -> Years:
    """Return the fiscal year of each cell."""
    texts, places = encoded(column)
    read = np.array([fiscal_year(text) for text in texts] or [UNREAD], np.int32)
    plain = np.array([_PLAIN.fullmatch(text) is not None for text in texts] or [False])
    values = read[places]
    changed = np.flatnonzero((values != UNREAD) & ~plain[places])
    return Years(values, changed, np.flatnonzero(values == UNREAD))


@lru_cache(maxsize=4096)
def fiscal_year(printed: str) -> int:
    """Return the western year in which the printed fiscal year (or the one of the printed day) begins, or `UNREAD`.

    >>> [fiscal_year(text) for text in ("令和４年度", "R5.1.16", "2023/4/1 0:00", "2022.0", "44771", "2022-2023", "")]
    [2022, 2022, 2023, 2022, -1, -1, -1]
    """
    text = _usual(printed)
    for read in (parse_fiscal_year, _year_of_day, _year_of_month):
        try:
            year = read(text)
        except FiscalYearError:
            continue
        # A spreadsheet shows the number 2022 as a day of 1905 where its cell is formatted as a date.
        return year if EARLIEST_FISCAL_YEAR <= year <= LATEST_FISCAL_YEAR else UNREAD
    return UNREAD


def next_fiscal_year() -> int:
    """Return the fiscal year after today's, in Japan: the latest that a list can be about, as it may be made before its year.

    A later one is a slip: 令和31年度 for 平成31年度, 2052 for 2025.
    """
    return fiscal_year_of((datetime.now(UTC) + _JAPAN_FROM_UTC).date()) + 1


def _usual(printed: str) -> str:
    """The text without what a spreadsheet adds, in arabic numerals and with the era's full name."""
    text = unicodedata.normalize("NFKC", printed).strip().lstrip("'’`").removeprefix("西暦").strip()
    for form in (_FLOAT, _TIME):
        if found := form.fullmatch(text):
            text = found[1]
    text = re.sub(r"\s+", "", text)
    text = _SHORT_ERA.sub(lambda found: _ERA_OF[found[1]], text)
    text = _KANJI_YEAR.sub(lambda found: f"{found[1]}{_number(found[2])}", text)
    text = re.sub(r"(?<=日)(?:現在|時点)$", "", text)
    if found := _PACKED_DAY.fullmatch(text):
        return "-".join(found.groups())
    return f"{text}度" if _YEAR_ALONE.fullmatch(text) else text


def _number(kanji: str) -> int:
    tens, ten, ones = kanji.rpartition("十")
    if not ten:
        return _KANJI.get(kanji, 0)
    return 10 * _KANJI.get(tens, 1) + _KANJI.get(ones, 0)


def _year_of_day(text: str) -> int:
    return fiscal_year_of(parse_day(text))


def _year_of_month(text: str) -> int:
    """令和5年1月 lies in the fiscal year before as surely as each of its days does."""
    found = _MONTH.fullmatch(text.upper())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise FiscalYearError(f"not a month: {text!r}")
    if found[1].isdigit():
        year = int(found[1])
        return year if int(found[2]) >= FIRST_MONTH else year - 1
    return fiscal_year_of(parse_day(f"{found[1]}年{found[2]}月{'1' if int(found[2]) != 5 else '2'}日"))
