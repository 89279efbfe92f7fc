"""The municipality of a feature: read at once where code and name agree as the official files write them, else weighed.

A ward of a designated city is part of its city and one of the six northern villages is itself: in boundaries both are the normal
form and no repair. Everything else is left to the reader of bodies, which repairs and faults as for any other list.
"""

from typing import Protocol

from etl.intake.bodies import BodyFault, BodyReader, BodyReading, Role
from etl.intake.polygons.attributes import Name
from geo.area import Area, AreaCodeError, AreaKind, code5_of
from geo.names import Gazetteer

PREFECTURE = BodyFault(
    Role.MUNICIPALITY, "都道府県の区域です（市区町村ではありません）", "市区町村の区域だけにしてください"
)


class Names(Protocol):
    """What naming needs to know; the context of a check has it."""

    @property
    def gazetteer(self) -> Gazetteer:
        """All areas by name and code."""

    @property
    def bodies(self) -> BodyReader:
        """The reader of printed names and codes."""


def municipality_of(name: Name, names: Names) -> BodyReading:
    """Return the current municipality (or northern village) that a feature is or is part of."""
    area = _plainly(name, names.gazetteer)
    if area is not None:
        return BodyReading(area)
    reading = names.bodies.read(name.prefecture, name.whole, name.code)
    if reading.area is not None and reading.area.kind is AreaKind.PREFECTURE:
        return BodyReading(None, fault=PREFECTURE)
    return reading


def _plainly(name: Name, gazetteer: Gazetteer) -> Area | None:
    """Return the area whose code and names stand in the file to the letter; None if anything differs."""
    current = gazetteer.index.current
    try:
        area = current.get(code5_of(name.code))
    except AreaCodeError:
        return None
    if area is None or name.prefecture not in ("", area.prefecture_name) or area.kind is AreaKind.PREFECTURE:
        return None
    if area.kind is not AreaKind.WARD:
        return area if name.municipality in ("", area.name) and not name.ward else None
    city = current[area.parent_code]
    ward = area.name.removeprefix(city.name)
    is_ward = name.whole in (ward, city.name + ward) or (name.municipality, name.ward) == (city.name, ward)
    return city if is_ward or not name.municipality else None
