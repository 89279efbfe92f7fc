"""What the user has chosen, and how it is written in the address bar.

The address is the single source of the choice: each run parses it, a widget's callback writes it. Every value comes from a
closed list; anything else falls back to the default and is reported, never raised, because an address is untrusted input
that people also shorten, translate and mistype.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import product
from typing import Literal, Self
from unicodedata import normalize

from dashboard.closed_lists import (
    Block,
    Colouring,
    CountingRule,
    DataTab,
    FileKind,
    Language,
    Layer,
    Need,
    Offer,
    Panel,
    PaperKind,
    PlaceStatus,
    ProofKind,
    Reach,
    SheetKind,
    Supply,
    TimeView,
    Unknown,
)

LONGEST_SHOWN = 20
"""Characters of a refused value that a notice repeats; an address may be 100 kB long."""
SEARCH_LENGTH = 20
"""Characters of a search; the longest name of a municipality with its county has fewer."""
MOST_AREAS = 5
"""Areas that are compared at once: more columns than these nobody reads side by side."""

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
    """The closed lists that come from the database.

    Fiscal years, area codes, source ids, public tables, published totals; kinds of places, target groups and themes of
    partners, and the calendar years in which their sources were published.
    """

    years: tuple[int, ...]
    default_year: int
    areas: Collection[str]
    sources: Collection[str] = ()
    tables: Collection[str] = ()
    totals: Collection[str] = ()
    place_kinds: Collection[str] = ()
    targets: Collection[str] = ()
    themes: Collection[str] = ()
    source_years: Collection[int] = ()

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

    `area` is "" (nation) or a five-digit code, `source` "" or a source id, `table` "" or a public table, `beside` "" or what a
    second map shows beside the first: another fiscal year or counting rule; `find` is the text searched for, `open` the panels
    that are open, `proof` the number whose evidence is open. `areas` are those compared, in the order of their columns. Partners
    are found by `reach`; each other choice narrows them, "" and the empty set leave all in: `newer` is the first calendar year
    of their sources. Slides show the year and `years` beside it, of the area or of a `block`; `present` is "" or what
    the presenter begins with, a fiscal year or the build-up.
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
    areas: tuple[str, ...] = ()
    need_measure: Need = Need.AGEING
    supply_measure: Supply = Supply.DISTANCE
    reach: Reach = Reach.KM10
    offers: frozenset[Offer] = frozenset()
    place_kind: str = ""
    target: str = ""
    theme: str = ""
    place_status: PlaceStatus | Literal[""] = ""
    newer: str = ""
    unknown: Unknown = Unknown.WITH
    years: frozenset[str] = frozenset()
    block: Block | Literal[""] = ""
    colouring: Colouring = Colouring.COLOUR
    paper: PaperKind = PaperKind.SLIDE
    sheet: SheetKind = SheetKind.YEAR
    present: str = ""

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

    def with_area(self, code: str) -> tuple[str, ...]:
        """Return the areas that are compared once `code` is among them: of too many the first gives way."""
        return self.areas if code in self.areas else (*self.areas, code)[-MOST_AREAS:]

    @property
    def compares_rules(self) -> bool:
        """Whether the second map shows another counting rule, not another year."""
        return self.beside in set(CountingRule)

    def mirrored(self) -> "Scope":
        """Return the view of the second map: its year or rule first, the first map's beside it, its table open as the first's.

        Links in the second map's table then lead to the evidence of its own year. `beside` must not be empty.
        """
        other = {Panel.TABLE: Panel.SECOND, Panel.SECOND: Panel.TABLE}
        opened = frozenset(other.get(panel, panel) for panel in self.open)
        if self.compares_rules:
            return replace(self, rule=CountingRule(self.beside), beside=str(self.rule), open=opened)
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
            beside=reader.one_of("beside", {*(str(y) for y in choices.years), *CountingRule}, ""),
            file_kind=FileKind(reader.one_of("file_kind", set(FileKind), FileKind.PLATFORMS)),
            find=searched(parameters.get("find", "")),
            open=frozenset(Panel(name) for name in reader.some_of("open", set(Panel))),
            proof=reader.proof("proof", choices),
            areas=reader.areas("areas", choices.areas),
            need_measure=Need(reader.one_of("need_measure", set(Need), Need.AGEING)),
            supply_measure=Supply(reader.one_of("supply_measure", set(Supply), Supply.DISTANCE)),
            reach=Reach(reader.one_of("reach", set(Reach), Reach.KM10)),
            offers=frozenset(Offer(name) for name in reader.some_of("offers", set(Offer))),
            place_kind=reader.one_of("place_kind", choices.place_kinds, ""),
            target=reader.one_of("target", choices.targets, ""),
            theme=reader.one_of("theme", choices.themes, ""),
            place_status=PlaceStatus(status)
            if (status := reader.one_of("place_status", set(PlaceStatus), ""))
            else "",
            newer=reader.one_of("newer", {str(y) for y in choices.source_years}, ""),
            unknown=Unknown(reader.one_of("unknown", set(Unknown), Unknown.WITH)),
            years=frozenset(reader.some_of("years", {str(y) for y in choices.years})),
            block=Block(block) if (block := reader.one_of("block", set(Block), "")) else "",
            colouring=Colouring(reader.one_of("colouring", set(Colouring), Colouring.COLOUR)),
            paper=PaperKind(reader.one_of("paper", set(PaperKind), PaperKind.SLIDE)),
            sheet=SheetKind(reader.one_of("sheet", set(SheetKind), SheetKind.YEAR)),
            present=reader.one_of("present", {*(str(y) for y in choices.years), SheetKind.BUILD_UP}, ""),
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

    def areas(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        wanted = list(dict.fromkeys(code for code in self.parameters.get(name, "").split(".") if code))
        known = [code for code in wanted if code in allowed]
        for code in [code for code in wanted if code not in allowed][:1] or known[MOST_AREAS:][:1]:
            self._refuse(name, code)
        return tuple(known[:MOST_AREAS])

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
    """A value as the address writes it; a set in alphabetical order, so that one view has one address."""
    if isinstance(value, tuple):
        return ".".join(value)
    return ".".join(sorted(value)) if isinstance(value, frozenset) else str(value)
