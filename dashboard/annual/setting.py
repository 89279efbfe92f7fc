"""What all pages of one answer have in common: the wish, the facts, the outlines, the words; paper and colours follow."""

from dataclasses import dataclass

from dashboard.annual.asked import Asked
from dashboard.annual.facts import Facts
from dashboard.annual.ground import Ground
from dashboard.annual.look import LOOKS, Look
from dashboard.annual.paper import Paper, paper_of
from dashboard.words import Words


@dataclass(frozen=True, slots=True)
class Setting:
    """See the module."""

    asked: Asked
    facts: Facts
    ground: Ground
    words: Words

    @property
    def paper(self) -> Paper:
        """The sheet and its sizes of type."""
        return paper_of(self.asked)

    @property
    def look(self) -> Look:
        """Inks in colour or in black and white."""
        return LOOKS[self.asked.colouring]
