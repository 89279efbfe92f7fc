"""The areas side by side as a real table: one line a fact, each number with its differences from the means."""

from dashboard import area_card, citation
from dashboard.closed_lists import ProofKind
from dashboard.compare.comparison import STATE, YEARS, Cell, Comparison, Line, full_name, label
from dashboard.compare.measures import Kind, Measure, kind_of, signed, written
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.states import State
from dashboard.view import View


def comparison_table(view: View, told: Comparison) -> Html:
    """Return the table; the first area is the one that the others are compared with."""
    columns = [
        Column(view.text("compare.fact"), is_heading=True),
        *(Column(_head(view, code, is_first=not place)) for place, code in enumerate(told.codes)),
        *(Column(_mean_head(view, kind)) for kind in told.kinds),
    ]
    rows = ((label(view, line.name), *_row(view, told, line)) for line in told.lines)
    return table(caption(view), columns, rows)


def caption(view: View) -> str:
    """Return the title of the table: content, year, time view and rule."""
    return view.text(
        "compare.table_title",
        year=view.words.year(view.scope.year),
        view=view.text(f"view.{view.scope.view}"),
        rule=view.text(f"rule.{view.scope.rule}"),
    )


def _head(view: View, code: str, *, is_first: bool) -> Html:
    area = view.store.areas[code]
    name = view.proof(
        view.name(area), ProofKind.AREA, code, named=view.text("table.proof_area", area=full_name(view, code))
    )
    inside = None if kind_of(code) == Kind.PREFECTURE else citation.prefecture(view, code)
    first = tag("span", view.text("compare.first"), class_="flag") if is_first else None
    return join([name, tag("span", inside, " ", first, class_="small")], " ")


def _mean_head(view: View, kind: Kind) -> Html:
    return join(
        [view.text("compare.mean_nation"), tag("span", view.text(f"compare.mean_of.{kind}"), class_="small")]
    )


def _row(view: View, told: Comparison, line: Line) -> list[Part]:
    cells = zip(told.codes, line.cells, strict=True)
    return [*(_cell(view, line, code, cell) for code, cell in cells), *(_mean(cell) for cell in line.means)]


def _mean(cell: Cell) -> Part:
    return tag("span", tag("span", cell.text, class_="number-shown"), _small(cell.note), class_="cell mean")


def _small(note: str) -> Html | None:
    return tag("span", note, class_="small") if note else None


def _cell(view: View, line: Line, code: str, cell: Cell) -> Html:
    measure = line.measure
    named = view.text(
        "compare.number_of", area=full_name(view, code), line=label(view, line.name), value=cell.text
    )
    shown = view.proof(_shown(view, line.name, code, cell), ProofKind.AREA, code, named=named)
    if measure is None:
        return tag("span", shown, _small(cell.note), class_="cell")
    number = tag("span", shown, class_="number-shown")
    return tag("span", number, _small(cell.note), *differences(view, measure, code, cell), class_="cell")


def _shown(view: View, name: str, code: str, cell: Cell) -> Part:
    """States as letters in their colours; their text is that of the cell."""
    area = view.store.areas[code]
    if name == YEARS:
        return area_card.year_marks(view, area)
    if name == STATE and kind_of(code) == Kind.MUNICIPALITY:
        letter, _, meaning = cell.text.partition(" ")
        return join([tag("span", letter, class_=f"mark mark-{State(letter)}"), " ", meaning])
    return cell.text


def differences(view: View, measure: Measure, code: str, cell: Cell) -> list[Html]:
    """Return how far a number lies from the national mean and from that of its prefecture, as far as both are known."""
    figure = cell.figure
    if figure is None:
        return []
    said = []
    if figure.from_nation is not None:
        said.append(view.text("compare.from_nation", by=signed(measure, figure.from_nation)))
    if figure.from_prefecture is not None:
        by = signed(measure, figure.from_prefecture)
        mean = written(measure, figure.prefecture or 0.0, is_mean=True)
        said.append(
            view.text("compare.from_prefecture", prefecture=_short_prefecture(view, code), by=by, mean=mean)
        )
    return [tag("span", each, class_="against") for each in said]


def _short_prefecture(view: View, code: str) -> str:
    """The prefecture in the letters of the page alone: its full name stands over the column."""
    prefecture = view.store.areas[f"{code[:2]}000"]
    return str(prefecture["romaji"] if view.words.language == "en" else prefecture["name"])
