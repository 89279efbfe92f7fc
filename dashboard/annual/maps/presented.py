"""The pages for a screen at the front of a room: a large figure, the map with as many names as can be read from the back row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dashboard.annual.asked import Asked
from dashboard.annual.body_names import shortened
from dashboard.annual.facts import BodyClass, Facts
from dashboard.annual.ground import Ground
from dashboard.annual.layout import Layout
from dashboard.annual.look import QUIET
from dashboard.annual.maps.badges import BadgeKind, badge_marks, badge_width
from dashboard.annual.maps.column import Column
from dashboard.annual.maps.grounds import sources
from dashboard.annual.maps.legend import BadgeRow, badge_rows, none_or_unlisted, short_statement
from dashboard.annual.maps.map_layout import bare_layout, named_layout
from dashboard.annual.maps.map_marks import MapMarks
from dashboard.annual.maps.map_page import fitting_title, page, title_mark
from dashboard.annual.maps.subject import Entry, Subject, asked_part, build_up_subject, year_subject
from dashboard.annual.maps.tally import tally
from dashboard.annual.maps.telling import titles
from dashboard.annual.marks import Anchor, Box, Mark, Page, Paragraph, Rect, Run, Text
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import LINE_EM, text_width
from dashboard.words import Words

Block = Callable[[Column], Column]
MOST_NAMES = 30
"""As many names fit round Japan at 24 points."""
SIDE, NARROW_SIDE, WIDE_SIDE = 196.0, 150.0, 420.0
"""Width of the side panel beside a map with names, beside many Latin names, and beside none, where it lists the new ones."""
MANY_NAMES = 20
ROW_EM = 1.18
FIGURE = 76.0


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the parts of a screen stand."""

    title: Rect
    side: Rect
    map: Rect
    line: Rect


def presented_pages(asked: Asked, facts: Facts, ground: Ground, words: Words) -> tuple[Page, ...]:
    """Return a page for each asked year and, for several years, their build-up at the end; nothing is under 24 points.

    Raises:
        KeyError: the atlas has no such year.
    """
    setting = Setting(replace(asked, is_presented=True), facts, ground, words)
    pages = [_page(setting, year_subject(setting, year), f"present-{year}") for year in asked.years]
    together = build_up_subject(setting)
    if together.is_build_up and together.registered:
        pages.append(_page(setting, together, "present-build-up"))
    return tuple(pages)


def _page(setting: Setting, nation: Subject, key: str) -> Page:
    subject = asked_part(setting, nation)
    parts, layout, has_names = _laid_out(setting, subject)
    title, size = fitting_title(titles(setting, subject), setting.paper, parts.title.width)
    marks = (
        title_mark(parts.title, title, size),
        *MapMarks(setting, subject, layout).marks(),
        *_side(setting, subject, parts.side, has_names=has_names),
        _source(setting, subject, parts.line),
    )
    return page(setting, subject, key, title, marks)


def _laid_out(setting: Setting, subject: Subject) -> tuple[Parts, Layout, bool]:
    row = ROW_EM * setting.paper.body
    is_crowded = len(subject.entries) > MANY_NAMES and setting.words.language == "en"
    parts = _parts(setting, NARROW_SIDE if is_crowded else SIDE)
    if layout := named_layout(setting, subject, parts.map, row, most=MOST_NAMES):
        return parts, layout, True
    parts = _parts(setting, WIDE_SIDE)
    return parts, bare_layout(setting, subject, parts.map, row), False


def _parts(setting: Setting, side: float) -> Parts:
    paper = setting.paper
    width, small = paper.width - 2 * paper.margin, LINE_EM * paper.small
    title = Rect(paper.margin, 0.6 * paper.margin, width, LINE_EM * paper.title)
    line = Rect(paper.margin, paper.height - 0.4 * paper.margin - small, width, small)
    tall = line.y - title.bottom
    left = paper.margin + side + 0.4 * paper.body
    return Parts(
        title,
        Rect(paper.margin, title.bottom, side, tall),
        Rect(left, title.bottom, paper.width - 0.4 * paper.margin - left, tall),
        line,
    )


def _source(setting: Setting, subject: Subject, at: Rect) -> Text:
    size = setting.paper.small
    text = shortened(sources(setting, subject, size=size, width=at.width), size, at.width)
    return Text("source", at, (Paragraph((Run(text, size, colour=QUIET),)),), Anchor.MIDDLE)


def _side(setting: Setting, subject: Subject, at: Rect, *, has_names: bool) -> tuple[Mark, ...]:
    side = _Side(setting, subject, at.bottom)
    blocks: list[Block] = [side.nothing, *([side.statement] if subject.registered else [])]
    if subject.entries:
        blocks = [side.figure, side.classes, side.statement]
        rows = badge_rows(setting, subject) if has_names else ()
        blocks += [partial(side.meaning, row) for row in rows if row.badge] if has_names else [side.newcomers]
    return Column(at.x, at.width, at.y).fitting(blocks, at.bottom).marks


@dataclass(frozen=True, slots=True)
class _Side:
    """The panel of a screen, which ends at `bottom`."""

    setting: Setting
    subject: Subject
    bottom: float

    @property
    def size(self) -> float:
        return self.setting.paper.body

    def nothing(self, column: Column) -> Column:
        return column.paragraph(
            "nothing", Run(none_or_unlisted(self.setting, self.subject), self.size, is_bold=True)
        )

    def figure(self, column: Column) -> Column:
        """The number that is seen from the back row, and before it whether it is at least so many."""
        words, count = self.setting.words, len(self.subject.entries)
        if self.subject.is_least:
            column = column.paragraph("at least", Run(words.text("annual.at_least"), self.size, is_bold=True))
        figure = Run(str(count), FIGURE, is_bold=True, colour=self.setting.look.figure)
        wide = text_width(figure.text, FIGURE, is_bold=True) + 4
        unit = Run(words.text("annual.unit_one" if count == 1 else "annual.unit"), self.size, is_bold=True)
        at = Rect(column.x, column.y, wide, FIGURE)
        beside = Rect(at.right, column.y + 0.45 * FIGURE, column.width - wide, LINE_EM * self.size)
        number = Text("figure", at, (Paragraph((figure,)),), Anchor.MIDDLE)
        if text_width(unit.text, unit.size, is_bold=True) > beside.width:
            return column.with_marks((number,), FIGURE).paragraph("figure unit", unit)
        return column.with_marks(
            (number, Text("figure unit", beside, (Paragraph((unit,)),), Anchor.MIDDLE)), FIGURE
        )

    def classes(self, column: Column) -> Column:
        found, words = tally(self.subject.bodies), self.setting.words
        column = self._class(column, BodyClass.PREFECTURE, words.text("annual.screen_filled"), found.filled)
        outlined = words.text("annual.screen_outlined")
        return self._class(column, BodyClass.MUNICIPALITY, outlined, found.municipalities)

    def _class(self, column: Column, of: BodyClass, label: str, count: int) -> Column:
        side = 0.62 * self.size
        middle = column.y + LINE_EM * self.size / 2
        place = Rect(column.x + 1, middle - side / 2, side, side)
        sign = Box(f"legend sign {of}", place, self.setting.look.signs[of])
        told = Run(f"{label} {count}", self.size)
        return column.with_marks((sign,), 0).paragraph(f"legend {of}", told, indent=0.9 * self.size)

    def statement(self, column: Column) -> Column:
        """How far the list is known."""
        told = short_statement(self.setting, self.subject)
        return column.paragraph("statement", Run(told, self.size)) if told else column

    def meaning(self, row: BadgeRow, column: Column) -> Column:
        """What a mark means, and how many bodies have it."""
        assert row.badge is not None
        size, width = self.size, badge_width(row.badge, self.size)
        middle = (column.x + width / 2, column.y + LINE_EM * size / 2)
        name = f"meaning {row.badge.kind} {row.badge.text}"
        number = Run(str(row.count), size, is_bold=True)
        label = self.setting.words.text(f"annual.short_{row.badge.kind}")
        room = column.width - width - text_width(number.text, size, is_bold=True) - 1.2 * size
        run = Run(label if text_width(label, size) <= room else "", size)
        marks = badge_marks(row.badge, name, middle, size, self.setting.look)
        return column.with_marks(marks, 0).row(f"{name} legend", run, number, indent=width + 0.3 * size)

    def newcomers(self, column: Column) -> Column:
        """The names that are new, where the map has no room for names."""
        new = [entry for entry in self.subject.entries if _is_new(entry)]
        if not new:
            return column
        words, size = self.setting.words, self.size
        column = column.paragraph(
            "new ones", Run(words.text("annual.newcomers", n=len(new)), size, is_bold=True)
        )
        lines = _lines([entry.name for entry in new], words.text("comma"), size, column.width)
        room = int((self.bottom - column.y) // (LINE_EM * size))
        if len(lines) > room:
            lines = [*lines[: max(room - 1, 0)], words.text("annual.more")]
        for number, line in enumerate(lines):
            column = column.paragraph(f"new ones {number}", Run(line, size))
        return column


def _lines(names: Sequence[str], comma: str, size: float, width: float) -> list[str]:
    """Return names in lines; no name is broken."""
    lines = [""]
    for name in names:
        longer = f"{lines[-1]}{comma}{name}" if lines[-1] else name
        if text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(shortened(name, size, width))
    return lines


def _is_new(entry: Entry) -> bool:
    return bool({BadgeKind.NEW, BadgeKind.SINCE} & {badge.kind for badge in entry.badges})
