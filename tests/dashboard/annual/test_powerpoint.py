"""The PowerPoint file: native shapes under their names, glued connectors, real titles, typefaces, notes, nothing foreign."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from pptx.presentation import Presentation as Opened
from pptx.slide import Slide

from dashboard.annual.marks import Align, Box, Deck, Ink, Line, Page, Rect, Shape, Text
from dashboard.annual.powerpoint import pptx
from dashboard.annual.powerpoint.freeform import wound
from dashboard.annual.powerpoint.loose import loosened
from dashboard.annual.powerpoint.reading_order import in_reading_order
from dashboard.annual.powerpoint.text import LATIN_TYPEFACE, TYPEFACE
from tests.small_deck import BLUE, MADE_ON, chart, map_marks, page, ring, small_deck, table, text, title

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
POINT = 12_700


def opened(deck: Deck | None = None) -> Opened:
    return Presentation(BytesIO(pptx(deck or small_deck())))


def slide_of(*marks: object) -> Slide:
    return opened(Deck("", "ja", MADE_ON, (page("one", *marks),))).slides[0]  # type: ignore[arg-type]


def parts(deck: Deck | None = None) -> dict[str, bytes]:
    with ZipFile(BytesIO(pptx(deck or small_deck()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def named(slide: Slide) -> dict[str, etree._Element]:
    """Every shape of a slide, in groups too, by its name."""
    return {found.get("name"): found.getparent().getparent() for found in slide.element.iter(f"{P}cNvPr")}


def written(element: etree._Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{A}t"))


def connection(end: etree._Element, slide: Slide) -> tuple[float, float]:
    """Where the site that an end of a connector is glued to stands on the page, in points."""
    shapes = {
        int(found.get("id")): found.getparent().getparent() for found in slide.element.iter(f"{P}cNvPr")
    }
    shape, number = shapes[int(end.get("id"))], int(end.get("idx"))
    offset, size = shape.find(f".//{A}off"), shape.find(f".//{A}ext")
    x, y, width, height = (int(v) for v in (offset.get("x"), offset.get("y"), size.get("cx"), size.get("cy")))
    sites = shape.findall(f".//{A}cxn")
    if not sites:
        share = ((0.5, 0), (0, 0.5), (0.5, 1), (1, 0.5))[number]
        return (x + share[0] * width) / POINT, (y + share[1] * height) / POINT
    guides = {guide.get("name"): guide.get("fmla").split() for guide in shape.iter(f"{A}gd")}
    place = sites[number].find(f"{A}pos")
    across, down = (int(guides[place.get(side)][1]) for side in ("x", "y"))
    return (x + across) / POINT, (y + down) / POINT


# -- pages and names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(960, 540), (1190.55, 841.89)])
def test_slides_are_as_large_as_the_pages(width: float, height: float) -> None:
    made = opened(Deck("", "ja", MADE_ON, (Page("k", "t", width, height, (), ""),)))
    assert made.slide_width == pytest.approx(width * POINT, abs=1)
    assert made.slide_height == pytest.approx(height * POINT, abs=1)


def test_every_mark_is_a_shape_of_its_name_once() -> None:
    for slide, drawn in zip(opened().slides, small_deck().pages, strict=True):
        counted = Counter(found.get("name") for found in slide.element.iter(f"{P}cNvPr"))
        assert {mark.name: counted[mark.name] for mark in drawn.marks} == {
            mark.name: 1 for mark in drawn.marks
        }


def test_ids_are_unlike_each_other_on_every_slide() -> None:
    for slide in opened().slides:
        counted = Counter(found.get("id") for found in slide.element.iter(f"{P}cNvPr"))
        assert set(counted.values()) == {1}


def test_every_slide_has_its_title_in_the_title_placeholder() -> None:
    titles = [slide.shapes.title.text_frame.text for slide in opened().slides]
    assert titles == ["令和4年度は29団体が取り組んだ", "都道府県の表", "年度の推移"]


def test_a_page_without_a_title_still_has_one_above_its_edge() -> None:
    shape = slide_of(text("only", Rect(0, 0, 100, 20), "文")).shapes.title
    assert shape.text_frame.text == "oneの頁"
    assert shape.top + shape.height < 0


def test_a_deck_without_pages_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        pptx(Deck("", "ja", MADE_ON))


# -- areas and lines ------------------------------------------------------------------------------------------


def test_an_area_is_one_freeform_whose_hole_runs_against_its_outline() -> None:
    shape = named(opened().slides[0])["甲県"]
    path = shape.find(f".//{A}path")
    assert len(path.findall(f"{A}moveTo")) == len(path.findall(f"{A}close")) == 2
    outline, hole = wound((ring(0, 0, 9), ring(0, 0, 4)))
    assert turning(outline) > 0 > turning(hole)
    island = wound((ring(0, 0, 9), ring(0, 0, 4), ring(0, 0, 2)))[2]
    assert turning(island) > 0


def turning(points: tuple[tuple[float, float], ...]) -> float:
    following = points[1:] + points[:1]
    return sum(x * v - u * y for (x, y), (u, v) in zip(points, following, strict=True))


def test_the_points_of_an_area_stand_where_they_were_measured() -> None:
    drawn = ((100.0, 50.0), (160.0, 50.0), (130.0, 90.5))
    shape = named(slide_of(title("t"), Shape("area", (drawn,), BLUE)))["area"]
    x, y = (int(shape.find(f".//{A}off").get(side)) for side in "xy")
    points = {(int(p.get("x")) + x, int(p.get("y")) + y) for p in shape.iter(f"{A}pt")}
    assert points == {(round(u * POINT), round(v * POINT)) for u, v in drawn}


def test_areas_of_a_map_are_one_group_that_tells_what_the_page_shows() -> None:
    slide = opened().slides[0]
    (group,) = slide.element.iter(f"{P}grpSp")
    about = group.find(f"{P}nvGrpSpPr/{P}cNvPr")
    assert (about.get("name"), about.get("descr")) == ("地図", "mapの説明")
    inside = [found.get("name") for found in group.iter(f"{P}cNvPr")][1:]
    assert sorted(inside) == sorted(["甲県", "乙県", "丙県", "丁県", "島県"])
    transform = group.find(f"{P}grpSpPr/{A}xfrm")
    assert transform.find(f"{A}off").attrib == transform.find(f"{A}chOff").attrib


def test_patterns_are_three_different_ones_in_the_colours_of_the_mark() -> None:
    shapes = named(opened().slides[0])
    fills = [shapes[name].find(f"{P}spPr/{A}pattFill") for name in ("乙県", "丙県", "丁県")]
    assert len({fill.get("prst") for fill in fills}) == 3
    assert [fill.find(f"{A}fgClr/{A}srgbClr").get("val") for fill in fills] == ["0017C1", "C74700", "1A1A1A"]


def test_connectors_are_glued_exactly_where_they_are_drawn() -> None:
    slide = opened().slides[0]
    lines = [mark for mark in map_marks() if isinstance(mark, Line) and mark.joins]
    for mark in lines:
        glue = named(slide)[mark.name].find(f".//{P}cNvCxnSpPr")
        ends = [connection(glue.find(f"{A}{end}Cxn"), slide) for end in ("st", "end")]
        assert ends == [pytest.approx(point, abs=0.3) for point in mark.points]


def test_an_end_away_from_its_mark_stays_unglued() -> None:
    label, sign = (
        text("label", Rect(100, 100, 50, 15), "甲市"),
        Box("sign", Rect(300, 300, 8, 8), Ink("#000000")),
    )
    leader = Line("leader", ((125, 104), (290, 290)), Ink(line="#444444"), ("label", "sign"))
    glue = named(slide_of(title("t"), label, sign, leader))["leader"].find(f".//{P}cNvCxnSpPr")
    assert len(glue) == 0


def test_an_area_without_extent_is_left_out_and_nothing_is_glued_to_it() -> None:
    areas = [
        Shape(name, rings, BLUE)
        for name, rings in (("none", ()), ("empty", ((),)), ("two", (((0, 0), (9, 9)),)))
    ]
    leaders = [
        Line(f"to {area.name}", ((0, 0), (50, 50)), Ink(line="#444444"), (area.name, "?")) for area in areas
    ]
    shapes = named(slide_of(title("t"), *areas, *leaders))
    assert {"none", "empty", "two"} & set(shapes) == set()
    assert [len(shapes[leader.name].find(f".//{P}cNvCxnSpPr")) for leader in leaders] == [0, 0, 0]


def test_a_label_keeps_the_edge_that_its_leader_ends_at() -> None:
    left, right = Rect(100, 100, 50, 16), Rect(100, 140, 50, 16)
    marks = (
        text("free", left, "甲市"),
        text("held", right, "乙市"),
        Line("leader", ((150, 148), (200, 148)), Ink(line="#444444"), ("held", "free")),
    )
    free, held, _ = loosened(marks)
    assert isinstance(free, Text)
    assert isinstance(held, Text)
    assert free.at.width > 50
    assert free.at.x == 100
    assert held.at == right


@pytest.mark.parametrize("align", Align)
def test_a_label_reaches_as_far_as_its_leader_and_its_text_stays_in_place(align: Align) -> None:
    label = text("label", Rect(100, 100, 50, 16), "甲市", align=align)
    leader = Line("leader", ((152, 108), (200, 120)), Ink(line="#444444"), ("label", "none"))
    shape = named(slide_of(title("t"), label, leader))["label"]
    offset, size = shape.find(f".//{A}off"), shape.find(f".//{A}ext")
    right = int(offset.get("x")) + int(size.get("cx"))
    inner = int(shape.find(f".//{A}bodyPr").get("rIns"))
    assert (right / POINT, inner / POINT) == (152, 2)


def test_signs_are_no_map() -> None:
    lozenges = [Shape(f"badge {n}", (ring(50 + n, 50, 4, 6),), BLUE) for n in (0, 20, 40)]
    slide = slide_of(title("t"), *lozenges)
    assert list(slide.element.iter(f"{P}grpSp")) == []


@pytest.mark.parametrize(("align", "share"), [(Align.LEFT, 0), (Align.MIDDLE, 0.5), (Align.RIGHT, 1)])
def test_a_wider_box_does_not_move_its_text(align: Align, share: float) -> None:
    at = Rect(100, 100, 50, 16)
    (wider,) = loosened([text("label", at, "甲市", align=align)])
    assert isinstance(wider, Text)
    assert wider.at.x + share * wider.at.width == pytest.approx(at.x + share * at.width)


def test_a_line_through_more_points_is_a_freeform_without_fill() -> None:
    shape = named(opened().slides[0])["route"]
    assert shape.tag == f"{P}sp"
    assert shape.find(f".//{A}path").get("fill") == "none"
    assert shape.find(f".//{A}close") is None
    assert shape.find(f".//{A}prstDash").get("val") == "dash"


# -- what is read aloud ---------------------------------------------------------------------------------------


def test_reading_begins_with_title_and_text_and_leaves_the_picture_as_it_is() -> None:
    marks = map_marks()
    ordered = in_reading_order(marks)
    assert ordered[0].name == "title"
    assert [mark.name for mark in ordered[1:4]] == ["body", "foot", "frame"]
    assert [mark.name for mark in ordered if mark.name.startswith("label")] == ["label 甲県", "label 乙市"]
    assert ordered.index(marks[8]) > ordered.index(marks[5])  # the names round the map follow the map
    assert ordered.index(marks[6]) > ordered.index(marks[0])  # the name stands on its area
    assert ordered.index(marks[7]) > ordered.index(marks[1])  # the sign as well
    assert sorted(mark.name for mark in ordered) == sorted(mark.name for mark in marks)


def test_shapes_speak_or_are_decorative() -> None:
    shapes = named(opened().slides[0])
    told = {"甲県": "甲県：取組団体", "sign 乙市": "乙市"}
    for name in ("甲県", "乙県", "frame", "sign 乙市", "leader 甲県", "route"):
        about = next(shapes[name].iter(f"{P}cNvPr"))
        is_decorative = any(part.tag.endswith("}decorative") for part in about.iter())
        assert (about.get("descr"), is_decorative) == (told.get(name), name not in told)
    table_frame, chart_frame = (
        named(slide)[name] for slide, name in zip(list(opened().slides)[1:], ("table", "chart"), strict=True)
    )
    assert next(table_frame.iter(f"{P}cNvPr")).get("descr") == "都道府県ごとの数"
    assert next(chart_frame.iter(f"{P}cNvPr")).get("descr") == "年度ごとの団体数"


def test_notes_hold_the_evidence_and_pages_without_have_none() -> None:
    slides = opened().slides
    assert slides[0].notes_slide.notes_text_frame.text == "甲県：資料 s2023-01、3ページ\n乙市：<根拠> & 時点"
    assert [slide.has_notes_slide for slide in slides] == [True, False, False]


# -- type -----------------------------------------------------------------------------------------------------


def test_every_run_of_every_part_names_its_typefaces() -> None:
    looks = [
        look
        for name, part in parts().items()
        if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notes", "ppt/charts/chart"))
        for look in etree.fromstring(part).iter(f"{A}rPr", f"{A}defRPr")
    ]
    assert len(looks) > 30
    for look in looks:
        faces = [look.find(f"{A}{kind}").get("typeface") for kind in ("latin", "ea", "cs")]
        run = look.getparent().find(f"{A}t")
        is_sign = run is not None and run.text in {"■", "□"}
        assert faces == [TYPEFACE if is_sign else LATIN_TYPEFACE, TYPEFACE, LATIN_TYPEFACE]
        assert look.get("lang") == "ja-JP"


def test_the_theme_names_the_same_typefaces() -> None:
    for name in ("ppt/theme/theme1.xml", "ppt/theme/theme2.xml"):
        scheme = etree.fromstring(parts()[name]).find(f".//{A}fontScheme")
        for fonts in scheme:
            faces = {font.tag.removeprefix(A): font.get("typeface") for font in fonts}
            assert faces == {"latin": LATIN_TYPEFACE, "ea": TYPEFACE, "cs": LATIN_TYPEFACE, "font": TYPEFACE}


def test_japanese_names_in_english_text_are_japanese_runs() -> None:
    label = text("label", Rect(0, 100, 200, 20), "Tottori (鳥取県) joined")
    made = opened(Deck("", "en", MADE_ON, (page("one", title("t"), label),)))
    runs = [
        (run.find(f"{A}rPr").get("lang"), run.find(f"{A}t").text)
        for run in named(made.slides[0])["label"].iter(f"{A}r")
    ]
    assert runs == [("en-GB", "Tottori ("), ("ja-JP", "鳥取県"), ("en-GB", ") joined")]


def test_a_sign_is_a_japanese_run_in_either_language() -> None:
    for language, spoken in (("ja", "ja-JP"), ("en", "en-GB")):
        label = text("label", Rect(0, 100, 200, 20), "■Tottori ②")
        made = opened(Deck("", language, MADE_ON, (page("one", title("t"), label),)))
        runs = [
            (run.find(f"{A}t").text, run.find(f"{A}rPr").get("lang"))
            for run in named(made.slides[0])["label"].iter(f"{A}r")
        ]
        assert runs == [("■", "ja-JP"), ("Tottori ", spoken), ("②", "ja-JP")]


def test_text_neither_shrinks_nor_grows_its_box() -> None:
    for shape in named(opened().slides[0]).values():
        for box in shape.findall(f"{P}txBody/{A}bodyPr"):
            assert [child.tag for child in box] == [f"{A}noAutofit"]
            assert box.get("wrap") in {"none", "square"}


# -- table and chart ------------------------------------------------------------------------------------------


def test_a_table_is_native_with_heights_and_fills_of_its_own() -> None:
    grid = named(opened().slides[1])["table"].find(f".//{A}tbl")
    rows = grid.findall(f"{A}tr")
    texts = [[written(cell) for cell in row.findall(f"{A}tc")] for row in rows]
    assert texts == [[cell.text for cell in row] for row in table().rows]
    assert {row.get("h") for row in rows} == {str(18 * POINT)}
    assert [column.get("w") for column in grid.iter(f"{A}gridCol")] == [
        str(w * POINT) for w in (300, 100, 200)
    ]
    assert (grid.find(f"{A}tblPr").get("bandRow"), grid.find(f"{A}tblPr").get("firstRow")) == ("0", "1")
    assert all(
        len(cell.findall(f"{A}tcPr/{A}ln{side}")) == 1 for cell in grid.iter(f"{A}tc") for side in "LRTB"
    )


def test_a_chart_is_native_and_an_unknown_value_is_a_gap() -> None:
    made = next(shape.chart for shape in opened().slides[2].shapes if shape.has_chart)
    stacked, sums = made.plots
    assert [(one.name, one.values) for one in stacked.series] == [
        ("新規", (29.0, 7.0, 6.0, None)),
        ("継続", (0.0, 8.0, None, None)),
    ]
    assert next(iter(sums.series)).values == (29.0, 15.0, None, None)
    assert list(stacked.categories) == list(chart().categories)


def test_millions_are_told_to_the_last_person() -> None:
    people = replace(chart(), series=(replace(chart().series[0], values=(126_146_099, None, 0.5, 1)),))
    shapes = slide_of(title("t"), people).shapes
    made = next(shape.chart for shape in shapes if shape.has_chart)
    assert made.plots[0].series[0].values == (126_146_099.0, None, 0.5, 1.0)


def test_a_number_stands_beside_a_part_that_is_too_low_for_it() -> None:
    low = replace(chart(), series=(replace(chart().series[0], values=(29, 1, 30, None)), chart().series[1]))
    shapes = slide_of(title("t"), low).shapes
    single = next(shape.chart for shape in shapes if shape.has_chart)._chartSpace.findall(f".//{C}dLbl")
    assert [label.find(f"{C}idx").get("val") for label in single] == ["1"]
    assert float(single[0].find(f".//{C}x").get("val")) > 0


def test_the_workbook_of_a_chart_holds_its_numbers_and_sums_that_follow() -> None:
    made = next(shape.chart for shape in opened().slides[2].shapes if shape.has_chart)
    sheet = load_workbook(BytesIO(made.part.chart_workbook.xlsx_part.blob)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "新規", "継続", "計"],
        ["令和4年度", 29, 0, "=SUM(B2:C2)"],
        ["令和5年度", 7, 8, "=SUM(B3:C3)"],
        ["令和6年度", 6, None, None],
        ["令和7年度", None, None, None],
    ]


def test_unknown_is_written_over_the_chart_and_never_as_0() -> None:
    slide = opened().slides[2]
    told = {name: written(shape) for name, shape in named(slide).items()}
    assert (told["chart total 令和6年度"], told["chart total 令和7年度"]) == ("不明", "不明")
    assert "chart total 令和5年度" not in told
    assert told["chart unit"] == "団体"


# -- the file -------------------------------------------------------------------------------------------------


def test_the_file_says_who_made_it_and_when() -> None:
    about = opened().core_properties
    assert (about.title, about.author, about.language) == (
        "居場所アトラス 取組団体",
        "居場所アトラス",
        "ja-JP",
    )
    assert about.created == about.modified == datetime(2026, 11, 20)  # noqa: DTZ001 -- a date without a zone


def test_the_same_deck_is_the_same_bytes() -> None:
    first = pptx(small_deck())
    assert pptx(small_deck()) == first
    with ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        books = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
    for book in books:
        with ZipFile(BytesIO(book)) as archive:
            assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_nothing_points_outside_the_file_and_nothing_tells_of_another_product() -> None:
    made = parts()
    for name, part in made.items():
        assert b'TargetMode="External"' not in part, name
        assert b"Macintosh" not in part, name
    foreign = ("thumbnail", "printerSettings", "vbaProject", "app.xml", "customXml", "media")
    assert not [name for name in made if any(word in name for word in foreign)]
    assert [name for name in made if "slideLayouts/slideLayout" in name] == [
        "ppt/slideLayouts/slideLayout1.xml"
    ]


def test_every_part_that_is_linked_is_there_and_none_is_unlinked() -> None:
    made = parts()
    known = set(made) - {"[Content_Types].xml"} - {name for name in made if name.endswith(".rels")}
    package = Presentation(BytesIO(pptx(small_deck()))).part.package
    assert known == {part.partname.lstrip("/") for part in package.iter_parts()}


def test_pages_of_a_kind_do_not_share_what_they_say() -> None:
    """Two charts in one deck each have their own part and workbook."""
    second = replace(chart(), series=chart().series[:1])
    deck = Deck("", "ja", MADE_ON, (page("a", title("甲"), chart()), page("b", title("乙"), second)))
    made = parts(deck)
    charts = sorted(name for name in made if name.startswith("ppt/charts/chart"))
    assert len(charts) == 2
    assert [made[name].count(b"<c:ser>") for name in charts] == [3, 2]
