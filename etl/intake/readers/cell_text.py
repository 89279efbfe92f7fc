"""A workbook's number → the text that a reader of the sheet would write down: no ".0", ISO dates, zeros that are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"E[+-]", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")
_DATE_SIGNS = frozenset("ymdhsge")
# Built-in formats that are dates or times, the East Asian ones (27-36, 50-58) included: ECMA-376 part 1, 18.8.30.
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_BUILT_IN_ELAPSED = frozenset({46})
_LAST_SERIAL = 2_958_466
"""The day after 9999-12-31."""
_DAYS_TO_1904 = 1_462
_DAY_SECONDS = 86_400


class Shown(Enum):
    """How a number is shown."""

    PLAIN = auto()
    DATE = auto()
    ELAPSED = auto()
    ZEROS = auto()


@dataclass(frozen=True, slots=True)
class Style:
    """How the cells of a style show their number; `zeros` is the least number of digits."""

    shown: Shown = Shown.PLAIN
    zeros: int = 0


def style_of(number: int, code: str) -> Style:
    """Return the style of a number format; `code` is "" for a built-in one.

    >>> style_of(164, "yyyy/m/d").shown.name, style_of(164, "000000").zeros, style_of(164, '0"年度"').shown.name
    ('DATE', 6, 'PLAIN')
    """
    if not code:
        if number in _BUILT_IN_ELAPSED:
            return Style(Shown.ELAPSED)
        return Style(Shown.DATE if number in _BUILT_IN_DATES else Shown.PLAIN)
    bare = _SCIENTIFIC.sub("", _QUOTED.sub("", code.partition(";")[0]))
    if _ELAPSED.search(bare):
        return Style(Shown.ELAPSED)
    if bare.strip().lower() in ("general", "g/標準", "@"):
        return Style()
    if _DATE_SIGNS & set(bare.lower()):
        return Style(Shown.DATE)
    return Style(Shown.ZEROS, len(code)) if _ZEROS.fullmatch(code) else Style()


def number_text(raw: str, style: Style, *, is_1904: bool = False) -> str | None:
    """Return the text of a stored number, None if it is no number.

    >>> number_text("12068.0", Style()), number_text("1.31059E5", Style()), number_text("35.670099999999998", Style())
    ('12068', '131059', '35.6701')
    """
    if not _NUMBER.fullmatch(raw):
        return None
    value = float(raw)
    if style.shown is Shown.DATE and 0 <= value < _LAST_SERIAL:
        return _day_text(value, is_1904=is_1904)
    if style.shown is Shown.ELAPSED and 0 <= value < _LAST_SERIAL:
        return _elapsed_text(value)
    if value.is_integer() and abs(value) < 10**15:
        return str(int(value)).zfill(style.zeros)
    return repr(value)


def iso_text(raw: str) -> str:
    """Return a day or moment that is stored as ISO text, a day without its midnight."""
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return raw
    return _moment_text(moment)


def _day_text(value: float, *, is_1904: bool) -> str:
    days, seconds = divmod(round(value * _DAY_SECONDS), _DAY_SECONDS)
    if value < 1 and not is_1904:
        return _clock_text(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
    days += _DAYS_TO_1904 if is_1904 else 0
    # A spreadsheet believes in 1900-02-29: before it, every day is one later than its number says.
    days += days < 60
    moment = datetime(1899, 12, 30) + timedelta(days=days, seconds=seconds)  # noqa: DTZ001 - a sheet knows no zone
    return _moment_text(moment)


def _moment_text(moment: datetime) -> str:
    if moment.time() == time.min:
        return moment.date().isoformat()
    return f"{date.isoformat(moment)}T{_clock_text(moment.time())}"


def _clock_text(clock: time) -> str:
    return clock.isoformat("seconds" if clock.second else "minutes")


def _elapsed_text(value: float) -> str:
    minutes, seconds = divmod(round(value * _DAY_SECONDS), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def styles_of(formats: Sequence[int], codes: dict[int, str]) -> list[Style]:
    """Return the style of each cell format of a workbook."""
    return [style_of(number, codes.get(number, "")) for number in formats]
