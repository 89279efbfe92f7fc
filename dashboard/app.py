"""The app: reads the view from the address, draws the shell, runs the page."""

from functools import partial

import streamlit as st

from dashboard import shell
from dashboard.pages import compare, data, find, overview, slides, trend
from dashboard.pages import help as help_page
from dashboard.pages import map as map_page
from dashboard.proofs import open_proof
from dashboard.scope import Scope
from dashboard.store import QueryTooSlowError, Store
from dashboard.view import View, choices, plain
from dashboard.words import words
from etl.build import Build, BuildError, current_build

PAGES = {
    "overview": overview.render,
    "map": map_page.render,
    "compare": compare.render,
    "trend": trend.render,
    "find": find.render,
    "slides": slides.render,
    "data": data.render,
    "help": help_page.render,
}


@st.cache_resource(max_entries=2, show_spinner=False)
def open_store(_build: Build, build_id: str) -> Store:
    """Return the store of one build, shared by all sessions; its rows are immutable."""
    assert _build.build_id == build_id
    return Store(_build)


def main(first: str = "overview") -> None:
    """Draw one run; `first` is the page at the site's root."""
    st.set_page_config(layout="wide")
    try:
        build = current_build()
        draw(open_store(build, build.build_id), first)
    except BuildError as fault:
        st.error(f"{words('ja').text('error.no_build')}\n\n{plain(str(fault))}")
    except QueryTooSlowError:
        st.error(words("ja").text("error.slow"))


def draw(store: Store, first: str) -> None:
    """Draw the page that the address names, inside the shell."""
    scope, refused = Scope.from_address(st.query_params, choices(store))
    view = View(scope, words(scope.lang), store, pages := {})
    for name, render in PAGES.items():
        title = f"{view.text(f'page.{name}')} | {view.text('app.name')}"
        pages[name] = st.Page(partial(render, view), title=title, url_path=name, default=name == first)
    current = st.navigation(list(pages.values()), position="hidden")
    shell.header(view, next(name for name, page in pages.items() if page is current))
    shell.scope_bar(view)
    shell.notices(view, refused)
    current.run()
    shell.footer(view)
    open_proof(view)
