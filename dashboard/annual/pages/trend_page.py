"""The years side by side: who was new, went on or came back, and how many bodies are not named or not known at all."""

from collections import Counter
from dataclasses import dataclass

from dashboard.annual.facts import Standing, YearList
from dashboard.annual.look import BLUE, LIGHT_BLUE, QUIET, WHITE
from dashboard.annual.marks import (
    TEXT_COLOUR,
    Align,
    Cell,
    Chart,
    Ink,
    Mark,
    Page,
    Paragraph,
    Pattern,
    Rect,
    Run,
    Series,
    Text,
)
from dashboard.annual.pages.grids import Grid, tables
from dashboard.annual.pages.lists_told import list_sentences
from dashboard.annual.pages.sheet import Told, sheet
from dashboard.annual.pages.within import area_name, bodies, is_nation, list_sources
from dashboard.annual.setting import Setting
from dashboard.closed_lists import Colouring

SHOWN = (Standing.NEW, Standing.CONTINUING, Standing.RETURNING, Standing.UNKNOWN)
UNNAMED, PALE = "unnamed", "#E6E6E6"
INKS = {
    Colouring.COLOUR: {
        Standing.NEW: Ink(BLUE, BLUE, 0.5),
        Standing.CONTINUING: Ink("#7096F8", BLUE, 0.5),
        Standing.RETURNING: Ink(LIGHT_BLUE, BLUE, 0.5),
        Standing.UNKNOWN: Ink(PALE, QUIET, 0.5),
        UNNAMED: Ink(WHITE, QUIET, 0.5, Pattern.HATCH),
    },
    Colouring.MONO: {
        Standing.NEW: Ink(TEXT_COLOUR, TEXT_COLOUR, 0.5),
        Standing.CONTINUING: Ink("#8C8C8C", TEXT_COLOUR, 0.5),
        Standing.RETURNING: Ink(WHITE, TEXT_COLOUR, 0.5, Pattern.DOTS),
        Standing.UNKNOWN: Ink(WHITE, TEXT_COLOUR, 0.5, Pattern.CROSS),
        UNNAMED: Ink(WHITE, TEXT_COLOUR, 0.5, Pattern.HATCH),
    },
}
CHART_SHARE = 0.38
LEAST_SERIES = 2
"""One colour alone would have no legend."""


@dataclass(frozen=True, slots=True)
class YearTold:
    """One year in the area: named bodies by standing; None where no list is registered.

    `unnamed`: published and not named; None in a part of Japan, where nobody published how many there are.
    """

    listed: YearList
    counts: Counter[Standing] | None
    unnamed: int | None

    @property
    def named(self) -> int | None:
        """How many bodies the registered list names in the area."""
        return None if self.counts is None else sum(self.counts.values())

    @property
    def known(self) -> int | None:
        """How many bodies there are at least: of none that is named in a part of a list nothing is known."""
        return None if self.charted is None else self.named

    @property
    def charted(self) -> Counter[Standing] | None:
        """What is drawn: nobody named in a part of a list is not nobody, but unknown."""
        is_silent = not self.named and not self.unnamed and self.listed.list_state != "complete"
        return None if is_silent else self.counts


def trend_page(setting: Setting) -> tuple[Page, ...]:
    """Return the page of the years, alone."""
    words = setting.words
    years = told_years(setting)
    sentences = list_sentences(setting)
    told = Told(
        key="trend",
        title=trend_title(setting),
        lead=words.text("deck.trend.lead" if is_nation(setting.asked) else "deck.trend.lead_area"),
        alt=words.text("deck.alt", title=trend_title(setting), told=words.joined("apart", sentences)),
        definition=words.text("deck.bodies_definition"),
        sources=list_sources(setting.facts.years),
        notes=sentences,
    )
    return (sheet(setting, told, lambda box: _marks(setting, years, box)),)


def told_years(setting: Setting) -> tuple[YearTold, ...]:
    """Return every fiscal year of the atlas as it stands in the area that is asked for."""
    return tuple(_told(setting, listed) for listed in setting.facts.years)


def _told(setting: Setting, listed: YearList) -> YearTold:
    if listed.list_state == "not_registered":
        return YearTold(listed, None, None)
    counts = Counter(body.standing for body in bodies(listed, setting.asked))
    has_whole = is_nation(setting.asked) and listed.published_total is not None
    rest = max((listed.published_total or 0) - sum(counts.values()), 0) if has_whole else None
    return YearTold(listed, counts, rest)


def trend_title(setting: Setting) -> str:
    """Return the published totals; of a part of Japan the named bodies, for nobody published their number."""
    words = setting.words
    nation = is_nation(setting.asked)
    years = told_years(setting)
    known = [
        words.text(
            _total_key(year, nation=nation), year=words.year_name(year.listed.year), total=f"{total:,}"
        )
        for year in years
        if (total := year.listed.published_total if nation else year.known) is not None
    ]
    if not known:
        return words.text("deck.trend.title_none")
    if nation:
        return words.text("deck.trend.title", totals=words.joined("listed", known))
    area = area_name(setting.facts, setting.asked, words)
    if not any(year.named for year in years):
        return words.text("deck.trend.title_quiet", area=area)
    return words.text("deck.trend.title_area", area=area, totals=words.joined("listed", known))


def _total_key(year: YearTold, *, nation: bool) -> str:
    is_whole = nation or year.listed.list_state == "complete"
    return "deck.trend.year_total" if is_whole else "deck.trend.year_part"


def _marks(setting: Setting, years: tuple[YearTold, ...], box: Rect) -> tuple[Mark, ...]:
    gap = setting.paper.body * 2
    left = Rect(box.x, box.y, box.width * CHART_SHARE - gap / 2, box.height)
    right = Rect(left.right + gap, box.y, box.width - left.width - gap, box.height)
    return (_chart(setting, years, left), *_beside(setting, years, right))


def _chart(setting: Setting, years: tuple[YearTold, ...], at: Rect) -> Chart:
    words, inks = setting.words, INKS[setting.asked.colouring]
    series = [
        Series(
            words.text(f"deck.trend.column.{standing}"),
            tuple(None if (counts := year.charted) is None else float(counts[standing]) for year in years),
            inks[standing],
        )
        for standing in SHOWN
    ]
    if is_nation(setting.asked):
        rest = tuple(None if year.unnamed is None else float(year.unnamed) for year in years)
        series.append(Series(words.text(f"deck.trend.column.{UNNAMED}"), rest, inks[UNNAMED]))
    return Chart(
        name="trend",
        at=at,
        categories=tuple(_category(setting, year) for year in years),
        series=tuple(one for place, one in enumerate(series) if place < LEAST_SERIES or any(one.values)),
        unit="",
        unknown=words.text("deck.trend.unknown"),
        size=setting.paper.body * 0.9,
        alt=trend_title(setting),
    )


def _category(setting: Setting, year: YearTold) -> str:
    """A column below which more may be missing says so: of a part of Japan only the named bodies are known."""
    label = setting.words.year_short(year.listed.year)
    if is_nation(setting.asked) or year.listed.list_state != "partial":
        return label
    return setting.words.text("deck.trend.category_part", year=label)


def _beside(setting: Setting, years: tuple[YearTold, ...], box: Rect) -> tuple[Mark, ...]:
    """The same numbers as a table, and below it how far each list is known."""
    words, paper = setting.words, setting.paper
    nation = is_nation(setting.asked)
    columns = (
        "year",
        *(("published", "named") if nation else ("named",)),
        *SHOWN,
        *((UNNAMED,) if nation else ()),
    )
    head = tuple(
        Cell(words.text(f"deck.trend.column.{column}"), Align.RIGHT if place else Align.LEFT)
        for place, column in enumerate(columns)
    )
    spare = tuple(1 / len(columns) for _ in columns)
    rows = tuple(_row(setting, year) for year in years)
    grid = Grid("trend-table", head, rows, spare, words.text("deck.trend.table"), row_em=2.0)
    size = paper.body
    (table,) = tables(grid, box, 1, size, paper.small)
    top = table.at.bottom + paper.body * 1.2
    sentences = (*list_sentences(setting), words.text("deck.trend.note"))
    gap = size * 0.5
    paragraphs = tuple(Paragraph((Run(sentence, size),), gap=gap) for sentence in sentences)
    notes = Text("lists", Rect(box.x, top, box.width * 0.97, box.bottom - top), paragraphs, is_wrapped=True)
    return (table, notes)


def _row(setting: Setting, year: YearTold) -> tuple[Cell, ...]:
    words, counts = setting.words, year.counts
    unknown = words.text("table.unknown")
    numbers = [year.named, *(None if counts is None else counts[standing] for standing in SHOWN)]
    if is_nation(setting.asked):
        numbers = [year.listed.published_total, *numbers, year.unnamed]
    shown = [unknown if number is None else f"{number:,}" for number in numbers]
    return (
        Cell(words.year_name(year.listed.year), is_bold=True),
        *(Cell(text, Align.RIGHT, colour=QUIET if text == unknown else TEXT_COLOUR) for text in shown),
    )
