"""From the database to what the pages of the annual map tell, in one language."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from dashboard.annual.asked import Asked
from dashboard.annual.facts import (
    Body,
    BodyClass,
    Evidence,
    Facts,
    MunicipalityRow,
    PrefectureRow,
    Standing,
    YearList,
)
from dashboard.annual.ground import Ground
from dashboard.closed_lists import TimeView
from dashboard.store import Row, Store
from dashboard.words import Words, words


def gathered(store: Store, language: str) -> Facts:
    """Return everything that the pages tell, in `language` ("ja" or "en"): a build's facts never change."""
    spoken = words(language)
    year = store.latest_year_with_facts
    return Facts(
        years=tuple(_year_list(store, spoken, row) for row in store.programme_lists),
        latest_year=year,
        prefectures=tuple(_prefecture(row) for row in store.prefecture_coverage(year, TimeView.CUMULATIVE)),
        names={row["code"][:2]: _own_name(spoken, row) for row in store.prefectures},
        evidence=_evidence(store, spoken, year),
        totals={name: int(count) for name, count in store.bodies_in_all.items()},
        credit=_credit(store, spoken, year),
        build_id=store.build.build_id,
        built_on=date.fromisoformat(store.build.built_at[:10]),
        municipalities=tuple(_municipality(row) for row in store.states(year, TimeView.CUMULATIVE)),
    )


def ground_of(store: Store, asked: Asked) -> Ground:
    """Return the outlines of a wish, as its last year draws them: every listed municipality, or all of one prefecture."""
    listed = (row["code"] for row in store.listed_bodies if row["kind"] != BodyClass.PREFECTURE)
    return store.ground(asked.years[-1], *listed, prefecture=asked.area)


def _year_list(store: Store, spoken: Words, row: Row) -> YearList:
    has_list = row["list_state"] != "not_registered"
    year = row["fiscal_year"]
    return YearList(
        year=year,
        programme=row["programme_name"] or "",
        list_state=row["list_state"],
        published_total=row["published_total"],
        bodies=tuple(_body(spoken, entry) for entry in store.listed_bodies if entry["fiscal_year"] == year),
        source_id=row["source_id"],
        document=in_language(spoken, row, "title"),
        as_of=spoken.as_of(row["published_on"]) if has_list and row["published_on"] else "",
    )


def _body(spoken: Words, row: Row) -> Body:
    return Body(
        code=row["code"],
        name=row["name"],
        romaji=row["romaji"] or "",
        body_class=body_class(row["kind"]),
        standing=standing(row["status"]),
        lon=row["rep_lon"],
        lat=row["rep_lat"],
        first_year=row["first_year"],
        cohort=row["cohort"],
        decided_on=row["decided_on"],
        is_counted=row["is_counted"],
        is_likely=row["confidence"] == "likely",
        source_id=row["source_id"],
        document=in_language(spoken, row, "title"),
        locator=locator(spoken, row["source_locator"]),
    )


def body_class(kind: str) -> BodyClass:
    """Return how the ministry's list marks a kind of area."""
    is_marked = kind in (BodyClass.PREFECTURE, BodyClass.DESIGNATED_CITY)
    return BodyClass(kind) if is_marked else BodyClass.MUNICIPALITY


def standing(status: str) -> Standing:
    """Return a body's standing; a row that contradicts a published number ("disputed") stands as unknown."""
    return Standing(status) if status in set(Standing) else Standing.UNKNOWN


def _prefecture(row: Row) -> PrefectureRow:
    """Where no list is registered the counts are NULL: `takes_part` says so, and no page then shows these zeros."""
    people, strict, inclusive = (
        int(row[name] or 0) for name in ("population", "population_strict", "population_inclusive")
    )
    return PrefectureRow(
        code=row["code"],
        name=row["name"],
        romaji=row["romaji"],
        takes_part=row["takes_part"],
        municipalities=int(row["municipalities"]),
        strict=int(row["strict"] or 0),
        inclusive=int(row["inclusive"] or 0),
        people=people,
        uncovered_people=people - strict,
        inside_people=inclusive - strict,
    )


def _municipality(row: Row) -> MunicipalityRow:
    return MunicipalityRow(
        code=row["code"],
        name=row["name"],
        romaji=row["romaji"] or "",
        state=row["state"],
        since_year=row["since_year"],
        people=int(row["population"]),
    )


def _evidence(store: Store, spoken: Words, year: int) -> tuple[Evidence, ...]:
    documents = groupby(store.cited(year), key=lambda row: row["source_id"])
    return tuple(_document(spoken, list(rows)) for _, rows in documents)


def _document(spoken: Words, rows: Sequence[Row]) -> Evidence:
    first = rows[0]
    is_national = any(row["is_national"] for row in rows)
    inside = sorted({code for row in rows for code in row["prefectures"]})
    return Evidence(
        source_id=first["source_id"],
        title=in_language(spoken, first, "title"),
        publisher=in_language(spoken, first, "publisher"),
        published_on=spoken.as_of(first["published_on"]) if first["published_on"] else "",
        url=first["url"] or "",
        locators=tuple(locator(spoken, row["source_locator"]) for row in rows if row["source_locator"]),
        prefectures=() if is_national else tuple(inside),
    )


def _credit(store: Store, spoken: Words, year: int) -> str:
    """Whose boundaries the maps are drawn with: the mesh, or official ones of the latest year."""
    precision = f"{store.finest_precision_m(year):,.0f}"
    official = store.boundary(year)
    if official is None:
        return spoken.text("map.attribution", precision=precision)
    return spoken.text(
        "map.attribution_official",
        title=official["title"],
        precision=precision,
        credit=official["credit"],
    )


def _own_name(spoken: Words, row: Row) -> str:
    return str(row["romaji"] if spoken.language == "en" and row["romaji"] else row["name"])


def in_language(spoken: Words, row: Row, column: str) -> str:
    """Return a title or name of the tables; in English its English gloss, where there is one."""
    english = row.get(f"{column}_en") if spoken.language == "en" else None
    return str(english or row[column] or "")


def locator(spoken: Words, printed: str) -> str:
    """Return where in its document a fact stands: our own phrases in the language, printed headings as printed."""
    return spoken.held("locator", printed) or spoken.text("cited.heading", heading=printed)
