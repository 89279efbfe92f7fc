"""Sheets of paper and the sizes of type on them, in points."""

from dataclasses import dataclass

from dashboard.annual.asked import Asked
from dashboard.closed_lists import PaperKind


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: `title`, `body` (names of bodies, sentences), `small` (prefecture names, sources) are sizes of type."""

    width: float
    height: float
    margin: float
    title: float
    body: float
    small: float


PAPERS = {
    PaperKind.SLIDE: Paper(width=960, height=540, margin=24, title=22, body=11, small=8),
    # 420 × 297 mm, to be read from two metres away.
    PaperKind.A3: Paper(width=1190.55, height=841.89, margin=34, title=34, body=18, small=12),
}
SCREEN = Paper(width=960, height=540, margin=20, title=30, body=24, small=24)
"""A screen at the front of a room: nothing on it is smaller than 24 points."""


def paper_of(asked: Asked) -> Paper:
    """Return the sheet that is asked for."""
    return SCREEN if asked.is_presented else PAPERS[asked.paper]
