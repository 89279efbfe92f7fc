"""A page with marks of all kinds in both languages, and words that would like to be more than words."""

from dataclasses import replace
from datetime import date

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
    Role,
    Run,
    Series,
    Shape,
    Table,
    Text,
)

BLUE, ORANGE, INK = "#0017C1", "#C74700", "#1A1A1A"
TITLE = "令和4年度は29団体（9道府県・3政令指定都市・17市町村）が取り組んだ"
HOSTILE = (
    "<script>alert(1)</script>",
    "a & b \"q\" 'q'",
    "]]> <![CDATA[ x ]]> <!-- y -->",
    '#eval("1") #import "x.typ" [*b*] $x$ @ref <label> \\u{41} // z',
    "#image(\"/etc/passwd\") `#read('/etc/hostname')`",
    "null\x00 bell\x07 escape\x1b line\nend\ttab \x7f\x85",
    "lone \ud800 half \udfff, not \ufffe a sign \uffff",
    "turned \u202eround\u202c and \u200fmarked\u200e, \u2066isolated\u2069",
    "😀 العربية \ue000 \U0010fffd",
    "葛\U000e0100城市 神 が カ\u3099 é e\u0301",
    "{{ x }} ${y} %(z)s {0} %n",
    "=1+1 +x @x -x",
)


def words(name: str, at: Rect, *runs: Run, align: Align = Align.LEFT, **options: object) -> Text:
    """Return a text of one paragraph."""
    return replace(Text(name, at, (Paragraph(runs, align),)), **options)  # type: ignore[arg-type]


def table() -> Table:
    """Return a small table, one of its numbers unknown."""
    rows = (
        ("団体", "令和4年度", "令和5年度"),
        ("都道府県", "9", "4"),
        ("政令指定都市", "3", "不明"),
        ("市町村", "17", "（掲載なし）"),
        ("計", "29", "15"),
    )
    cells = tuple(
        tuple(Cell(text, Align.RIGHT if place else Align.LEFT) for place, text in enumerate(row))
        for row in rows
    )
    return Table("numbers", Rect(420, 110, 240, 90), (100, 70, 70), cells, 18, 9, "団体の数の表")


def chart() -> Chart:
    """Return stacked columns: a small segment, and a year of which nothing is known."""
    series = (
        Series("都道府県・政令市", (12, 4, 1, None), Ink(BLUE, BLUE, 0.5)),
        Series("市町村", (17, 11, 13, None), Ink("#F3C9A8", ORANGE, 0.5, Pattern.HATCH)),
    )
    years = ("令和4", "令和5", "令和6", "令和7")
    return Chart("trend", Rect(420, 230, 240, 180), years, series, "団体", "不明", 9, "年度ごとの団体の数")


def _drawn() -> tuple[Mark, ...]:
    field = ((60.0, 120.0), (200.0, 100.0), (260.0, 180.0), (180.0, 260.0), (80.0, 230.0))
    lake = ((120.0, 150.0), (160.0, 150.0), (160.0, 190.0), (120.0, 190.0))
    island = ((60.0, 280.0), (160.0, 270.0), (180.0, 330.0), (90.0, 340.0))
    return (
        Shape("prefecture 01", (field, lake), Ink("#C5D7FB", BLUE, 0.5), alt="北海道"),
        *(
            Shape("area", (tuple((x + 110 * place, y) for x, y in island),), Ink(fill, line, 0.5, pattern))
            for place, (pattern, fill, line) in enumerate(
                (
                    (Pattern.HATCH, "#FFFFFF", INK),
                    (Pattern.CROSS, "#F3C9A8", ORANGE),
                    (Pattern.DOTS, None, INK),
                )
            )
        ),
        Box("sign 01", Rect(300, 118, 8, 8), Ink(BLUE, BLUE)),
        Line(
            "leader 01",
            ((300, 122), (230, 160)),
            Ink(line=INK, width=0.6),
            joins=("label 01", "prefecture 01"),
        ),
        Line("dashed", ((60, 360), (380, 360)), Ink(line=INK, width=1, is_dashed=True)),
    )


def _worded() -> tuple[Mark, ...]:
    sentence = "居場所は、だれもが「いていい」と思える場所です。（地方版）の Kitakyushu・Tottori など、関係する団体が集まります。"
    return (
        words("title", Rect(24, 20, 900, 31), Run(TITLE, 22, is_bold=True), role=Role.TITLE),
        words(
            "cohorts",
            Rect(24, 56, 900, 18),
            Run("第一次 18団体", 11, is_bold=True),
            Run("（2022年7月29日）、", 11),
            Run("「第二次」 11団体", 11, is_bold=True, colour=ORANGE),
            Run("（2022年9月30日）。「孤独・孤立」、（対策）。", 11),
        ),
        words(
            "label 01",
            Rect(312, 114, 80, 16),
            Run("北海道", 11, is_bold=True, colour=BLUE),
            anchor=Anchor.MIDDLE,
        ),
        words("name 01", Rect(100, 200, 100, 12), Run("北海道", 8), align=Align.MIDDLE),
        words("sentence", Rect(24, 380, 300, 60), Run(sentence, 10), is_wrapped=True),
        words("right", Rect(24, 450, 300, 14), Run("右揃え（right aligned）", 10), align=Align.RIGHT),
        words(
            "middle",
            Rect(24, 464, 300, 14),
            Run("中央「揃え」", 10),
            align=Align.MIDDLE,
            anchor=Anchor.BOTTOM,
        ),
        words(
            "english",
            Rect(690, 110, 240, 80),
            Run("The quick brown fox isn’t “lazy” – it AVoids Tottori; see https://www.example.go.jp/", 10),
            is_wrapped=True,
        ),
    )


def page(key: str = "2022 年度") -> Page:
    """Return the page; words over a box that lies over words are on it as well."""
    over: tuple[Mark, ...] = (
        words("below", Rect(700, 470, 200, 16), Run("下の文字", 11)),
        Box("note", Rect(690, 460, 230, 40), Ink("#FFF3C4", ORANGE)),
        words(
            "above",
            Rect(690, 460, 230, 40),
            Run("枠の上の文字", 11),
            align=Align.MIDDLE,
            anchor=Anchor.MIDDLE,
        ),
    )
    marks = (*_worded()[:1], *_drawn(), *_worded()[1:], table(), chart(), *over)
    return Page(key, "令和4年度の取組団体", 960, 540, marks, "日本の地図に29団体を示す。")


def hostile_page() -> Page:
    """Return a page of words, names and keys from the worst of imports, one of them very long."""
    lines = [*HOSTILE, "長い" * 5000]
    told = tuple(
        words(text, Rect(24, 60 + 20 * place, 400, 14), Run(text, 9)) for place, text in enumerate(lines)
    )
    drawn = tuple(
        Box(text, Rect(500, 60 + 20 * place, 12, 12), Ink(BLUE, INK), alt=text)
        for place, text in enumerate(lines)
    )
    heading = words("title", Rect(24, 20, 900, 28), Run(HOSTILE[0], 20), role=Role.TITLE)
    return Page("".join(HOSTILE), HOSTILE[3], 960, 540, (heading, *told, *drawn), HOSTILE[2])


def deck(*pages: Page, language: str = "ja") -> Deck:
    """Return a deck of the pages, made on a day that is none of today's."""
    return Deck("取組団体一覧（令和4年度）", language, date(2026, 5, 28), pages or (page(),))
