"""Small maps side by side in a real browser with the network cut: pictures, names, choices, columns."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.area_map.bundle import HERE as COMPONENT

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
COLOURS = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let i = 0; i < data.length; i += 4) {
    const name = [data[i], data[i + 1], data[i + 2]].join(' ');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}"""
BLUE, ACCENT = "0 23 193", "251 91 1"
AXE = """() => axe.run({include: [['[data-testid="stBidiComponentIsolated"]']]},
  {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"""


def opened(open_map: Opener, scene: str = "pictures", **options: object) -> Page:
    page = open_map(scene, painted=False, **options)
    page.wait_for_selector('.small-maps[data-painted="2021 2022 2023 01"]')
    return page


def picture(page: Page, title: str) -> Locator:
    return page.locator(".picture").filter(has_text=title)


def colours(page: Page, title: str) -> dict[str, int]:
    counted: dict[str, int] = picture(page, title).locator("canvas").evaluate(COLOURS)
    return counted


def test_each_picture_shows_its_own_states_in_the_looks_of_the_legend(open_map: Opener) -> None:
    page = opened(open_map)
    counted = [
        json.loads(each.get_attribute("data-classes") or "") for each in page.locator(".picture").all()
    ]
    assert counted == [
        {"E": 6, "F": 1},
        {"A": 1, "B": 1, "D": 1, "E": 3, "F": 1},
        {"A": 2, "B": 1, "D": 1, "E": 2, "F": 1},
        {"A": 1, "D": 1, "E": 2},
    ]
    blue = [colours(page, f"{year}年度").get(BLUE, 0) for year in (2021, 2022, 2023)]
    assert blue[0] == 0
    assert 0 < blue[1] < blue[2]
    assert colours(page, "甲県")[ACCENT] > 50, "the chosen area is outlined"
    expect(page.locator(".legend")).to_have_count(1)
    assert page.faults == []  # type: ignore[attr-defined]


def test_the_geometry_is_asked_for_once_and_nothing_of_another_host(open_map: Opener) -> None:
    page = opened(open_map)
    asked = [url for url in page.asked if url.startswith("http")]  # type: ignore[attr-defined]
    assert len([url for url in asked if "all.topo" in url]) == 1
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}


def test_title_and_note_are_the_name_and_an_incomplete_year_looks_it(open_map: Opener) -> None:
    page = opened(open_map)
    incomplete = page.get_by_role("button", name="2023年度 一部のみ")
    assert incomplete.evaluate("node => getComputedStyle(node).borderTopStyle") == "dashed"
    whole = page.get_by_role("button", name="2022年度")
    assert whole.evaluate("node => getComputedStyle(node).borderTopStyle") == "solid"


def test_a_click_or_enter_chooses_a_picture(open_map: Opener) -> None:
    page = opened(open_map)
    picture(page, "2022年度").click()
    expect(page.get_by_text("写真:2022", exact=True)).to_be_visible()
    picture(page, "甲県").press("Enter")
    expect(page.get_by_text("写真:2022,01", exact=True)).to_be_visible()
    expect(picture(page, "甲県")).to_be_focused()


def test_the_tip_names_area_state_and_year_for_pointer_and_keys(open_map: Opener) -> None:
    page = opened(open_map)
    tip = page.locator(".tip")
    box = picture(page, "甲県").locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2 - 20, box["y"] + box["height"] / 2 - 20)
    for part in ("甲市", "市区町村が設置・参画", "甲県", "選ぶと開きます"):
        expect(tip).to_contain_text(part)
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    picture(page, "2023年度").focus()
    page.keyboard.press("Tab")
    expect(tip).to_contain_text("甲市")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".live")).to_have_text("丙町 · E 参画の確認なし")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(tip).to_contain_text('<img src=x onerror="window.pwned=1">')
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert page.evaluate("window.pwned") is None


def test_without_a_choice_the_pictures_are_no_buttons(open_map: Opener) -> None:
    page = opened(open_map, "figures")
    expect(page.locator(".small-maps button")).to_have_count(0)
    expect(page.get_by_role("group", name="2023年度 一部のみ")).to_be_visible()


@pytest.mark.parametrize(("width", "columns"), [(1400, 5), (1000, 5), (760, 3), (480, 2), (330, 1)])
def test_pictures_flow_into_fewer_columns(open_map: Opener, width: int, columns: int) -> None:
    page = opened(open_map, viewport={"width": width, "height": 900})
    tracks = page.locator(".pictures").evaluate(
        "n => getComputedStyle(n).gridTemplateColumns.split(' ').length"
    )
    assert tracks == columns
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_dark_page_has_dark_pictures(open_map: Opener) -> None:
    page = opened(open_map, color_scheme="dark")
    assert colours(page, "2022年度").get(BLUE, 0) == 0
    assert colours(page, "2022年度")["157 183 249"] > 0


@pytest.mark.parametrize("scene", ["pictures", "figures"])
def test_no_accessibility_violations(open_map: Opener, scene: str) -> None:
    page = opened(open_map, scene)
    page.evaluate((COMPONENT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(AXE)
    assert [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found["violations"]] == []
