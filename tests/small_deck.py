"""A small deck with every kind of mark: 甲県 with a lake, signs and leaders, an island in a box, a table, a chart."""

from datetime import date
from math import cos, pi, sin

from dashboard.annual.marks import (
    Align,
    Anchor,
    Box,
    Cell,
    Chart,
    Deck,
    Ink,
    Line,
    Mark,
    Page,
    Paragraph,
    Pattern,
    Rect,
    Ring,
    Role,
    Run,
    Series,
    Shape,
    Table,
    Text,
)

BLUE = Ink("#C5D7FB", "#0017C1", 0.5)
MADE_ON = date(2026, 11, 20)


def ring(x: float, y: float, radius: float, points: int = 24) -> Ring:
    """Return a circle as a ring."""
    turns = [2 * pi * point / points for point in range(points)]
    return tuple((x + radius * cos(turn), y + radius * sin(turn)) for turn in turns)


def text(name: str, at: Rect, written: str, size: float = 11, align: Align = Align.LEFT) -> Text:
    """Return one line of text in the middle of its box."""
    return Text(name, at, (Paragraph((Run(written, size),), align),), Anchor.MIDDLE)


def title(written: str) -> Text:
    """Return the title of a page."""
    return Text(
        "title", Rect(24, 24, 900, 32), (Paragraph((Run(written, 22, is_bold=True),)),), role=Role.TITLE
    )


def map_marks() -> tuple[Mark, ...]:
    """Return a map: areas, a sign, labels on both sides and their leaders, and text that is wrapped."""
    return (
        Shape("甲県", (ring(600, 150, 60), ring(600, 150, 25)), BLUE, "甲県：取組団体"),
        Shape("乙県", (ring(580, 260, 40),), Ink("#FFFFFF", "#0017C1", 0.5, Pattern.HATCH)),
        Shape("丙県", (ring(570, 350, 40),), Ink("#FFFFFF", "#C74700", 0.5, Pattern.CROSS)),
        Shape("丁県", (ring(660, 330, 40),), Ink("#FFFFFF", "#1A1A1A", 0.5, Pattern.DOTS)),
        Box("frame", Rect(30, 100, 120, 120), Ink(None, "#888888")),
        Shape("島県", (ring(80, 160, 30),), BLUE),
        text("name 甲県", Rect(580, 144, 40, 12), "甲県", 8, Align.MIDDLE),
        Box("sign 乙市", Rect(566, 256, 8, 8), Ink("#FFFFFF", "#C74700", 1.2), "乙市"),
        text("label 甲県", Rect(720, 100, 60, 15), "■甲県"),
        text("label 乙市", Rect(420, 222, 60, 16), "□乙市", align=Align.RIGHT),
        Line("leader 甲県", ((720, 107.5), (630, 120)), Ink(line="#444444"), ("label 甲県", "甲県")),
        Line("leader 乙市", ((480, 230), (570, 260)), Ink(line="#444444"), ("label 乙市", "sign 乙市")),
        Line("route", ((200, 400), (250, 380), (300, 420)), Ink(line="#C74700", is_dashed=True)),
        title("令和4年度は29団体が取り組んだ"),
        Text(
            "body",
            Rect(24, 300, 200, 80),
            (
                Paragraph((Run("折り返される長い文章が、二行にわたって続きます。", 11),), gap=6),
                Paragraph((Run("次の段落", 11),)),
            ),
            is_wrapped=True,
        ),
        text("foot", Rect(24, 515, 900, 12), "出典：内閣官房", 8),
    )


def table(rows: int = 5) -> Table:
    """Return a table of three columns with headings."""
    head = (Cell("都道府県"), Cell("団体数", Align.RIGHT), Cell("備考"))
    body = tuple(
        (Cell(f"第{row}県"), Cell(str(row), Align.RIGHT), Cell("", fill="#FDE3D5")) for row in range(1, rows)
    )
    return Table(
        "table", Rect(24, 80, 600, rows * 18), (300, 100, 200), (head, *body), 18, 11, "都道府県ごとの数"
    )


def chart() -> Chart:
    """Return a chart of two series: the second is not known in the third year, nothing is in the fourth."""
    return Chart(
        "chart",
        Rect(24, 80, 800, 400),
        ("令和4年度", "令和5年度", "令和6年度", "令和7年度"),
        (
            Series("新規", (29, 7, 6, None), Ink("#0017C1", "#0017C1")),
            Series("継続", (0, 8, None, None), Ink("#FFFFFF", "#C74700", 1, Pattern.HATCH)),
        ),
        "団体",
        "不明",
        11,
        "年度ごとの団体数",
    )


def page(key: str, *marks: Mark, notes: tuple[str, ...] = ()) -> Page:
    """Return a slide of 16:9."""
    return Page(key, f"{key}の頁", 960, 540, marks, f"{key}の説明", notes)


def small_deck(language: str = "ja") -> Deck:
    """Return three pages: the map with notes, the table, the chart."""
    pages = (
        page("map", *map_marks(), notes=("甲県：資料 s2023-01、3ページ", "乙市：<根拠> & 時点")),
        page("table", title("都道府県の表"), table()),
        page("chart", title("年度の推移"), chart()),
    )
    return Deck("居場所アトラス 取組団体", language, MADE_ON, pages)
