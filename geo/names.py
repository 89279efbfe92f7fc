"""Printed names of local governments → areas, or the candidates a person must choose from.

Prefecture and name together are a safe key. A name alone is one only while no other area bears it: 57 of
the 1,741 municipalities share 25 names, and 中央区, 北区 and 港区 are also wards of designated cities.
Nothing here guesses: similar names are offered in the error and never applied.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from geo.area import Area, AreaCodeError, AreaKind, code5_of
from geo.name_index import NameIndex, borne, in_order
from geo.spelling import fold

MOST_CANDIDATES = 5


class NameFaultError(ValueError):
    """A printed name that does not lead to exactly one area; `candidates` are for a person to choose from."""

    def __init__(self, message: str, candidates: Iterable[Area] = ()) -> None:
        """Keep the candidates; the message already lists them."""
        self.candidates = tuple(candidates)
        super().__init__(message)


class UnknownNameError(NameFaultError):
    """No area is written so; the candidates are merely similar."""


class AmbiguousNameError(NameFaultError):
    """Several areas are written so; each candidate would fit."""


class UnknownNamesError(ValueError):
    """Printed names that lead to no single area: all of them at once, and where to mend them."""

    def __init__(self, faults: Iterable[tuple["Printed", NameFaultError]]) -> None:
        """Keep the faults in the order of the document."""
        self.faults = tuple(faults)
        lines = [f"{printed.where or '-'}: {fault}" for printed, fault in self.faults]
        mend = "give prefecture or code, or add to data/aliases.csv (spelling) or corrections.csv (misprint)"
        super().__init__("\n".join([f"{len(lines)} names lead to no single area; {mend}:", *lines]))


@dataclass(frozen=True, slots=True)
class Alias:
    """Another printed form of one area's name; with a prefecture it holds inside that prefecture only."""

    printed: str
    code: str
    prefecture_name: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A name as a document prints it, with what stands beside it; `where` is its row or page for messages."""

    name: str
    prefecture: str = ""
    code: str = ""
    on: date | None = None
    where: str = ""


class Gazetteer:
    """All areas, current and ended, by every way to write their names. Built once, then only read.

    An answer is always a current area: an ended name leads to the one area that followed it. A ward of a
    designated city is found as 札幌市中央区, a northern village only with its county (国後郡泊村), because
    Hokkaido has a municipality 泊村 too. `index` answers what is written so, without deciding.
    """

    def __init__(self, areas: Iterable[Area], *, aliases: Iterable[Alias] = ()) -> None:
        """Index the areas and aliases.

        Raises:
            ValueError: a successor, a ward's city or an alias is no current area, or an alias is a name.
        """
        self.index = NameIndex(areas)
        for alias in aliases:
            self._add_alias(alias)

    def resolve(self, name: str, *, prefecture: str = "", code: str = "", on: date | None = None) -> Area:
        """Return the current area that a printed name means.

        `prefecture` is the full name of one (広島県), `code` has five or six digits and decides when the name
        agrees with it. With `on`, the day of the document, only names borne on that day count; without it,
        current names go before ended ones.

        Raises:
            UnknownNameError: nothing is written so, or name, code and prefecture contradict each other.
            AmbiguousNameError: several areas are written so (府中市 alone), or the ended area was divided.
        """
        scope = fold(prefecture)
        if scope and scope not in self.index.prefectures:
            said = f"no such prefecture: {prefecture!r}"
            raise self._fault(UnknownNameError, said, self.similar(name))
        if code:
            return self._agreeing(name, scope, code)
        found = self.index.followed(borne(self.index.written(name, scope), on))
        parts = () if scope else self.index.wards_called(name)
        if len(found) == 1 and not parts:
            return found[0]
        if not found:
            said = f"no area is called {prefecture}{name!r}"
            raise self._fault(UnknownNameError, said, self.similar(name, prefecture))
        said = f"{len(found) + len(parts)} areas may be meant by {name!r}"
        raise self._fault(AmbiguousNameError, said, (*found, *parts))

    def resolve_all(self, printed: Iterable[Printed]) -> list[Area]:
        """Return the areas of all printed names, in their order.

        Raises:
            UnknownNamesError: one or more lead to no single area; it lists every one of them.
        """
        areas: list[Area] = []
        faults: list[tuple[Printed, NameFaultError]] = []
        for item in printed:
            try:
                areas.append(self.resolve(item.name, prefecture=item.prefecture, code=item.code, on=item.on))
            except NameFaultError as fault:
                faults.append((item, fault))
        if faults:
            raise UnknownNamesError(faults)
        return areas

    def by_code(self, code: str) -> Area:
        """Return the current area of a five- or six-digit code.

        Raises:
            UnknownNameError: the code is malformed or no current area bears it.
        """
        try:
            return self.index.current[code5_of(code)]
        except (AreaCodeError, KeyError) as fault:
            raise self._fault(UnknownNameError, f"no current area has the code {code!r}") from fault

    def full_name(self, area: Area) -> str:
        """Return the name as in an address: 広島県安芸郡熊野町, 北海道札幌市中央区."""
        prefecture = "" if area.kind is AreaKind.PREFECTURE else area.prefecture_name
        return f"{prefecture}{area.county}{self.index.whole_and_short_name(area)[0]}"

    def similar(self, name: str, prefecture: str = "") -> tuple[Area, ...]:
        """Return up to `MOST_CANDIDATES` areas with a similar name: offers for a person, never answers."""
        return self.index.similar(name, fold(prefecture), MOST_CANDIDATES)

    def _add_alias(self, alias: Alias) -> None:
        area = self.index.current.get(alias.code)
        if area is None:
            raise ValueError(f"alias {alias.printed!r} leads to {alias.code}, which is no current area")
        if alias.prefecture_name and fold(alias.prefecture_name) != fold(area.prefecture_name):
            raise ValueError(f"alias {alias.printed!r}: {alias.code} is not in {alias.prefecture_name}")
        if taken := self.index.written(alias.printed, fold(alias.prefecture_name)) - {area}:
            owners = sorted(owner.code for owner in taken)
            raise ValueError(f"alias {alias.printed!r} of {alias.code} is the name of {owners}")
        self.index.add_spelling(area, alias.printed, everywhere=not alias.prefecture_name)

    def _agreeing(self, name: str, scope: str, code: str) -> Area:
        try:
            code5 = code5_of(code)
        except AreaCodeError as fault:
            near = self.index.similar(name, scope, MOST_CANDIDATES)
            raise self._fault(UnknownNameError, f"{name!r}: {fault}", near) from fault
        called = self.index.written(name, scope) | self.index.short(name)
        found = self.index.followed(borne({area for area in called if area.code == code5}, None))
        if len(found) == 1 and scope in {"", fold(found[0].prefecture_name)}:
            return found[0]
        if len(found) > 1:
            raise self._fault(AmbiguousNameError, f"{name!r} with code {code} was divided", found)
        bearers = {self.index.current[code5]} if code5 in self.index.current else set()
        said = f"{name!r} is not the name of code {code}"
        raise self._fault(UnknownNameError, said, in_order(bearers | called))

    def _fault(self, kind: type[NameFaultError], said: str, offered: tuple[Area, ...] = ()) -> NameFaultError:
        shown = "、".join(f"{area.code} {self.full_name(area)}" for area in offered)
        return kind(f"{said} (candidates: {shown})" if shown else said, offered)
