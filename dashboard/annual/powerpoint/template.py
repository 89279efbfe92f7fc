"""The empty presentation that slides are added to: our own, for a borrowed one tells of the product that it came from."""

from io import BytesIO
from pathlib import Path
from string import Template

import pptx
from pptx.presentation import Presentation

from dashboard.annual.powerpoint.elements import emu
from dashboard.annual.powerpoint.package import packed
from dashboard.annual.powerpoint.text import LATIN_TYPEFACE, TAGS, TYPEFACE
from dashboard.words import words

HERE = Path(__file__).parent / "template"
PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "rels.xml",
    "ppt/presentation.xml": "presentation.xml",
    "ppt/_rels/presentation.xml.rels": "presentation_rels.xml",
    "ppt/tableStyles.xml": "table_styles.xml",
    "ppt/slideMasters/slideMaster1.xml": "slide_master.xml",
    "ppt/slideMasters/_rels/slideMaster1.xml.rels": "slide_master_rels.xml",
    "ppt/slideLayouts/slideLayout1.xml": "slide_layout.xml",
    "ppt/slideLayouts/_rels/slideLayout1.xml.rels": "slide_layout_rels.xml",
    "ppt/notesMasters/notesMaster1.xml": "notes_master.xml",
    "ppt/notesMasters/_rels/notesMaster1.xml.rels": "notes_master_rels.xml",
    "ppt/theme/theme1.xml": "theme.xml",
    "ppt/theme/theme2.xml": "theme.xml",
}
MARGIN_SHARE, TITLE_SHARE = 0.025, 0.1
"""Margin of a new slide in shares of its width, height of its title in shares of its height."""


def blank(width: float, height: float, language: str) -> Presentation:
    """Return a presentation without slides: one layout (title only), sides in points."""
    margin = width * MARGIN_SHARE
    values = {
        "width": emu(width),
        "height": emu(height),
        "title_x": emu(margin),
        "title_y": emu(margin),
        "title_width": emu(width - 2 * margin),
        "title_height": emu(height * TITLE_SHARE),
        "language": TAGS[language][0],
        "typeface": TYPEFACE,
        "latin_typeface": LATIN_TYPEFACE,
        "product": words(language).text("app.name"),
        "title_only": words(language).text("powerpoint.title_only"),
        "slide": words(language).text("powerpoint.slide"),
        "notes": words(language).text("powerpoint.notes"),
    }
    parts = {name: _filled(file, values) for name, file in PARTS.items()}
    return pptx.Presentation(BytesIO(packed(parts)))


def _filled(file: str, values: dict[str, object]) -> bytes:
    return Template((HERE / file).read_text(encoding="utf-8")).substitute(values).encode()
