"""The sums that several pages tell of an area: bodies, municipalities and people by the strict rule, in the latest year."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.annual.facts import PrefectureRow


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over prefectures whose lists are known; `own` take part themselves, `any_part` hold some part at all."""

    prefectures: int
    own: int
    any_part: int
    municipalities: int
    strict: int
    people: int
    uncovered_people: int
    inside_people: int

    @property
    def covered_people(self) -> int:
        """People in municipalities whose own part is confirmed."""
        return self.people - self.uncovered_people


def sums(rows: Iterable[PrefectureRow]) -> Sums | None:
    """Return the sums, None where of any prefecture nothing is known: a part of the whole is not the whole."""
    rows = tuple(rows)
    if not rows or any(row.takes_part is None for row in rows):
        return None
    return Sums(
        prefectures=len(rows),
        own=sum(bool(row.takes_part) for row in rows),
        any_part=sum(bool(row.takes_part or row.strict) for row in rows),
        municipalities=sum(row.municipalities for row in rows),
        strict=sum(row.strict for row in rows),
        people=sum(row.people for row in rows),
        uncovered_people=sum(row.uncovered_people for row in rows),
        inside_people=sum(row.inside_people for row in rows),
    )
