"""連携先をさがす: who takes part, got a grant or runs a place near a point, across borders."""

import streamlit as st

from dashboard.markup import tag
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page."""
    st.html(tag("h1", view.text("page.find"), id="main", class_="headline").text)
