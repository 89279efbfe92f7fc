"""地図で見る: nation → prefecture → municipality, by click on the map and by the list beside it, down to the evidence."""

from dataclasses import replace

import streamlit as st

from dashboard import parts
from dashboard.area_card import side
from dashboard.area_list import area_list
from dashboard.atlas import coverage_map
from dashboard.chosen import buttons
from dashboard.closed_lists import Layer
from dashboard.equal_table import equal_table
from dashboard.markup import tag
from dashboard.standalone import standalone_file
from dashboard.two_maps import beside_choice, has_two_maps, two_maps
from dashboard.view import View

MAP_HEIGHT_PX = 640


def render(view: View) -> None:
    """Draw the page."""
    crumbs(view)
    with st.container(key="choices", horizontal=True, vertical_alignment="center", gap="small"):
        layers(view)
        beside_choice(view, layer=view.scope.layer)
    parts.list_notice(view)
    draw = side_by_side if has_two_maps(view, view.scope.layer) else one_map
    draw(view)


def one_map(view: View) -> None:
    """Draw the list, the map and the card of what is chosen."""
    left, right, middle = st.columns([24, 26, 50], gap="small")
    # Read in the order of the columns; filled map first, so that it is painted while the rest is still on its way, and its
    # table last: it may have a row for every municipality.
    with middle:
        card = st.container(key="card-map")
    with card:
        coverage_map(view, key="map", height=MAP_HEIGHT_PX, layer=view.scope.layer)
    with left, st.container(key="card-list"):
        area_list(view)
    with right, st.container(key="card-side"):
        side(view)
    with card:
        equal_table(view, key="map-table", layer=view.scope.layer)
        save_as_file(view)


def side_by_side(view: View) -> None:
    """Draw two maps beside each other, the list and the card of what is chosen below."""
    two_maps(view, key="map", height=MAP_HEIGHT_PX, layer=view.scope.layer)
    save_both(view)
    left, right = st.columns([40, 60], gap="small")
    with left, st.container(key="card-list"):
        area_list(view)
    with right, st.container(key="card-side"):
        side(view)


def crumbs(view: View) -> None:
    """Draw the heading as a path: nation › prefecture › municipality; each step but the last leads back."""
    with st.container(key="crumbs", horizontal=True, vertical_alignment="center", gap="small"):
        if view.scope.area:
            view.link("map", view.text("scope.nation"), area="")
        if view.scope.municipality:
            st.html(tag("span", "›", aria_hidden="true").text, width="content")
            view.link("map", view.area_name(view.scope.prefecture_area), area=view.scope.prefecture_area)
        if view.scope.area:
            st.html(tag("span", "›", aria_hidden="true").text, width="content")
        here = view.area_name(view.scope.area) if view.scope.area else view.text("mappage.title")
        st.html(tag("h1", here, id="main", class_="crumb").text, width="content")


def layers(view: View) -> None:
    """Draw the choice of what the map shows."""
    buttons(view, "layer", Layer, label=view.text("scope.layer"), key="layer", are_pills=True)


def save_both(view: View) -> None:
    """Offer the two maps as a file each; between counting rules one holds the states of both."""
    if view.scope.compares_rules:
        save_as_file(view)
        return
    with st.container(key="save-both", horizontal=True, gap="medium"):
        save_as_file(view, "left")
        save_as_file(replace(view, scope=view.scope.mirrored()), "right")


def save_as_file(view: View, name: str = "button") -> None:
    """Offer the map of this view as one file that needs no network; it is written only when asked for.

    `name` is the button's in the words (`saved.…`).
    """
    st.download_button(
        view.text(f"saved.{name}"),
        data=lambda: standalone_file(view),
        file_name=f"ibasho-atlas_{view.scope.layer}_{view.scope.year}_{view.scope.view}_{view.scope.prefecture or 'japan'}.html",
        mime="text/html",
        type="tertiary",
        key="save-file" if name == "button" else f"save-file-{name}",
        on_click="ignore",
    )
