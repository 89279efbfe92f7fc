"""One page as a slide: its marks in reading order, the areas of a map in one group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pptx.parts.slide import SlidePart

from dashboard.annual.marks import (
    Box,
    Chart,
    Line,
    Mark,
    Page,
    Paragraph,
    Rect,
    Role,
    Run,
    Shape,
    Table,
    Text,
)
from dashboard.annual.powerpoint.chart import chart, texts_over
from dashboard.annual.powerpoint.elements import Xml, element, emu, root
from dashboard.annual.powerpoint.loose import loosened
from dashboard.annual.powerpoint.reading_order import in_reading_order
from dashboard.annual.powerpoint.shapes import Ends, area, named, rectangle, stroke, text_box
from dashboard.annual.powerpoint.sites import Sites, bounds, drawable, sites
from dashboard.annual.powerpoint.table import table
from dashboard.words import words

TREE_ID = 1
"""The id of the slide's own tree of shapes; marks follow from 2."""
FEWEST_POINTS = 100
"""Areas that have fewer points together are signs, no land."""
UNSEEN_HEIGHT, UNSEEN_SIZE = 40.0, 20.0
"""Of the title of a page that shows none: it stands above the slide, where only lists of slides and voices find it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a mark needs to know of its page while it is drawn: the ids of all marks by name, and what is glued to what."""

    part: SlidePart
    language: str
    ids: Mapping[str, int]
    sites: Sites
    title: str

    def drawn(self, mark: Mark, number: int) -> Xml:
        """Return one mark as a shape of the slide."""
        match mark:
            case Shape():
                return area(mark, number, self.sites.of(mark))
            case Box():
                return rectangle(mark, number, self.sites.of(mark))
            case Line():
                return stroke(mark, number, self._ends(mark))
            case Text():
                return text_box(mark, number, self.language, is_title=mark.name == self.title)
            case Table():
                return table(mark, number, self.language)
            case Chart():
                return chart(mark, number, self.part, self.language)

    def _ends(self, mark: Line) -> Ends:
        start, end = (self.sites.ends.get((mark.name, at)) for at in (0, 1))
        return (
            (self.ids[start[0]], start[1]) if start else None,
            (self.ids[end[0]], end[1]) if end else None,
        )


def slide_content(page: Page, part: SlidePart, language: str) -> Xml:
    """Return the content of a slide (p:cSld); its charts are added to the file on the way."""
    title = _title(page)
    texts = [text for mark in page.marks if isinstance(mark, Chart) for text in texts_over(mark)]
    unseen = () if any(mark is title for mark in page.marks) else (title,)
    marks = loosened(in_reading_order([*unseen, *page.marks, *texts]))
    ids = {mark.name: number for number, mark in enumerate(marks, start=TREE_ID + 1)}
    drawing = Drawing(part, language, ids, sites(marks), title.name)
    tree = element("p:spTree", *_head(element("p:cNvPr", id=TREE_ID, name="")), *_drawn(drawing, marks, page))
    return root("p:cSld", tree, name=page.key)


def _drawn(drawing: Drawing, marks: Sequence[Mark], page: Page) -> Iterator[Xml]:
    """Yield the shapes; the land of a map is one group, which tells what the page shows."""
    numbered = enumerate(marks, start=TREE_ID + 1)
    runs = [list(run) for _, run in groupby(numbered, lambda entry: isinstance(entry[1], Shape))]
    land = max(runs, key=_points, default=[])
    for run in runs:
        shapes = [drawing.drawn(mark, number) for number, mark in run]
        if run is not land or len(run) < 2 or _points(run) < FEWEST_POINTS:
            yield from shapes
            continue
        name = words(drawing.language).text("powerpoint.map")
        called = named(TREE_ID + len(marks) + 1, name, alt=page.alt, is_decorative=not page.alt)
        rings = [ring for _, mark in run if isinstance(mark, Shape) for ring in drawable(mark.rings)]
        yield element("p:grpSp", *_head(called, bounds(rings)), *shapes)


def _points(run: Sequence[tuple[int, Mark]]) -> int:
    return sum(len(ring) for _, mark in run if isinstance(mark, Shape) for ring in drawable(mark.rings))


def _head(called: Xml, at: Rect | None = None) -> tuple[Xml, Xml]:
    """Return the head of a group whose members are measured as the slide is."""
    inner: list[Xml] = []
    if at:
        corner, size = {"x": emu(at.x), "y": emu(at.y)}, {"cx": emu(at.width), "cy": emu(at.height)}
        around = (("a:off", corner), ("a:ext", size), ("a:chOff", corner), ("a:chExt", size))
        inner = [element("a:xfrm", *(element(name, **values) for name, values in around))]
    kind = element("p:nvGrpSpPr", called, element("p:cNvGrpSpPr"), element("p:nvPr"))
    return kind, element("p:grpSpPr", *inner)


def _title(page: Page) -> Text:
    """Return the page's title, or one beyond its upper edge: a slide without a title has no name in any list."""
    shown = (mark for mark in page.marks if isinstance(mark, Text) and mark.role is Role.TITLE)
    at = Rect(0, -2 * UNSEEN_HEIGHT, page.width, UNSEEN_HEIGHT)
    written = (Paragraph((Run(page.title, UNSEEN_SIZE),)),)
    return next(shown, Text("title", at, written, role=Role.TITLE))
