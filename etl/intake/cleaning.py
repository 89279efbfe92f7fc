"""Text without signs that nobody sees: found in whole columns at once, removed and logged cell by cell.

A NUL holds its row back, and so do characters that were lost before the file reached us. Free text is otherwise kept as it is;
only outer white space is cut.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.columns import bytes_of, where
from etl.intake.report import Indices

# Control characters other than tab and line breaks, soft hyphen, zero-width signs, marks of writing direction, BOM, annotations,
# tags. U+200D joins the parts of an emoji and variation selectors choose a form of a character: both are part of a text, the
# joiner between two Japanese characters is not.
_SIGNS = (
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\x{ad}\x{61c}\x{180e}\x{200b}\x{200c}\x{200e}\x{200f}\x{202a}-\x{202e}"
    r"\x{2060}-\x{2064}\x{2066}-\x{206f}\x{feff}\x{fff9}-\x{fffb}\x{e0001}-\x{e007f}]"
)
_JOINER = r"([\x{3040}-\x{30ff}\x{3400}-\x{9fff}A-Za-z0-9])\x{200d}|^\x{200d}|\x{200d}$"
UNSEEN = f"{_SIGNS}|{_JOINER}"
# What stands where characters were replaced, and the control characters that appear when UTF-8 was read as Latin-1.
LOST = r"[\x{fffd}\x{80}-\x{84}\x{86}-\x{9f}]"

_NONE = np.empty(0, np.int64)
# First bytes, in UTF-8, of every sign above: a column without them needs no pattern.
_SUSPECT_LEADS = np.zeros(256, np.bool_)
_SUSPECT_LEADS[[0xC2, 0xD8, 0xE1, 0xE2, 0xEF, 0xF3]] = True
_SUSPECT_LEADS[1:9] = _SUSPECT_LEADS[[0x0B, 0x0C, 0x7F]] = _SUSPECT_LEADS[0x0E:0x20] = True


def whole(column: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return a column as one array of texts without nulls."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if column.type != pa.string():
        column = column.cast(pa.string())
    return pc.fill_null(column, "") if column.null_count else column


def blank(length: int, text: str = "") -> pa.StringArray:
    """Return a column of the same text."""
    return pa.repeat(pa.scalar(text, pa.string()), length)


def trimmed(column: pa.StringArray) -> pa.StringArray:
    """Return the texts without outer white space: the very same column where there is none, for a million rows are large."""
    clean = pc.utf8_trim_whitespace(column)
    return column if clean.equals(column) else clean


def seen(column: pa.StringArray) -> pa.StringArray:
    """Return the texts without invisible signs and outer white space."""
    return trimmed(pc.replace_substring_regex(column, UNSEEN, r"\1"))


def with_nul(column: pa.StringArray) -> Indices:
    """Return the indices of the cells that hold a NUL."""
    if not (bytes_of(column) == 0).any():
        return _NONE
    return _where(pc.match_substring(column, "\0"))


def with_lost(column: pa.StringArray) -> Indices:
    """Return the indices of the cells in which characters were lost before we got the file."""
    return _where(pc.match_substring_regex(column, LOST)) if _may_hold(column, 0xEF, 0xC2) else _NONE


def with_unseen(column: pa.StringArray) -> Indices:
    """Return the indices of the cells that hold an invisible sign."""
    return where(_is_unseen_in, column)


def _is_unseen_in(column: pa.StringArray) -> pa.BooleanArray:
    if not _SUSPECT_LEADS[bytes_of(column)].any():
        return pa.repeat(pa.scalar(value=False), len(column))
    return pc.match_substring_regex(column, UNSEEN)


def encoded(column: pa.StringArray) -> tuple[list[str], Indices]:
    """Return the different texts of a column, and for each cell the place of its text among them."""
    coded = pc.dictionary_encode(column)
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)


def _may_hold(column: pa.StringArray, *leads: int) -> bool:
    return any((bytes_of(column) == lead).any() for lead in leads)


def _where(hits: pa.BooleanArray) -> Indices:
    return np.flatnonzero(hits.to_numpy(zero_copy_only=False))
