"""The records of one sheet under the layout that fits: clean text by the meaning of its column, and every row's fate."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.cleaning import blank, seen, trimmed, whole, with_lost, with_nul, with_unseen
from etl.intake.facts import Options
from etl.intake.headings import Columns
from etl.intake.layouts import normal
from etl.intake.privacy import MEND as PRIVACY_MEND
from etl.intake.privacy import personal_cells, personal_numbers
from etl.intake.report import Indices, Ledger, RejectedError
from etl.intake.sheet import Sheet

NUL_PROBLEM = "NUL文字（壊れたデータの印）があります"
NUL_MEND = "元のファイルを確かめて渡し直してください"
LOST_PROBLEM = "文字が失われています（文字化け）"
LOST_MEND = "文字化けする前の元のファイルを渡してください"
NUMBERS = ("lat", "lon", "places", "users")
"""Columns of numbers: their digits are looked at as a telephone number only as a whole."""


class Records:
    """What the kinds read from. Rows are spoken of by their index; `ledger` keeps their fates."""

    def __init__(self, sheet: Sheet, columns: Columns, options: Options) -> None:
        """Clean every column that is taken in, and judge what can be judged without knowing the kind.

        Raises:
            RejectedError: the sheet has no records.
        """
        if not len(sheet):
            raise no_rows()
        self.sheet, self.columns, self.options = sheet, columns, options
        self.ledger = Ledger(sheet.rows)
        self.ledger.messages.extend(sheet.messages)
        self.private_rows: set[int] = set()
        headings = {*columns.printed.values(), *(part for parts in columns.joined.values() for part in parts)}
        self._raw = {
            heading: whole(sheet.columns[heading]) for heading in sheet.columns if heading in headings
        }
        self._clean = {heading: trimmed(column) for heading, column in self._raw.items()}
        self._skip_repeated_headings()
        self._hold_faults()
        unseen = self._remove_unseen()
        self._hold_personal_data()
        self._log(unseen)

    def __len__(self) -> int:
        return len(self.sheet)

    def has(self, name: str) -> bool:
        """Whether the file has this column."""
        return name in self.columns.printed or name in self.columns.joined

    def heading(self, *names: str) -> str:
        """Return the printed heading of the first of these columns that the file has."""
        return self.columns.heading(*names)

    def text(self, name: str) -> pa.StringArray:
        """Return the clean text of a column; of a joined one its parts with a space between; "" where there is none."""
        if name in self.columns.printed:
            return self._clean[self.columns.printed[name]]
        if parts := self.columns.joined.get(name):
            text = pc.binary_join_element_wise(*(self._clean[each] for each in parts), " ")
            return trimmed(pc.replace_substring_regex(text, " {2,}", " "))
        return blank(len(self), self.columns.layout.constants.get(name, ""))

    def raw(self, name: str, index: int) -> str:
        """Return one cell as it stands in the file."""
        heading = self.columns.printed.get(name)
        text: str = self._raw[heading][index].as_py() if heading is not None else ""
        return text

    def raws(self, name: str, indices: Indices) -> list[str]:
        """Return some cells of a column as they stand in the file."""
        heading = self.columns.printed.get(name)
        return (
            self._raw[heading].take(pa.array(indices)).to_pylist()
            if heading is not None
            else [""] * len(indices)
        )

    def richness(self, *names: str) -> Indices:
        """Return how many of these columns each row has a value for."""
        total = np.zeros(len(self), np.int64)
        for name in names:
            total += pc.not_equal(self.text(name), "").to_numpy(zero_copy_only=False)
        return total

    def skip_empty(self, names: Iterable[str], problem: str) -> None:
        """Skip the rows in which all of these columns are empty.

        Raises:
            RejectedError: nothing but such rows is there.
        """
        empty = np.ones(len(self), np.bool_)
        for name in names:
            empty &= pc.equal(self.text(name), "").to_numpy(zero_copy_only=False)
        for index in np.flatnonzero(empty).tolist():
            self.ledger.skip(index, problem)
        if not np.any(self.ledger.fates == 0) and not len(self.ledger.held()):
            raise no_rows()

    def hold_empty(self, name: str) -> None:
        """Hold the rows back in which a column is empty that every record must have."""
        for index in np.flatnonzero(pc.equal(self.text(name), "").to_numpy(zero_copy_only=False)).tolist():
            heading = self.heading(name)
            self.ledger.hold(index, heading, f"{heading}が空です", f"{heading}を書いてください")

    def _skip_repeated_headings(self) -> None:
        """Two files joined: a row that says its own headings in every column that is taken in."""
        headings = list(self.columns.printed.values())
        if len(headings) < 2:
            return
        rows = np.arange(len(self))
        for heading in headings:
            column = self._clean[heading]
            column = column if len(rows) == len(self) else column.take(pa.array(rows))
            rows = rows[pc.ends_with(column, heading.strip()[-1]).to_numpy(zero_copy_only=False)]
        # The second file may begin with a mark of its own, and a heading may be printed over several lines.
        for index in rows.tolist():
            if all(normal(self._clean[heading][index].as_py()) == normal(heading) for heading in headings):
                self.ledger.skip(index, "見出しの行の繰り返しのため読み飛ばしました")

    def _hold_faults(self) -> None:
        """What the reader could not read, NUL in any column, and characters lost in a column that is taken in."""
        for fault in self.sheet.faults:
            if fault.column in self._raw or fault.column not in self.sheet.columns:
                self.ledger.hold(fault.index, fault.column, fault.problem, fault.mend)
        told = {(fault.index, fault.column) for fault in self.sheet.faults}
        for heading, column in self.sheet.columns.items():
            for index in with_nul(whole(column)).tolist():
                if (index, heading) not in told:
                    self.ledger.hold(index, heading, NUL_PROBLEM, NUL_MEND)
        for heading, column in self._raw.items():
            for index in with_lost(column).tolist():
                self.ledger.hold(index, heading, LOST_PROBLEM, LOST_MEND)

    def _remove_unseen(self) -> Mapping[str, Indices]:
        """Take invisible signs out of every column that is taken in; the cells are logged after the look for personal data."""
        found = {heading: with_unseen(column) for heading, column in self._raw.items()}
        for heading, indices in found.items():
            if len(indices):
                self._clean[heading] = seen(self._raw[heading])
        return found

    def _hold_personal_data(self) -> None:
        numbers = {self.columns.printed.get(name) for name in NUMBERS}
        addresses = {self.columns.printed.get("url")}
        for heading, column in self._clean.items():
            if heading in addresses:
                continue
            hits = personal_numbers(column) if heading in numbers else personal_cells(column)
            for problem, indices in hits.items():
                self.private_rows.update(self.ledger.rows[indices].tolist())
                for index in indices.tolist():
                    self.ledger.hold(index, heading, problem, PRIVACY_MEND)

    def _log(self, unseen: Mapping[str, Indices]) -> None:
        for heading, indices in unseen.items():
            raw, clean = self._raw[heading], self._clean[heading]
            for index in indices.tolist():
                before, after = raw[index].as_py(), clean[index].as_py()
                self.ledger.repair(index, heading, "見えない文字を取り除きました", before=before, after=after)
        for fill in self.sheet.fills:
            if fill.column in self._raw:
                problem = "結合されたセルの値を入れました"
                self.ledger.repair(fill.index, fill.column, problem, before="", after=fill.value)


def no_rows() -> RejectedError:
    """Return the rejection of an empty list: it must never wipe what is there."""
    return RejectedError(
        "データの行がありません",
        "一覧が空でないことを確かめてください。これまでのデータはそのまま残ります",
    )
