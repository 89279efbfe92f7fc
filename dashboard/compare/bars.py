"""The chosen areas and the means in the order of one measure, as bars from 0 that are also a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.closed_lists import ProofKind
from dashboard.compare.comparison import full_name, label
from dashboard.compare.measures import Kind, Measure, Profile, written
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.parts import name_column, number_column
from dashboard.view import View

NATION = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: an area, the mean of the nation ("") or of a prefecture (two digits), and its value, None where unknown."""

    subject: str
    value: float | None

    @property
    def is_mean(self) -> bool:
        """Whether it is a mean, not an area."""
        return len(self.subject) < 5


def ranked(profile: Profile, measure: Measure, codes: Sequence[str]) -> list[Bar]:
    """Return areas and means, the largest first, equals in the order given, what is unknown last."""
    column = profile.columns[measure]
    bars = [Bar(code, profile.value(measure, code)) for code in codes]
    bars.append(Bar(NATION, column.mean()))
    if profile.kind == Kind.MUNICIPALITY:
        inside = dict.fromkeys(code[:2] for code in codes)
        bars += [Bar(each, column.mean(profile.prefectures == each)) for each in inside]
    return sorted(bars, key=lambda bar: (bar.value is None, -(bar.value or 0.0)))


def above(bars: Sequence[Bar]) -> tuple[int, int]:
    """Return how many areas lie above the national mean, and how many of them are known."""
    mean = next(bar.value for bar in bars if bar.subject == NATION)
    known = [bar.value for bar in bars if not bar.is_mean and bar.value is not None]
    return sum(mean is not None and value > mean for value in known), len(known)


def bar_table(view: View, profile: Profile, measure: Measure, codes: Sequence[str]) -> Html:
    """Return the bars under a heading that says how many of the areas lie above the national mean."""
    bars = ranked(profile, measure, codes)
    heading = _heading(view, measure, bars)
    name = label(view, measure)
    longest = max((bar.value or 0.0 for bar in bars), default=0.0) or 1.0
    columns = [
        name_column(view, "compare.area"),
        Column(tag("span", name, class_="unseen")),
        number_column(view, "compare.value"),
    ]
    cells = (_cells(view, measure, bar, longest) for bar in bars)
    drawn = table(heading, columns, cells, is_caption_shown=False)
    return join([tag("h2", heading), tag("div", drawn, class_="ranked")])


def _heading(view: View, measure: Measure, bars: Sequence[Bar]) -> str:
    """What the bars say of the chosen areas; without any, what the mean is."""
    count, known = above(bars)
    mean = next(bar.value for bar in bars if bar.subject == NATION)
    name = label(view, measure)
    if mean is None:
        return view.text("compare.bars_unknown", measure=name)
    shown = written(measure, mean, is_mean=True)
    if not known:
        return view.text("compare.bars_mean", measure=name, mean=shown)
    return view.text("compare.bars_title", measure=name, count=count, total=known, mean=shown)


def _cells(view: View, measure: Measure, bar: Bar, longest: float) -> tuple[Part, ...]:
    look = "rank-bar rank-mean" if bar.is_mean else "rank-bar"
    width = f"width:{(bar.value or 0.0) / longest:.2%}"
    drawn = None if bar.value is None else tag("span", class_=look, style=width, aria_hidden="true")
    return bar_name(view, bar), drawn, _value(view, measure, bar)


def bar_name(view: View, bar: Bar) -> str:
    """Return what a bar stands for."""
    if not bar.is_mean:
        return full_name(view, bar.subject)
    if bar.subject == NATION:
        return view.text("compare.mean_nation")
    return view.text("compare.mean_prefecture", prefecture=view.area_name(f"{bar.subject}000"))


def _value(view: View, measure: Measure, bar: Bar) -> Part:
    if bar.value is None:
        return view.text("table.unknown")
    shown = written(measure, bar.value, is_mean=bar.is_mean)
    if bar.is_mean:
        return shown
    named = view.text(
        "compare.number_of", area=full_name(view, bar.subject), line=label(view, measure), value=shown
    )
    return view.proof(shown, ProofKind.AREA, bar.subject, named=named)
