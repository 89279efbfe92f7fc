"""The buttons that give the rows of a page away: exactly those shown, written only when they are asked for."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.view import View

FORMATS = {"csv": "CSV", "xlsx": "Excel"}


def file_buttons(
    view: View, what: str, write: Callable[[str], bytes], *, label: Callable[[str], str], key: str
) -> None:
    """Offer rows as CSV and Excel. `what` names them in the file's name, `label` says which format a button writes."""
    scope = view.scope
    stem = "_".join(
        filter(None, ["ibasho-atlas", what, str(scope.year), scope.view, scope.prefecture or "japan"])
    )
    with st.container(key=f"{key}-files", horizontal=True, gap="small"):
        for extension, format_name in FORMATS.items():
            st.download_button(
                label(format_name),
                data=partial(write, extension),
                file_name=f"{stem}.{extension}",
                key=f"{key}-{extension}",
                on_click="ignore",
            )
