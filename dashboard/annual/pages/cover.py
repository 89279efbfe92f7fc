"""The cover: what the deck is, and the three numbers that a reader takes away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dashboard.annual.body_names import shortened
from dashboard.annual.footer import documents, footer, footer_box
from dashboard.annual.heading import title_size
from dashboard.annual.look import DIVIDER, QUIET
from dashboard.annual.marks import TEXT_COLOUR, Anchor, Box, Ink, Mark, Page, Paragraph, Rect, Role, Run, Text
from dashboard.annual.pages.lists_told import list_sentences
from dashboard.annual.pages.sums import Sums, sums
from dashboard.annual.pages.trend_page import trend_title
from dashboard.annual.pages.within import area_name, is_least, list_sources, prefecture_rows
from dashboard.annual.paper import Paper
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import LINE_EM, broken, text_width
from dashboard.words import Words

TITLE_TIMES, FIGURE_TIMES = 1.5, 1.7
FINDING_TIMES = 1.4
"""Sizes of type on the cover over the title's size on other pages."""
HEAD_TOP, CARDS_TOP = 0.12, 0.44
"""Where the head begins, of one line, and the cards, over the page's height."""
BAND = 0.4
"""Height of the band of colour over the page's margin."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One card: what is counted, the number with what stands small before it, and the whole that it is a part of."""

    name: str
    label: str
    number: str
    whole: str = ""
    before: str = ""


def cover(setting: Setting) -> tuple[Page, ...]:
    """Return the cover, alone."""
    words, paper = setting.words, setting.paper
    title, cited = deck_title(setting), list_sources(setting.facts.years)
    figures = _figures(setting)
    until = words.text("deck.cover.until", year=words.year_name(setting.facts.latest_year))
    told = (until, *(_told(words, figure) for figure in figures))
    marks = (
        *_head(setting, title),
        *_cards(setting, figures, until),
        *_lists(setting),
        *footer(setting.facts, paper, words, 0, cited),
    )
    alt = words.text("deck.alt", title=title, told=words.joined("listed", told))
    evidence = documents(setting.facts, words, cited)
    notes = (title, trend_title(setting), *told, *list_sentences(setting), *evidence)
    return (Page("cover", title, paper.width, paper.height, tuple(marks), alt, notes),)


def _told(words: Words, figure: Figure) -> str:
    number = words.joined("placed", (f"{figure.before}{figure.number}", figure.whole))
    return words.joined("named", (figure.label, number))


def deck_title(setting: Setting) -> str:
    """Return what the whole deck is called."""
    return setting.words.text("deck.title", area=area_name(setting.facts, setting.asked, setting.words))


def _head(setting: Setting, title: str) -> Iterator[Mark]:
    words, paper = setting.words, setting.paper
    x, width = paper.margin, paper.width - 2 * paper.margin
    yield Box("band", Rect(0, 0, paper.width, paper.margin * BAND), Ink(setting.look.figure))
    line = paper.body * LINE_EM
    size = title_size(replace(paper, title=paper.title * TITLE_TIMES), title, width)
    lines = len(broken(title, size, width, is_bold=True))
    top = paper.height * (HEAD_TOP if lines == 1 else HEAD_TOP / 2)
    kicker = Run(words.text("deck.cover.kicker"), paper.body, colour=QUIET)
    yield Text("kicker", Rect(x, top, width, line), (Paragraph((kicker,)),))
    run = Run(title, size, is_bold=True)
    at = Rect(x, top + line, width, lines * size * LINE_EM)
    yield Text("title", at, (Paragraph((run,)),), is_wrapped=True, role=Role.TITLE)
    run = Run(_years(setting), paper.body * 1.4)
    below = Rect(x, at.bottom + paper.body * 0.4, width, run.size * LINE_EM)
    yield Text("years", below, (Paragraph((run,)),))
    finding = trend_title(setting)
    size = title_size(replace(paper, title=paper.body * FINDING_TIMES), finding, width)
    free = _until_top(paper) - below.bottom - paper.body * 0.8
    size = min(size, free / len(broken(finding, size, width, is_bold=True)[:2]) / LINE_EM)
    run = Run(shortened(finding, size, width * 1.9, is_bold=True), size, is_bold=True)
    lines = len(broken(run.text, size, width, is_bold=True))
    under = Rect(x, below.bottom + paper.body * 0.4, width, lines * size * LINE_EM)
    yield Text("finding", under, (Paragraph((run,)),), is_wrapped=True)


def _until_top(paper: Paper) -> float:
    """Where the sentence above the cards begins, and what stands at the head must end."""
    return paper.height * CARDS_TOP - paper.body * 2


def _years(setting: Setting) -> str:
    """The fiscal years that the deck draws, a run as from–to."""
    words, years = setting.words, setting.asked.years
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        named = words.text("deck.run", first=words.year_name(years[0]), last=words.year_name(years[-1]))
    else:
        named = words.joined("listed", map(words.year_name, years))
    return words.text("deck.cover.years", years=named)


def _figures(setting: Setting) -> tuple[Figure, ...]:
    """Municipalities, prefectures and people of the area; unknown where no list is registered."""
    words = setting.words
    labels = {name: words.text(f"deck.cover.{name}") for name in ("municipalities", "prefectures", "people")}
    found = sums(prefecture_rows(setting.facts, setting.asked))
    if found is None:
        return tuple(Figure(name, label, words.text("table.unknown")) for name, label in labels.items())
    counted = {
        "municipalities": (f"{found.strict:,}", _of_municipalities(words, found)),
        "prefectures": _own(setting, found),
        "people": (words.people(found.covered_people), _of_people(words, found)),
    }
    least = words.text("headline.at_least") if is_least(setting.facts) else ""
    if least and not found.strict:
        # "At least 0" tells nothing: nobody is confirmed, which is not nobody.
        none = words.text("table.no")
        counted |= {name: (none, counted[name][1]) for name in ("municipalities", "people")}
        return tuple(Figure(name, labels[name], *counted[name]) for name in counted)
    return tuple(
        Figure(name, labels[name], number, whole, least if whole else "")
        for name, (number, whole) in counted.items()
    )


def _of_municipalities(words: Words, found: Sums) -> str:
    share = words.share(found.strict, found.municipalities)
    return words.text("deck.cover.of_municipalities", total=f"{found.municipalities:,}", share=share)


def _of_people(words: Words, found: Sums) -> str:
    share = words.share(found.covered_people, found.people)
    return words.text("deck.cover.of_people", total=words.people(found.people), share=share)


def _own(setting: Setting, found: Sums) -> tuple[str, str]:
    """How many prefectures take part themselves, of how many; of one prefecture whether it does."""
    words = setting.words
    if setting.asked.area:
        return words.text("table.yes" if found.own else "table.no"), ""
    return f"{found.own:,}", words.text("deck.cover.of_prefectures", total=f"{found.prefectures:,}")


def _cards(setting: Setting, figures: Iterable[Figure], until: str) -> Iterator[Mark]:
    """Three white cards beside each other; the sentence above says until when they count."""
    paper = setting.paper
    figures = tuple(figures)
    x, gap = paper.margin, paper.body * 1.5
    width = (paper.width - 2 * paper.margin - gap * (len(figures) - 1)) / len(figures)
    top, height = paper.height * CARDS_TOP, paper.height * 0.24
    line = Rect(x, _until_top(paper), paper.width - 2 * paper.margin, paper.body * LINE_EM)
    yield Text("until", line, (Paragraph((Run(until, paper.body, colour=QUIET),)),))
    for number, figure in enumerate(figures):
        yield from _card(setting, figure, Rect(x + number * (width + gap), top, width, height))


def _card(setting: Setting, figure: Figure, at: Rect) -> Iterator[Mark]:
    paper = setting.paper
    yield Box(f"card-{figure.name}", at, Ink("#FFFFFF", DIVIDER, 1.0))
    inner = at.inside(paper.body)
    line = paper.body * LINE_EM
    label = Run(figure.label, _fitting(figure.label, paper.body, inner.width), is_bold=True)
    yield Text(f"{figure.name}-label", Rect(inner.x, inner.y, inner.width, line), (Paragraph((label,)),))
    whole = Run(figure.whole, _fitting(figure.whole, paper.body, inner.width), colour=QUIET)
    below = Rect(inner.x, inner.bottom - line, inner.width, line)
    yield Text(f"{figure.name}-whole", below, (Paragraph((whole,)),))
    before = Run(figure.before, paper.body * 1.2, is_bold=True, colour=setting.look.figure)
    left = inner.width - text_width(before.text, before.size, is_bold=True)
    size = _fitting(figure.number, paper.title * FIGURE_TIMES, left)
    number = Run(figure.number, size, is_bold=True, colour=setting.look.figure)
    runs = (before, number) if before.text else (number,)
    middle = Rect(inner.x, inner.y + line, inner.width, inner.height - 2 * line)
    yield Text(f"{figure.name}-number", middle, (Paragraph(runs),), Anchor.MIDDLE)


def _fitting(text: str, size: float, width: float) -> float:
    """Return the largest size, at most `size`, in which `text` stands on one line."""
    return min(size, size * width / max(text_width(text, size, is_bold=True), 1))


def _lists(setting: Setting) -> Iterator[Mark]:
    """How much of each year's list is registered: without it no number of the deck can be read."""
    paper = setting.paper
    top = paper.height * 0.71
    room = Rect(paper.margin, top, paper.width - 2 * paper.margin, footer_box(paper).y - top - paper.body)
    size = min(paper.body, room.height / (LINE_EM * (len(setting.facts.years) + 1)))
    runs = [Run(setting.words.text("deck.list.title"), size, is_bold=True)]
    runs += [Run(sentence, size, colour=TEXT_COLOUR) for sentence in list_sentences(setting)]
    yield Text("lists", room, tuple(Paragraph((run,)) for run in runs))
