"""What can go wrong in a build: one base for all of it, and the error that lists every fault of the curated tables."""

from collections.abc import Sequence
from dataclasses import dataclass


class BuildError(RuntimeError):
    """There is no usable build, or none could be made. The message is for users: Japanese, and says what to do."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend. `row` is counted as a spreadsheet counts it (the header is row 1; 0 = the whole file)."""

    file: str
    row: int
    column: str
    problem: str
    mend: str

    def __str__(self) -> str:
        """Return one line in Japanese: where, what, how to mend."""
        place = self.file + (f" {self.row}行目" if self.row else "")
        if self.column:
            place += f"「{self.column}」列"
        return f"{place}: {self.problem} → {self.mend}"


class CuratedTableError(BuildError):
    """The curated tables have faults: all of them, in the order of file and row."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, each once, sorted; the message shows all of them."""
        self.faults = tuple(sorted(set(faults)))
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"データの表に{len(self.faults)}件の誤りがあります。\n{lines}")
