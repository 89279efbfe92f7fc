"""The row of headings: cleaned as they are printed, named apart, and told from the title rows above it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import count

from etl.intake.limits import COLUMNS
from etl.intake.report import RejectedError

IsHeading = Callable[[Sequence[str]], bool]
"""Whether a row of cells is the heading that is sought."""

_SHOWN_CELLS = 60
_SHOWN_CHARACTERS = 60
# U+FEFF: a second mark inside the first heading; U+200B: left behind by web pages.
_UNSEEN = str.maketrans("", "", "\ufeff\u200b")


class HeadingNotFoundError(RejectedError):
    """None of the first rows is the heading that is sought; `first_rows` are those that were read, cut to a readable size."""

    def __init__(self, first_rows: Iterable[Sequence[str]]) -> None:
        """Keep the rows for a better message, and name the longest of them."""
        self.first_rows = [[cell[:_SHOWN_CHARACTERS] for cell in row[:_SHOWN_CELLS]] for row in first_rows]
        widest = max(self.first_rows, key=_filled, default=[])
        told = "、".join(filter(None, widest))
        super().__init__(
            f"見出しが見つかりません。読めた見出し: {told or '（なし）'}", "見出しの行を付けてください"
        )


def cleaned(cells: Iterable[str]) -> list[str]:
    """Return headings without marks, line breaks and outer spaces; a "?" left of the first is a mark that was lost.

    >>> cleaned(["?\\ufeff年度", " 都道\\n府県　"])
    ['年度', '都道府県']
    """
    found = ["".join(cell.translate(_UNSEEN).splitlines()).strip() for cell in cells]
    if found:
        found[0] = found[0].lstrip("?").strip()
    return found


def named_apart(cells: Sequence[str]) -> list[str]:
    """Return one name per column, each of them once: a repeat is numbered, a column without heading is called by its letter.

    >>> named_apart(["ID", "ID", ""])
    ['ID', 'ID（2）', '（C列）']
    """
    printed, used = set(cells), set[str]()
    names: list[str] = []
    for place, cell in enumerate(cells):
        base = cell or f"（{letters(place)}列）"
        possible = (f"{base}（{number}）" for number in count(2))
        name = base if base not in used else next(each for each in possible if each not in used | printed)
        used.add(name)
        names.append(name)
    return names


def letters(place: int) -> str:
    """Return a column's letters as a spreadsheet shows them.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    text = ""
    while place >= 0:
        text = chr(ord("A") + place % 26) + text
        place = place // 26 - 1
    return text


def refuse_wide(columns: int, row: int) -> None:
    """Raise a `RejectedError` if a row has more columns than are read."""
    if columns > COLUMNS:
        raise RejectedError(
            f"列が多すぎます（{columns:,}列、上限 {COLUMNS:,}列）", "必要な列だけにしてください", row=row
        )


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
