"""The index of a map that needs several pages: all names by prefecture, with their signs, marks and page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.annual.body_names import prefecture_name, shortened, shown_name
from dashboard.annual.facts import BodyClass
from dashboard.annual.look import QUIET
from dashboard.annual.maps.badges import badge_marks, badge_size, badge_width, badges_width
from dashboard.annual.maps.grounds import footnotes
from dashboard.annual.maps.map_page import head_marks, page
from dashboard.annual.maps.panel import foot_height, foot_marks
from dashboard.annual.maps.plan import plan_of
from dashboard.annual.maps.subject import Entry, Subject
from dashboard.annual.maps.telling import SIGNS, kicker, titles
from dashboard.annual.marks import Align, Anchor, Mark, Page, Paragraph, Rect, Run, Text
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import text_width

NAME_EM = 16
"""The widest name of the index, in sizes of the body's type: no municipality of Japan has a wider one."""
GAP_EM, FILLED = 1.6, 0.92
"""Between a name and the number of its page in sizes of type, and how much of a column's width its lines use."""
ROW_EM = 1.36


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the index: a prefecture's name, or a body with the number of the page that shows it."""

    heading: str = ""
    entry: Entry | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of lines between a page's head and its foot."""

    at: Rect
    row: float
    columns: int

    @property
    def rows(self) -> int:
        """Lines of a column."""
        return int(self.at.height // self.row)

    def place(self, number: int) -> Rect:
        """Return the box of the `number`-th line of a page."""
        column, line = divmod(number, self.rows)
        width = self.at.width / self.columns
        return Rect(self.at.x + column * width, self.at.y + line * self.row, FILLED * width, self.row)


def index_pages(setting: Setting, subject: Subject, parts: Sequence[Subject], key: str) -> tuple[Page, ...]:
    """Return the index: `parts` are what the pages before it show, in their order."""
    lines = list(_lines(setting, subject, parts))
    grid = _grid(setting, subject, max(_width(setting, line) for line in lines))
    sheets = list(_broken(lines, grid))
    pages = []
    for number, sheet in enumerate(sheets, start=1):
        part = f"{number}/{len(sheets)}" if len(sheets) > 1 else ""
        named = setting.words.text("annual.index", title=titles(setting, subject)[-1])
        title, head = head_marks(setting, (named,), kicker(setting, subject), part)
        drawn = [mark for place, line in enumerate(sheet) for mark in _line(setting, grid.place(place), line)]
        foot = foot_marks(_foot(setting, subject), footnotes(setting, subject), setting)
        suffix = f"-{number}" if number > 1 else ""
        pages.append(page(setting, subject, f"{key}{suffix}", title, (*head, *drawn, *foot)))
    return tuple(pages)


def _foot(setting: Setting, subject: Subject) -> Rect:
    plan, paper = plan_of(setting.paper), setting.paper
    width = paper.width - 2 * paper.margin
    height = foot_height(footnotes(setting, subject), setting, width)
    return Rect(paper.margin, plan.panel.bottom - height, width, height)


def _grid(setting: Setting, subject: Subject, widest: float) -> Grid:
    """As many columns as leave room for the widest line: an index that cuts a name is none."""
    plan, paper, foot = plan_of(setting.paper), setting.paper, _foot(setting, subject)
    height = foot.y - plan.panel.y - paper.body
    return Grid(
        Rect(paper.margin, plan.panel.y, foot.width, height),
        ROW_EM * paper.body,
        max(1, int(foot.width * FILLED // widest)),
    )


def _width(setting: Setting, line: Line) -> float:
    """Return how wide a line of the index is, from its sign to the number of its page."""
    size = setting.paper.body
    if not line.entry:
        return text_width(line.heading[:NAME_EM], 0.9 * size, is_bold=True)
    marks = badges_width(line.entry.badges, badge_size(setting.paper))
    number = text_width(_number(setting, line.number), 0.9 * size)
    name = text_width(f"■{_name(setting, line.entry)}", size, is_bold=True)
    return name + marks + number + GAP_EM * size


def _name(setting: Setting, entry: Entry) -> str:
    size = setting.paper.body
    return shortened(shown_name(entry.body, setting.words), size, NAME_EM * size, is_bold=True)


def _number(setting: Setting, number: int) -> str:
    return setting.words.text("annual.index_page", n=number)


def _lines(setting: Setting, subject: Subject, parts: Sequence[Subject]) -> Iterator[Line]:
    pages = {code: number for number, part in enumerate(parts, start=1) for code in part.prefectures}
    in_order = sorted(subject.entries, key=lambda entry: entry.body.code)
    for prefecture, entries in groupby(in_order, key=lambda entry: entry.body.prefecture):
        yield Line(heading=prefecture_name(setting.facts, prefecture))
        for entry in entries:
            yield Line(entry=entry, number=pages[prefecture])


def _broken(lines: Iterable[Line], grid: Grid) -> Iterator[list[Line]]:
    """Break lines into pages; a prefecture's name never stands last in a column."""
    sheet: list[Line] = []
    for line in lines:
        is_last = len(sheet) % grid.rows == grid.rows - 1
        if line.heading and is_last:
            sheet.append(Line())
        if len(sheet) >= grid.rows * grid.columns:
            yield sheet
            sheet = []
        sheet.append(line)
    yield sheet


def _line(setting: Setting, at: Rect, line: Line) -> Iterator[Mark]:
    size = setting.paper.body
    if line.heading:
        text = shortened(line.heading, 0.9 * size, at.width, is_bold=True)
        run = Run(text, 0.9 * size, is_bold=True, colour=QUIET)
        yield Text(f"index {line.heading}", at, (Paragraph((run,)),), Anchor.BOTTOM)
    if line.entry:
        yield from _entry(setting, at, line.entry, line.number)


def _entry(setting: Setting, at: Rect, entry: Entry, number: int) -> Iterator[Mark]:
    size, look, of = setting.paper.body, setting.look, entry.body.body_class
    page_number = _number(setting, number)
    room = text_width(page_number, 0.9 * size)
    marks = badges_width(entry.badges, badge_size(setting.paper))
    named = _name(setting, entry)
    runs = (
        Run(SIGNS[of], size, is_bold=True, colour=look.sign_colours[of]),
        Run(named, size, is_bold=of is not BodyClass.MUNICIPALITY, colour=look.names[of]),
    )
    width = text_width(f"■{named}", size, is_bold=True)
    name = f"index {entry.body.code}"
    yield Text(name, Rect(at.x, at.y, width, at.height), (Paragraph(runs),), Anchor.MIDDLE)
    yield from _badges(setting, Rect(at.x + width, at.y, marks, at.height), entry, name)
    run = Run(page_number, 0.9 * size, colour=QUIET)
    place = Rect(at.right - room, at.y, room, at.height)
    yield Text(f"{name} page", place, (Paragraph((run,), Align.RIGHT),), Anchor.MIDDLE)


def _badges(setting: Setting, at: Rect, entry: Entry, name: str) -> Iterator[Mark]:
    edge, size = at.x, badge_size(setting.paper)
    for badge in entry.badges:
        wide = badge_width(badge, size)
        middle = (edge + 0.3 * size + wide / 2, at.y + at.height / 2)
        yield from badge_marks(badge, f"{name} {badge.kind}", middle, size, setting.look)
        edge += 0.3 * size + wide
