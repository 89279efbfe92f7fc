"""The app as its users meet it: in Chromium, with the network cut."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from etl.build import Build, connect

pytestmark = pytest.mark.browser

PAINT_LIMIT_MS = 30_000
PREFECTURES = [f"{number:02}" for number in range(1, 48)]


@pytest.fixture
def visit(page: Page, app_server: str) -> Callable[[str], Page]:
    """Open a page of the app and wait until its map, if any, is painted."""

    def go(address: str) -> Page:
        page.goto(f"{app_server}/{address}")
        page.locator("#main").wait_for()
        return page

    return go


def the_map(page: Page) -> Locator:
    """Return the painted map."""
    found = page.locator(".area-map[data-rev]").first
    found.wait_for(timeout=PAINT_LIMIT_MS)
    return found


def classes(page: Page) -> dict[str, int]:
    """Return how many areas the map paints in each state."""
    return dict(json.loads(the_map(page).get_attribute("data-classes") or "{}"))


def address_of(page: Page) -> dict[str, str]:
    """Return the query parameters of the address bar."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_the_overview_paints_and_answers(visit: Callable[[str], Page]) -> None:
    page = visit("?year=2022&view=annual")
    expect(page.locator("h1")).to_contain_text("20市区町村")
    assert classes(page) == {"A": 20, "C": 42, "D": 402, "E": 1277}
    assert page.evaluate("document.documentElement.lang") == "ja"
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    "address", ["", "map?area=13000&layer=places", "data", "data?tab=reconciliation", "help"]
)
def test_nothing_leaves_the_machine_and_nothing_overflows(
    visit: Callable[[str], Page], outside_requests: list[str], address: str
) -> None:
    page = visit(address)
    if address in ("", "map?area=13000&layer=places"):
        the_map(page)
    for width in (1440, 400):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    assert outside_requests == []


def test_a_change_of_year_changes_the_classes_and_keeps_the_view(visit: Callable[[str], Page]) -> None:
    page = visit("map?year=2022&view=annual")
    before = the_map(page).get_attribute("data-view")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.locator(".st-key-scope-year [data-testid='stSelectbox'] input").click()
    page.get_by_role("option").filter(has_text="2024").click()
    expect(page.locator(".area-map")).to_have_attribute("data-rev", re.compile("-2024-annual-"))
    assert classes(page)["A"] == 8
    assert classes(page)["B"] == 3
    assert the_map(page).get_attribute("data-view") == before
    assert address_of(page) == {"year": "2024", "view": "annual"}
    assert not [url for url in requests if "/geometry/" in url]


def test_a_click_on_a_prefecture_selects_it(visit: Callable[[str], Page]) -> None:
    page = visit("map?year=2022&view=annual")
    box = the_map(page).bounding_box()
    assert box is not None
    page.mouse.click(*_hokkaido(page))
    expect(page.locator("h1")).to_have_text("北海道")
    assert address_of(page)["area"] == "01000"


def _hokkaido(page: Page) -> tuple[float, float]:
    """Return where the middle of Hokkaido is on the screen, by asking the keyboard path's name for it."""
    box = the_map(page).bounding_box()
    assert box is not None
    live = page.locator(".area-map [aria-live]")
    for step in range(2, 40):
        for across in range(2, 40):
            x, y = box["x"] + box["width"] * across / 40, box["y"] + box["height"] * step / 40
            page.mouse.move(x, y)
            if (
                "北海道" in (live.text_content() or "")
                or page.locator(".area-map .tip").filter(has_text="北海道").count()
            ):
                return x, y
    raise AssertionError("Hokkaido is not on the map")


def test_the_list_beside_the_map_leads_down_to_the_evidence_by_keyboard(visit: Callable[[str], Page]) -> None:
    page = visit("map?year=2022&view=annual")
    page.get_by_role("button", name=re.compile("^広島県")).press("Enter")
    expect(page.locator("h1")).to_have_text("広島県")
    page.get_by_role("button", name=re.compile("府中市")).press("Enter")
    expect(page.locator("h1")).to_have_text("府中市")
    side = page.locator(".st-key-card-side")
    expect(side).to_contain_text("孤独・孤立対策のこれまでの主な取組")
    expect(side).to_contain_text("確からしい")
    assert address_of(page)["area"] == "34208"


def test_an_address_restores_its_view_and_back_leads_back(visit: Callable[[str], Page]) -> None:
    page = visit("map?year=2022&view=annual&area=34000&rule=inclusive")
    expect(page.locator("h1")).to_have_text("広島県")
    assert sum(classes(page).values()) == 23
    page.get_by_role("link", name="全国の状況").click()
    expect(page.locator("h1")).to_contain_text("令和4年度、広島県では")
    assert address_of(page) == {"year": "2022", "view": "annual", "area": "34000", "rule": "inclusive"}
    page.go_back()
    expect(page.locator("h1")).to_have_text("広島県")


def test_every_prefectures_table_says_what_its_map_paints(
    visit: Callable[[str], Page], project_build: Build
) -> None:
    page = visit("map?year=2025")
    page.get_by_text("表で見る", exact=False).click()
    rows = page.locator(".st-key-card-map table tbody tr")
    expect(rows).to_have_count(len(PREFECTURES))
    cells = [row.split("\t") for row in rows.all_inner_texts()]
    shown = {cell[0].strip()[:2]: [int(number.replace(",", "")) for number in cell[3:8]] for cell in cells}
    painted = connect(project_build).execute(
        """SELECT prefecture_code, list(state ORDER BY code) FROM coverage
           WHERE fiscal_year = 2025 AND time_view = 'cumulative' GROUP BY ALL"""
    )
    assert shown == {code: [states.count(state) for state in "ABCDE"] for code, states in painted.fetchall()}
    assert classes(page) == {
        state: sum(row[index] for row in shown.values()) for index, state in enumerate("ABCDE")
    }


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_a_prefectures_table_has_a_row_for_every_area_of_its_map(
    visit: Callable[[str], Page], prefecture: str
) -> None:
    page = visit(f"map?year=2025&area={prefecture}000")
    painted = classes(page)
    page.get_by_text("表で見る", exact=False).click()
    rows = page.locator(".st-key-card-map table tbody tr")
    expect(rows).to_have_count(sum(painted.values()))
    said = [text.split("\t")[2].strip()[0] for text in rows.all_inner_texts()]
    assert {state: said.count(state) for state in painted if painted[state]} == {
        s: n for s, n in painted.items() if n
    }


def test_a_numbers_evidence_is_one_click_away(visit: Callable[[str], Page]) -> None:
    page = visit("?year=2022&view=annual")
    page.locator(".st-key-card-municipalities").get_by_role("link", name="市区町村（狭義）の根拠").click()
    table = page.locator("[data-testid='stDialog'] table").nth(1)
    expect(table.locator("tbody tr")).to_have_count(20)
    expect(table).to_contain_text("府中市")


def test_the_language_changes_every_heading(visit: Callable[[str], Page]) -> None:
    page = visit("?year=2022&view=annual&lang=en")
    expect(page.locator("h1")).to_contain_text("20 municipalities")
    japanese = re.compile("[\u3041-\u30ff]")
    for heading in page.locator("h1, h2").all_inner_texts():
        assert not japanese.search(heading), heading


def test_a_hostile_address_stays_text(visit: Callable[[str], Page]) -> None:
    page = visit("?year=%3Cimg%20src%3Dx%20onerror%3D%22window.__x%3D1%22%3E&area=__proto__")
    expect(page.get_by_text("<img src=x", exact=False).first).to_be_visible()
    assert page.evaluate("window.__x") is None
    assert "Traceback" not in page.content()


def test_an_address_restores_search_and_tables_and_a_changed_year_keeps_them(
    visit: Callable[[str], Page],
) -> None:
    page = visit("map?year=2025&open=table.rows&find=府中")
    found = page.locator(".st-key-card-list").get_by_role("button")
    tables = page.locator(".st-key-card-map table")
    expect(tables.nth(1).locator("tbody tr")).to_have_count(1741, timeout=PAINT_LIMIT_MS)
    expect(tables.nth(0).locator("tbody tr")).to_have_count(len(PREFECTURES))
    expect(page.locator(".st-key-search input")).to_have_value("府中")
    expect(found).to_have_count(3)
    the_map(page).evaluate("map => { map.dataset.witness = 'the same' }")
    page.locator(".st-key-scope-year [data-testid='stSelectbox'] input").click()
    page.get_by_role("option").filter(has_text="2022").click()
    expect(page.locator(".area-map")).to_have_attribute(
        "data-rev", re.compile("-2022-cumulative-"), timeout=PAINT_LIMIT_MS
    )
    expect(tables.nth(0).locator("caption")).to_contain_text("令和4年度")
    expect(tables.nth(1).locator("tbody tr")).to_have_count(1741)
    expect(found).to_have_count(3)
    expect(page.locator(".area-map")).to_have_attribute("data-witness", "the same")
    assert address_of(page) == {"year": "2022", "open": "rows.table", "find": "府中"}


def test_opening_and_closing_a_panel_is_written_in_the_address(visit: Callable[[str], Page]) -> None:
    page = visit("map?year=2025")
    the_map(page).evaluate("map => { map.dataset.witness = 'the same' }")
    page.get_by_text("表で見る", exact=False).click()
    expect(page.locator(".st-key-card-map table")).to_have_count(1)
    page.wait_for_url("**/map?year=2025&open=table")
    page.get_by_text("市区町村ごとに表示").click()
    page.wait_for_url("**/map?year=2025&open=rows.table")
    page.get_by_text("表で見る", exact=False).click()
    page.wait_for_url("**/map?year=2025&open=rows")
    expect(page.locator(".st-key-card-map table")).to_have_count(0)
    page.go_back()
    expect(page.locator(".st-key-card-map table").first).to_be_visible()
    expect(page.locator(".area-map")).to_have_attribute("data-witness", "the same")


def test_picking_a_found_municipality_ends_the_search(visit: Callable[[str], Page]) -> None:
    page = visit("map?year=2025&find=府中")
    page.locator(".st-key-card-list").get_by_role("button", name=re.compile("府中町")).click()
    expect(page.locator("h1")).to_have_text("府中町")
    expect(page.locator(".st-key-search input")).to_have_value("")
    assert address_of(page) == {"year": "2025", "area": "34302"}


def test_a_page_that_does_not_exist_leads_to_the_overview_and_is_told_once(
    visit: Callable[[str], Page],
) -> None:
    page = visit("nonsense?year=2022&view=annual")
    notice = page.get_by_text("「nonsense」というページはありません")
    expect(notice).to_be_visible()
    expect(page.locator("h1")).to_contain_text("20市区町村")
    page.locator(".st-key-scope-rule").get_by_role("radio", name="標準").click()
    expect(notice).to_have_count(0)
    assert address_of(page) == {"year": "2022", "view": "annual", "rule": "standard"}


def test_a_printed_prefecture_is_read_whole_and_has_no_controls(
    visit: Callable[[str], Page], tmp_path: Path
) -> None:
    page = visit("map?year=2025&area=34000&open=table")
    expect(page.locator(".st-key-card-map .table tbody tr")).to_have_count(23)
    paper = tmp_path / "map.pdf"
    page.pdf(path=paper, format="A4")
    with pypdfium2.PdfDocument(paper) as document:
        said = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    whole = "".join(said)
    assert "年度の変化" not in whole
    for kept in ("34100広島市", "34545神石高原町", "1,200,754", "出典"):
        assert kept in whole
    assert len(said) <= 3
