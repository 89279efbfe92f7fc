"""The English view: no Japanese but names with their romaji, and what is marked as Japanese."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.closed_lists import DataTab, Panel, SheetKind
from etl.build import Build, connect

PAGES = ("overview", "map", "compare", "trend", "find", "slides", "data", "help")
AREAS = ("", "31000", "31201", "34208", "11100", "13103", "43000", "20213", "40100")
RUN_LIMIT_S = 60
JAPANESE = re.compile(r"[぀-ヿ㐀-鿿々〆＀-￯、。「」　]")
TEXTS = ("markdown", "caption", "info", "warning", "error", "success")
CONTROLS = (
    *("button", "button_group", "checkbox", "download_button", "expander", "page_link", "popover"),
    *("radio", "selectbox", "text_input", "toggle"),
)
PROOFS = (
    *(
        "municipalities",
        "prefectures",
        "people",
        "change",
        "area.31000",
        "area.31201",
        "area.34208",
        "area.11100",
    ),
    *(
        "area.40100",
        "area.13103",
        "area.43000",
        "area.20213",
        "area.01100",
        "state.13000.E",
        "state.31000.A",
        "uncovered.13000",
    ),
    *(
        "list.2022",
        "list.2023",
        "list.2025",
        "total.participants-2023",
        "total.three-year-sum-2024",
        "total.gifu-general",
    ),
)
VOID = {"br", "img", "hr", "wbr", "meta", "link", "input"}


def script(first: str) -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main(first)


def drawn(page: str, **address: str) -> AppTest:
    test = AppTest.from_function(script, args=(page,), default_timeout=RUN_LIMIT_S)
    for name, value in ({"lang": "en"} | address).items():
        test.query_params[name] = value
    return test.run()


class Unmarked(HTMLParser):
    """Collects the texts and spoken labels of a fragment that stand outside lang="ja" and code."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_marked = given.get("lang") == "ja" or tag in ("code", "style")
        if not any(self.open):
            self.found += [
                given[name] or "" for name in ("aria-label", "title") if name in given and not is_marked
            ]
        if tag not in VOID:
            self.open.append(is_marked)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.found.append(data)


def unmarked(fragment: str) -> list[str]:
    """Return the texts of a fragment that a screen reader would read as English."""
    reader = Unmarked()
    reader.feed(fragment)
    return reader.found


def leaves(value: object) -> Iterator[str]:
    """Return every text inside a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, str):
        yield value


def said(test: AppTest) -> Iterator[str]:
    """Every text of a page: its fragments without what is marked, and the labels, choices and data of its controls."""
    for element in test.get("html"):
        yield from unmarked(str(element.proto.body))
    for element in test.get("bidi_component"):
        data = json.loads(element.proto.json or "null")
        if "pieces" not in (data or {}):  # drawings of pages, which have a test of their own
            yield from leaves(data)
    for kind in TEXTS:
        yield from (str(getattr(element, "value", "")) for element in test.get(kind))
    for kind in CONTROLS:
        for element in test.get(kind):
            label = str(getattr(element, "label", "") or getattr(element.proto, "label", ""))
            yield label.replace("\\", "")  # a label is Markdown, in which the signs of a name are escaped
            yield from (str(option) for option in getattr(element, "options", ()))


@pytest.fixture(scope="module")
def names(project_build: Build) -> re.Pattern[str]:
    """Names of areas that are followed by their romaji; a homonym's name is read out of its row."""
    rows = (
        connect(project_build)
        .execute("SELECT DISTINCT name, romaji FROM area WHERE romaji IS NOT NULL ORDER BY length(name) DESC")
        .fetchall()
    )
    return re.compile("|".join(rf"{re.escape(name)}\\? \\?{re.escape(romaji)}" for name, romaji in rows))


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


def japanese(test: AppTest, names: re.Pattern[str]) -> list[str]:
    """What of a page is Japanese without being a name with its romaji or marked."""
    assert not test.exception
    return sorted(
        {text for text in said(test) if JAPANESE.search(names.sub("", text)) and text.strip() != "日本語"}
    )


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("page", PAGES)
def test_an_english_page_holds_no_unmarked_japanese(page: str, area: str, names: re.Pattern[str]) -> None:
    for year in ("2022", "2025", "2026"):
        assert japanese(drawn(page, area=area, year=year), names) == []


@pytest.mark.parametrize("area", ["", "31000", "13103", "43000"])
def test_an_english_page_with_all_its_parts_open_holds_no_unmarked_japanese(
    area: str, names: re.Pattern[str]
) -> None:
    for page in ("overview", "map"):
        for layer in ("coverage", "grants"):
            shown = drawn(page, area=area, layer=layer, open=".".join(Panel), find="府中")
            assert japanese(shown, names) == []


@pytest.mark.parametrize("area", ["", "14000", "31201"])
@pytest.mark.parametrize("view", ["annual", "cumulative"])
def test_the_english_trend_with_all_its_parts_open_holds_no_unmarked_japanese(
    area: str, view: str, names: re.Pattern[str]
) -> None:
    for year, beside in (("2024", "2022"), ("2025", "inclusive"), ("2026", "2024")):
        shown = drawn("trend", area=area, view=view, year=year, beside=beside, open=".".join(Panel))
        assert japanese(shown, names) == []


@pytest.mark.parametrize("area", ["", "34000"])
@pytest.mark.parametrize("sheet", SheetKind)
def test_every_english_page_of_the_deck_holds_no_unmarked_japanese(
    sheet: str, area: str, names: re.Pattern[str]
) -> None:
    assert japanese(drawn("slides", year="2024", years="2022.2023", sheet=sheet, area=area), names) == []


@pytest.mark.parametrize("proof", PROOFS)
def test_english_evidence_holds_no_unmarked_japanese(proof: str, names: re.Pattern[str]) -> None:
    for rule in ("strict", "inclusive"):
        assert japanese(drawn("overview", proof=proof, rule=rule), names) == []


@pytest.mark.parametrize("tab", DataTab)
def test_an_english_part_of_the_data_page_holds_no_unmarked_japanese(
    tab: str, names: re.Pattern[str]
) -> None:
    assert japanese(drawn("data", tab=tab), names) == []


def test_an_english_document_holds_no_unmarked_japanese(names: re.Pattern[str], project_build: Build) -> None:
    sources = connect(project_build).execute("SELECT source_id FROM source ORDER BY source_id").fetchall()
    for (source,) in sources[::6]:
        assert japanese(drawn("data", tab="documents", source=source), names) == []
