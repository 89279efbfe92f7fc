"""What a page is made of: named marks, measured in points (1/72 inch) from the page's top left corner, y downwards.

Every format draws the same marks in their order, the first undermost. Text is data: no format ever reads it as markup.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Point = tuple[float, float]
Ring = tuple[Point, ...]

TEXT_COLOUR = "#1A1A1A"


class Pattern(StrEnum):
    """How an area is filled; the strokes of a pattern have the colour of the area's line."""

    PLAIN = "plain"
    HATCH = "hatch"
    CROSS = "cross"
    DOTS = "dots"


class Align(StrEnum):
    """Where the lines of a paragraph stand between left and right."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Anchor(StrEnum):
    """Where text stands between top and bottom of its box."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Role(StrEnum):
    """What a text is to a reader who does not see the page: one TITLE a page, else plain BODY."""

    TITLE = "title"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Rect:
    """A box: its top left corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def holds(self, other: "Rect") -> bool:
        """Whether `other` lies inside, edges included."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom

    def meets(self, other: "Rect") -> bool:
        """Whether the two share more than an edge."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def inside(self, margin: float) -> "Rect":
        """Return the box `margin` further in on every side."""
        return Rect(self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin)


@dataclass(frozen=True, slots=True)
class Ink:
    """Fill and line: "#RRGGBB" or None for none; `width` of the line in points."""

    fill: str | None = None
    line: str | None = None
    width: float = 0.75
    pattern: Pattern = Pattern.PLAIN
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """An area: closed rings (the first point is not repeated), holes by the even-odd rule. `alt` is read aloud."""

    name: str
    rings: tuple[Ring, ...]
    ink: Ink
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: a sign ■ □, a frame, a field of the legend."""

    name: str
    at: Rect
    ink: Ink
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through `points`; of two points a connector. `joins`: names of the marks that its ends belong to."""

    name: str
    points: tuple[Point, ...]
    ink: Ink
    joins: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one look; `size` in points."""

    text: str
    size: float
    is_bold: bool = False
    colour: str = TEXT_COLOUR


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that follow each other on one line (or more, where the text is wrapped); `gap`: points left free below."""

    runs: tuple[Run, ...]
    align: Align = Align.LEFT
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs in a box without inner margins. `is_wrapped`: lines are broken at the box's width (`text_width.broken`)."""

    name: str
    at: Rect
    paragraphs: tuple[Paragraph, ...]
    anchor: Anchor = Anchor.TOP
    is_wrapped: bool = False
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: one line, already short enough for its column."""

    text: str
    align: Align = Align.LEFT
    is_bold: bool = False
    fill: str | None = None
    colour: str = TEXT_COLOUR


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first row the headings; `at.height` is len(rows) * row_height, `widths` add up to `at.width`."""

    name: str
    at: Rect
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_height: float
    size: float
    alt: str


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: a value per category, None where it is not known."""

    name: str
    values: tuple[float | None, ...]
    ink: Ink


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked columns from 0 with the number in each; `unknown` stands where a category has no value at all."""

    name: str
    at: Rect
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    unknown: str
    size: float
    alt: str


Mark = Shape | Box | Line | Text | Table | Chart


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `key` is unlike any other page's of its deck, `alt` tells what the page shows, `notes` the evidence."""

    key: str
    title: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    alt: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """Pages of one size in one language ("ja", "en"); `made_on` is the day of the build, never of the clock."""

    title: str
    language: str
    made_on: date
    pages: tuple[Page, ...] = field(default=())
