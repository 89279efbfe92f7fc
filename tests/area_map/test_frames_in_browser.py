"""The build-up player in a real browser: off at first, one frame after the other, never a run of the page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.area_map.bundle import HERE as COMPONENT

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
AXE = """() => axe.run({include: [['[data-testid="stBidiComponentIsolated"]']]},
  {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"""


def classes(page: Page) -> dict[str, int]:
    counted: dict[str, int] = json.loads(page.locator(".area-map").get_attribute("data-classes") or "{}")
    return counted


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def count_of(page: Page, key: str) -> str:
    return page.locator(".legend-row").filter(has_text=key).locator(".legend-count").inner_text()


def test_it_is_off_at_first_and_leads_back(open_map: Opener) -> None:
    page = open_map("frames")
    assert classes(page) == {"A": 1, "B": 1, "D": 1, "E": 3, "F": 1}
    expect(page.locator(".player-label")).to_have_text("再生できます")
    button(page, "次へ").click()
    expect(page.locator(".player-label")).to_contain_text("2021年度末")
    button(page, "もとに戻す").click()
    assert classes(page) == {"A": 1, "B": 1, "D": 1, "E": 3, "F": 1}
    expect(button(page, "再生")).to_be_focused()


def test_a_frame_repaints_legend_tip_and_voice_without_a_run(open_map: Opener) -> None:
    page = open_map("frames", reduced_motion="reduce")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    revision = page.locator(".area-map").get_attribute("data-rev")
    page.evaluate("() => { WebSocket.prototype.send = () => { window.told = true; }; }")
    button(page, "次へ").click()
    assert classes(page) == {"E": 6, "F": 1}
    assert (count_of(page, "市区町村が設置・参画"), count_of(page, "参画の確認なし")) == ("0", "6")
    expect(page.locator(".live")).to_have_text("2021年度末 一部のみ")
    expect(page.locator(".player-note")).to_have_text("一部のみ")
    page.locator(".stage").hover(position={"x": 500, "y": 100})
    tip = page.locator(".tip")
    expect(tip).to_contain_text("参画の確認なし")
    expect(tip).to_contain_text("2021年度末")
    expect(tip).not_to_contain_text("令和4年度から")
    assert page.locator(".player-label").evaluate("n => parseFloat(getComputedStyle(n).fontSize)") >= 28
    assert page.locator(".area-map").get_attribute("data-rev") == revision
    assert page.evaluate("window.told") is None
    assert sent == []


def test_it_plays_to_the_end_and_pauses_when_asked(open_map: Opener) -> None:
    page = open_map("frames", reduced_motion="no-preference")
    button(page, "再生").click()
    expect(page.locator(".player-label")).to_contain_text("2021年度末")
    button(page, "一時停止").click()
    expect(button(page, "再生")).to_be_visible()
    page.evaluate("() => new Promise((done) => setTimeout(done, 1900))")
    expect(page.locator(".player-label")).to_contain_text("2021年度末")
    button(page, "再生").click()
    expect(page.locator(".player-label")).to_contain_text("2023年度末")
    expect(button(page, "最初から再生")).to_be_visible()
    assert classes(page) == {"A": 2, "B": 1, "D": 1, "E": 2, "F": 1}


def test_with_less_motion_it_goes_by_steps_only(open_map: Opener) -> None:
    page = open_map("frames", reduced_motion="reduce")
    expect(button(page, "再生")).to_have_count(0)
    button(page, "1つ進める").click()
    page.evaluate("() => new Promise((done) => setTimeout(done, 1900))")
    expect(page.locator(".player-label")).to_contain_text("2021年度末")
    button(page, "1つ進める").click()
    expect(page.locator(".player-label")).to_contain_text("2022年度末")


def test_the_slider_obeys_arrows_and_space(open_map: Opener) -> None:
    page = open_map("frames", reduced_motion="reduce")
    slider = page.get_by_role("slider", name="再生の位置")
    expect(slider).to_have_attribute("aria-valuetext", "再生できます")
    slider.focus()
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "2021年度末")
    slider.press("ArrowRight")
    expect(page.locator(".live")).to_have_text("2022年度末")
    slider.press(" ")
    expect(page.locator(".live")).to_have_text("2023年度末")
    slider.press("ArrowLeft")
    expect(page.locator(".player-label")).to_contain_text("2022年度末")


def test_a_run_with_the_same_frames_keeps_the_position(open_map: Opener) -> None:
    page = open_map("frames", reduced_motion="reduce")
    for _ in range(2):
        button(page, "次へ").click()
    page.get_by_text("2023", exact=True).click()
    page.wait_for_selector('.area-map[data-rev^="one-2023"]')
    expect(page.locator(".player-label")).to_contain_text("2022年度末")
    assert classes(page) == {"A": 1, "D": 1, "E": 4, "F": 1}
    button(page, "もとに戻す").click()
    assert classes(page) == {"A": 2, "B": 1, "D": 1, "E": 2, "F": 1}, "what the run brought meanwhile"


def test_the_saved_picture_says_which_frame_it_is(open_map: Opener, tmp_path: Path) -> None:
    page = open_map("frames", reduced_motion="reduce")
    page.evaluate(
        "() => { const own = CanvasRenderingContext2D.prototype.fillText; window.written = [];"
        " CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { window.written.push(text);"
        " return own.call(this, text, ...rest); }; }"
    )
    button(page, "次へ").click()
    with page.expect_download() as download:
        button(page, "画像を保存").click()
    assert download.value.suggested_filename == "map_1.png"
    written = page.evaluate("window.written")
    assert "2021年度末 試験の地図" in written
    assert "一部のみ" in written


def test_a_map_without_frames_has_no_player(open_map: Opener) -> None:
    page = open_map("nation")
    expect(page.locator(".player")).to_be_hidden()


def test_no_accessibility_violations(open_map: Opener) -> None:
    page = open_map("frames")
    button(page, "次へ").click()
    page.evaluate((COMPONENT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(AXE)
    assert [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found["violations"]] == []
    sizes = page.locator(".player button, .player input").evaluate_all(
        "all => all.map(b => Math.min(b.offsetWidth, b.offsetHeight))"
    )
    assert min(sizes) >= 24
