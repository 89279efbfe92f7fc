"""The sentences around the comparison: the heading, what means and measures are, and what goes with a printed page."""

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlencode

import streamlit as st

from dashboard import citation
from dashboard.closed_lists import ProofKind
from dashboard.compare.comparison import full_name, label
from dashboard.compare.measures import Figure, Kind, Measure, kind_of, signed, written
from dashboard.compare.plot import measures_of
from dashboard.compare.profile import profile_of
from dashboard.markup import Html, Part, join, tag
from dashboard.view import View

JAPAN = timezone(timedelta(hours=9))
EXPLAINED = (
    "difference",
    "share",
    "amount",
    "household_size",
    "covered",
    "distance",
    "places",
    "grants",
    "unknown",
)


def headline(view: View, codes: tuple[str, ...]) -> Html:
    """Return the answer for the first area: both measures in view beside their national means."""
    if not codes:
        return join([view.text("compare.start")])
    profile = profile_of(view.store, view.scope, kind_of(codes[0]))
    figures = [(measure, profile.figure(measure, codes[0])) for measure in measures_of(view)]
    first, second = (_told(view, measure, figure, codes[0]) for measure, figure in figures)
    return view.told("compare.headline", area=full_name(view, codes[0]), need=first, supply=second)


def _told(view: View, measure: Measure, figure: Figure, code: str) -> Part:
    name = label(view, measure)
    if figure.value is None:
        return view.text("compare.told_unknown", measure=name)
    value = view.proof(tag("strong", written(measure, figure.value)), ProofKind.AREA, code)
    if figure.from_nation is None:
        return view.told("compare.told_alone", measure=name, value=value)
    return view.told("compare.told", measure=name, value=value, by=signed(measure, figure.from_nation))


def kinds_note(view: View, codes: tuple[str, ...], kind: Kind) -> Html:
    """Return the sentence that says which kind of areas the charts show; nothing where all are of one kind."""
    if len({kind_of(code) for code in codes}) < 2:
        return Html("<p></p>")
    return tag("p", view.text("compare.one_kind", kind=view.text(f"compare.kind.{kind}")), class_="sub")


def meanings(view: View) -> Html:
    """Return how the means are made and what the measures mean."""
    listed = (
        tag(
            "div",
            tag("dt", view.text(f"compare.term.{name}")),
            tag("dd", view.text(f"compare.meaning.{name}")),
        )
        for name in EXPLAINED
    )
    source = tag("p", view.text("compare.census"), " ", citation.census(view), class_="small")
    return join([tag("h2", view.text("compare.meanings")), tag("dl", *listed, class_="glossary"), source])


def printed_notes(view: View) -> Html:
    """Return what stands at the end of a printed page and nowhere else: sources, version, day and link."""
    day = datetime.now(UTC).astimezone(JAPAN).date().isoformat()
    address = f"{(st.context.url or '').partition('?')[0]}?{urlencode(view.scope.address())}"
    lines = [
        view.text("footer.saved_sources"),
        view.text("footer.build", build=view.store.build.build_id, built=view.store.build.built_at[:10]),
        view.text("compare.printed_on", day=view.words.date(day)),
        view.text("compare.printed_link", address=address),
    ]
    return tag("div", *(tag("p", line) for line in lines), class_="printed-notes")
