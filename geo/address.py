"""Addresses → the areas they begin with, by the longest name: 大阪府大阪市中央区 is the ward, not 大阪府 and not the city.

An address without prefecture can only be read inside one: 大和町 is a town in two prefectures and a part of many cities.
"""

import re

from geo.area import Area
from geo.name_index import in_order
from geo.names import Gazetteer
from geo.spelling import fold

# Both are also given to RE2 (pyarrow), which knows no Unicode classes.
POSTCODE = "^[〒 \t\r\n　]*[0-9０-９]{3}[-－‐−ー]?[0-9０-９]{4}[ \t\r\n　]*"
FROM_FIRST_NUMBER = "(?s)[0-9０-９].*"
LONGEST_HEAD = 24
"""Characters in which every area's full name fits, spaces between its parts included."""

_POSTCODE = re.compile(POSTCODE)
_FROM_FIRST_NUMBER = re.compile(FROM_FIRST_NUMBER)
_NUMBERED = re.compile("[0-9０-９]|[〇一二三四五六七八九十](?:丁目|番|号|条)")


def head_of(address: str) -> str:
    """Return what stands before the first number, without postcode: all that can name the municipality.

    >>> head_of("〒183-0055　東京都府中市府中町1-1")
    '東京都府中市府中町'
    """
    return _FROM_FIRST_NUMBER.sub("", _POSTCODE.sub("", address))[:LONGEST_HEAD]


def has_number(text: str) -> bool:
    """Whether a text goes on like an address: 宇都宮市中央本町1-29, 釧路市黒金町七丁目."""
    return _NUMBERED.search(text) is not None


def leading_areas(gazetteer: Gazetteer, address: str, prefecture: str = "") -> tuple[Area, ...]:
    """Return the areas, current and ended, of the longest name an address begins with; a prefecture alone is one, too.

    An address that names its prefecture is read by it. One that does not is read inside `prefecture`; without that nothing is
    returned.
    """
    head = head_of(address)
    if begins_with_prefecture(gazetteer, head):
        return in_order(gazetteer.index.leading(head, ""))
    return in_order(gazetteer.index.leading(head, fold(prefecture))) if prefecture else ()


def begins_with_prefecture(gazetteer: Gazetteer, address: str) -> bool:
    """Whether an address begins with the full name of a prefecture."""
    text = fold(address)
    return any(text[:length] in gazetteer.index.prefectures for length in (3, 4))


def may_be_part_of_a_town(area: Area) -> bool:
    """Whether parts of other municipalities bear such names: 府中町 is a part of 府中市, too; 府中市 is none of a town."""
    return not area.name.endswith(("市", "区"))
