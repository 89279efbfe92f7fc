"""The preview of pages in a real browser with the network cut: the very page, sharp, harmless, in every colour vision."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, WebSocket, expect

from dashboard.area_map.bundle import HERE as COMPONENT
from dashboard.area_map.bundle import bundle_manifest

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
AXE = """() => axe.run({include: [['[data-testid="stBidiComponentIsolated"]']]},
  {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"""


def opened(open_map: Opener, scene: str = "stage", **options: object) -> Page:
    page = open_map(scene, painted=False, **options)
    page.wait_for_selector(".page-stage[data-rev]")
    return page


def paper(page: Page) -> Locator:
    return page.locator(".stage-paper > svg")


def colour(part: Locator) -> tuple[int, ...]:
    """The colour on the screen in the middle of a part of the page."""
    picture = Image.open(io.BytesIO(part.screenshot())).convert("RGB")
    found = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(found, tuple)
    return found


def violations(page: Page) -> list[str]:
    page.evaluate((COMPONENT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(AXE)
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found["violations"]]


# -- the page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [400, 760, 1000, 1440])
def test_the_whole_page_stands_on_white_paper_in_its_proportions(open_map: Opener, width: int) -> None:
    page = opened(open_map, viewport={"width": width, "height": 900})
    box = paper(page).bounding_box()
    view = page.locator(".stage-view").bounding_box()
    assert box is not None
    assert view is not None
    assert box["width"] / box["height"] == pytest.approx(960 / 540, rel=0.005)
    assert box["width"] == pytest.approx(view["width"], abs=3)
    assert box["height"] == pytest.approx(view["height"], abs=3)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.locator(".stage-view").evaluate("n => getComputedStyle(n).borderTopWidth") == "1px"


def test_text_is_text_in_the_font_of_the_page(open_map: Opener) -> None:
    page = opened(open_map)
    page.add_style_tag(url=f"/assets/{bundle_manifest().font_css}")
    title = paper(page).locator("text").first
    assert title.text_content() == "令和4年度は29団体が取り組んだ"
    family = title.evaluate("node => getComputedStyle(node).fontFamily")
    assert family.startswith('"Noto Sans JP"')
    loaded = """async text => (await document.fonts.load('700 22px "Noto Sans JP"', text)).length > 0
      && document.fonts.check('700 22px "Noto Sans JP"', text)"""
    assert page.evaluate(loaded, title.text_content())
    assert page.locator(".stage-paper img").count() == 0


def test_the_page_has_a_name_for_the_ear(open_map: Opener) -> None:
    page = opened(open_map)
    name = "令和4年度は29団体が取り組んだ 甲県を塗った地図です。"
    expect(page.get_by_role("img", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="ページの見本")).to_be_visible()


def test_a_hostile_page_is_a_picture_and_nothing_more(open_map: Opener) -> None:
    page = opened(open_map, "stage&shown=page-2023")
    drawn = paper(page)
    expect(drawn).to_contain_text('<b onclick="x">甲市</b>')
    names = set(drawn.evaluate("node => [...node.querySelectorAll('*')].map(each => each.localName)"))
    assert names == {"defs", "path", "pattern", "rect", "text", "title", "use"}
    attributes = set(
        drawn.evaluate(
            "n => [...n.querySelectorAll('*')].flatMap(e => e.getAttributeNames().map(a => a.toLowerCase()))"
        )
    )
    assert not {name for name in attributes if name.startswith("on")}
    assert not attributes & {"style", "class", "tabindex", "src"}
    calls = drawn.evaluate('node => node.outerHTML.match(/https?:[^"]+|data:[^"]+|javascript:/g)')
    assert calls is None
    references = drawn.evaluate("n => [...n.querySelectorAll('use')].map(use => use.getAttribute('href'))")
    assert [each for each in references if each] == ["#page1-kept"]
    expect(page.locator(".stage-bar")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.pwned") is None
    asked = [url for url in page.asked if url.startswith("http")]  # type: ignore[attr-defined]
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert page.faults == []  # type: ignore[attr-defined]


def test_patterns_of_two_pages_do_not_mix(open_map: Opener) -> None:
    page = opened(open_map)
    ids = page.locator(".page-stage").evaluate(
        "root => [...root.querySelectorAll('svg [id]')].map(node => node.id)"
    )
    assert len(ids) == len(set(ids))
    page.get_by_role("button", name="次のページ").click()
    fill = paper(page).locator("rect[fill^='url(']").get_attribute("fill")
    assert fill == "url(#page1-hatch)"


def test_until_the_pages_are_there_the_paper_says_that_they_are_coming(open_map: Opener) -> None:
    hold = "Response.prototype.json = () => new Promise((there) => { window.arrive = there; })"
    page = open_map("stage_bare", painted=False, script=hold)
    expect(page.locator(".stage-paper")).to_have_text("ページを描いています")
    expect(page.get_by_role("button", name="次のページ")).to_be_hidden()
    box = page.locator(".stage-view").bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.02), (
        "nothing below jumps when the page comes"
    )


def test_before_its_script_is_there_the_stage_says_that_pages_are_coming(open_map: Opener) -> None:
    page = open_map("stage_bare", painted=False, held=bundle_manifest().js)
    expect(page.get_by_text("ページを描いています")).to_be_visible()


# -- turning and size -------------------------------------------------------------------------------------------


def test_pages_turn_by_button_and_key_without_a_run(open_map: Opener) -> None:
    page = opened(open_map)
    page.get_by_role("button", name="次のページ").click()
    expect(page.locator(".stage-count")).to_have_text("2 / 3")
    page.locator(".stage-view").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".stage-count")).to_have_text("3 / 3")
    expect(page.locator(".page-stage > .live")).to_have_text("3ページ中3ページ目 積み上げ：３年度で４４団体")
    expect(page.get_by_role("button", name="次のページ")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("ArrowLeft")
    expect(paper(page)).to_contain_text("令和5年度")
    expect(page.get_by_text("実行:1", exact=True)).to_be_visible()


def test_a_run_with_the_same_pages_leaves_the_reader_where_they_are(open_map: Opener) -> None:
    page = opened(open_map)
    page.get_by_role("button", name="次のページ").click()
    page.get_by_role("button", name="実寸").click()
    paper(page).evaluate("node => { node.dataset.mine = 'yes'; }")
    page.get_by_role("button", name="もう一度描く").click()
    expect(page.get_by_text("実行:2", exact=True)).to_be_visible()
    expect(page.locator(".stage-count")).to_have_text("2 / 3")
    expect(paper(page)).to_have_attribute("data-mine", "yes")
    expect(page.locator(".stage-percent")).to_have_text("100%")


def test_python_is_told_of_a_turn_only_if_it_asks(open_map: Opener) -> None:
    page = opened(open_map, "stage_told")
    page.get_by_role("button", name="次のページ").click()
    expect(page.get_by_text("表示:page-2023", exact=True)).to_be_visible()
    expect(page.locator(".stage-count")).to_have_text("2 / 3")


def test_an_answer_to_a_turn_moves_nobody(open_map: Opener) -> None:
    page = opened(open_map, "stage_told")
    count = page.locator(".stage-count")
    for _ in range(2):
        page.get_by_role("button", name="次のページ").click()  # the second before the first is answered
    expect(page.get_by_text("表示:build_up", exact=True)).to_be_visible()
    expect(count).to_have_text("3 / 3")
    page.get_by_role("button", name="前のページ").click()
    expect(page.get_by_text("表示:page-2023", exact=True)).to_be_visible()
    expect(count).to_have_text("2 / 3")


def test_pages_are_sent_once_and_a_turn_says_little(open_map: Opener) -> None:
    page = opened(open_map)
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    page.on("websocket", listen)
    page.goto(page.url.replace("scene=stage", "scene=stage_told"))
    page.wait_for_selector(".page-stage[data-rev]")
    page.get_by_role("button", name="もう一度描く").click()
    expect(page.get_by_text("実行:2", exact=True)).to_be_visible()
    before = sum(received)
    page.get_by_role("button", name="次のページ").click()
    expect(page.get_by_text("表示:page-2023", exact=True)).to_be_visible()
    sent_again = sum(received) - before
    assert 0 < sent_again < 12_000, "the sentences, not the pages"


def test_the_page_that_is_asked_for_is_shown_first(open_map: Opener) -> None:
    page = opened(open_map, "stage&shown=build_up")
    expect(page.locator(".stage-count")).to_have_text("3 / 3")


def test_the_size_changes_by_button_and_key_and_the_view_scrolls(open_map: Opener) -> None:
    page = opened(open_map, viewport={"width": 800, "height": 900})
    view = page.locator(".stage-view")
    page.get_by_role("button", name="実寸").click()
    box = paper(page).bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(960 * 96 / 72, abs=1)
    assert view.evaluate("node => node.scrollWidth > node.clientWidth && node.scrollLeft > 0")
    expect(page.get_by_role("button", name="実寸")).to_have_attribute("aria-pressed", "true")
    view.focus()
    page.keyboard.press("+")
    expect(page.locator(".stage-percent")).to_have_text("150%")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".stage-count")).to_have_text("1 / 3")  # the arrow moves the page in its view
    page.keyboard.press("0")
    expect(page.get_by_role("button", name="全体")).to_have_attribute("aria-pressed", "true")
    assert view.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    page.get_by_role("button", name="大きくする").click()
    expect(page.locator(".stage-percent")).to_have_text("100%")
    page.get_by_role("button", name="小さくする").click()
    expect(page.locator(".stage-percent")).to_have_text("50%")


# -- colour vision ----------------------------------------------------------------------------------------------

RED_SEEN = {
    "印刷どおり": (255, 0, 0),
    "1型（P型）": (109, 95, 0),
    "2型（D型）": (163, 144, 0),
    "3型（T型）": (255, 0, 15),
    "白黒コピー": (127, 127, 127),
}
"""Full red through the matrices of Machado et al. (2009) on linear RGB, and through luminance 0.2126."""


def test_the_page_is_seen_as_people_with_another_colour_vision_see_it(open_map: Opener) -> None:
    page = opened(open_map, "stage&shown=page-2023")
    for name, wanted in RED_SEEN.items():
        page.get_by_label(name).check()
        found = colour(paper(page).locator("[id$=area]"))
        assert found == pytest.approx(wanted, abs=3), name
    expect(page.get_by_text("実行:1", exact=True)).to_be_visible()


def test_the_choice_is_said_in_words_and_stays_while_pages_turn(open_map: Opener) -> None:
    page = opened(open_map)
    note = page.locator(".stage-note")
    expect(note).to_have_attribute("role", "status")
    expect(note).to_have_text("ファイルや紙に出る色のままです。")
    page.get_by_label("印刷どおり").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("1型（P型）")).to_be_checked()
    expect(note).to_contain_text("赤を感じにくい")
    page.get_by_role("button", name="次のページ").click()
    assert "protan" in page.locator(".stage-paper").evaluate("node => getComputedStyle(node).filter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violations(open_map: Opener, scheme: str) -> None:
    page = opened(open_map, color_scheme=scheme)
    page.get_by_role("button", name="実寸").click()
    page.get_by_label("白黒コピー").check()
    assert violations(page) == []


def test_paper_is_white_on_a_dark_page(open_map: Opener) -> None:
    page = opened(open_map, color_scheme="dark")
    assert (
        page.locator(".stage-paper").evaluate("n => getComputedStyle(n).backgroundColor")
        == "rgb(255, 255, 255)"
    )
