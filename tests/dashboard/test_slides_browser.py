"""発表資料 in Chromium with the network cut: pages turn, files arrive, texts are copied as they stand."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

DRAW_LIMIT_MS = 60_000


@pytest.fixture
def visit(page: Page, app_server: str) -> Callable[[str], Page]:
    """Open the page and wait until its preview and its last card are drawn."""

    def go(address: str) -> Page:
        page.goto(f"{app_server}/slides?{address}")
        page.locator(".st-key-card-slides-preview svg").first.wait_for(timeout=DRAW_LIMIT_MS)
        page.locator(".st-key-card-slides-tables :is(h2, table)").first.wait_for(timeout=DRAW_LIMIT_MS)
        return page

    return go


def address_of(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def shown_page(page: Page) -> str:
    return page.locator('.st-key-slides-contents [aria-current="true"] .label').inner_text()


def test_a_page_chosen_from_the_contents_stands_in_the_address(visit: Callable[[str], Page]) -> None:
    page = visit("year=2022")
    page.locator(".st-key-slides-contents").get_by_role("button", name="年度の推移").click()
    expect(page).to_have_url(re.compile("sheet=trend"))
    expect(page.locator(".st-key-card-slides-preview")).to_contain_text("年度ごとの取組団体数")
    page.reload()
    page.locator(".st-key-card-slides-preview svg").first.wait_for(timeout=DRAW_LIMIT_MS)
    assert shown_page(page) == "年度の推移"


def test_turning_a_page_of_the_preview_turns_the_contents(visit: Callable[[str], Page]) -> None:
    page = visit("year=2022")
    assert shown_page(page) == "令和4年度の地図"
    page.locator(".st-key-card-slides-preview").get_by_role("button", name="次のページ").click()
    expect(page).to_have_url(re.compile("sheet=trend"))
    expect(page.locator('.st-key-slides-contents [aria-current="true"]')).to_contain_text("年度の推移")


@pytest.mark.parametrize(("button", "sign"), [("PowerPoint", b"PK"), ("PDF", b"%PDF"), ("SVG", b"<svg")])
def test_the_page_in_view_arrives_as_a_file(visit: Callable[[str], Page], button: str, sign: bytes) -> None:
    page = visit("year=2022")
    with page.expect_download(timeout=DRAW_LIMIT_MS) as waited:
        page.locator(".st-key-slides-files-page").get_by_role("button", name=button).click()
    saved = waited.value
    assert saved.suggested_filename.startswith("ibasho-atlas_slides_2022_japan_map.")
    assert sign in Path(saved.path()).read_bytes()[:200]


def test_the_deck_arrives_as_numbered_pictures(visit: Callable[[str], Page]) -> None:
    page = visit("year=2022")
    with page.expect_download(timeout=DRAW_LIMIT_MS) as waited:
        page.locator(".st-key-slides-files-deck").get_by_role("button", name="SVG").click()
    assert waited.value.suggested_filename == "ibasho-atlas_slides_2022_japan_deck.zip"
    with zipfile.ZipFile(waited.value.path()) as archive:
        assert archive.namelist()[0] == "01_cover.svg"
        assert archive.testzip() is None


def test_what_is_copied_is_what_stands_on_the_screen(
    visit: Callable[[str], Page], context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit("year=2022")
    for name in ("slides-answer", "slides-cited"):
        page.locator(f".st-key-{name}-copy").get_by_role("button", name="文をコピー").click()
        expect(page.locator(f".st-key-{name}-copy")).to_contain_text("コピーしました")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator(f"#{name}").inner_text().strip()
        assert "\n" in copied
        assert "孤独・孤立対策のこれまでの主な取組" in copied
    assert "データの版" in copied


def test_a_number_of_the_answer_opens_its_evidence(visit: Callable[[str], Page]) -> None:
    page = visit("year=2022")
    page.locator("#slides-answer .answer-finding a.proof").click()
    expect(page.get_by_role("dialog")).to_contain_text("鶴岡市")
    assert address_of(page)["proof"] == "list.2022"


def test_years_are_added_by_a_press(visit: Callable[[str], Page]) -> None:
    page = visit("year=2022")
    page.locator(".st-key-slides-years").get_by_text("令和5年度").click()
    expect(page).to_have_url(re.compile(r"years=2022\.2023"))
    expect(page.locator(".st-key-slides-contents")).to_contain_text("積み上げの地図", timeout=DRAW_LIMIT_MS)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [1440, 400])
def test_nothing_overflows(visit: Callable[[str], Page], language: str, width: int) -> None:
    page = visit(f"year=2024&years=2022.2023&lang={language}")
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


@pytest.mark.parametrize(("width", "address"), [(320, "year=2022&lang=en"), (1280, "year=2025")])
def test_a_narrow_window_cuts_nothing_off(visit: Callable[[str], Page], width: int, address: str) -> None:
    page = visit(address)
    page.set_viewport_size({"width": width, "height": 720})
    for card in ("preview", "files", "choices", "cite"):
        seen = page.locator(f".st-key-card-slides-{card}")
        assert seen.evaluate(
            "it => it.scrollHeight <= it.offsetHeight && it.scrollWidth <= it.offsetWidth"
        ), card
    for group in page.locator(".st-key-slides-choices [role=radiogroup]").all():
        assert group.evaluate("it => it.scrollWidth <= it.clientWidth + 1")


def test_a_small_laptop_keeps_the_choices_on_one_line(visit: Callable[[str], Page]) -> None:
    page = visit("year=2022")
    page.set_viewport_size({"width": 1280, "height": 720})
    boxes = [page.locator(f".st-key-slides-{name}").bounding_box() for name in ("years", "block", "paper")]
    assert len({round(box["y"] + box["height"]) for box in boxes if box}) == 1


def test_high_contrast_shows_which_year_is_chosen(visit: Callable[[str], Page]) -> None:
    page = visit("year=2022")
    page.emulate_media(forced_colors="active")
    buttons = page.locator(".st-key-slides-years button")
    chosen, other = (Image.open(io.BytesIO(buttons.nth(place).screenshot())) for place in (0, 1))
    inside = (6, chosen.height // 2)
    assert chosen.getpixel(inside) != other.getpixel(inside)
