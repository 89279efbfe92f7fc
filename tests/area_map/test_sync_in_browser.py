"""Maps that move as one, in a real browser: every way to move, in both directions, and a map that comes or goes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
MOVES = """() => {
  window.moves = 0;
  for (const root of deep()) new MutationObserver((list) => { window.moves += list.length; })
    .observe(root, { attributes: true, attributeFilter: ['data-view'] });
}"""
DEEP = """window.deep = () => {
  const found = [];
  const walk = (node) => {
    if (node.matches?.('.area-map')) found.push(node);
    for (const child of [...(node.shadowRoot?.children ?? []), ...node.children]) walk(child);
  };
  walk(document.body);
  return found;
}"""


def maps(page: Page) -> Locator:
    return page.locator(".area-map")


def view(page: Page, which: int) -> tuple[float, ...]:
    """Latitude, longitude and zoom of a map, as it says."""
    return tuple(map(float, (maps(page).nth(which).get_attribute("data-view") or "0,0,0").split(",")))


def opened(open_map: Opener, **options: object) -> Page:
    page = open_map("synced", **{"viewport": {"width": 1000, "height": 1100}, **options})
    page.wait_for_selector('.area-map[data-rev^="two-"]')
    return page


def settled(page: Page, before: tuple[float, ...], leader: int) -> None:
    """Wait until the leader has moved and the other one has its view, within the width of a pixel."""
    expect(maps(page).nth(leader)).not_to_have_attribute(
        "data-view", f"{before[0]:.4f},{before[1]:.4f},{before[2]:.3f}"
    )
    page.wait_for_function(
        """() => {
          const [a, b] = deep().map((root) => root.dataset.view.split(',').map(Number));
          const pixel = 360 / (256 * 2 ** a[2]) + 0.0001;
          return a[2] === b[2] && Math.abs(a[0] - b[0]) <= pixel && Math.abs(a[1] - b[1]) <= pixel;
        }"""
    )


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
@pytest.mark.parametrize("leader", [0, 1])
def test_every_way_to_move_one_map_moves_the_other(open_map: Opener, leader: int, motion: str) -> None:
    page = opened(open_map, reduced_motion=motion)
    page.evaluate(DEEP)
    first, other = view(page, leader), view(page, 1 - leader)
    assert first[2] == other[2], "one zoom at the beginning: the smaller map decides"
    stage, own = page.locator(".stage").nth(leader), maps(page).nth(leader)
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag() -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 40, y + 20, steps=4)
        page.mouse.move(x + 83, y + 31, steps=4)
        page.mouse.up()

    def wheel() -> None:
        page.mouse.move(x - 90, y - 40)
        page.keyboard.down("Control")
        page.mouse.wheel(0, -200)
        page.keyboard.up("Control")

    def keys() -> None:
        stage.focus()
        stage.press("+")

    acts = [
        drag,
        wheel,
        keys,
        own.get_by_role("button", name="拡大").click,
        own.get_by_role("button", name="縮小").click,
    ]
    for act in [*acts, own.get_by_role("button", name="全体を表示").click]:
        before = view(page, leader)
        act()
        settled(page, before, leader)
    assert view(page, leader) == pytest.approx(first, abs=0.02), "reset leads both back to the whole"
    assert page.faults == []  # type: ignore[attr-defined]


def test_nothing_goes_in_circles(open_map: Opener) -> None:
    page = opened(open_map, reduced_motion="no-preference")
    page.evaluate(DEEP)
    before = view(page, 0)
    page.evaluate(MOVES)
    maps(page).first.get_by_role("button", name="拡大").click()
    settled(page, before, 0)
    page.evaluate("() => new Promise((done) => setTimeout(done, 600))")
    assert page.evaluate("window.moves") == 2, "each map arrives once"


def test_leaving_and_joining(open_map: Opener) -> None:
    page = opened(open_map, reduced_motion="reduce")
    page.evaluate(DEEP)
    before = view(page, 0)
    maps(page).first.get_by_role("button", name="拡大").click()
    settled(page, before, 0)
    near = view(page, 0)
    page.get_by_text("二つ目").click()
    expect(maps(page)).to_have_count(1)
    assert view(page, 0) == near
    maps(page).first.get_by_role("button", name="拡大").click()
    nearer = view(page, 0)
    assert nearer[2] > near[2]
    page.get_by_text("二つ目").click()
    page.wait_for_selector('.area-map[data-rev^="two-"]')
    assert view(page, 0) == nearer, "who was there keeps its view"
    assert view(page, 1) == pytest.approx(nearer, abs=0.002), "who joins takes it"
    assert page.faults == []  # type: ignore[attr-defined]


def test_a_choice_remounts_nothing(open_map: Opener) -> None:
    page = opened(open_map, reduced_motion="reduce")
    page.evaluate(DEEP)
    page.evaluate("() => deep().forEach((root) => { root.dataset.same = '1'; })")
    before = view(page, 1)
    maps(page).nth(1).get_by_role("button", name="拡大").click()
    settled(page, before, 1)
    near = view(page, 0)
    page.locator(".stage").first.click(position={"x": 400, "y": 200})
    page.wait_for_selector('.area-map[data-rev="one-2022-1"]')
    expect(page.locator(".area-map[data-same]")).to_have_count(2)
    assert view(page, 0) == near
