"""How text stands in its box: which line holds what, and on which baseline, for every format that places its own lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.annual.drawing.clean_text import clean
from dashboard.annual.marks import Align, Anchor, Paragraph, Rect, Run, Text
from dashboard.annual.text_width import LINE_EM, line_starts, sign_width

ABOVE_BASELINE = 0.88
"""The em square of a Japanese typeface reaches so far above the baseline (and 0.12 em below)."""
BASELINE_SHARE = 0.5 + (ABOVE_BASELINE - 0.5) / LINE_EM
"""Which share of a line's height stands above its baseline: the em square is in its middle."""
SHARE = {Align.LEFT: 0.0, Align.MIDDLE: 0.5, Align.RIGHT: 1.0}
"""Which share of the free room stands left of a line."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One line: `x` is its left end, middle or right end, as `align` says, `baseline` counts from the page's top."""

    x: float
    baseline: float
    align: Align
    runs: tuple[Run, ...]


def placed_lines(text: Text) -> tuple[PlacedLine, ...]:
    """Return the lines of a text mark from top to bottom, without the signs that are never seen."""
    return tuple(line for lines in placed_paragraphs(text) for line in lines)


def placed_paragraphs(text: Text) -> Iterator[tuple[PlacedLine, ...]]:
    """Yield the lines of each paragraph; a line has no runs where nothing is to be seen on it."""
    width = text.at.width if text.is_wrapped else None
    top = _top(text.at, text.anchor, text_height(text.paragraphs, width))
    for paragraph in text.paragraphs:
        x = text.at.x + SHARE[paragraph.align] * text.at.width
        pitch, lines = _pitch(paragraph), _lines(paragraph, width)
        first = top + pitch * BASELINE_SHARE
        yield tuple(
            PlacedLine(x, first + place * pitch, paragraph.align, runs) for place, runs in enumerate(lines)
        )
        top += pitch * len(lines) + paragraph.gap


def text_height(paragraphs: Sequence[Paragraph], width: float | None = None) -> float:
    """Return how high paragraphs stand, in points, broken at `width` points or (None) not at all."""
    lines = sum(_pitch(paragraph) * len(_lines(paragraph, width)) for paragraph in paragraphs)
    return lines + sum(paragraph.gap for paragraph in paragraphs[:-1])


def _top(at: Rect, anchor: Anchor, height: float) -> float:
    free = at.height - height
    return at.y + {Anchor.TOP: 0.0, Anchor.MIDDLE: free / 2, Anchor.BOTTOM: free}[anchor]


def _pitch(paragraph: Paragraph) -> float:
    return LINE_EM * max((run.size for run in paragraph.runs), default=0.0)


def _lines(paragraph: Paragraph, width: float | None) -> list[tuple[Run, ...]]:
    """Cut a paragraph's runs where its lines end."""
    runs = [Run(clean(run.text), run.size, run.is_bold, run.colour) for run in paragraph.runs]
    text = "".join(run.text for run in runs)
    if width is None:
        return [_cut(runs, 0, len(text.rstrip()))]
    widths = [sign_width(sign, is_bold=run.is_bold) * run.size for run in runs for sign in run.text]
    starts = [*line_starts(text, widths, width), len(text)]
    return [_cut(runs, start, start + len(text[start:end].rstrip())) for start, end in pairwise(starts)]


def _cut(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """Return the runs of the signs from `start` to before `end`."""
    parts, before = [], 0
    for run in runs:
        part = run.text[max(start - before, 0) : max(end - before, 0)]
        if part:
            parts.append(Run(part, run.size, run.is_bold, run.colour))
        before += len(run.text)
    return tuple(parts)
