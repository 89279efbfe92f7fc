"""Room for text: a label's box is a little wider than its text was estimated to be, where the text does not lean.

A box of wrapped text also begins a little higher, so that its first line stands where it does elsewhere.
"""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.annual.marks import Align, Line, Mark, Point, Rect, Text
from dashboard.annual.powerpoint.sites import NEAR_POINTS, middle_at
from dashboard.annual.powerpoint.text import Label, overhang

LOOSE_SHARE, LOOSE_SHARE_WRAPPED, LOOSE_POINTS = 0.04, 0.01, 2.0
"""How much wider a box becomes: of its width, and in points. Wrapped text fills its box, and must keep to its margin."""
AIR_POINTS = 6.0
"""As far from a label, a leader still belongs to it."""
LEFT_OF_TEXT = {Align.LEFT: 0.0, Align.MIDDLE: 0.5, Align.RIGHT: 1.0}
"""Which share of the room lies left of the box."""


def loosened(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks with wider labels; one that would so lose the end of its leader stays as it is."""
    ends = _ends(marks)
    return [_loosened(mark, ends.get(mark.name, ())) if isinstance(mark, Text) else mark for mark in marks]


def _ends(marks: Sequence[Mark]) -> dict[str, list[Point]]:
    """The ends of lines by the name of the mark that they belong to."""
    found: dict[str, list[Point]] = {}
    for line in marks:
        if isinstance(line, Line) and line.joins and len(line.points) == 2:
            for name, point in zip(line.joins, line.points, strict=True):
                found.setdefault(name, []).append(point)
    return found


def _loosened(mark: Text, ends: Sequence[Point]) -> Text:
    reaching = _reaching(mark, ends)
    aligned = {paragraph.align for paragraph in mark.paragraphs}
    share = LOOSE_SHARE_WRAPPED if mark.is_wrapped else LOOSE_SHARE
    room = mark.at.width * share + LOOSE_POINTS if len(aligned) == 1 else 0.0
    before = reaching.at
    left = before.x - room * sum(LEFT_OF_TEXT[align] for align in aligned)
    at = Rect(left, before.y - overhang(mark), before.width + room, before.height)
    loses = any(middle_at(before, end) != middle_at(at, end) for end in ends)
    return reaching if loses else replace(reaching, at=at)


def _reaching(mark: Text, ends: Sequence[Point]) -> Text:
    """A leader is drawn with a little air before its label: the box fills it, so that the two can be glued."""
    at = mark.at
    for x, y in ends:
        left, right = at.x - x, x - at.right
        if abs(y - at.y - at.height / 2) <= NEAR_POINTS < max(left, right) <= AIR_POINTS:
            left, right = max(left, 0.0), max(right, 0.0)
            wider = Rect(at.x - left, at.y, at.width + left + right, at.height)
            return Label(
                mark.name,
                wider,
                mark.paragraphs,
                mark.anchor,
                is_wrapped=mark.is_wrapped,
                role=mark.role,
                left=left,
                right=right,
            )
    return mark
