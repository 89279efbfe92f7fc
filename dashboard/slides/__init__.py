"""The page of slides, and the way from the database to what the pages of the deck tell."""
