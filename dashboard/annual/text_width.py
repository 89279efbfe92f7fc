"""How wide text is, near enough to lay out a page before any font is opened: full-width signs are one em."""

import unicodedata

WIDE = frozenset("FWA")
NARROW_EM, CAPITAL_EM, THIN_EM = 0.58, 0.68, 0.32
THIN = frozenset("ijl.,:;'|!()[] ")
NOT_FIRST = frozenset("、。，．・）」』】〕］｝：；！？ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.)]}!?:;％")
"""Signs that no line begins with (kinsoku, JIS X 4051)."""
NOT_LAST = frozenset("（「『【〔［｛([{")


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width in points of one line of `text` in Noto Sans JP of `size` points, rather too wide than too narrow."""
    return sum(_em(sign) for sign in text) * size * (1.04 if is_bold else 1.0)


def broken(text: str, size: float, width: float, *, is_bold: bool = False) -> tuple[str, ...]:
    """Return `text` in lines no wider than `width` points; Latin words stay whole where they fit, kinsoku is kept."""
    lines = [""]
    for piece in _pieces(text):
        if text_width(lines[-1] + piece.rstrip(), size, is_bold=is_bold) <= width or not lines[-1]:
            lines[-1] += piece
        elif piece[0] in NOT_FIRST:
            kept, moved = lines[-1][:-1], lines[-1][-1:]
            lines[-1:] = [kept, moved + piece]
        else:
            lines.append(piece.lstrip())
    return tuple(line.rstrip() for line in lines)


def _em(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in WIDE:
        return 1.0
    if sign in THIN:
        return THIN_EM
    return CAPITAL_EM if sign.isupper() else NARROW_EM


def _pieces(text: str) -> list[str]:
    """What may stand on a line of its own: a full-width sign, or a Latin word with the blank after it."""
    pieces: list[str] = []
    for sign in text:
        is_wide = unicodedata.east_asian_width(sign) in WIDE
        starts = not pieces or is_wide or pieces[-1][-1] == " " or pieces[-1][-1] in NOT_LAST - {"("}
        follows_wide = bool(pieces) and unicodedata.east_asian_width(pieces[-1][-1]) in WIDE
        if starts or follows_wide:
            pieces.append(sign)
        else:
            pieces[-1] += sign
    return pieces
