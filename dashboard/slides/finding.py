"""What the lists of the chosen years say of the chosen area: the counts, and the sentence that states them.

From the facts and in the words of the pages, so that card, heading and slides never tell different numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.annual.asked import Asked, prefectures_of
from dashboard.annual.facts import Body, Facts, YearList
from dashboard.annual.maps.tally import is_registered, is_whole, tally
from dashboard.annual.maps.telling import bodies_count, classes, years_name
from dashboard.annual.pages.within import area_name, bodies, is_nation, prefecture_rows
from dashboard.words import Words


@dataclass(frozen=True, slots=True)
class Counts:
    """Counted bodies of one area, each once, and how many prefectures and municipalities there are in it.

    `municipalities` has the designated cities among them: what the 1,741 are counted as.
    """

    bodies: tuple[Body, ...]
    prefectures: int
    municipalities: int
    prefecture_total: int
    municipality_total: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the words, its values, and the count in it that opens its evidence ("" where it has none)."""

    key: str
    values: Mapping[str, str]
    counted: str = ""


def lists_of(facts: Facts, asked: Asked) -> tuple[YearList, ...]:
    """Return the lists of the chosen years, the first year first."""
    return tuple(entry for entry in facts.years if entry.year in asked.years)


def bodies_of(entry: YearList, asked: Asked) -> tuple[Body, ...]:
    """Return the bodies of a list that lie in the chosen area, partners too."""
    inside = set(prefectures_of(asked))
    return tuple(body for body in entry.bodies if body.prefecture in inside)


def counts(facts: Facts, asked: Asked, entries: Iterable[YearList]) -> Counts:
    """Return the counted bodies of some lists, each once however many lists name it."""
    found = {body.code: body for entry in entries for body in bodies(entry, asked)}
    classed = tally(found.values())
    inside = prefecture_rows(facts, asked)
    return Counts(
        bodies=tuple(found.values()),
        prefectures=classed.prefectures,
        municipalities=classed.designated_cities + classed.municipalities,
        prefecture_total=len(inside),
        municipality_total=sum(row.municipalities for row in inside),
    )


def finding(facts: Facts, asked: Asked, words: Words) -> Finding:
    """Return the sentence that answers: how many bodies of the area took part in the chosen years."""
    entries = lists_of(facts, asked)
    listed = [entry for entry in entries if is_registered(entry)]
    if not listed:
        return Finding("slides.finding_unlisted", {"years": years_name(words, entries)})
    found = counts(facts, asked, listed).bodies
    is_open = not all(map(is_whole, entries))
    values = {"years": years_name(words, listed), "area": area_name(facts, asked, words)}
    if not found:
        values |= {"documents": words.text("comma").join(_dated(words, entry) for entry in listed)}
        return Finding("slides.finding_none_open" if is_open else "slides.finding_none", values)
    values |= {
        "at_least": words.text("headline.at_least") if is_open else "",
        "classes": classes(words, found),
    }
    key = "slides.finding" if is_nation(asked) else "slides.finding_inside"
    return Finding(key, values, bodies_count(words, len(found)))


def _dated(words: Words, entry: YearList) -> str:
    """The document of a list and of when it is: silence is a statement about a document."""
    return words.text("slides.dated", document=entry.document, date=entry.as_of).strip()


def told(words: Words, found: Finding) -> str:
    """Return the sentence as plain text."""
    counted = {"bodies": found.counted} if found.counted else {}
    return words.text(found.key, **found.values, **counted)
