"""The presentation in a real browser with the network cut: keys, clicker, touch, links, focus, size of type, and no runs."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.area_map.test_stage_in_browser import opened, violations

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
FOCUSED = """() => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node.getAttribute('aria-label') ?? node.className;
}"""


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="会場での表示")


def presented(open_map: Opener, scene: str = "stage", **options: object) -> Page:
    """The presentation, opened by a press."""
    page = opened(open_map, scene, **{"viewport": {"width": 1280, "height": 720}, **options})
    page.get_by_role("button", name="会場で表示").click()
    expect(dialog(page)).to_be_visible()
    return page


def linked(open_map: Opener, key: str = "2023", **options: object) -> Page:
    """The presentation, opened by a link."""
    page = opened(open_map, f"stage&present={key}", **{"viewport": {"width": 1280, "height": 720}, **options})
    expect(dialog(page)).to_be_visible()
    return page


def told(page: Page) -> str:
    """The title of the page on the screen."""
    return page.locator(".stage-sheet.now text").first.text_content() or ""


def at(page: Page, number: int, pages: int = 3) -> None:
    """Make sure of the page that is shown: the only one, said aloud."""
    expect(page.locator(".stage-place")).to_have_text(f"{number} / {pages}")
    expect(page.locator(".stage-sheet.now")).to_have_count(1)
    expect(page.locator(".stage-screen .live")).to_have_text(f"{pages}ページ中{number}ページ目 {told(page)}")


def test_keys_lead_onward_and_no_further_than_the_last(open_map: Opener) -> None:
    page = linked(open_map, "2022")
    for onward in ("ArrowRight", "ArrowDown", "Space", "PageDown", "Enter"):
        for number in (2, 3, 3):
            page.keyboard.press(onward)
            at(page, number)
        page.keyboard.press("Home")


def test_keys_lead_back_and_no_further_than_the_first(open_map: Opener) -> None:
    page = linked(open_map, "build_up")
    for back in ("ArrowLeft", "ArrowUp", "PageUp", "Backspace"):
        for number in (2, 1, 1):
            page.keyboard.press(back)
            at(page, number)
        page.keyboard.press("End")


def test_home_end_and_digits_jump(open_map: Opener) -> None:
    page = presented(open_map, "stage_many")
    for key, number in (("End", 12), ("Home", 1), ("5", 5), ("Home", 1)):
        page.keyboard.press(key)
        at(page, number, 12)
    page.keyboard.type("12")
    at(page, 12, 12)
    page.keyboard.press("0")  # there is no page 120, and none of number 0
    at(page, 12, 12)


def test_b_and_the_dot_of_a_clicker_darken_the_screen(open_map: Opener) -> None:
    page = presented(open_map)
    sheet = page.locator(".stage-sheet.now")
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(sheet).to_be_hidden()
        expect(page.locator(".stage-screen .live")).to_contain_text("画面を消しています")
        page.keyboard.press(key)
        expect(sheet).to_be_visible()
    page.keyboard.press("B")
    page.keyboard.press("PageDown")
    expect(sheet).to_be_visible()
    at(page, 2)


def test_nothing_runs_and_nothing_is_sent_while_pages_turn(open_map: Opener) -> None:
    page = opened(open_map, viewport={"width": 1280, "height": 720})
    sent: list[object] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append([frame]))

    page.on("websocket", listen)
    page.reload()
    page.wait_for_selector(".page-stage[data-rev]")
    expect(page.get_by_text("実行:1", exact=True)).to_be_visible()
    before = len(sent)
    assert before, "the connection is listened to"
    page.get_by_role("button", name="会場で表示").click()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "b", "b", "Home", "3", "Escape"):
        page.keyboard.press(key)
    expect(dialog(page)).to_be_hidden()
    page.get_by_role("button", name="もう一度描く").click()
    expect(page.get_by_text("実行:2", exact=True)).to_be_visible()
    assert len(sent) == before + 1, "only the button at the end"


def test_the_button_presents_what_the_preview_shows(open_map: Opener) -> None:
    page = opened(open_map, "stage&shown=page-2023", viewport={"width": 1280, "height": 720})
    page.get_by_role("button", name="会場で表示").click()
    at(page, 2)
    expect(page).to_have_url(re.compile("&present=2023$"))


def test_a_link_opens_its_page_and_a_strange_one_nothing(open_map: Opener) -> None:
    page = linked(open_map, "2023")
    at(page, 2)
    assert not page.evaluate("Boolean(document.fullscreenElement)"), "a link alone takes no screen"
    strange = opened(open_map, "stage&present=%3Cscript%3E")
    expect(dialog(strange)).to_be_hidden()
    bare = opened(open_map, "stage_bare&present=2022")
    expect(dialog(bare)).to_be_hidden()
    expect(bare.get_by_role("button", name="会場で表示")).to_be_hidden()


def test_the_address_follows_the_pages_and_forgets_them_at_the_end(open_map: Opener) -> None:
    page = linked(open_map, "2023")
    steps = page.evaluate("history.length")
    page.keyboard.press("ArrowRight")
    at(page, 3)
    assert page.url.endswith("/?scene=stage&present=build_up")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(page.get_by_text("住所:なし")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?scene=stage$"))
    page.get_by_role("button", name="もう一度描く").click()
    expect(page.get_by_text("実行:3", exact=True)).to_be_visible()
    expect(page.get_by_text("住所:なし")).to_be_visible()
    expect(dialog(page)).to_be_hidden()
    assert page.evaluate("history.length") == steps


def test_a_press_takes_the_whole_screen_and_one_escape_leaves_both(open_map: Opener) -> None:
    page = presented(open_map)
    page.wait_for_function("document.fullscreenElement")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("f")
    page.wait_for_function("!document.fullscreenElement")
    at(page, 2)
    page.keyboard.press("F5")  # a clicker's start button never loads the page again
    page.wait_for_function("document.fullscreenElement")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    page.wait_for_function("!document.fullscreenElement")
    expect(page.get_by_role("button", name="会場で表示")).to_be_focused()


def test_leaving_full_screen_by_the_browsers_own_means_leaves_both(open_map: Opener) -> None:
    page = presented(open_map)
    page.wait_for_function("document.fullscreenElement")
    page.evaluate("document.exitFullscreen()")
    expect(dialog(page)).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/\?scene=stage$"))


@pytest.mark.parametrize("opens", [presented, linked])
def test_the_focus_stays_inside_and_returns_to_the_button(
    open_map: Opener, opens: Callable[[Opener], Page]
) -> None:
    page = opens(open_map)
    ring = []
    for _ in range(6):
        page.keyboard.press("Tab")
        ring.append(page.evaluate(FOCUSED))
    assert ring[:2] == ["前のページ", "次のページ"]
    assert ring[3] == "終わる"
    assert ring[4].startswith("stage-screen")
    assert ring[5] == ring[0]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # on the button that ends
    expect(dialog(page)).to_be_hidden()
    expect(page.get_by_role("button", name="会場で表示")).to_be_focused()


def test_the_page_beneath_is_inert(open_map: Opener) -> None:
    page = linked(open_map)
    before = page.evaluate(FOCUSED)
    page.evaluate("[...document.querySelectorAll('button')].forEach(button => button.focus())")
    assert page.evaluate(FOCUSED) == before
    expect(dialog(page)).to_have_attribute("aria-modal", "true")
    covered = page.evaluate(
        """() => [[2, 2], [innerWidth - 2, 2], [2, innerHeight - 2]].every(([x, y]) =>
          document.elementFromPoint(x, y).shadowRoot?.elementFromPoint(x, y).closest('.stage-dialog'))"""
    )
    assert covered


def test_the_thirds_of_the_screen_turn_pages_and_the_middle_does_not(open_map: Opener) -> None:
    page = linked(open_map, "2022")
    for x, number in ((1200, 2), (640, 2), (1000, 3), (100, 2)):
        page.mouse.click(x, 200)
        at(page, number)


def test_a_swipe_turns_pages(open_map: Opener) -> None:
    page = linked(open_map, "2022", has_touch=True)
    for start, end, number in ((700, 400, 2), (400, 700, 1)):
        page.mouse.move(start, 300)
        page.mouse.down()
        page.mouse.move(end, 310)
        page.mouse.up()
        at(page, number)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (1024, 768), (720, 1280)])
def test_the_page_fills_the_screen_without_being_cut(open_map: Opener, width: int, height: int) -> None:
    page = linked(open_map, viewport={"width": width, "height": height})
    box = page.locator(".stage-sheet.now").bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(960 / 540, rel=0.005)
    assert max(box["width"] / width, box["height"] / height) == pytest.approx(1, rel=0.005)
    assert box["x"] == pytest.approx((width - box["width"]) / 2, abs=1)
    assert box["y"] == pytest.approx((height - box["height"]) / 2, abs=1)


def test_all_type_on_the_screen_is_24_points_or_larger(open_map: Opener) -> None:
    page = linked(open_map)
    point = 1280 / 960  # CSS pixels of a point of the 960 × 540 page
    for text in page.locator(".stage-sheet.now text").all():
        size = text.evaluate("node => parseFloat(getComputedStyle(node).fontSize) * node.getScreenCTM().a")
        assert size >= 24 * point - 0.01
    page.mouse.move(640, 300)
    for part in page.locator(".stage-place, .stage-keys, .stage-control").all():
        expect(part).to_be_visible()
        assert float(part.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 24 * point


def test_what_is_not_the_page_fades_away_with_the_cursor(open_map: Opener) -> None:
    page = linked(open_map)
    screen = page.locator(".stage-screen")
    page.mouse.move(640, 300)
    expect(page.locator(".stage-controls")).to_be_visible()
    expect(screen).to_have_css("cursor", "default")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".stage-place")).to_be_visible()
    expect(page.locator(".stage-controls")).to_be_hidden()
    expect(page.locator(".stage-place")).to_be_hidden()
    expect(screen).to_have_css("cursor", "none")


@pytest.mark.parametrize(("motion", "fades"), [("no-preference", "0.3s, 0.3s"), ("reduce", "0s")])
def test_pages_never_move_and_the_rest_does_not_where_less_motion_is_asked_for(
    open_map: Opener, motion: str, fades: str
) -> None:
    page = linked(open_map, reduced_motion=motion)
    page.keyboard.press("ArrowRight")
    sheet = page.locator(".stage-sheet.now")
    expect(sheet).to_have_css("animation-name", "none")
    expect(sheet).to_have_css("transition-duration", "0s")
    expect(page.locator(".stage-controls")).to_have_css("transition-duration", fades)


def test_the_screen_is_kept_awake_while_pages_are_presented(open_map: Opener) -> None:
    page = opened(open_map, viewport={"width": 1280, "height": 720})
    page.evaluate(
        """() => {
          window.locks = 0;
          navigator.wakeLock.request = async () => (window.locks++, {release: async () => { window.locks--; }});
        }"""
    )
    page.get_by_role("button", name="会場で表示").click()
    page.wait_for_function("window.locks === 1")
    page.keyboard.press("Escape")
    page.wait_for_function("window.locks === 0")


def test_keys_with_a_modifier_belong_to_the_browser(open_map: Opener) -> None:
    page = linked(open_map, "2022")
    for key in ("Control+ArrowRight", "Alt+b", "Control+3"):
        page.keyboard.press(key)
    at(page, 1)
    expect(page.locator(".stage-sheet.now")).to_be_visible()


def test_no_accessibility_violations_of_the_presentation(open_map: Opener) -> None:
    page = linked(open_map)
    page.mouse.move(640, 300)
    expect(page.locator(".stage-controls")).to_have_css("opacity", "1")
    assert violations(page) == []
    assert page.faults == []  # type: ignore[attr-defined]


# -- pages that come later ----------------------------------------------------------------------------------------


def test_who_presents_before_the_pages_are_there_is_told_and_then_presents(open_map: Opener) -> None:
    page = opened(open_map, "stage_slow")
    expect(page.locator(".stage-paper > svg")).to_be_visible()
    page.get_by_role("button", name="次のページ").click()
    page.get_by_role("button", name="会場で表示").click()
    expect(page.locator(".page-stage > .live")).to_have_text("会場用のページを準備しています")
    expect(page.get_by_role("button", name="会場用のページを準備しています")).to_be_visible()
    expect(dialog(page)).to_be_hidden()
    page.get_by_role("button", name="もう一度描く").click()
    at(page, 2)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="会場で表示")).to_be_focused()


def test_a_link_presents_as_soon_as_the_pages_are_there(open_map: Opener) -> None:
    page = opened(open_map, "stage_slow&present=2023")
    expect(page.locator(".stage-paper > svg")).to_be_visible()
    expect(dialog(page)).to_be_hidden()
    page.get_by_role("button", name="もう一度描く").click()
    at(page, 2)
