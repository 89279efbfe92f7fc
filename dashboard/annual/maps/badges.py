"""Small marks beside a name that tell since when a body takes part: each has its own shape and its own word."""

from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, sin

from dashboard.annual.facts import Body, Facts, Standing
from dashboard.annual.look import QUIET, WHITE, Look
from dashboard.annual.maps.tally import times_listed
from dashboard.annual.marks import (
    TEXT_COLOUR,
    Align,
    Anchor,
    Box,
    Ink,
    Line,
    Mark,
    Paragraph,
    Point,
    Rect,
    Run,
    Shape,
    Text,
)
from dashboard.annual.paper import Paper
from dashboard.annual.text_width import text_width
from dashboard.words import Words

TALL_EM, PADDING_EM, POINT_EM = 1.16, 0.3, 0.4
"""Height of a mark, room beside its word and depth of the lozenge's points, in sizes of its type: no taller than a row."""
CORNERS = 32
OPEN_FROM, OPEN_TO = -0.2 * pi, 1.45 * pi
"""The open ring of a body that comes back, clockwise from the right in a system whose y points down."""


class BadgeKind(StrEnum):
    """What a mark says, each by a shape of its own."""

    NEW = "new"
    SINCE = "since"
    AGAIN = "again"
    RETURNING = "returning"
    UNKNOWN = "unknown"
    PARTNER = "partner"


BESIDE_EM = {BadgeKind.NEW: 2 * POINT_EM, BadgeKind.AGAIN: PADDING_EM, BadgeKind.RETURNING: TALL_EM}
"""Room that the shape of a mark takes beside its word, in sizes of its type."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark and the word in it."""

    kind: BadgeKind
    text: str


def badge_size(paper: Paper) -> float:
    """Return the size of type in a mark."""
    return max(paper.small, 0.84 * paper.body)


def year_badges(body: Body, facts: Facts, words: Words, year: int) -> tuple[Badge, ...]:
    """Return the marks of a body in one year's list; in the first list everybody is new, which is said once in words."""
    if body.standing is Standing.PARTNER:
        return (Badge(BadgeKind.PARTNER, words.text("annual.mark_partner")),)
    if body.standing is Standing.CONTINUING:
        return (Badge(BadgeKind.AGAIN, str(max(2, times_listed(facts, body.code, year)))),)
    if body.standing is Standing.RETURNING:
        return (Badge(BadgeKind.RETURNING, words.text("annual.mark_returning")),)
    if body.standing is Standing.UNKNOWN:
        return (Badge(BadgeKind.UNKNOWN, words.text("annual.mark_unknown")),)
    is_first = year == facts.years[0].year
    return () if is_first else (Badge(BadgeKind.NEW, words.text("annual.mark_new")),)


def build_up_badges(body: Body, facts: Facts, words: Words, years: tuple[int, ...]) -> tuple[Badge, ...]:
    """Return the marks of a body over `years`: the year of its first part unless that is the first, and how it came back."""
    if body.standing is Standing.PARTNER:
        return (Badge(BadgeKind.PARTNER, words.text("annual.mark_partner")),)
    lists = [listed for listed in facts.years if listed.year in years]
    found = [own for listed in lists for own in listed.counted if own.code == body.code]
    first = min((own.first_year for listed in lists for own in listed.counted), default=body.first_year)
    since = Badge(BadgeKind.SINCE, words.year_short(body.first_year))
    badges = [] if body.first_year == first else [since]
    if any(own.standing is Standing.RETURNING for own in found):
        badges.append(Badge(BadgeKind.RETURNING, words.text("annual.mark_returning")))
    elif len(found) > 1:
        badges.append(Badge(BadgeKind.AGAIN, str(len(found))))
    return tuple(badges)


def badge_width(badge: Badge, size: float) -> float:
    """Return the width of a mark whose word is `size` points large."""
    beside = BESIDE_EM.get(badge.kind, 2 * PADDING_EM)
    return max(TALL_EM * size, text_width(badge.text, size, is_bold=True) + beside * size)


def badges_width(badges: tuple[Badge, ...], size: float) -> float:
    """Return the width of marks side by side with the room that parts them from the name; 0 for none."""
    return sum(badge_width(badge, size) + PADDING_EM * size for badge in badges)


def badge_marks(badge: Badge, name: str, middle: Point, size: float, look: Look) -> tuple[Mark, ...]:
    """Draw a mark round its `middle`."""
    width, tall = badge_width(badge, size), TALL_EM * size
    at = Rect(middle[0] - width / 2, middle[1] - tall / 2, width, tall)
    colour = WHITE if badge.kind is BadgeKind.NEW else TEXT_COLOUR
    run = Run(badge.text, size, is_bold=True, colour=colour)
    before = tall if badge.kind is BadgeKind.RETURNING else 0.0
    place = Rect(at.x + before, at.y, width - before, tall)
    word = Text(f"{name} word", place, (Paragraph((run,), Align.MIDDLE),), Anchor.MIDDLE)
    return (*_shape(badge.kind, name, at, look), word)


def _shape(kind: BadgeKind, name: str, at: Rect, look: Look) -> tuple[Mark, ...]:
    if kind is BadgeKind.NEW:
        return (Shape(name, (_lozenge(at),), Ink(look.accent, look.accent, 0.5)),)
    round_ = Rect(at.x, at.y, at.height, at.height)
    if kind is BadgeKind.AGAIN and at.width <= at.height:
        return (Shape(name, (_ring(round_, 0, 2 * pi)[:-1],), Ink(WHITE, TEXT_COLOUR, 0.9)),)
    if kind is BadgeKind.RETURNING:
        return _open_ring(name, round_)
    lines = {
        BadgeKind.AGAIN: Ink(WHITE, TEXT_COLOUR, 0.9),
        BadgeKind.UNKNOWN: Ink(WHITE, QUIET, 0.8, is_dashed=True),
        BadgeKind.SINCE: Ink(WHITE, look.accent, 0.9),
        BadgeKind.PARTNER: Ink(WHITE, QUIET, 0.8),
    }
    return (Box(name, Rect(at.x, at.y + 0.04 * at.height, at.width, 0.92 * at.height), lines[kind]),)


def _lozenge(at: Rect) -> tuple[Point, ...]:
    tip, middle = POINT_EM / TALL_EM * at.height, at.y + at.height / 2
    top, low = at.y, at.bottom
    return (
        (at.x, middle),
        (at.x + tip, top),
        (at.right - tip, top),
        (at.right, middle),
        (at.right - tip, low),
        (at.x + tip, low),
    )


def _ring(at: Rect, start: float, end: float) -> tuple[Point, ...]:
    radius = 0.5 * at.height
    x, y = at.x + at.width / 2, at.y + at.height / 2
    turns = [start + (end - start) * step / CORNERS for step in range(CORNERS + 1)]
    return tuple((x + radius * cos(turn), y + radius * sin(turn)) for turn in turns)


def _open_ring(name: str, at: Rect) -> tuple[Mark, ...]:
    """A ring that runs back to where it began: its head points along the ring's end."""
    arc = _ring(at.inside(0.14 * at.height), OPEN_FROM, OPEN_TO)
    tip, head = arc[-1], 0.2 * at.height
    ahead = (tip[0] - head * sin(OPEN_TO) * 1.3, tip[1] + head * cos(OPEN_TO) * 1.3)
    out = (tip[0] + head * cos(OPEN_TO), tip[1] + head * sin(OPEN_TO))
    back = (tip[0] - head * cos(OPEN_TO), tip[1] - head * sin(OPEN_TO))
    ink = Ink(None, TEXT_COLOUR, 0.9)
    return (Line(name, arc, ink), Shape(f"{name} head", ((ahead, out, back),), Ink(TEXT_COLOUR, None)))
