"""What the pages tell: lists of participants by fiscal year and what stands beside them, free of database and screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BodyClass(StrEnum):
    """■ prefecture or designated city, □ municipality: as the ministry's list tells them apart."""

    PREFECTURE = "prefecture"
    DESIGNATED_CITY = "designated_city"
    MUNICIPALITY = "municipality"


class Standing(StrEnum):
    """How a body stands in a year's list; `partner` takes part with another and is never counted."""

    NEW = "new"
    CONTINUING = "continuing"
    RETURNING = "returning"
    UNKNOWN = "unknown"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Body:
    """One body in one year's list.

    `code` five characters, `lon` and `lat` its representative point (JGD2011), `first_year` the first fiscal year whose list
    names it; `document` and `locator` are where it stands, in the language of the pages.
    """

    code: str
    name: str
    romaji: str
    body_class: BodyClass
    standing: Standing
    lon: float
    lat: float
    first_year: int
    cohort: int | None
    decided_on: date | None
    is_counted: bool
    is_likely: bool
    source_id: str
    document: str
    locator: str

    @property
    def prefecture(self) -> str:
        """Two-digit code of its prefecture."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class YearList:
    """The list of one fiscal year: how many bodies were published (None: not known) and which are named.

    `list_state` is complete, partial or not_registered; `as_of` the day of its document as printed, "" where unknown.
    """

    year: int
    programme: str
    list_state: str
    published_total: int | None
    bodies: tuple[Body, ...]
    source_id: str
    document: str
    as_of: str

    @property
    def counted(self) -> tuple[Body, ...]:
        """The named bodies that count towards the published total."""
        return tuple(body for body in self.bodies if body.is_counted)


@dataclass(frozen=True, slots=True)
class PrefectureRow:
    """One prefecture in the cumulative view of one fiscal year; people and municipalities by the strict rule.

    `takes_part` None: no list to look in, and then no count is known. Counts are of municipalities, `people` of all who live
    there; `uncovered_people` live where the municipality's own part is not confirmed (all but states A and B), of them
    `inside_people` in municipalities that only a partner's platform or the prefecture reaches (states C and D).
    """

    code: str
    name: str
    romaji: str
    takes_part: bool | None
    municipalities: int
    strict: int
    inclusive: int
    people: int
    uncovered_people: int
    inside_people: int = 0


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """One municipality in the cumulative view of one fiscal year; `state` is a letter A to F, `since_year` of A to D."""

    code: str
    name: str
    romaji: str
    state: str
    since_year: int | None
    people: int

    @property
    def prefecture(self) -> str:
        """Two-digit code of its prefecture."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document of the appendix: where it is cited from and for what.

    `prefectures`: two-digit codes of the areas that it is cited for; () where it is cited for the nation.
    """

    source_id: str
    title: str
    publisher: str
    published_on: str
    url: str
    locators: tuple[str, ...]
    prefectures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the pages tell, in one language.

    `years` are all fiscal years, the first list first; `prefectures` and `municipalities` of the latest year with facts,
    `latest_year`. `names` gives each prefecture's name by two-digit code, in the language of the pages. `totals`:
    municipalities, prefectures and people of the nation. `credit` is the line that the boundaries ask for.
    """

    years: tuple[YearList, ...]
    latest_year: int
    prefectures: tuple[PrefectureRow, ...]
    names: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    totals: Mapping[str, int]
    credit: str
    build_id: str
    built_on: date
    municipalities: tuple[MunicipalityRow, ...] = ()

    def of(self, year: int) -> YearList:
        """Return the list of one fiscal year.

        Raises:
            KeyError: the atlas has no such year.
        """
        found = {entry.year: entry for entry in self.years}
        return found[year]
