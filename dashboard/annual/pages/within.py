"""What of the facts lies in the area that is asked for: the nation, a block of prefectures, or one prefecture."""

from collections import Counter
from collections.abc import Iterable, Mapping

from dashboard.annual.asked import Asked, prefectures_of
from dashboard.annual.body_names import municipality_name, one_line
from dashboard.annual.facts import Body, Evidence, Facts, MunicipalityRow, PrefectureRow, YearList
from dashboard.words import Words


def is_nation(asked: Asked) -> bool:
    """Whether all of Japan is asked for."""
    return not asked.area and asked.block is None


def area_name(facts: Facts, asked: Asked, words: Words) -> str:
    """Return the name of the area that is asked for."""
    if asked.area:
        return one_line(facts.names[asked.area])
    return words.text(f"block.{asked.block}") if asked.block else words.text("scope.nation")


def prefecture_rows(facts: Facts, asked: Asked) -> tuple[PrefectureRow, ...]:
    """Return the prefectures of the area in the order of their codes."""
    inside = prefectures_of(asked)
    return tuple(row for row in facts.prefectures if row.code[:2] in inside)


def municipality_rows(facts: Facts, asked: Asked) -> tuple[MunicipalityRow, ...]:
    """Return the municipalities of the area in the order of their codes."""
    inside = prefectures_of(asked)
    return tuple(row for row in facts.municipalities if row.prefecture in inside)


def municipality_names(facts: Facts, words: Words, rows: Iterable[MunicipalityRow]) -> Mapping[str, str]:
    """Return the names of municipalities by code, as maps print them; of two alike each with its prefecture."""
    rows = tuple(rows)
    plain = {row.code: municipality_name(row, words) for row in rows}
    times = Counter(plain.values())
    return {
        code: name if times[name] == 1 else f"{name}{words.bracketed(one_line(facts.names[code[:2]]))}"
        for code, name in plain.items()
    }


def bodies(listed: YearList, asked: Asked) -> tuple[Body, ...]:
    """Return the bodies of a list that count and lie in the area."""
    inside = prefectures_of(asked)
    return tuple(body for body in listed.counted if body.prefecture in inside)


def evidence(facts: Facts, asked: Asked) -> tuple[Evidence, ...]:
    """Return the documents that are cited for the area or for the nation as a whole."""
    inside = set(prefectures_of(asked))
    return tuple(
        entry for entry in facts.evidence if not entry.prefectures or inside.intersection(entry.prefectures)
    )


def is_least(facts: Facts) -> bool:
    """Whether counts up to the latest year are of incomplete lists: more bodies may take part."""
    return any(listed.list_state != "complete" for listed in facts.years if listed.year <= facts.latest_year)


def list_sources(lists: Iterable[YearList]) -> tuple[str, ...]:
    """Return the documents of lists that are registered, in part or whole."""
    return tuple(dict.fromkeys(listed.source_id for listed in lists if listed.list_state != "not_registered"))
