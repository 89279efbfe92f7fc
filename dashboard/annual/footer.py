"""The foot of every page: documents, definition, boundaries, data version and page number, on the same lines everywhere."""

from collections.abc import Sequence

from dashboard.annual.body_names import one_line
from dashboard.annual.facts import Evidence, Facts
from dashboard.annual.marks import Align, Anchor, Ink, Line, Mark, Paragraph, Rect, Run, Text
from dashboard.annual.paper import SCREEN, Paper
from dashboard.annual.text_width import LINE_EM, broken
from dashboard.words import Words

GREY = "#626264"
"""6.1 : 1 on white: sources are read too."""
RULE = "#D8D8DB"
LINES = 3
NUMBER_EM = 6
NUMBER_ABOVE = 0.68
"""The page number begins this share of the margin above the edge: maps end at 0.7 of it."""
MOST_NAMED = 3
"""More documents than these are counted and left to the appendix, which a page that leaves alone has not with it."""


def footer_box(paper: Paper) -> Rect:
    """Return the strip at the foot that no other mark may use; a screen in a room keeps one line of it."""
    height = _most_lines(paper) * paper.small * LINE_EM + paper.small / 2
    return Rect(
        paper.margin,
        paper.height - paper.margin * 0.6 - height,
        paper.width - 2 * paper.margin,
        height,
    )


def footer(
    facts: Facts,
    paper: Paper,
    words: Words,
    number: int,
    sources: Sequence[str],
    *,
    definition: str = "",
    has_map: bool = False,
) -> tuple[Mark, ...]:
    """Return the foot of a page.

    Args:
        facts: what the pages tell.
        paper: the sheet.
        words: sentences of the pages' language.
        number: of the page, from 1; 0 leaves the number out.
        sources: ids of the documents that the page rests on, the most important first.
        definition: what the page's numbers count, in one sentence.
        has_map: whether boundaries are drawn, whose credit must then stand here.
    """
    box = footer_box(paper)
    number_width = NUMBER_EM * paper.small
    at = Rect(
        box.x, box.y + paper.small / 2, box.width - number_width - paper.small, box.height - paper.small / 2
    )
    rest = _sentences(facts, words, definition, has_map=has_map)
    lines = next(
        fitting
        for most in range(MOST_NAMED, 0, -1)
        if (fitting := _fitted((cited(facts, words, sources, most), *rest), paper, at, is_cut=most == 1))
    )
    rule = Line("footer-rule", ((box.x, box.y), (box.right, box.y)), Ink(line=RULE, width=0.5))
    text = Text(
        "footer",
        at,
        tuple(Paragraph((Run(line, paper.small, colour=GREY),)) for line in lines),
    )
    return (rule, text, page_number(paper, number)) if number else (rule, text)


def page_number(paper: Paper, number: int) -> Text:
    """Return the mark that numbers a page: in the corner of its lower margin, where no map reaches."""
    width, line = NUMBER_EM * paper.small, paper.small * LINE_EM
    top = min(paper.height - paper.margin * NUMBER_ABOVE, paper.height - line)
    return Text(
        "page-number",
        Rect(paper.width - paper.margin - width, top, width, line),
        (Paragraph((Run(f"{number}", paper.small, colour=GREY),), Align.RIGHT),),
        Anchor.BOTTOM,
    )


def cited(facts: Facts, words: Words, sources: Sequence[str], most: int = MOST_NAMED) -> str:
    """Return documents as they are cited in a line: publisher, title and day; of more than `most` the first and how many."""
    found = _known(facts, sources)
    if not found:
        return ""
    if len(found) > most:
        first, count = _document(words, found[0]), f"{len(found) - 1:,}"
        return words.text("deck.footer.many", first=first, count=count, page=words.text("sheet.evidence"))
    return words.text(
        "deck.footer.sources", sources=words.joined("listed", (_document(words, e) for e in found))
    )


def _most_lines(paper: Paper) -> int:
    return 1 if paper == SCREEN else LINES


def documents(facts: Facts, words: Words, sources: Sequence[str]) -> tuple[str, ...]:
    """Return each document as the notes of a page cite it: id, publisher, title and day, one a line."""
    return tuple(
        words.joined("named", (entry.source_id, one_line(_document(words, entry))))
        for entry in _known(facts, sources)
    )


def _known(facts: Facts, sources: Sequence[str]) -> list[Evidence]:
    known = {entry.source_id: entry for entry in facts.evidence}
    return [known[source] for source in dict.fromkeys(sources) if source in known]


def _document(words: Words, entry: Evidence) -> str:
    day = words.bracketed(entry.published_on) if entry.published_on else ""
    return words.text("deck.footer.document", publisher=entry.publisher, title=entry.title, day=day)


def _sentences(facts: Facts, words: Words, definition: str, *, has_map: bool) -> tuple[str, str]:
    borders = words.text("deck.footer.boundary", credit=facts.credit) if has_map else ""
    version = words.text(
        "deck.footer.build", build=facts.build_id, built=words.date(facts.built_on.isoformat())
    )
    return definition, words.joined("apart", (borders, version))


def _fitted(said: Sequence[str], paper: Paper, at: Rect, *, is_cut: bool) -> list[str]:
    """Return the sentences in as many lines as there is room for; where they are more, none, or with the longest cut."""
    most = _most_lines(paper)
    lines = [list(broken(one_line(text), paper.small, at.width)) for text in said if text][:most]
    while is_cut and sum(map(len, lines)) > most:
        longest = max(lines, key=len)
        longest.pop()
        longest[-1] = f"{longest[-1][:-1]}…"
    found = [line for sentence in lines for line in sentence]
    return found if len(found) <= most else []
