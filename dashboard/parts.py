"""Small pieces that more than one page shows: columns, a big figure, the notice about the lists, a state's letter."""

from collections.abc import Iterable

import streamlit as st

from dashboard.closed_lists import NEED_LAYERS, TimeView
from dashboard.markup import Column, Html, Part, join, tag
from dashboard.store import Row
from dashboard.view import View


def name_column(view: View, key: str) -> Column:
    """Return the column that names its row."""
    return Column(view.text(key), is_heading=True)


def number_column(view: View, key: str) -> Column:
    """Return a column of numbers, set flush right."""
    return Column(view.text(key), is_number=True)


def text_column(view: View, key: str) -> Column:
    """Return a column of text."""
    return Column(view.text(key))


def emphasised(sentence: str) -> Html:
    """Return `sentence` with its **…** parts emphasised; everything is escaped."""
    return join(tag("strong", part) if odd else part for part, odd in _alternating(sentence.split("**")))


def _alternating(parts: Iterable[str]) -> Iterable[tuple[str, bool]]:
    return ((part, index % 2 == 1) for index, part in enumerate(parts))


def figure(title: str, value: Part, *, before: str = "", beside: str = "", below: Part = "") -> None:
    """Draw one number: title, the number big, its denominator beside it, the rest below. None is shown as a dash."""
    number = tag("span", value if value is not None else "–", class_="value")
    st.html(
        join(
            [
                tag("h2", title),
                tag(
                    "p",
                    tag("span", before, class_="before"),
                    number,
                    " ",
                    tag("span", beside, class_="beside"),
                    class_="figure",
                ),
                tag("p", below, class_="small"),
            ]
        ).text
    )


def list_notice(view: View) -> None:
    """Say which of the lists in view are registered in part or not at all."""
    # The container is always there: were it not, everything below would change its place and be built anew.
    with st.container(key="notice"):
        if sentences := list_sentences(view):
            st.html(tag("p", " ".join(sentences)).text)


def list_sentences(view: View) -> list[str]:
    """Return what has to be known of the lists in view; a measure of need does not come from them."""
    if view.scope.layer in NEED_LAYERS:
        return []
    years = [row for row in view.store.years if is_in_view(view, row["fiscal_year"])]
    missing = [row for row in years if row["list_state"] == "not_registered"]
    sentences = partial_sentence(view, years)
    if missing:
        names = view.words.joined("dotted", (view.words.year_name(row["fiscal_year"]) for row in missing))
        key = "notice.not_registered" if view.scope.view == TimeView.ANNUAL else "notice.no_later_list"
        sentences.append(view.text(key, year=names, years=names))
    return sentences


def partial_sentence(view: View, years: Iterable[Row]) -> list[str]:
    """Return the sentence on those of some years whose list is registered in part; none where there is no such year."""
    named = [
        view.text(
            "notice.open_year" if row["published_total"] is None else "notice.partial_year",
            year=view.words.year_name(row["fiscal_year"]),
            total=row["published_total"],
            named=row["named"],
        )
        for row in years
        if row["list_state"] == "partial"
    ]
    return [view.text("notice.partial", years=view.text("comma").join(named))] if named else []


def list_known(view: View, row: Row) -> tuple[str, str, str]:
    """Return how much of one year's list is registered: as a fraction, its look, and the sentence that says it."""
    known, look, key = _known(row)
    year = view.words.year_name(row["fiscal_year"])
    return known, look, view.text(key, year=year, named=row["named"], total=row["published_total"])


def _known(row: Row) -> tuple[str, str, str]:
    if row["list_state"] == "not_registered":
        return "–", "none", "strip.none"
    if row["published_total"] is None:
        return str(row["named"]), "part", "strip.open"
    known = f"{row['named']}/{row['published_total']}"
    return (
        (f"{known} ✓", "done", "strip.done")
        if row["named"] == row["published_total"]
        else (known, "part", "strip.part")
    )


def is_in_view(view: View, year: int) -> bool:
    """Return whether the list of `year` plays a part in the view."""
    return year == view.scope.year if view.scope.view == TimeView.ANNUAL else year <= view.scope.year


def state_label(view: View, state: str) -> Html:
    """Return the letter of a state in its colour and pattern, and its name."""
    return join([tag("span", state, class_=f"mark mark-{state}"), " ", view.text(f"state.{state}")])
