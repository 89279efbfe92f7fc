"""How a fact is cited on every page: what is said, of whom, in which document and where in it.

What the tables hold in Japanese stands in the English view as its English column, with every Japanese word in it marked as
Japanese; where there is no English, the Japanese stands, marked.
"""

import re
from urllib.parse import urlencode

from dashboard.closed_lists import DataTab
from dashboard.markup import Html, Part, join, link, tag
from dashboard.store import Row
from dashboard.view import View

LETTER = "[぀-ヿ㐀-鿿々〆＀-￯「」、。・]"
JAPANESE = re.compile(f"“[^”]*{LETTER}[^”]*”|「[^」]*」|{LETTER}(?:[^A-Za-z“”]*{LETTER})?")
"""A stretch of Japanese in an English sentence, with the quotation marks around it."""


def statement(view: View, row: Row) -> Html:
    """Return what a document says of an area, with its doubts; in English the printed words stay Japanese."""
    said = own(view, row, "statement") if row["statement"] else None
    return join([tag("b", view.text(f"claim.{row['claim']}")), *flags(view, row), said], " ")


def flags(view: View, row: Row) -> list[Html]:
    """Return the doubts about a fact: only likely, or stated differently by another document."""
    doubts = (("evidence.likely", row["confidence"] == "likely"), ("evidence.disputed", row["is_disputed"]))
    return [tag("span", view.text(key), class_="flag") for key, is_so in doubts if is_so]


def own(view: View, row: Row, column: str) -> Html:
    """Return a sentence of ours that stands in the tables in both languages: `column`, and `column`_en for English."""
    english = row.get(f"{column}_en") if view.words.language == "en" else None
    return marked(view, english or row[column] or "")


def gloss(view: View, row: Row, column: str) -> Html:
    """Return a proper name or title; in the English view its English, then the Japanese, marked."""
    english = row.get(f"{column}_en") if view.words.language == "en" else None
    if not english or english == row[column]:
        return marked(view, row[column] or "")
    return join([english, tag("span", row[column], lang="ja", class_="small")], " ")


def plain(view: View, row: Row, column: str) -> str:
    """Return a name or title where no markup can stand: its English in the English view."""
    return str((row.get(f"{column}_en") if view.words.language == "en" else None) or row[column])


def marked(view: View, text: str) -> Html:
    """Return `text` of the tables; in the English view every stretch of Japanese in it is marked as Japanese.

    A browser and a screen reader then choose the right letters and the right voice.
    """
    if view.words.language == "ja":
        return join([text])
    parts: list[Part] = []
    start = 0
    for found in JAPANESE.finditer(text):
        parts += [text[start : found.start()], tag("span", found.group(), lang="ja")]
        start = found.end()
    return join([*parts, text[start:]])


def document(view: View, row: Row, *, is_linked: bool = True) -> Html:
    """Return a document's title with its publisher and date: a link to it, or to its rows here where it has no address.

    `is_linked` is false in a file that stands alone: there our own pages are not there to lead to.
    """
    here = urlencode({"tab": DataTab.DOCUMENTS, "source": row["source_id"], "lang": view.words.language})
    shown = link(gloss(view, row, "title"), row["url"])
    if is_linked and not row["url"]:
        shown = tag("a", shown, href=f"data?{here}", target="_self")
    return join([shown, published(view, row)], " ")


def published(view: View, row: Row) -> Html:
    """Return who published a document and when, as far as both are known."""
    day = view.words.date(row["published_on"]) if row["published_on"] else None
    parts = [part for part in (own(view, row, "publisher"), day) if part]
    return tag("span", join(parts, view.words.separator("dotted")), class_="small")


def locator(view: View, row: Row) -> Html:
    """Return where in its document a fact stands: our own phrases in the view's language, printed headings as printed."""
    printed = row["source_locator"]
    ours = view.words.held("locator", printed)
    return marked(view, ours or view.text("cited.heading", heading=printed))


def licence(view: View, printed: str) -> Html:
    """Return terms of use in the view's language; a name that is none of our phrases stays as it is."""
    return marked(view, view.words.held("licence", printed) or printed)


def kind(view: View, printed: str) -> str:
    """Return the kind of a listed place in the view's language, or as printed where it is none of our phrases."""
    return view.words.held("place_kind", printed) or printed


def census(view: View) -> Html:
    """Return the document of all figures of people and households."""
    return document(view, view.store.census) if view.store.census else Html("")


def body_name(view: View, row: Row) -> Html:
    """■ prefecture or designated city, □ other municipality: the marks of the ministry's own map."""
    mark = "■" if row["kind"] in ("prefecture", "designated_city") else "□"
    inside = "" if row["kind"] == "prefecture" else view.words.bracketed(prefecture(view, row["code"]))
    return join([f"{mark} {view.name(row)}{inside}"])


def body_and_year(view: View, row: Row) -> tuple[Part, Part]:
    """The two cells that name a fact's body and fiscal year."""
    year = view.words.year_name(row["fiscal_year"]) if row["fiscal_year"] else view.text("table.unknown")
    is_prefecture = row["code"].endswith("000")
    inside = "" if is_prefecture else view.words.bracketed(prefecture(view, row["code"]))
    return f"{view.name(row)}{inside}", year


def prefecture(view: View, code: str) -> str:
    """Return the name of the prefecture that an area lies in, as the view writes names."""
    return view.area_name(f"{code[:2]}000")


def boundary(view: View, precision_m: float) -> str:
    """Return whose boundaries the year in view is drawn with, and how precise they are: the mesh, or official ones."""
    precision = f"{precision_m:,.0f}"
    official = view.store.boundary(view.scope.year)
    if official is None:
        return view.text("map.attribution", precision=precision)
    return view.text(
        "map.attribution_official", title=official["title"], precision=precision, credit=official["credit"]
    )
