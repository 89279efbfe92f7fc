"""Clustered points of a folium map in a real browser with the network cut: numbers as text, names as text, keys."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import folium
import pytest
from playwright.sync_api import FrameLocator, Page, expect

from dashboard.clustered import Spot, clustered

Opener = Callable[..., Page]
HOSTILE = '<img src=x onerror="window.pwned=1">{{ 6 * 7 }}</script>'
CONTRAST = """node => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const { color, backgroundColor } = getComputedStyle(node);
  const [low, high] = [light(color), light(backgroundColor)].sort();
  return high / low;
}"""


def inside(page: Page) -> FrameLocator:
    """The map's own frame."""
    return page.frame_locator("iframe")


@pytest.mark.browser
def test_dense_points_are_one_number_that_opens_with_the_keyboard(open_map: Opener) -> None:
    page = open_map("clusters", painted=False)
    circle = inside(page).locator(".spots", has_text="30")
    expect(circle).to_have_text("30")
    expect(circle.locator("[role=img]")).to_have_attribute("aria-label", "30か所をまとめた印")
    assert circle.evaluate(CONTRAST) >= 4.5
    circle.focus()
    circle.press("Enter")
    expect(circle).not_to_have_count(1)
    assert {urlsplit(url).hostname for url in page.asked if url.startswith("http")} == {"127.0.0.1"}  # type: ignore[attr-defined]
    assert page.faults == []  # type: ignore[attr-defined]


@pytest.mark.browser
def test_a_name_is_text_in_the_tip(open_map: Opener) -> None:
    page = open_map("clusters", painted=False)
    inside(page).locator(".spot", has=page.locator('[fill="#C74700"]')).hover()
    expect(inside(page).locator(".leaflet-tooltip")).to_have_text(HOSTILE)
    assert inside(page).locator("body").evaluate("() => window.pwned") is None


@pytest.mark.browser
def test_a_crowd_of_places_hides_no_other_shape_and_two_at_one_address_are_both_reached(
    open_map: Opener,
) -> None:
    page = open_map("clusters", painted=False)
    shapes = inside(page).locator(".spot")
    expect(inside(page).locator(".spots", has_text="30")).to_have_count(1)
    expect(shapes).to_have_count(2)
    together = inside(page).locator(".spots").filter(has_text=re.compile("^2$"))
    together.press("Enter")
    expect(shapes).to_have_count(4)


def test_a_name_is_no_template_in_a_file_for_itself() -> None:
    atlas = folium.Map(tiles=None)
    layer = clustered(atlas, [Spot(36, 139, HOSTILE)])
    for element in (atlas, layer):
        element.default_js, element.default_css = [], []
    page = str(atlas.get_root().render())
    assert "\\u007b\\u007b 6 * 7 }}" in page
    assert "\\u003cimg" in page
    assert "http" not in page.split("</head>")[1]
