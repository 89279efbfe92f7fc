"""発表資料: the annual map and the deck, as files and on the screen of a room."""

import streamlit as st

from dashboard.markup import tag
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page."""
    st.html(tag("h1", view.text("slides.title"), id="main", class_="headline").text)
