"""What became of a file: its outcome, every row's fate, and one message for each thing that was mended or must be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import numpy as np
import numpy.typing as npt

from etl.intake.limits import MESSAGES_TOLD

WHOLE_FILE = 0
"""Row number of a message about the file as a whole."""
WHOLE_ROW = "*"
"""Column of a message about a row as a whole."""

Indices = npt.NDArray[np.int64]


class Outcome(StrEnum):
    """What a check comes to, from best to worst."""

    ACCEPT = "accept"
    REPAIR = "repair"
    QUARANTINE = "quarantine"
    REJECT = "reject"


class Fate(IntEnum):
    """Where a row goes. A row has one fate: the first that is given to it."""

    LOADED = 0
    QUARANTINED = 1
    DUPLICATE = 2
    SKIPPED = 3


# Plain numbers for the loops over a million rows: Python 3.11 looks up the member of an enum slowly.
_LOADED, _QUARANTINED, _DUPLICATE, _SKIPPED = map(int, Fate)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that was mended or must be, in Japanese.

    `row` is counted as a spreadsheet counts it (`WHOLE_FILE` for the file), `column` is the heading as printed. `before` and
    `after` are set where a value was changed; both are empty where the cell may not be repeated (personal data).
    """

    row: int
    column: str
    problem: str
    mend: str = ""
    before: str = ""
    after: str = ""

    def line(self, file: str) -> str:
        """Return one line: file, row, column, what is wrong or was changed, and the mend."""
        place = file + (f" {self.row}行目" if self.row else "")
        if self.column and self.column != WHOLE_ROW:
            place += f"「{self.column}」列"
        change = f"（{self.before or '空'} → {self.after or '空'}）" if self.before or self.after else ""
        return visible(f"{place}: {self.problem}{change}" + (f" → {self.mend}" if self.mend else ""))


def visible(text: str) -> str:
    """Return a text on one line: what nobody sees (line breaks, marks of direction, zero-width signs) is written as its number.

    >>> visible("a\\nb\\u202ec　d")
    'a\\\\u000ab\\\\u202ec　d'
    """
    if text.replace("\u3000", "").isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\u3000" else f"\\u{ord(sign):04x}" for sign in text)


class RejectedError(Exception):
    """Nothing of the file can be taken; the message says why and what to do.

    `headings` are those that were read, where a person can say what they mean and hand the file in again.
    """

    def __init__(
        self,
        problem: str,
        mend: str,
        *,
        row: int = WHOLE_FILE,
        column: str = "",
        headings: tuple[str, ...] = (),
    ) -> None:
        """Keep the one message of a rejected file."""
        self.message = Message(row, column, problem, mend)
        self.headings = headings
        super().__init__(f"{problem} → {mend}")


@dataclass(slots=True)
class Ledger:
    """The fates of a file's rows, and the messages on the way.

    `rows` are the row numbers as a spreadsheet counts them, one per record; rows are spoken of by their index in it.
    """

    rows: Indices
    fates: npt.NDArray[np.uint8] = field(init=False)
    repaired: npt.NDArray[np.bool_] = field(init=False)
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with every row loaded and unchanged."""
        self.fates = np.zeros(len(self.rows), np.uint8)
        self.repaired = np.zeros(len(self.rows), np.bool_)

    def repair(self, index: int, column: str, problem: str, *, before: str, after: str) -> None:
        """Log one changed cell of a row that is still to be loaded."""
        if self.fates[index] == _LOADED:
            self.repaired[index] = True
            self.messages.append(Message(int(self.rows[index]), column, problem, "", before, after))

    def hold(self, index: int, column: str, problem: str, mend: str) -> None:
        """Put a row into quarantine; further faults of a row held already are told as well."""
        if self.fates[index] in (_LOADED, _QUARANTINED):
            self.fates[index] = _QUARANTINED
            self.messages.append(Message(int(self.rows[index]), column, problem, mend))

    def count_once(self, index: int, first: int) -> None:
        """Mark a row as saying the same as the row at `first`."""
        if self.fates[index] == _LOADED:
            self.fates[index] = _DUPLICATE
            problem = f"{self.rows[first]}行目と同じ内容のため、1回だけ数えます"
            self.messages.append(Message(int(self.rows[index]), WHOLE_ROW, problem))

    def skip(self, index: int, problem: str) -> None:
        """Leave out a row that is knowingly no record (an empty row, a heading repeated, 所属未定地)."""
        if self.fates[index] == _LOADED:
            self.fates[index] = _SKIPPED
            self.messages.append(Message(int(self.rows[index]), WHOLE_ROW, problem))

    def note(self, index: int, column: str, problem: str) -> None:
        """Tell something of a row that changes neither it nor its fate (a point on the border, a place without a point)."""
        self.messages.append(Message(int(self.rows[index]), column, problem))

    def loaded(self) -> Indices:
        """Return the indices of the rows to load, in file order."""
        return np.flatnonzero(self.fates == Fate.LOADED)

    def held(self) -> Indices:
        """Return the indices of the rows in quarantine, in file order."""
        return np.flatnonzero(self.fates == Fate.QUARANTINED)

    def count(self, fate: Fate) -> int:
        """Return how many rows have a fate."""
        return int(np.count_nonzero(self.fates == fate))


@dataclass(frozen=True, slots=True)
class Report:
    """The account of one file. `rows = loaded + quarantined + duplicates + skipped`; repaired rows are part of loaded."""

    file: str
    kind: str
    outcome: Outcome
    rows: int = 0
    loaded: int = 0
    repaired: int = 0
    quarantined: int = 0
    duplicates: int = 0
    skipped: int = 0
    messages: tuple[Message, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was recognised: encoding, layout, sheet, heading_row, separator, sha256, …"""

    @property
    def is_usable(self) -> bool:
        """Whether anything of the file may be taken in."""
        return self.outcome is not Outcome.REJECT

    @classmethod
    def of(cls, file: str, kind: str, ledger: Ledger, facts: Mapping[str, str]) -> "Report":
        """Return the account of a ledger."""
        repaired = int(np.count_nonzero(ledger.repaired & (ledger.fates == Fate.LOADED)))
        held, twice, skipped = (
            ledger.count(fate) for fate in (Fate.QUARANTINED, Fate.DUPLICATE, Fate.SKIPPED)
        )
        outcome = (
            Outcome.QUARANTINE if held else Outcome.REPAIR if repaired or twice or skipped else Outcome.ACCEPT
        )
        messages = tuple(sorted(ledger.messages, key=lambda message: message.row))
        rows, loaded = len(ledger.rows), ledger.count(Fate.LOADED)
        return cls(file, kind, outcome, rows, loaded, repaired, held, twice, skipped, messages, facts)

    @classmethod
    def rejected(
        cls, file: str, kind: str, fault: RejectedError, facts: Mapping[str, str] | None = None
    ) -> "Report":
        """Return the account of a file of which nothing is taken."""
        return cls(file, kind, Outcome.REJECT, messages=(fault.message,), facts=facts or {})

    def json(self) -> dict[str, object]:
        """Return the report for `--json` and the page."""
        told = [
            {
                "row": message.row,
                "column": message.column,
                "problem": message.problem,
                "mend": message.mend,
                "before": message.before,
                "after": message.after,
            }
            for message in self.messages
        ]
        counts = {name: getattr(self, name) for name in COUNTS}
        return {
            "file": self.file,
            "kind": self.kind,
            "outcome": str(self.outcome),
            **counts,
            "messages": told,
            **self.facts,
        }

    def lines(self, most: int = MESSAGES_TOLD) -> Iterable[str]:
        """Yield the report as lines for a terminal: the account first, then up to `most` messages, then how many are left."""
        yield f"{self.file}: {OUTCOME_WORDS[self.outcome]}" + (
            f"（{self._account()}）" if self.is_usable else ""
        )
        yield from (message.line(self.file) for message in self.messages[:most])
        if len(self.messages) > most:
            yield f"ほか {len(self.messages) - most:,}件。--json ですべて表示します。"

    def _account(self) -> str:
        return (
            f"{self.rows:,}行 = 取り込み {self.loaded:,}（うち補正 {self.repaired:,}） + 保留 {self.quarantined:,}"
            f" + 重複 {self.duplicates:,} + 対象外 {self.skipped:,}"
        )


COUNTS = ("rows", "loaded", "repaired", "quarantined", "duplicates", "skipped")
OUTCOME_WORDS = {
    Outcome.ACCEPT: "そのまま取り込めます",
    Outcome.REPAIR: "補正して取り込めます",
    Outcome.QUARANTINE: "一部の行を保留して取り込めます",
    Outcome.REJECT: "取り込めません",
}
