"""A chart of stacked columns as simple marks: every number is written where it is drawn, so no scale has to be read."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.annual.marks import (
    TEXT_COLOUR,
    Align,
    Anchor,
    Box,
    Chart,
    Ink,
    Line,
    Paragraph,
    Pattern,
    Rect,
    Run,
    Series,
    Text,
)
from dashboard.annual.text_width import LINE_EM, text_width

COLUMN_SHARE = 0.56
"""How much of its category a column fills."""
AXIS = Ink(line="#1A1A1A", width=0.9)
MUTED = "#595959"


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where columns stand: the room between legend and axis, and how many points one unit is high."""

    room: Rect
    unit_height: float
    line: float

    def column(self, place: int, count: int) -> Rect:
        """Return the ground of a category's column: as high as the plot."""
        step = self.room.width / count
        width = step * COLUMN_SHARE
        return Rect(self.room.x + place * step + (step - width) / 2, self.room.y, width, self.room.height)


def chart_marks(chart: Chart) -> Iterator[Box | Line | Text]:
    """Yield the marks of a chart, the undermost first."""
    line = chart.size * LINE_EM
    legend = list(_legend(chart, line))
    legend_rows = round((max(mark.at.bottom for mark in legend) - chart.at.y) / line) if legend else 0
    yield from legend
    plot = _plot(chart, line, legend_rows)
    for place, category in enumerate(chart.categories):
        values = [(series, _value(series, place)) for series in chart.series]
        yield from _column(chart, plot, place, values)
        step = plot.room.width / len(chart.categories)
        at = Rect(plot.room.x + place * step, plot.room.bottom + line * 0.15, step, line)
        yield _text(f"{chart.name} category {category}", at, category, chart.size)
    axis = ((plot.room.x, plot.room.bottom), (plot.room.right, plot.room.bottom))
    yield Line(f"{chart.name} axis", axis, AXIS)


def value_text(value: float) -> str:
    """Return a number as charts write it.

    >>> [value_text(value) for value in (0.0, 29.0, 1741.0, 12.35)]
    ['0', '29', '1,741', '12.3']
    """
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _plot(chart: Chart, line: float, legend_rows: int) -> _Plot:
    """Below the legend one line for the totals; below the axis one for the categories."""
    top = chart.at.y + (legend_rows + 0.6) * line + line
    room = Rect(chart.at.x, top, chart.at.width, max(chart.at.bottom - 1.2 * line - top, 1.0))
    sums = [
        sum(_value(series, place) or 0.0 for series in chart.series) for place in range(len(chart.categories))
    ]
    return _Plot(room, room.height / max([*sums, 0.0]) if any(sums) else 0.0, line)


def _value(series: Series, place: int) -> float | None:
    value = series.values[place] if place < len(series.values) else None
    return None if value is None else max(value, 0.0)


def _column(
    chart: Chart, plot: _Plot, place: int, values: list[tuple[Series, float | None]]
) -> Iterator[Box | Text]:
    """Segments from the axis upwards and what they add up to; a sum with an unknown part is itself unknown."""
    ground = plot.column(place, len(chart.categories))
    category, top = chart.categories[place], plot.room.bottom
    for series, value in values:
        if value:
            height = value * plot.unit_height
            top -= height
            at = Rect(ground.x, top, ground.width, height)
            segment = Box(f"{chart.name} {category} {series.name}", at, series.ink)
            yield segment
            if len(chart.series) > 1:
                yield from _number(segment, value_text(value), chart.size)
    is_known = bool(values) and all(value is not None for _, value in values)
    total = value_text(sum(value or 0.0 for _, value in values)) if is_known else chart.unknown
    step = plot.room.width / len(chart.categories)
    above = Rect(plot.room.x + place * step, top - plot.line, step, plot.line)
    name = f"{chart.name} total {category}"
    yield _text(name, above, total, chart.size, is_bold=is_known, colour=TEXT_COLOUR if is_known else MUTED)


def _number(segment: Box, told: str, size: float) -> Iterator[Box | Text]:
    """The number of a segment: inside it, or right of it where it is too low to hold one."""
    name, at, width = f"{segment.name} number", segment.at, text_width(told, size)
    middle, high = at.y + at.height / 2, size * LINE_EM
    if at.height < size * 1.15:
        beside = Rect(at.right + 0.25 * size, middle - high / 2, width, high)
        yield _text(name, beside, told, size, align=Align.LEFT)
        return
    if segment.ink.pattern is not Pattern.PLAIN:
        left = at.x + (at.width - width) / 2
        free = Rect(left - 0.2 * size, middle - 0.55 * size, width + 0.4 * size, 1.1 * size)
        yield Box(f"{segment.name} ground", free, Ink(fill="#FFFFFF"))
    inside = Rect(at.x, middle - high / 2, at.width, high)
    yield _text(name, inside, told, size, colour=_readable(segment.ink))


def _readable(ink: Ink) -> str:
    """White on dark fills, dark on light ones: whichever has more contrast (WCAG 2.2, relative luminance)."""
    if ink.fill is None or ink.pattern is not Pattern.PLAIN:
        return TEXT_COLOUR
    shares = [int(ink.fill[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if luminance < 0.18 else TEXT_COLOUR


def _legend(chart: Chart, line: float) -> Iterator[Box | Text]:
    """One field and name for each series, then the unit, from the left; a new row where the chart ends."""
    x, y, sign = chart.at.x, chart.at.y, 0.85 * chart.size
    for series in chart.series if len(chart.series) > 1 else ():
        width = sign * 1.4 + text_width(series.name, chart.size)
        if x + width > chart.at.right and x > chart.at.x:
            x, y = chart.at.x, y + line
        field = Rect(x, y + (line - sign) / 2, sign, sign)
        yield Box(f"{chart.name} legend {series.name}", field, series.ink)
        at = Rect(x + sign * 1.4, y, width - sign * 1.4, line)
        yield _text(f"{chart.name} legend text {series.name}", at, series.name, chart.size, align=Align.LEFT)
        x += width + 1.2 * chart.size
    told = Rect(chart.at.x, y + (line if len(chart.series) > 1 else 0), chart.at.width, line)
    if chart.unit:
        yield _text(f"{chart.name} unit", told, chart.unit, chart.size, align=Align.LEFT, colour=MUTED)


def _text(
    name: str,
    at: Rect,
    text: str,
    size: float,
    *,
    is_bold: bool = False,
    colour: str = TEXT_COLOUR,
    align: Align = Align.MIDDLE,
) -> Text:
    run = Run(text, size, is_bold=is_bold, colour=colour)
    return Text(name, at, (Paragraph((run,), align),), Anchor.MIDDLE)
