"""Questions about partners: who takes part, got a grant or runs a place, and where a point lies. Part of the store."""

from dashboard.database import Database


class Offers(Database):
    """The questions."""
