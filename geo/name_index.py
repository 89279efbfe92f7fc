"""All areas by every way to write their names: what is written so, what begins so, what is similar. It never decides.

A scope is a folded prefecture name, or "" for the nation. In a scope every name also stands with its prefecture before it, and
with its county: 広島県安芸郡熊野町, 安芸郡熊野町 and 熊野町 are one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from geo.area import Area, AreaKind
from geo.spelling import fold, kana_of, plain

LEAST_LIKENESS = 0.5
_TOO_COMMON = frozenset("県郡市区町村")

Names = defaultdict[tuple[str, str], set[Area]]


class NameIndex:
    """Names of areas, current and ended. Filled once, then only read.

    A ward of a designated city is written 札幌市中央区; 中央区 alone is its short name. A northern village is written with
    its county (国後郡泊村), because Hokkaido has a municipality 泊村 too; its name alone is a short name.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        """Index the areas.

        Raises:
            ValueError: a successor or a ward's city is no current area.
        """
        every = in_order(areas)
        self.current = {area.code: area for area in every if area.is_current}
        self.prefectures = {fold(area.prefecture_name) for area in every}
        self._coded: defaultdict[str, list[Area]] = defaultdict(list)
        self._plain: Names = defaultdict(set)
        self._folded: Names = defaultdict(set)
        self._short: Names = defaultdict(set)
        self._kana: Names = defaultdict(set)
        self._by_sign: defaultdict[str, set[Area]] = defaultdict(set)
        self._longest = 0
        for area in every:
            self._add(area)

    def _add(self, area: Area) -> None:
        needed = (*area.successors, *filter(None, (area.parent_code,)))
        if missing := [code for code in needed if code not in self.current]:
            raise ValueError(f"{area.code} {area.name} needs {missing}, which are no current areas")
        self._coded[area.code].append(area)
        name, short = self.whole_and_short_name(area)
        self.add_spelling(area, f"{area.county}{name}")
        scopes = (fold(area.prefecture_name), "")
        for scope in scopes:
            if short:
                self._short[scope, fold(short)].add(area)
            if area.kana and not short:
                self._kana[scope, area.kana].add(area)
        if area.kind is not AreaKind.NORTHERN_VILLAGE:
            self.add_spelling(area, name)
        if area.is_current:
            for sign in set(fold(name)) - _TOO_COMMON:
                self._by_sign[sign].add(area)

    def add_spelling(self, area: Area, spelling: str, *, everywhere: bool = True) -> None:
        """Add a way to write an area's name; without `everywhere` it holds inside its prefecture only."""
        prefecture = area.prefecture_name
        for text in {spelling, prefecture + spelling}:
            self._longest = max(self._longest, len(plain(text)))
            for scope in {fold(prefecture)} | ({""} if everywhere or text != spelling else set()):
                self._plain[scope, plain(text)].add(area)
                self._folded[scope, fold(text)].add(area)

    def whole_and_short_name(self, area: Area) -> tuple[str, str]:
        """Return the name that identifies, and the part of it that only does so beside a city or code."""
        if area.kind is AreaKind.NORTHERN_VILLAGE:
            return area.name, area.name
        if area.kind is not AreaKind.WARD:
            return area.name, ""
        city = self.current[area.parent_code].name
        short = area.name.removeprefix(city)
        return city + short, short

    def written(self, name: str, scope: str) -> set[Area]:
        """Return the areas written so; the very characters win over a variant of them."""
        return self._plain.get((scope, plain(name))) or self._folded.get((scope, fold(name))) or set()

    def short(self, name: str, scope: str = "") -> set[Area]:
        """Return the wards and northern villages of this short name."""
        return self._short.get((scope, fold(name)), set())

    def read_aloud(self, printed: str, scope: str) -> set[Area]:
        """Return the areas whose name is read so, if the text is written in kana only."""
        kana = kana_of(printed)
        return self._kana.get((scope, kana), set()) if kana else set()

    def coded(self, code5: str) -> tuple[Area, ...]:
        """Return the areas, current first, that bear or bore a code."""
        return tuple(sorted(self._coded.get(code5, ()), key=lambda area: not area.is_current))

    def leading(self, text: str, scope: str) -> set[Area]:
        """Return the areas of the longest name that a text (an address) begins with."""
        exact, folded = plain(text), fold(text)
        for length in range(min(self._longest, len(exact)), 1, -1):
            found = self._plain.get((scope, exact[:length])) or self._folded.get((scope, folded[:length]))
            if found:
                return found
        return set()

    def wards_called(self, name: str, scope: str = "") -> tuple[Area, ...]:
        """Return the current wards of designated cities that are called so without their city."""
        return in_order(
            area for area in self.short(name, scope) if area.kind is AreaKind.WARD and area.is_current
        )

    def followed(self, areas: Iterable[Area]) -> tuple[Area, ...]:
        """Return the current areas that the areas are or became."""
        codes = {code for area in areas for code in (area.successors or (area.code,))}
        return in_order(self.current[code] for code in codes if code in self.current)

    def similar(self, name: str, scope: str, most: int) -> tuple[Area, ...]:
        """Return areas that share many characters, those called exactly so first: offers, never answers."""
        key = fold(name)
        exact = self.followed(self.written(name, "") | self.short(name))
        signs = set(key) - set(scope) - _TOO_COMMON
        shared = Counter(area for sign in signs for area in self._by_sign.get(sign, ()))
        likeness = {
            area: 2 * count / (len(signs) + len(set(fold(area.name)) - _TOO_COMMON))
            for area, count in shared.items()
            if scope in {"", fold(area.prefecture_name)} and area not in exact
        }
        near = sorted(likeness, key=lambda area: (-likeness[area], area.code))
        return (*exact, *(area for area in near if likeness[area] >= LEAST_LIKENESS))[:most]


def borne(areas: set[Area], on: date | None) -> set[Area]:
    """Return those that existed on a day; without a day the current ones, or the ended ones if there is no other."""
    if on is not None:
        return {area for area in areas if area.is_valid_on(on)}
    return {area for area in areas if area.is_current} or areas


def in_order(areas: Iterable[Area]) -> tuple[Area, ...]:
    """Return the areas, each once, by code, an ended one before its successor of the same code."""
    return tuple(sorted(set(areas), key=lambda area: (area.code, area.valid_to or date.max)))
