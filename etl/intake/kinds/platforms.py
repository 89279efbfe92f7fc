"""Lists of local governments with a platform: one row per local government and year."""

import re
import unicodedata

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.cleaning import encoded
from etl.intake.context import Context
from etl.intake.duplicates import (
    combined,
    count_once,
    disagreeing,
    groups_of,
    hold_all,
    key_text,
    numbered,
    parted,
)  # fmt: skip
from etl.intake.facts import FACTS, Kind
from etl.intake.kinds.area import read_areas
from etl.intake.kinds.year import read_fiscal_years
from etl.intake.privacy import told
from etl.intake.records import Records
from etl.intake.report import Indices

TAKEN = ("year", "prefecture", "municipality", "code", "status", "note")
# The build leaves these out as bodies that take no part: the macro says_absent in etl/sql/09_imported_participation.sql.
_ABSENT = re.compile(r"参画の確認なし|参画なし|不参加|未参加|取組なし|該当なし|^(?:なし|無|無し|-|－|×)$")
# Neither "takes part" nor "takes no part" for certain. Whatever else a list prints (市区町村, ○, 連携) stands there because the
# body is listed, so it would count as taking part.
_UNCERTAIN = re.compile(
    r"検討|予定|見込|調整中|未(?!来)|不明|辞退|終了|中止|廃止|休止|解散|脱退|取りやめ|取り止め|取下|見送"
    r"|ない|なし|無し|せず|不参画|[?△]|^[-‐‑–—―−ーx✕✖╳✗/・]+$",
    re.IGNORECASE,
)
_UNCERTAIN_MEND = "新規・継続・再参加・参加・参画の確認なし のどれかを書いてください"
_CONFLICT = (
    "{rows}行目と、同じ年度・同じ団体で区分が食い違います",
    "どちらが正しいかを確かめ、一方を消してください",
)


def read(records: Records, context: Context) -> pa.Table:
    """Return the facts of all rows; the ledger says which of them are to be loaded."""
    records.skip_empty(TAKEN, "空の行のため読み飛ばしました")
    years = read_fiscal_years(records, is_required=True)
    named = read_areas(records, context, may_be_prefecture=True)
    _hold_uncertain(records)
    _judge_repeats(records, combined([numbered(named.codes), numbered(years)]))
    columns = [
        pa.array(records.sheet.rows, pa.int32()),
        years,
        *(records.text(name) for name in ("year", "prefecture", "municipality")),
        named.codes,
        records.text("status"),
        records.text("note"),
    ]
    return pa.Table.from_arrays(columns, schema=FACTS[Kind.PLATFORMS])


def says_whether(status: str) -> bool:
    """Whether a printed 区分 (or none) leaves no doubt about taking part or not.

    >>> [says_whether(text) for text in ("新規", "", "参画の確認なし", "検討中", "設置予定", "―")]
    [True, True, True, False, False, False]
    """
    if _ABSENT.search(status):
        return True
    return _UNCERTAIN.search(unicodedata.normalize("NFKC", status)) is None


def _hold_uncertain(records: Records) -> None:
    """Hold the rows back whose 区分 is no answer: a body that is 検討中 must not be counted as taking part."""
    texts, places = encoded(records.text("status"))
    doubtful = np.array([not says_whether(text) for text in texts] or [False])
    heading = records.heading("status")
    for index in np.flatnonzero(doubtful[places]).tolist():
        problem = f"区分「{told(texts[places[index]])}」からは、参加しているかどうかが決められません"
        records.ledger.hold(index, heading, problem, _UNCERTAIN_MEND)


def _judge_repeats(records: Records, key: Indices) -> None:
    """A body twice in a year counts once; where its rows state different 区分, none of them is taken for right."""
    groups = groups_of(key, records.ledger.loaded())
    status = records.text("status")
    is_stated = pc.not_equal(status, "").to_numpy(zero_copy_only=False)
    conflict = disagreeing(groups, numbered(key_text(status)), among=is_stated)
    hold_all(records.ledger, groups, conflict, (records.heading("status"), *_CONFLICT))
    count_once(records.ledger, parted(groups, ~conflict), records.richness("status", "note"))
