"""Forms to send out, on the page of the import check: filled in with what is known of the prefecture in view."""

import streamlit as st

from dashboard.markup import join, tag
from dashboard.view import View, plain
from etl.intake.facts import Kind
from etl.templates import template

MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FORMATS = {"xlsx": "Excel", "csv": "CSV"}
KINDS = (Kind.PLATFORMS, Kind.GRANTEES, Kind.PLACES)


def templates(view: View) -> None:
    """Offer the form of the yearly confirmation, and the empty ones of grantees and places."""
    title, lead = view.text("intake.template_title"), view.text("intake.template_lead")
    st.html(join([tag("h3", title), tag("p", lead, class_="sub")]).text)
    if not view.scope.prefecture:
        st.html(tag("p", view.text("intake.template_choose"), class_="small").text)
        return
    with st.container(key="intake-templates", horizontal=True, gap="small"):
        for kind in KINDS:
            for extension, name in FORMATS.items():
                _offer(view, kind, extension, name)


def _offer(view: View, kind: Kind, extension: str, name: str) -> None:
    """A button whose form is written only when it is pressed."""
    scope = view.scope
    label = view.text(
        "intake.template_file",
        kind=view.text(f"file_kind.{kind}"),
        prefecture=view.area_name(scope.prefecture_area),
        year=view.words.year_name(scope.year),
        format=name,
    )
    st.download_button(
        plain(label),
        data=lambda: template(kind, scope.prefecture, scope.year, view.store.build.database, extension),
        file_name=f"ibasho-atlas_{kind}_{scope.prefecture}_{scope.year}.{extension}",
        mime=MIME[extension],
        key=f"intake-template-{kind}-{extension}",
        on_click="ignore",
    )
