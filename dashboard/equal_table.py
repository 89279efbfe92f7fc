"""The table that says the same as the map beside it, in every layer, and its rows to take away.

Coverage: municipalities by state. Need: every municipality that the map paints, with its class in the legend. Grants and
places: the points, and below them the coverage that they lie on.
"""

from collections.abc import Callable

import streamlit as st

from dashboard.closed_lists import NEED_LAYERS, Layer, Panel
from dashboard.downloads import grants_file, places_file
from dashboard.file_buttons import file_buttons
from dashboard.layer_tables import grants_table, need_table, place_counts_table, places_table
from dashboard.panels import panel, panel_toggle
from dashboard.tables import municipality_table, prefecture_table
from dashboard.view import View


def equal_table(
    view: View,
    *,
    key: str,
    layer: Layer = Layer.COVERAGE,
    writes: Panel = Panel.TABLE,
    is_by_rule: bool = False,
) -> None:
    """Offer the table of a map that shows `layer`; its rows are sent only when it is opened.

    `writes` is the panel of the address that opening it turns: the second map has one of its own. `is_by_rule`: as the map,
    the table says what the rule of the view counts.
    """
    opened = panel(view, Panel.TABLE, view.text("overview.table"), key=key, writes=writes)
    if not opened.open:
        return
    with opened:
        if layer in NEED_LAYERS:
            st.html(need_table(view, layer).text)
            _states_files(view, key)
            return
        if layer == Layer.GRANTS:
            _grants(view, key)
        if layer == Layer.PLACES:
            _places(view, key)
        _coverage(view, key, is_by_rule=is_by_rule)


# -- coverage and need ----------------------------------------------------------------------------------------


def _coverage(view: View, key: str, *, is_by_rule: bool) -> None:
    """The nation's map paints municipalities: the prefectures come first, all municipalities one click further."""
    listed = municipality_table if view.scope.prefecture else prefecture_table
    st.html(listed(view, is_by_rule=is_by_rule).text)
    _states_files(view, key)
    if not view.scope.prefecture and panel_toggle(
        view, Panel.ROWS, view.text("overview.table_all"), key=f"{key}-all"
    ):
        st.html(municipality_table(view, is_by_rule=is_by_rule).text)


def _states_files(view: View, key: str) -> None:
    scope = view.scope
    name = _title_of_file(view)
    _file_buttons(
        view,
        f"{key}-states",
        "table",
        lambda fmt: view.store.states_file(name, scope.year, scope.view, scope.prefecture, fmt),
    )


# -- grants ---------------------------------------------------------------------------------------------------


def _grants(view: View, key: str) -> None:
    rows = view.store.grants(view.scope.year, view.scope.view, view.scope.prefecture)
    st.html(grants_table(view, rows).text)
    if rows:
        name = _title_of_file(view)
        _file_buttons(view, f"{key}-grants", "grants", lambda fmt: grants_file(view.store, name, rows, fmt))


# -- places ---------------------------------------------------------------------------------------------------


def _places(view: View, key: str) -> None:
    rows = view.store.places(view.scope.prefecture)
    shown = places_table(view, rows) if view.scope.prefecture else place_counts_table(view)
    st.html(shown.text)
    if rows:
        name = _title_of_file(view)
        _file_buttons(view, f"{key}-places", "places", lambda fmt: places_file(view.store, name, rows, fmt))


# -- shared ---------------------------------------------------------------------------------------------------


def _title_of_file(view: View) -> str:
    scope = view.scope
    year = view.words.year_name(scope.year)
    return f"{view.area_name(scope.prefecture_area)} {year} {view.text(f'view.{scope.view}')}"


def _file_buttons(view: View, key: str, what: str, write: Callable[[str], bytes]) -> None:
    """Offer the rows as files. `what`: table, grants or places."""
    file_buttons(
        view,
        "" if what == "table" else what,
        write,
        label=lambda fmt: view.text(f"overview.{what}_file", format=fmt),
        key=key,
    )
