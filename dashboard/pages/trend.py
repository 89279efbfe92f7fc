"""年度の変化: the fiscal years side by side, who joined when, and two maps of any two."""

import streamlit as st

from dashboard import parts
from dashboard.closed_lists import DataTab
from dashboard.markup import tag
from dashboard.trend.bars import year_bars
from dashboard.trend.beside import comparison
from dashboard.trend.build_up import build_up_panel
from dashboard.trend.headline import headline
from dashboard.trend.joined import who_joined
from dashboard.trend.year_maps import year_maps, years_panel
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page."""
    st.html(tag("h1", headline(view), id="main", class_="headline").text)
    parts.list_notice(view)
    with st.container(key="card-trend-maps"):
        year_maps(view)
        years_panel(view)
    left, right = st.columns(2, gap="small")
    with left, st.container(key="card-trend-bars"):
        st.html(year_bars(view).text)
        view.link("data", view.text("trend.reconciliation"), tab=DataTab.RECONCILIATION)
    with right, st.container(key="card-trend-joined"):
        who_joined(view)
    with st.container(key="card-trend-play"):
        build_up_panel(view)
    with st.container(key="card-trend-beside"):
        comparison(view)
