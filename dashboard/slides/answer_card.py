"""The card that answers a question in the Diet, to be copied as plain text.

What is copied is what stands on the screen, so that nobody has to check one against the other.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

import streamlit as st

from dashboard import citation, evidence
from dashboard.annual.asked import Asked
from dashboard.annual.facts import Facts, YearList
from dashboard.annual.maps.tally import is_registered, is_whole
from dashboard.annual.maps.telling import bodies_count, years_name
from dashboard.closed_lists import ProofKind, SheetKind
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
    listed = [entry for entry in entries if is_registered(entry)]
    lines = [
        tag("div", headline(view, facts, asked), class_="answer-finding"),
        *line(
            view, "number", [*together(view, facts, asked), *(number(view, facts, asked, e) for e in entries)]
        ),
        *line(view, "definition", [view.text("slides.definition")]),
        *line(view, "source", (source(view, entry) for entry in listed)),
        *line(view, "as_of", (_as_of(view, entry) for entry in listed)),
        *line(view, "version", [version(view, facts)]),
    ]
    st.html(join([heading, sub, tag("div", *lines, id=ANSWER, class_="copied")]).text)
    copy(view, ANSWER)


def headline(view: View, facts: Facts, asked: Asked) -> Html:
    """Return the sentence that answers; its number opens the list, or of several lists the page that shows them together."""
    found = finding(facts, asked, view.words)
    if not found.counted:
        return view.told(found.key, **found.values)
    counted = tag("strong", found.counted)
    return view.told(found.key, **found.values, bodies=_opens(view, facts, asked, counted))


def _opens(view: View, facts: Facts, asked: Asked, counted: Html) -> Html:
    years = [entry.year for entry in lists_of(facts, asked) if is_registered(entry)]
    if len(years) == 1:
        return view.proof(counted, ProofKind.LIST, str(years[0]))
    address = urlencode(view.scope.address(sheet=SheetKind.BUILD_UP))
    return tag("a", counted, href=f"?{address}", target="_self", class_="inside")


def together(view: View, facts: Facts, asked: Asked) -> list[Html]:
    """Return the number of several lists, in which a body counts once: it is smaller than the sum of the years."""
    entries = lists_of(facts, asked)
    listed = [entry for entry in entries if is_registered(entry)]
    found = counts(facts, asked, listed)
    if len(listed) < 2 or not found.bodies:
        return []
    before = "" if all(map(is_whole, entries)) else view.text("headline.at_least")
    return [
        view.told(
            "slides.number_together",
            years=years_name(view.words, listed),
            bodies=f"{before}{bodies_count(view.words, len(found.bodies))}",
            prefectures=_of(view, found.prefectures, found.prefecture_total),
            municipalities=_of(view, found.municipalities, found.municipality_total),
        )
    ]


def number(view: View, facts: Facts, asked: Asked, entry: YearList) -> Html:
    """Return one year's number with what it is counted of, and how much of its list is registered."""
    year = view.words.year_name(entry.year)
    if not is_registered(entry):
        return join([view.text("strip.none", year=year)])
    found = counts(facts, asked, [entry])
    parts = (
        (found.prefectures, found.prefecture_total),
        (found.municipalities, found.municipality_total),
    )
    prefectures, municipalities = (_known_of(view, entry, part, total) for part, total in parts)
    return view.told(
        "slides.number",
        year=year,
        bodies=view.proof(_at_least(view, entry, found), ProofKind.LIST, str(entry.year)),
        known=_known(view, entry),
        prefectures=prefectures,
        municipalities=municipalities,
    )


def _at_least(view: View, entry: YearList, found: Counts) -> str:
    if not found.bodies:
        return view.text("slides.nobody")
    before = "" if is_whole(entry) else view.text("headline.at_least")
    return f"{before}{bodies_count(view.words, len(found.bodies))}"


def _known_of(view: View, entry: YearList, part: int, total: int) -> str:
    """A list that is not whole and names nobody here says nothing of how many there are."""
    if not part and not is_whole(entry):
        return f"{view.text('slides.nobody')} / {total:,}"
    return _of(view, part, total)


def _of(view: View, part: int, total: int) -> str:
    """A part with its denominator, and its share where it is one of several."""
    share = view.words.bracketed(view.words.share(part, total)) if part and total > 1 else ""
    return f"{part:,} / {total:,}{share}"


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
