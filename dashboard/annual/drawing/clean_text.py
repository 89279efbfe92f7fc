"""Text as it may stand on a page: whatever a name from outside brings along, only signs that are seen."""

import re
import unicodedata

LINE_BREAKS = re.compile("[\t-\r\x85\u2028\u2029]")
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Control signs, marks that only turn the direction of text or join signs, and halves of signs (lone surrogates)."""


def clean(text: str) -> str:
    """Return `text` for one line: line ends and tabs are blanks, what is never seen is left out, the rest stays."""
    if text.isprintable():  # nearly all text, and every outline of a coast: seen through at once
        return text
    return "".join(sign for sign in LINE_BREAKS.sub(" ", text) if _is_seen(sign))


def _is_seen(sign: str) -> bool:
    is_noncharacter = ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"  # XML knows none of them
    return unicodedata.category(sign) not in UNSEEN and not is_noncharacter
