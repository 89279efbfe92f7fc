"""発表資料: the annual map and the deck, as files and on the screen of a room."""

import streamlit as st

from dashboard.markup import tag
from dashboard.slides.answer_card import answer_card
from dashboard.slides.asking import asked_of, sheet_of
from dashboard.slides.choosing import choices
from dashboard.slides.cite_card import cite_card
from dashboard.slides.drawing import deck_pages, facts_of
from dashboard.slides.finding import finding, told
from dashboard.slides.listed import equal_tables
from dashboard.slides.notice import list_notice
from dashboard.slides.preview import contents, presentation, preview
from dashboard.slides.taking_away import files
from dashboard.view import View


def render(view: View) -> None:
    """Draw the page."""
    asked = asked_of(view.scope)
    facts = facts_of(view.store, asked.language)
    st.html(tag("h1", told(view.words, finding(facts, asked, view.words)), id="main", class_="headline").text)
    list_notice(view, asked)
    with st.container(key="card-slides-choices"):
        choices(view)
    left, right = st.columns([77, 23], gap="small")
    with left, st.container(key="card-slides-preview"), st.spinner(view.text("slides.loading")):
        pages = deck_pages(view.store, asked)
        sheet = sheet_of(view.scope, pages)
        place = preview(view, asked, sheet)
    with right:
        with st.container(key="card-slides-contents"):
            contents(view, asked, sheet)
        with st.container(key="card-slides-files"):
            files(view, asked, sheet)
    answer, cited = st.columns([62, 38], gap="small")
    with answer, st.container(key="card-slides-answer"):
        answer_card(view, facts, asked)
    with cited, st.container(key="card-slides-cite"):
        cite_card(view, facts, asked, sheet, pages[sheet][0].title)
    with st.container(key="card-slides-tables"):
        equal_tables(view, facts, asked, sheet, pages[sheet])
    presentation(view, asked, place)
