"""The same record twice: counted once where it says the same, held back where it contradicts itself.

Which of several equal rows is kept does not depend on their order: a row that needed no repair before one that did, then the one
with more in it, then the first. So shuffling or doubling a file changes no count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.columns import bytes_of, of_each
from etl.intake.report import Indices, Ledger

SAME_POINT_M = 50.0
"""Two points of one place may differ by this much: two geocoders place the same door that far apart."""
_METRES_PER_DEGREE = 111_195.0
_MOST_NUMBERS = 1 << 62
# ASCII, kana, kanji and some punctuation: none of them changes, alone or after another.
KEPT_BY_NFKC = (
    r"\x{0}-\x{7f}\x{3001}-\x{3003}\x{3005}-\x{300d}\x{3041}-\x{3096}\x{30a1}-\x{30fc}\x{4e00}-\x{9fea}"
)
_SPACES = " \t\n\f\r"
_DASHES = "[―‐‑‒–—−─ー-]"
_LEADS_OF_DASHES = (b"-", b"\xe2")
"""First bytes, in UTF-8, of every dash that is not ー already."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that bear the same key, two or more of each: `members` sorted by group, and `starts` of each group in it."""

    members: Indices
    starts: Indices

    def __len__(self) -> int:
        return len(self.starts)

    def sizes(self) -> Indices:
        """Return how many members each group has."""
        return np.diff(self.starts, append=len(self.members))

    def of_members(self) -> Indices:
        """Return for each member the place of its group."""
        return np.repeat(np.arange(len(self)), self.sizes())


def key_text(column: pa.StringArray) -> pa.StringArray:
    """Return names as they are compared: without width, case, white space and the form of dashes and quotes."""
    return of_each(_key_text, column)


def _key_text(column: pa.StringArray) -> pa.StringArray:
    text = pc.utf8_lower(column if _is_normal(column) else pc.utf8_normalize(column, form="NFKC"))
    present = bytes_of(text).tobytes()
    for sign in _SPACES:  # one by one: three times as fast as the pattern that means the same
        if sign.encode() in present:
            text = pc.replace_substring(text, sign, "")
    if any(lead in present for lead in _LEADS_OF_DASHES):
        text = pc.replace_substring_regex(text, _DASHES, "ー")
    return text


def _is_normal(column: pa.StringArray) -> bool:
    """Whether nothing but signs that NFKC keeps stands in the cells, asked of all of them as one text."""
    signs = bytes_of(column)
    ends = pa.array([0, len(signs)], pa.int64()).buffers()[1]
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(signs)])
    return not pc.match_substring_regex(text, f"[^{KEPT_BY_NFKC}]")[0].as_py()


def address_key(column: pa.StringArray) -> pa.StringArray:
    """Return addresses as they are compared: also without 丁目, 番地 and 号 (they may still begin with prefecture and city)."""
    text = pc.replace_substring_regex(key_text(column), r"(丁目|番地の|番地|番|号|の)", "ー")
    text = pc.replace_substring_regex(text, r"ー+", "ー")
    return pc.replace_substring_regex(text, r"ー$", "")


def numbered(column: pa.Array | pa.ChunkedArray) -> Indices:
    """Return a number for each cell, the same for the same content."""
    coded = pc.dictionary_encode(column, null_encoding="encode")
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    return np.asarray(coded.indices.to_numpy(zero_copy_only=False), np.int64)


def combined(numbers: Sequence[Indices]) -> Indices:
    """Return one number for each combination of numbers."""
    total, most = numbers[0], int(numbers[0].max(initial=0)) + 1
    for each in numbers[1:]:
        count = int(each.max(initial=0)) + 1
        if most * count >= _MOST_NUMBERS:
            total = numbered(pa.array(total))
            most = int(total.max(initial=0)) + 1
        total = total * count + each
        most *= count
    return total


def groups_of(key: Indices, among: Indices) -> Groups:
    """Return the rows of `among` whose key occurs there twice or more."""
    keys = key[among]
    ordered = np.sort(keys)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    twice = among[np.isin(keys, repeated)] if len(repeated) else among[:0]
    members = twice[np.argsort(key[twice], kind="stable")]
    starts = np.flatnonzero(np.diff(key[members], prepend=-1)) if len(members) else members
    return Groups(members, starts.astype(np.int64))


def count_once(ledger: Ledger, groups: Groups, richness: Indices) -> None:
    """Keep one row of each group: unrepaired, then the richest, then the first; the others are counted as duplicates."""
    group = groups.of_members()
    members = groups.members
    order = np.lexsort((members, -richness[members], ledger.repaired[members], group))
    kept = members[order][groups.starts]
    for member, first in zip(members.tolist(), kept[group].tolist(), strict=True):
        if member != first:
            ledger.count_once(member, first)


def hold_all(
    ledger: Ledger, groups: Groups, which: npt.NDArray[np.bool_], said: tuple[str, str, str]
) -> None:
    """Hold every row of the chosen groups back; `said` is column, problem (with {rows}) and mend."""
    column, problem, mend = said
    bounds = (*groups.starts.tolist(), len(groups.members))
    for place in np.flatnonzero(which).tolist():
        members = groups.members[bounds[place] : bounds[place + 1]]
        numbers = sorted(ledger.rows[members].tolist())
        shown = "、".join(map(str, numbers[:5])) + ("…" if len(numbers) > 5 else "")
        for member in members.tolist():
            ledger.hold(member, column, problem.format(rows=shown), mend)


def parted(groups: Groups, which: npt.NDArray[np.bool_]) -> Groups:
    """Return only the chosen groups."""
    chosen = which[groups.of_members()]
    sizes = groups.sizes()[which]
    return Groups(groups.members[chosen], np.cumsum(sizes) - sizes)


def spread_m(groups: Groups, lat: Floats, lon: Floats) -> Floats:
    """Return for each group how far its points lie apart, in metres (at most; 0 with fewer than two points)."""
    if not len(groups):
        return np.empty(0)
    extents = [_extent(groups, each) for each in (lat, lon)]
    middle = np.fmin.reduceat(lat[groups.members], groups.starts)
    east = extents[1] * np.cos(np.radians(np.nan_to_num(middle)))
    return np.asarray(np.hypot(extents[0], east) * _METRES_PER_DEGREE, np.float64)


def _extent(groups: Groups, values: Floats) -> Floats:
    """Greatest minus least of each group; NaN (no point) is left out."""
    of_members = values[groups.members]
    width = np.fmax.reduceat(of_members, groups.starts) - np.fmin.reduceat(of_members, groups.starts)
    return np.asarray(np.nan_to_num(width), np.float64)


def disagreeing(
    groups: Groups, key: Indices, *, among: npt.NDArray[np.bool_] | None = None
) -> npt.NDArray[np.bool_]:
    """Return for each group whether its rows (of those in `among`, if given) differ in another key, numbers from 0."""
    if not len(groups):
        return np.empty(0, np.bool_)
    high = low = key[groups.members]
    if among is not None:
        is_among = among[groups.members]
        high, low = np.where(is_among, high, -1), np.where(is_among, low, np.iinfo(np.int64).max)
    differs = np.maximum.reduceat(high, groups.starts) > np.minimum.reduceat(low, groups.starts)
    return np.asarray(differs, np.bool_)
