"""連携先をさがす: who takes part, got a grant or runs a place near a point, across borders. The list first, the map beside it."""

import streamlit as st

from dashboard.find.files import files
from dashboard.find.filters import filters, wanted
from dashboard.find.origin import finder, here
from dashboard.find.partner_map import partner_map
from dashboard.find.results import heading, nationwide_list, result_list, result_table
from dashboard.find.search_box import candidates, introduction, search_box, understood
from dashboard.markup import tag
from dashboard.offers import Found, Whereabouts
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page."""
    st.html(tag("h1", view.text("page.find"), id="main", class_="crumb").text)
    search_box(view)
    at = here(view)
    found = view.store.partners(at, wanted(view.scope)) if at else None
    understood(view, at, heading(view, found) if found else "")
    # The containers are always there: were they not, the map below would change its place and be built anew.
    with st.container(key="find-narrow"):
        if found:
            filters(view, found)
    _list_and_map(view, found, at)
    with st.container(key="find-below"):
        if found and at and found.rows:
            result_table(view, found, at)
        if found:
            nationwide_list(view, found)
        _corrections(view)


def _list_and_map(view: View, found: Found | None, at: Whereabouts | None) -> None:
    left, right = st.columns([52, 48], gap="small")
    with left, st.container(key="card-partners"):
        if found and at:
            result_list(view, found, at)
            if found.rows:
                files(view, found, at)
        elif finder(view).candidates:
            candidates(view)
        else:
            st.html(introduction(view).text)
    with right, st.container(key="card-partner-map"):
        partner_map(view, found, at)


def _corrections(view: View) -> None:
    """Lists age: who sees a mistake is told the way, for which nobody needs an account."""
    with st.container(key="find-corrections"):
        st.html(tag("p", view.text("find.mistake"), class_="sub").text)
        view.link("data", view.text("find.mistake_link"), tab="import", file_kind="places")
