"""One table of text, whatever file it came from: columns as printed, and where each record stands in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from etl.intake.report import Indices, Message


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that a reader could not give a text for: a formula without a stored value, an error such as #N/A, a NUL."""

    index: int
    column: str
    problem: str
    mend: str


@dataclass(frozen=True, slots=True)
class Fill:
    """A cell that a reader filled from a merged cell."""

    index: int
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A heading and its records.

    `columns` maps each heading as printed (cleaned of BOM, line breaks and outer spaces) to one text per record; an empty cell is
    "". `rows` are the row numbers as a spreadsheet counts them (the heading of a plain file is row 1; where cells hold line
    breaks: record number + 1; GeoJSON: the feature's number from 1). All columns and `rows` have the same length, and rows that
    are wholly empty are left out and counted in `empty_rows`.
    """

    columns: Mapping[str, pa.StringArray]
    rows: Indices
    faults: tuple[CellFault, ...] = ()
    fills: tuple[Fill, ...] = ()
    messages: tuple[Message, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was recognised: encoding, separator, sheet, heading_row."""

    def __len__(self) -> int:
        return len(self.rows)
