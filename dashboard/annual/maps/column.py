"""Texts and signs one below the other: how tall they become is known before they are drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dashboard.annual.body_names import shortened
from dashboard.annual.look import DIVIDER
from dashboard.annual.marks import Align, Anchor, Ink, Line, Mark, Paragraph, Rect, Run, Text
from dashboard.annual.text_width import LINE_EM, broken, text_width

SMALLEST = 0.82
"""Rather than cut, a line is set this much smaller."""


def text_height(text: str, size: float, width: float, *, is_bold: bool = False) -> float:
    """Return the height of `text` broken at `width` points."""
    return len(broken(text, size, width, is_bold=is_bold)) * LINE_EM * size


def fitted(run: Run, width: float) -> Run:
    """Return a run that is no wider than `width`: set a little smaller where that is enough, else cut."""
    share = width / max(text_width(run.text, run.size, is_bold=run.is_bold), 1e-6)
    size = run.size * min(1.0, max(share, SMALLEST))
    return replace(run, size=size, text=shortened(run.text, size, width, is_bold=run.is_bold))


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column so far; the next mark stands at `y`."""

    x: float
    width: float
    y: float
    marks: tuple[Mark, ...] = ()

    def lower(self, by: float) -> "Column":
        """Leave `by` points free."""
        return replace(self, y=self.y + by)

    def with_marks(self, marks: Iterable[Mark], height: float) -> "Column":
        """Add marks that were drawn at the column's place and are `height` points tall."""
        return replace(self, y=self.y + height, marks=(*self.marks, *marks))

    def paragraph(self, name: str, run: Run, *, indent: float = 0) -> "Column":
        """Add a paragraph that is broken at the column's width."""
        width = self.width - indent
        height = text_height(run.text, run.size, width, is_bold=run.is_bold)
        at = Rect(self.x + indent, self.y, width, height)
        return self.with_marks((Text(name, at, (Paragraph((run,)),), is_wrapped=True),), height)

    def row(self, name: str, left: Run, right: Run, *, indent: float = 0) -> "Column":
        """Add a line with a number at its right end; words that are too long for it are set smaller, then cut."""
        height = LINE_EM * max(left.size, right.size)
        room = text_width(right.text, right.size, is_bold=right.is_bold) + 0.5 * right.size
        left = fitted(left, self.width - indent - room)
        split = self.x + self.width - room
        words = Rect(self.x + indent, self.y, split - self.x - indent, height)
        number = Rect(split, self.y, room, height)
        return self.with_marks(
            (
                Text(f"{name} words", words, (Paragraph((left,)),), Anchor.MIDDLE),
                Text(f"{name} number", number, (Paragraph((right,), Align.RIGHT),), Anchor.MIDDLE),
            ),
            height,
        )

    def rule(self, name: str, space: float) -> "Column":
        """Add a thin line with `space` points above and below it."""
        y = self.y + space
        line = Line(name, ((self.x, y), (self.x + self.width, y)), Ink(None, DIVIDER, 0.75))
        return self.with_marks((line,), 2 * space)

    def fitting(self, blocks: Iterable[Callable[["Column"], "Column"]], bottom: float) -> "Column":
        """Add each block that ends above `bottom`; what does not fit is left out whole."""
        column = self
        for block in blocks:
            longer = block(column)
            column = longer if longer.y <= bottom else column
        return column
