"""Which far islands are boxed: those that would make the map much smaller, the Nansei islands together."""

import numpy as np
import pytest

from dashboard.annual.layout.islands import BOXES, boxes_of, region_of
from dashboard.words import words

WIDE = (500.0, 500.0)
MAINLAND = (0.0, 0.0, 1000.0, 1000.0)
NEAR, FAR = (900.0, -50.0, 1000.0, 0.0), (-900.0, -900.0, -500.0, -500.0)


@pytest.mark.parametrize(
    ("lon", "lat", "region"),
    [
        (122.94, 24.45, "sakishima"),  # 与那国島
        (123.47, 25.74, "sakishima"),  # 魚釣島
        (127.7, 26.2, "okinawa"),
        (128.23, 27.88, "iotorishima"),
        (129.5, 28.3, "amami"),
        (129.9, 29.6, "amami"),  # トカラ列島
        (131.26, 25.83, "daito"),
        (130.5, 30.35, ""),  # 屋久島
        (139.8, 33.1, "izu"),  # 八丈島
        (142.2, 27.1, "ogasawara"),
        (153.98, 24.29, "minamitorishima"),
        (148.0, 45.0, ""),  # 択捉島
    ],
)
def test_islands_lie_in_their_region(lon: float, lat: float, region: str) -> None:
    assert region_of(np.array([[lon, lat]])) == [region]


def test_islands_that_cost_little_stay_in_place() -> None:
    assert boxes_of({"": MAINLAND, "izu": NEAR}, WIDE) == {"": "", "izu": ""}


def test_islands_that_cost_much_are_boxed() -> None:
    assert boxes_of({"": MAINLAND, "ogasawara": FAR}, WIDE) == {"": "", "ogasawara": "ogasawara"}


def test_the_nansei_islands_share_a_box_with_okinawa() -> None:
    islands = {"amami": NEAR, "okinawa": NEAR, "sakishima": FAR}
    assert boxes_of({"": MAINLAND, **islands}, WIDE) == {"": "", **dict.fromkeys(islands, "nansei")}


def test_on_a_page_of_okinawa_its_main_island_is_the_mainland() -> None:
    assert boxes_of({"okinawa": MAINLAND, "sakishima": FAR}, WIDE) == {
        "okinawa": "",
        "sakishima": "sakishima",
    }


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("key", BOXES)
def test_every_box_has_a_name(language: str, key: str) -> None:
    assert words(language).text(f"inset.{key}")
