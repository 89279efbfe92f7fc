"""Lists of sources: addresses that are read again later. One wrong address or path refuses the whole list."""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.context import Context
from etl.intake.duplicates import combined, count_once, disagreeing, groups_of, numbered, parted
from etl.intake.facts import FACTS, Kind
from etl.intake.links import (
    HASH_MEND,
    HASH_PROBLEM,
    PATH_MEND,
    PATH_PROBLEM,
    SOURCE_MEND,
    SOURCE_PROBLEM,
    is_inside,
    is_listed,
    is_sha256,
)  # fmt: skip
from etl.intake.records import Records
from etl.intake.report import RejectedError

Rule = tuple[Callable[[str], bool], str, str]
RULES: Mapping[str, Rule] = {
    "id": (bool, "idが空です", "資料ごとに違うidを書いてください"),
    "url": (is_listed, SOURCE_PROBLEM, SOURCE_MEND),
    "path": (is_inside, PATH_PROBLEM, PATH_MEND),
    "sha256": (is_sha256, HASH_PROBLEM, HASH_MEND),
}


def read(records: Records, context: Context) -> pa.Table:
    """Return the facts of all rows.

    Raises:
        RejectedError: an address, path or hash may not be used, a file is not the one that the list means, or an id means two
            things; the first row is named.
    """
    records.skip_empty(tuple(RULES), "空の行のため読み飛ばしました")
    if len(held := records.ledger.held()):
        first = next(message for message in records.ledger.messages if message.mend)
        raise RejectedError(
            first.problem, first.mend, row=int(records.ledger.rows[held[0]]), column=first.column
        )
    for index in records.ledger.loaded().tolist():
        _refuse_wrong(records, index, context)
    _judge_repeats(records)
    columns = [
        pa.array(records.sheet.rows, pa.int32()),
        *(records.text(name) for name in ("id", "title", "url", "path")),
        pc.utf8_lower(records.text("sha256")),
    ]
    return pa.Table.from_arrays(columns, schema=FACTS[Kind.SOURCES])


def _refuse_wrong(records: Records, index: int, context: Context) -> None:
    row = int(records.ledger.rows[index])
    cells = {name: records.text(name)[index].as_py() for name in RULES}
    for name, (is_right, problem, mend) in RULES.items():
        if not is_right(cells[name]):
            raise RejectedError(problem, mend, row=row, column=records.heading(name))
    if context.hash_of(cells["path"]) not in ("", cells["sha256"].lower()):
        problem = "データフォルダにあるファイルの内容が、この sha256 と違います"
        mend = "ファイルを取り直すか、sha256 を計算し直してください"
        raise RejectedError(problem, mend, row=row, column=records.heading("sha256"))


def _judge_repeats(records: Records) -> None:
    groups = groups_of(numbered(records.text("id")), records.ledger.loaded())
    conflict = disagreeing(
        groups, combined([numbered(records.text(name)) for name in ("url", "path", "sha256")])
    )
    if conflict.any():
        first = groups.members[groups.starts[np.flatnonzero(conflict)[0]]]
        name = records.text("id")[int(first)].as_py()
        problem = f"id「{name}」が違う資料に2回使われています"
        row = int(records.ledger.rows[first])
        raise RejectedError(
            problem, "資料ごとに違うidを書いてください", row=row, column=records.heading("id")
        )
    count_once(records.ledger, parted(groups, ~conflict), records.richness("title"))
