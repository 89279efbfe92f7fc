"""Whom a wider part would reach: prefectures or municipalities by the people who would gain, never a rank of merit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.annual.body_names import one_line
from dashboard.annual.look import BLUE, LIGHT_BLUE, QUIET, WHITE
from dashboard.annual.marks import (
    TEXT_COLOUR,
    Align,
    Anchor,
    Box,
    Cell,
    Ink,
    Mark,
    Page,
    Paragraph,
    Pattern,
    Rect,
    Run,
    Table,
    Text,
)
from dashboard.annual.pages.grids import (
    GUTTER_EM,
    SMALLER,
    Grid,
    grid_size,
    least_width,
    row_em,
    rows_that_fit,
    tables,
)
from dashboard.annual.pages.prefectures_page import TAKING_PART
from dashboard.annual.pages.sheet import Told, sheet
from dashboard.annual.pages.sums import sums
from dashboard.annual.pages.within import (
    area_name,
    evidence,
    is_least,
    is_nation,
    municipality_names,
    municipality_rows,
    prefecture_rows,
)
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import LINE_EM, text_width
from dashboard.closed_lists import Colouring

MOST_WORDS = 0.7
"""Names and numbers leave at least the rest of the width to the bars."""
BAR_EM = 0.9
"""Height of a bar in sizes of type; it stands in the middle column."""
INSIDE = "CD"
"""States of municipalities that only a partner's platform or the prefecture reaches."""
INKS = {
    Colouring.COLOUR: (Ink(BLUE, BLUE, 0.5), Ink(LIGHT_BLUE, BLUE, 0.5)),
    Colouring.MONO: (Ink("#4D4D4D", TEXT_COLOUR, 0.5), Ink(WHITE, TEXT_COLOUR, 0.5, Pattern.HATCH)),
}
"""Where no part at all is confirmed, and where the area lies inside a platform."""


@dataclass(frozen=True, slots=True)
class Gain:
    """One bar: people whose municipality's own part is not confirmed, `inside` of them within a platform's reach.

    `people` None: not known, and then no bar is drawn.
    """

    code: str
    name: str
    people: int | None
    inside: int


def gaps_page(setting: Setting) -> tuple[Page, ...]:
    """Return the page of the people who would gain, alone."""
    words = setting.words
    title = _title(setting)
    year = words.year_name(setting.facts.latest_year)
    told = Told(
        key="gaps",
        title=title,
        lead=words.text("deck.gaps.lead", year=year),
        alt=words.text("deck.alt", title=title, told=words.text("deck.gaps.lead", year=year)),
        definition=words.text("deck.gaps.definition"),
        sources=tuple(entry.source_id for entry in evidence(setting.facts, setting.asked)),
        notes=(words.text("deck.gaps.definition"),),
    )
    return (sheet(setting, told, lambda box: _marks(setting, box)),)


def gains(setting: Setting) -> tuple[Gain, ...]:
    """Return who would gain, most people first, those not known last: prefectures of the nation, else municipalities."""
    if is_nation(setting.asked):
        found = [
            Gain(
                row.code,
                one_line(setting.facts.names[row.code[:2]]),
                None if row.takes_part is None else row.uncovered_people,
                row.inside_people,
            )
            for row in prefecture_rows(setting.facts, setting.asked)
        ]
    else:
        rows = municipality_rows(setting.facts, setting.asked)
        names = municipality_names(setting.facts, setting.words, rows)
        found = [
            Gain(row.code, names[row.code], row.people, row.people * (row.state in INSIDE))
            for row in rows
            if row.state not in TAKING_PART
        ]
    return tuple(sorted(found, key=lambda gain: (gain.people is None, -(gain.people or 0), gain.code)))


def _title(setting: Setting) -> str:
    words = setting.words
    found = sums(prefecture_rows(setting.facts, setting.asked))
    area = area_name(setting.facts, setting.asked, words)
    if found is None:
        return words.text("deck.gaps.title_unknown", area=area)
    if not found.uncovered_people:
        return words.text("deck.gaps.title_all", area=area)
    return words.text(
        "deck.gaps.title",
        area=area,
        most=words.text("deck.gaps.at_most") if is_least(setting.facts) else "",
        people=words.people(found.uncovered_people),
        share=words.share(found.uncovered_people, found.people),
    )


def _marks(setting: Setting, box: Rect) -> Iterator[Mark]:
    """A legend, two tables side by side with bars in their middle column, and how many more there are."""
    paper, found = setting.paper, gains(setting)
    line = paper.body * LINE_EM
    yield from _legend(setting, Rect(box.x, box.y, box.width, line))
    top = box.y + line * 1.3
    room = Rect(box.x, top, box.width, box.bottom - top)
    smallest = paper.small if is_nation(setting.asked) else paper.small * 1.2
    is_short = len(found) <= rows_that_fit(room, paper.body)
    size = grid_size(room, len(found) if is_short else -(-len(found) // 2), paper.body, smallest)
    if 2 * rows_that_fit(room, size) < len(found):
        room = replace(room, height=room.height - line * 1.2)
    shown = found[: 2 * rows_that_fit(room, size)]
    yield from _ranged(setting, (shown, ()) if is_short else halves(shown), room, size)
    if rest := found[len(shown) :]:
        told = setting.words.text(
            "deck.gaps.rest", count=f"{len(rest):,}", people=f"{sum(gain.people or 0 for gain in rest):,}"
        )
        below = Rect(box.x, box.bottom - line, box.width, line)
        yield Text("rest", below, (Paragraph((Run(told, paper.body, colour=QUIET),)),), Anchor.BOTTOM)


def halves(shown: Sequence[Gain]) -> tuple[Sequence[Gain], Sequence[Gain]]:
    """Return the first half, the longer one where they differ, and the second."""
    middle = -(-len(shown) // 2)
    return shown[:middle], shown[middle:]


def _ranged(
    setting: Setting, shown: tuple[Sequence[Gain], Sequence[Gain]], room: Rect, size: float
) -> Iterator[Mark]:
    """The longer bars on the left, the others on the right, all on one scale from 0 that uses the whole width."""
    parts, whole = [part for part in shown if part], _grid(setting, (*shown[0], *shown[1]))
    least, most_words = setting.paper.small, room.width * MOST_WORDS / max(len(parts), 1)
    while size > least and least_width(whole, size) > most_words:
        size = max(size * SMALLER, least)
    words, gutter = min(least_width(whole, size), most_words), GUTTER_EM * size
    longest = [max(gain.people or 0 for gain in part) for part in parts]
    scale = (room.width - gutter * (len(parts) - 1) - words * len(parts)) / max(sum(longest), 1)
    x, roomy = room.x, row_em(room, max(map(len, parts), default=1), size)
    for number, (part, most) in enumerate(zip(parts, longest, strict=True), start=1):
        at = Rect(x, room.y, words + most * scale, room.height)
        (table,) = tables(replace(_grid(setting, part), row_em=roomy), at, 1, size, least)
        yield replace(table, name=f"gains-{number}")
        yield from _bars(setting, part, table, scale)
        x = at.right + gutter


def _grid(setting: Setting, shown: Sequence[Gain]) -> Grid:
    words = setting.words
    kind = "prefecture" if is_nation(setting.asked) else "municipality"
    head = (
        Cell(words.text(f"table.{kind}")),
        Cell(""),
        Cell(words.text("deck.gaps.people"), Align.RIGHT),
    )
    unknown = Cell(words.text("table.unknown"), Align.RIGHT, colour=QUIET)
    rows = tuple(
        (
            Cell(gain.name),
            Cell(""),
            unknown if gain.people is None else Cell(f"{gain.people:,}", Align.RIGHT),
        )
        for gain in shown
    )
    return Grid("gains", head, rows, (0, 1, 0), words.text("deck.gaps.table"))


def _bars(setting: Setting, shown: Sequence[Gain], table: Table, scale: float) -> Iterator[Box]:
    """People where no part is confirmed first, then those inside a platform."""
    left, height = table.at.x + table.widths[0], BAR_EM * table.size
    for row, gain in enumerate(shown, start=1):
        y = table.at.y + row * table.row_height + (table.row_height - height) / 2
        yield from _bar(setting, gain, Rect(left, y, 0, height), scale)


def _bar(setting: Setting, gain: Gain, at: Rect, scale: float) -> Iterator[Box]:
    words = setting.words
    parts = (0, 0) if gain.people is None else (gain.people - gain.inside, gain.inside)
    x = at.x
    for key, people, ink in zip(("none", "inside"), parts, INKS[setting.asked.colouring], strict=True):
        if people:
            label = words.text(f"deck.gaps.{key}")
            alt = words.joined("named", (words.joined("placed", (gain.name, label)), f"{people:,}"))
            yield Box(f"bar-{key}-{gain.code}", Rect(x, at.y, people * scale, at.height), ink, alt)
            x += people * scale


def _legend(setting: Setting, at: Rect) -> Iterator[Mark]:
    words, size = setting.words, setting.paper.body
    x, sign = at.x, size * 0.9
    for key, ink in zip(("none", "inside"), INKS[setting.asked.colouring], strict=True):
        label = words.text(f"deck.gaps.{key}")
        yield Box(f"legend-{key}", Rect(x, at.y + (at.height - sign) / 2, sign * 1.6, sign), ink)
        width = text_width(label, size) + size * 0.2
        name = Rect(x + sign * 2.1, at.y, width, at.height)
        yield Text(f"legend-{key}-name", name, (Paragraph((Run(label, size),)),), Anchor.MIDDLE)
        x = name.right + size * 2
