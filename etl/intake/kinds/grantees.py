"""Lists of organisations adopted by a programme, with the areas in which they work."""

import re
from dataclasses import dataclass

import pyarrow as pa

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
from etl.intake.kinds.area import Named, read_areas
from etl.intake.kinds.link import read_links
from etl.intake.kinds.year import read_fiscal_years
from etl.intake.privacy import told
from etl.intake.records import Records
from geo.area import is_prefecture_code
from geo.names import NameFaultError

TAKEN = ("organisation", "title", "prefecture", "municipality", "areas")
NATIONWIDE = frozenset({"全国", "日本全国", "全国各地", "全国47都道府県", "47都道府県", "全都道府県"})
_CONFLICT = (
    "{rows}行目と、同じ年度・団体・事業で所在地か活動地域が食い違います",
    "どちらが正しいかを確かめ、一方を消してください",
)
_SEPARATOR = re.compile(r"[、,，・;；/／\n]+|及び|および|並びに|ならびに")
_TAIL = re.compile(r"(?:全域|全県|県内全域|一円|内)$")


@dataclass(frozen=True, slots=True)
class Scope:
    """How far an organisation works, and the codes of the areas named; `unknown` are the names that lead to none."""

    scope: str
    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read(records: Records, context: Context) -> pa.Table:
    """Return the facts of all rows; the ledger says which of them are to be loaded."""
    records.skip_empty(TAKEN, "空の行のため読み飛ばしました")
    records.hold_empty("organisation")
    years = read_fiscal_years(records, is_required=True)
    named = read_areas(records, context, may_be_prefecture=True)
    scopes = _read_scopes(records, context)
    links = read_links(records)
    _judge_repeats(records, years, named)
    columns = [
        pa.array(records.sheet.rows, pa.int32()),
        years,
        *(records.text(name) for name in ("number", "organisation", "title", "prefecture", "municipality")),
        named.codes,
        records.text("areas"),
        pa.array([scope.scope for scope in scopes], pa.string()),
        pa.array([list(scope.codes) for scope in scopes], pa.list_(pa.string())),
        links,
    ]
    return pa.Table.from_arrays(columns, schema=FACTS[Kind.GRANTEES])


def scope_of(printed: str, prefecture: str, context: Context) -> Scope:
    """Return the scope of a printed 活動地域; a name that several areas bear is read inside the row's own prefecture."""
    text = printed.strip()
    if not text:
        return Scope("not_stated")
    if text in NATIONWIDE:
        return Scope("nationwide")
    codes: list[str] = []
    unknown: list[str] = []
    for name in filter(None, (part.strip() for part in _SEPARATOR.split(text))):
        code = _code_of(name, prefecture, context)
        (codes if code else unknown).append(code or name)
    if any(name in NATIONWIDE for name in unknown):
        return Scope("nationwide")
    is_wide = any(is_prefecture_code(code) for code in codes)
    return Scope("prefectures" if is_wide else "municipalities", tuple(dict.fromkeys(codes)), tuple(unknown))


def _code_of(name: str, prefecture: str, context: Context) -> str:
    for spelling in dict.fromkeys((name, _TAIL.sub("", name))):
        for scope in dict.fromkeys(("", prefecture)):
            try:
                return context.gazetteer.resolve(spelling, prefecture=scope).whole_code
            except NameFaultError:
                continue
    return ""


def _read_scopes(records: Records, context: Context) -> list[Scope]:
    areas, places = encoded(records.text("areas"))
    prefectures, homes = encoded(records.text("prefecture"))
    pairs = list(zip(places.tolist(), homes.tolist(), strict=True))
    scopes = {pair: scope_of(areas[pair[0]], prefectures[pair[1]], context) for pair in set(pairs)}
    heading = records.heading("areas")
    for index, pair in enumerate(pairs):
        if unknown := scopes[pair].unknown:
            problem = f"活動地域のうち「{told('、'.join(unknown))}」に当たる団体が見つかりません"
            mend = "全国・都道府県名・市区町村名を「、」で区切って書いてください"
            records.ledger.hold(index, heading, problem, mend)
    return [scopes[pair] for pair in pairs]


def _judge_repeats(records: Records, years: pa.Int32Array, named: Named) -> None:
    said = [key_text(records.text(name)) for name in ("organisation", "title")]
    groups = groups_of(combined([numbered(each) for each in (years, *said)]), records.ledger.loaded())
    where = combined([numbered(named.codes), numbered(key_text(records.text("areas")))])
    conflict = disagreeing(groups, where)
    hold_all(records.ledger, groups, conflict, (records.heading("municipality"), *_CONFLICT))
    count_once(records.ledger, parted(groups, ~conflict), records.richness("number", "url"))
