"""What a person types → where that lies: areas by name, reading and code, towns by name. It never decides between homonyms.

Nothing typed is remembered: no cache has it as a key, no error repeats it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from geo.address import POSTCODE
from geo.area import code6_of, is_prefecture_code
from geo.spelling import fold, kana_of, unkept_fold

LONGEST_TYPED = 100
"""Characters of a typed text that are read; the longest address with a building has fewer."""
MOST_BEGUN = 20
"""Areas offered for the beginning of a name; whoever types more gets fewer."""
LEAST_BEGUN = 2

_POSTCODE = re.compile(POSTCODE)
_FROM_NUMBER = re.compile("(?s)(?:[0-9]|[一二三四五六七八九十]+(?:丁目|番|号)).*")
_SUFFIX = re.compile("[都府県市区町村]$")
_READ_SUFFIX = re.compile("(?:し|く|ちょう|まち|むら|そん|と|ふ|けん)$")
_ROMAJI_SUFFIX = re.compile("-(?:shi|ku|cho|machi|mura|son|to|fu|ken)$")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A point to search from and how precise it is.

    `code` is a municipality or (NN000) a prefecture, `town` the ward or town inside it or both, "" for the whole.
    `precision` is "point" (as given), "town" (the middle of its known places) or "municipality" (the office of the area or ward);
    `spread_m` says within how many metres of the middle most known places of a town lie, None where that is not known.
    """

    code: str
    town: str
    lon: float
    lat: float
    precision: str
    spread_m: float | None = None


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A prefecture, municipality or ward with the point (office) that stands for it; `city` is the name of a ward's city."""

    code: str
    name: str
    prefecture: str
    county: str
    kana: str
    romaji: str
    lon: float
    lat: float
    parent_code: str = ""
    city: str = ""

    @property
    def whereabouts(self) -> Whereabouts:
        """The area's own point; a ward lies in its city."""
        return Whereabouts(
            self.parent_code or self.code,
            self.name if self.parent_code else "",
            self.lon,
            self.lat,
            "municipality",
        )


@dataclass(frozen=True, slots=True)
class Town:
    """A town of an area (`code`: a municipality or ward): its middle and how far its known places spread."""

    code: str
    name: str
    lon: float
    lat: float
    spread_m: float | None


class Directory:
    """Areas and towns by every way to type them. Built once, then only read."""

    def __init__(self, areas: Iterable[NamedArea], towns: Iterable[Town]) -> None:
        """Index areas and towns."""
        self._areas = {area.code: area for area in areas}
        self._coded = {code6_of(code): area for code, area in self._areas.items()} | self._areas
        self._written: defaultdict[str, list[NamedArea]] = defaultdict(list)
        self._called: defaultdict[str, list[NamedArea]] = defaultdict(list)
        for area in self._areas.values():
            for name in _spellings(area):
                self._written[fold(name)].append(area)
            for name in _short_names(area):
                self._called[name].append(area)
        self._longest = max(map(len, self._written), default=0)
        self._towns: defaultdict[str, list[Town]] = defaultdict(list)
        for town in towns:
            self._towns[fold(town.name)].append(town)

    def find(self, typed: str) -> tuple[Whereabouts, ...]:
        """Return everything that a typed address, name, reading or code may mean, towns first; () if nothing.

        Several are homonyms for a person to choose from. A postcode says nothing here; what stands behind the
        town is not read.
        """
        kept = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED])
        text = unkept_fold(_POSTCODE.sub("", kept))
        if text in self._coded:
            return (self._coded[text].whereabouts,)
        keys = [key for key in (kana_of(kept), _latin(kept), text) if key]
        found = [*self._addressed(text), *self._towns_called(text)]
        if all(spot.precision == "town" for spot in found):
            found += [area.whereabouts for key in keys for area in self._called.get(key, ())]
        found = found or [area.whereabouts for area in self._inside_named(kept)]
        found = found or [area.whereabouts for key in keys for area in self._begun(key)]
        return tuple(sorted(set(found), key=_order))

    def _addressed(self, text: str) -> Iterator[Whereabouts]:
        """Yield what an address begins with, by the longest name, and the town that goes on."""
        for length in range(min(self._longest, len(text)), 1, -1):
            if areas := self._written.get(text[:length]):
                rest = text[length:]
                for area in areas:
                    yield from self._towns_called(rest, area) or [area.whereabouts]
                return

    def _towns_called(self, text: str, area: NamedArea | None = None) -> list[Whereabouts]:
        """Return the towns (of an area) whose name is all that stands before the first number."""
        name = _FROM_NUMBER.sub("", text).removeprefix("大字")
        return [
            self._whereabouts_of(town)
            for town in self._towns.get(name, ())
            if area is None or self._is_inside(town, area.code)
        ]

    def _is_inside(self, town: Town, code: str) -> bool:
        if is_prefecture_code(code):
            return town.code[:2] == code[:2]
        return code in {town.code, self._areas[town.code].parent_code}

    def _whereabouts_of(self, town: Town) -> Whereabouts:
        inside = self._areas[town.code].whereabouts
        name = inside.town + town.name
        return replace(
            inside, town=name, lon=town.lon, lat=town.lat, precision="town", spread_m=town.spread_m
        )

    def _inside_named(self, text: str) -> Iterator[NamedArea]:
        """Yield the areas that Latin letters name with what they lie in, in either order: Kita-ku, Tokyo; Hiroshima Fuchu."""
        parts = [part for part in re.split(r"[,\s]+", text) if part]
        for cut in range(1, len(parts)):
            for inner, outer in ((parts[:cut], parts[cut:]), (parts[cut:], parts[:cut])):
                for area in self._called.get(_latin("".join(inner)), ()):
                    if all(self._lies_in(area, _latin(name)) for name in outer):
                        yield area

    def _lies_in(self, area: NamedArea, name: str) -> bool:
        outer = {f"{area.code[:2]}000", area.parent_code} - {area.code}
        return any(home.code in outer for home in self._called.get(name, ()))

    def _begun(self, key: str) -> Iterator[NamedArea]:
        """Yield the first areas, by code, whose name or reading begins so."""
        if len(key) < LEAST_BEGUN:
            return
        begun = (areas for name, areas in self._called.items() if name.startswith(key))
        found = {area.code: area for areas in begun for area in areas}
        yield from (found[code] for code in sorted(found)[:MOST_BEGUN])


def _order(found: Whereabouts) -> tuple[bool, str, str, float, float]:
    return found.precision != "town", found.code, found.town, found.lon, found.lat


def _spellings(area: NamedArea) -> set[str]:
    """Return how addresses write an area, with and without what it lies in."""
    outer = area.city or area.county
    names = {area.name, outer + area.name}
    return names if is_prefecture_code(area.code) else names | {area.prefecture + name for name in names}


def _short_names(area: NamedArea) -> set[str]:
    """Return the name without its last sign, and the readings in hiragana and Latin letters with and without it."""
    romaji = area.romaji.lower()
    return {
        _SUFFIX.sub("", fold(area.name)),
        area.kana,
        _READ_SUFFIX.sub("", area.kana),
        _latin(romaji),
        _latin(_ROMAJI_SUFFIX.sub("", romaji)),
    } - {""}


def _latin(text: str) -> str:
    """Return a text in Latin letters without accents, spaces and hyphens; "" if it has any other character.

    >>> _latin("Fuchū-shi"), _latin("府中市")
    ('fuchushi', '')
    """
    letters = "".join(
        sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign)
    )
    joined = re.sub("[\\s'’-]", "", letters)
    return joined if joined.isascii() and joined.isalpha() else ""
