"""比べる: up to five areas side by side, with their differences from the means."""

import streamlit as st

from dashboard.markup import tag
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page."""
    st.html(tag("h1", view.text("page.compare"), id="main", class_="headline").text)
