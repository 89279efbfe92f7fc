"""年度の変化: the fiscal years side by side, who joined when, and two maps of any two."""

import streamlit as st

from dashboard.markup import tag
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page."""
    st.html(tag("h1", view.text("page.trend"), id="main", class_="headline").text)
