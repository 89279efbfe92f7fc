"""年度の変化 in Chromium with the network cut: small maps that choose, a build-up without runs, maps that move together."""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

PAINT_LIMIT_MS = 30_000
YEARS = "2022 2023 2024 2025 2026"


@pytest.fixture
def visit(page: Page, app_server: str) -> Callable[[str], Page]:
    """Open the page and wait until its small maps are painted."""

    def go(address: str) -> Page:
        page.goto(f"{app_server}/trend{address}")
        page.locator("#main").wait_for()
        painted(page)
        return page

    return go


def painted(page: Page) -> None:
    page.locator(f'.small-maps[data-painted="{YEARS}"]').wait_for(timeout=PAINT_LIMIT_MS)


def picture(page: Page, year: str) -> Locator:
    return page.locator(".picture").filter(has=page.locator(".picture-title", has_text=year))


def great_map(page: Page, key: str) -> Locator:
    found = page.locator(f".st-key-{key} .area-map[data-rev]").first
    found.wait_for(timeout=PAINT_LIMIT_MS)
    return found


def painted_states(found: Locator) -> dict[str, int]:
    return dict(json.loads(found.get_attribute("data-classes") or "{}"))


def address_of(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_every_year_is_painted_with_its_states_and_says_how_complete_it_is(
    visit: Callable[[str], Page],
) -> None:
    page = visit("?year=2024&view=annual")
    states = [painted_states(each) for each in page.locator(".picture").all()]
    assert states[0] == {"A": 20, "C": 42, "D": 402, "E": 1277}
    assert states[3] == {"F": 1741}
    expect(picture(page, "令和5年度")).to_contain_text("一覧 7/15（一部）")
    expect(picture(page, "令和5年度")).to_contain_text("少なくとも5 / 1,741市区町村")
    expect(picture(page, "令和7年度")).to_contain_text("資料なし")
    borders = [
        each.evaluate("face => getComputedStyle(face).borderStyle") for each in page.locator(".picture").all()
    ]
    assert borders == ["solid", *["dashed"] * 4]


@pytest.mark.parametrize(
    ("area", "box"), [("47000", {"石垣市", "竹富町"}), ("13000", {"八丈町", "三宅村", "大島町", "御蔵島村"})]
)
def test_far_islands_stand_in_a_box_of_their_small_map(
    visit: Callable[[str], Page], area: str, box: set[str]
) -> None:
    page = visit(f"?year=2024&area={area}")
    face = picture(page, "令和4年度")
    size = face.locator("canvas").bounding_box()
    assert size
    told = set()
    for across, up in [(x / 40, y / 40) for x in range(2, 19) for y in range(1, 13)]:
        page.mouse.move(size["x"] + size["width"] * across, size["y"] + size["height"] - size["width"] * up)
        tip = page.locator(".small-maps .tip")
        told |= {tip.inner_text().split("\n")[0]} if tip.is_visible() else set()
    assert told & box


def test_a_wide_prefecture_has_low_small_maps_and_the_chosen_one_is_marked(
    visit: Callable[[str], Page],
) -> None:
    page = visit("?year=2024&area=16000")
    low = picture(page, "令和4年度").locator("canvas").bounding_box()
    assert low
    assert low["height"] < low["width"]
    expect(page.locator('.picture[aria-current="true"]')).to_have_count(1)
    expect(page.locator('.picture[aria-current="true"]')).to_contain_text("令和6年度")


def test_on_a_dark_page_the_new_bodies_are_the_lightest_bars(chromium: Browser, app_server: str) -> None:
    context = chromium.new_context(locale="ja-JP", color_scheme="dark")
    page = context.new_page()
    for address in ("?year=2025", "trend?year=2025"):
        page.goto(f"{app_server}/{address}")
        bar = page.locator(".bar-new").first
        bar.wait_for(timeout=PAINT_LIMIT_MS)
        assert bar.evaluate("bar => getComputedStyle(bar).backgroundColor") == "rgb(157, 183, 249)"
    context.close()


def test_a_click_on_a_small_map_chooses_its_year(visit: Callable[[str], Page]) -> None:
    page = visit("?year=2025&view=annual")
    picture(page, "令和4年度").click()
    expect(page.locator("h1")).to_contain_text("29団体")
    expect(page.locator("h1")).not_to_contain_text("少なくとも")
    assert address_of(page) == {"year": "2022", "view": "annual"}
    expect(picture(page, "令和4年度")).to_contain_text("選択中")


def test_the_published_total_is_seen_as_a_line_where_fewer_are_named(visit: Callable[[str], Page]) -> None:
    page = visit("?year=2024")
    rows = page.locator(".st-key-card-trend-bars .bar-scale")
    for row, named in ((1, (3, 4)), (2, (2, 1, 3, 2))):
        bars = [rows.nth(row).locator(".bar").nth(i).bounding_box() for i in range(len(named))]
        mark = rows.nth(row).locator(".reference").bounding_box()
        assert mark is not None
        assert all(bar is not None for bar in bars)
        ends = [bar["x"] + bar["width"] for bar in bars if bar]
        assert ends[-1] < mark["x"], "the line stands beyond the named bodies"
    expect(rows.nth(1).locator(".reference")).to_contain_text("公表 15")


def test_the_build_up_steps_by_keyboard_without_a_run_and_comes_back(
    page: Page, visit: Callable[[str], Page]
) -> None:
    sent: list[object] = []

    def note(frame: object) -> None:  # Playwright marks what it calls: a method of a list cannot be marked
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    visit("?year=2024&open=play")
    found = great_map(page, "card-trend-play")
    now = painted_states(found)
    assert sent, "what is sent is seen"
    sent.clear()
    player = page.locator(".st-key-card-trend-play .area-map [role=group]").filter(has=page.locator(".play"))
    player.locator(".next").focus()
    page.keyboard.press("Enter")
    expect(player).to_contain_text("令和4年度末")
    expect(player).to_contain_text("20 / 1,741市区町村")
    assert painted_states(found) == {"A": 20, "C": 42, "D": 402, "E": 1277}
    page.keyboard.press("Enter")
    expect(player).to_contain_text("少なくとも22 / 1,741市区町村")
    expect(player).to_contain_text("15団体中7団体のみ収録")
    assert "year=2024" in page.url, "a frame is no choice of a year"
    player.locator(".player-off").press("Enter")
    assert painted_states(found) == now
    assert sent == []


def test_the_build_up_plays_only_when_asked_and_stops_at_the_last_year(visit: Callable[[str], Page]) -> None:
    page = visit("?open=play")
    great_map(page, "card-trend-play")
    player = page.locator(".st-key-card-trend-play .player-bar")
    expect(player.locator(".play")).to_have_attribute("aria-label", re.compile("再生"))
    player.locator(".play").press("Enter")
    expect(player.locator(".play")).to_have_attribute("aria-label", "一時停止")
    expect(page.locator(".player-label")).to_contain_text("令和8年度末", timeout=PAINT_LIMIT_MS)


def test_with_less_motion_the_build_up_goes_on_by_one_year(chromium: Browser, app_server: str) -> None:
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{app_server}/trend?open=play&lang=en")
    great_map(page, "card-trend-play")
    player = page.locator(".st-key-card-trend-play .player-bar")
    expect(player.locator(".play")).to_have_attribute("aria-label", "Step forward")
    for year in ("FY2022", "FY2023"):
        player.locator(".play").press("Enter")
        expect(page.locator(".player-label")).to_contain_text(f"End of {year}")
    context.close()


def test_the_two_maps_move_together_and_the_sentence_says_what_differs(visit: Callable[[str], Page]) -> None:
    page = visit("?year=2024&beside=2022")
    left, right = great_map(page, "card-trend-two"), great_map(page, "card-trend-two-second")
    assert painted_states(left) != painted_states(right)
    before = right.get_attribute("data-view")
    page.locator(".st-key-card-trend-two [data-act=zoom_in]").first.click()
    expect(right).not_to_have_attribute("data-view", before or "")
    expect(right).to_have_attribute("data-view", left.get_attribute("data-view") or "")
    expect(page.locator(".differ")).to_contain_text("状態が異なります")


def test_opening_a_panel_keeps_the_small_maps_where_they_are(visit: Callable[[str], Page]) -> None:
    page = visit("?year=2024")
    page.locator(".picture").first.evaluate("face => { face.dataset.same = 'yes'; }")
    page.get_by_text("表で見る（年度ごとの地図と同じ内容）").click()
    expect(page.locator(".st-key-card-trend-maps table")).to_be_visible()
    expect(page.locator(".picture").first).to_have_attribute("data-same", "yes")
    assert address_of(page)["open"] == "years"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_overflows_on_a_phone_and_nothing_leaves_the_machine(
    visit: Callable[[str], Page], outside_requests: list[str], language: str
) -> None:
    page = visit(f"?lang={language}&year=2024&beside=inclusive&open=years.play.difference")
    great_map(page, "card-trend-two-second")
    for width in (1440, 400):
        page.set_viewport_size({"width": width, "height": 900})
        painted(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    assert outside_requests == []
