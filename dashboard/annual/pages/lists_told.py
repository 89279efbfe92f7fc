"""How much of every list is known, one sentence a fiscal year: no number can be read without it."""

from dashboard.annual.facts import YearList
from dashboard.annual.setting import Setting
from dashboard.words import Words


def list_sentences(setting: Setting) -> tuple[str, ...]:
    """Return a sentence for every fiscal year of the atlas."""
    return tuple(list_sentence(setting.words, listed) for listed in setting.facts.years)


def list_sentence(words: Words, listed: YearList) -> str:
    """Return how many bodies a year's list has and how many of them are named."""
    year, named = words.year_name(listed.year), len(listed.counted)
    if listed.list_state == "not_registered":
        return words.text("deck.list.none", year=year)
    if listed.published_total is None:
        return words.text("deck.list.open", year=year, named=f"{named:,}")
    key = "deck.list.whole" if listed.list_state == "complete" else "deck.list.part"
    return words.text(key, year=year, total=f"{listed.published_total:,}", named=f"{named:,}")
