"""Every sentence on screen, in Japanese and in English.

The sentences live in `ja/*.toml` and `en/*.toml` beside this file: one key, one sentence, the same keys in both (tested).
Values are filled with `str.format`; a value is data and is never looked up or formatted again.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

HERE = Path(__file__).parent
PEOPLE_PER_MAN = 10_000

PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
"""A date as the tables hold it: a year, a month or a day."""

HELD = {
    "code": r"\d{5}",
    "count": r"\d+",
    "date": PARTIAL_DATE.pattern.replace("(", "(?:"),
    "day": r"\d{1,2}",
    "heading": "「.+」",
    "month": r"\d{1,2}",
    "printed": "「.+」",
    "reiwa": r"令和(?:\d+|元)年度",
}
"""What a value of a set phrase looks like in the tables, by its name; any other value is any text."""


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

    def date(self, known: str) -> str:
        """Return a date of the tables, as far as it is known: 2023年10月10日, October 2023; other text as it is."""
        if not PARTIAL_DATE.fullmatch(known):
            return known
        values = dict(zip(("year", "month", "day"), known.split("-"), strict=False))
        shown = {name: value.lstrip("0") for name, value in values.items()}
        if "month" in shown:
            shown["month"] = self.text(f"month.{shown['month']}")
        return self.text(("date.year", "date.month", "date.day")[len(shown) - 1], **shown)

    def held(self, section: str, phrase: str) -> str | None:
        """Return a set phrase of the tables in this language, or None if `section` has no such phrase.

        The Japanese sentences of the section are the phrases as the tables hold them; the values in them are shown too.
        """
        for key, form in _phrases(section):
            if found := form.fullmatch(phrase):
                values = {name: self._value(name, value) for name, value in found.groupdict().items()}
                return phrase if self.language == "ja" else self.text(key, **values)
        return None

    def as_of(self, printed: str) -> str:
        """Return the day, month or period that a document prints: 令和4年度, FY2022, 29 July 2022."""
        return self.held("as_of", printed) or self.date(printed)

    def _value(self, name: str, value: str) -> str:
        if name == "reiwa":
            reiwa = value.removeprefix("令和").removesuffix("年度")
            return self.year_name(2018 + (1 if reiwa == "元" else int(reiwa)))
        if name == "month":
            return self.text(f"month.{int(value)}")
        return self.date(value) if name == "date" else value

    def joined(self, separator: str, parts: Iterable[object]) -> str:
        """Join what is there of `parts`: "apart" by a space, "dotted" by a dot, "listed" by a comma, "named" by a colon.

        "placed" joins the parts of a place.
        """
        return self.separator(separator).join(str(part) for part in parts if part)

    def separator(self, name: str) -> str:
        """Return the sign that stands between parts: see `joined`."""
        return self.text(f"separator.{name}", first="", second="")


@cache
def _phrases(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The set phrases of a section as patterns, in the order of the file."""
    held = words("ja").sentences
    return tuple((key, _form(held[key])) for key in held if key.startswith(f"{section}."))


def _form(sentence: str) -> re.Pattern[str]:
    parts = (
        re.escape(text) + (f"(?P<{name}>{HELD.get(name, '.+?')})" if name else "")
        for text, name, _, _ in Formatter().parse(sentence)
    )
    return re.compile("".join(parts))


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
