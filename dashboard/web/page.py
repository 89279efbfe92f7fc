"""The first page that a browser is sent: Streamlit's, in Japanese, with our font, icon and colours."""

import re
from pathlib import Path

from streamlit import file_util

from dashboard.area_map.bundle import Manifest

STYLES = Path(__file__).parents[1] / "styles"
"""The look of all pages, and a file for each page that needs more; sent once with the page rather than again with every run."""
TITLE = "居場所アトラス"
DESCRIPTION = (
    "孤独・孤立対策の官民連携プラットフォームと居場所を、年度ごと・自治体ごとに地図と出典で示します。"
)
HEAD = """\
<meta name="description" content="{description}" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" type="image/svg+xml" href="./icon.svg" />
    <link rel="stylesheet" href="./assets/{font_css}" />
    <link rel="modulepreload" href="./assets/{js}" />
    <style>{look}</style>
    <title>{title}</title>"""
NOSCRIPT = """\
<noscript>
      <h1>居場所アトラス</h1>
      <p>この画面の表示には JavaScript が必要です。データは <code>ibasho export --out フォルダー</code> でファイルに書き出せます。</p>
      <p lang="en">This page needs JavaScript. The data can be written to files with <code>ibasho export --out DIR</code>.</p>
    </noscript>"""  # noqa: E501 - a page's text is not wrapped

CHANGES = (
    (r'<html lang="en">', '<html lang="ja">'),  # Streamlit has no option for the language (WCAG 3.1.1)
    (r'\s*<link rel="shortcut icon"[^>]*>', ""),
    (r'\s*<link\s+rel="preload"[^>]*as="font"[^>]*>', ""),  # a Latin font that this theme never uses
    (r"\s*<!--(?:(?!-->).)*RFC 8631(?:(?!-->).)*-->", ""),
    (r'\s*<link rel="service-desc"[^>]*>', ""),  # the address it names answers 404 here
)


class PageChangedError(RuntimeError):
    """Streamlit's page no longer has a part that is replaced here: look at the new page, then mend `CHANGES`."""


def stylesheets() -> list[Path]:
    """Return the stylesheets in their order: that of all pages first."""
    return sorted(STYLES.glob("*.css"), key=lambda path: (path.name != "look.css", path.name))


def first_page(manifest: Manifest) -> bytes:
    """Return Streamlit's index.html with our changes.

    Raises:
        PageChangedError: the installed Streamlit has another page.
    """
    page = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    look = "\n".join(path.read_text(encoding="utf-8") for path in stylesheets())
    head = HEAD.format(
        description=DESCRIPTION, title=TITLE, js=manifest.js, font_css=manifest.font_css, look=look
    )
    for pattern, wanted in (
        *CHANGES,
        (r"<title>.*?</title>", head),
        (r"<noscript>.*?</noscript>", NOSCRIPT),
    ):
        page, changed = re.subn(pattern, wanted.replace("\\", r"\\"), page, flags=re.DOTALL)
        if changed != 1:
            raise PageChangedError(pattern)
    return page.encode()
