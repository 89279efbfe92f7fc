"""Lists of local governments with a platform: one row per local government and year."""

import pyarrow as pa

from etl.intake.context import Context
from etl.intake.duplicates import combined, count_once, groups_of, numbered
from etl.intake.facts import FACTS, Kind
from etl.intake.kinds.area import read_areas
from etl.intake.kinds.year import read_fiscal_years
from etl.intake.records import Records

TAKEN = ("year", "prefecture", "municipality", "code", "status", "note")


def read(records: Records, context: Context) -> pa.Table:
    """Return the facts of all rows; the ledger says which of them are to be loaded."""
    records.skip_empty(TAKEN, "空の行のため読み飛ばしました")
    years = read_fiscal_years(records, is_required=True)
    named = read_areas(records, context, may_be_prefecture=True)
    key = combined([numbered(named.codes), numbered(years)])
    groups = groups_of(key, records.ledger.loaded())
    count_once(records.ledger, groups, records.richness("status", "note"))
    columns = [
        pa.array(records.sheet.rows, pa.int32()),
        years,
        *(records.text(name) for name in ("year", "prefecture", "municipality")),
        named.codes,
        records.text("status"),
        records.text("note"),
    ]
    return pa.Table.from_arrays(columns, schema=FACTS[Kind.PLATFORMS])
