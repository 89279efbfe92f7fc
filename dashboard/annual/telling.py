"""The sentences of a map page, composed from the facts: title, statements, rows of the legend, sources, alt and notes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from dashboard.annual.badges import Badge, BadgeKind
from dashboard.annual.body_names import full_name, one_line, prefecture_name, shortened, shown_name
from dashboard.annual.facts import Body, BodyClass, YearList
from dashboard.annual.setting import Setting
from dashboard.annual.subject import Entry, Subject
from dashboard.annual.tally import Tally, is_registered, is_whole, tally
from dashboard.annual.text_width import text_width
from dashboard.words import Words

SIGNS = {BodyClass.PREFECTURE: "■", BodyClass.DESIGNATED_CITY: "■", BodyClass.MUNICIPALITY: "□"}
TOKYO = "13"
MOST_IN_TITLE = 3
"""So many bodies a title names; of more it says the classes."""
KANJI = "〇一二三四五六七八九"
"""Rounds are numbered as the ministry does: 第一次."""
WARD = "区"


@dataclass(frozen=True, slots=True)
class Round:
    """Bodies that were decided on together."""

    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """A mark, what it means, and how many bodies have it."""

    badge: Badge | None
    label: str
    count: int


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


def own_part(setting: Setting, subject: Subject) -> str:
    """Return, of the page of one prefecture, whether the prefecture itself is listed; "" on any other page."""
    if len(subject.prefectures) > 1 or not subject.entries:
        return ""
    (code,) = subject.prefectures
    is_listed = any(body.code == f"{code}000" for body in subject.bodies)
    name = prefecture_name(setting.facts, code)
    return setting.words.text("annual.own_listed" if is_listed else "annual.own_none", name=name)


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


def statements(setting: Setting, subject: Subject) -> tuple[str, ...]:
    """Return how far the lists are known, one plain sentence a list."""
    words = setting.words
    told = [(listed, _statement(words, listed)) for listed in subject.lists]
    if not subject.is_build_up:
        return tuple(sentence for _, sentence in told)
    return tuple(
        words.joined("named", (words.year_short(listed.year), _shortest(words, listed) or sentence))
        for listed, sentence in told
    )


def short_statement(setting: Setting, subject: Subject) -> str:
    """Return how far the lists are known in a few words; "" where all of them are whole."""
    words = setting.words
    if not subject.is_build_up:
        return _short(words, subject.lists[0])
    partial = [listed for listed in subject.lists if not is_whole(listed)]
    if not partial:
        return ""
    years = words.joined("dotted", (words.year_short(listed.year) for listed in partial))
    return words.text("annual.short_lists", years=years)


def none_confirmed(setting: Setting, subject: Subject) -> str:
    """Return what is said where the lists name nobody: the documents that were read, and of when they are."""
    words = setting.words
    read = [
        part for listed in subject.registered for part in (one_line(listed.document), listed.as_of) if part
    ]
    return words.text("annual.none_confirmed", documents=words.text("comma").join(dict.fromkeys(read)))


def rounds(setting: Setting, subject: Subject) -> tuple[Round, ...]:
    """Return the rounds of one year's decisions in their order, bodies of no known round last; none where none is known."""
    if subject.is_build_up:
        return ()
    keys = {(body.cohort, body.decided_on) for body in subject.bodies}
    if keys <= {(None, None)}:
        return ()
    in_order = sorted(keys, key=lambda key: (key[0] or 99, str(key[1] or "9")))
    return tuple(
        Round(
            _round_label(setting.words, key[0], key[1].isoformat() if key[1] else ""),
            tally(body for body in subject.bodies if (body.cohort, body.decided_on) == key),
        )
        for key in in_order
    )


def badge_rows(setting: Setting, subject: Subject) -> tuple[BadgeRow, ...]:
    """Return every mark that stands on the page with its meaning, in the order of `BadgeKind`."""
    found = Counter(badge for entry in subject.entries for badge in entry.badges)
    order = list(BadgeKind)
    rows = [
        BadgeRow(badge, _badge_label(setting, subject, badge), found[badge])
        for badge in sorted(found, key=lambda badge: (order.index(badge.kind), badge.text))
    ]
    plain = _without_mark(setting, subject)
    return (plain, *rows) if plain else tuple(rows)


def first_year_note(setting: Setting, subject: Subject) -> str:
    """Return what is said once in the year of the first list, in which everybody is new; "" in any other."""
    is_first = subject.lists[0].year == setting.facts.years[0].year
    if subject.is_build_up or not is_first or not subject.entries:
        return ""
    return setting.words.text("annual.all_new")


def sources(setting: Setting, subject: Subject, *, size: float = 1.0, width: float = inf) -> str:
    """Return the document of the latest list with its date, and how many more lists and bodies are cited from.

    The title is cut where the sentence of `size` points would else be wider than `width`; its date never is.
    """
    words = setting.words
    if not subject.registered:
        return words.text("annual.source_none")
    latest = subject.registered[-1]
    cited = {listed.source_id for listed in subject.registered}
    cited |= {entry.body.source_id for entry in (*subject.entries, *subject.partners)}

    def told(document: str) -> str:
        dated = words.text("annual.dated", document=document, date=latest.as_of) if latest.as_of else document
        source = words.text("annual.source", document=dated)
        return words.text("annual.source_more", source=source, n=len(cited) - 1) if len(cited) > 1 else source

    room = max(width - text_width(told(""), size), 0.0)
    return told(shortened(latest.document, size, room))


def footnotes(setting: Setting, subject: Subject) -> tuple[str, ...]:
    """Return the lines at the foot of a page: source, definition, boundaries, build."""
    facts, words = setting.facts, setting.words
    return (
        sources(setting, subject),
        words.text("annual.definition"),
        words.text("annual.boundaries", credit=one_line(facts.credit)),
        words.text("annual.build", build=facts.build_id, date=words.date(facts.built_on.isoformat())),
    )


def alt(setting: Setting, subject: Subject, title: str) -> str:
    """Return the finding of a map page in one or two sentences."""
    told = " ".join(statements(setting, subject)) if subject.entries else none_or_unlisted(setting, subject)
    return setting.words.text("annual.alt", title=title, told=told)


def none_or_unlisted(setting: Setting, subject: Subject) -> str:
    """Return what a page without any body says."""
    if subject.registered:
        return none_confirmed(setting, subject)
    return " ".join(statements(setting, subject))


def notes(setting: Setting, subject: Subject, title: str) -> tuple[str, ...]:
    """Return the evidence: the finding, how far it is known, and a line for each body on the page."""
    words = setting.words
    lines = [title, *statements(setting, subject), sources(setting, subject)]
    lines += [_note(words, entry) for entry in subject.entries]
    lines += [words.text("annual.note_partner", note=_note(words, entry)) for entry in subject.partners]
    return tuple(lines)


def _scope(words: Words, subject: Subject) -> str:
    years, kind = years_name(words, subject.lists), "years" if subject.is_build_up else "year"
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


def _statement(words: Words, listed: YearList) -> str:
    named, total = len(listed.counted), listed.published_total
    if not is_registered(listed):
        return words.text("annual.list_none")
    if total is None:
        return words.text("annual.list_open", named=named)
    if is_whole(listed):
        return words.text("annual.list_whole", total=total)
    return words.text("annual.list_part", named=named, total=total, rest=max(total - named, 0))


def _short(words: Words, listed: YearList) -> str:
    if is_whole(listed) or listed.published_total is None:
        return ""
    return words.text("annual.short_part", named=len(listed.counted), total=listed.published_total)


def _shortest(words: Words, listed: YearList) -> str:
    if not is_registered(listed):
        return words.text("annual.short_none")
    if is_whole(listed):
        return words.text("annual.short_whole", total=listed.published_total)
    return _short(words, listed)


def _round_label(words: Words, cohort: int | None, decided: str) -> str:
    if cohort is None:
        return (
            words.text("annual.decided", date=words.date(decided))
            if decided
            else words.text("annual.undated")
        )
    number = KANJI[cohort] if words.language == "ja" and cohort < len(KANJI) else cohort
    if not decided:
        return words.text("annual.round_undated", n=number)
    return words.text("annual.round", n=number, date=words.date(decided))


def _badge_label(setting: Setting, subject: Subject, badge: Badge) -> str:
    words = setting.words
    if badge.kind is BadgeKind.AGAIN:
        key = "annual.badge_times" if subject.is_build_up else "annual.badge_again"
        return words.text(key, n=badge.text)
    if badge.kind is BadgeKind.SINCE:
        years = (listed.year for listed in setting.facts.years)
        year = next(year for year in years if words.year_short(year) == badge.text)
        return words.text("annual.badge_since", year=words.year_name(year))
    return words.text(f"annual.badge_{badge.kind}")


def _without_mark(setting: Setting, subject: Subject) -> BadgeRow | None:
    """In a build-up the bodies of the first list have no mark of their year: the legend says which year that is."""
    plain = [e for e in subject.entries if BadgeKind.SINCE not in {badge.kind for badge in e.badges}]
    if not subject.is_build_up or not plain:
        return None
    year = setting.words.year_name(plain[0].body.first_year)
    return BadgeRow(None, setting.words.text("annual.badge_plain", year=year), len(plain))


def _note(words: Words, entry: Entry) -> str:
    body = entry.body
    parts = [one_line(body.document), one_line(body.locator)]
    if body.decided_on or body.cohort:
        decided = body.decided_on.isoformat() if body.decided_on else ""
        parts.append(_round_label(words, body.cohort, decided))
    if body.is_likely:
        parts.append(words.text("annual.likely"))
    facts = words.text("comma").join(part for part in parts if part)
    return words.text("annual.note", sign=SIGNS[body.body_class], name=full_name(body, words), facts=facts)
