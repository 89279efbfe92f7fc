"""What a checked file hands on: typed facts of its kind, and the rows that are held back with their raw text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyarrow as pa

from etl.intake.report import RejectedError, Report


class Kind(StrEnum):
    """Kinds of files. Counts and PDFs can be checked only: head counts are not taken in, a PDF's rows are for review."""

    PLATFORMS = "platforms"
    GRANTEES = "grantees"
    PLACES = "places"
    SOURCES = "sources"
    BOUNDARIES = "boundaries"
    COUNTS = "counts"
    PDF = "pdf"


ROW = pa.field("row", pa.int32())
"""Row number as a spreadsheet counts it: with the file it is the fact's locator."""
BODY = (
    pa.field("prefecture_printed", pa.string()),
    pa.field("name_printed", pa.string()),
    pa.field("code", pa.string()),
)
"""`code` has five digits; of a prefecture where the row names no municipality."""

FACTS: Mapping[Kind, pa.Schema] = {
    Kind.PLATFORMS: pa.schema(
        [
            ROW,
            pa.field("fiscal_year", pa.int32()),
            pa.field("year_printed", pa.string()),
            *BODY,
            pa.field("status_printed", pa.string()),
            pa.field("note", pa.string()),
        ]
    ),
    Kind.GRANTEES: pa.schema(
        [
            ROW,
            pa.field("fiscal_year", pa.int32()),
            pa.field("number_printed", pa.string()),
            pa.field("organisation", pa.string()),
            pa.field("title", pa.string()),
            *BODY,
            pa.field("areas_printed", pa.string()),
            pa.field("scope", pa.string()),
            pa.field("area_codes", pa.list_(pa.string())),
            pa.field("url", pa.string()),
        ]
    ),
    Kind.PLACES: pa.schema(
        [
            ROW,
            pa.field("fiscal_year", pa.int32()),
            pa.field("name", pa.string()),
            pa.field("kind", pa.string()),
            pa.field("operator", pa.string()),
            *BODY,
            pa.field("ward_code", pa.string()),
            pa.field("address", pa.string()),
            pa.field("lat", pa.float64()),
            pa.field("lon", pa.float64()),
            pa.field("target_groups", pa.string()),
            pa.field("schedule", pa.string()),
            pa.field("url", pa.string()),
        ]
    ),
    Kind.SOURCES: pa.schema(
        [
            ROW,
            pa.field("source_id", pa.string()),
            pa.field("title", pa.string()),
            pa.field("url", pa.string()),
            pa.field("path", pa.string()),
            pa.field("sha256", pa.string()),
        ]
    ),
    Kind.COUNTS: pa.schema(
        [
            ROW,
            pa.field("fiscal_year", pa.int32()),
            *BODY,
            pa.field("places", pa.int64()),
            pa.field("users", pa.int64()),
        ]
    ),
}

HELD = pa.schema(
    [
        ROW,
        pa.field("column", pa.string()),
        pa.field("problem", pa.string()),
        pa.field("mend", pa.string()),
        pa.field("cells", pa.string()),
    ]
)
"""One row per record in quarantine: its first fault, and `cells`, a JSON object of every printed heading and raw text (personal
data masked)."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who hands a file in says about it."""

    fiscal_year: int | None = None
    """For files without a 年度 column (lists of places have none)."""
    default_municipality: str = ""
    """Name or code, for files whose rows name no municipality at all."""
    on: date | None = None
    """Day of the document: names borne on that day count."""
    mapping: Mapping[str, str] | None = None
    """Own layout, confirmed once: canonical column → heading as printed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file: its account, its facts (empty after a rejection), and the rows held back."""

    report: Report
    facts: pa.Table
    held: pa.Table


def rejected(
    name: str, kind: Kind, fault: RejectedError, recognised: Mapping[str, str] | None = None
) -> Checked:
    """Return the account of a file of which nothing is taken."""
    schema = FACTS.get(kind, pa.schema([]))
    report = Report.rejected(name, kind, fault, recognised)
    return Checked(report, schema.empty_table(), HELD.empty_table())
