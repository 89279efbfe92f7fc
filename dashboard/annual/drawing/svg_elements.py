"""The elements of an SVG, one for each mark: named, rounded, and without markup that came from outside."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape

from dashboard.annual.drawing.clean_text import clean
from dashboard.annual.drawing.pattern import TILES, Tile
from dashboard.annual.drawing.plain_marks import plain
from dashboard.annual.drawing.text_lines import PlacedLine, placed_lines
from dashboard.annual.marks import (
    TEXT_COLOUR,
    Align,
    Box,
    Chart,
    Ink,
    Line,
    Mark,
    Pattern,
    Point,
    Run,
    Shape,
    Table,
    Text,
)

ANCHORS = {Align.LEFT: None, Align.MIDDLE: "middle", Align.RIGHT: "end"}
Attributes = dict[str, str | None]


class Elements:
    """Writes the elements of one drawing. Its ids begin with `key`, so that several drawings can stand in one document."""

    def __init__(self, key: str, *, is_named: bool = True) -> None:
        """Begin a drawing; without names (`is_named`) it holds only what is seen."""
        self._key = _fit_for_id(key)
        self._is_named = is_named
        self._used: set[str] = set()
        self._patterns: dict[tuple[Pattern, str | None, str], str] = {}

    def of(self, marks: Iterable[Mark]) -> str:
        """Return the elements of marks in their order."""
        return "".join(element for mark in marks for element in self._of(mark))

    def definitions(self) -> str:
        """Return the patterns that the elements written so far are filled with."""
        tiles = "".join(_pattern(name, *look) for look, name in self._patterns.items())
        return f"<defs>{tiles}</defs>" if tiles else ""

    def fresh_id(self, name: str) -> str:
        """Return an id made from a mark's name that no other element bears."""
        wanted = found = f"{self._key}.{_fit_for_id(name)}"
        count = 1
        while found in self._used:
            count += 1
            found = f"{wanted}.{count}"
        self._used.add(found)
        return found

    def _of(self, mark: Mark) -> Iterator[str]:
        match mark:
            case Table() | Chart():
                names = self._names(mark.name, mark.alt)
                yield element("g", names, self.of(plain(mark)))
            case Text():
                yield from self._text(mark)
            case Shape():
                place: Attributes = {"d": _outline(mark.rings), "fill-rule": "evenodd"}
                yield self._drawn("path", mark.name, place, mark.ink, alt=mark.alt)
            case Box():
                yield self._drawn("rect", mark.name, _corner(mark), mark.ink, alt=mark.alt)
            case Line():
                stroked = replace(mark.ink, fill=None, pattern=Pattern.PLAIN)
                yield self._drawn("path", mark.name, {"d": _path(mark.points, 2)}, stroked)

    def _drawn(self, tag: str, name: str, place: Attributes, ink: Ink, *, alt: str = "") -> str:
        told = element("title", {}, quoted(alt)) if alt and self._is_named else ""
        return element(tag, {**self._names(name, alt), **place, **self._look(ink)}, told)

    def _names(self, name: str, alt: str) -> Attributes:
        return {"id": self.fresh_id(name), "aria-label": alt or name} if self._is_named else {}

    def _look(self, ink: Ink) -> Attributes:
        dashes = f"{number(4 * ink.width)} {number(3 * ink.width)}"
        return {
            "fill": self._fill(ink),
            "stroke": ink.line,
            "stroke-width": number(ink.width) if ink.line else None,
            "stroke-dasharray": dashes if ink.line and ink.is_dashed else None,
        }

    def _fill(self, ink: Ink) -> str:
        if ink.pattern is Pattern.PLAIN:
            return ink.fill or "none"
        look = (ink.pattern, ink.fill, ink.line or TEXT_COLOUR)
        if look not in self._patterns:
            self._patterns[look] = self.fresh_id(ink.pattern.value)
        return f"url(#{self._patterns[look]})"

    def _text(self, text: Text) -> Iterator[str]:
        lines = [line for line in placed_lines(text) if line.runs]
        names: Attributes = {"id": self.fresh_id(text.name)} if self._is_named else {}
        if len(lines) == 1:
            yield _line(lines[0], names)
        elif lines:
            yield element("g", names, "".join(_line(line, {}) for line in lines))


def element(tag: str, attributes: Attributes, inner: str = "") -> str:
    """Return one element; `inner` is XML already, attributes that are None are left out."""
    told = "".join(f' {name}="{quoted(value)}"' for name, value in attributes.items() if value is not None)
    return f"<{tag}{told}>{inner}</{tag}>" if inner else f"<{tag}{told}/>"


def number(value: float, digits: int = 2) -> str:
    """Return a number of points in the fewest signs that are exact enough for print.

    >>> [number(value) for value in (12.0, 0.128, -0.001, 1190.55)]
    ['12', '0.13', '0', '1190.55']
    """
    return f"{round(value, digits) + 0.0:.10g}"


def quoted(text: str) -> str:
    """Return outside text as the text of an element or attribute."""
    return escape(clean(text))


def _line(line: PlacedLine, names: Attributes) -> str:
    told = "".join(run.text for run in line.runs)
    place = {
        "x": number(line.x),
        "y": number(line.baseline),
        "text-anchor": ANCHORS[line.align],
        "xml:space": "preserve" if told.startswith(" ") or "  " in told else None,
    }
    if len(line.runs) == 1:
        return element("text", {**names, **place, **_type(line.runs[0])}, quoted(line.runs[0].text))
    spans = "".join(element("tspan", _type(run), quoted(run.text)) for run in line.runs)
    return element("text", {**names, **place}, spans)


def _type(run: Run) -> Attributes:
    return {
        "font-size": number(run.size),
        "font-weight": "700" if run.is_bold else None,
        "fill": run.colour,
    }


def _corner(box: Box) -> Attributes:
    at = box.at
    return {"x": number(at.x), "y": number(at.y), "width": number(at.width), "height": number(at.height)}


def _outline(rings: Iterable[Sequence[Point]]) -> str:
    # A tenth of a point is 0.035 mm: finer is not seen, and coasts are most of the file.
    return "".join(f"{_path(ring, 1)}Z" for ring in rings if ring)


def _path(points: Sequence[Point], digits: int) -> str:
    return "M" + " ".join(f"{number(x, digits)},{number(y, digits)}" for x, y in points)


def _pattern(name: str, pattern: Pattern, fill: str | None, line: str) -> str:
    tile = TILES[pattern]
    side = number(tile.side)
    ground = element("rect", {"width": side, "height": side, "fill": fill}) if fill else ""
    place: Attributes = {"id": name, "width": side, "height": side, "patternUnits": "userSpaceOnUse"}
    return element("pattern", place, ground + _drawn_tile(tile, line))


def _drawn_tile(tile: Tile, line: str) -> str:
    if tile.strokes:
        width = number(tile.stroke)
        return element("path", {"d": tile.strokes, "fill": "none", "stroke": line, "stroke-width": width})
    radius = number(tile.radius)
    return "".join(
        element("circle", {"cx": number(x), "cy": number(y), "r": radius, "fill": line}) for x, y in tile.dots
    )


def _fit_for_id(name: str) -> str:
    """What reads like the name and may stand in an id; a hash keeps apart what only then reads alike."""
    fit = re.sub(r"[^\w]+", "-", name).strip("-")
    if fit == name:
        return fit
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:4]
    return f"{fit[:60]}-{mark}" if fit else f"mark-{mark}"
