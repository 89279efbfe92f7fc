"""What has to be known of the lists of the chosen years, and the way to a year that has one."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.annual.asked import Asked
from dashboard.markup import Html, Part, join, tag
from dashboard.parts import list_known, partial_sentence
from dashboard.slides.asking import with_years
from dashboard.store import Row
from dashboard.view import View


def list_notice(view: View, asked: Asked) -> None:
    """Say which lists are registered in part or not at all."""
    # Always there, as on the other pages: were it not, the stage below would be built anew.
    with st.container(key="notice"):
        rows = [row for row in view.store.years if row["fiscal_year"] in asked.years]
        sentences: list[Part] = [*partial_sentence(view, rows), *_unlisted(view, rows)]
        if sentences:
            st.html(tag("p", join(sentences, " ")).text)


def _unlisted(view: View, rows: list[Row]) -> list[Html]:
    missing = [row["fiscal_year"] for row in rows if row["list_state"] == "not_registered"]
    if not missing:
        return []
    years = view.words.joined("dotted", (view.words.year_name(year) for year in missing))
    said = join([view.text("slides.unlisted", years=years)])
    return [said] if len(missing) < len(rows) else [said, _ways(view)]


def _ways(view: View) -> Html:
    """Lead to the years whose list is registered, newest first: a deck of a year without one has nothing to tell."""
    listed = [row for row in reversed(view.store.years) if row["list_state"] != "not_registered"]
    links = (_way(view, row) for row in listed)
    return join([view.text("slides.unlisted_ways"), *links], " ")


def _way(view: View, row: Row) -> Html:
    year = row["fiscal_year"]
    shown = f"{view.words.year_name(year)} {list_known(view, row)[0]}"
    address = urlencode(view.scope.address(**with_years((year,), year)))
    return tag("a", shown, href=f"?{address}", target="_self", class_="inside way")
