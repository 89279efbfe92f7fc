"""What the cells of a row may mean: prefectures by every form of their name, areas by every form of theirs. It never decides."""

import re
from collections.abc import Iterable
from datetime import date

from geo.address import begins_with_prefecture, has_number, leading_areas
from geo.area import Area, AreaKind
from geo.names import Gazetteer
from geo.spelling import fold, kana_of

_BRACKETED = re.compile(r"(?P<name>[^()]+)\((?P<prefecture>[^()]+)\)")


class BodyNames:
    """Candidates for a name, and what an area is today."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Index the prefectures: 広島県, 広島, ひろしまけん."""
        self.gazetteer = gazetteer
        self.index = gazetteer.index
        self._prefectures: dict[str, Area] = {}
        for area in self.index.current.values():
            if area.kind is AreaKind.PREFECTURE:
                short = area.name if area.name == "北海道" else area.name[:-1]
                self._prefectures |= {fold(area.name): area, fold(short): area, area.kana or area.name: area}
        self._longest = max(map(len, self._prefectures), default=0)

    def prefecture(self, text: str) -> Area | None:
        """Return the prefecture that a cell names, in full, in short or in kana."""
        return self._prefectures.get(fold(text)) or self._prefectures.get(kana_of(text))

    def called(self, name: str, home: Area | None, *, is_coded: bool) -> set[Area]:
        """Return the areas that a name may mean inside a prefecture (or the nation).

        Written so or read so in kana; else with a prefecture in brackets or in short before it, or going on like an address.
        A ward without its city counts where the prefecture or a code tells which city.
        """
        scope = fold(home.prefecture_name) if home else ""
        found = self.index.written(name, scope)
        if is_coded or (scope and not found):
            found = found | self.index.short(name, scope)
        elif not scope and found:
            found = found | set(self.index.wards_called(name))
        return found or self.index.read_aloud(name, scope) or self._called_in_parts(name, scope)

    def _called_in_parts(self, name: str, scope: str) -> set[Area]:
        text = fold(name)
        bracketed = _BRACKETED.fullmatch(text)
        if bracketed and (inside := self._prefectures.get(bracketed["prefecture"])):
            home = fold(inside.name)
            return self.index.written(bracketed["name"], home) if scope in ("", home) else set()
        for length in range(self._longest, 0, -1):
            area = self._prefectures.get(text[:length])
            if area is not None and scope in ("", fold(area.name)):
                found = self.index.written(text[length:], fold(area.name))
                if found:
                    return found
        if has_number(name):
            return {
                area
                for area in leading_areas(self.gazetteer, name, scope)
                if area.kind is not AreaKind.PREFECTURE
            }
        return set()

    def inside_address(self, areas: set[Area], address: str) -> set[Area]:
        """Return those areas that lie in the prefecture an address begins with; all of them if it begins with none."""
        if not begins_with_prefecture(self.gazetteer, address):
            return areas
        text = fold(address)
        return {area for area in areas if text.startswith(fold(area.prefecture_name))}

    def bodies(self, areas: Iterable[Area]) -> list[Area]:
        """Return the current municipalities or prefectures that the areas are, belong to or went into."""
        current = self.index.current
        codes = {current[code].whole_code for area in areas for code in area.successors or (area.code,)}
        return [current[code] for code in sorted(codes)]


def agree(named: Area, coded: Area) -> bool:
    """Whether a name and a code mean the same: itself, what it became, a ward and its city, an area of the prefecture."""
    if {named.code, *named.successors} & {coded.code, *coded.successors}:
        return True
    if coded.kind is AreaKind.PREFECTURE:
        return named.kind is not AreaKind.PREFECTURE and named.prefecture_code == coded.prefecture_code
    return named.parent_code == coded.code or coded.parent_code == named.code


def borne_best(areas: set[Area], on: date | None) -> set[Area]:
    """Return the areas that existed on the day, else the current ones, else the ended ones."""
    on_the_day = {area for area in areas if on is not None and area.is_valid_on(on)}
    return on_the_day or {area for area in areas if area.is_current} or areas


def ward_code_of(ward: Area, on: date | None) -> str:
    """Return the code of a ward as it was on the day, or as it is now; "" if it was divided."""
    if ward.is_current or (on is not None and ward.is_valid_on(on)):
        return ward.code
    return ward.successors[0] if len(ward.successors) == 1 else ""
