"""Notes of a slide: the evidence, for whoever speaks to it."""

from collections.abc import Sequence

from pptx.oxml import parse_xml
from pptx.slide import Slide

from dashboard.annual.marks import Paragraph, Run
from dashboard.annual.powerpoint.elements import element, root
from dashboard.annual.powerpoint.text import body

SIZE = 11.0


def add_notes(slide: Slide, notes: Sequence[str], language: str) -> None:
    """Write `notes` into the notes page of a slide, a paragraph each; without notes it has no such page."""
    if not notes:
        return
    placeholder = slide.notes_slide.notes_placeholder
    if placeholder is None:
        raise LookupError("the notes master has no placeholder for notes")
    written = body(
        [Paragraph((Run(note, SIZE),), gap=SIZE / 2) for note in notes],
        language,
        element("a:bodyPr"),
        is_wrapped=True,
    )
    shape = placeholder.element
    shape.replace(shape.txBody, parse_xml(root("p:sp", written))[0])
