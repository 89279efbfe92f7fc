"""Where each place lies: its point, checked against the municipality that the row names, or telling which one it is."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa

from etl.intake.bodies import BodyFault, BodyReading, Role
from etl.intake.context import Context
from etl.intake.duplicates import Floats
from etl.intake.kinds.area import Named, address_of, tell
from etl.intake.points import Points, read_points
from etl.intake.records import Records
from geo.address import head_of

_MEND = "資料で確かめ、住所か座標を直してください"


@dataclass(frozen=True, slots=True)
class Located:
    """For each row code and ward of its municipality, and its point in degrees (JGD2011; NaN where it has none)."""

    codes: pa.StringArray
    wards: pa.StringArray
    lat: Floats
    lon: Floats


def located(records: Records, context: Context, named: Named) -> Located:
    """Return municipality and point of all rows; rows that name no municipality get the one their point lies in."""
    codes, wards = _with_points(records, context, named)
    points = _points(records, context, codes)
    for repair in points.repairs:
        heading = records.heading(repair.axis)
        records.ledger.repair(repair.index, heading, repair.problem, before=repair.before, after=repair.after)
    for fault in points.faults:
        records.ledger.hold(fault.index, records.heading("lat"), fault.problem, fault.mend)
    for note in points.notes:
        records.ledger.note(note.index, records.heading("lat"), note.text)
    return Located(codes, wards, points.lat, points.lon)


def _with_points(records: Records, context: Context, named: Named) -> tuple[pa.StringArray, pa.StringArray]:
    """Give the rows that name no municipality the one of their address, their point or their publisher."""
    if not len(named.unnamed):
        return named.codes, named.wards
    rows = pa.array(named.unnamed)
    points = _points(records, context, pa.repeat(pa.scalar("", pa.string()), len(rows)), rows)
    codes = np.asarray(named.codes.to_numpy(zero_copy_only=False), dtype=object)
    wards = np.asarray(named.wards.to_numpy(zero_copy_only=False), dtype=object)
    by_point = np.asarray(points.codes_by_point, dtype=object)
    addresses = address_of(records).take(rows).to_pylist()
    for place, index in enumerate(named.unnamed.tolist()):
        reading = _decided(records, context, index, str(by_point[place] or ""), addresses[place])
        tell(records, index, reading)
        if reading.area is not None and reading.fault is None:
            codes[index], wards[index] = reading.area.whole_code, reading.ward_code
    return pa.array(codes, pa.string()), pa.array(wards, pa.string())


def _decided(records: Records, context: Context, index: int, code: str, address: str) -> BodyReading:
    """The address inside the prefecture of the point, else the municipality of the point, else the publisher's."""
    prefecture, municipality = (records.text(name)[index].as_py() for name in ("prefecture", "municipality"))
    read = partial(context.bodies.read, address=address, may_be_prefecture=False)
    if municipality or not code:
        publisher, number = (records.text(name)[index].as_py() for name in ("publisher", "publisher_code"))
        home = context.bodies.read("", publisher, number).area
        if municipality and home is not None:
            return read(home.prefecture_name, municipality, number)
        return read(prefecture, municipality or publisher, number)
    by_address = read(prefecture or context.gazetteer.by_code(code).prefecture_name, "", "")
    if by_address.fault is None or by_address.fault.role is not Role.MUNICIPALITY:
        return by_address
    if elsewhere := _cities_of(context, address) - {code}:
        said = "、".join(map(context.name_of, sorted(elsewhere)))
        problem = f"住所は{said}とみられますが、点は{context.name_of(code)}にあります"
        return BodyReading(None, fault=BodyFault(Role.ADDRESS, problem, _MEND))
    return read(prefecture, "", code)


def _cities_of(context: Context, address: str) -> set[str]:
    """Codes of the cities whose names the address begins with, in any prefecture."""
    leading = context.gazetteer.index.leading(head_of(address), "")
    codes = {area.whole_code for area in leading if area.is_current}
    return {code for code in codes if context.name_of(code).endswith("市")}


def _points(
    records: Records, context: Context, codes: pa.StringArray, rows: pa.Array | None = None
) -> Points:
    lat, lon, datum = (records.text(name) for name in ("lat", "lon", "datum"))
    if rows is not None:
        lat, lon, datum = (column.take(rows) for column in (lat, lon, datum))
    stated = datum if records.has("datum") else None
    return read_points(lat, lon, codes, stated, context.locator, context.name_of)
