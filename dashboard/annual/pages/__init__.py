"""The other pages of the deck: from facts to marks."""
