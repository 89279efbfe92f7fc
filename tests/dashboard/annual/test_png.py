"""The PNG of a page: the pixels that its resolution asks for, and the resolution written in."""

from io import BytesIO

import pytest
from PIL import Image

from dashboard.annual.drawing.png import png
from tests.dashboard.annual.every_mark import hostile_page, page

pytestmark = pytest.mark.usefixtures("bundle")


@pytest.mark.parametrize(("dpi", "size"), [(300, (4000, 2250)), (96, (1280, 720))])
def test_the_picture_is_as_large_as_its_resolution_asks_and_says_so(dpi: int, size: tuple[int, int]) -> None:
    drawn = Image.open(BytesIO(png(page(), language="ja", dpi=dpi)))
    drawn.load()
    assert drawn.size == size
    assert [round(value) for value in drawn.info["dpi"]] == [dpi, dpi]


def test_the_ground_is_white_and_not_transparent() -> None:
    drawn = Image.open(BytesIO(png(page(), language="ja", dpi=72)))
    assert drawn.convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 255)


def test_the_same_page_gives_the_same_bytes_whatever_its_words() -> None:
    assert png(hostile_page(), language="ja", dpi=96) == png(hostile_page(), language="ja", dpi=96)
