"""Own layouts on the page of the import check: a person says once which heading is which column, and keeps it as a file.

The file that was checked is gone by then, so it is handed in again: nothing of it waits in memory for an answer.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.markup import join, tag
from dashboard.view import View
from etl.intake.facts import Kind, Options
from etl.intake.layouts import words_of
from etl.intake.mapping import mapping_toml, needed, proposed
from etl.intake.report import Report

MAPPING_FILE = "mapping.toml"
ROUND = "intake-round"
"""Counts the files of this session: what is asked about one is asked anew about the next."""
CheckAgain = Callable[[str, bytes, Options], None]


def headings_of(report: Report) -> tuple[str, ...]:
    """Return the headings of a rejected file among which a person can choose."""
    told = json.loads(report.facts.get("headings", "[]"))
    return tuple(heading for heading in told if isinstance(heading, str))


def own_layout(
    view: View, read: tuple[Kind, str, Sequence[str]], options: Options, check_again: CheckAgain
) -> None:
    """Draw a choice of headings for each column, the mapping as a file, and the place to hand the list in again.

    `read` is the kind that was chosen, the name of the file and its headings; `options` what was said about it.
    """
    kind, name, headings = read
    st.html(
        join(
            [
                tag("h3", view.text("intake.map_title")),
                tag("p", view.text("intake.map_lead"), class_="sub"),
                tag("p", needs(view, kind), class_="small"),
            ]
        ).text
    )
    mapping = choices(view, kind, headings, options)
    with st.container(key="intake-map-files"):
        st.download_button(
            view.text("intake.map_save"),
            data=mapping_toml(kind, mapping).encode(),
            file_name=MAPPING_FILE,
            mime="application/toml",
            key="intake-map-save",
            help=view.text("intake.map_save_help"),
            on_click="ignore",
        )
    st.html(tag("p", view.text("intake.map_again", file=name)).text)
    number = st.session_state[ROUND]
    given = st.file_uploader(view.text("intake.map_upload"), key=f"intake-map-file-{number}")
    if given is not None:
        with st.spinner(view.text("intake.checking")):
            check_again(given.name, given.getvalue(), replace(options, mapping=mapping))


def needs(view: View, kind: Kind) -> str:
    """Return which columns a list of this kind must have."""
    every, one_of = needed(kind)
    comma = view.text("comma")
    told = [view.text("intake.map_needs", columns=comma.join(view.text(f"column.{name}") for name in every))]
    if one_of:
        some = comma.join(view.text(f"column.{name}") for name in one_of)
        told.append(view.text("intake.map_needs_one", columns=some))
    if "year" in words_of(kind):
        told.append(view.text("intake.map_above"))
    return " ".join(told)


def choices(view: View, kind: Kind, headings: Sequence[str], options: Options) -> dict[str, str]:
    """Draw one choice for each column, what was said before or else the proposal chosen; return column → heading."""
    said = dict(options.mapping) if options.mapping else proposed(kind, headings)
    number = st.session_state[ROUND]
    chosen = {}
    with st.container(key="intake-map", horizontal=True, gap="small"):
        for name in words_of(kind):
            known = said.get(name, "")
            chosen[name] = st.selectbox(
                view.text(f"column.{name}"),
                ["", *headings],
                index=headings.index(known) + 1 if known in headings else 0,
                key=f"intake-map-{number}-{name}",
                format_func=lambda heading: heading or view.text("intake.map_none"),
                width=220,
            )
    return {name: heading for name, heading in chosen.items() if heading}
