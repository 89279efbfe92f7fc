"""Colours and patterns of the annual map, in colour and in black and white.

Contrast on white: blue 12.4, orange 4.9, red 5.9, grey 3.0 (WCAG 2.2). No class is told by its fill alone: a sign, a line, a
pattern or a word always says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.annual.facts import BodyClass
from dashboard.annual.marks import TEXT_COLOUR, Ink, Pattern
from dashboard.closed_lists import Colouring

BLUE, LIGHT_BLUE, ORANGE, LIGHT_ORANGE, RED = "#0017C1", "#C5D7FB", "#C74700", "#F9B58F", "#CE0000"
QUIET, BORDER, DIVIDER, WHITE = "#595959", "#949494", "#D8D8DB", "#FFFFFF"

LAND = Ink("#F5F5F7", BORDER, 0.5)
UNKNOWN_LAND = Ink("#E0E0E0", BORDER, 0.5)
MUNICIPAL_BORDER = Ink(None, BORDER, 0.35)
LEADER = Ink(None, QUIET, 0.5)
FRAME = Ink(None, BORDER, 0.5)


@dataclass(frozen=True, slots=True)
class Look:
    """Inks by class of body: of its area, of its sign, and the colour of its name; `accent` tells what is new."""

    areas: Mapping[BodyClass, Ink]
    signs: Mapping[BodyClass, Ink]
    names: Mapping[BodyClass, str]
    sign_colours: Mapping[BodyClass, str]
    partner: Ink
    accent: str
    figure: str


def _inks(prefecture: Ink, designated_city: Ink, municipality: Ink) -> dict[BodyClass, Ink]:
    return dict(zip(BodyClass, (prefecture, designated_city, municipality), strict=True))


def _colours(filled: str, outlined: str) -> dict[BodyClass, str]:
    return dict(zip(BodyClass, (filled, filled, outlined), strict=True))


LOOKS = {
    Colouring.COLOUR: Look(
        areas=_inks(Ink(LIGHT_BLUE, BLUE, 0.6), Ink(BLUE, BLUE, 0.4), Ink(LIGHT_ORANGE, ORANGE, 0.5)),
        signs=_inks(Ink(BLUE, WHITE, 0.6), Ink(BLUE, WHITE, 0.6), Ink(WHITE, ORANGE, 1.4)),
        names=_colours(BLUE, TEXT_COLOUR),
        sign_colours=_colours(BLUE, ORANGE),
        partner=Ink(WHITE, ORANGE, 0.6, Pattern.HATCH),
        accent=RED,
        figure=BLUE,
    ),
    Colouring.MONO: Look(
        areas=_inks(
            Ink(WHITE, "#4D4D4D", 0.7, Pattern.HATCH),
            Ink("#4D4D4D", TEXT_COLOUR, 0.4),
            Ink("#D0D0D0", TEXT_COLOUR, 0.5, Pattern.CROSS),
        ),
        signs=_inks(Ink(TEXT_COLOUR, WHITE, 0.6), Ink(TEXT_COLOUR, WHITE, 0.6), Ink(WHITE, TEXT_COLOUR, 1.4)),
        names=_colours(TEXT_COLOUR, TEXT_COLOUR),
        sign_colours=_colours(TEXT_COLOUR, TEXT_COLOUR),
        partner=Ink(WHITE, TEXT_COLOUR, 0.6, Pattern.DOTS),
        accent=TEXT_COLOUR,
        figure=TEXT_COLOUR,
    ),
}
