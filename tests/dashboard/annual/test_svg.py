"""The SVG of a page: well-formed whatever the words are, text as text, every mark by its name."""

import re
from xml.etree import ElementTree as ET

import pytest

from dashboard.annual.drawing.clean_text import clean
from dashboard.annual.drawing.svg import svg
from dashboard.annual.marks import Page
from tests.dashboard.annual.every_mark import HOSTILE, hostile_page, page

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawn: Page, language: str = "ja") -> ET.Element:
    return ET.fromstring(svg(drawn, language=language))


def texts(root: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def test_the_page_tells_its_size_title_and_language() -> None:
    root = parsed(page(), "en")
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("960pt", "540pt", "0 0 960 540")
    assert (root.get("role"), root.get("lang")) == ("img", "en")
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert described is not None
    assert (title.text, described.text) == (page().title, page().alt)
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (
        title.get("id"),
        described.get("id"),
    )


def test_words_stay_words_line_by_line() -> None:
    found = texts(parsed(page()))
    assert "令和4年度は29団体（9道府県・3政令指定都市・17市町村）が取り組んだ" in found
    assert (
        "第一次 18団体（2022年7月29日）、「第二次」 11団体（2022年9月30日）。「孤独・孤立」、（対策）。"
        in found
    )
    assert {"北海道", "政令指定都市", "不明", "枠の上の文字"} <= set(found)


def test_hostile_words_stay_words() -> None:
    root = parsed(hostile_page())
    assert {clean(text).rstrip() for text in HOSTILE} <= set(texts(root))
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "g", "rect", "text", "tspan", "path")
    }


def test_nothing_in_the_file_asks_for_anything_outside() -> None:
    drawn = svg(hostile_page(), language="ja") + svg(page(), language="ja")
    tags = "".join(re.findall(r"<[^>]+>", drawn))
    assert not re.search(
        r"\b(?:xlink:)?href=|url\((?!#)|@import|\bon\w+=|<script|<image|<foreignObject", tags
    )


def test_every_mark_bears_its_name_once() -> None:
    ids = [element.get("id") for element in parsed(page()).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    labels = {element.get("aria-label") for element in parsed(page()).iter()}
    assert {"北海道", "area", "sign 01", "leader 01", "団体の数の表", "年度ごとの団体の数"} <= labels


@pytest.mark.parametrize("other", ["2022年度", "2022-年度", "2022", " 2022 年度"])
def test_drawings_that_stand_in_one_document_share_no_id(other: str) -> None:
    first, second = ({e.get("id") for e in parsed(page(key)).iter()} - {None} for key in ("2022 年度", other))
    assert first
    assert not first & second


def test_every_pattern_that_is_asked_for_is_defined() -> None:
    root = parsed(page())
    defined = {f"url(#{pattern.get('id')})" for pattern in root.iter(f"{SVG}pattern")}
    asked = {fill for element in root.iter() if (fill := element.get("fill", "")).startswith("url")}
    assert asked == defined
    assert len(defined) == 4


def test_a_lake_is_a_hole() -> None:
    shape = next(e for e in parsed(page()).iter(f"{SVG}path") if e.get("aria-label") == "北海道")
    assert shape.get("fill-rule") == "evenodd"
    assert shape.get("d", "").count("M") == shape.get("d", "").count("Z") == 2


def test_the_same_page_gives_the_same_bytes() -> None:
    assert svg(page(), language="ja") == svg(page(), language="ja")
