"""A page as SVG: text stays text, to be searched and edited, every mark bears its name, the same page gives the same bytes."""

from collections.abc import Iterable

from dashboard.annual.drawing.svg_elements import Attributes, Elements, element, number, quoted
from dashboard.annual.marks import Mark, Page
from dashboard.print_fonts import FAMILY

FAMILIES = f"'{FAMILY}','Noto Sans CJK JP','Yu Gothic','Hiragino Sans','Meiryo',sans-serif"
"""Our typeface, then what Linux, Windows and macOS have: the file is also opened where our fonts are not."""
SET_SOLID = "text-spacing-trim:space-all;text-autospace:no-autospace"
"""Every full-width sign is one em, as the layout has reckoned: browsers would else squeeze brackets."""

EXACT = "geometricPrecision"
"""Browsers would else round the advance of every letter to whole pixels of the screen."""


def svg(page: Page, *, language: str) -> str:
    """Return the page as one SVG document in points; `language` is "ja" or "en"."""
    elements = Elements(page.key)
    title, described = elements.fresh_id("title"), elements.fresh_id("desc")
    marks = elements.of(page.marks)
    ground: Attributes = {"width": number(page.width), "height": number(page.height), "fill": "#FFFFFF"}
    inner = (
        element("title", {"id": title}, quoted(page.title))
        + element("desc", {"id": described}, quoted(page.alt))
        + elements.definitions()
        + element("rect", ground)
        + element("g", {"font-family": FAMILIES, "style": SET_SOLID, "text-rendering": EXACT}, marks)
    )
    names: Attributes = {
        "lang": language,
        "xml:lang": language,
        "role": "img",
        "aria-labelledby": title,
        "aria-describedby": described,
    }
    return element("svg", {**_sheet(page.width, page.height), **names}, inner) + "\n"


def picture(marks: Iterable[Mark], width: float, height: float) -> str:
    """Return marks as a bare SVG of a page's size: no ground, no names, no ids but those of patterns."""
    elements = Elements("picture", is_named=False)
    drawn = elements.of(marks)
    return element("svg", _sheet(width, height), elements.definitions() + drawn)


def _sheet(width: float, height: float) -> Attributes:
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": f"{number(width)}pt",
        "height": f"{number(height)}pt",
        "viewBox": f"0 0 {number(width)} {number(height)}",
    }
