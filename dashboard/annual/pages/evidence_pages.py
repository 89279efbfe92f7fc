"""The appendix: every document with all places that are cited in it, nothing shortened, on as many pages as it takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard.annual.body_names import one_line
from dashboard.annual.facts import Evidence
from dashboard.annual.look import QUIET
from dashboard.annual.marks import Mark, Page, Paragraph, Rect, Run, Text
from dashboard.annual.pages.sheet import Told, part_of, room, sheet
from dashboard.annual.pages.within import evidence
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import LINE_EM, broken

COLUMNS = 2
GUTTER_EM = 2.5


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it is printed and how tall that is."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    height: float


def evidence_pages(setting: Setting) -> tuple[Page, ...]:
    """Return the pages of the appendix; none where nothing is cited."""
    documents = evidence(setting.facts, setting.asked)
    box = room(setting, _told(setting, documents, ""))
    columns = _filled([_entry(setting, entry, _width(setting, box)) for entry in documents], box.height)
    pages = [columns[start : start + COLUMNS] for start in range(0, len(columns), COLUMNS)]
    return tuple(
        sheet(
            setting,
            _told(setting, documents, part_of(setting.words, number, len(pages)), number),
            partial(_marks, setting, page),
        )
        for number, page in enumerate(pages, start=1)
    )


def _told(setting: Setting, documents: Sequence[Evidence], part: str, number: int = 1) -> Told:
    words = setting.words
    title = words.text("deck.evidence.title", count=f"{len(documents):,}") + part
    return Told(
        key=f"evidence-{number}",
        title=title,
        lead=words.text("deck.evidence.lead", page=words.text("sheet.evidence")),
        alt=title,
        definition=words.text("deck.evidence.definition"),
    )


def _width(setting: Setting, box: Rect) -> float:
    return (box.width - GUTTER_EM * setting.paper.body) / COLUMNS


def _entry(setting: Setting, document: Evidence, width: float) -> Entry:
    """Id and title, then who published it when and where it stands, then the places in it."""
    words, size = setting.words, setting.paper.small * 1.1
    published = words.joined(
        "dotted", (document.publisher, document.published_on or words.text("deck.evidence.undated"))
    )
    lines = [
        Paragraph((Run(one_line(document.title), size, is_bold=True),)),
        Paragraph((Run(one_line(words.joined("apart", (document.source_id, published))), size),)),
    ]
    if document.locators:
        places = words.joined("listed", map(one_line, document.locators))
        lines.append(Paragraph((Run(words.text("deck.evidence.places", places=places), size, colour=QUIET),)))
    if document.url:
        lines.append(Paragraph((Run(one_line(document.url), size, colour=QUIET),)))
    height = sum(
        len(broken(line.runs[0].text, size, width, is_bold=line.runs[0].is_bold)) * size * LINE_EM
        for line in lines
    )
    return Entry(document.source_id, tuple(lines), height)


def _filled(entries: Sequence[Entry], height: float) -> list[list[Entry]]:
    """Fill one column after the other; an entry that is taller than a column has one to itself."""
    columns: list[list[Entry]] = []
    left = 0.0
    for entry in entries:
        tall = entry.height + _gap(entry)
        if not columns or tall > left:
            columns.append([])
            left = height
        columns[-1].append(entry)
        left -= tall
    return columns


def _gap(entry: Entry) -> float:
    return entry.paragraphs[0].runs[0].size * 0.8


def _marks(setting: Setting, page: Sequence[Sequence[Entry]], box: Rect) -> Iterator[Mark]:
    width = _width(setting, box)
    for number, column in enumerate(page):
        x, y = box.x + number * (box.width - width), box.y
        for entry in column:
            yield Text(
                f"source-{entry.name}", Rect(x, y, width, entry.height), entry.paragraphs, is_wrapped=True
            )
            y += entry.height + _gap(entry)
