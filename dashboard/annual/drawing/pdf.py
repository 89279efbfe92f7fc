"""Decks as PDF: vector drawing, real text in embedded fonts, tagged for readers who do not see it (PDF/UA-1)."""

from datetime import UTC, datetime, time

from dashboard.annual.drawing.typesetting import typeset
from dashboard.annual.marks import Deck


def pdf(deck: Deck) -> bytes:
    """Return the deck as one PDF; the same deck gives the same bytes, dated on the day that it was made on.

    Raises:
        FontsMissingError: the fonts have not been brought yet.
    """
    return typeset(deck, "pdf", made=datetime.combine(deck.made_on, time(), UTC))
