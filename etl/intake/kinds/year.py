"""The fiscal year of each row: as printed, or as the person says who hands the file in."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.privacy import told
from etl.intake.records import Records
from etl.intake.years import EMPTY, MEND, PROBLEM, TOO_LATE, UNREAD, next_fiscal_year, read_years


def read_fiscal_years(records: Records, *, is_required: bool) -> pa.Int32Array:
    """Return the fiscal years (null where there is none), log those not printed as 2022, hold back those unread or yet to come.

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
    latest = next_fiscal_year()
    for index in np.flatnonzero(years.values > latest).tolist():
        problem = f"{TOO_LATE}（{told(printed[index].as_py())}、{years.values[index]}年度）"
        mend = f"年度を資料で確かめてください（書けるのは{latest}年度まで）"
        records.ledger.hold(index, heading, problem, mend)
    befores, afters = records.raws("year", years.changed), years.values[years.changed].tolist()
    for index, before, after in zip(years.changed.tolist(), befores, afters, strict=True):
        records.ledger.repair(index, heading, "年度を西暦にしました", before=before, after=str(after))
    return pa.array(years.values, pa.int32(), mask=years.values == UNREAD)
