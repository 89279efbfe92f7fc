"""What a page shows only when it is opened. Whether it is open stands in the address, so that a link shows it as it was."""

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from dashboard.closed_lists import Panel
from dashboard.view import View, turn


def panel(view: View, name: Panel, label: str, *, key: str, writes: Panel | None = None) -> ExpanderContainer:
    """Draw an expander; draw inside it only when its `open` is true.

    `writes` is the panel whose state is written when that is another one: the second map's table is the first of its view.
    """
    st.session_state[key] = name in view.scope.open
    return st.expander(label, key=key, on_change=lambda: _turned(view, writes or name, key))


def panel_toggle(view: View, name: Panel, label: str, *, key: str) -> bool:
    """Draw a switch and return whether it is on."""
    st.session_state[key] = name in view.scope.open
    return st.toggle(label, key=key, on_change=lambda: _turned(view, name, key))


def _turned(view: View, name: Panel, key: str) -> None:
    turn(view.store, name, is_open=bool(st.session_state[key]))
