"""What every page of the annual map keeps, whichever facts it tells: nothing outside, covered, cut or too small."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from dashboard.annual.drawing.text_lines import text_height
from dashboard.annual.marks import Box, Line, Mark, Page, Rect, Shape, Text
from dashboard.annual.text_width import text_width

NEAR = 0.6
"""Points: lines have a width, and boxes are rounded."""


def texts(page: Page) -> list[Text]:
    """Return the texts of a page."""
    return [mark for mark in page.marks if isinstance(mark, Text)]


def said(text: Text) -> str:
    """Return the words of a text."""
    return "".join(run.text for paragraph in text.paragraphs for run in paragraph.runs)


def extent(mark: Mark) -> Rect:
    """Return the box that a mark stands in."""
    if isinstance(mark, Shape):
        points = [point for ring in mark.rings for point in ring]
    elif isinstance(mark, Line):
        points = list(mark.points)
    else:
        return mark.at
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def outside(page: Page) -> list[str]:
    """Return the marks that are not wholly on their page."""
    sheet = Rect(0, 0, page.width, page.height)
    return [mark.name for mark in page.marks if not sheet.holds(extent(mark))]


def too_wide(page: Page) -> list[str]:
    """Return the texts that do not fit into their boxes."""
    return [text.name for text in texts(page) if not _fits(text)]


def overlapping(page: Page) -> list[tuple[str, str]]:
    """Return the pairs of texts that cover one another; a prefecture's own name gives way only where it can."""
    boxes = [(text.name, text.at.inside(NEAR)) for text in texts(page) if not text.name.startswith("name ")]
    return [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.meets(b)]


def sizes(page: Page) -> set[float]:
    """Return the sizes of type on a page."""
    return {run.size for text in texts(page) for paragraph in text.paragraphs for run in paragraph.runs}


def labels(page: Page) -> dict[str, str]:
    """Return what stands in the label of each body, by code.

    Raises:
        AssertionError: a body is labelled twice.
    """
    found = [(text.name.split()[1], said(text)) for text in texts(page) if text.name.startswith("label ")]
    assert len({code for code, _ in found}) == len(found), "a body is labelled twice"
    return dict(found)


def named(marks: Iterable[Mark], kind: str) -> Iterator[Mark]:
    """Return the marks of one kind."""
    return (
        mark
        for mark in marks
        if mark.name.startswith(f"{kind} ") and isinstance(mark, Box | Line | Shape | Text)
    )


def _fits(text: Text) -> bool:
    if text_height(text.paragraphs, text.at.width if text.is_wrapped else None) > text.at.height + NEAR:
        return (
            text.at.height >= max(run.size for p in text.paragraphs for run in p.runs) and not text.is_wrapped
        )
    if text.is_wrapped:
        return True
    widths = (
        sum(text_width(run.text, run.size, is_bold=run.is_bold) for run in paragraph.runs)
        for paragraph in text.paragraphs
    )
    return max(widths) <= text.at.width + NEAR
