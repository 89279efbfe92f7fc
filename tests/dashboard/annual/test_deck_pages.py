"""The pages of words and numbers: equal to the database, inside the paper, nothing over another, the unknown said as unknown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from dashboard.annual.asked import Asked
from dashboard.annual.drawing.text_lines import text_height
from dashboard.annual.facts import Facts
from dashboard.annual.ground import Ground
from dashboard.annual.marks import Box, Chart, Line, Mark, Page, Rect, Role, Shape, Table, Text
from dashboard.annual.pages.cover import cover
from dashboard.annual.pages.definitions_page import definitions_page
from dashboard.annual.pages.evidence_pages import evidence_pages
from dashboard.annual.pages.gaps_page import gains, gaps_page
from dashboard.annual.pages.prefectures_page import prefectures_page
from dashboard.annual.pages.sums import sums
from dashboard.annual.pages.trend_page import trend_page
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import text_width
from dashboard.closed_lists import Block, Colouring, Language, PaperKind
from dashboard.slides.gather import gathered
from dashboard.store import Store
from dashboard.words import words
from etl.build import Build

YEARS = (2022, 2023, 2024)
Kind = Callable[[Setting], tuple[Page, ...]]
KINDS: tuple[Kind, ...] = (cover, trend_page, prefectures_page, gaps_page, definitions_page, evidence_pages)
WISHES = {
    "nation": Asked(YEARS),
    "english": Asked(YEARS, language=Language.EN),
    "mono": Asked(YEARS, colouring=Colouring.MONO),
    "poster": Asked(YEARS, paper=PaperKind.A3),
    "english poster": Asked(YEARS, language=Language.EN, paper=PaperKind.A3),
    "english poster of a prefecture": Asked(
        (*YEARS, 2025, 2026), area="02", language=Language.EN, paper=PaperKind.A3
    ),
    "block": Asked(YEARS, block=Block.KINKI),
    "english block": Asked((2022,), block=Block.HOKKAIDO, language=Language.EN),
    "largest prefecture": Asked((2022,), area="01"),
    "smallest prefecture": Asked((2022,), area="16", language=Language.EN, paper=PaperKind.A3),
}
HAIR = 0.05
HOSTILE = (
    '=HYPERLINK("//x")<script>alert(1)</script>\n**甲** & #set page(width: 1pt) \\ 寿限無寿限無五劫の擦り切れ'
    * 2
)


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The questions to a build of the real data."""
    return Store(project_build)


def setting_of(store: Store, asked: Asked, facts: Facts | None = None) -> Setting:
    told = facts or gathered(store, asked.language)
    return Setting(asked, told, Ground({}, {}, 125.0), words(asked.language))


def pages_of(setting: Setting) -> list[Page]:
    return [page for kind in KINDS for page in kind(setting)]


def box_of(mark: Mark) -> Rect:
    if isinstance(mark, Line | Shape):
        points = mark.points if isinstance(mark, Line) else [p for ring in mark.rings for p in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return mark.at


def said(page: Page) -> Iterator[str]:
    """Every text that a reader of the page sees."""
    for mark in page.marks:
        if isinstance(mark, Text):
            yield from ("".join(run.text for run in paragraph.runs) for paragraph in mark.paragraphs)
        elif isinstance(mark, Table):
            yield from (cell.text for row in mark.rows for cell in row)
        elif isinstance(mark, Chart):
            yield from (*mark.categories, mark.unit, *(one.name for one in mark.series))


def rows_of(page: Page) -> list[tuple[str, ...]]:
    tables = [mark for mark in page.marks if isinstance(mark, Table)]
    return [tuple(cell.text for cell in row) for table in tables for row in table.rows[1:]]


def assert_well_set(page: Page) -> None:
    paper = Rect(0, 0, page.width, page.height)
    assert all(paper.inside(-HAIR).holds(box_of(mark)) for mark in page.marks), page.key
    texts = [mark for mark in page.marks if isinstance(mark, Text | Table | Chart)]
    for one, other in combinations(texts, 2):
        assert not one.at.inside(HAIR).meets(other.at.inside(HAIR)), (page.key, one.name, other.name)
    for mark in page.marks:
        if isinstance(mark, Text):
            assert_fits(page, mark)
        elif isinstance(mark, Table):
            assert_table_fits(page, mark)
    assert len({mark.name for mark in page.marks}) == len(page.marks), page.key
    assert [mark.role for mark in page.marks if isinstance(mark, Text)].count(Role.TITLE) == 1


def assert_fits(page: Page, mark: Text) -> None:
    assert all(run.size >= 8 for paragraph in mark.paragraphs for run in paragraph.runs), mark.name
    width = mark.at.width if mark.is_wrapped else None
    assert text_height(mark.paragraphs, width) <= mark.at.height + HAIR, (page.key, mark.name)
    if not mark.is_wrapped:
        for paragraph in mark.paragraphs:
            wide = sum(text_width(run.text, run.size, is_bold=run.is_bold) for run in paragraph.runs)
            assert wide <= mark.at.width + HAIR, (page.key, mark.name)


def assert_table_fits(page: Page, mark: Table) -> None:
    assert mark.size >= 8
    assert sum(mark.widths) == pytest.approx(mark.at.width)
    assert len(mark.rows) * mark.row_height == pytest.approx(mark.at.height)
    for row in mark.rows:
        for cell, width in zip(row, mark.widths, strict=True):
            wide = text_width(cell.text, mark.size, is_bold=cell.is_bold)
            assert wide + 0.9 * mark.size <= width + HAIR, (page.key, cell.text)


@pytest.mark.parametrize("wish", WISHES)
def test_everything_stands_on_the_paper_and_nothing_on_anything_else(store: Store, wish: str) -> None:
    pages = pages_of(setting_of(store, WISHES[wish]))
    assert len({page.key for page in pages}) == len(pages) >= len(KINDS)
    for page in pages:
        assert_well_set(page)


@pytest.mark.parametrize("area", [f"{code:02d}" for code in range(1, 48)])
def test_every_prefecture_fits_its_pages_with_every_municipality_once(store: Store, area: str) -> None:
    setting = setting_of(store, Asked(YEARS, area=area))
    tables = prefectures_page(setting)
    for page in (*cover(setting), *trend_page(setting), *tables, *gaps_page(setting)):
        assert_well_set(page)
    named = [row[0] for page in tables for row in rows_of(page)]
    assert named == [row.name for row in setting.facts.municipalities if row.prefecture == area]


@pytest.mark.parametrize("wish", WISHES)
def test_nothing_is_cut_where_names_are_as_the_tables_have_them(store: Store, wish: str) -> None:
    pages = pages_of(setting_of(store, WISHES[wish]))
    tables = [mark for page in pages for mark in page.marks if isinstance(mark, Table)]
    assert not [
        cell.text for table in tables for row in table.rows for cell in row if cell.text.endswith("…")
    ]


@pytest.mark.parametrize("wish", WISHES)
def test_cells_stay_on_one_line_in_a_typeface_that_is_a_little_wider(store: Store, wish: str) -> None:
    """A program without our typeface would else break names in two and push the rows below off the page."""
    for page in pages_of(setting_of(store, WISHES[wish])):
        for table in (mark for mark in page.marks if isinstance(mark, Table)):
            for row in table.rows:
                for cell, width in zip(row, table.widths, strict=True):
                    wide = 1.05 * text_width(cell.text, table.size, is_bold=cell.is_bold)
                    assert wide + 0.9 * table.size <= width, (page.key, cell.text)


@pytest.mark.parametrize("language", Language)
def test_every_letter_in_a_table_of_municipalities_is_explained_on_its_page(
    store: Store, language: Language
) -> None:
    for area in ("01", "14", "34"):
        setting = setting_of(store, Asked(YEARS, area=area, language=language))
        for page in prefectures_page(setting):
            told = " ".join(said(page))
            letters = {row[1].removeprefix("■ ") for row in rows_of(page)}
            assert all(setting.words.text(f"state.{letter}") in told for letter in letters), area


def test_the_table_says_of_every_prefecture_what_the_database_says(store: Store) -> None:
    (page,) = prefectures_page(setting_of(store, Asked(YEARS)))
    *rows, nation = rows_of(page)
    year = store.latest_year_with_facts
    found = store.prefecture_coverage(year, "cumulative")
    assert [row[0] for row in rows] == [row["name"] for row in found]
    for shown, row in zip(rows, found, strict=True):
        assert shown[1].endswith("あり") is row["takes_part"]
        assert shown[2] == f"{row['strict']:,} / {row['municipalities']:,}"
        assert shown[4] == f"{row['population_strict']:,}"
    whole = store.national_coverage(year, "cumulative")["strict"]
    assert nation[2] == f"{whole['municipalities']:,} / {whole['municipalities_total']:,}"
    assert nation[4] == f"{whole['population']:,}"


def test_bars_are_ordered_by_people_and_as_long_as_their_numbers(store: Store) -> None:
    setting = setting_of(store, Asked(YEARS))
    (page,) = gaps_page(setting)
    people = [int(row[2].replace(",", "")) for row in rows_of(page)]
    assert people == sorted(people, reverse=True)
    row = store.one(
        """SELECT sum(population - population_strict) AS people FROM coverage_prefecture
           WHERE fiscal_year = ? AND time_view = 'cumulative'""",
        store.latest_year_with_facts,
    )
    assert row is not None
    assert sum(people) == row["people"]
    bars = [mark for mark in page.marks if isinstance(mark, Box) and mark.name.startswith("bar-")]
    for gain in gains(setting):
        long = sum(bar.at.width for bar in bars if bar.name.endswith(gain.code))
        assert long == pytest.approx((gain.people or 0) * bars[0].at.width / people[0])


def test_the_two_parts_of_a_bar_stand_one_after_the_other(store: Store) -> None:
    facts = gathered(store, "ja")
    rows = tuple(replace(row, inside_people=row.uncovered_people // 3) for row in facts.prefectures)
    (page,) = gaps_page(setting_of(store, Asked(YEARS), replace(facts, prefectures=rows)))
    bars = {mark.name: mark.at for mark in page.marks if isinstance(mark, Box)}
    for row in rows:
        none, inside = bars[f"bar-none-{row.code}"], bars[f"bar-inside-{row.code}"]
        assert inside.x == pytest.approx(none.right)
        assert inside.width * 2 == pytest.approx(none.width, rel=1e-4)


def test_of_a_part_of_japan_every_municipality_is_among_the_bars_or_in_the_rest(store: Store) -> None:
    for asked in (Asked(YEARS, area="01"), Asked(YEARS, block=Block.KANTO), Asked(YEARS, area="31")):
        setting = setting_of(store, asked)
        (page,) = gaps_page(setting)
        shown, found = rows_of(page), gains(setting)
        rest = "".join(text for text in said(page) if text.startswith("ほかに"))
        assert bool(rest) is (len(shown) < len(found))
        if rest:
            left = sum(gain.people or 0 for gain in found[len(shown) :])
            assert f"{len(found) - len(shown)}市区町村" in rest
            assert f"{left:,}人" in rest


def test_two_municipalities_of_one_name_are_told_apart(store: Store) -> None:
    """池田町 lies in 長野, 岐阜 and 福井, which are one block."""
    names = [gain.name for gain in gains(setting_of(store, Asked(YEARS, block=Block.CHUBU)))]
    assert len(set(names)) == len(names)
    assert {"池田町（長野県）", "池田町（岐阜県）", "池田町（福井県）"} <= set(names)


def test_the_columns_of_the_years_add_up_to_what_was_published(store: Store) -> None:
    (page,) = trend_page(setting_of(store, Asked(YEARS)))
    chart = next(mark for mark in page.marks if isinstance(mark, Chart))
    for place, row in enumerate(store.years):
        values = [one.values[place] for one in chart.series]
        if row["published_total"] is None:
            assert values == [None] * len(values)
        else:
            assert sum(value or 0 for value in values) == row["published_total"]


def test_a_year_without_a_list_is_unknown_and_never_nothing(store: Store) -> None:
    (page,) = trend_page(setting_of(store, Asked(YEARS)))
    silent = [row for row in rows_of(page) if row[0] in {"令和7年度", "令和8年度"}]
    assert len(silent) == 2
    assert {cell for row in silent for cell in row[1:]} == {"不明"}


def test_nobody_named_in_a_part_of_a_list_is_not_drawn_as_nobody(store: Store) -> None:
    """No body of 近畿 is among the seven that are named of FY2023's fifteen: whether one of them is, nobody knows."""
    (page,) = trend_page(setting_of(store, Asked(YEARS, block=Block.KINKI)))
    chart = next(mark for mark in page.marks if isinstance(mark, Chart))
    assert {one.values[1] for one in chart.series} == {None}
    assert chart.categories[1] == "R5（収録分）"


def test_where_no_list_is_registered_every_number_is_unknown(store: Store) -> None:
    facts = gathered(store, "ja")
    silent = replace(
        facts,
        prefectures=tuple(
            replace(row, takes_part=None, strict=0, inclusive=0, uncovered_people=row.people)
            for row in facts.prefectures
        ),
    )
    setting = setting_of(store, Asked(YEARS), silent)
    assert sums(silent.prefectures) is None
    for page in pages_of(setting):
        assert_well_set(page)
    (table,) = prefectures_page(setting)
    assert {cell for row in rows_of(table) for cell in row[1:]} == {"不明"}
    (bars,) = gaps_page(setting)
    assert {row[2] for row in rows_of(bars)} == {"不明"}
    assert not [mark for mark in bars.marks if mark.name.startswith("bar-")]
    (first,) = cover(setting)
    assert list(said(first)).count("不明") == 3


def test_findings_of_lists_that_are_not_whole_are_bounds_and_nobody_named_is_no_number(store: Store) -> None:
    (reached,) = gaps_page(setting_of(store, Asked(YEARS)))
    assert "最大11,719万人" in reached.title
    quiet = setting_of(store, Asked(YEARS, area="37"))
    (table,), (years,) = prefectures_page(quiet), trend_page(quiet)
    assert table.title == "香川県と17市区町村の取組は、収録した資料では確認できない"
    assert years.title == "収録した一覧に、香川県の団体の名はない"
    figures = {mark.name: mark for mark in cover(quiet)[0].marks if isinstance(mark, Text)}
    for name in ("municipalities-number", "people-number"):
        assert [run.text for run in figures[name].paragraphs[0].runs] == ["確認なし"]
    (own,) = prefectures_page(setting_of(store, Asked(YEARS, area="36", language=Language.EN)))
    assert own.title == "Tokushima: the prefecture is confirmed, none of its 24 municipalities is"


def test_the_appendix_names_every_document_and_every_place_once_and_whole(store: Store) -> None:
    for language in Language:
        setting = setting_of(store, Asked(YEARS, language=language))
        told = [text for page in evidence_pages(setting) for text in said(page)]
        for entry in setting.facts.evidence:
            assert sum(text.startswith(entry.source_id) for text in told) >= 1
            assert entry.title in told
            assert all(any(place in text for text in told) for place in entry.locators)


def test_names_from_uploads_stay_text_on_one_line_and_inside_their_place(store: Store) -> None:
    facts = gathered(store, "ja")
    hostile = replace(
        facts,
        names=dict.fromkeys(facts.names, HOSTILE),
        municipalities=tuple(replace(row, name=HOSTILE) for row in facts.municipalities),
        evidence=tuple(
            replace(entry, title=HOSTILE, publisher=HOSTILE, locators=(HOSTILE,)) for entry in facts.evidence
        ),
    )
    for asked in (Asked(YEARS), Asked(YEARS, area="13"), Asked(YEARS, block=Block.TOHOKU)):
        for page in pages_of(setting_of(store, asked, hostile)):
            assert_well_set(page)
            assert not [text for text in said(page) if "\n" in text]


@pytest.mark.parametrize("kind", [cover, trend_page, prefectures_page, gaps_page, definitions_page])
def test_a_page_that_leaves_alone_takes_its_documents_with_it_in_its_notes(store: Store, kind: Kind) -> None:
    setting = setting_of(store, Asked(YEARS))
    notes = "\n".join(note for page in kind(setting) for note in page.notes)
    lists = [entry for entry in setting.facts.evidence if entry.source_id in {"s2023-01", "s2023-10-10"}]
    assert len(lists) == 2
    assert all(entry.source_id in notes and entry.title in notes for entry in lists)


def test_no_page_shames_anybody_or_ranks_by_merit(store: Store) -> None:
    shaming = re.compile("空白|遅れ|未整備|ワースト|[0-9]位")
    for page in pages_of(setting_of(store, Asked(YEARS))):
        assert not [text for text in said(page) if shaming.search(text)]


def test_every_number_of_people_bears_its_denominator_and_at_least(store: Store) -> None:
    (page,) = cover(setting_of(store, Asked(YEARS)))
    told = " ".join(said(page))
    assert "1,741市区町村のうち" in told
    assert "47都道府県のうち" in told
    assert told.count("少なくとも") == 3
