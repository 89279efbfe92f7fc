"""Lists of places: name, municipality, address and point, in our template, an open-data standard or an office's own layout."""

import numpy as np
import pyarrow as pa

from etl.intake.columns import roughly
from etl.intake.context import Context
from etl.intake.duplicates import (
    SAME_POINT_M,
    Groups,
    address_key,
    combined,
    count_once,
    groups_of,
    hold_all,
    key_text,
    numbered,
    parted,
    spread_m,
)  # fmt: skip
from etl.intake.facts import FACTS, Kind
from etl.intake.kinds.area import read_areas
from etl.intake.kinds.link import read_links
from etl.intake.kinds.point import Located, located
from etl.intake.kinds.year import read_fiscal_years
from etl.intake.records import Records
from etl.intake.report import Indices

_CONFLICT = (
    "{rows}行目に同じ名称・市区町村・年度の居場所がありますが、地点が違います",
    "どの地点が正しいかを確かめ、違う居場所なら名称か住所で区別してください",
)


def read(records: Records, context: Context) -> pa.Table:
    """Return the facts of all rows; the ledger says which of them are to be loaded."""
    records.skip_empty(("name", "address", "lat", "lon"), "名称も住所もない行のため読み飛ばしました")
    records.hold_empty("name")
    years = read_fiscal_years(records, is_required=False)
    named = read_areas(records, context, may_be_prefecture=False)
    place = located(records, context, named)
    links = read_links(records)
    _judge_repeats(records, context, years, place)
    columns = [
        pa.array(records.sheet.rows, pa.int32()),
        years,
        *(records.text(name) for name in ("name", "kind", "operator", "prefecture", "municipality")),
        place.codes,
        place.wards,
        records.text("address"),
        *(pa.array(each, pa.float64(), mask=np.isnan(each)) for each in (place.lat, place.lon)),
        records.text("target_groups"),
        records.text("schedule"),
        links,
    ]
    return pa.Table.from_arrays(columns, schema=FACTS[Kind.PLACES])


def _judge_repeats(records: Records, context: Context, years: pa.Int32Array, place: Located) -> None:
    """The same name, municipality and year is one place, unless its rows give different addresses.

    One place at two points more than `SAME_POINT_M` apart contradicts itself.
    """
    ledger = records.ledger
    names, others = key_text(records.text("name")), [numbered(place.codes), numbered(years)]
    suspects = groups_of(combined([roughly(names), *others]), ledger.loaded()).members
    key = np.zeros(len(records), np.int64)
    key[suspects] = combined([numbered(names.take(pa.array(suspects))), *(each[suspects] for each in others)])
    groups = groups_of(key, np.sort(suspects))
    if not len(groups):
        return
    groups = _by_address(_addresses(records, context, place, groups.members), place, key, groups)
    is_conflict = spread_m(groups, place.lat, place.lon) > SAME_POINT_M
    hold_all(ledger, groups, is_conflict, (records.heading("lat", "name"), *_CONFLICT))
    has_point = (~np.isnan(place.lat)).astype(np.int64)
    richness = 10 * has_point + records.richness("address", "url", "schedule")
    count_once(ledger, parted(groups, ~is_conflict), richness)


def _addresses(records: Records, context: Context, place: Located, members: Indices) -> Indices:
    """A number for each different address of some rows, without the names of its prefecture and municipality; -1 for none."""
    rows = pa.array(members)
    texts = address_key(records.text("address").take(rows)).to_pylist()
    codes = place.codes.take(rows).to_pylist()
    starts = {code: _starts(context, code) for code in set(codes)}
    keys = [_without(text, starts[code]) for text, code in zip(texts, codes, strict=True)]
    numbers = numbered(pa.array(keys, pa.string()))
    return np.where(np.array([key == "" for key in keys], np.bool_), -1, numbers)


def _starts(context: Context, code: str) -> tuple[str, ...]:
    """What an address may begin with: prefecture, county and municipality, each or none of them."""
    area = context.gazetteer.by_code(code)
    return tuple(key_text(pa.array([area.prefecture_name, area.county, area.name])).to_pylist())


def _without(text: str, starts: tuple[str, ...]) -> str:
    for start in starts:
        text = text.removeprefix(start)
    return text


def _by_address(address: Indices, place: Located, key: Indices, groups: Groups) -> Groups:
    """Part the groups whose rows give different addresses: an organisation may run several places under one name.

    Rows at one point are one place however their addresses are written.
    """
    members = groups.members
    nothing = address < 0
    high = np.maximum.reduceat(address, groups.starts)
    low = np.minimum.reduceat(np.where(nothing, np.iinfo(np.int64).max, address), groups.starts)
    is_one_point = spread_m(groups, place.lat, place.lon) <= SAME_POINT_M
    is_one_point &= np.minimum.reduceat((~np.isnan(place.lat[members])).astype(np.int64), groups.starts) > 0
    is_parted = (high > low) & ~is_one_point
    whole = np.repeat(~is_parted, groups.sizes())
    finer = combined([numbered(pa.array(key[members])), np.where(whole, 0, address + 2)])
    parts = groups_of(finer, np.arange(len(members)))
    return Groups(members[parts.members], parts.starts)
