"""Who joined when: every body that a list names or whose platform was set up, by year, with statement, document and place in it.

The same rows are the file to take away, those whose year no document tells included.
"""

from itertools import groupby

import streamlit as st

from dashboard import citation, evidence
from dashboard.closed_lists import ProofKind
from dashboard.downloads import joiners_file
from dashboard.markup import Html, Part, join, table, tag
from dashboard.parts import name_column, text_column
from dashboard.store import Row, Rows
from dashboard.trend.files import file_buttons
from dashboard.view import View

ANCHOR = "who-joined"
"""Where the headline's number leads to."""


def who_joined(view: View) -> None:
    """Draw the list up to the chosen year, the newest year first, and offer it as a file."""
    rows, title = joiners(view), titled(view)
    sub = tag("p", view.text(f"trend.joined_sub_{view.scope.view}"), class_="sub")
    body = tag("div", joined_tables(view, rows), class_="joined")
    st.html(join([tag("h2", title, id=ANCHOR), sub, body]).text)
    if rows:
        file_buttons(
            view, "joined", lambda extension: joiners_file(view.store, title, rows, extension), key="joined"
        )


def joiners(view: View) -> Rows:
    """Return the rows of the list: those of the chosen year and of all before it, in the view and area of the scope."""
    return view.store.joiners(view.scope.year, view.scope.view, view.scope.prefecture)


def titled(view: View) -> str:
    """Return the name of the list: its area, and the year it reaches to."""
    place = view.area_name(view.scope.prefecture_area)
    return view.text("trend.joined_title", area=place, year=view.words.year_name(view.scope.year))


def joined_tables(view: View, rows: Rows) -> Html:
    """Return a table for each fiscal year up to the chosen one, then the platforms of unknown year."""
    by_year = {year: list(found) for year, found in groupby(rows, lambda row: row["fiscal_year"])}
    undated = by_year.pop(None, [])
    lists = {row["fiscal_year"]: row for row in view.store.years if row["fiscal_year"] <= view.scope.year}
    years = sorted({*by_year, *lists}, reverse=True)
    tables = [_year(view, year, by_year.get(year, []), lists.get(year)) for year in years]
    return join([*tables, _undated(view, undated) if undated else None])


def _year(view: View, year: int, rows: list[Row], listed: Row | None) -> Html:
    counted = len({row["code"] for row in rows if row["is_counted"]})
    first = len({row["code"] for row in rows if row["is_first"]})
    shown = {"year": view.words.year(year), "count": f"{counted:,}", "first": f"{first:,}"}
    heading = view.text(f"trend.{_heading(counted, listed)}", **shown)
    known = tag("p", _known(view, listed), class_="small") if listed else None
    return join([tag("h3", heading), known, _table(view, heading, rows) if rows else None])


def _heading(counted: int, listed: Row | None) -> str:
    """A year without a list that names nobody is silent; one with a list may say nothing of this area."""
    if counted:
        return "joined_year"
    is_silent = listed is not None and listed["list_state"] == "not_registered"
    return "joined_silent" if is_silent else "joined_nobody"


def _undated(view: View, rows: list[Row]) -> Html:
    heading = view.text("overview.undated_title")
    about = tag("p", view.text("overview.undated_sub"), class_="small")
    return join([tag("h3", heading), about, _table(view, heading, rows)])


def _table(view: View, caption: str, rows: list[Row]) -> Html:
    columns = [
        name_column(view, "evidence.area"),
        text_column(view, "trend.joined_as"),
        text_column(view, "trend.joined_source"),
    ]
    return table(caption, columns, (_cells(view, row) for row in rows), is_caption_shown=False)


def _known(view: View, row: Row) -> Part:
    """How much of the year's list is registered, and how many bodies it does not name here: of all Japan, as printed."""
    year = view.words.year_name(row["fiscal_year"])
    if row["list_state"] == "not_registered":
        return view.text("strip.none", year=year)
    total, named = row["published_total"], row["named"]
    if total is None:
        said = view.text("strip.open", year=year, named=named)
    elif total == named:
        said = view.text("strip.done", year=year, total=total)
    else:
        said = view.text("trend.unnamed", year=year, total=total, named=named, unnamed=total - named)
    return view.proof(said, ProofKind.LIST, str(row["fiscal_year"]))


def _cells(view: View, row: Row) -> tuple[Part, ...]:
    as_what = join([status_of(view, row), tag("span", dated(view, row), class_="small")], " ")
    return (evidence.body_link(view, row), as_what, _source(view, row))


def status_of(view: View, row: Row) -> str:
    """Return what a row says of the body: its status in the list, or that a platform was set up, or why it is not counted."""
    if row["claim"] == "participant":
        return view.text(f"status.{row['status']}")
    return view.text(f"claim.{row['claim']}")


def dated(view: View, row: Row) -> Part:
    """Return the round and its decision, or the day a platform was set up, as far as a document says them."""
    round_ = view.text("trend.round", number=row["cohort"]) if row["cohort"] else ""
    printed = row["decided_printed"] or row["established_printed"]
    day = view.words.as_of(printed) if printed else ""
    return citation.marked(view, view.words.joined("apart", [round_, day]))


def _source(view: View, row: Row) -> Html:
    said = join([*citation.flags(view, row), citation.own(view, row, "statement")], " ")
    place = tag("span", citation.locator(view, row), class_="small")
    cited = join([citation.document(view, row), place], view.words.separator("placed"))
    return join([tag("span", said, class_="said"), tag("span", cited, class_="cited")], " ")
