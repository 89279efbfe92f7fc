"""A button that copies a text of the page, as it stands there, without markup."""

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

# Where the clipboard is closed (plain http in a network) the text is selected, so that one key copies it.
_SCRIPT = """\
export default ({ data, parentElement }) => {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("span");
  button.textContent = data.label;
  const tell = (text) => {
    said.textContent = text;
    clearTimeout(said.ends);
    said.ends = setTimeout(() => { said.textContent = ""; }, 4000);
  };
  button.onclick = async () => {
    const found = document.getElementById(data.of);
    try { await navigator.clipboard.writeText(found.innerText.trim()); tell(data.done); }
    catch { getSelection().selectAllChildren(found); tell(data.byHand); }
  };
};
"""
_LOOK = """\
button { font: inherit; font-size: 14px; color: var(--atlas-link); background: none; border: 1px solid var(--atlas-link);
  border-radius: 6px; padding: 4px 14px; min-height: 34px; cursor: pointer; }
button:hover { background: var(--atlas-hover); }
button:focus-visible { outline: 3px solid var(--atlas-strong); outline-offset: 2px; }
span { font-size: 13px; color: var(--atlas-soft); margin-left: 10px; }
"""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "ibasho_copy_text",
        html='<button type="button"></button><span role="status"></span>',
        js=_SCRIPT,
        css=_LOOK,
    )


def copy_button(*, key: str, of: str, label: str, done: str, by_hand: str) -> None:
    """Draw the button.

    Args:
        key: Streamlit key.
        of: id of the element whose text is copied; its lines are its blocks.
        label: what the button says.
        done: said when it is copied.
        by_hand: said when the text is only selected.
    """
    _component()(key=key, data={"of": of, "label": label, "done": done, "byHand": by_hand}, width="content")
