"""What the pages shall show and how they shall look: years, block, colours, paper. All of it stands in the address."""

from collections.abc import Collection

import streamlit as st

from dashboard.annual.asked import block_of
from dashboard.chosen import buttons, select
from dashboard.closed_lists import Block, Colouring, PaperKind
from dashboard.markup import tag
from dashboard.parts import list_known
from dashboard.slides.asking import asked_of, with_years
from dashboard.store import Row
from dashboard.view import View, go

BLOCK_WIDTH_PX = 150


def choices(view: View) -> None:
    """Draw the choices; the prefecture is chosen above, and where one is chosen the block is its own."""
    with st.container(key="slides-choices", horizontal=True, vertical_alignment="bottom", gap="medium"):
        _years(view)
        select(
            view,
            "block",
            ["", *Block],
            shown=lambda value: view.text(f"block.{value}" if value else "scope.nation"),
            width=BLOCK_WIDTH_PX,
            label=view.text("slides.block"),
            key="slides-block",
            value=block_of(view.scope.prefecture) if view.scope.prefecture else None,
            is_label_shown=True,
            is_disabled=bool(view.scope.prefecture),
        )
        buttons(view, "colouring", Colouring, label=view.text("slides.colouring"), key="slides-colouring")
        buttons(view, "paper", PaperKind, label=view.text("slides.paper"), key="slides-paper")
    st.html(tag("p", view.text("slides.scope_note"), class_="small").text)


def _years(view: View) -> None:
    """Each year with how much of its list is registered: what several years build up to depends on it."""
    lists = {row["fiscal_year"]: row for row in view.store.years}
    st.session_state["slides-years"] = list(asked_of(view.scope).years)
    st.pills(
        view.text("slides.years_label"),
        list(lists),
        selection_mode="multi",
        key="slides-years",
        format_func=lambda year: _year(view, lists[year]),
        on_change=lambda: _chosen(view, st.session_state["slides-years"]),
    )


def _year(view: View, row: Row) -> str:
    known, _, _ = list_known(view, row)
    return f"{view.words.year_name(row['fiscal_year'])} {known}"


def _chosen(view: View, years: Collection[int]) -> None:
    """The year in view stays in view as long as it is among them; without any year it is the only one."""
    wanted = tuple(sorted(years)) or (view.scope.year,)
    shown = view.scope.year if view.scope.year in wanted else wanted[-1]
    go(view.store, **with_years(wanted, shown))
