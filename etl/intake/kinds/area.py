"""The local government that each row names: read once for every different way it is printed, applied to all its rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.bodies import BodyReading, Role
from etl.intake.columns import apart, of_each
from etl.intake.context import Context
from etl.intake.records import Records
from etl.intake.report import Fate, Indices
from geo.address import FROM_FIRST_NUMBER, LONGEST_HEAD, POSTCODE

COLUMN_OF = {
    Role.PREFECTURE: ("prefecture", "municipality", "address", "name", "organisation"),
    Role.MUNICIPALITY: ("municipality", "address", "prefecture", "code", "name", "organisation"),
    Role.CODE: ("code", "municipality"),
    Role.ADDRESS: ("address", "municipality"),
}
"""Where a fault is shown: in the column it is about, or else in the nearest that the file has."""

_FILLED = {Role.PREFECTURE: "都道府県を補いました", Role.MUNICIPALITY: "市区町村を補いました"}
_NOTHING = r"^[\s\x{3000}\-－‐‑–—―−ー]*$"
# A postcode and some spaces may stand before the head.
_LONGEST_READ = LONGEST_HEAD + 16
# A ward of a designated city right after the city's name.
_WARD = "^([^市区町村]{1,4}区).*|^.*$"


@dataclass(frozen=True, slots=True)
class Named:
    """For each row the code of its local government and of its ward, "" where there is none or it is not sure.

    `unnamed` are the rows whose own cells did not tell (no municipality, no code, an address that does not begin with one); they
    have no message yet, because their point or their publisher may tell.
    """

    codes: pa.StringArray
    wards: pa.StringArray
    unnamed: Indices


def read_areas(records: Records, context: Context, *, may_be_prefecture: bool) -> Named:
    """Return the local governments of all rows; what was mended or must be goes to the ledger."""
    prefecture, municipality, code = (records.text(name) for name in ("prefecture", "municipality", "code"))
    municipality, code = _with_default(records, municipality, code)
    heads = of_each(head_texts, address_of(records))
    rows, of_row = apart([prefecture, municipality, code, heads])
    different = [column.take(pa.array(rows)) for column in (prefecture, municipality, code)]
    found = context.bodies.read_all(
        different[0],
        different[1],
        different[2],
        heads_of(heads.take(pa.array(rows)), different[0], different[1]),
        on=records.options.on,
        may_be_prefecture=may_be_prefecture,
    )
    readings, of_row = found.readings, found.of_row[of_row]
    if not may_be_prefecture:
        is_open = np.array([_is_open(reading) for reading in readings] or [False])[of_row]
        # A municipality that a list of one publisher names without its prefecture may be known by the publisher's code.
        beside = prefecture if records.has("publisher_code") else municipality
        # A row that is held for another fault is asked as well: it must not be told to name what its point tells.
        fates = records.ledger.fates
        unnamed = np.flatnonzero(is_open & ((fates == Fate.LOADED) | (fates == Fate.QUARANTINED)))
        said = pc.binary_join_element_wise(*(each.take(pa.array(unnamed)) for each in (beside, code)), "")
        unnamed = unnamed[pc.match_substring_regex(said, _NOTHING).to_numpy(zero_copy_only=False)]
    else:
        unnamed = np.empty(0, np.int64)
    telling = np.array([bool(reading.repairs or reading.fault) for reading in readings] or [False])
    waiting = np.zeros(len(records), np.bool_)
    waiting[unnamed] = True
    for index in np.flatnonzero(telling[of_row] & ~waiting).tolist():
        tell(records, index, readings[of_row[index]])
    codes = pa.array([_code(reading) for reading in readings], pa.string()).take(pa.array(of_row))
    wards = pa.array([_ward(reading) for reading in readings], pa.string()).take(pa.array(of_row))
    return Named(codes, wards, unnamed)


def tell(records: Records, index: int, reading: BodyReading) -> None:
    """Log what a reading changed in the cells of a row, or hold the row back."""
    for repair in reading.repairs:
        heading = records.columns.printed.get(repair.role)
        if heading is not None:
            before = records.raw(repair.role, index)
            if before.strip() != repair.after and (before.strip() or repair.role is not Role.CODE):
                # What was read may stand in another column: in that of the publisher, or given with the file.
                problem = repair.problem if before.strip() else _FILLED.get(repair.role, repair.problem)
                records.ledger.repair(index, heading, problem, before=before, after=repair.after)
    if reading.fault is not None:
        heading = heading_of(records, reading.fault.role)
        records.ledger.hold(index, heading, reading.fault.problem, reading.fault.mend)


def heading_of(records: Records, role: Role) -> str:
    """Return the printed heading under which a fault of this role is shown."""
    return records.heading(*COLUMN_OF[role])


def address_of(records: Records) -> pa.StringArray:
    """Return the addresses; where the column is empty, the address put together from its parts."""
    address = records.text("address")
    if not records.has("address_parts"):
        return address
    parts = pc.replace_substring(records.text("address_parts"), " ", "")
    return pc.if_else(pc.equal(address, ""), parts, address)


def head_texts(address: pa.StringArray) -> pa.StringArray:
    """Return the beginnings of the addresses that can name a municipality: up to the first number, without postcode."""
    heads = pc.utf8_slice_codeunits(address, 0, _LONGEST_READ)
    heads = pc.replace_substring_regex(pc.replace_substring_regex(heads, POSTCODE, ""), FROM_FIRST_NUMBER, "")
    return pc.utf8_slice_codeunits(heads, 0, LONGEST_HEAD)


def heads_of(
    heads: pa.StringArray, prefecture: pa.StringArray, municipality: pa.StringArray
) -> pa.StringArray:
    """Return the beginnings of addresses, as few different ones as possible.

    An address that begins with the row's own municipality tells nothing but the ward after it: so the addresses of a whole city
    are one, and not as many as it has towns.
    """
    is_open = pc.not_equal(municipality, "").to_numpy(zero_copy_only=False)
    for names in (pc.binary_join_element_wise(prefecture, municipality, ""), municipality):
        heads = _without_towns(heads, names, is_open)
    return heads


def _without_towns(
    heads: pa.StringArray, names: pa.StringArray, is_open: npt.NDArray[np.bool_]
) -> pa.StringArray:
    """Cut each open head that begins with its name after the name and a ward; these are closed then."""
    lengths = pc.utf8_length(names).to_numpy()
    shortened: list[pa.StringArray] = [heads]
    place = np.arange(len(heads))
    end = len(heads)
    for length in np.unique(lengths[is_open]).tolist():
        rows = np.flatnonzero(is_open & (lengths == length))
        mine = heads.take(pa.array(rows))
        begins = pc.equal(pc.utf8_slice_codeunits(mine, 0, length), names.take(pa.array(rows)))
        rows = rows[begins.to_numpy(zero_copy_only=False)]
        mine = mine.filter(begins)
        rest = pc.replace_substring_regex(pc.utf8_slice_codeunits(mine, length, LONGEST_HEAD), _WARD, r"\1")
        shortened.append(pc.binary_join_element_wise(pc.utf8_slice_codeunits(mine, 0, length), rest, ""))
        place[rows] = end + np.arange(len(rows))
        is_open[rows] = False
        end += len(rows)
    return heads if len(shortened) == 1 else pa.concat_arrays(shortened).take(pa.array(place))


def _with_default(
    records: Records, municipality: pa.StringArray, code: pa.StringArray
) -> tuple[pa.StringArray, pa.StringArray]:
    default = records.options.default_municipality.strip()
    if not default:
        return municipality, code
    unnamed = pc.and_(pc.equal(municipality, ""), pc.equal(code, ""))
    if default.isdecimal():
        return municipality, pc.if_else(unnamed, default, code)
    return pc.if_else(unnamed, default, municipality), code


def _is_open(reading: BodyReading) -> bool:
    return reading.fault is not None and reading.fault.role is Role.MUNICIPALITY


def _code(reading: BodyReading) -> str:
    return "" if reading.area is None or reading.fault is not None else reading.area.whole_code


def _ward(reading: BodyReading) -> str:
    return "" if reading.fault is not None else reading.ward_code
