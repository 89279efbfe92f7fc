"""Local governments of Japan and the codes that name them.

An area is known by its 全国地方公共団体コード: two digits of the prefecture, three of the municipality, and
(in the six-digit form) a check digit. Codes are text, because Hokkaido begins with 0.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CHECK_WEIGHTS = (6, 5, 4, 3, 2)
PREFECTURE_COUNT = 47

_CODE = re.compile(r"(?:0[1-9]|[1-3][0-9]|4[0-7])[0-9]{3}")

# How spreadsheets and people write a code: as a number with decimals, thousands or an exponent, with a hyphen before the check
# digit. A number in exponent form may have lost one zero at its end, and no more, or digits of the code are gone.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
_WRITTEN = re.compile(
    r"(?P<plain>[0-9]+)(?:\.0*)?|(?P<head>[0-9]{5})-(?P<check>[0-9])|(?P<thousands>[0-9]{1,3}(?:,[0-9]{3})+)"
    r"|(?P<lead>[1-9])\.(?P<rest>[0-9]+)[Ee]\+?0*(?P<power>[45])"
)


class AreaCodeError(ValueError):
    """A printed code that is not a 全国地方公共団体コード of five or six digits."""


class AreaKind(StrEnum):
    """What kind of local government an area is, by the 地方自治法."""

    PREFECTURE = "prefecture"
    DESIGNATED_CITY = "designated_city"
    CORE_CITY = "core_city"
    CITY = "city"
    SPECIAL_WARD = "special_ward"
    TOWN = "town"
    VILLAGE = "village"
    WARD = "ward"
    NORTHERN_VILLAGE = "northern_village"


# The 1,741 市区町村. A ward of a designated city is part of that city, and the six northern villages have no
# local administration, so neither is counted.
MUNICIPALITY_KINDS = frozenset(
    {
        AreaKind.DESIGNATED_CITY,
        AreaKind.CORE_CITY,
        AreaKind.CITY,
        AreaKind.SPECIAL_WARD,
        AreaKind.TOWN,
        AreaKind.VILLAGE,
    }
)


@dataclass(frozen=True, slots=True)
class CodeReading:
    """One code of five digits that a printed code may mean; `is_plain` if it is printed as just five or six digits."""

    code: str
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Area:
    """One local government (or one ward of a designated city) during one span of days.

    `code` has five digits, `prefecture_code` two. `name` is the name alone: no prefecture or county, and for
    a ward no city (中央区, not 札幌市中央区).
    `valid_from` and `valid_to` are the first and last day under this code and name; None is open.
    `successors` are the codes of the areas that an ended one went into; empty while it lasts.

    Raises:
        AreaCodeError: the code is malformed, or lies outside its prefecture or designated city.
    """

    code: str
    name: str
    kind: AreaKind
    prefecture_code: str
    prefecture_name: str
    kana: str = ""
    romaji: str = ""
    county: str = ""
    parent_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an area whose code, prefecture, kind and parent contradict each other."""
        _require_code5(self.code)
        if self.prefecture_code != self.code[:2]:
            raise AreaCodeError(f"{self.code} {self.name}: prefecture_code is {self.prefecture_code!r}")
        if (self.kind is AreaKind.PREFECTURE) != is_prefecture_code(self.code):
            raise AreaCodeError(f"{self.code} {self.name}: code and kind {self.kind} disagree")
        if (self.kind is AreaKind.WARD) != bool(self.parent_code):
            raise AreaCodeError(f"{self.code} {self.name}: exactly the wards have a parent_code")

    @property
    def is_municipality(self) -> bool:
        """Whether this is one of the 市区町村 (1,741 when only current areas are asked)."""
        return self.kind in MUNICIPALITY_KINDS

    @property
    def whole_code(self) -> str:
        """The code shown on a map: that of the designated city for a ward, else the area's own."""
        return self.parent_code or self.code

    @property
    def is_current(self) -> bool:
        """Whether the area still exists under this code and name."""
        return self.valid_to is None

    def is_valid_on(self, day: date) -> bool:
        """Whether the area existed under this code and name on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def check_digit(code5: str) -> str:
    """Return the sixth digit of a five-digit code.

    Source: 総務省「全国地方公共団体コード仕様」: the digits times 6, 5, 4, 3, 2 are added; the check digit is
    the last digit of 11 minus the remainder of that sum divided by 11.

    >>> check_digit("01100"), check_digit("34208"), check_digit("13421")
    ('2', '4', '0')
    """
    _require_code5(code5)
    total = sum(weight * int(digit) for weight, digit in zip(CHECK_WEIGHTS, code5, strict=True))
    return str(11 - total % 11)[-1]


def code6_of(code5: str) -> str:
    """Return the six-digit form of a five-digit code.

    >>> code6_of("01100")
    '011002'
    """
    return code5 + check_digit(code5)


def code5_of(printed: str) -> str:
    """Return the five-digit code of a printed code of five or six digits (full-width digits allowed).

    A number whose leading 0 was lost in a spreadsheet is not mended here: 11002 may be 011002 or a code of
    Saitama, and only the file's own names can tell.

    Raises:
        AreaCodeError: not 5 or 6 digits, no such prefecture, or a wrong check digit.

    >>> code5_of("011002"), code5_of("３４２０８")
    ('01100', '34208')
    """
    digits = unicodedata.normalize("NFKC", printed).strip()
    if len(digits) not in (5, 6) or not digits.isascii() or not digits.isdigit():
        raise AreaCodeError(f"not a code of 5 or 6 digits: {printed!r}")
    code5 = _require_code5(digits[:5])
    if len(digits) == 6 and digits[5] != check_digit(code5):
        raise AreaCodeError(f"wrong check digit in {printed!r}: {code5} ends in {check_digit(code5)}")
    return code5


def code_digits(printed: str) -> str:
    """Return the digits of a code however it is written; "" if the text is no code.

    >>> [code_digits(s) for s in ("34205.0", " 06203-1", "1.31059E+05", "３４２０４１", "XX206")]
    ['34205', '062031', '131059', '342041', '']
    """
    text = "".join(unicodedata.normalize("NFKC", printed).translate(_DASHES).split()).lstrip("'’`")
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return ""
    if found["lead"]:
        kept, power = found["rest"].rstrip("0"), int(found["power"])
        return (
            found["lead"] + kept.ljust(power, "0")
            if power - 1 <= len(found["rest"]) and len(kept) <= power
            else ""
        )
    if found["thousands"]:
        return found["thousands"].replace(",", "")
    return found["plain"] or found["head"] + found["check"]


def code_readings(printed: str) -> tuple[CodeReading, ...]:
    """Return every code that a printed code may mean by its digits, the plain reading first; empty if none.

    Six digits need their right check digit. Five are a code without it, or one of six whose leading 0 was lost: 12203 is
    市川市, and 士別市 012203 without its zero; only the name can tell. Four are five without the zero, one or two name a
    prefecture. Whether an area bears the code is not asked here.

    >>> [reading.code for reading in code_readings("12203")], [reading.code for reading in code_readings("1230")]
    (['12203', '01220'], ['01230'])
    """
    digits = code_digits(printed)
    by_length = {
        1: (f"0{digits}000",),
        2: (f"{digits}000",),
        4: (f"0{digits}",),
        5: (digits, f"0{digits}"),
        6: (digits,),
    }
    readings = []
    for text in by_length.get(len(digits), ()):
        code, check = text[:5], text[5:]
        if _CODE.fullmatch(code) and check in ("", check_digit(code)):
            readings.append(CodeReading(code, text == printed))
    return tuple(readings)


def is_prefecture_code(code: str) -> bool:
    """Whether `code` is the five-digit code of a prefecture (01000 … 47000)."""
    return _CODE.fullmatch(code) is not None and code.endswith("000")


def _require_code5(code: str) -> str:
    if _CODE.fullmatch(code) is None:
        raise AreaCodeError(f"not a five-digit code of one of the {PREFECTURE_COUNT} prefectures: {code!r}")
    return code
