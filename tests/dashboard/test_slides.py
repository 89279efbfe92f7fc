"""発表資料 as drawn: every year, language, area and page; the texts to copy, the tables, and files that equal the database."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import product
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.annual.asked import Asked
from dashboard.annual.facts import Facts
from dashboard.annual.marks import Cell, Chart, Deck, Ink, Page, Rect, Run, Series, Table, Text
from dashboard.closed_lists import Block, Colouring, Language, Outgoing, PaperKind, SheetKind
from dashboard.scope import Scope
from dashboard.slides.answer_card import headline, number, together
from dashboard.slides.asking import MAPS, Sheet, listed
from dashboard.slides.cite_card import sources
from dashboard.slides.drawing import deck_pages, facts_of, part, whole_deck
from dashboard.slides.finding import lists_of
from dashboard.slides.list_file import list_file
from dashboard.slides.listed import equal_tables
from dashboard.slides.outgoing import ending, file_of, packed, pictures, stem
from dashboard.store import Store
from dashboard.view import View
from dashboard.words import words
from etl.build import Build

RUN_LIMIT_S = 60
HOSTILE = "<script>alert(1)</script>=cmd()|*甲*_町_"
YEARS = ("2022", "2023", "2024", "2025")


def script() -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main("slides")


def drawn(**address: object) -> AppTest:
    """Return the page as drawn for an address."""
    test = AppTest.from_function(script, default_timeout=RUN_LIMIT_S)
    for name, value in address.items():
        test.query_params[name] = str(value)
    return test.run()


def html_of(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


def text_of(test: AppTest) -> str:
    """Return everything the page says, without markup."""
    return unescape(re.sub(r"<[^>]+>", " ", html_of(test)))


def heading_of(test: AppTest) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html_of(test))
    assert found is not None
    return unescape(found.group(1))


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    return Store(project_build)


# -- the page ----------------------------------------------------------------------------------------------------


def is_whole(test: AppTest) -> bool:
    """Whether the page was drawn to its end without an error."""
    return not test.exception and not test.error and len(test.get("bidi_component")) >= 3


@pytest.mark.parametrize(("year", "language"), list(product(YEARS, Language)))
def test_every_year_is_drawn_for_the_nation(year: str, language: Language) -> None:
    assert is_whole(drawn(year=year, lang=language))


@pytest.mark.parametrize(
    ("year", "language"), [("2022", Language.JA), ("2023", Language.EN), ("2025", Language.JA)]
)
@pytest.mark.parametrize(
    "place", [{"block": "kinki"}, {"area": "34000"}, {"area": "34208"}, {"area": "47000"}], ids=str
)
def test_whole_partial_and_missing_lists_are_drawn_for_parts_of_japan(
    year: str, language: Language, place: dict[str, str]
) -> None:
    assert is_whole(drawn(year=year, lang=language, **place))


@pytest.mark.parametrize("sheet", SheetKind)
@pytest.mark.parametrize("language", Language)
def test_every_page_of_the_deck_can_be_looked_at(store: Store, sheet: SheetKind, language: Language) -> None:
    test = drawn(year=2024, years="2022.2023", sheet=sheet, lang=language, colouring="mono", paper="a3")
    assert not test.exception
    asked = Asked((2022, 2023, 2024), "", None, language, Colouring.MONO, PaperKind.A3)
    entry = Sheet(sheet, 2024) if sheet == SheetKind.YEAR else Sheet(sheet)
    assert deck_pages(store, asked)[entry][0].title in text_of(test), "the citation names the page in view"


def test_the_heading_is_the_finding() -> None:
    assert heading_of(drawn(year=2022)).startswith(
        "令和4年度は、29団体（9道府県・3政令指定都市・17市町村）が、"
    )
    assert "少なくとも7団体" in heading_of(drawn(year=2023))


def test_a_year_without_a_list_is_said_and_leads_to_years_that_have_one() -> None:
    test = drawn(year=2026)
    assert heading_of(test) == "令和8年度の取組団体の一覧は、まだ収録していません。"
    assert "年度=" not in html_of(test)
    ways = re.findall(r'href="\?([^"]+)"[^>]*class="inside way"', html_of(test))
    assert [re.search(r"year=(\d+)", way)[1] for way in map(unescape, ways)] == ["2024", "2023", "2022"]  # type: ignore[index]


def test_a_prefecture_that_no_list_names_is_not_confirmed() -> None:
    told = text_of(drawn(year=2022, area="13000"))
    assert "東京都では参画の確認なし（「孤独・孤立対策のこれまでの主な取組」2023年1月）" in told
    assert "この地域の団体の名は、一覧にありません" in told


def test_an_incomplete_list_is_told_on_the_page() -> None:
    told = text_of(drawn(year=2023))
    assert "一覧を一部だけ収録している年度があります" in told
    assert "全国の一覧15団体のうち7団体の名を収録" in told


def test_unlisted_years_stand_beside_the_others_as_unknown() -> None:
    told = text_of(drawn(year=2025, years="2022"))
    assert "令和7年度：一覧は未収録" in told
    assert "令和4年度は、少なくとも29団体" in told


def test_the_table_holds_every_body_of_the_list_once(store: Store) -> None:
    html = html_of(drawn(year=2022))
    for row in store.participants(2022, 2022):
        named = rf"[■□] {re.escape(str(row['name']))}(（[^）]*）)?</a></th>"
        assert len(re.findall(named, html)) == 1 or row["name"] == "府中市"


@pytest.mark.parametrize("sheet", ["trend", "prefectures", "gaps"])
def test_a_page_of_numbers_has_the_same_facts_as_a_real_table(sheet: str) -> None:
    assert "<table" in html_of(drawn(year=2022, sheet=sheet))


def test_files_are_made_only_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("nobody asked for a file")

    monkeypatch.setattr("dashboard.slides.taking_away.file_of", never)
    monkeypatch.setattr("dashboard.slides.taking_away.list_file", never)
    test = drawn(year=2022)
    assert not test.exception
    assert len(test.get("download_button")) == 2 * len(Outgoing)


def test_nobody_waits_for_the_pages_of_a_room_to_see_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr("dashboard.pages.slides.equal_tables", lambda *_: order.append("tables"))
    monkeypatch.setattr("dashboard.slides.preview.presented", lambda *_: order.append("room") or ())
    assert not drawn(year=2022).exception
    assert order == ["tables", "room"]


def test_choosing_years_is_written_into_the_address() -> None:
    test = drawn(year=2022)
    test.pills(key="slides-years").set_value([2022, 2023]).run()
    assert test.query_params["years"] == "2022.2023"
    assert test.query_params["year"] == "2022"
    test.pills(key="slides-years").set_value([]).run()
    assert "years" not in test.query_params


# -- texts to copy -----------------------------------------------------------------------------------------------


def view_of(store: Store, **scope: Any) -> View:
    wanted = Scope(**{"year": 2022, **scope})
    return View(wanted, words(wanted.lang), store, {})


def plain(part: object) -> str:
    return unescape(re.sub(r"<[^>]+>", "", str(part)))


def test_the_answer_has_number_and_denominator_in_both_languages(store: Store) -> None:
    asked = Asked((2022,))
    for language, said in (
        ("ja", "令和4年度：29団体（全国の一覧29団体をすべて収録）。都道府県 9 / 47（19.1%）"),
        ("en", "FY2022: 29 bodies (all 29 bodies of the national list are registered). Prefectures 9 / 47"),
    ):
        view = view_of(store, lang=Language(language))
        facts = facts_of(store, language)
        told = plain(number(view, facts, asked, lists_of(facts, asked)[0]))
        assert told.startswith(said)
        assert "20 / 1,741" in told


def test_numbers_of_the_answer_open_their_list(store: Store) -> None:
    view, facts = view_of(store), facts_of(store, "ja")
    assert "proof=list.2022" in unescape(str(headline(view, facts, Asked((2022,)))))


def test_of_several_lists_each_body_counts_once_and_that_is_said(store: Store) -> None:
    asked, facts = Asked((2022, 2023)), facts_of(store, "ja")
    view = view_of(store, year=2023, years=frozenset({"2022"}))
    entries = lists_of(facts, asked)
    once = {body.code for entry in entries for body in entry.counted}
    assert len(once) < sum(len(entry.counted) for entry in entries)
    (told,) = (plain(each) for each in together(view, facts, asked))
    assert told.startswith(f"令和4年度〜令和5年度：少なくとも{len(once)}団体")
    assert "一度だけ数える" in told
    assert "sheet=build_up" in unescape(str(headline(view, facts, asked))), (
        "no single list proves this number"
    )


def test_nobody_named_in_half_a_list_is_no_zero(store: Store) -> None:
    asked = Asked((2023,), area="13")
    facts = facts_of(store, "ja")
    told = plain(number(view_of(store, area="13000"), facts, asked, lists_of(facts, asked)[0]))
    assert "参画の確認なし / 62" in told
    assert not re.search(r"\b0 /", told)


def test_the_texts_to_copy_name_document_place_day_and_build(store: Store) -> None:
    told = text_of(drawn(year=2022))
    for said in ("孤独・孤立対策のこれまでの主な取組", "地図の■□ラベル", "2023年1月", store.build.build_id):
        assert said in told


@pytest.mark.parametrize("sheet", SheetKind)
def test_a_citation_names_what_its_page_rests_on(store: Store, sheet: SheetKind) -> None:
    asked = Asked((2022, 2023))
    entry = Sheet(sheet, 2022) if sheet == SheetKind.YEAR else Sheet(sheet)
    told = " ".join(plain(each) for each in sources(view_of(store), facts_of(store, "ja"), asked, entry))
    assert ("孤独・孤立対策のこれまでの主な取組" in told) == (sheet in MAPS)
    assert ("最近の孤独・孤立対策の取組について" in told) == (sheet == SheetKind.BUILD_UP)
    assert ("国勢調査" in told) == (sheet in (SheetKind.PREFECTURES, SheetKind.GAPS))


# -- tables ------------------------------------------------------------------------------------------------------


def table_mark(*rows: tuple[str, ...]) -> Table:
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Table("t", Rect(0, 0, 100, 40), (50, 50), cells, 20, 10, "表の説明")


def test_a_table_in_parts_is_one_and_the_place_of_bars_is_no_column(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("streamlit.html", said.append)
    parts = (
        table_mark(("県", "", "人"), ("甲県", "", "1")),
        table_mark(("県", "", "人"), ("<b>乙県", "", "2")),
    )
    page = Page("gaps", "題", 100, 50, parts, "説明")
    equal_tables(view_of(store), facts_of(store, "ja"), Asked((2022,)), Sheet(SheetKind.GAPS), (page,))
    (html,) = said
    assert html.count("<table>") == 1
    assert re.findall(r"<th scope=.col.[^>]*>(.*?)</th>", html) == ["県", "人"]
    assert re.findall(r"<th scope=.row.>(.*?)</th>", html) == ["甲県", "&lt;b&gt;乙県"]


def test_a_chart_is_a_table_in_which_the_unknown_is_unknown(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("streamlit.html", said.append)
    series = (Series("新規", (29.0, None), Ink()),)
    chart = Chart("c", Rect(0, 0, 100, 50), ("R4", "R7"), series, "団体", "不明", 10, "推移")
    page = Page("trend", "題", 100, 50, (chart,), "説明")
    equal_tables(view_of(store), facts_of(store, "ja"), Asked((2022,)), Sheet(SheetKind.TREND), (page,))
    assert re.findall(r"<td[^>]*>(.*?)</td>", said[0]) == ["29団体", "不明"]


# -- English pages -----------------------------------------------------------------------------------------------


def test_english_pages_hold_no_japanese_but_names_and_printed_headings(store: Store) -> None:
    """Headings of documents are cited as they are printed; a name follows its Latin form."""
    japanese = re.compile("[぀-ヿ㐀-鿿]")
    found = deck_pages(store, Asked((2022, 2023), language=Language.EN))
    pages = [page for sheet, shown in found.items() if sheet.kind != SheetKind.EVIDENCE for page in shown]
    texts = [
        run.text for page in pages for mark in page.marks if isinstance(mark, Text) for run in runs_of(mark)
    ]
    cells = [
        cell.text
        for page in pages
        for mark in page.marks
        if isinstance(mark, Table)
        for row in mark.rows
        for cell in row
    ]
    assert [text for text in (*texts, *cells) if japanese.search(text)] == []
    spoken = [getattr(mark, "alt", "") for page in pages for mark in page.marks]
    named = [re.sub(r"(?<=[a-z.] )[㐀-鿿]+(?=: )", "", text) for text in spoken]
    assert [text for text in named if japanese.search(text)] == []


def runs_of(mark: Text) -> list[Run]:
    return [run for paragraph in mark.paragraphs for run in paragraph.runs]


# -- files -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def names(store: Store) -> list[str]:
    return [str(row["name"]) for row in store.participants(2022, 2022) if row["is_counted"]]


def year_deck(store: Store) -> Deck:
    asked, sheet = Asked((2022,)), Sheet(SheetKind.YEAR, 2022)
    return part(store, asked, deck_pages(store, asked)[sheet])


def test_the_picture_of_the_preview_is_the_page_of_the_file(store: Store, names: list[str]) -> None:
    drawn_file = file_of(year_deck(store), Outgoing.SVG).decode()
    assert len(names) == 29
    assert [name for name in names if name not in drawn_file] == []
    ET.fromstring(drawn_file)


@pytest.mark.parametrize("form", [Outgoing.XLSX, Outgoing.CSV])
def test_the_list_equals_the_database(store: Store, form: Outgoing) -> None:
    content = list_of(store, form, Sheet(SheetKind.YEAR, 2022))
    rows = cells_of(content, form)
    for row in store.participants(2022, 2022):
        assert any({row["name"], row["code"]} <= set(cells) for cells in rows), row["name"]
    both = cells_of(list_of(store, form, None), form)
    assert len(both) == len(rows) + len(store.participants(2023, 2023))


def list_of(store: Store, form: Outgoing, sheet: Sheet | None) -> bytes:
    return list_file(facts_of(store, "ja"), listed(Asked((2022, 2023)), sheet), form, words("ja"))


def cells_of(content: bytes, form: Outgoing) -> list[list[str]]:
    if form == Outgoing.CSV:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_several_pictures_come_as_one_zip_with_readable_names(store: Store) -> None:
    deck = whole_deck(store, Asked((2022,)))
    content = file_of(deck, Outgoing.SVG)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = archive.namelist()
    assert len(found) == len(deck.pages) == len(set(found))
    assert found[0] == "01_cover.svg"
    assert "02_year-2022.svg" in found
    assert content == file_of(deck, Outgoing.SVG), "the same pages are the same bytes"


def test_a_file_is_named_by_what_it_shows() -> None:
    asked = Asked((2022,))
    assert stem(asked, Sheet(SheetKind.YEAR, 2022)) == "ibasho-atlas_slides_2022_japan_map"
    far = replace(asked, years=(2022, 2023), block=Block.KINKI, language=Language.EN, paper=PaperKind.A3)
    assert stem(far, Sheet(SheetKind.YEAR, 2023)) == "ibasho-atlas_slides_2023_kinki_map_en_a3"
    assert stem(far, Sheet(SheetKind.BUILD_UP)) == "ibasho-atlas_slides_2022-2023_kinki_build-up_en_a3"
    assert stem(far, None) == "ibasho-atlas_slides_2022-2023_kinki_deck_en_a3"
    assert [ending(Outgoing.PNG, 1), ending(Outgoing.PNG, 2), ending(Outgoing.PDF, 9)] == [
        "png",
        "zip",
        "pdf",
    ]


def test_a_hostile_key_makes_no_path_in_a_zip() -> None:
    page = Page("../../" + HOSTILE, HOSTILE, 100, 50, (), HOSTILE)
    deck = Deck(HOSTILE, "ja", date(2026, 1, 2), (page, page))
    with zipfile.ZipFile(io.BytesIO(packed(pictures(deck, Outgoing.SVG), deck))) as archive:
        assert all(re.fullmatch(r"0\d_[A-Za-z0-9._-]+\.svg", name) for name in archive.namelist())
        assert not any(".." in name for name in archive.namelist())


# -- a hostile name ----------------------------------------------------------------------------------------------


def hostile(facts: Facts) -> Facts:
    """The same facts with every name and document hostile."""
    return replace(
        facts,
        names=dict.fromkeys(facts.names, HOSTILE),
        years=tuple(
            replace(
                entry,
                document=HOSTILE,
                bodies=tuple(
                    replace(body, name=HOSTILE, romaji=HOSTILE, document=HOSTILE, locator=HOSTILE)
                    for body in entry.bodies
                ),
            )
            for entry in facts.years
        ),
    )


@pytest.mark.parametrize("language", Language)
def test_a_hostile_name_stays_text_in_tables_and_sentences(
    store: Store, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("streamlit.html", said.append)
    view, facts = view_of(store, lang=language), hostile(facts_of(store, language))
    asked = Asked((2022,), area="34", language=language)
    equal_tables(view, facts, asked, Sheet(SheetKind.YEAR, 2022), ())
    whole = "".join(said) + str(headline(view, facts, asked))
    assert "<script" not in whole
    assert "&lt;script&gt;" in whole
