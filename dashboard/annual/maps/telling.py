"""The sentences above a map, composed from the facts: the finding, the counts by sign, years and classes in words."""

from collections.abc import Iterable

from dashboard.annual.body_names import one_line, shown_name
from dashboard.annual.facts import Body, BodyClass, YearList
from dashboard.annual.maps.subject import Subject
from dashboard.annual.maps.tally import Tally, tally
from dashboard.annual.setting import Setting
from dashboard.words import Words

SIGNS = {BodyClass.PREFECTURE: "■", BodyClass.DESIGNATED_CITY: "■", BodyClass.MUNICIPALITY: "□"}
TOKYO = "13"
MOST_IN_TITLE = 3
"""So many bodies a title names; of more it says the classes."""
WARD = "区"


def titles(setting: Setting, subject: Subject) -> tuple[str, ...]:
    """Return the finding, the fullest sentence first, for a page to choose what fits."""
    words = setting.words
    if not subject.registered:
        return (words.text("annual.title_unlisted", years=years_name(words, subject.lists)),)
    scope = _scope(words, subject)
    if not subject.entries:
        return (words.text("annual.title_none", scope=scope),)
    values = {
        "scope": scope,
        "bodies": bodies_count(words, len(subject.entries)),
        "classes": _who(words, subject.bodies),
    }
    long, short = (
        ("annual.title_least", "annual.title_least_short")
        if subject.is_least
        else ("annual.title", "annual.title_short")
    )
    return words.text(long, **values), words.text(short, scope=scope, bodies=values["bodies"])


def _who(words: Words, bodies: tuple[Body, ...]) -> str:
    """A few bodies by their names, more by their classes."""
    if len(bodies) <= MOST_IN_TITLE:
        return words.joined("listed", (shown_name(body, words) for body in bodies))
    return classes(words, bodies)


def kicker(setting: Setting, subject: Subject) -> str:
    """Return the line below the title: the counts by sign, and which programme's list this is."""
    words = setting.words
    programme = one_line(subject.lists[-1].programme) if words.language == "ja" else ""
    if not programme or subject.is_build_up:
        programme = words.text("annual.programme")
    told = words.text("annual.kicker", programme=programme)
    if not subject.entries:
        return told
    counts = words.text(
        "annual.kicker_least" if subject.is_least else "annual.kicker_counts",
        bodies=bodies_count(words, len(subject.entries)),
        signs=by_sign(tally(subject.bodies)),
    )
    return words.text("annual.kicker_counted", counts=counts, told=told)


def by_sign(found: Tally) -> str:
    """Return counts by sign: ■9 □9; a class without any is left out."""
    parts = (
        (SIGNS[BodyClass.PREFECTURE], found.filled),
        (SIGNS[BodyClass.MUNICIPALITY], found.municipalities),
    )
    return " ".join(f"{sign}{count}" for sign, count in parts if count)


def years_name(words: Words, lists: Iterable[YearList]) -> str:
    """Return the fiscal years in words: a run as from – to, else one by one."""
    years = [listed.year for listed in lists]
    if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
        return words.text(
            "annual.years_run", first=words.year_name(years[0]), last=words.year_name(years[-1])
        )
    return words.joined("dotted", map(words.year_name, years))


def bodies_count(words: Words, count: int) -> str:
    """Return a number of bodies: 29団体, 29 bodies."""
    return words.text("annual.body_one" if count == 1 else "annual.bodies", n=count)


def classes(words: Words, bodies: Iterable[Body]) -> str:
    """Return the bodies by class, the classes without any left out: 9道府県・3政令指定都市・17市町村."""
    bodies = tuple(bodies)
    found = tally(bodies)
    parts = (
        (found.prefectures, _prefectures_key(bodies, found)),
        (found.designated_cities, "designated_one" if found.designated_cities == 1 else "designated"),
        (found.municipalities, _municipalities_key(bodies, found)),
    )
    told = [words.text(f"annual.class_{key}", n=count) for count, key in parts if count]
    if len(told) == 1:
        return told[0]
    if len(told) == 2:
        return words.text("annual.classes_two", first=told[0], second=told[1])
    return words.text("annual.classes_three", first=told[0], second=told[1], third=told[2])


def _scope(words: Words, subject: Subject) -> str:
    """Of which years and place a finding is: a year without a list says nothing, and is told of beside the map."""
    years, kind = years_name(words, subject.registered), "years" if subject.is_build_up else "year"
    if subject.place:
        return words.text(f"annual.scope_{kind}_in", years=years, place=subject.place)
    return words.text(f"annual.scope_{kind}", years=years)


def _prefectures_key(bodies: tuple[Body, ...], found: Tally) -> str:
    if found.prefectures == 1:
        return "prefecture_one"
    whole = (body for body in bodies if body.body_class is BodyClass.PREFECTURE)
    return "prefectures_tokyo" if any(body.prefecture == TOKYO for body in whole) else "prefectures"


def _municipalities_key(bodies: tuple[Body, ...], found: Tally) -> str:
    if found.municipalities == 1:
        return "municipality_one"
    return "municipalities_ward" if any(body.name.endswith(WARD) for body in bodies) else "municipalities"
