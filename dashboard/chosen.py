"""Controls of a closed list that stands in the address: what is chosen is read from there, and a change is written there.

`name` is the parameter of the address. Those of the scope bar have their label and key by it; the others say theirs.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from dashboard.view import View, go

T = TypeVar("T")


def buttons(
    view: View, name: str, options: type[StrEnum], *, label: str = "", key: str = "", are_pills: bool = False
) -> None:
    """Draw a closed list that is short enough to be seen whole; its values have the section `name` of the words."""
    label, key = label or view.text(f"scope.{name}"), key or f"scope-{name}"
    st.session_state[key] = getattr(view.scope, name)
    draw = st.pills if are_pills else st.segmented_control
    draw(
        label,
        list(options),
        key=key,
        format_func=lambda value: view.text(f"{name}.{value}"),
        required=True,
        label_visibility="collapsed",
        on_change=_written,
        args=(view, name, key),
    )


def select(
    view: View,
    name: str,
    options: Sequence[T],
    *,
    shown: Callable[[T], str],
    width: int,
    label: str = "",
    key: str = "",
    value: object = None,
    is_label_shown: bool = False,
    is_disabled: bool = False,
) -> None:
    """Draw a closed list too long for buttons; `value` is what is shown as chosen where that is not the parameter itself."""
    label, key = label or view.text(f"scope.{name}"), key or f"scope-{name}"
    st.session_state[key] = getattr(view.scope, name) if value is None else value
    st.selectbox(
        label,
        options,
        key=key,
        format_func=shown,
        width=width,
        label_visibility="visible" if is_label_shown else "collapsed",
        disabled=is_disabled,
        on_change=_written,
        args=(view, name, key),
        filter_mode="contains",
    )


def _written(view: View, name: str, key: str) -> None:
    go(view.store, **{name: st.session_state[key]})
