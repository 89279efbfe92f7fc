"""What the numbers count and what the map does not say: states, rules, the two views of time, and six reservations."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.annual.look import QUIET
from dashboard.annual.marks import Align, Box, Cell, Ink, Mark, Page, Paragraph, Rect, Run, Table, Text
from dashboard.annual.pages.grids import Grid, tables
from dashboard.annual.pages.sheet import Told, sheet
from dashboard.annual.pages.within import list_sources
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import LINE_EM, broken
from dashboard.closed_lists import CountingRule, TimeView

STATES = {
    "A": "strict standard inclusive",
    "B": "strict standard inclusive",
    "C": "standard inclusive",
    "D": "inclusive",
    "E": "",
    "F": "",
}
"""Which rules count a state."""
RESERVATIONS = ("none", "endeavour", "bodies", "lists", "places", "boundaries")
LEFT_SHARE = 0.6
LARGEST, ALIKE = 1.4, 0.62
"""The page has few words: they may be this much larger than on others, and the table not much smaller than they."""
SPARE = (0.0, 0.7, 0.1, 0.1, 0.1)
SIGN_EM = 0.4
COUNTED, OPEN = "●", "–"


def definitions_page(setting: Setting) -> tuple[Page, ...]:
    """Return the page of the definitions, alone."""
    words = setting.words
    title = words.text("deck.definitions.title")
    reservations = tuple(words.text(f"deck.not_said.{key}") for key in RESERVATIONS)
    states = tuple(words.joined("named", (state, words.text(f"state_meaning.{state}"))) for state in STATES)
    told = Told(
        key="definitions",
        title=title,
        lead=words.text("deck.definitions.lead"),
        alt=words.text("deck.alt", title=title, told=words.joined("apart", reservations)),
        sources=list_sources(setting.facts.years),
        notes=(*states, *reservations),
    )
    return (sheet(setting, told, lambda box: _marks(setting, box)),)


def _marks(setting: Setting, box: Rect) -> Iterator[Mark]:
    gap = setting.paper.body * 2.5
    left = Rect(box.x, box.y, (box.width - gap) * LEFT_SHARE, box.height)
    right = Rect(left.right + gap, box.y, box.width - gap - left.width, box.height)
    size = _size(setting, left, right)
    states = _states(setting, left, size)
    ways = _ways(setting, size)
    yield states
    top = states.at.bottom + size
    yield _text("ways", Rect(left.x, top, left.width, _height(ways, left.width)), *ways)
    yield from _not_said(setting, right, size)


def _size(setting: Setting, left: Rect, right: Rect) -> float:
    """Return the largest size of type, at most the page's, in which both columns end above the foot."""
    size = setting.paper.body * LARGEST
    while size > setting.paper.small and (
        _states(setting, left, size).size < size * ALIKE
        or _bottom(_not_said(setting, right, size)) > right.bottom
        or _states(setting, left, size).at.bottom + size + _height(_ways(setting, size), left.width)
        > left.bottom
    ):
        size *= 0.97
    return size


def _states(setting: Setting, at: Rect, size: float) -> Table:
    """States of a municipality with the rules that count each."""
    words = setting.words
    rules = tuple(Cell(words.text(f"rule.{rule}"), Align.MIDDLE) for rule in CountingRule)
    head = (Cell(words.text("table.state"), Align.MIDDLE), Cell(words.text("deck.definitions.state")), *rules)
    rows = tuple(
        (
            Cell(state, Align.MIDDLE, is_bold=True),
            Cell(words.text(f"state.{state}")),
            *(
                Cell(COUNTED, Align.MIDDLE, colour=setting.look.figure)
                if rule in counted.split()
                else Cell(OPEN, Align.MIDDLE, colour=QUIET)
                for rule in CountingRule
            ),
        )
        for state, counted in STATES.items()
    )
    grid = Grid("states", head, rows, SPARE, words.text("deck.definitions.table"))
    (table,) = tables(grid, at, 1, size, setting.paper.small)
    return table


def _ways(setting: Setting, size: float) -> tuple[Paragraph, ...]:
    """How the rules and the two views of time are read."""
    words = setting.words
    ways = [("deck.definitions.rules", words.text("help.terms.rules.meaning"))]
    ways += [(f"view.{view}", words.text(f"deck.definitions.{view}")) for view in TimeView]
    ways.append(("deck.definitions.marks", words.text("deck.definitions.marks_meaning")))
    return tuple(
        Paragraph(
            (Run(f"{words.text(key)}{words.separator('named')}", size, is_bold=True), Run(told, size)),
            gap=size * 0.4,
        )
        for key, told in ways
    )


def _not_said(setting: Setting, at: Rect, size: float) -> tuple[Mark, ...]:
    """Each reservation behind a small square, below their heading."""
    words = setting.words
    head = Paragraph((Run(words.text("deck.not_said.title"), size * 1.1, is_bold=True),))
    marks: list[Mark] = [_text("not-said", replace(at, height=_height((head,), at.width)), head)]
    y = at.y + _height((head,), at.width)
    for key in RESERVATIONS:
        y += size * 0.5
        told = Paragraph((Run(words.text(f"deck.not_said.{key}"), size),))
        line = Rect(at.x + size, y, at.width - size, _height((told,), at.width - size))
        sign = Rect(at.x, y + size * (LINE_EM - SIGN_EM) / 2, size * SIGN_EM, size * SIGN_EM)
        marks += [
            Box(f"not-said-{key}-sign", sign, Ink(setting.look.figure)),
            _text(f"not-said-{key}", line, told),
        ]
        y = line.bottom
    return tuple(marks)


def _text(name: str, at: Rect, *paragraphs: Paragraph) -> Text:
    return Text(name, at, paragraphs, is_wrapped=True)


def _bottom(marks: Iterable[Mark]) -> float:
    return max(mark.at.bottom for mark in marks if isinstance(mark, Text))


def _height(paragraphs: tuple[Paragraph, ...], width: float) -> float:
    return sum(
        _lines(paragraph, width) * paragraph.runs[0].size * LINE_EM + paragraph.gap
        for paragraph in paragraphs
    )


def _lines(paragraph: Paragraph, width: float) -> int:
    text = "".join(run.text for run in paragraph.runs)
    is_bold = any(run.is_bold for run in paragraph.runs)
    return len(broken(text, paragraph.runs[0].size, width, is_bold=is_bold))
