"""Which partners a choice leaves: for each filter the matching ones and those of which no source says.

A filter on what only one kind of partner has (kind and state of a place, theme of a grant) leaves that kind alone. Whom a partner
is for and how new its source is can be asked of all three; where no source says, the partner is unknown, which is not "no".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dashboard.closed_lists import Offer

Truths = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

ASKED = ("place_kind", "target", "theme", "newer")
"""Filters whose answer may be unknown. The state of a place is always stated."""
UNKNOWN = 0
"""What an attribute holds where no source says; values count from 1."""


class Choice(Protocol):
    """What of `offers.Wanted` the filters read."""

    @property
    def place_kind(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def place_status(self) -> str: ...
    @property
    def newer(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values of the attributes in the order in which they are numbered."""

    place_kinds: tuple[str, ...]
    targets: tuple[str, ...]
    themes: tuple[str, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is known of partners of one kind, in arrays of one length; `UNKNOWN` where no source says.

    `target` has one bit for each group, `newest` is the calendar year of the source.
    """

    offer: Offer
    place_kind: Numbers
    target: Numbers
    theme: Numbers
    place_status: Numbers
    newest: Numbers

    def unknown(self) -> Mapping[str, Truths]:
        """Return for each filter that can be asked of this kind of partner where its answer is unknown."""
        columns = {"target": self.target, "newer": self.newest}
        if self.offer is Offer.PLACE:
            columns["place_kind"] = self.place_kind
        if self.offer is Offer.GRANTEE:
            columns["theme"] = self.theme
        return {name: values == UNKNOWN for name, values in columns.items()}

    def fitting(self, choice: Choice, words: Vocabulary) -> Truths:
        """Return where every filter is met or its answer is unknown."""
        kept = np.ones(len(self.target), bool)
        for is_met in self._answers(choice, words):
            kept &= is_met
        return kept

    def known(self, choice: Choice) -> Truths:
        """Return where no filter that was chosen has an unknown answer."""
        kept = np.ones(len(self.target), bool)
        for name, is_unknown in self.unknown().items():
            if getattr(choice, name):
                kept &= ~is_unknown
        return kept

    def _answers(self, choice: Choice, words: Vocabulary) -> Iterable[Truths]:
        nowhere = np.zeros(len(self.target), bool)
        if choice.place_kind:
            yield self._equal(self.place_kind, words.place_kinds, choice.place_kind, Offer.PLACE)
        if choice.place_status:
            number = words.statuses.index(choice.place_status) + 1
            yield self.place_status == number if self.offer is Offer.PLACE else nowhere
        if choice.theme:
            yield self._equal(self.theme, words.themes, choice.theme, Offer.GRANTEE)
        if choice.target:
            bit = 1 << words.targets.index(choice.target)
            yield (self.target == UNKNOWN) | (self.target & bit > 0)
        if choice.newer:
            yield (self.newest == UNKNOWN) | (self.newest >= int(choice.newer))

    def _equal(self, values: Numbers, words: tuple[str, ...], word: str, offer: Offer) -> Truths:
        if self.offer is not offer:
            return np.zeros(len(values), bool)
        return np.isin(values, [UNKNOWN, words.index(word) + 1])
