"""比べる: up to five areas side by side, with their differences from the means."""

from functools import partial

import streamlit as st

from dashboard import parts
from dashboard.compare.bars import bar_table
from dashboard.compare.chooser import chooser
from dashboard.compare.choosing import chosen
from dashboard.compare.comparison import Comparison, comparison
from dashboard.compare.files import comparison_file
from dashboard.compare.maps import compared_maps
from dashboard.compare.municipalities import municipalities
from dashboard.compare.notes import headline, kinds_note, meanings, printed_notes
from dashboard.compare.plot import measure_choice, scatter, scene_of
from dashboard.compare.table import comparison_table
from dashboard.file_buttons import FORMATS
from dashboard.markup import tag
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page."""
    codes = chosen(view.scope)
    st.html(tag("h1", headline(view, codes), id="main", class_="headline").text)
    parts.list_notice(view)
    with st.container(key="card-compare-chooser"):
        chooser(view, codes)
    with st.container(key="compare-told"):
        if codes:
            side_by_side(view, comparison(view, codes))
    charts(view, codes)
    with st.container(key="compare-maps-place"):
        if codes:
            with st.container(key="card-compare-maps"):
                compared_maps(view, codes)
    with st.container(key="compare-municipalities-place"):
        if codes:
            with st.container(key="card-compare-municipalities"):
                municipalities(view, codes[0])
    with st.container(key="card-compare-meanings"):
        st.html(meanings(view).text)
    st.html(printed_notes(view).text)


def side_by_side(view: View, told: Comparison) -> None:
    """Draw the table and its files."""
    with st.container(key="card-compare-table"):
        st.html(comparison_table(view, told).text)
        with st.container(key="compare-files", horizontal=True, gap="small"):
            for extension, name in FORMATS.items():
                st.download_button(
                    view.text("compare.file_button", format=name),
                    data=partial(comparison_file, view, told, extension),
                    file_name=f"ibasho-atlas_compare_{view.scope.year}_{view.scope.view}_{'_'.join(told.codes)}.{extension}",
                    key=f"compare-{extension}",
                    on_click="ignore",
                )
        st.html(tag("p", view.text("compare.files_note"), class_="small files-note").text)


def charts(view: View, codes: tuple[str, ...]) -> None:
    """Draw the scatter, and the bars of both measures."""
    measure_choice(view)
    scene = scene_of(view, codes)
    st.html(kinds_note(view, codes, scene.profile.kind).text)
    left, right = st.columns([58, 42], gap="small")
    with left, st.container(key="card-compare-scatter"):
        scatter(view, codes)
    with right, st.container(key="card-compare-bars"):
        for measure in scene.measures:
            st.html(bar_table(view, scene.profile, measure, scene.chosen).text)
