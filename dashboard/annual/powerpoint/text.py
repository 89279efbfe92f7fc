"""Text as DrawingML: real text in real boxes, in a typeface that a reader's machine has.

Which typeface: a file can only name one, the reader's machine has to bring it. Japanese is set in Yu Gothic, which comes with
every Windows since 8.1 (whatever its language) and with Office on a Mac, and which Office itself takes for Japanese: nearly
everybody who edits the page sees the same. BIZ UDPGothic is not on a Mac and only on a Japanese Windows; Noto Sans JP, in
which the page is measured, has to be installed by hand on most machines. Where Yu Gothic is missing (LibreOffice on Linux),
the language of the run leads to the system's Japanese sans (Noto Sans CJK JP), never to a Chinese one. Its full-width signs
are one em as those of Noto Sans JP are, so that no label outgrows its box.
Latin letters and digits are set in Arial: it is on Windows and on a Mac, LibreOffice has Liberation Sans of the same widths,
which are those of Noto Sans JP within a few hundredths. A missing Yu Gothic would be replaced by a much wider one for Latin.
Arial also has the Arabic and Hebrew letters (cs) that Yu Gothic lacks.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from dashboard.annual.drawing.text_lines import BASELINE_SHARE
from dashboard.annual.marks import Align, Anchor, Paragraph, Run, Text
from dashboard.annual.powerpoint import elements
from dashboard.annual.powerpoint.elements import NOTHING, Xml, element, emu, joined
from dashboard.annual.powerpoint.ink import solid
from dashboard.annual.text_width import LINE_EM

TYPEFACE, LATIN_TYPEFACE = "Yu Gothic", "Arial"
PANOSE, VARIABLE_SWISS, SHIFT_JIS = "020B0400000000000000", 50, -128
"""What replaces a missing typeface must be a sans (PANOSE 2-11, family 32 + 16 + 2) with Japanese (charset 128, signed)."""
TIGHT_HEIGHT, BELOW_BASELINE = 1.2, 0.2
"""In em: the height of a line that stands alone, and where programs draw the baseline of any line: so far above its end.

Heights are set in points, for typefaces disagree on them.
"""
FIRST_BASELINE = LINE_EM * BASELINE_SHARE
"""In em: where the first baseline of a text belongs, from the top of its box."""
ALIGNED = {Align.LEFT: "l", Align.MIDDLE: "ctr", Align.RIGHT: "r"}
ANCHORED = {Anchor.TOP: "t", Anchor.MIDDLE: "ctr", Anchor.BOTTOM: "b"}
TAGS = {"ja": ("ja-JP", "en-GB"), "en": ("en-GB", "ja-JP")}
"""Language of a run and the one beside it, for voices, spelling and fallback of typefaces."""

SIGNS = frozenset({"So", "No"})
"""Categories of ■, ② and ↺: programs do not agree whether they are Latin or Japanese, so both name the same typeface."""


class Script(StrEnum):
    """What a piece of text is to whoever picks a typeface and a voice for it."""

    OWN = "own"
    JAPANESE = "japanese"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Label(Text):
    """A text whose box reaches as far as its leader: the margins, in points, keep the text where it was."""

    left: float = 0.0
    right: float = 0.0


def body(
    paragraphs: Sequence[Paragraph],
    language: str,
    box: Xml,
    *,
    is_wrapped: bool = False,
    name: str = "p:txBody",
) -> Xml:
    """Return the text of a shape or a cell; `box` is its a:bodyPr."""
    last = len(paragraphs) - 1
    lines = (
        _paragraph(one, language, is_wrapped=is_wrapped, is_last=at == last)
        for at, one in enumerate(paragraphs)
    )
    return element(name, box, element("a:lstStyle"), *lines)


def frame(mark: Text) -> Xml:
    """Return a box that neither shrinks its text nor grows with it; its margins bring the baselines where they belong."""
    above, below = _margins(mark)
    left, right = (mark.left, mark.right) if isinstance(mark, Label) else (0.0, 0.0)
    return element(
        "a:bodyPr",
        element("a:noAutofit"),
        wrap="square" if mark.is_wrapped else "none",
        anchor=ANCHORED[mark.anchor],
        rtlCol=0,
        lIns=emu(left),
        tIns=emu(above),
        rIns=emu(right),
        bIns=emu(below),
    )


def overhang(mark: Text) -> float:
    """Return how many points a box must begin higher, for its first line is drawn lower than elsewhere."""
    is_low = mark.is_wrapped and mark.anchor is Anchor.TOP
    return (LINE_EM - BELOW_BASELINE - FIRST_BASELINE) * _em(mark) if is_low else 0.0


def _margins(mark: Text) -> tuple[float, float]:
    em = _em(mark)
    low = (LINE_EM - BELOW_BASELINE - FIRST_BASELINE) * em
    match mark.anchor:
        case Anchor.TOP:
            return (0.0 if mark.is_wrapped else (FIRST_BASELINE + BELOW_BASELINE - TIGHT_HEIGHT) * em), 0.0
        case Anchor.MIDDLE:
            return 0.0, 2 * low if mark.is_wrapped else 0.0
        case Anchor.BOTTOM:
            return 0.0, low


def _em(mark: Text) -> float:
    """The size of the text at the edge that it is anchored to."""
    edge = mark.paragraphs[-1:] if mark.anchor is Anchor.BOTTOM else mark.paragraphs[:1]
    return max((run.size for paragraph in edge for run in paragraph.runs), default=0.0)


def look(run: Run, language: str, *, name: str, latin: str = LATIN_TYPEFACE) -> Xml:
    """Return how a run looks: `name` is a:rPr in text, a:endParaRPr at its end, a:defRPr for all of a chart."""
    lang, beside = TAGS[language]
    return element(
        name,
        solid(run.colour),
        element("a:latin", typeface=latin),
        element("a:ea", typeface=TYPEFACE, panose=PANOSE, pitchFamily=VARIABLE_SWISS, charset=SHIFT_JIS),
        element("a:cs", typeface=LATIN_TYPEFACE),
        lang=lang,
        altLang=beside,
        sz=round(run.size * 100),
        b=run.is_bold,
        dirty=None if name == "a:defRPr" else 0,
    )


def _paragraph(paragraph: Paragraph, language: str, *, is_wrapped: bool, is_last: bool) -> Xml:
    size = max((run.size for run in paragraph.runs), default=1.0)
    height = LINE_EM if is_wrapped else TIGHT_HEIGHT
    gap = 0.0 if is_last else (LINE_EM - height) * size + paragraph.gap
    spacing = element("a:lnSpc", element("a:spcPts", val=round(size * height * 100)))
    below = element("a:spcAft", element("a:spcPts", val=round(gap * 100)))
    above = element("a:spcBef", element("a:spcPts", val=0))
    kept = {"marL": 0, "indent": 0, "rtl": 0, "eaLnBrk": 1, "hangingPunct": 0}
    look_of_it = element(
        "a:pPr", spacing, above, below, element("a:buNone"), algn=ALIGNED[paragraph.align], **kept
    )
    end = look(paragraph.runs[-1], language, name="a:endParaRPr") if paragraph.runs else NOTHING
    return element("a:p", look_of_it, *(_run(run, language) for run in paragraph.runs), end)


def _run(run: Run, language: str) -> Xml:
    """Signs, and Japanese names in English text, are runs of their own: in another typeface, read by another voice."""
    parts = groupby(run.text, lambda sign: _script(sign, language))
    return joined(*(_piece("".join(signs), script, run, language) for script, signs in parts))


def _piece(written: str, script: Script, run: Run, language: str) -> Xml:
    spoken = language if script is Script.OWN else "ja"
    latin = TYPEFACE if script is Script.SIGN else LATIN_TYPEFACE
    return element(
        "a:r", look(run, spoken, name="a:rPr", latin=latin), element("a:t", elements.text(written))
    )


def _script(sign: str, language: str) -> Script:
    if not sign.isascii() and unicodedata.category(sign) in SIGNS:
        return Script.SIGN
    is_japanese = language != "ja" and unicodedata.east_asian_width(sign) in "FW"
    return Script.JAPANESE if is_japanese else Script.OWN
