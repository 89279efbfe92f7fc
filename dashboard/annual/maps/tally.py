"""How many bodies of which class a list names, and how far it is known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.annual.facts import Body, BodyClass, Facts, YearList


@dataclass(frozen=True, slots=True)
class Tally:
    """Bodies by class."""

    prefectures: int
    designated_cities: int
    municipalities: int

    @property
    def filled(self) -> int:
        """Those that the ministry's list marks ■: prefectures and designated cities."""
        return self.prefectures + self.designated_cities

    @property
    def total(self) -> int:
        """All of them."""
        return self.filled + self.municipalities


def tally(bodies: Iterable[Body]) -> Tally:
    """Count bodies by class; a body that is given twice counts twice."""
    found = Counter(body.body_class for body in bodies)
    return Tally(found[BodyClass.PREFECTURE], found[BodyClass.DESIGNATED_CITY], found[BodyClass.MUNICIPALITY])


def is_registered(listed: YearList) -> bool:
    """Whether the atlas has any of the year's list."""
    return listed.list_state != "not_registered"


def is_whole(listed: YearList) -> bool:
    """Whether every body of the year's list is named."""
    return listed.list_state == "complete"


def times_listed(facts: Facts, code: str, until: int) -> int:
    """Return how many lists up to the fiscal year `until` count the body."""
    lists = (listed for listed in facts.years if listed.year <= until)
    return sum(any(body.code == code for body in listed.counted) for listed in lists)


def distinct(lists: Iterable[YearList]) -> tuple[Body, ...]:
    """Return every counted body once, as its latest list has it, in the order of the codes."""
    latest = {body.code: body for listed in lists for body in listed.counted}
    return tuple(latest[code] for code in sorted(latest))
