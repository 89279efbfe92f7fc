"""The map as marks: outlines, filled areas, names of prefectures, insets, leaders, signs and labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.annual.body_names import full_name, map_name, municipality_name
from dashboard.annual.facts import Body, BodyClass
from dashboard.annual.layout import Inset, Label, Layout
from dashboard.annual.look import FRAME, LAND, LEADER, MUNICIPAL_BORDER, QUIET, UNKNOWN_LAND, WHITE
from dashboard.annual.maps.badges import badge_marks, badge_size, badge_width
from dashboard.annual.maps.map_layout import inset_name, scale_said, sign_side
from dashboard.annual.maps.municipality_names import Placing, placed
from dashboard.annual.maps.subject import Entry, Subject
from dashboard.annual.maps.telling import SIGNS
from dashboard.annual.marks import (
    Align,
    Anchor,
    Box,
    Ink,
    Line,
    Mark,
    Paragraph,
    Pattern,
    Point,
    Rect,
    Ring,
    Run,
    Shape,
    Text,
)
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import text_width

LONGEST_NAME = 40
"""Signs of a body's name within the name of a mark."""


def mark_name(kind: str, body: Body) -> str:
    """Return the name of a body's mark on the page: alike on every page, unlike any other body's."""
    return f"{kind} {body.code} {body.name[:LONGEST_NAME]}"


@dataclass(frozen=True, slots=True)
class MapMarks:
    """Draws one map from its layout; where no list is registered, no prefecture is claimed to be anything."""

    setting: Setting
    subject: Subject
    layout: Layout

    def marks(self) -> tuple[Mark, ...]:
        """Return the marks of the map, the undermost first."""
        return (
            *self._frames(),
            *self._land(),
            *self._borders(),
            *self._areas(),
            *self._prefecture_names(),
            *self._municipality_names(),
            *self._leaders(),
            *self._partner_signs(),
            *self._signs(),
            *self._labels(),
        )

    @property
    def _by_code(self) -> Mapping[str, Entry]:
        return {entry.body.code: entry for entry in self.subject.entries}

    def _frames(self) -> Iterable[Mark]:
        for inset in self.layout.insets:
            yield Box(f"inset {inset.key}", inset.at, FRAME, self._inset_told(inset))
            yield self._inset_name(inset)

    def _inset_told(self, inset: Inset) -> str:
        words = self.setting.words
        return words.joined("apart", (inset_name(words, inset.key), scale_said(words, inset.scale)))

    def _inset_name(self, inset: Inset) -> Text:
        """A box's name, and where small text may stand its scale; else only who hears the page is told that."""
        size, words = self.setting.paper.small, self.setting.words
        name = self._inset_told(inset) if self._has_small_names else inset_name(words, inset.key)
        at = Rect(inset.at.x + 0.3 * size, inset.at.y + 0.15 * size, text_width(name, size), 1.4 * size)
        return Text(f"inset {inset.key} name", at, (Paragraph((Run(name, size, colour=QUIET),)),))

    @property
    def _has_small_names(self) -> bool:
        """Whether names of prefectures may be printed smaller than the bodies': not on a screen at the front of a room."""
        return self.setting.paper.small < self.setting.paper.body

    def _land(self) -> Iterable[Mark]:
        look = self.setting.look
        plain = LAND if self.subject.registered else UNKNOWN_LAND
        for prefecture in self.subject.prefectures:
            code = f"{prefecture}000"
            if code not in self.layout.outlines:
                continue
            entry = self._by_code.get(code)
            ink = look.areas[BodyClass.PREFECTURE] if entry else plain
            name = map_name(self.setting.facts, prefecture)
            yield Shape(f"prefecture {code} {name}", self.layout.outlines[code], ink, self._alt(entry))

    def _alt(self, entry: Entry | None) -> str:
        if entry is None:
            return ""
        words = self.setting.words
        of = words.text(f"annual.area_{entry.body.body_class}")
        return words.joined("named", (full_name(entry.body, words), of))

    def _borders(self) -> Iterable[Mark]:
        """Borders of the municipalities that take no part, where the page shows a single prefecture."""
        if len(self.subject.prefectures) > 1:
            return
        drawn = {entry.body.code for entry in (*self.subject.entries, *self.subject.partners)}
        for code, rings in self.layout.outlines.items():
            if not code.endswith("000") and code not in drawn:
                yield Shape(f"border {code}", rings, MUNICIPAL_BORDER)

    def _areas(self) -> Iterable[Mark]:
        look = self.setting.look
        for entry in self.subject.partners:
            if rings := self.layout.outlines.get(entry.body.code):
                yield Shape(mark_name("area", entry.body), rings, look.partner, self._alt(entry))
        for entry in self.subject.entries:
            is_prefecture = entry.body.body_class is BodyClass.PREFECTURE
            if not is_prefecture and (rings := self.layout.outlines.get(entry.body.code)):
                ink = look.areas[entry.body.body_class]
                yield Shape(mark_name("area", entry.body), rings, ink, self._alt(entry))

    def _prefecture_names(self) -> Iterable[Mark]:
        if not self._has_small_names:
            return
        for code, place in self.layout.names.items():
            name, size = map_name(self.setting.facts, code[:2]), place.share * self.setting.paper.small
            width = text_width(name, size)
            at = Rect(place.x - width / 2, place.y - 0.7 * size, width, 1.4 * size)
            run = Run(name, size, colour=QUIET)
            if self._is_patterned(code):
                yield Box(f"name {code[:2]} ground", at, Ink(WHITE, None))
            yield Text(f"name {code[:2]}", at, (Paragraph((run,), Align.MIDDLE),), Anchor.MIDDLE)

    def _municipality_names(self) -> Iterable[Mark]:
        """Names of the municipalities without a label, on the page of a single prefecture."""
        if len(self.subject.prefectures) > 1 or not self._has_small_names:
            return
        size, partners = self.setting.paper.small, [entry.body.code for entry in self.subject.partners]
        found = (row for row in self.setting.facts.municipalities if row.code not in self._by_code)
        rows = {row.code: municipality_name(row, self.setting.words) for row in found}
        names = {code: (name, text_width(name, size)) for code, name in rows.items()}
        signs = [sign for code in partners if (sign := self._place(code))]
        placing = Placing.of(self.layout, self._sign_side, signs)
        for code, at in placed(self.layout, names, 1.25 * size, placing):
            if code in partners:
                yield Box(f"municipality {code} ground", at, Ink(WHITE, None))
            run = Run(names[code][0], size, colour=QUIET)
            yield Text(f"municipality {code}", at, (Paragraph((run,), Align.MIDDLE),), Anchor.MIDDLE)

    @property
    def _sign_side(self) -> float:
        return sign_side(self.setting.paper)

    def _is_patterned(self, code: str) -> bool:
        """Whether a name stands on a pattern, which it could not be read on."""
        ink = self.setting.look.areas[BodyClass.PREFECTURE]
        return code in self._by_code and ink.pattern is not Pattern.PLAIN

    def _leaders(self) -> Iterable[Mark]:
        for label in self.layout.labels:
            body = self._by_code[label.code].body
            joins = (mark_name("label", body), mark_name("sign", body))
            yield Line(mark_name("leader", body), label.leader, LEADER, joins)

    def _signs(self) -> Iterable[Mark]:
        """Prefectures' signs lie under those of the cities in them."""
        side = self._sign_side
        for entry in sorted(
            self.subject.entries, key=lambda e: e.body.body_class is not BodyClass.PREFECTURE
        ):
            if middle := self._place(entry.body.code):
                ink = self.setting.look.signs[entry.body.body_class]
                yield Box(mark_name("sign", entry.body), _round(middle, side), ink)

    def _place(self, code: str) -> Point | None:
        """Where a body's sign stands; of one without a label, in the middle of its land."""
        rings = self.layout.outlines.get(code)
        return self.layout.signs.get(code) or (_middle(rings) if rings else None)

    def _partner_signs(self) -> Iterable[Mark]:
        """A partner has no label on the coast: a small lozenge where it lies."""
        half = 0.6 * self._sign_side
        for entry in self.subject.partners:
            if middle := self._place(entry.body.code):
                x, y = middle
                lozenge = ((x - half, y), (x, y - half), (x + half, y), (x, y + half))
                ink = Ink(WHITE, self.setting.look.sign_colours[entry.body.body_class], 0.9)
                yield Shape(mark_name("partner", entry.body), (lozenge,), ink)

    def _labels(self) -> Iterable[Mark]:
        for label in self.layout.labels:
            yield from self._label(label, self._by_code[label.code])

    def _label(self, label: Label, entry: Entry) -> Iterable[Mark]:
        """A label's words stand at the end of its leader, its marks beyond them."""
        paper, look = self.setting.paper, self.setting.look
        width = text_width(f"■{entry.name}", paper.body, is_bold=True)
        is_left = label.side is Align.LEFT
        x = label.at.right - width if is_left else label.at.x
        of = entry.body.body_class
        runs = (
            Run(SIGNS[of], paper.body, is_bold=True, colour=look.sign_colours[of]),
            Run(entry.name, paper.body, is_bold=of is not BodyClass.MUNICIPALITY, colour=look.names[of]),
        )
        align = Align.RIGHT if is_left else Align.LEFT
        at = Rect(x, label.at.y, width, label.at.height)
        yield Text(mark_name("label", entry.body), at, (Paragraph(runs, align),), Anchor.MIDDLE)
        yield from self._badges(entry, at, is_left=is_left)

    def _badges(self, entry: Entry, at: Rect, *, is_left: bool) -> Iterable[Mark]:
        size = badge_size(self.setting.paper)
        edge, middle = (at.x if is_left else at.right), at.y + at.height / 2
        for badge in entry.badges:
            width, space = badge_width(badge, size), 0.3 * size
            turn = -1 if is_left else 1
            centre = (edge + turn * (space + width / 2), middle)
            name = mark_name(f"badge {badge.kind}", entry.body)
            yield from badge_marks(badge, name, centre, size, self.setting.look)
            edge += turn * (space + width)


def _round(middle: Point, side: float) -> Rect:
    return Rect(middle[0] - side / 2, middle[1] - side / 2, side, side)


def _middle(rings: tuple[Ring, ...]) -> Point:
    """The middle of the box of the longest ring: near enough for a sign."""
    ring = max(rings, key=len)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
