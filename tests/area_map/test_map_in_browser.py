"""What the map promises to the reader's eyes, hands and ears, in a real browser on a made-up country."""

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from dashboard.area_map.bundle import HERE as COMPONENT

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]

COLOUR_AT = """(stage, [x, y]) => {
  const canvas = stage.querySelector('canvas');
  const frame = stage.getBoundingClientRect(), own = canvas.getBoundingClientRect();
  const scale = canvas.width / own.width;
  const at = [(frame.left + x - own.left) * scale, (frame.top + y - own.top) * scale];
  return [...canvas.getContext('2d').getImageData(...at, 1, 1).data];
}"""
ACCENT_PIXELS = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] === 251 && data[i + 1] === 91) count++;
  return count;
}"""
TAB_STOPS = """root => [...root.querySelectorAll('a[href], button, [tabindex]')]
  .filter(node => node.tabIndex >= 0).map(node => node.getAttribute('aria-label') ?? '')"""
AXE = """() => axe.run({include: [['[data-testid="stBidiComponentIsolated"]']]},
  {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"""


def mercator(lat: float) -> float:
    """Latitude in degrees → height on the map in radians."""
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def spot(page: Page, lon: float, lat: float, which: int = 0) -> tuple[float, float]:
    """Pixels in the frame of a longitude and latitude (degrees), from the view the map publishes."""
    here = page.locator(".area-map").nth(which).get_attribute("data-view")
    box = page.locator(".stage").nth(which).bounding_box()
    assert here is not None
    assert box is not None
    centre_lat, centre_lon, zoom = map(float, here.split(","))
    x = box["width"] / 2 + (lon - centre_lon) * 256 * 2**zoom / 360
    y = box["height"] / 2 + (mercator(centre_lat) - mercator(lat)) * 256 * 2**zoom / (2 * math.pi)
    return x, y


def colour_at(page: Page, lon: float, lat: float) -> tuple[int, ...]:
    return tuple(page.locator(".stage").evaluate(COLOUR_AT, list(spot(page, lon, lat))))


def move(page: Page, lon: float, lat: float, *, click: bool = False) -> None:
    x, y = spot(page, lon, lat)
    stage = page.locator(".stage").first
    if click:
        stage.click(position={"x": x, "y": y})
    else:
        stage.hover(position={"x": x, "y": y})


def classes(page: Page) -> dict[str, int]:
    counted: dict[str, int] = json.loads(
        page.locator(".area-map").first.get_attribute("data-classes") or "{}"
    )
    return counted


def set_year(page: Page, year: int) -> None:
    page.get_by_text(str(year), exact=True).click()
    page.wait_for_selector(f'.area-map[data-rev^="one-{year}"]')


def geometry_requests(page: Page) -> list[str]:
    asked: list[str] = page.asked  # type: ignore[attr-defined]
    return [url for url in asked if "/geometry/" in url]


def test_every_area_is_counted_once_and_painted_in_its_state(open_map: Opener) -> None:
    page = open_map()
    assert classes(page) == {"A": 1, "B": 1, "D": 1, "E": 3, "F": 1}
    assert colour_at(page, 138.5, 37.5)[:3] == (0, 23, 193)
    assert colour_at(page, 139.5, 37.5)[:3] == (255, 255, 255)
    expect(page.locator(".legend-row").first).to_contain_text("市区町村が設置・参画")
    assert page.faults == []  # type: ignore[attr-defined]


def test_patterns_are_more_than_one_colour(open_map: Opener) -> None:
    page = open_map()
    for lon, lat in ((138.5, 36.5), (140.5, 37.5), (140.5, 36.5)):  # dots, hatch, question marks
        across = {colour_at(page, lon + dx / 60, lat + dy / 60) for dx in range(-9, 9) for dy in (-2, 0, 2)}
        assert len(across) > 1


def test_new_values_repaint_without_asking_for_the_geometry_again(open_map: Opener) -> None:
    page = open_map()
    before = geometry_requests(page)
    set_year(page, 2023)
    assert classes(page) == {"A": 2, "B": 1, "D": 1, "E": 2, "F": 1}
    assert colour_at(page, 139.5, 37.5)[:3] == (0, 23, 193)
    assert geometry_requests(page) == before
    expect(page.locator(".live")).to_have_text("更新しました")


def test_a_click_on_the_nation_chooses_the_prefecture_also_twice(open_map: Opener) -> None:
    page = open_map()
    move(page, 138.5, 37.5, click=True)
    expect(page.get_by_text("選択:01000", exact=True)).to_be_visible()
    move(page, 139.5, 36.5, click=True)
    expect(page.get_by_text("選択:01000,01000", exact=True)).to_be_visible()


def test_a_click_in_a_prefecture_chooses_the_municipality_and_outlines_it(open_map: Opener) -> None:
    page = open_map("prefecture")
    move(page, 139.5, 37.5, click=True)
    expect(page.get_by_text("選択:01102", exact=True)).to_be_visible()
    page.wait_for_selector('.area-map[data-rev="one-2022-1"]')
    focus = page.locator(".stage canvas").nth(1)
    painted = focus.evaluate(ACCENT_PIXELS)
    assert painted > 200


def test_the_tip_names_prefecture_municipality_state_and_hint(open_map: Opener) -> None:
    page = open_map()
    move(page, 138.5, 37.5)
    tip = page.locator(".tip")
    for part in ("甲県 甲市", "市区町村が設置・参画", "令和4年度から", "選ぶと進みます"):
        expect(tip).to_contain_text(part)
    expect(page.locator(".live")).to_contain_text("甲市")


def test_arrow_keys_walk_enter_chooses_escape_leaves(open_map: Opener) -> None:
    page = open_map("prefecture")
    stage = page.locator(".stage")
    stage.focus()
    stage.press("ArrowUp")  # the first key begins near the middle
    stage.press("ArrowLeft")
    stage.press("ArrowUp")
    expect(page.locator(".live")).to_contain_text("甲市")
    stage.press("ArrowRight")
    expect(page.locator(".live")).to_contain_text("丙町")
    stage.press("Enter")
    expect(page.get_by_text("選択:01102", exact=True)).to_be_visible()
    stage.press("ArrowDown")
    expect(page.locator(".tip")).to_contain_text("丁村")
    stage.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()


def test_on_the_nation_the_arrow_keys_walk_by_prefecture_into_the_okinawa_box(open_map: Opener) -> None:
    page = open_map()
    stage = page.locator(".stage")
    stage.focus()
    stage.press("ArrowUp")
    stage.press("ArrowRight")
    expect(page.locator(".live")).to_contain_text("乙県")
    stage.press("ArrowLeft")
    expect(page.locator(".live")).to_contain_text("甲県")
    stage.press("ArrowLeft")
    stage.press("Enter")
    expect(page.get_by_text("選択:47000", exact=True)).to_be_visible()
    expect(page.locator(".inset-title")).to_have_text("沖縄・奄美")


def test_a_hostile_name_stays_text(open_map: Opener) -> None:
    page = open_map("prefecture")
    move(page, 138.5, 36.5)
    expect(page.locator(".tip-title")).to_have_text('<img src=x onerror="window.pwned=1">')
    assert page.locator(".area-map img").count() == 0
    assert page.evaluate("window.pwned") is None


def test_zoom_is_kept_when_only_the_values_change_and_reset_brings_the_whole_back(open_map: Opener) -> None:
    page = open_map(reduced_motion="reduce")
    root = page.locator(".area-map")
    whole = root.get_attribute("data-view")
    page.get_by_role("button", name="拡大").click()
    expect(root).not_to_have_attribute("data-view", whole or "")
    near = root.get_attribute("data-view")
    set_year(page, 2023)
    assert root.get_attribute("data-view") == near
    page.get_by_role("button", name="全体を表示").click()
    expect(root).to_have_attribute("data-view", whole or "")


def test_the_plain_wheel_scrolls_the_page_and_ctrl_wheel_the_map(open_map: Opener) -> None:
    page = open_map(reduced_motion="reduce")
    root = page.locator(".area-map")
    whole = root.get_attribute("data-view")
    move(page, 139.5, 36.8)
    page.mouse.wheel(0, -240)
    set_year(page, 2023)  # a whole round trip later nothing has moved
    assert root.get_attribute("data-view") == whole
    move(page, 139.5, 36.8)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    expect(root).not_to_have_attribute("data-view", whole or "")


def test_a_finger_may_scroll_the_page_over_the_map(open_map: Opener) -> None:
    page = open_map(viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True)
    assert page.locator(".stage").evaluate("e => getComputedStyle(e).touchAction") == "pan-x pan-y"
    assert page.locator(".stage").evaluate("e => e.classList.contains('leaflet-touch-drag')") is False
    expect(page.locator(".area-map.narrow .legend")).to_have_css("position", "static")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1400, 700, 560, 400])
def test_the_legend_hides_no_area_in_the_first_picture(open_map: Opener, width: int) -> None:
    page = open_map("prefecture", viewport={"width": width, "height": 800})
    legend, stage = page.locator(".legend").bounding_box(), page.locator(".stage").bounding_box()
    assert legend is not None
    assert stage is not None
    for lon, lat in ((138, 38), (139, 38), (138, 37), (140, 36)):
        x, y = spot(page, lon, lat)
        assert 0 <= x <= stage["width"]
        assert 0 <= y <= stage["height"]
        right, bottom = (
            legend["x"] - stage["x"] + legend["width"],
            legend["y"] - stage["y"] + legend["height"],
        )
        inside = legend["x"] - stage["x"] < x < right and legend["y"] - stage["y"] < y < bottom
        assert not inside


def test_many_places_are_one_numbered_circle_that_opens_on_click(open_map: Opener) -> None:
    page = open_map("places", reduced_motion="reduce")
    root = page.locator(".area-map")
    expect(page.locator(".legend-row").last).to_contain_text("30")
    whole = root.get_attribute("data-view")
    move(page, 138.5, 37.506)
    expect(page.locator(".tip")).to_contain_text("30か所")
    move(page, 138.5, 37.506, click=True)
    expect(root).not_to_have_attribute("data-view", whole or "")
    expect(page.get_by_text("選択:", exact=True)).to_be_visible()


def test_a_spot_of_many_places_counts_as_so_many(open_map: Opener) -> None:
    page = open_map("spots", reduced_motion="reduce")
    root, tip = page.locator(".area-map"), page.locator(".tip")
    expect(page.locator(".legend-row").last).to_contain_text("12,445")
    move(page, 139.5, 36.5)
    expect(tip).to_contain_text("345か所")
    expect(tip).to_contain_text("丁村 Tei-mura")
    expect(page.locator(".live")).to_have_text("345か所 · 丁村 Tei-mura")
    whole = root.get_attribute("data-view")
    move(page, 139.5, 36.5, click=True)
    move(page, 138.5, 37.5)
    expect(tip).to_contain_text("12,100か所")
    assert root.get_attribute("data-view") == whole, "a spot has nothing more to show"
    assert page.faults == []  # type: ignore[attr-defined]


def test_names_in_latin_letters_stand_beside_the_japanese_ones(open_map: Opener) -> None:
    page = open_map("latin")
    move(page, 138.5, 37.5)
    expect(page.locator(".tip-title")).to_have_text("甲県 Ko-ken 甲市 Ko-shi")
    expect(page.locator(".live")).to_contain_text("甲市 Ko-shi")
    move(page, 140.5, 37.5)
    expect(page.locator(".tip-title")).to_have_text("乙県 乙市")


def test_a_year_with_other_boundaries_is_drawn_with_them_in_the_same_frame(open_map: Opener) -> None:
    page = open_map("years", reduced_motion="reduce")
    root = page.locator(".area-map")
    page.get_by_role("button", name="拡大").click()
    near = root.get_attribute("data-view")
    assert colour_at(page, 140.05, 37.4)[:3] != (0, 23, 193)
    set_year(page, 2023)
    assert [url for url in geometry_requests(page) if "later.topo" in url]
    assert colour_at(page, 140.05, 37.4)[:3] == (0, 23, 193)
    assert classes(page) == {"A": 2, "B": 1, "D": 1, "E": 2, "F": 1}
    assert root.get_attribute("data-view") == near
    asked = geometry_requests(page)
    set_year(page, 2022)
    assert geometry_requests(page) == asked


def test_two_maps_on_one_page_do_not_disturb_each_other(open_map: Opener) -> None:
    page = open_map("two")
    page.wait_for_selector('.area-map[data-rev^="two-2022"]')
    assert page.locator(".area-map").count() == 2
    assert len([url for url in geometry_requests(page) if "all.topo" in url]) == 1
    page.locator(".stage").nth(1).scroll_into_view_if_needed()
    x, y = spot(page, 140.5, 37.5, 1)
    page.locator(".stage").nth(1).click(position={"x": x, "y": y})
    expect(page.get_by_text("選択:02000", exact=True)).to_be_visible()


def test_the_map_comes_back_after_a_visit_to_another_page(open_map: Opener) -> None:
    page = open_map()
    page.get_by_role("link", name="別").click()
    expect(page.get_by_text("地図のないページ")).to_be_visible()
    expect(page.locator(".area-map")).to_have_count(0)
    page.get_by_role("link", name="地図", exact=True).click()
    page.wait_for_selector(".area-map[data-rev]")
    assert classes(page)["A"] == 1
    assert page.faults == []  # type: ignore[attr-defined]


def test_the_map_finds_its_files_from_another_page_address(open_map: Opener, site: str) -> None:
    page = open_map()
    page.goto(f"{site}/other")
    expect(page.get_by_text("地図のないページ")).to_be_visible()
    page.get_by_role("link", name="地図", exact=True).click()
    page.wait_for_selector(".area-map[data-rev]")


def test_lost_geometry_is_said_in_words_with_a_way_on(open_map: Opener) -> None:
    page = open_map("lost", painted=False)
    expect(page.locator(".notice.failed")).to_contain_text("読み込めませんでした")
    expect(page.get_by_role("button", name="もう一度")).to_be_visible()


def test_nothing_is_asked_of_another_host(open_map: Opener) -> None:
    page = open_map("places")
    set_year(page, 2023)
    asked: list[str] = page.asked  # type: ignore[attr-defined]
    assert {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))} == {
        "127.0.0.1"
    }


def test_the_picture_can_be_saved(open_map: Opener, tmp_path: Path) -> None:
    page = open_map()
    with page.expect_download() as download:
        page.get_by_role("button", name="画像を保存").click()
    download.value.save_as(tmp_path / "map.png")
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_the_theme_of_the_page_reaches_the_map(open_map: Opener) -> None:
    page = open_map(color_scheme="dark")
    background = page.locator(".legend").evaluate("e => getComputedStyle(e).getPropertyValue('--paper')")
    assert background == "#212124"
    assert sum(colour_at(page, 139.5, 37.5)[:3]) < 200


@pytest.mark.parametrize("scene", ["nation", "places"])
def test_no_accessibility_violations(open_map: Opener, scene: str) -> None:
    page = open_map(scene)
    page.evaluate((COMPONENT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(AXE)
    assert [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found["violations"]] == []


def test_only_the_map_and_its_buttons_are_tab_stops(open_map: Opener) -> None:
    page = open_map("places")
    stops = page.locator(".area-map").evaluate(TAB_STOPS)
    assert stops == ["試験の地図", "拡大", "縮小", "全体を表示", "画像を保存"]
    sizes = page.locator(".control").evaluate_all(
        "all => all.map(b => Math.min(b.offsetWidth, b.offsetHeight))"
    )
    assert min(sizes) >= 24


def test_the_label_says_what_is_drawn(open_map: Opener) -> None:
    page = open_map()
    stage = page.locator(".stage")
    expect(stage).to_have_attribute("role", "application")
    expect(stage).to_have_attribute("aria-label", re.compile("試験の地図"))
    expect(page.locator(".attribution")).to_have_text("境界: 試験用")
