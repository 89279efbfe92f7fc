"""HTML fragments for `st.html`: every value is escaped here and nowhere else.

Untrusted text is text: names and titles come from documents and uploads, so a fragment is built only from `Html` (already
safe) and plain values (escaped). Links are written only for http and https addresses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

VOID = frozenset({"br"})
"""Elements without an end: a browser reads </br> as one more line break."""


@dataclass(frozen=True, slots=True)
class Html:
    """A fragment that is safe to show as it is."""

    text: str

    def __str__(self) -> str:
        return self.text


Part = Html | str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and whether it holds numbers or heads its row."""

    title: Part
    is_number: bool = False
    is_heading: bool = False


def html(part: Part) -> str:
    """Return `part` as HTML: escaped unless it is `Html`; None is empty; integers get thousands separators."""
    if isinstance(part, Html):
        return part.text
    if part is None:
        return ""
    return f"{part:,}" if isinstance(part, int) else escape(part)


def join(parts: Iterable[Part], separator: str = "") -> Html:
    """Join parts, each made safe."""
    return Html(separator.join(html(part) for part in parts))


def tag(name: str, *content: Part, **attributes: str | None) -> Html:
    """Return an element. `class_` → class, underscores in names → hyphens; attributes that are None are left out.

    >>> str(tag("b", "<x>", class_="k"))
    '<b class="k">&lt;x&gt;</b>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{join(content)}</{name}>")


def link(label: Part, address: str | None) -> Html:
    """Return a link to a public page that opens in a new tab, or the label alone where the address is not http(s)."""
    if not address or urlsplit(address).scheme not in ("http", "https"):
        return Html(html(label))
    return tag("a", label, href=address, target="_blank", rel="noopener noreferrer")


def table(
    caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Part]], *, is_caption_shown: bool = True
) -> Html:
    """Return a real table with a caption and scoped headings, inside a scrollable, focusable region."""
    heads = join(
        tag("th", column.title, scope="col", class_="number" if column.is_number else None)
        for column in columns
    )
    body = join(_row(columns, row) for row in rows)
    shown = None if is_caption_shown else "unseen"
    whole = tag(
        "table", tag("caption", caption, class_=shown), tag("thead", tag("tr", heads)), tag("tbody", body)
    )
    return tag("div", whole, class_="table", role="region", aria_label=caption, tabindex="0")


def _row(columns: Sequence[Column], row: Sequence[Part]) -> Html:
    cells = (
        tag("th", cell, scope="row")
        if column.is_heading
        else tag("td", cell, class_="number" if column.is_number else None)
        for column, cell in zip(columns, row, strict=True)
    )
    return tag("tr", *cells)
