"""What one map tells: the lists it is drawn from and the bodies on it, each with its name and marks."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from dashboard.annual.asked import prefectures_of
from dashboard.annual.body_names import prefecture_name, shortened, shown_name
from dashboard.annual.facts import Body, YearList
from dashboard.annual.maps.badges import Badge, badge_size, badges_width, build_up_badges, year_badges
from dashboard.annual.maps.tally import distinct, is_registered, is_whole
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import text_width

NAME_EM = 10.5
"""The widest name a label prints, in sizes of its type: Yokoshibahikari Town and いちき串木野市 stand whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A body on a page; `name` is short enough for a label."""

    body: Body
    name: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """The lists, the counted bodies in them and the partners beside them; several lists are a build-up.

    `place` is "" for the nation, else the name of the part of it that is shown, `prefectures` its two-digit codes.
    """

    lists: tuple[YearList, ...]
    entries: tuple[Entry, ...]
    partners: tuple[Entry, ...]
    prefectures: tuple[str, ...]
    place: str

    @property
    def is_build_up(self) -> bool:
        """Whether several years are shown together."""
        return len(self.lists) > 1

    @property
    def registered(self) -> tuple[YearList, ...]:
        """The lists of which the atlas has anything."""
        return tuple(listed for listed in self.lists if is_registered(listed))

    @property
    def is_least(self) -> bool:
        """Whether more bodies may have taken part than are named."""
        return not all(is_whole(listed) for listed in self.lists)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The counted bodies."""
        return tuple(entry.body for entry in self.entries)

    def within(self, prefectures: Collection[str], place: str) -> "Subject":
        """Return what lies in some of the prefectures."""
        return replace(
            self,
            entries=tuple(entry for entry in self.entries if entry.body.prefecture in prefectures),
            partners=tuple(entry for entry in self.partners if entry.body.prefecture in prefectures),
            prefectures=tuple(sorted(prefectures)),
            place=place,
        )


def year_subject(setting: Setting, year: int) -> Subject:
    """Return what the map of one fiscal year tells of the nation."""
    listed = setting.facts.of(year)
    return _subject(
        setting, (listed,), lambda body: year_badges(body, setting.facts, setting.words, listed.year)
    )


def build_up_subject(setting: Setting) -> Subject:
    """Return what the map of all asked years together tells of the nation: every body once."""
    years = setting.asked.years
    lists = tuple(listed for listed in setting.facts.years if listed.year in years)
    return _subject(setting, lists, lambda body: build_up_badges(body, setting.facts, setting.words, years))


def asked_part(setting: Setting, nation: Subject) -> Subject:
    """Return what lies in the prefecture or the block that is asked for."""
    asked = setting.asked
    place = prefecture_name(setting.facts, asked.area) if asked.area else ""
    if asked.block and not place:
        place = setting.words.text(f"block.{asked.block}")
    return nation.within(prefectures_of(asked), place)


def partner_bodies(lists: Iterable[YearList]) -> tuple[Body, ...]:
    """Return the bodies that only stand beside counted ones, each once."""
    lists = tuple(lists)
    counted = {body.code for listed in lists for body in listed.counted}
    beside = {body.code: body for listed in lists for body in listed.bodies if not body.is_counted}
    return tuple(beside[code] for code in sorted(beside) if code not in counted)


def label_width(setting: Setting, name: str, badges: tuple[Badge, ...]) -> float:
    """Return the width of a label with its sign and its marks."""
    size = setting.paper.body
    return text_width(f"■{name}", size, is_bold=True) + badges_width(badges, badge_size(setting.paper))


def lasting_width(setting: Setting, body: Body) -> float:
    """Return the width of a body's label on whichever page it stands: room for its marks of every year is kept free."""
    facts, words = setting.facts, setting.words
    marks = [build_up_badges(body, facts, words, tuple(listed.year for listed in facts.years))]
    marks += [
        year_badges(own, facts, words, listed.year)
        for listed in facts.years
        for own in listed.counted
        if own.code == body.code
    ]
    return max(label_width(setting, label_name(setting, body), each) for each in marks)


def label_name(setting: Setting, body: Body) -> str:
    """Return a body's name as its label prints it."""
    size = setting.paper.body
    return shortened(shown_name(body, setting.words), size, NAME_EM * size, is_bold=True)


def _subject(
    setting: Setting, lists: tuple[YearList, ...], badges: Callable[[Body], tuple[Badge, ...]]
) -> Subject:
    def entry(body: Body) -> Entry:
        return Entry(body, label_name(setting, body), badges(body))

    return Subject(
        lists=lists,
        entries=tuple(entry(body) for body in distinct(lists)),
        partners=tuple(entry(body) for body in partner_bodies(lists)),
        prefectures=tuple(sorted(setting.facts.names)),
        place="",
    )
