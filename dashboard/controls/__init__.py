"""Small controls that Streamlit lacks: a list of areas to pick from, a button that copies the address, links without a load.

Both are written in a few lines of plain JavaScript beside this file; names reach the page with `textContent` only.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NotRequired, TypedDict

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard.area_map.bundle import bundle_manifest


class PickRow(TypedDict):
    """One line of a pick list. `share` (0–1) draws a bar; `mark` is a one-letter state; `proof` a query that opens evidence."""

    code: str
    label: str
    value: str
    share: NotRequired[float]
    mark: NotRequired[str]
    note: NotRequired[str]
    proof: NotRequired[str]


# Kept short: Streamlit sends this text again on every run, while the bundle behind it comes once.
LOST = "画面の部品を読み込めません。ページを開き直してください。 Please reload this page."
_STUB = """\
export default (component) => {{
  let leave, gone = false;
  import(new URL("assets/{js}", document.baseURI).href).then((all) => {{ if (!gone) leave = all.{name}(component); }})
    .catch(() => {{ component.parentElement.textContent = "{lost}"; }});
  return () => {{ gone = true; leave?.(); }};
}};
"""


@cache
def _component(name: str, html: str) -> ComponentRenderer:
    """Declare a control once per process."""
    js = _STUB.format(lost=LOST, js=bundle_manifest().controls_js, name=name)
    return st.components.v2.component(f"ibasho_{name}", html=html, js=js)


def pick_list(
    rows: Sequence[PickRow],
    *,
    key: str,
    label: str,
    selected: str = "",
    on_pick: Callable[[str], None],
    height: int | None = None,
) -> None:
    """Show `rows` as a list of buttons; `on_pick` runs with the code of the one that was pressed.

    Args:
        rows: in the order shown.
        key: Streamlit key, unique on the page.
        label: the list's name for screen readers.
        selected: code of the row drawn as chosen.
        height: pixels after which the list scrolls; None shows all.
    """
    _component("pickList", '<ul class="list"></ul>')(
        key=key,
        data={"rows": _packed(rows), "label": label, "selected": selected, "height": height},
        on_picked_change=lambda: _report(key, on_pick),
    )


def _packed(rows: Sequence[PickRow]) -> dict[str, list[object]]:
    """Name the fields once instead of in every row."""
    fields = list(dict.fromkeys(field for row in rows for field in row))
    return {"fields": [*fields], "cells": [[row.get(field) for field in fields] for row in rows]}


def _report(key: str, on_report: Callable[[str], None], name: str = "picked") -> None:
    """Hand on what the browser said; whoever uses it checks it against a closed list."""
    said = st.session_state[key].get(name)
    if isinstance(said, str):
        on_report(said)


class PageWords(TypedDict):
    """What the part that stands on every page says and names.

    `label` and `done` belong to the copy button; `query` is the view as query parameters, complete; `language` becomes the
    language of the page; `spoken` is read aloud when it changes; `frame` names the frames of small maps, `close` the end of
    a dialog, `choose` the button that chooses a file and `remove` the one that takes it away; `refused` stands beside a file
    that the browser did not send; `proof` is the evidence that is open, "" for none.
    """

    label: str
    done: str
    query: str
    language: str
    spoken: str
    frame: str
    close: str
    choose: str
    remove: str
    refused: str
    proof: str


def copy_link(*, key: str, data: PageWords, on_follow: Callable[[str], None]) -> None:
    """Show a button that copies the address of this view, and follow the links that open evidence without loading the page.

    `on_follow` runs with the query of a link that was pressed: as untrusted as any address.
    """
    _component("copyLink", '<button type="button"></button><span role="status"></span><p role="status"></p>')(
        key=key, data=data, on_followed_change=lambda: _report(key, on_follow, "followed")
    )


def announcement(text: str, *, number: int, key: str) -> None:
    """Have a sentence read aloud when `number` has changed, and bring what stands below into sight; nothing is seen of it."""
    _component("announcement", '<p role="status" tabindex="-1"></p>')(
        key=key, data={"text": text, "number": number}
    )
