"""What stands beside a map in words: how far its lists are known, its rounds, what its marks mean and how many have them."""

from collections import Counter
from dataclasses import dataclass

from dashboard.annual.body_names import one_line, prefecture_name
from dashboard.annual.facts import YearList
from dashboard.annual.maps.badges import Badge, BadgeKind
from dashboard.annual.maps.subject import Subject
from dashboard.annual.maps.tally import Tally, is_registered, is_whole, tally
from dashboard.annual.setting import Setting
from dashboard.words import Words

KANJI = "〇一二三四五六七八九"
"""Rounds are numbered as the ministry does: 第一次."""


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


def own_part(setting: Setting, subject: Subject) -> str:
    """Return, of the page of one prefecture, whether the prefecture itself is listed; "" on any other page."""
    if len(subject.prefectures) > 1 or not subject.entries:
        return ""
    (code,) = subject.prefectures
    is_listed = any(body.code == f"{code}000" for body in subject.bodies)
    name = prefecture_name(setting.facts, code)
    return setting.words.text("annual.own_listed" if is_listed else "annual.own_none", name=name)


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


def none_or_unlisted(setting: Setting, subject: Subject) -> str:
    """Return what a page without any body says."""
    if subject.registered:
        return none_confirmed(setting, subject)
    return " ".join(statements(setting, subject))


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
            round_label(setting.words, key[0], key[1].isoformat() if key[1] else ""),
            tally(body for body in subject.bodies if (body.cohort, body.decided_on) == key),
        )
        for key in in_order
    )


def round_label(words: Words, cohort: int | None, decided: str) -> str:
    """Return the name of a round: its number and the ISO day of its decision, as far as they are known."""
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
