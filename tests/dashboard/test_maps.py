"""Maps that are not the component: one file for a room without network, and the small map of places."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from dashboard.area_map import packed
from dashboard.area_map.bundle import STATIC, bundle_manifest
from dashboard.markup import Html
from dashboard.point_map import escaped
from dashboard.saved_map import peopled_frame
from dashboard.standalone import Library, Sheet, standalone_map
from dashboard.states import State

HOSTILE = "<img src=x onerror='window.__x=1'>`${window.__x=1}`{{ 1234*1000 }}{% raw %}"
SQUARE = {"type": "MultiPolygon", "arcs": [[[0]]], "properties": {"code": "01101", "name": HOSTILE}}
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.01, 0.01], "translate": [140, 40]},
    "arcs": [[[0, 0], [100, 0], [0, 100], [-100, 0], [0, -100]]],
    "objects": {"areas": {"type": "GeometryCollection", "geometries": [SQUARE]}},
}


@pytest.fixture(scope="module")
def file(bundle: None) -> str:
    """A stand-alone map of one square with a hostile name."""
    library = bundle_manifest()
    sheet = Sheet(
        title=HOSTILE,
        notes=["出典"],
        labels={state: f"状態{state}" for state in State},
        states={"01101": State.B},
        table=Html("<table><tr><td>同じ内容</td></tr></table>"),
        language="ja",
    )
    files = Library([STATIC / library.folium_js], [STATIC / library.folium_css])
    return standalone_map(sheet, json.dumps(TOPOLOGY).encode(), files).decode()


def test_the_file_names_no_address_to_fetch_from(file: str) -> None:
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", file)
    assert "default-src 'none'" in unescape(file)
    assert "同じ内容" in file


@pytest.mark.browser
def test_the_file_draws_without_a_network_and_a_hostile_name_stays_text(
    page: Page, file: str, tmp_path: Path, outside_requests: list[str]
) -> None:
    path = tmp_path / "map.html"
    path.write_text(file, encoding="utf-8")
    page.goto(path.as_uri())
    shape = page.locator("path.leaflet-interactive")
    shape.wait_for()
    assert shape.get_attribute("fill") == "url(#hatch)"
    shape.hover()
    assert "<img src=x" in page.locator(".leaflet-tooltip").inner_text()
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.evaluate("window.__x") is None
    assert outside_requests == []


def test_braces_in_a_name_are_never_run(file: str) -> None:
    assert "1234*1000" in file
    assert "1234000" not in file
    assert '"name"' not in file


@given(st.text())
def test_a_tooltip_holds_no_sign_that_a_script_or_a_page_would_read(text: str) -> None:
    assert re.fullmatch(r"(?:&#\d+;|[0-9A-Za-z]|[^\x00-\x7f])*", escaped(text))


@given(st.text(alphabet="ABE?-123", max_size=60))
def test_packed_values_come_back_whole(values: str) -> None:
    unpacked = re.sub(r"(.)\{(\d+)\}", lambda run: run[1] * int(run[2]), packed(values))
    assert unpacked == values


def test_a_frame_shows_where_the_people_live() -> None:
    def row(lat: float, lon: float, population: int) -> dict[str, float]:
        return {"rep_lat": lat, "rep_lon": lon, "population": population, "area_km2": 100}

    (south, west), (north, east) = peopled_frame(
        [row(35, 139, 9_000_000), row(35.5, 139.5, 900_000), row(27, 142, 3_000)]
    )  # type: ignore[arg-type]
    assert (34.8 < south < 35, 35.5 < north < 35.7) == (True, True)
    assert (138.8 < west < 139, 139.5 < east < 139.7) == (True, True)


@pytest.mark.browser
def test_the_places_of_a_municipality_open_on_a_map_without_a_network(
    page: Page, app_server: str, outside_requests: list[str]
) -> None:
    page.goto(f"{app_server}/map?year=2025&area=13112")
    page.get_by_text("居場所の位置と一覧を開く").click()
    frame = page.frame_locator("iframe[title='居場所の掲載']")
    frame.locator(".leaflet-overlay-pane canvas").wait_for()
    assert outside_requests == []
