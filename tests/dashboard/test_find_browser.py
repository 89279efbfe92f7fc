"""Find partners as an NPO worker meets it: in Chromium, with the network cut, also on a phone and on paper."""

import io
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import FrameLocator, Page, expect

pytestmark = pytest.mark.browser

PAINT_LIMIT_MS = 30_000
TOWN = "東京都北区滝野川"
# While a page is drawn after another, Streamlit may keep the other's frame in place for a moment: the map of listed places.
MAP = ".st-key-card-partner-map iframe:not([title='居場所の掲載'])"


@pytest.fixture
def visit(page: Page, app_server: str) -> Callable[[str], Page]:
    """Open the page with a view's query."""

    def go(query: str = "") -> Page:
        page.goto(f"{app_server}/find?{query}")
        page.locator("#main").wait_for()
        return page

    return go


def search(page: Page, text: str) -> None:
    """Type into the search box and press Enter."""
    box = page.locator(".st-key-find-text input")
    box.fill(text)
    box.press("Enter")


def point(page: Page) -> str:
    """Return the sentence that says which point is used."""
    return page.locator(".st-key-understood .point").first.inner_text()


def drawing(page: Page) -> FrameLocator:
    """Return the painted map."""
    frame = page.frame_locator(MAP)
    frame.locator(".leaflet-overlay-pane path").first.wait_for(state="attached", timeout=PAINT_LIMIT_MS)
    return frame


def address_of(page: Page) -> dict[str, str]:
    """Return the query parameters of the address bar."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def found(page: Page) -> int:
    """Return how many partners the heading counts."""
    heading = page.locator(".st-key-card-partners h2").filter(has_text="近い順").first
    heading.wait_for()
    return int(re.sub(r"\D", "", heading.inner_text().partition("のうち")[0]))


def test_a_search_lists_and_draws_and_leaves_no_trace_of_the_place(
    visit: Callable[[str], Page], tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = visit("year=2024&reach=5km")
    search(page, TOWN)
    expect(page.locator(".st-key-understood .point")).to_contain_text("滝野川")
    assert "広がり" in point(page)
    assert found(page) > 10
    drawing(page)
    assert address_of(page) == {"year": "2024", "area": "13117", "reach": "5km"}
    links = page.eval_on_selector_all("a[href]", "(all) => all.map((link) => link.getAttribute('href'))")
    assert not [link for link in links if "滝野川" in link or "find-text" in link or "139.7" in link]
    assert (
        page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])").count(
            "滝野川"
        )
        == 0
    )
    logs = list(tmp_path_factory.getbasetemp().glob("server*/*.txt"))
    assert logs
    assert not [log for log in logs if "滝野川" in log.read_text(encoding="utf-8")]


def test_a_reload_knows_the_municipality_alone(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=5km")
    search(page, TOWN)
    expect(page.locator(".st-key-understood .point")).to_contain_text("滝野川")
    page.reload()
    expect(page.locator(".st-key-understood .point")).to_contain_text("役所")
    assert "滝野川" not in page.locator(".st-key-find-text input").input_value()


def test_a_homonym_is_chosen_with_the_keyboard(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024")
    search(page, "府中市")
    page.get_by_role("button", name=re.compile("広島県府中市")).press("Enter")
    expect(page.locator(".st-key-understood .point")).to_contain_text("広島県府中市")
    assert address_of(page)["area"] == "34208"


def test_what_is_lost_is_said(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024")
    search(page, "114-0023")
    expect(page.locator(".st-key-understood .point")).to_contain_text("郵便番号")


def test_filters_apply_at_once_and_are_taken_away_by_their_chips(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=20km&area=13117")
    before = found(page)
    page.get_by_role("button", name=re.compile("^■ プラットフォーム")).click()
    expect(page).to_have_url(re.compile("offers=platform"))
    expect(page.locator(".kind-place")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^すべて")).click()
    expect(page).not_to_have_url(re.compile("offers="))
    page.goto(f"{page.url}&place_status=listed")
    page.locator(".st-key-find-drop-place_status button").click()
    expect(page).not_to_have_url(re.compile("place_status="))
    expect(page.locator(".st-key-card-partners h2").first).to_contain_text(f"{before:,}")


def test_an_empty_answer_widens_with_one_press(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=5km&area=13421&offers=platform")
    expect(page.locator(".nothing")).to_contain_text("登録がないことは活動がないことを意味しません")
    widen = page.locator(".st-key-find-widen button")
    if widen.count():
        widen.click()
        expect(page.locator(".nothing")).to_have_count(0)


def test_a_press_on_the_map_sets_the_point_and_a_drag_does_not(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=5km&area=13117")
    drawing(page)
    before = point(page)
    page.locator(MAP).scroll_into_view_if_needed()
    box = page.locator(MAP).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.93
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y - 30, steps=4)
    page.mouse.up()
    expect(page.locator(".st-key-understood .point")).to_have_text(before)
    page.mouse.click(x, y)
    expect(page.locator(".st-key-understood .point")).to_contain_text("地図で選んだ点")
    assert set(address_of(page)) == {"year", "area", "reach"}


def test_a_press_on_a_partner_shows_its_name_and_sets_no_point(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=5km&area=13117")
    frame = drawing(page)
    partner = frame.locator(".leaflet-overlay-pane path.leaflet-interactive").first
    partner.click()
    expect(frame.locator(".leaflet-tooltip")).to_contain_text("km")
    assert partner.evaluate("() => window.__GLOBAL_DATA__.lat_lng_clicked ?? null") is None


def test_more_rows_leave_the_map_as_it_is(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=5km&area=13117")
    drawing(page)
    page.frame_locator(MAP).locator("body").evaluate("(body) => { body.dataset.mine = 'yes'; }")
    page.locator(".st-key-find-more button").click()
    expect(page.locator(".st-key-card-partners .partner")).to_have_count(found(page))
    assert page.frame_locator(MAP).locator("body").get_attribute("data-mine") == "yes"


def test_the_map_draws_every_partner_that_has_a_point(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=5km&area=13117&open=rows")
    frame = drawing(page)
    without = page.locator(".st-key-card-partner-map .sub").filter(has_text="地点の分からない")
    pointless = int(re.sub(r"\D", "", without.inner_text())) if without.count() else 0
    clusters = frame.locator(".spots b").all_inner_texts()
    single = frame.locator(".leaflet-overlay-pane path.leaflet-interactive, .spot").count()
    assert sum(int(number.replace(",", "")) for number in clusters) + single == found(page) - pointless


@pytest.mark.parametrize(
    "query", ["", "area=13117&reach=20km&place_status=listed&open=rows.table", "area=13117&lang=en"]
)
def test_a_phone_shows_the_list_above_the_map_without_sideways_scrolling(
    visit: Callable[[str], Page], query: str
) -> None:
    page = visit(f"year=2024&{query}")
    page.set_viewport_size({"width": 400, "height": 900})
    drawing(page)
    for part in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{part}.scrollWidth") <= 400
    top = page.locator(".st-key-card-partners").bounding_box()
    below = page.locator(".st-key-card-partner-map").bounding_box()
    assert top is not None
    assert below is not None
    assert top["y"] < below["y"]
    assert below["width"] <= 400
    inner = page.locator(MAP).bounding_box()
    assert inner is not None
    # The ground is drawn for a map that is as high as broad.
    assert abs(inner["height"] - inner["width"]) <= 4


def test_a_phone_has_a_short_way_to_the_map(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=5km&area=13117")
    way = page.get_by_role("link", name="地図を見る")
    expect(way).to_be_hidden()
    page.set_viewport_size({"width": 400, "height": 900})
    way.click()
    expect(page.locator("#partner-map")).to_be_in_viewport()


def test_the_print_is_the_whole_list_with_its_sources_and_no_controls(visit: Callable[[str], Page]) -> None:
    page = visit("year=2024&reach=5km&area=13117")
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
    page.get_by_role("button", name="一覧を印刷").click()
    expect(page.locator("body[data-printed]")).to_have_count(1)
    count = found(page)
    expect(page.locator(".st-key-card-partners .partner")).to_have_count(count)
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    text = "".join(part.get_textpage().get_text_bounded() for part in document)
    assert "登録がないことは活動がないことを意味しません" in text.replace("\r\n", "")
    assert text.count("km") >= count
    assert "さがす場所" not in text
    assert "一覧を印刷" not in text
