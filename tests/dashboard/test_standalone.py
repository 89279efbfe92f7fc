"""Maps as one file: they open in a room without network, say in a table what they draw, and every name in them is text."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dashboard import citation
from dashboard.atlas import precision_m
from dashboard.closed_lists import NEED_LAYERS, Language, Layer, TimeView
from dashboard.clustered import Spot
from dashboard.map_classes import area_classes
from dashboard.markup import Column, table
from dashboard.scope import Scope
from dashboard.standalone import map_file, point_sheet, standalone_file
from dashboard.standalone.drawing import drawn
from dashboard.standalone.map_file import library, peopled_frame
from dashboard.standalone.page import fill_of
from dashboard.standalone.sheet import Middle, Sheet
from dashboard.store import Rows, Store
from dashboard.view import View
from dashboard.words import words
from etl.build import Build

HOSTILE = "<img src=x onerror='window.__x=1'>`${window.__x=1}`{{ 1234*1000 }}{% raw %}</script>"
SQUARE = {"type": "MultiPolygon", "arcs": [[[0]]], "properties": {"code": "01101", "name": HOSTILE}}
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.01, 0.01], "translate": [140, 40]},
    "arcs": [[[0, 0], [100, 0], [0, 100], [-100, 0], [0, -100]]],
    "objects": {"areas": {"type": "GeometryCollection", "geometries": [SQUARE]}},
}
"""What an e-mail takes; the four are the most places, the largest geometry, many municipalities and many islands."""
MOST_BYTES = 3_000_000


@dataclass(frozen=True)
class Somewhere:
    """A middle as the store finds it."""

    code: str = "13112"
    lat: float = 35.6464
    lon: float = 139.6533
    precision: str = "municipality"


@pytest.fixture(scope="module")
def file(bundle: None) -> str:
    """A map of one square, one point and one middle, all of one hostile name."""
    sheet = Sheet(
        title=HOSTILE,
        about=HOSTILE,
        language="ja",
        notes=[HOSTILE],
        tables=[table(HOSTILE, [Column(HOSTILE)], [("同じ内容",)])],
        legend=[
            {
                "key": "B",
                "label": HOSTILE,
                "fill": "#0017C1",
                "pattern": "hatch",
                "line": "#0017C1",
                "count": 1,
            }
        ],
        values={"01101": "B"},
        spots=[Spot(40.2, 140.2, HOSTILE, "square", "#0017C1"), Spot(40.8, 140.8, HOSTILE)],
        meanings={"square": HOSTILE, "circle": HOSTILE},
        middle=Middle(40.5, 140.5, HOSTILE, 5_000),
    )
    return drawn(sheet, [json.dumps(TOPOLOGY).encode()], library(has_points=True)).decode()


@pytest.fixture(scope="module")
def view(project_build: Build, bundle: None) -> View:
    """Tokyo to the end of FY2024, from a build of the real data."""
    return View(Scope(2024, area="13000"), words("ja"), Store(project_build), {})


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Callable[[str], Page]:
    """Open a file as its reader does: from a folder, without a server."""

    def go(written: str) -> Page:
        path = tmp_path / "map.html"
        path.write_text(written, encoding="utf-8")
        page.goto(path.as_uri())
        page.locator("path.leaflet-interactive").first.wait_for()
        return page

    return go


def shown(view: View, **changes: object) -> str:
    scope = replace(view.scope, **changes)  # type: ignore[arg-type]  # the names are checked by replace itself
    return standalone_file(replace(view, scope=scope, words=words(scope.lang))).decode()


def addresses(written: str) -> list[str]:
    """Return what a file would fetch by itself."""
    return re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", written)


def text_of(written: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", written.split("<body")[1]))


# -- a hostile name -------------------------------------------------------------------------------------------


def test_the_file_names_no_address_to_fetch_from(file: str) -> None:
    assert not addresses(file)
    assert "default-src 'none'" in unescape(file)
    assert "同じ内容" in file


def test_braces_in_a_name_are_never_run(file: str) -> None:
    assert "1234*1000" in file
    assert "1234000" not in file
    assert '"name"' not in file


@pytest.mark.browser
def test_a_hostile_name_stays_text_wherever_it_stands(opened: Callable[[str], Page], file: str) -> None:
    page = opened(file)
    shape = page.locator("path[fill='url(#hatch)']")
    for pointed in (
        shape,
        page.locator(".spot"),
        page.locator("path[fill='#115A36']"),
        page.locator(".leaflet-marker-icon svg path").first,
    ):
        pointed.hover(force=True)
        assert "<img src=x" in page.locator(".leaflet-tooltip").first.inner_text()
    for place in ("h1", ".about", ".notes", ".legend", "caption"):
        assert "<img src=x" in page.locator(place).inner_text()
    assert page.evaluate("window.__x") is None


# -- every layer of the real data -----------------------------------------------------------------------------


@pytest.mark.parametrize(("layer", "language"), list(product(Layer, Language)))
def test_a_file_holds_what_its_layer_shows(view: View, layer: Layer, language: Language) -> None:
    written = shown(view, layer=layer, lang=language)
    said = text_of(written)
    own = words(language)
    assert not addresses(written)
    assert f'<html lang="{language}">' in written
    assert own.text(f"layer_name.{layer}") in written.split("</title>")[0]
    assert own.text("footer.saved_sources") in said
    assert citation.boundary(replace(view, words=own), precision_m(view)) in said
    if layer in NEED_LAYERS:
        assert layer == Layer.POPULATION or "÷" in said
        for number in "12345":
            assert f"<b>{number}</b>" in written
    else:
        assert own.text("state.E") in said
        assert own.text("state_meaning.D") in said
        assert own.text("notice.partial_year", year=own.year_name(2024), named=8, total=14) in said
    assert 'href="?' not in written
    assert 'href="data?' not in written


@pytest.mark.parametrize("layer", Layer)
def test_the_file_paints_the_classes_that_the_page_paints(view: View, layer: Layer) -> None:
    rows = view.store.states(2024, TimeView.CUMULATIVE, "13")
    _, legend = area_classes(view, rows, layer)
    written = shown(view, layer=layer)
    for entry in legend:
        assert re.search(
            rf"<b>{re.escape(entry['key'])}</b> {re.escape(entry['label'])}\s{entry['count']}<", written
        )
        assert written.count(f'"fillColor": "{fill_of(entry)}"') == entry["count"]
    assert sum(entry["count"] or 0 for entry in legend) == len(rows) == 62


def test_places_of_unknown_position_are_counted_and_listed(view: View) -> None:
    places = view.store.places("13")
    drawn_ = [row for row in places if row["lat"] is not None]
    said = text_of(shown(view, layer=Layer.PLACES))
    assert f"少なくとも{len(places):,}件" in said
    assert f"{len(drawn_):,}件を地図に" in said
    assert all(row["name"] in said for row in places)


def test_of_a_long_list_a_file_reads_what_it_holds_and_counts_the_rest(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = view.store.places("13")
    asked: list[int] = []
    question = view.store.places

    def noted(area: str, most: int) -> Rows:
        asked.append(most)
        return question(area, most)

    monkeypatch.setattr(map_file, "MOST_SPOTS", 20)
    monkeypatch.setattr(view.store, "places", noted)
    said = text_of(shown(view, layer=Layer.PLACES))
    assert f"少なくとも{len(every):,}件" in said
    assert [row["name"] in said for row in every[18:22]] == [True, True, False, False]
    assert asked == [20]


def test_a_prefecture_without_a_list_is_not_said_to_have_no_places(view: View) -> None:
    said = text_of(shown(view, layer=Layer.PLACES, area="47000"))
    assert "この地域の一覧は未収録です" in said


def test_the_nations_file_has_every_municipality(view: View) -> None:
    written = shown(view, area="")
    assert written.count("<td>13112</td>") == 1
    assert written.split("<details>")[1].split("</details>")[0].count("<tr>") == 1741 + 1


# The largest geometry, the most places, many municipalities, many islands.
@pytest.mark.parametrize("number", [1, 13, 20, 47])
def test_no_prefectures_file_is_too_large_to_send(view: View, number: int) -> None:
    sizes = {
        (layer, language): len(shown(view, area=f"{number:02}000", layer=layer, lang=language).encode())
        for layer, language in product((Layer.COVERAGE, Layer.GRANTS, Layer.PLACES, Layer.AGEING), Language)
    }
    assert max(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.browser
@pytest.mark.parametrize("layer", Layer)
def test_every_layer_opens_without_a_network(
    opened: Callable[[str], Page], view: View, layer: Layer, outside_requests: list[str]
) -> None:
    page = opened(shown(view, layer=layer))
    assert page.locator("path.leaflet-interactive").count() >= 62
    assert (
        page.locator(".spots").count() == 0 if layer != Layer.PLACES else page.locator(".spots").count() > 10
    )
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert outside_requests == []


# -- partners -------------------------------------------------------------------------------------------------


def sheet_of(view: View, start: Somewhere, **changes: object) -> str:
    given: dict[str, object] = {
        "name": "世田谷区",
        "title": "世田谷区の近くの連携先",
        "about": "2件",
        "spots": [Spot(35.65, 139.66, "甲の家"), Spot(35.6, 139.56, "乙の会", "triangle", "#C74700")],
        "meanings": {"circle": "居場所", "triangle": "採択団体"},
        "table": table("連携先", [Column("名前")], [("甲の家",), ("乙の会",)]),
        "notes": ["半径10km"],
        "metres": 10_000,
    }
    return point_sheet(view, start, **{**given, **changes}).decode()  # type: ignore[arg-type]


def test_the_point_that_was_searched_for_cannot_be_written_into_a_file(view: View) -> None:
    with pytest.raises(ValueError, match="never from a point"):
        sheet_of(view, Somewhere(precision="point"))


def test_a_moved_middle_is_told(view: View) -> None:
    told = "さがした地点そのものはこのファイルに入れていません"
    assert told in text_of(sheet_of(view, Somewhere(), is_moved=True))
    assert told not in text_of(sheet_of(view, Somewhere()))


@pytest.mark.browser
def test_partners_are_drawn_across_the_border_with_their_table(
    opened: Callable[[str], Page], view: View, outside_requests: list[str]
) -> None:
    written = sheet_of(view, Somewhere())
    assert len(written.encode()) <= MOST_BYTES
    page = opened(written)
    names = {page.locator("path.leaflet-interactive").count()}
    assert min(names) > 62, "the other side of the river belongs to another prefecture"
    assert page.locator("td, th[scope=row]").all_inner_texts() == ["甲の家", "乙の会"]
    assert page.locator(".legend").inner_text().split() == ["居場所", "1", "採択団体", "1", "中心：世田谷区"]
    assert outside_requests == []


# -- the frame ------------------------------------------------------------------------------------------------


def test_a_frame_shows_where_the_people_live() -> None:
    def row(lat: float, lon: float, population: int) -> dict[str, float]:
        return {"rep_lat": lat, "rep_lon": lon, "population": population, "area_km2": 100}

    (south, west), (north, east) = peopled_frame(
        [row(35, 139, 9_000_000), row(35.5, 139.5, 900_000), row(27, 142, 3_000)]
    )  # type: ignore[arg-type]
    assert (34.8 < south < 35, 35.5 < north < 35.7) == (True, True)
    assert (138.8 < west < 139, 139.5 < east < 139.7) == (True, True)
