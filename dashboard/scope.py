"""What the user has chosen, and how it is written in the address bar.

The address is the single source of the choice: each run parses it, a widget's callback writes it. Every value comes from a
closed list; anything else falls back to the default and is reported, never raised, because an address is untrusted input
that people also shorten, translate and mistype.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Self

LONGEST_SHOWN = 20
"""Characters of a refused value that a notice repeats; an address may be 100 kB long."""


class TimeView(StrEnum):
    """当年度 (the year's programme list) or 累計 (ever, up to the end of that year)."""

    ANNUAL = "annual"
    CUMULATIVE = "cumulative"


class CountingRule(StrEnum):
    """狭義 = A+B, 標準 = A+B+C, 広義 = A–D."""

    STRICT = "strict"
    STANDARD = "standard"
    INCLUSIVE = "inclusive"


class Language(StrEnum):
    """Languages of the words files."""

    JA = "ja"
    EN = "en"


class Layer(StrEnum):
    """What the map shows: coverage, points on top of it, or one measure of need."""

    COVERAGE = "coverage"
    GRANTS = "grants"
    PLACES = "places"
    POPULATION = "population"
    AGEING = "ageing"
    SINGLE = "single"


NEED_LAYERS = frozenset({Layer.POPULATION, Layer.AGEING, Layer.SINGLE})
"""Measures of the census: they have nothing to do with the fiscal year or the lists in view."""


class DataTab(StrEnum):
    """Parts of the page データと出典."""

    TABLES = "tables"
    DOCUMENTS = "documents"
    RECONCILIATION = "reconciliation"
    NAMES = "names"
    LICENCES = "licences"


@dataclass(frozen=True, slots=True)
class Choices:
    """The closed lists that come from the database: fiscal years, area codes, source ids."""

    years: tuple[int, ...]
    default_year: int
    areas: Collection[str]
    sources: Collection[str] = ()
    tables: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A value of the address that is not in its closed list."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Scope:
    """One view of the atlas.

    `area` is "" (nation) or a five-digit code, `source` "" or a source id, `table` "" or a public table, `beside` "" or the
    fiscal year of a second map beside the first.
    """

    year: int
    view: TimeView = TimeView.CUMULATIVE
    area: str = ""
    rule: CountingRule = CountingRule.STRICT
    lang: Language = Language.JA
    layer: Layer = Layer.COVERAGE
    tab: DataTab = DataTab.TABLES
    source: str = ""
    table: str = ""
    beside: str = ""

    @property
    def prefecture(self) -> str:
        """Two-digit code of the prefecture in view, "" for the nation."""
        return self.area[:2]

    @property
    def prefecture_area(self) -> str:
        """Five-digit code of the prefecture in view, "" for the nation."""
        return f"{self.prefecture}000" if self.area else ""

    @property
    def municipality(self) -> str:
        """Five-digit code of the chosen municipality, "" when none is chosen."""
        return "" if self.area.endswith("000") else self.area

    def address(self, **changes: object) -> dict[str, str]:
        """Return the query parameters of this view with `changes` applied; the defaults that depend on nothing are left out.

        The year is always written: a link must show the same year after the next list has been added.
        """
        scope = replace(self, **changes)  # type: ignore[arg-type]  # the names are checked by replace itself
        plain = {f.name: f.default for f in fields(Scope)}
        return {
            name: str(value)
            for name in plain
            if (value := getattr(scope, name)) != plain[name] or name == "year"
        }

    @classmethod
    def from_address(cls, parameters: Mapping[str, str], choices: Choices) -> tuple[Self, list[Refused]]:
        """Return the view that `parameters` ask for and what had to be refused. Never raises."""
        reader = _Reader(parameters)
        scope = cls(
            year=int(reader.one_of("year", {str(y) for y in choices.years}, str(choices.default_year))),
            view=TimeView(reader.one_of("view", set(TimeView), TimeView.CUMULATIVE)),
            area=reader.one_of("area", choices.areas, ""),
            rule=CountingRule(reader.one_of("rule", set(CountingRule), CountingRule.STRICT)),
            lang=Language(reader.one_of("lang", set(Language), Language.JA)),
            layer=Layer(reader.one_of("layer", set(Layer), Layer.COVERAGE)),
            tab=DataTab(reader.one_of("tab", set(DataTab), DataTab.TABLES)),
            source=reader.one_of("source", choices.sources, ""),
            table=reader.one_of("table", choices.tables, ""),
            beside=reader.one_of("beside", {str(y) for y in choices.years}, ""),
        )
        return scope, reader.refused


@dataclass(slots=True)
class _Reader:
    """Reads closed-list values and remembers what it refused."""

    parameters: Mapping[str, str]
    refused: list[Refused] = field(default_factory=list)

    def one_of(self, name: str, allowed: Collection[str], default: str) -> str:
        value = self.parameters.get(name, "")
        if value in allowed:
            return value
        if value:
            self.refused.append(Refused(name, value[:LONGEST_SHOWN]))
        return default
