"""Which local government a row means: prefecture, name, code and address weighed together, nothing guessed.

Prefecture and name decide, or a code that agrees with the name, or a name that only one area bears. What contradicts, is unknown
or fits several areas is a fault with its candidates. The answer is a current municipality (or a prefecture); a ward of a
designated city is its city, and an ended area the one that followed it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.area_tables import read_aliases, read_areas
from etl.intake.body_names import BodyNames, agree, borne_best, ward_code_of
from etl.intake.body_words import (
    BodyFault,
    BodyFaultError,
    BodyRepair,
    Role,
    Wording,
    address_alone,
    code_problem,
    name_problem,
    prefecture_problem,
)
from etl.intake.columns import apart
from etl.intake.report import Indices
from geo.address import (
    FROM_FIRST_NUMBER,
    LONGEST_HEAD,
    POSTCODE,
    begins_with_prefecture,
    head_of,
    leading_areas,
    may_be_part_of_a_town,
)
from geo.area import Area, AreaKind, code_digits, code_readings
from geo.name_index import in_order
from geo.names import Gazetteer
from geo.spelling import is_garbled

__all__ = [
    "Bodies",
    "BodyFault",
    "BodyReader",
    "BodyReading",
    "BodyRepair",
    "Role",
    "read_aliases",
    "read_areas",
]

MOST_REMEMBERED = 200_000
"""Readings kept; beyond that (a hostile file) the memory starts anew."""

_NOTHING = re.compile(r"[\s　\-－‐‑–—―−ー]*")


class _Cells(NamedTuple):
    """The cells that name a local government, as printed."""

    prefecture: str
    municipality: str
    code: str
    address: str = ""
    on: date | None = None
    may_be_prefecture: bool = True


@dataclass(frozen=True, slots=True)
class BodyReading:
    """What the cells of a row lead to: an area and what was mended on the way, or a fault.

    `area` is a current municipality, or the prefecture itself where a row names no municipality. `ward_code` is the ward the row
    names ("" if none, or if an ended ward was divided).
    """

    area: Area | None
    ward_code: str = ""
    repairs: tuple[BodyRepair, ...] = ()
    fault: BodyFault | None = None


@dataclass(frozen=True, slots=True)
class Bodies:
    """Readings of many rows: each distinct one once, and which of them belongs to each row."""

    readings: tuple[BodyReading, ...]
    of_row: Indices


@dataclass(frozen=True, slots=True)
class _Coded:
    """An area that the code cell names; `is_plain` if the cell is in canonical form already."""

    area: Area
    is_plain: bool


class BodyReader:
    """Reads the cells of rows into local governments. Readings are remembered, so a list of one city costs one reading."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the gazetteer of all areas, current and ended."""
        self._gazetteer = gazetteer
        self._names = BodyNames(gazetteer)
        self._say = Wording(gazetteer)
        self._remembered: dict[_Cells, BodyReading] = {}

    @classmethod
    def of(cls, data: Path) -> Self:
        """Return the reader of the area and alias tables in a data folder."""
        return cls(Gazetteer(read_areas(data / "areas.csv"), aliases=read_aliases(data / "aliases.csv")))

    def read(
        self,
        prefecture: str,
        municipality: str,
        code: str,
        address: str = "",
        on: date | None = None,
        *,
        may_be_prefecture: bool = True,
    ) -> BodyReading:
        """Return the local government that the cells of one row name.

        `on` is the day of the document: names borne that day go first. Without `may_be_prefecture` a row has to name a
        municipality (places lie in one).
        """
        cells = _Cells(
            prefecture, municipality, code, head_of(address) if address else "", on, may_be_prefecture
        )
        reading = self._remembered.get(cells)
        if reading is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            reading = self._remembered[cells] = self._read(cells)
        return reading

    def read_all(
        self,
        prefectures: pa.Array,
        municipalities: pa.Array,
        codes: pa.Array,
        addresses: pa.Array | None = None,
        *,
        on: date | None = None,
        may_be_prefecture: bool = True,
    ) -> Bodies:
        """Return the readings of columns of one length; each distinct row is read once."""
        columns = [prefectures, municipalities, codes]
        if addresses is not None:
            heads = pc.replace_substring_regex(addresses, POSTCODE, "")
            heads = pc.replace_substring_regex(heads, FROM_FIRST_NUMBER, "")
            columns.append(pc.utf8_slice_codeunits(heads, 0, LONGEST_HEAD))
        filled = [pc.fill_null(_whole(column), "") for column in columns]
        rows, of_row = apart(filled)
        distinct = zip(*(column.take(pa.array(rows)).to_pylist() for column in filled), strict=True)
        readings = tuple(
            self.read(prefecture, municipality, code, "".join(head), on, may_be_prefecture=may_be_prefecture)
            for prefecture, municipality, code, *head in distinct
        )
        return Bodies(readings, of_row)

    def _read(self, cells: _Cells) -> BodyReading:
        try:
            return self._decided(cells)
        except BodyFaultError as error:
            return BodyReading(None, fault=error.fault)

    def _decided(self, cells: _Cells) -> BodyReading:
        home = self._prefecture(cells.prefecture)
        coded = self._coded(cells.code)
        if _is_nothing(cells.municipality):
            named, area = self._unnamed(cells, home, coded)
        else:
            named, area = self._named(cells, home, coded)
        return self._answer(cells, named, area, coded)

    def _prefecture(self, text: str) -> Area | None:
        """Return the prefecture of a cell; None if it is empty."""
        if _is_nothing(text):
            return None
        found = self._names.prefecture(text)
        if found is None:
            if is_garbled(text):
                raise self._say.lost(Role.PREFECTURE, text)
            raise self._say.no_prefecture(text, in_order(self._gazetteer.index.written(text, "")))
        return found

    def _coded(self, text: str) -> list[_Coded]:
        """Return the areas, current and ended, that a code cell may mean; none if it is empty."""
        if _is_nothing(text):
            return []
        found = [
            _Coded(area, reading.is_plain)
            for reading in code_readings(text)
            for area in self._gazetteer.index.coded(reading.code)
        ]
        if not found:
            raise self._say.not_a_code(text, code_digits(text))
        return found

    def _named(self, cells: _Cells, home: Area | None, coded: list[_Coded]) -> tuple[Area, Area]:
        """Return the area that the name means as printed, and the current one it is."""
        called = self._names.called(cells.municipality, home, is_coded=bool(coded))
        if not called:
            raise self._unknown(cells, home, coded)
        if coded:
            agreed = _agreeing(called, coded)
            if not agreed:
                by_code = in_order(entry.area for entry in coded)
                raise self._say.code_conflict(cells.code, by_code, in_order(called))
            called = agreed
        called = borne_best(called, cells.on)
        if len(called) > 1 and home is None:
            called = self._names.inside_address(called, cells.address) or called
        return self._only(cells, called, coded)

    def _unknown(self, cells: _Cells, home: Area | None, coded: list[_Coded]) -> BodyFaultError:
        """Return the fault of a name that nothing bears in its prefecture."""
        if home and coded:
            anywhere = self._names.called(cells.municipality, None, is_coded=True)
            if elsewhere := _agreeing(anywhere, coded):
                return self._say.prefecture_conflict(cells.prefecture, in_order(elsewhere))
        if is_garbled(cells.municipality):
            return self._say.lost(Role.MUNICIPALITY, cells.municipality)
        return self._say.no_municipality(cells.municipality, home.name if home else "")

    def _only(self, cells: _Cells, called: set[Area], coded: list[_Coded]) -> tuple[Area, Area]:
        """Return the one area left, as printed and as it is now."""
        bodies = self._names.bodies(called)
        named = in_order(called)[0]
        if len(bodies) > 1 and coded:
            bodies = [
                body for body in bodies if any(body in self._names.bodies((entry.area,)) for entry in coded)
            ]
        if len(bodies) > 1:
            if len(called) == 1:
                raise self._say.divided(Role.MUNICIPALITY, cells.municipality, bodies)
            raise self._say.ambiguous(cells.municipality, in_order(called))
        return named, bodies[0]

    def _unnamed(self, cells: _Cells, home: Area | None, coded: list[_Coded]) -> tuple[Area, Area]:
        """Return the area of a row without name: by its code, by its address, or the prefecture itself."""
        inside = [
            entry.area
            for entry in coded
            if home is None or entry.area.prefecture_code == home.prefecture_code
        ]
        if coded and not inside:
            raise self._say.code_conflict(cells.code, [entry.area for entry in coded], [home] if home else [])
        bodies = self._names.bodies(borne_best(set(inside), cells.on))
        if len({area.code for area in inside if area.is_current}) > 1:
            raise self._say.code_unclear(cells.code, bodies)
        if len(bodies) > 1:
            raise self._say.divided(Role.CODE, cells.code, bodies)
        by_code = bodies[0] if bodies else None
        if by_code is not None and by_code.kind is not AreaKind.PREFECTURE:
            return inside[0], by_code
        prefecture = home or by_code
        return self._addressed(cells, prefecture)

    def _addressed(self, cells: _Cells, prefecture: Area | None) -> tuple[Area, Area]:
        """Return the municipality that the address begins with, or else the prefecture itself."""
        leading = leading_areas(self._gazetteer, cells.address, prefecture.name if prefecture else "")
        found = borne_best({area for area in leading if area.kind is not AreaKind.PREFECTURE}, cells.on)
        bodies = self._names.bodies(found)
        if len(bodies) == 1:
            return in_order(found)[0], bodies[0]
        if bodies:
            raise self._say.divided(Role.ADDRESS, cells.address, bodies)
        if prefecture is None or not cells.may_be_prefecture:
            fault = address_alone(bool(cells.address))
            raise BodyFaultError(fault.role, fault.problem, fault.mend)
        return prefecture, prefecture

    def _answer(self, cells: _Cells, named: Area, area: Area, coded: list[_Coded]) -> BodyReading:
        if area.kind is AreaKind.PREFECTURE and not cells.may_be_prefecture:
            fault = address_alone(bool(cells.address))
            raise BodyFaultError(fault.role, fault.problem, fault.mend)
        if area.kind is AreaKind.NORTHERN_VILLAGE:
            raise self._say.uncounted(area)
        leading = leading_areas(self._gazetteer, cells.address, area.prefecture_name) if cells.address else ()
        if self._contradicts(cells, leading, area):
            raise self._say.address_conflict(leading, area)
        wards = [
            one for one in (named, *(entry.area for entry in coded), *leading) if one.kind is AreaKind.WARD
        ]
        ward = next((one for one in wards if area in self._names.bodies((one,))), None)
        ward_code = ward_code_of(ward, cells.on) if ward else ""
        return BodyReading(area, ward_code, tuple(_repairs(cells, named, area, coded)))

    def _contradicts(self, cells: _Cells, leading: tuple[Area, ...], area: Area) -> bool:
        """Whether an address surely lies elsewhere: it names its prefecture, or a city or ward."""
        if not leading or area in self._names.bodies(leading):
            return False
        if all(one.kind is AreaKind.PREFECTURE for one in leading) or area.kind is AreaKind.PREFECTURE:
            return all(one.prefecture_code != area.prefecture_code for one in leading)
        is_sure = begins_with_prefecture(self._gazetteer, cells.address)
        return is_sure or not any(may_be_part_of_a_town(one) for one in leading)


def _repairs(cells: _Cells, named: Area, area: Area, coded: list[_Coded]) -> Iterable[BodyRepair]:
    """Yield what brings the cells into canonical form; an empty code is no repair."""
    if cells.prefecture != area.prefecture_name:
        problem = prefecture_problem(cells.prefecture)
        yield BodyRepair(Role.PREFECTURE, problem, cells.prefecture, area.prefecture_name)
    official = "" if area.kind is AreaKind.PREFECTURE else area.name
    if cells.municipality != official:
        problem = name_problem(cells.municipality, named, area)
        yield BodyRepair(Role.MUNICIPALITY, problem, cells.municipality, official)
    if cells.code and not any(entry.is_plain and entry.area.code == area.code for entry in coded):
        yield BodyRepair(Role.CODE, code_problem(cells.code, area), cells.code, area.code if coded else "")


def _agreeing(called: set[Area], coded: list[_Coded]) -> set[Area]:
    return {area for area in called if any(agree(area, entry.area) for entry in coded)}


def _is_nothing(text: str) -> bool:
    return not text or _NOTHING.fullmatch(text) is not None


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
