"""The evidence of a number as its readers meet it: opened without a load, ended with Esc, the map untouched beneath it."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

PAINT_LIMIT_MS = 30_000
START = "?year=2022&view=annual"


@pytest.fixture
def visit(page: Page, app_server: str) -> Callable[[str], Page]:
    """Open a page of the app and mark its map and its window: a map built anew, a page loaded anew has no mark."""

    def go(address: str) -> Page:
        page.goto(f"{app_server}/{address}")
        the_map(page).evaluate("map => { map.dataset.mine = '1'; window.mine = 1; }")
        return page

    return go


def the_map(page: Page) -> Locator:
    found = page.locator(".area-map[data-rev]").first
    found.wait_for(timeout=PAINT_LIMIT_MS)
    return found


def dialog(page: Page) -> Locator:
    return page.locator("[data-testid='stDialog']")


def address_of(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def is_untouched(page: Page) -> bool:
    return page.evaluate("window.mine") == 1 and the_map(page).get_attribute("data-mine") == "1"


def end(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    page.wait_for_url(re.compile(r"^(?!.*proof=)"))


def test_a_card_opens_its_evidence_and_esc_ends_it_without_touching_the_map(
    visit: Callable[[str], Page],
) -> None:
    page = visit(START)
    link = page.get_by_role("link", name="市区町村（狭義）の根拠")
    link.click()
    expect(dialog(page)).to_contain_text("市区町村（狭義）：20 / 1,741")
    assert address_of(page)["proof"] == "municipalities"
    assert is_untouched(page)
    end(page)
    expect(link).to_be_focused()
    assert address_of(page) == {"year": "2022", "view": "annual"}
    assert is_untouched(page)
    link.click()
    expect(dialog(page)).to_be_visible()


def test_a_click_beside_a_dialog_and_its_cross_end_it_too(visit: Callable[[str], Page]) -> None:
    page = visit(START)
    for ending in ("outside", "cross"):
        page.locator(".strip a.proof").first.click()
        expect(dialog(page)).to_contain_text("令和4年度の取組団体の一覧：29 / 29")
        if ending == "outside":
            page.mouse.click(12, 500)
        else:
            dialog(page).locator("button[type='button'][aria-label='閉じる']").click()
        expect(dialog(page)).to_have_count(0)
        page.wait_for_url(re.compile(r"^(?!.*proof=)"))
    assert is_untouched(page)


def test_the_ranking_leads_to_municipalities_and_each_row_to_its_area_and_back_goes_back(
    visit: Callable[[str], Page],
) -> None:
    page = visit(START)
    bar = page.locator(".st-key-card-ranking a.proof").first
    number = bar.inner_text()
    assert number in (bar.get_attribute("aria-label") or "")
    bar.click()
    expect(dialog(page)).to_contain_text("東京都：狭義に含まれない62市区町村")
    dialog(page).locator("tbody tr").filter(has_text="世田谷区").locator("td").last.click()
    expect(dialog(page)).to_contain_text("世田谷区（13112）")
    assert address_of(page)["proof"] == "area.13112"
    page.go_back()
    expect(dialog(page)).to_contain_text("東京都：狭義に含まれない62市区町村")
    end(page)
    expect(bar).to_be_focused()
    assert is_untouched(page)


def test_a_link_to_evidence_is_a_link_without_the_script(visit: Callable[[str], Page]) -> None:
    page = visit(START)
    link = page.get_by_role("link", name="市区町村（狭義）の根拠")
    page.goto(f"{page.url.split('?')[0]}{link.get_attribute('href')}")
    expect(dialog(page)).to_contain_text("市区町村（狭義）：20 / 1,741")
    expect(page.locator(".st-key-copy button")).to_have_text("リンクをコピー")  # the script is there
    end(page)
    expect(page.locator("a.proof:focus")).to_have_attribute("href", re.compile("proof=municipalities$"))


def test_a_click_with_a_key_remains_the_browsers_own(visit: Callable[[str], Page]) -> None:
    page = visit(START)
    with page.context.expect_page() as other:
        page.get_by_role("link", name="市区町村（狭義）の根拠").click(modifiers=["Control"])
    assert "proof=municipalities" in other.value.url
    expect(dialog(page)).to_have_count(0)


def test_the_keyboard_opens_and_ends_it(visit: Callable[[str], Page]) -> None:
    page = visit(START)
    link = page.get_by_role("link", name="都道府県の根拠", exact=True)
    link.press("Enter")
    expect(dialog(page)).to_contain_text("都道府県：9 / 47")
    end(page)
    expect(link).to_be_focused()


def test_a_dialog_fits_a_phone_and_its_title_is_whole(visit: Callable[[str], Page]) -> None:
    page = visit(f"{START}&proof=state.34000.A")
    for width in (1440, 400):
        page.set_viewport_size({"width": width, "height": 900})
        box = dialog(page).get_by_role("heading").first.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        whole = dialog(page).locator("[role='dialog']")
        assert whole.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_the_way_to_the_documents_leaves_the_evidence(visit: Callable[[str], Page]) -> None:
    page = visit(f"{START}&proof=list.2023")
    dialog(page).get_by_role("link", name=re.compile("資料の一覧を見る")).click()
    expect(page.locator("h1")).to_have_text("データと出典")
    expect(dialog(page)).to_have_count(0)
    assert address_of(page) == {"year": "2022", "view": "annual", "tab": "documents"}
