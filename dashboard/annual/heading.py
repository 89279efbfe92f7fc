"""The head of a page: its finding as the title, a sentence below it, and the room that is left for the rest."""

from dataclasses import dataclass

from dashboard.annual.footer import GREY, footer_box
from dashboard.annual.marks import Mark, Paragraph, Rect, Role, Run, Text
from dashboard.annual.paper import Paper
from dashboard.annual.text_width import LINE_EM, broken, text_width

MOST_LINES = 2
SMALLER, LEAST = 0.97, 0.72
"""A title that a little smaller type brings on one line is set so; one too long for two lines is made smaller still."""


@dataclass(frozen=True, slots=True)
class Headed:
    """The marks of a page's head and the box between head and foot."""

    marks: tuple[Mark, ...]
    content: Rect


def headed(paper: Paper, title: str, lead: str = "") -> Headed:
    """Return a page's title, at most two lines, and the sentence below it."""
    width = paper.width - 2 * paper.margin
    size = title_size(paper, title, width)
    height = len(broken(title, size, width, is_bold=True)) * size * LINE_EM
    at = Rect(paper.margin, paper.margin * 0.75, width, height)
    run = Run(title, size, is_bold=True)
    marks: list[Mark] = [Text("title", at, (Paragraph((run,)),), is_wrapped=True, role=Role.TITLE)]
    bottom = at.bottom
    if lead:
        tall = len(broken(lead, paper.body, width)) * paper.body * LINE_EM
        below = Rect(paper.margin, bottom + paper.body * 0.2, width, tall)
        said = Paragraph((Run(lead, paper.body, colour=GREY),))
        marks.append(Text("lead", below, (said,), is_wrapped=True))
        bottom = below.bottom
    top = bottom + paper.body
    foot = footer_box(paper).y - paper.body * 0.7
    return Headed(tuple(marks), Rect(paper.margin, top, width, foot - top))


def title_size(paper: Paper, title: str, width: float) -> float:
    """Return the size of type in which a title takes one line of `width` points if it nearly does, else at most two."""
    on_one_line = paper.title * width / max(text_width(title, paper.title, is_bold=True), 1)
    if on_one_line >= paper.title * LEAST:
        return min(on_one_line, paper.title)
    size = paper.title
    while len(broken(title, size, width, is_bold=True)) > MOST_LINES and size > paper.body:
        size *= SMALLER
    return size
