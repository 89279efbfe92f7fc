"""Untrusted text stays text in every fragment."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.markup import Column, Html, join, link, table, tag
from dashboard.parts import emphasised
from dashboard.view import plain

HOSTILE = "<img src=x onerror=alert(1)>甲市 & ${x} `y` ![z](https://example.invalid/)"


class Reader(HTMLParser):
    """Collects the elements and the text that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(fragment: Html) -> Reader:
    reader = Reader()
    reader.feed(fragment.text)
    reader.close()
    return reader


@given(st.text())
def test_text_comes_back_as_the_same_text_and_makes_no_element(text: str) -> None:
    seen = read(tag("p", text, title=text))
    assert seen.elements == ["p"]
    assert (
        "".join(seen.texts) == text.replace("\r\n", "\n").replace("\r", "\n") or "".join(seen.texts) == text
    )


def test_a_hostile_name_in_a_table_makes_no_element() -> None:
    seen = read(table(HOSTILE, [Column(HOSTILE, is_heading=True)], [[HOSTILE]]))
    assert set(seen.elements) <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert seen.texts.count(HOSTILE) == 3


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.invalid", "", None],
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert read(link("甲市", address)).elements == []


def test_a_web_address_opens_apart_and_tells_nothing() -> None:
    assert 'rel="noopener noreferrer"' in link("甲市", "https://example.invalid/?a=1&b=2").text


def test_headings_of_columns_and_rows_are_scoped() -> None:
    text = table("表", [Column("名前", is_heading=True), Column("数", is_number=True)], [["甲市", 1234]]).text
    assert '<th scope="col">名前</th>' in text
    assert '<th scope="row">甲市</th>' in text
    assert '<td class="number">1,234</td>' in text


def test_emphasis_is_the_only_markup_of_a_sentence() -> None:
    assert emphasised("甲**乙**丙 <b>").text == "甲<strong>乙</strong>丙 &lt;b&gt;"


def test_join_escapes_each_part() -> None:
    assert join(["<", Html("<br>"), None, 1000], "|").text == "&lt;|<br>||1,000"


@given(st.text(alphabet="*_[]()!<>`:$#甲乙"))
def test_a_name_has_no_unescaped_markdown_sign(name: str) -> None:
    escaped = plain(name)
    assert escaped.replace("\\", "") == name.replace("\\", "")
    assert all(escaped[index - 1] == "\\" for index, sign in enumerate(escaped) if sign in "*_[]()!<>`:$#")


def test_a_line_break_has_no_end() -> None:
    assert tag("br").text == "<br>"
