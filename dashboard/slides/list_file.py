"""The lists of the asked years as a file: every body with its evidence, the lists themselves and their documents beside it."""

from collections.abc import Iterable
from typing import Any

from dashboard.annual.asked import Asked, prefectures_of
from dashboard.annual.facts import Body, BodyClass, Facts, YearList
from dashboard.words import Words, words
from etl.export import Sheet, book_bytes

BODY_COLUMNS = (
    *("fiscal_year", "prefecture", "code", "name", "romaji", "sign", "body_class", "standing", "first_year"),
    *("cohort", "decided_on", "is_counted", "is_likely", "source_id", "document", "locator"),
)
LIST_COLUMNS = ("fiscal_year", "programme", "list_state", "published_total", "named", "source_id", "document")
SOURCE_COLUMNS = ("source_id", "document", "publisher", "published_on", "url", "locators")


def list_file(facts: Facts, asked: Asked, extension: str, spoken: Words) -> bytes:
    """Return every body of the asked years that lies in the asked area, partners too, as csv or xlsx.

    Bodies come first; the workbook has sheets of the lists and of the documents beside them. Empty is unknown.
    """
    lists = [listed for listed in facts.years if listed.year in asked.years]
    bodies = _sheet("bodies", BODY_COLUMNS, _bodies(facts, asked, lists, spoken), spoken)
    years = _sheet("lists", LIST_COLUMNS, (_list(listed, spoken) for listed in lists), spoken)
    cited = {listed.source_id for listed in lists} | {
        body.source_id for each in lists for body in each.bodies
    }
    documents = _sheet("sources", SOURCE_COLUMNS, _documents(facts, cited), spoken)
    return book_bytes(bodies, (years, documents), extension)


def _sheet(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], spoken: Words) -> Sheet:
    japanese, english = words("ja"), words("en")
    return Sheet(
        name=spoken.text(f"deck.file.{name}"),
        title=spoken.text("deck.file.title"),
        columns=columns,
        meanings=tuple(
            (japanese.text(f"deck.file_column.{column}"), english.text(f"deck.file_column.{column}"))
            for column in columns
        ),
        rows=tuple(rows),
    )


def _bodies(
    facts: Facts, asked: Asked, lists: Iterable[YearList], spoken: Words
) -> Iterable[tuple[Any, ...]]:
    inside = prefectures_of(asked)
    for listed in lists:
        for body in listed.bodies:
            if body.prefecture in inside:
                yield (listed.year, facts.names[body.prefecture], *_body(body, spoken))


def _body(body: Body, spoken: Words) -> tuple[Any, ...]:
    return (
        body.code,
        body.name,
        body.romaji,
        "□" if body.body_class is BodyClass.MUNICIPALITY else "■",
        spoken.text(f"deck.body_class.{body.body_class}"),
        spoken.text(f"status.{body.standing}"),
        body.first_year,
        body.cohort,
        body.decided_on,
        body.is_counted,
        body.is_likely,
        body.source_id,
        body.document,
        body.locator,
    )


def _list(listed: YearList, spoken: Words) -> tuple[Any, ...]:
    named = len(listed.counted) if listed.list_state != "not_registered" else None
    return (
        listed.year,
        listed.programme or None,
        spoken.text(f"deck.list_state.{listed.list_state}"),
        listed.published_total,
        named,
        listed.source_id,
        listed.document,
    )


def _documents(facts: Facts, cited: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    for entry in facts.evidence:
        if entry.source_id in cited:
            published, places = entry.published_on or None, "\n".join(entry.locators) or None
            yield (entry.source_id, entry.title, entry.publisher, published, entry.url or None, places)
