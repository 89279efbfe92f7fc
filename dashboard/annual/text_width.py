"""How wide text is and where its lines break, without opening a font: the advances of Noto Sans JP, in thousandths of an em.

Full-width signs are one em; a letter with an accent is as wide as the letter. What is not known is taken for one em.
"""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

LINE_EM = 1.4
"""From baseline to baseline over size of type, on every page and in every format."""

# fmt: off
REGULAR = (
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392,
    555, 555, 555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474,
    946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742,
    633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559,
    606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606,
    620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
)
BOLD = (
    227, 370, 574, 590, 590, 963, 740, 325, 378, 378, 507, 590, 325, 370, 325, 387,
    590, 590, 590, 590, 590, 590, 590, 590, 590, 590, 325, 325, 590, 590, 590, 514,
    1007, 641, 681, 656, 714, 615, 585, 717, 757, 330, 568, 686, 578, 853, 749, 770,
    667, 770, 682, 624, 625, 748, 619, 915, 627, 580, 613, 378, 387, 378, 590, 567,
    626, 591, 644, 527, 644, 581, 372, 597, 640, 304, 306, 604, 315, 964, 641, 626,
    644, 644, 437, 495, 421, 637, 576, 863, 562, 574, 511, 378, 296, 378, 590,
)
# fmt: on
"""Advances of U+0020 to U+007E in the two weights, as the font's table hmtx has them."""
OTHERS = {"‘": 325, "’": 325, "“": 574, "”": 574, "–": 544, "—": 908, "·": 592, "\u00a0": 227}
"""Signs between Latin letters that are no full-width signs here, in the bold weight."""
KERNED = 0.00101
"""From thousandths to em, and one hundredth more: kerning brings most pairs of letters nearer, but some apart."""
NOT_FIRST = frozenset(
    "、。，．・）」』】〕］｝〉》：；！？ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ,.)]}!?:;％％%”’…‥"
)
"""Signs that no line begins with (kinsoku, JIS X 4051)."""
NOT_LAST = frozenset("（「『【〔［｛〈《([{“‘■□①②③④⑤⑥⑦⑧⑨※¥￥$#")
"""Signs that no line ends with: opening brackets, and signs that belong to the name after them."""
FEWEST_SIGNS = 3
"""A last line, and the one before it, keep at least so many signs where they can."""
WIDE = frozenset("FWA")
WITHOUT_WIDTH = frozenset({"Mn", "Cc", "Cf", "Cs"})
"""Marks that stand on the sign before them, and what is never seen."""


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width in points of one line of `text` in Noto Sans JP of `size` points: never less than the font's."""
    return sum(sign_width(sign, is_bold=is_bold) for sign in text) * size


def sign_width(sign: str, *, is_bold: bool = False) -> float:
    """Return the advance of one sign in em."""
    if " " <= sign <= "~":
        return (BOLD if is_bold else REGULAR)[ord(sign) - 0x20] * KERNED
    if sign in OTHERS:
        return OTHERS[sign] * KERNED
    if unicodedata.category(sign) in WITHOUT_WIDTH:
        return 0.0
    letter = unicodedata.normalize("NFD", sign)[0]
    if letter != sign:
        return sign_width(letter, is_bold=is_bold)
    return 0.5 if unicodedata.east_asian_width(sign) == "H" else 1.0


def broken(text: str, size: float, width: float, *, is_bold: bool = False) -> tuple[str, ...]:
    """Return `text` in lines no wider than `width` points; Latin words stay whole where they fit, kinsoku is kept.

    Blanks at the end of a line are lost, nothing else. A sign that is wider than `width` stands alone.
    """
    widths = [sign_width(sign, is_bold=is_bold) * size for sign in text]
    starts = line_starts(text, widths, width)
    return tuple(text[start:end].rstrip() for start, end in pairwise([*starts, len(text)]))


def line_starts(text: str, widths: Sequence[float], width: float) -> list[int]:
    """Return where each line of `text` begins, its signs being `widths` wide, so that no line passes `width`."""
    starts, filled = [0], 0.0
    pieces = _piece_starts(text)
    for start, end in pairwise([*pieces, len(text)]):
        ink = sum(widths[start : start + len(text[start:end].rstrip())])
        if filled + ink > width and start > starts[-1]:
            starts.append(start)
            filled = 0.0
        if ink > width:
            filled = _split(text, widths, width, starts, end)
        else:
            filled += sum(widths[start:end])
    return _without_orphan(starts, pieces, widths, width)


def _without_orphan(starts: list[int], pieces: list[int], widths: Sequence[float], width: float) -> list[int]:
    """Bring down what stands before a last line of one or two signs: such a line looks like a mistake."""
    if len(starts) < 2 or len(widths) - starts[-1] >= FEWEST_SIGNS:
        return starts
    earlier = [place for place in pieces if starts[-2] + FEWEST_SIGNS <= place < starts[-1]]
    fuller = [
        place for place in earlier if len(widths) - place >= FEWEST_SIGNS and sum(widths[place:]) <= width
    ]
    return [*starts[:-1], fuller[-1]] if fuller else starts


def _split(text: str, widths: Sequence[float], width: float, starts: list[int], end: int) -> float:
    """Break a piece that no line can hold between its signs; return how far its last line is filled."""
    filled = 0.0
    for place in range(starts[-1], end):
        hangs = text[place].isspace() or bool(unicodedata.combining(text[place]))
        if filled + widths[place] > width and place > starts[-1] and not hangs:
            starts.append(place)
            filled = 0.0
        filled += widths[place]
    return filled


def _piece_starts(text: str) -> list[int]:
    """Where a line may begin: before a full-width sign or a Latin word, unless kinsoku forbids it."""
    inner = (place for place, (last, first) in enumerate(pairwise(text), 1) if _may_break(last, first))
    return [0, *inner]


def _may_break(last: str, first: str) -> bool:
    if (
        first.isspace()
        or first in NOT_FIRST
        or last in NOT_LAST
        or unicodedata.category(first) in {"Mn", "Cf"}
    ):
        return False
    return last.isspace() or _is_wide(last) or _is_wide(first)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in WIDE and sign not in OTHERS and not _is_accented(sign)


def _is_accented(sign: str) -> bool:
    """A Latin letter such as é, which East Asian fonts of old drew full-width."""
    return sign.isalpha() and unicodedata.east_asian_width(sign) == "A"
