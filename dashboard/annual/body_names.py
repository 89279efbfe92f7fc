"""The names of bodies as a page prints them: one line, no longer than its place, in the language of the page."""

from dashboard.annual.facts import Body, BodyClass, Facts, MunicipalityRow
from dashboard.annual.text_width import text_width
from dashboard.words import Words

KINDS = {
    "shi": "annual.named_city",
    "cho": "annual.named_town",
    "machi": "annual.named_town",
    "mura": "annual.named_village",
    "son": "annual.named_village",
    "ku": "annual.named_ward",
}
"""The last part of a romanised name says what kind of municipality it is."""
BARE_PREFECTURES = frozenset({"01000", "13000"})
"""Hokkaido and Tokyo go by their bare names in English."""
SUFFIXES = "都府県"
ELLIPSIS = "…"


def one_line(text: str) -> str:
    """Return untrusted text on one line, without signs that no font draws.

    >>> one_line("甲\\n 市")
    '甲 市'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def shortened(text: str, size: float, width: float, *, is_bold: bool = False) -> str:
    """Return `text` on one line, cut with an ellipsis where it is wider than `width` points.

    >>> shortened("寿限無寿限無", 10, 40)
    '寿限無…'
    """
    line = one_line(text)
    if text_width(line, size, is_bold=is_bold) <= width:
        return line
    while line and text_width(line + ELLIPSIS, size, is_bold=is_bold) > width:
        line = line[:-1].rstrip()
    return line + ELLIPSIS


def shown_name(body: Body, words: Words) -> str:
    """Return the name that a label prints: 鳥取県, Tottori Pref., Kitakyushu, Harima Town."""
    if words.language == "ja" or not body.romaji:
        return one_line(body.name)
    if body.body_class is not BodyClass.PREFECTURE:
        return one_line(_english(body.romaji, words))
    is_bare = body.code in BARE_PREFECTURES
    return one_line(body.romaji if is_bare else words.text("annual.named_prefecture", name=body.romaji))


def municipality_name(row: MunicipalityRow, words: Words) -> str:
    """Return the name that a map prints on a municipality that is not in its list."""
    return one_line(row.name if words.language == "ja" or not row.romaji else _english(row.romaji, words))


def _english(romaji: str, words: Words) -> str:
    stem, _, kind = romaji.rpartition("-")
    return words.text(KINDS[kind], name=stem) if kind in KINDS and stem else romaji


def full_name(body: Body, words: Words) -> str:
    """Return the name with, in English, the Japanese one beside it."""
    name = shown_name(body, words)
    return name if words.language == "ja" else f"{name} {one_line(body.name)}".strip()


def prefecture_name(facts: Facts, code: str) -> str:
    """Return the full name of a prefecture by its two-digit code."""
    return one_line(facts.names[code])


def map_name(facts: Facts, code: str) -> str:
    """Return a prefecture's name as a map prints it: 広島, 北海道."""
    name = prefecture_name(facts, code)
    return name[:-1] if name[-1:] in SUFFIXES else name
