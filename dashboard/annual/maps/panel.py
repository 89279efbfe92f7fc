"""The panel beside the map: the figure, the classes with their counts, rounds, marks, partners, and what it rests on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from dashboard.annual.body_names import shortened
from dashboard.annual.facts import BodyClass
from dashboard.annual.look import LAND, QUIET, UNKNOWN_LAND
from dashboard.annual.maps.badges import Badge, badge_marks, badge_size, badge_width
from dashboard.annual.maps.column import Column, text_height
from dashboard.annual.maps.grounds import footnotes
from dashboard.annual.maps.legend import (
    BadgeRow,
    Round,
    badge_rows,
    first_year_note,
    none_or_unlisted,
    own_part,
    rounds,
    statements,
)
from dashboard.annual.maps.plan import Plan
from dashboard.annual.maps.subject import Subject
from dashboard.annual.maps.tally import tally
from dashboard.annual.maps.telling import by_sign
from dashboard.annual.marks import TEXT_COLOUR, Anchor, Box, Mark, Paragraph, Rect, Run, Text
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import LINE_EM, text_width

Block = Callable[[Column], Column]
FIGURE_EM = 4.4
"""Size of the figure that is seen first, in sizes of the body's type."""
SWATCH_EM = 1.3


@dataclass(frozen=True, slots=True)
class Panel:
    """Draws the panel of one page."""

    setting: Setting
    subject: Subject
    plan: Plan

    def marks(self) -> tuple[Mark, ...]:
        """Return the panel: its grounds at the foot, above them what is most asked for first.

        Rows are set a little smaller where they would not all find room; what then has none stays in the notes.
        """
        at, foot = self.plan.panel, self._foot()
        bottom = foot.y - 0.5 * self.plan.row
        least = self.setting.paper.small / self.plan.row
        column = Column(at.x, at.width, at.y)
        for share in (1.0, 0.92, max(0.84, least)):
            smaller = replace(self, plan=replace(self.plan, row=share * self.plan.row))
            drawn = smaller.drawn(column)
            if drawn.y <= bottom:
                break
        else:
            drawn = column.fitting(smaller.blocks(), bottom)
        return (*drawn.marks, *foot_marks(foot, self._footnotes(), self.setting))

    def drawn(self, column: Column) -> Column:
        """Return the column with all blocks, however tall they become."""
        for block in self.blocks():
            column = block(column)
        return column

    def _footnotes(self) -> tuple[str, ...]:
        return footnotes(self.setting, self.subject)

    def _foot(self) -> Rect:
        at = self.plan.panel
        height = foot_height(self._footnotes(), self.setting, at.width)
        return Rect(at.x, at.bottom - height, at.width, height)

    def blocks(self) -> list[Block]:
        """What the panel says, in the order of its weight."""
        if not self.subject.entries:
            known = [self._statements, self._partners] if self.subject.registered else []
            return [self._nothing, *known, self._silent]
        return [
            self._figure,
            self._classes,
            self._statements,
            self._badges,
            self._rounds,
            self._partners,
            self._silent,
        ]

    def _run(self, text: str, *, is_bold: bool = False, colour: str = QUIET) -> Run:
        return Run(text, self.plan.row, is_bold=is_bold, colour=colour)

    def _nothing(self, column: Column) -> Column:
        size = 1.4 * self.setting.paper.body
        told = none_or_unlisted(self.setting, self.subject)
        return column.lower(size).paragraph("statement", Run(told, size, is_bold=True))

    def _figure(self, column: Column) -> Column:
        size = FIGURE_EM * self.setting.paper.body
        count = len(self.subject.entries)
        words = self.setting.words
        figure = Run(str(count), size, is_bold=True, colour=self.setting.look.figure)
        unit = Run(words.text("annual.unit_one" if count == 1 else "annual.unit"), 0.4 * size, is_bold=True)
        if self.subject.is_least:
            column = column.paragraph(
                "at least", Run(words.text("annual.at_least"), 0.32 * size, is_bold=True)
            )
        wide = text_width(figure.text, size, is_bold=True) + 0.1 * size
        tall = 1.05 * size
        marks = (
            Text("figure", Rect(column.x, column.y, wide, tall), (Paragraph((figure,)),), Anchor.MIDDLE),
            Text(
                "figure unit",
                Rect(column.x + wide, column.y + 0.36 * size, column.width - wide, 0.6 * size),
                (Paragraph((unit,)),),
                Anchor.MIDDLE,
            ),
        )
        return column.with_marks(marks, tall)

    def _classes(self, column: Column) -> Column:
        found = tally(self.subject.bodies)
        words = self.setting.words
        column = column.lower(0.3 * self.plan.row)
        column = self._class_row(column, BodyClass.PREFECTURE, words.text("annual.filled"), found.filled)
        if found.prefectures:
            column = self._area_row(column, BodyClass.PREFECTURE, found.prefectures)
        if found.designated_cities:
            column = self._area_row(column, BodyClass.DESIGNATED_CITY, found.designated_cities)
        outlined = words.text("annual.outlined")
        column = self._class_row(column, BodyClass.MUNICIPALITY, outlined, found.municipalities)
        if not found.municipalities:
            return column
        return self._area_row(column, BodyClass.MUNICIPALITY, found.municipalities)

    def _class_row(self, column: Column, of: BodyClass, label: str, count: int) -> Column:
        look, indent = self.setting.look, SWATCH_EM * self.plan.row
        side = 0.72 * self.plan.row
        middle = column.y + LINE_EM * self.plan.row / 2
        sign = Box(f"legend sign {of}", Rect(column.x + 1, middle - side / 2, side, side), look.signs[of])
        column = column.with_marks((sign,), 0)
        bold = partial(self._run, is_bold=True, colour=TEXT_COLOUR)
        return column.row(f"legend {of}", bold(label), bold(str(count)), indent=indent)

    def _area_row(self, column: Column, of: BodyClass, count: int) -> Column:
        row = self.plan.row
        middle = column.y + LINE_EM * row / 2
        left = column.x + SWATCH_EM * row
        swatch = Box(
            f"legend area {of}",
            Rect(left, middle - 0.4 * row, 1.6 * row, 0.8 * row),
            self.setting.look.areas[of],
        )
        label = self.setting.words.text(f"annual.area_{of}")
        number = self._run("" if of is BodyClass.MUNICIPALITY else str(count))
        column = column.with_marks((swatch,), 0)
        return column.row(f"legend area {of}", self._run(label), number, indent=(SWATCH_EM + 2) * row)

    def _statements(self, column: Column) -> Column:
        column = column.rule("rule statements", 0.4 * self.plan.row)
        for number, sentence in enumerate(statements(self.setting, self.subject)):
            column = column.paragraph(
                f"statement {number}",
                self._run(sentence, is_bold=self.subject.is_least, colour=TEXT_COLOUR),
            )
        own = own_part(self.setting, self.subject)
        return column.paragraph("own part", self._run(own, colour=TEXT_COLOUR)) if own else column

    def _rounds(self, column: Column) -> Column:
        found = rounds(self.setting, self.subject)
        if not found:
            return column
        column = column.rule("rule rounds", 0.4 * self.plan.row)
        for number, each in enumerate(found):
            column = self._round_row(column, number, each)
        return column

    def _round_row(self, column: Column, number: int, each: Round) -> Column:
        counts = self._run(by_sign(each.tally), is_bold=True, colour=TEXT_COLOUR)
        return column.row(f"round {number}", self._run(each.label, colour=TEXT_COLOUR), counts)

    def _badges(self, column: Column) -> Column:
        rows = badge_rows(self.setting, self.subject)
        note = first_year_note(self.setting, self.subject)
        if not rows and not note:
            return column
        column = column.rule("rule marks", 0.4 * self.plan.row)
        for row in rows:
            column = self._badge_row(column, row)
        return column.paragraph("note", self._run(note)) if note else column

    def _badge_row(self, column: Column, row: BadgeRow) -> Column:
        size = badge_size(self.setting.paper)
        indent = 0.0
        if row.badge:
            indent = max(3 * size, badge_width(row.badge, size) + 0.6 * size)
            column = column.with_marks(self._badge(column, row.badge, size), 0)
        number = self._run(str(row.count), is_bold=True, colour=TEXT_COLOUR)
        named = f"legend mark {row.label}"
        return column.row(named, self._run(row.label), number, indent=indent).lower(0.1 * size)

    def _badge(self, column: Column, badge: Badge, size: float) -> tuple[Mark, ...]:
        middle = (column.x + badge_width(badge, size) / 2, column.y + LINE_EM * self.plan.row / 2)
        return badge_marks(badge, f"legend badge {badge.text}", middle, size, self.setting.look)

    def _partners(self, column: Column) -> Column:
        """Partners stand apart from the counts: at most two lines of names, the rest in the notes."""
        partners = self.subject.partners
        if not partners:
            return column
        row = self.plan.row
        column = column.rule("rule partners", 0.4 * row)
        size, indent = badge_size(self.setting.paper), 0.0
        for badge in partners[0].badges[:1]:
            column = column.with_marks(self._badge(column, badge, size), 0)
            indent = badge_width(badge, size) + 0.6 * row
        names = self.setting.words.text("comma").join(entry.name for entry in partners)
        told = self.setting.words.text("annual.partners", names=names)
        run = self._run(shortened(told, row, 3 * (column.width - indent) - 4 * row))
        return column.paragraph("partners", run, indent=indent)

    def _silent(self, column: Column) -> Column:
        row = self.plan.row
        column = column.rule("rule silent", 0.4 * row)
        middle = column.y + LINE_EM * row / 2
        place = Rect(column.x, middle - 0.4 * row, 1.6 * row, 0.8 * row)
        words, is_known = self.setting.words, bool(self.subject.registered)
        swatch = Box("legend silent", place, LAND if is_known else UNKNOWN_LAND)
        told = self._run(words.text("annual.silent" if is_known else "annual.unlisted"))
        return column.with_marks((swatch,), 0).paragraph("legend silent words", told, indent=2.2 * row)


def foot_height(lines: tuple[str, ...], setting: Setting, width: float) -> float:
    """Return how tall the lines at the foot of a page are."""
    return sum(text_height(line, setting.paper.small, width) for line in lines)


def foot_marks(at: Rect, lines: tuple[str, ...], setting: Setting) -> tuple[Mark, ...]:
    """Draw the lines at the foot of a page: source, definition, boundaries, build."""
    column = Column(at.x, at.width, at.y)
    for number, line in enumerate(lines):
        column = column.paragraph(f"footer {number}", Run(line, setting.paper.small, colour=QUIET))
    return column.marks
