"""A button that prints the page once all that is to be printed is drawn."""

from collections.abc import Callable
from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

# Asked for while only a part is drawn, the browser prints when the run that draws the rest has come to this button: Streamlit
# draws from top to bottom, and two frames give the page the time to lay itself out.
_SCRIPT = """\
export default ({ data, parentElement, setTriggerValue }) => {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  const printed = () => requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
  if (button.dataset.asked && data.ready) { delete button.dataset.asked; printed(); }
  button.onclick = () => {
    if (data.ready) { window.print(); return; }
    button.dataset.asked = "1";
    setTriggerValue("asked", true);
  };
};
"""
_LOOK = """\
button { font: inherit; font-size: 14px; color: var(--atlas-link); background: none; border: 0; padding: 0 4px;
  min-height: 28px; cursor: pointer; }
button:hover { text-decoration: underline; }
button:focus-visible { outline: 3px solid var(--atlas-strong); outline-offset: 2px; }
"""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "ibasho_print", html='<button type="button"></button>', js=_SCRIPT, css=_LOOK
    )


def print_button(label: str, *, key: str, is_ready: bool, on_ask: Callable[[], None]) -> None:
    """Draw the button.

    Args:
        label: what it says.
        key: Streamlit key.
        is_ready: all is drawn that belongs on the paper; else `on_ask` is called first, and the page printed after its run.
        on_ask: makes the page draw all.
    """
    _component()(key=key, data={"label": label, "ready": is_ready}, on_asked_change=on_ask, width="content")
