"""What the user has chosen, and how it is written in the address bar.

The address is the single source of the choice: each run parses it, a widget's callback writes it. Every value comes from a
closed list; anything else falls back to the default and is reported, never raised, because an address is untrusted input
that people also shorten, translate and mistype.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from itertools import product
from typing import Self
from unicodedata import normalize

LONGEST_SHOWN = 20
"""Characters of a refused value that a notice repeats; an address may be 100 kB long."""
SEARCH_LENGTH = 20
"""Characters of a search; the longest name of a municipality with its county has fewer."""


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
    IMPORT = "import"


class FileKind(StrEnum):
    """Kinds of lists that the import check reads."""

    PLATFORMS = "platforms"
    GRANTEES = "grantees"
    PLACES = "places"
    SOURCES = "sources"
    BOUNDARIES = "boundaries"
    PDF = "pdf"


class Panel(StrEnum):
    """What a page shows only when it is opened: the map's table, all its municipalities, the whole ranking, the places."""

    TABLE = "table"
    SECOND = "second"
    ROWS = "rows"
    RANKING = "ranking"
    PLACES = "places"


class ProofKind(StrEnum):
    """What the evidence is shown of. The first four belong to the cards and have no subject.

    The others name theirs after a dot: `area.13101`, `state.13000.D`, `uncovered.13000`, `list.2023`, `total.<total_id>`.
    """

    MUNICIPALITIES = "municipalities"
    PREFECTURES = "prefectures"
    PEOPLE = "people"
    CHANGE = "change"
    AREA = "area"
    STATE = "state"
    UNCOVERED = "uncovered"
    LIST = "list"
    TOTAL = "total"


STATE_CODES = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Proof:
    """A number whose evidence is open: its kind and its subject ("" for a card)."""

    kind: ProofKind
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.kind}.{self.subject}" if self.subject else str(self.kind)


@dataclass(frozen=True, slots=True)
class Choices:
    """The closed lists that come from the database: fiscal years, area codes, source ids, public tables, published totals."""

    years: tuple[int, ...]
    default_year: int
    areas: Collection[str]
    sources: Collection[str] = ()
    tables: Collection[str] = ()
    totals: Collection[str] = ()

    def subjects(self, kind: ProofKind) -> Collection[str]:
        """Return what evidence of one kind may be asked of."""
        prefectures = [code for code in self.areas if code.endswith("000")]
        return {
            ProofKind.AREA: self.areas,
            ProofKind.STATE: {f"{code}.{state}" for code, state in product(prefectures, STATE_CODES)},
            ProofKind.UNCOVERED: prefectures,
            ProofKind.LIST: {str(year) for year in self.years},
            ProofKind.TOTAL: self.totals,
        }.get(kind, ("",))


@dataclass(frozen=True, slots=True)
class Refused:
    """A value of the address that is not in its closed list."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Scope:
    """One view of the atlas.

    `area` is "" (nation) or a five-digit code, `source` "" or a source id, `table` "" or a public table, `beside` "" or the
    fiscal year of a second map beside the first, `find` the text searched for, `open` the panels that are open, `proof` the
    number whose evidence is open.
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
    file_kind: FileKind = FileKind.PLATFORMS
    find: str = ""
    open: frozenset[Panel] = frozenset()
    proof: Proof | None = None

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

    def mirrored(self) -> "Scope":
        """Return the view of the second map: its year first, the first map's beside it, and its table open as the first's.

        Links in the second map's table then lead to the evidence of its own year. `beside` must be a year.
        """
        other = {Panel.TABLE: Panel.SECOND, Panel.SECOND: Panel.TABLE}
        opened = frozenset(other.get(panel, panel) for panel in self.open)
        return replace(self, year=int(self.beside), beside=str(self.year), open=opened)

    def address(self, **changes: object) -> dict[str, str]:
        """Return the query parameters of this view with `changes` applied; the defaults that depend on nothing are left out.

        The year is always written: a link must show the same year after the next list has been added. A chosen area ends the
        search that led to it.
        """
        changes = {"find": "", **changes} if "area" in changes else changes
        scope = replace(self, **changes)  # type: ignore[arg-type]  # the names are checked by replace itself
        plain = {f.name: f.default for f in fields(Scope)}
        return {
            name: _written(value)
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
            file_kind=FileKind(reader.one_of("file_kind", set(FileKind), FileKind.PLATFORMS)),
            find=searched(parameters.get("find", "")),
            open=frozenset(Panel(name) for name in reader.some_of("open", set(Panel))),
            proof=reader.proof("proof", choices),
        )
        reader.one_of("page", (), "")  # the front door adds the name of a page that does not exist
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
            self._refuse(name, value)
        return default

    def some_of(self, name: str, allowed: Collection[str]) -> set[str]:
        wanted = {value for value in self.parameters.get(name, "").split(".") if value}
        for value in sorted(wanted.difference(allowed))[:1]:
            self._refuse(name, value)
        return wanted.intersection(allowed)

    def proof(self, name: str, choices: Choices) -> Proof | None:
        value = self.parameters.get(name, "")
        kind, _, subject = value.partition(".")
        if kind in set(ProofKind) and subject in choices.subjects(ProofKind(kind)):
            return Proof(ProofKind(kind), subject)
        if value:
            self._refuse(name, value)
        return None

    def _refuse(self, name: str, value: str) -> None:
        self.refused.append(Refused(name, value[:LONGEST_SHOWN]))


def searched(text: str) -> str:
    """Return what is looked for: one line of usual characters, no longer than a name.

    >>> searched(" ﾌﾁｭｳ\\n市 ")
    'フチュウ市'
    """
    seen = "".join(filter(str.isprintable, normalize("NFKC", text[: 4 * SEARCH_LENGTH])))
    # Once more: what stood apart may now stand together and be one sign.
    return normalize("NFKC", seen).strip()[:SEARCH_LENGTH].strip()


def _written(value: object) -> str:
    """A value as the address writes it; panels in alphabetical order, so that one view has one address."""
    return ".".join(sorted(value)) if isinstance(value, frozenset) else str(value)
