"""Where connectors are glued: only where the drawn end stands already, so that opening the file moves nothing.

A rectangle has a connection site in the middle of each side. An area, and a sign that a leader meets elsewhere, get a site of
their own at the very end of the leader. The end at a text box that is not in the middle of a side stays unglued.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.annual.marks import Box, Line, Mark, Point, Rect, Ring, Shape, Text

FEWEST_POINTS = 3
NEAR_POINTS = 0.25
"""Further from a site than this, PowerPoint would visibly move the end as soon as the mark is touched."""


@dataclass(slots=True)
class Sites:
    """The connection sites of a page: of each mark's own (`added`), and of each end of a line (`ends`)."""

    added: dict[str, list[Point]] = field(default_factory=dict)
    ends: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)

    def of(self, mark: Mark) -> Sequence[Point]:
        """Return the sites of a mark that it would not have as a mere rectangle."""
        return self.added.get(mark.name, ())


def sites(marks: Sequence[Mark]) -> Sites:
    """Return which ends of the lines are glued, to which mark and to which of its sites."""
    named = {mark.name: mark for mark in marks}
    found = Sites()
    joined = (mark for mark in marks if isinstance(mark, Line) and len(mark.points) == 2 and mark.joins)
    for line in joined:
        for end, name in enumerate(line.joins or ()):
            if name in named:
                _join(found, line, end, named[name])
    _number(found, named)
    return found


def drawable(rings: Sequence[Ring]) -> tuple[Ring, ...]:
    """Return the rings that enclose anything."""
    return tuple(ring for ring in rings if len(ring) >= FEWEST_POINTS)


def bounds(rings: Sequence[Ring]) -> Rect:
    """Return the box round rings."""
    across = [x for ring in rings for x, _ in ring]
    down = [y for ring in rings for _, y in ring]
    return Rect(min(across), min(down), max(across) - min(across), max(down) - min(down))


def middles(at: Rect) -> tuple[Point, ...]:
    """Return the middles of a rectangle's sides in the order of its connection sites: top, left, bottom, right."""
    across, down = at.x + at.width / 2, at.y + at.height / 2
    return ((across, at.y), (at.x, down), (across, at.bottom), (at.right, down))


def _join(found: Sites, line: Line, end: int, mark: Mark) -> None:
    point = line.points[end]
    if isinstance(mark, Box | Text) and (site := middle_at(mark.at, point)) is not None:
        found.ends[line.name, end] = (mark.name, site)
    elif _is_at(mark, point):
        own = found.added.setdefault(mark.name, [])
        if point not in own:
            own.append(point)
        found.ends[line.name, end] = (mark.name, -1)


def _number(found: Sites, named: Mapping[str, Mark]) -> None:
    """The middles of the four sides come first, as a rectangle has them: LibreOffice counts so from five sites on."""
    for name, own in found.added.items():
        own[:0] = middles(_extent(named[name]))
    lines = {name: mark for name, mark in named.items() if isinstance(mark, Line)}
    for (line, end), (name, site) in found.ends.items():
        if site < 0:
            found.ends[line, end] = (name, found.added[name].index(lines[line].points[end]))


def middle_at(at: Rect, point: Point) -> int | None:
    """Return the number of the side in whose middle a point stands, or None."""
    for site, (x, y) in enumerate(middles(at)):
        if abs(x - point[0]) <= NEAR_POINTS and abs(y - point[1]) <= NEAR_POINTS:
            return site
    return None


def _is_at(mark: Mark, point: Point) -> bool:
    is_drawn = isinstance(mark, Box) or (isinstance(mark, Shape) and bool(drawable(mark.rings)))
    return is_drawn and _extent(mark).inside(-NEAR_POINTS).holds(Rect(*point, 0, 0))


def _extent(mark: Mark) -> Rect:
    if isinstance(mark, Shape):
        return bounds(drawable(mark.rings))
    return mark.at if isinstance(mark, Box) else Rect(0, 0, 0, 0)
