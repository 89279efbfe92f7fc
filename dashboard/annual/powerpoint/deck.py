"""From a deck to the file: one slide a page, nothing in it that the deck does not say."""

from datetime import datetime, time
from io import BytesIO

from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from dashboard.annual.marks import Deck, Page
from dashboard.annual.powerpoint.elements import legal
from dashboard.annual.powerpoint.notes import add_notes
from dashboard.annual.powerpoint.package import packed, unpacked
from dashboard.annual.powerpoint.slide import slide_content
from dashboard.annual.powerpoint.template import blank
from dashboard.annual.powerpoint.text import TAGS
from dashboard.words import words

LONGEST_PROPERTY = 255
"""Signs that a core property may have."""


def pptx(deck: Deck) -> bytes:
    """Return the deck as a .pptx file: the same deck is the same bytes.

    Raises:
        ValueError: the deck has no page.
    """
    if not deck.pages:
        raise ValueError("a deck has at least one page")
    first = deck.pages[0]
    presentation = blank(first.width, first.height, deck.language)
    for page in deck.pages:
        _add(presentation, page, deck.language)
    _describe(presentation, deck)
    made = BytesIO()
    presentation.save(made)
    return packed(unpacked(made.getvalue()))


def _add(presentation: Presentation, page: Page, language: str) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    content = parse_xml(slide_content(page, slide.part, language))
    slide.element.replace(slide.element.cSld, content)
    add_notes(slide, page.notes, language)


def _describe(presentation: Presentation, deck: Deck) -> None:
    made_on = datetime.combine(deck.made_on, time())
    about = presentation.core_properties
    about.title = legal(deck.title)[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = words(deck.language).text("app.name")
    about.language = TAGS[deck.language][0]
    about.created = about.modified = made_on
    about.revision = 1
