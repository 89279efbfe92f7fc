"""Maps that are not the component, and what the component is sent: packed values, the small map of places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from dashboard.area_map import packed
from dashboard.point_map import escaped


@given(st.text())
def test_a_tooltip_holds_no_sign_that_a_script_or_a_page_would_read(text: str) -> None:
    assert re.fullmatch(r"(?:&#\d+;|[0-9A-Za-z]|[^\x00-\x7f])*", escaped(text))


@given(st.text(alphabet="ABE?-123", max_size=60))
def test_packed_values_come_back_whole(values: str) -> None:
    unpacked = re.sub(r"(.)\{(\d+)\}", lambda run: run[1] * int(run[2]), packed(values))
    assert unpacked == values


@pytest.mark.browser
def test_the_places_of_a_municipality_open_on_a_map_without_a_network(
    page: Page, app_server: str, outside_requests: list[str]
) -> None:
    page.goto(f"{app_server}/map?year=2025&area=13112")
    page.get_by_text("居場所の位置と一覧を開く").click()
    frame = page.frame_locator("iframe[title='居場所の掲載']")
    frame.locator(".leaflet-overlay-pane canvas").wait_for()
    assert outside_requests == []
