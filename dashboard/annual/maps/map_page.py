"""One page of the annual map: title, panel and map put together."""

from dataclasses import dataclass

from dashboard.annual.body_names import shortened
from dashboard.annual.layout import Layout
from dashboard.annual.look import QUIET
from dashboard.annual.maps.grounds import alt, notes
from dashboard.annual.maps.map_layout import bare_layout, named_layout
from dashboard.annual.maps.map_marks import MapMarks
from dashboard.annual.maps.panel import Panel
from dashboard.annual.maps.plan import plan_of
from dashboard.annual.maps.subject import Subject
from dashboard.annual.maps.telling import kicker, titles
from dashboard.annual.marks import Anchor, Mark, Page, Paragraph, Rect, Role, Run, Text
from dashboard.annual.paper import Paper
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import text_width

SIZES = (1.0, 0.92, 0.84, 0.76)
"""A long title is rather set a little smaller than said shorter."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one page shows and where its names stand; `layout` None where they are too many for one page."""

    subject: Subject
    layout: Layout | None


def sheet_of(setting: Setting, subject: Subject) -> Sheet:
    """Return a subject with its layout."""
    plan = plan_of(setting.paper)
    return Sheet(subject, named_layout(setting, subject, plan.map, plan.row_height))


def map_page(setting: Setting, sheet: Sheet, key: str, part: str = "") -> Page:
    """Return the page; `part` says which of several pages it is."""
    plan, subject = plan_of(setting.paper), sheet.subject
    layout = sheet.layout or bare_layout(setting, subject, plan.map, plan.row_height)
    title, head = head_marks(setting, titles(setting, subject), kicker(setting, subject), part)
    marks = (
        *head,
        *MapMarks(setting, subject, layout).marks(),
        *Panel(setting, subject, plan).marks(),
    )
    return page(setting, subject, key, title, marks)


def page(setting: Setting, subject: Subject, key: str, title: str, marks: tuple[Mark, ...]) -> Page:
    """Put marks on a sheet, with what is read aloud and the evidence."""
    return Page(
        key=key,
        title=title,
        width=setting.paper.width,
        height=setting.paper.height,
        marks=marks,
        alt=alt(setting, subject, title),
        notes=notes(setting, subject, title),
    )


def head_marks(
    setting: Setting, candidates: tuple[str, ...], line: str, part: str = ""
) -> tuple[str, tuple[Mark, ...]]:
    """Return the title that fits and the head of the page: the title, the programme below it, the number of the part."""
    plan, paper = plan_of(setting.paper), setting.paper
    title, size = fitting_title(candidates, paper, plan.title.width)
    room = plan.kicker.width
    marks: list[Mark] = [title_mark(plan.title, title, size)]
    if part:
        run = Run(part, plan.row, is_bold=True, colour=QUIET)
        wide = text_width(part, plan.row, is_bold=True) + plan.row
        at = Rect(plan.kicker.right - wide, plan.kicker.y, wide, plan.kicker.height)
        marks.append(Text("part", at, (Paragraph((run,)),), Anchor.MIDDLE))
        room -= wide
    at = Rect(plan.kicker.x, plan.kicker.y, room, plan.kicker.height)
    run = Run(shortened(line, plan.row, room), plan.row, colour=QUIET)
    marks.append(Text("programme", at, (Paragraph((run,)),), Anchor.MIDDLE))
    return title, tuple(marks)


def title_mark(at: Rect, title: str, size: float) -> Text:
    """Return the page's title."""
    run = Run(title, size, is_bold=True)
    return Text("title", at, (Paragraph((run,)),), Anchor.MIDDLE, role=Role.TITLE)


def fitting_title(candidates: tuple[str, ...], paper: Paper, width: float) -> tuple[str, float]:
    """Return the first title that fits on one line, and its size, which is never below the body's."""
    sizes = [share * paper.title for share in SIZES if share * paper.title >= paper.body]
    for title in candidates:
        for size in sizes:
            if text_width(title, size, is_bold=True) <= width:
                return title, size
    return shortened(candidates[-1], sizes[-1], width, is_bold=True), sizes[-1]
