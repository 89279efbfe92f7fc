"""The fiscal year of each row: as printed, or as the person says who hands the file in."""

import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.privacy import told
from etl.intake.records import Records
from etl.intake.years import EMPTY, MEND, PROBLEM, UNREAD, read_years


def read_fiscal_years(records: Records, *, is_required: bool) -> pa.Int32Array:
    """Return the fiscal years (null where there is none), log those not printed as 2022, hold back those that cannot be read.

    A cell that is empty takes the year that was given for the file. Where a year is not required (places), a column without any
    year is no fault, and neither is no column.
    """
    given = records.options.fiscal_year
    printed = records.text("year")
    nothing = pc.equal(printed, "")
    if given is not None:
        printed = pc.if_else(nothing, str(given), printed)
    elif not is_required and pc.all(nothing).as_py():
        return pa.nulls(len(records), pa.int32())
    years, heading = read_years(printed), records.heading("year")
    for index in years.unread.tolist():
        before = printed[index].as_py()
        problem = f"{PROBLEM}（{told(before)}）" if before else EMPTY
        records.ledger.hold(index, heading, problem, MEND)
    befores, afters = records.raws("year", years.changed), years.values[years.changed].tolist()
    for index, before, after in zip(years.changed.tolist(), befores, afters, strict=True):
        records.ledger.repair(index, heading, "年度を西暦にしました", before=before, after=str(after))
    return pa.array(years.values, pa.int32(), mask=years.values == UNREAD)
