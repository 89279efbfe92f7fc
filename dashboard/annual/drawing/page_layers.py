"""A page as pictures and words in turn, for formats that set text apart from the drawing: as few pictures as the order allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.annual.drawing.plain_marks import plain
from dashboard.annual.drawing.text_lines import SHARE, PlacedLine, placed_lines
from dashboard.annual.marks import Box, Line, Mark, Point, Rect, Shape, Table, Text
from dashboard.annual.text_width import text_width

Drawn = Shape | Box | Line


@dataclass(frozen=True, slots=True)
class Layer:
    """What is drawn, and the words on top of it; a table stays whole there, so that it can be read as one."""

    drawn: tuple[Drawn, ...]
    words: tuple[Text | Table, ...]


def layers(marks: Sequence[Mark]) -> Iterator[Layer]:
    """Yield the layers of a page, the undermost first.

    A mark that is drawn after a text, and not over it, can as well lie below it: most pages are one layer.
    """
    drawn: list[Drawn] = []
    words: list[Text | Table] = []
    covered: list[Rect] = []
    for mark in marks:
        parts = plain(mark)
        for part in parts:
            if isinstance(part, Text):
                continue
            reach = _reach(part)
            if any(box.meets(reach) for box in covered):
                yield Layer(tuple(drawn), tuple(words))
                drawn, words, covered = [], [], []
            drawn.append(part)
        texts = [part for part in parts if isinstance(part, Text)]
        words += [mark] if isinstance(mark, Table) else texts
        covered += [_ink(line) for text in texts for line in placed_lines(text) if line.runs]
    yield Layer(tuple(drawn), tuple(words))


def _ink(line: PlacedLine) -> Rect:
    """The box around a line's signs."""
    width = sum(text_width(run.text, run.size, is_bold=run.is_bold) for run in line.runs)
    size = max(run.size for run in line.runs)
    return Rect(line.x - SHARE[line.align] * width, line.baseline - size, width, 1.25 * size)


def _reach(mark: Drawn) -> Rect:
    """The box around a mark, its line included."""
    if isinstance(mark, Box):
        return mark.at.inside(-mark.ink.width / 2)
    points = mark.points if isinstance(mark, Line) else [point for ring in mark.rings for point in ring]
    return _around(points).inside(-mark.ink.width / 2)


def _around(points: Sequence[Point]) -> Rect:
    across, down = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    return Rect(min(across), min(down), max(across) - min(across), max(down) - min(down))
