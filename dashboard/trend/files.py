"""The buttons that give the rows of the page away: exactly those shown, written only when they are asked for."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.view import View

FORMATS = {"csv": "CSV", "xlsx": "Excel"}


def file_buttons(view: View, what: str, write: Callable[[str], bytes], *, key: str) -> None:
    """Offer the rows as CSV and Excel. `what` names them in the file's name and in the words (`trend.file_…`)."""
    scope = view.scope
    stem = f"ibasho-atlas_{what}_{scope.year}_{scope.view}_{scope.prefecture or 'japan'}"
    with st.container(key=f"{key}-files", horizontal=True, gap="small"):
        for extension, format_name in FORMATS.items():
            st.download_button(
                view.text(f"trend.file_{what}", format=format_name),
                data=partial(write, extension),
                file_name=f"{stem}.{extension}",
                key=f"{key}-{extension}",
                on_click="ignore",
            )
