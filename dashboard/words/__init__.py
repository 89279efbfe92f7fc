"""Every sentence on screen, in Japanese and in English.

The sentences live in `ja/*.toml` and `en/*.toml` beside this file: one key, one sentence, the same keys in both (tested).
Values are filled with `str.format`; a value is data and is never looked up or formatted again.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
PEOPLE_PER_MAN = 10_000


class MissingWordError(KeyError):
    """A key that the words file does not have: a fault of the code, never of the user."""


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language.

    >>> Words("ja", {"of": "{n}団体"}).text("of", n=3)
    '3団体'
    """

    language: str
    sentences: Mapping[str, str]

    def text(self, key: str, /, **values: object) -> str:
        """Return the sentence `key` with `values` filled in.

        Raises:
            MissingWordError: the words file has no such key.
        """
        try:
            return self.sentences[key].format(**values)
        except KeyError as fault:
            raise MissingWordError(f"{self.language}: {key}") from fault

    def people(self, count: int) -> str:
        """Return a number of people as it is read aloud: 539万人, 5.39 million."""
        if self.language == "en":
            return f"{count / 1e6:,.2f} million" if count >= 1e6 else f"{count:,}"
        return f"{round(count / PEOPLE_PER_MAN):,}万人" if count >= PEOPLE_PER_MAN else f"{count:,}人"

    def share(self, part: int, whole: int) -> str:
        """Return a percentage with one decimal, or a dash where the whole is 0."""
        return f"{part / whole:.1%}" if whole else "–"

    def bracketed(self, text: str) -> str:
        """Return `text` in the brackets of the language, with the space that English puts before them."""
        return self.text("bracketed", text=text)

    def year(self, fiscal_year: int) -> str:
        """Return the label of a fiscal year: 令和4年度（2022）, FY2022 (Reiwa 4)."""
        return self.text("year.long", reiwa=_reiwa(fiscal_year), year=fiscal_year)

    def year_name(self, fiscal_year: int) -> str:
        """Return the fiscal year as it stands in a sentence: 令和4年度, FY2022."""
        return self.text("year.name", reiwa=_reiwa(fiscal_year), year=fiscal_year)

    def year_short(self, fiscal_year: int) -> str:
        """Return the shortest label, the one that the lists themselves use: R4."""
        return self.text("year.short", reiwa=_reiwa(fiscal_year), year=fiscal_year % 100)


def _reiwa(fiscal_year: int) -> str:
    """令和 begins in 2019, and its first year is written 元 in prose."""
    return "元" if fiscal_year == 2019 else str(fiscal_year - 2018)


@cache
def words(language: str) -> Words:
    """Return the words of `language` ("ja" or "en")."""
    sentences: dict[str, str] = {}
    for file in sorted((HERE / language).glob("*.toml")):
        sentences |= _flat(tomllib.loads(file.read_text(encoding="utf-8")))
    return Words(language, sentences)


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Flatten nested TOML tables into dotted keys."""
    found: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = str(value)
    return found
