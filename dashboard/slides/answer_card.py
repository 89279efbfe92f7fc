"""The card that answers a question in the Diet, to be copied as plain text.

What is copied is what stands on the screen, so that nobody has to check one against the other.
"""

from collections.abc import Iterable

import streamlit as st

from dashboard import citation, evidence
from dashboard.annual.asked import Asked
from dashboard.annual.facts import Facts, YearList
from dashboard.annual.tally import is_registered, is_whole
from dashboard.annual.telling import bodies_count
from dashboard.closed_lists import ProofKind
from dashboard.controls.copying import copy_button
from dashboard.markup import Html, Part, join, tag
from dashboard.slides.finding import Counts, counts, finding, lists_of
from dashboard.store import Row
from dashboard.view import View

ANSWER = "slides-answer"
"""Name of the text that the button copies."""


def answer_card(view: View, facts: Facts, asked: Asked) -> None:
    """Draw the answer: sentence, number with its denominator, definition, source and where in it, as of."""
    heading = tag("h2", view.text("slides.answer_title"))
    sub = tag("p", view.text("slides.answer_sub"), class_="sub")
    entries = lists_of(facts, asked)
    lines = [
        tag("div", headline(view, facts, asked), class_="answer-finding"),
        *line(view, "number", (number(view, facts, asked, entry) for entry in entries)),
        *line(view, "definition", [view.text("slides.definition")]),
        *line(view, "source", (source(view, entry) for entry in entries if is_registered(entry))),
        *line(view, "as_of", (_as_of(view, entry) for entry in entries if is_registered(entry))),
        *line(view, "version", [version(view, facts)]),
    ]
    st.html(join([heading, sub, tag("div", *lines, id=ANSWER, class_="copied")]).text)
    copy(view, ANSWER)


def headline(view: View, facts: Facts, asked: Asked) -> Html:
    """Return the sentence that answers; its number opens the list of the last year that has one."""
    found = finding(facts, asked, view.words)
    if not found.counted:
        return view.told(found.key, **found.values)
    last = max(entry.year for entry in lists_of(facts, asked) if is_registered(entry))
    counted = view.proof(tag("strong", found.counted), ProofKind.LIST, str(last))
    return view.told(found.key, **found.values, bodies=counted)


def number(view: View, facts: Facts, asked: Asked, entry: YearList) -> Html:
    """Return one year's number with what it is counted of, and how much of its list is registered."""
    year = view.words.year_name(entry.year)
    if not is_registered(entry):
        return join([view.text("strip.none", year=year)])
    found = counts(facts, asked, [entry])
    return view.told(
        "slides.number",
        year=year,
        bodies=view.proof(_at_least(view, entry, found), ProofKind.LIST, str(entry.year)),
        known=_known(view, entry),
        prefectures=_of(view, entry, found.prefectures, found.prefecture_total),
        municipalities=_of(view, entry, found.municipalities, found.municipality_total),
    )


def _at_least(view: View, entry: YearList, found: Counts) -> str:
    if not found.bodies:
        return view.text("slides.nobody")
    before = "" if is_whole(entry) else view.text("headline.at_least")
    return f"{before}{bodies_count(view.words, len(found.bodies))}"


def _of(view: View, entry: YearList, part: int, whole: int) -> str:
    """A part with its denominator and share; a list that is not whole and names nobody here says nothing of how many."""
    if not part and not is_whole(entry):
        return f"{view.text('slides.nobody')} / {whole:,}"
    return f"{part:,} / {whole:,}{view.words.bracketed(view.words.share(part, whole))}"


def _known(view: View, entry: YearList) -> str:
    named = len(entry.counted)
    if entry.published_total is None:
        return view.text("slides.known_open", named=f"{named:,}")
    key = "slides.known_part" if named < entry.published_total else "slides.known_whole"
    return view.text(key, named=f"{named:,}", total=f"{entry.published_total:,}")


def source(view: View, entry: YearList) -> Html:
    """Return the document of one year's list, with publisher and date, and where in it the list stands."""
    place = citation.locator(view, _list_row(view, entry))
    cited = evidence.document_of(view, entry.source_id)
    return _in_year(view, entry, join([cited, place], view.words.separator("placed")))


def _as_of(view: View, entry: YearList) -> Html:
    return _in_year(view, entry, entry.as_of or view.text("slides.undated"))


def _in_year(view: View, entry: YearList, said: Part) -> Html:
    return view.told("slides.in_year", year=view.words.year_name(entry.year), said=said)


def line(view: View, name: str, values: Iterable[Part]) -> list[Html]:
    """Return the values of one kind, the name before the first of them; nothing where there are none."""
    shown = list(values)
    if not shown:
        return []
    sign = view.words.separator("named")
    term = tag("span", f"{view.text(f'slides.line_{name}')}{sign}", class_="term")
    first, *rest = (tag("span", value) for value in shown)
    return [tag("div", term, first), *(tag("div", each, class_="further") for each in rest)]


def version(view: View, facts: Facts) -> str:
    """Return by which build a text was written, and when that was made."""
    built = view.words.date(facts.built_on.isoformat())
    return view.text("slides.version", build=facts.build_id, built=built)


def copy(view: View, name: str) -> None:
    """Draw the button that copies a text."""
    copy_button(
        key=f"{name}-copy",
        of=name,
        label=view.text("slides.copy"),
        done=view.text("slides.copied"),
        by_hand=view.text("slides.copy_by_hand"),
    )


def _list_row(view: View, entry: YearList) -> Row:
    return next(row for row in view.store.years if row["fiscal_year"] == entry.year)
