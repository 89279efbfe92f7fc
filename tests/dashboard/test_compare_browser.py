"""Comparing areas as users do it: in Chromium, with the network cut, on a desk, on a telephone and on paper."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

FIVE = "34208.34204.34205.13206.47201"
A4_POINTS = (595, 842)


@pytest.fixture
def visit(page: Page, app_server: str) -> Callable[[str], Page]:
    """Open the page for a query and wait until it is drawn to its end."""

    def go(query: str) -> Page:
        page.goto(f"{app_server}/compare?{query}")
        page.locator("#main").wait_for()
        page.locator(".st-key-card-compare-meanings").wait_for()
        return page

    return go


def areas_of(page: Page) -> list[str]:
    """Return the areas that the address compares."""
    return parse_qs(urlsplit(page.url).query).get("areas", [""])[0].split(".")


def heads(page: Page) -> list[str]:
    """Return the headings of the table's columns, as far as they name areas."""
    return page.locator(".st-key-card-compare-table thead th a.proof").all_inner_texts()


def ink(text: Locator) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is seen of a name: its box has the halo and room above and below."""
    box = text.bounding_box()
    assert box is not None
    halo, room = 3, 6
    return (
        box["x"] + halo,
        box["y"] + room,
        box["x"] + box["width"] - halo,
        box["y"] + box["height"] - room,
    )


def test_areas_are_chosen_by_search_and_removed_by_their_chip(visit: Callable[[str], Page]) -> None:
    page = visit("year=2025")
    expect(page.locator(".st-key-card-compare-table")).to_have_count(0)
    for wanted, prefecture in (("府中市", "広島県"), ("みはらし", "広島県")):
        box = page.locator(".st-key-compare-search input")
        box.fill(wanted)
        box.press("Enter")
        found = page.locator(".st-key-compare-search li button")
        found.filter(has_text=prefecture).first.click()
        expect(page.locator(".st-key-compare-search li")).to_have_count(0)
    expect(page.locator(".st-key-card-compare-table thead th a.proof")).to_have_text(["府中市", "三原市"])
    assert areas_of(page) == ["34208", "34204"]
    page.locator(".st-key-compare-chips").get_by_role("button", name=re.compile("^府中市")).click()
    expect(page.locator(".st-key-card-compare-table thead th a.proof")).to_have_text(["三原市"])
    assert areas_of(page) == ["34204"]


def test_a_set_fills_in_and_a_reload_keeps_it(visit: Callable[[str], Page]) -> None:
    page = visit("year=2025&areas=34204")
    page.get_by_role("button", name="隣接").click()
    expect(page.locator(".st-key-card-compare-table thead th a.proof")).to_have_count(5)
    before = heads(page)
    assert areas_of(page)[0] == "34204"
    page.reload()
    expect(page.locator(".st-key-card-compare-table thead th a.proof")).to_have_text(before)


def test_the_map_adds_what_is_pressed_and_stays(visit: Callable[[str], Page]) -> None:
    page = visit("year=2025&area=34000&open=chooser")
    drawn = page.locator(".st-key-card-compare-chooser .area-map[data-rev]")
    drawn.wait_for()
    drawn.evaluate("node => { node.dataset.kept = 'yes'; }")
    drawn.scroll_into_view_if_needed()
    box = drawn.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    expect(page).to_have_url(re.compile("areas=34"))
    assert [code[:2] for code in areas_of(page)] == ["34"]
    expect(drawn).to_have_attribute("data-kept", "yes")


def test_a_number_opens_its_evidence(visit: Callable[[str], Page]) -> None:
    page = visit("year=2025&areas=34204")
    page.locator(".st-key-card-compare-table tbody a.proof").nth(5).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("三原市")
    expect(dialog).to_contain_text("国勢調査")


def test_the_scatter_is_drawn_with_its_names(visit: Callable[[str], Page]) -> None:
    page = visit(f"year=2025&areas={FIVE}")
    wide = page.locator("svg.scatter.wide")
    expect(wide).to_be_visible()
    expect(wide.locator("circle.chosen")).to_have_count(5)
    texts = wide.locator("text.name").all_text_contents()
    assert texts == ["府中市（広島県）", "三原市", "尾道市", "府中市（東京都）", "那覇市"]
    inks = [ink(name) for name in wide.locator("text.name").all()]
    for index, (left, top, right, bottom) in enumerate(inks):
        for other in inks[index + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    page.locator(".st-key-compare-need_measure").get_by_text("人口", exact=True).click()
    expect(page.locator("svg.scatter.wide")).to_contain_text("対数目盛")
    assert parse_qs(urlsplit(page.url).query)["need_measure"] == ["population"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_overflows_and_the_first_column_stays_in_sight(
    visit: Callable[[str], Page], language: str
) -> None:
    page = visit(f"year=2025&areas={FIVE}&lang={language}&open=points.alike")
    page.locator(".st-key-compare-points table").first.wait_for()
    for width in (1440, 400):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    expect(page.locator("svg.scatter.narrow")).to_be_visible()
    expect(page.locator("svg.scatter.wide")).to_be_hidden()
    region = page.locator(".st-key-card-compare-table .table")
    region.evaluate("node => { node.scrollLeft = 300; }")
    first, left = (
        page.locator(".st-key-card-compare-table tbody th").first.bounding_box(),
        region.bounding_box(),
    )
    assert first is not None
    assert left is not None
    assert abs(first["x"] - left["x"]) < 2


def test_the_files_are_those_of_the_table(visit: Callable[[str], Page]) -> None:
    page = visit(f"year=2025&areas={FIVE}")
    with page.expect_download() as waited:
        page.get_by_role("button", name=re.compile("CSV")).click()
    text = Path(waited.value.path()).read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 1 + page.locator(".st-key-card-compare-table tbody tr").count()
    assert (
        waited.value.suggested_filename
        == "ibasho-atlas_compare_2025_cumulative_34208_34204_34205_13206_47201.csv"
    )


def test_the_printed_page_is_a4_with_table_sources_and_day(
    visit: Callable[[str], Page], tmp_path: Path
) -> None:
    page = visit(f"year=2025&areas={FIVE}")
    expect(page.locator("svg.scatter.wide circle.chosen")).to_have_count(5)
    paper = tmp_path / "compare.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(paper) as document:
        sizes = [tuple(map(round, sheet.get_size())) for sheet in document]
        said = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    assert sizes == [A4_POINTS] * 2
    for number in ("37,655", "38.2%", "+10.2pt", "787.3km"):
        assert number in said[0]
    assert "地図で見る" not in said[0]
    assert "出典" in said[-1]
    assert "印刷した日" in said[-1]
    assert f"areas={FIVE}" in said[-1]
