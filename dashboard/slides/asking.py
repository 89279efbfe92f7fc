"""From what stands in the address to what is asked of the annual map, and the pages of a deck as things to choose from."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dashboard.annual.asked import Asked
from dashboard.closed_lists import SheetKind
from dashboard.scope import Scope
from dashboard.words import Words

MAPS = (SheetKind.YEAR, SheetKind.BUILD_UP)
"""The pages that show who is in which list."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One entry of a deck's contents: a kind of page, and for the map of a year its fiscal year.

    It may be printed on more than one page: a crowded map is split into regions.
    """

    kind: SheetKind
    year: int | None = None

    @property
    def code(self) -> str:
        """Its name in lists and file names: year.2022, trend."""
        return f"{self.kind}.{self.year}" if self.year else str(self.kind)


def asked_of(scope: Scope) -> Asked:
    """Return what the address asks for: the year of the scope and those beside it; a prefecture goes before a block."""
    return Asked(
        years=tuple(sorted({scope.year, *map(int, scope.years)})),
        area=scope.prefecture,
        block=None if scope.prefecture else scope.block or None,
        language=scope.lang,
        colouring=scope.colouring,
        paper=scope.paper,
    )


def sheets(asked: Asked) -> tuple[Sheet, ...]:
    """Return the contents of the deck in its order: a map for each year, the build-up only of several years."""
    found: list[Sheet] = []
    for kind in SheetKind:
        if kind == SheetKind.YEAR:
            found += [Sheet(kind, year) for year in asked.years]
        elif kind != SheetKind.BUILD_UP or len(asked.years) > 1:
            found.append(Sheet(kind))
    return tuple(found)


def listed(asked: Asked, sheet: Sheet | None) -> Asked:
    """Return what an entry of the deck lists: the map of a year its own year, all others, and the whole deck, every year."""
    return replace(asked, years=(sheet.year,)) if sheet and sheet.year else asked


def sheet_of(scope: Scope, there: Collection[Sheet]) -> Sheet:
    """Return the entry that is looked at; where it is not `there` in the deck, the map of the scope's year."""
    own = Sheet(SheetKind.YEAR, scope.year)
    wanted = own if scope.sheet == SheetKind.YEAR else Sheet(scope.sheet)
    return wanted if wanted in there else own


def chosen(scope: Scope, sheet: Sheet) -> dict[str, object]:
    """Return the changes of the address that lead to `sheet` and leave the deck as it is."""
    if sheet.year is None:
        return {"sheet": sheet.kind}
    return {"sheet": sheet.kind, **with_years(asked_of(scope).years, sheet.year)}


def with_years(years: tuple[int, ...], shown: int) -> dict[str, object]:
    """Return the changes of the address for a deck of `years` that shows the map of one of them."""
    several = frozenset(str(year) for year in years) if len(years) > 1 else frozenset()
    return {"year": shown, "years": several}


def named(words: Words, sheet: Sheet) -> str:
    """Return the name of an entry: 令和4年度の地図, 年度の推移."""
    if sheet.year is None:
        return words.text(f"sheet.{sheet.kind}")
    return words.text("slides.year_sheet", year=words.year_name(sheet.year))
