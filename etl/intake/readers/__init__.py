"""Any file that can hold a list → one `Sheet` of text. The reader is chosen by what the bytes are, not by the name."""

from collections.abc import Callable, Mapping

from etl.intake.content import Content, content_of, refuse_unless_table
from etl.intake.guard import Material
from etl.intake.readers.delimited import read_delimited
from etl.intake.readers.geojson import read_points
from etl.intake.readers.heading import HeadingNotFoundError, IsHeading
from etl.intake.readers.parquet import read_parquet
from etl.intake.readers.xlsx import read_workbook
from etl.intake.sheet import Sheet

__all__ = ["HeadingNotFoundError", "IsHeading", "read_sheet"]

_READERS: Mapping[Content, Callable[[Material, IsHeading, int], Sheet]] = {
    Content.CSV: read_delimited,
    Content.JSON: read_points,
    Content.PARQUET: read_parquet,
    Content.XLSX: read_workbook,
}


def read_sheet(material: Material, *, is_heading: IsHeading, most_rows: int) -> Sheet:
    """Return the table of a file; `is_heading` is asked of the first `HEADING_ROWS` rows (of every sheet of a workbook).

    Raises:
        HeadingNotFoundError: no row is the heading; the error carries the first rows.
        RejectedError: the content is no table, is damaged, or is too much of anything.
    """
    content = content_of(material)
    refuse_unless_table(content)
    return _READERS[content](material, is_heading, most_rows)
