"""Numbers of places and users by local government: checked, never taken in (head counts are not published)."""

import re
import unicodedata

import pyarrow as pa

from etl.intake.cleaning import encoded
from etl.intake.context import Context
from etl.intake.duplicates import combined, count_once, disagreeing, groups_of, hold_all, numbered, parted
from etl.intake.facts import FACTS, Kind
from etl.intake.kinds.area import read_areas
from etl.intake.kinds.year import read_fiscal_years
from etl.intake.privacy import told
from etl.intake.records import Records

TAKEN = ("prefecture", "municipality", "code", "places", "users")
_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.0+)?(?:人|名|件|か所|箇所|カ所|ヶ所)?")
_CONFLICT = (
    "{rows}行目と、同じ年度・同じ団体で数が食い違います",
    "どちらが正しいかを確かめ、一方を消してください",
)


def read(records: Records, context: Context) -> pa.Table:
    """Return the facts of all rows; the ledger says which of them are right."""
    records.skip_empty(TAKEN, "空の行のため読み飛ばしました")
    years = read_fiscal_years(records, is_required=True)
    named = read_areas(records, context, may_be_prefecture=True)
    numbers = [_numbers(records, name) for name in ("places", "users")]
    key = combined([numbered(named.codes), numbered(years)])
    groups = groups_of(key, records.ledger.loaded())
    conflict = disagreeing(groups, combined([numbered(each) for each in numbers]))
    hold_all(records.ledger, groups, conflict, (records.heading("users"), *_CONFLICT))
    count_once(records.ledger, parted(groups, ~conflict), records.richness())
    columns = [
        pa.array(records.sheet.rows, pa.int32()),
        years,
        *(records.text(name) for name in ("prefecture", "municipality")),
        named.codes,
        *numbers,
    ]
    return pa.Table.from_arrays(columns, schema=FACTS[Kind.COUNTS])


def whole_number(printed: str) -> int | None:
    """Return a printed count, or None.

    >>> whole_number("1,234"), whole_number("１２人"), whole_number("-1"), whole_number("約10")
    (1234, 12, None, None)
    """
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", printed).strip())
    return int(found[1].replace(",", "")) if found else None


def _numbers(records: Records, name: str) -> pa.Int64Array:
    """The numbers of a column; an empty cell is unknown, never 0."""
    texts, places = encoded(records.text(name))
    read = [whole_number(text) for text in texts]
    heading = records.heading(name)
    for index, place in enumerate(places.tolist()):
        text, number = texts[place], read[place]
        if not text:
            continue
        if number is None:
            problem = f"0以上の整数ではありません（{told(text)}）"
            records.ledger.hold(index, heading, problem, "数字だけで書いてください")
        elif text != str(number):
            before = records.raw(name, index)
            records.ledger.repair(
                index, heading, "数の書き方をそろえました", before=before, after=str(number)
            )
    return pa.array([read[place] for place in places.tolist()], pa.int64())
