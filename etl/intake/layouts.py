"""The layouts of lists that are known, read once from layouts.toml."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from etl.intake.facts import Kind

LAYOUT_FILE = Path(__file__).with_name("layouts.toml")

# Signs that are printed for the long vowel of コード and the like: horizontal bar, hyphens, dashes, minus.
_DASHES = str.maketrans(dict.fromkeys("―-‐‑‒–—−─", "ー"))
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x1f\x7f]+")
_REMARK = re.compile(r"^[?*※]+|[*※]+$|[(【\[](?:必須|任意|※)[)】\]]$")


def normal(heading: str) -> str:
    """Return a heading as it is compared: without width, case, spaces, line breaks, invisible signs and 必須 remarks.

    >>> normal("コ―ド\\n（名）　"), normal("?ＮＯ"), normal("名称（必須）")
    ('コード(名)', 'no', '名称')
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", heading))
    return _REMARK.sub("", text).translate(_DASHES).casefold()


@dataclass(frozen=True, slots=True)
class Layout:
    """One known form of a list; all headings in it are `normal`.

    `columns` maps each column that is taken in to its possible headings, the most telling first; `joined` ones are put together
    from several headings, and `constants` are said by the layout itself. `contacts` are known and never taken in. A layout with
    `refused` is recognised to say why it cannot be taken (`mend` says what can).
    """

    id: str
    kind: Kind
    title: str
    marks: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    needs_one_of: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    contacts: frozenset[str] = frozenset()
    refused: str = ""
    mend: str = ""

    @property
    def known(self) -> frozenset[str]:
        """Every heading that this layout knows."""
        taken = (*self.columns.values(), *self.joined.values())
        return frozenset(heading for headings in taken for heading in headings) | self.contacts | self.marks

    def missing(self, headings: frozenset[str], given: Iterable[str] = ()) -> list[str]:
        """Return the required columns without a heading; `given` are known in another way (a year from the form)."""
        found = {name for name, possible in self.columns.items() if headings.intersection(possible)}
        found |= set(given)
        lacking = [name for name in self.required if name not in found]
        if self.needs_one_of and not found.intersection(self.needs_one_of):
            lacking.append(self.needs_one_of[0])
        return lacking

    def is_marked(self, headings: frozenset[str]) -> bool:
        """Whether the headings that tell this layout from the others are there."""
        return self.marks <= headings and not self.without & headings


@cache
def layouts_of(kind: Kind) -> tuple[Layout, ...]:
    """Return the layouts of a kind, in the order in which they are tried."""
    return tuple(_layout(entry) for entry in _document()["layout"] if entry["kind"] == kind)


def words_of(kind: Kind) -> Mapping[str, str]:
    """Return how each column of a kind is called in messages, proposals and mappings."""
    words: Mapping[str, str] = _document()["words"][kind]
    return words


def hints() -> Mapping[str, list[str]]:
    """Return what a heading may hold that is perhaps the column."""
    found: Mapping[str, list[str]] = _document()["hints"]
    return found


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(LAYOUT_FILE.read_text(encoding="utf-8"))


def _layout(entry: Mapping[str, Any]) -> Layout:
    return Layout(
        id=entry["id"],
        kind=Kind(entry["kind"]),
        title=entry["title"],
        marks=frozenset(map(normal, entry.get("marks", ()))),
        without=frozenset(map(normal, entry.get("without", ()))),
        required=tuple(entry.get("required", ())),
        needs_one_of=tuple(entry.get("needs_one_of", ())),
        columns=_normal(entry.get("columns", {})),
        joined=_normal(entry.get("joined", {})),
        constants=entry.get("constants", {}),
        contacts=frozenset(map(normal, entry.get("contacts", ()))),
        refused=entry.get("refused", ""),
        mend=entry.get("mend", ""),
    )


def _normal(columns: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(normal, headings)) for name, headings in columns.items()}
