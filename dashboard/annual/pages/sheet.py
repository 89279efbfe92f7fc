"""A page of words and numbers: head, foot, and between them what its own module draws."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboard.annual.footer import documents, footer
from dashboard.annual.heading import headed
from dashboard.annual.marks import Mark, Page, Rect
from dashboard.annual.setting import Setting
from dashboard.words import Words


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says around its drawing; `sources` are ids of documents, the most important first."""

    key: str
    title: str
    lead: str = ""
    alt: str = ""
    definition: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def sheet(setting: Setting, told: Told, draw: Callable[[Rect], Iterable[Mark]]) -> Page:
    """Return a page; `draw` is given the box between head and foot. It has no number before it stands in a deck."""
    paper = setting.paper
    head = headed(paper, told.title, told.lead)
    foot = footer(setting.facts, paper, setting.words, 0, told.sources, definition=told.definition)
    return Page(
        key=told.key,
        title=told.title,
        width=paper.width,
        height=paper.height,
        marks=(*head.marks, *draw(head.content), *foot),
        alt=told.alt or told.title,
        notes=(told.title, *told.notes, *documents(setting.facts, setting.words, told.sources)),
    )


def room(setting: Setting, told: Told) -> Rect:
    """Return the box that `sheet` gives to what is drawn on such a page."""
    return headed(setting.paper, told.title, told.lead).content


def part_of(words: Words, number: int, count: int) -> str:
    """Return which of several pages this is, as it stands after their title; "" where there is one."""
    return words.bracketed(f"{number}/{count}") if count > 1 else ""
