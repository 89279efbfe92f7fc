"""The facts of the pages as real tables: the list of each year, and what a page holds as table or chart."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from dashboard import citation
from dashboard.annual.asked import Asked
from dashboard.annual.facts import Body, BodyClass, Facts, YearList
from dashboard.annual.maps.tally import is_registered, is_whole
from dashboard.annual.maps.telling import SIGNS, bodies_count
from dashboard.annual.marks import Align, Chart, Page, Table
from dashboard.closed_lists import ProofKind
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.parts import name_column, text_column
from dashboard.slides.asking import MAPS, Sheet
from dashboard.slides.finding import bodies_of, lists_of
from dashboard.view import View


def equal_tables(view: View, facts: Facts, asked: Asked, sheet: Sheet, pages: Sequence[Page]) -> None:
    """Draw what the page in view says once more: the tables and charts that stand on it, then the list of its years."""
    marks = _joined(mark for page in pages for mark in page.marks if isinstance(mark, Table | Chart))
    if sheet.kind not in MAPS and marks:
        st.html(join(_marked(view, mark) for mark in marks).text)
        return
    entries = [entry for entry in lists_of(facts, asked) if sheet.year in (None, entry.year)]
    st.html(join(_year_list(view, facts, asked, entry) for entry in reversed(entries)).text)


def _year_list(view: View, facts: Facts, asked: Asked, entry: YearList) -> Html:
    year = view.words.year(entry.year)
    if not is_registered(entry):
        silent = tag("p", view.text("proof.no_list", year=view.words.year_name(entry.year)), class_="sub")
        return join([tag("h2", view.text("slides.list_title", year=year)), silent])
    bodies = bodies_of(entry, asked)
    known = view.proof(_known(view, entry), ProofKind.LIST, str(entry.year))
    heading = join([tag("h2", view.text("slides.list_title", year=year)), tag("p", known, class_="sub")])
    if not bodies:
        key = "slides.list_none" if is_whole(entry) else "slides.list_none_open"
        return join([heading, tag("p", view.text(key), class_="sub")])
    caption = view.text("slides.list_caption", year=year, bodies=bodies_count(view.words, len(bodies)))
    columns = [
        name_column(view, "slides.column_body"),
        *(text_column(view, f"slides.column_{name}") for name in ("class", "standing", "round", "document")),
    ]
    cells = (_cells(view, facts, body) for body in _in_order(bodies))
    return join([heading, table(caption, columns, cells, is_caption_shown=False)])


def _known(view: View, entry: YearList) -> str:
    """How much of the year's list is registered, of all Japan."""
    named, total = len(entry.counted), entry.published_total
    state = "open" if total is None else "done" if named == total else "part"
    return view.text(f"strip.{state}", year=view.words.year_name(entry.year), named=named, total=total)


def _in_order(bodies: Iterable[Body]) -> list[Body]:
    """Counted bodies first, of them prefectures and designated cities, each from north to south."""
    return sorted(
        bodies, key=lambda body: (not body.is_counted, body.body_class is BodyClass.MUNICIPALITY, body.code)
    )


def _cells(view: View, facts: Facts, body: Body) -> tuple[Part, ...]:
    return (
        _name(view, facts, body),
        view.text(f"slides.class_{body.body_class}"),
        join([view.text(f"status.{body.standing}"), *_doubts(view, body)], " "),
        _round(view, body),
        _document(view, body),
    )


def _name(view: View, facts: Facts, body: Body) -> Html:
    """■ or □ with the name; a municipality with its prefecture, for there is more than one 府中市."""
    row = {"name": body.name, "romaji": body.romaji}
    inside = "" if body.body_class == BodyClass.PREFECTURE else facts.names[body.prefecture]
    shown = f"{SIGNS[body.body_class]} {view.name(row)}"
    return view.proof(f"{shown}{view.words.bracketed(inside) if inside else ''}", ProofKind.AREA, body.code)


def _doubts(view: View, body: Body) -> list[Part]:
    return [tag("span", view.text("evidence.likely"), class_="flag")] if body.is_likely else []


def _round(view: View, body: Body) -> str:
    """The round and the day of its decision, as far as a document says them."""
    number = view.text("trend.round", number=body.cohort) if body.cohort else ""
    day = view.words.date(body.decided_on.isoformat()) if body.decided_on else ""
    return view.text("comma").join(filter(None, [number, day])) or view.text("table.unknown")


def _document(view: View, body: Body) -> Html:
    place = citation.marked(view, body.locator)
    return join([citation.marked(view, body.document), place], view.words.separator("placed"))


# -- what stands on the page itself ----------------------------------------------------------------------------


def _joined(marks: Iterable[Table | Chart]) -> list[Table | Chart]:
    """A table that stands in parts beside each other, or goes on over the page, is one table."""
    found: list[Table | Chart] = []
    for mark in marks:
        last = found[-1] if found else None
        if isinstance(mark, Table) and isinstance(last, Table) and mark.rows[0] == last.rows[0]:
            found[-1] = replace(last, rows=(*last.rows, *mark.rows[1:]))
        else:
            found.append(mark)
    return found


def _marked(view: View, mark: Table | Chart) -> Html:
    return _table(view, mark) if isinstance(mark, Table) else _chart(view, mark)


def _table(view: View, mark: Table) -> Html:
    """A column without a word is the place of bars, whose numbers stand beside it."""
    told = [at for at in range(len(mark.rows[0])) if any(row[at].text for row in mark.rows)]
    head, *rows = ([row[at] for at in told] for row in mark.rows)
    columns = [
        Column(citation.marked(view, cell.text), is_number=cell.align == Align.RIGHT, is_heading=at == 0)
        for at, cell in enumerate(head)
    ]
    cells = ([citation.marked(view, cell.text) for cell in row] for row in rows)
    return table(mark.alt, columns, cells)


def _chart(view: View, mark: Chart) -> Html:
    """A row for each column of the chart; what is not known is said in the chart's own word."""
    columns = [
        name_column(view, "slides.column_category"),
        *(Column(series.name, is_number=True) for series in mark.series),
    ]
    cells = (
        (category, *(_value(mark, series.values[at]) for series in mark.series))
        for at, category in enumerate(mark.categories)
    )
    return table(mark.alt, columns, cells)


def _value(mark: Chart, value: float | None) -> str:
    return mark.unknown if value is None else f"{value:,.0f}{mark.unit}"
