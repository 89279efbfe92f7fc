"""Questions about areas beside areas: which border on each other, which are alike, how far it is. Part of the store."""

from dashboard.database import Database


class Neighbourhood(Database):
    """The questions."""
