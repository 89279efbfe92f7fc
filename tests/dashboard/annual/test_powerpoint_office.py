"""LibreOffice opens the PowerPoint file: every page, every text, Japanese in Japanese letters, leaders where they are drawn."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from dashboard.annual.drawing.text_lines import placed_lines
from dashboard.annual.marks import Chart, Deck, Line, Page, Rect, Text
from dashboard.annual.powerpoint import pptx
from tests.small_deck import MADE_ON, chart, map_marks, page, small_deck, table, text, title

SECONDS = 180
HOSTILE = "<a:t>&amp;</a:t> =cmd|'/c calc'!A1 \x00\ud800 العربية"
A3 = (1190.55, 841.89)


@pytest.fixture(scope="module")
def office() -> str:
    """The path of LibreOffice; without one these tests are skipped, unless they are required."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("IBASHO_REQUIRE_OFFICE") == "1":
            pytest.fail(
                "LibreOffice がありませんが、IBASHO_REQUIRE_OFFICE=1 です (it is required).", pytrace=False
            )
        pytest.skip("LibreOffice がないため、開く試しを省きます (no LibreOffice: opening is not tried)")
    return found


def many() -> Chart:
    """Return a chart with more names in its legend than stand in a row."""
    series = tuple(
        replace(chart().series[0], name=f"とても長い系列の名前その{sign}") for sign in "甲乙丙丁戊"
    )
    return replace(chart(), series=series, at=Rect(34, 100, 500, 600), size=18)


def decks() -> dict[str, Deck]:
    large = Page(
        "large",
        "大",
        *A3,
        (title("大きな紙の表題"), text("label", Rect(900, 800, 200, 20), "隅の文字"), many()),
        "",
    )
    hostile = page(
        "hostile",
        title(HOSTILE),
        text("label", Rect(24, 200, 600, 20), HOSTILE),
        text("long", Rect(24, 300, 100, 12), "市" * 10_000),
    )
    return {
        "small": small_deck(),
        "english": Deck("", "en", MADE_ON, (page("e", title("Tottori Pref. (鳥取県)")),)),
        "large": Deck("", "ja", MADE_ON, (large,)),
        "hostile": Deck("", "ja", MADE_ON, (hostile,)),
    }


@pytest.fixture(scope="module")
def printed(office: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, pdfium.PdfDocument]]:
    """Every deck as LibreOffice prints it; it starts once, with a profile of its own."""
    folder = tmp_path_factory.mktemp("office")
    for name, deck in decks().items():
        (folder / f"{name}.pptx").write_bytes(pptx(deck))
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    files = [str(folder / f"{name}.pptx") for name in decks()]
    # As in Japan: with any other language LibreOffice puts blanks between Japanese and Latin letters.
    language = {**os.environ, "LC_ALL": "ja_JP.UTF-8"}
    command += ["--outdir", str(folder), *files]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=language)
    assert done.returncode == 0, done.stderr
    opened = {name: pdfium.PdfDocument((folder / f"{name}.pdf").read_bytes()) for name in decks()}
    yield opened
    for document in opened.values():
        document.close()


def told(document: pdfium.PdfDocument, number: int = 0) -> str:
    """The text of a page without blanks, which LibreOffice adds between Japanese and Latin letters."""
    return "".join(document[number].get_textpage().get_text_range().split())


def test_every_page_is_printed_in_its_size(printed: dict[str, pdfium.PdfDocument]) -> None:
    assert [len(document) for document in printed.values()] == [3, 1, 1, 1]
    assert printed["small"][0].get_size() == pytest.approx((960, 540), abs=0.5)
    assert printed["large"][0].get_size() == pytest.approx(A3, abs=0.5)


def test_every_text_is_printed(printed: dict[str, pdfium.PdfDocument]) -> None:
    texts = [mark for mark in map_marks() if isinstance(mark, Text)]
    wanted = ["".join(run.text for run in part.runs) for mark in texts for part in mark.paragraphs]
    assert [one for one in wanted if one not in told(printed["small"], 0)] == []
    cells = [cell.text for row in table().rows for cell in row]
    assert [one for one in cells if one not in told(printed["small"], 1)] == []
    numbers = ("29", "15", "8", *chart().categories, "新規", "継続", "不明", "団体")
    assert [one for one in numbers if one not in told(printed["small"], 2)] == []


def test_no_name_of_a_legend_is_left_out(printed: dict[str, pdfium.PdfDocument]) -> None:
    assert [one.name for one in many().series if one.name not in told(printed["large"])] == []


def test_hostile_text_is_printed_as_text(printed: dict[str, pdfium.PdfDocument]) -> None:
    assert told(printed["hostile"]).count("<a:t>&amp;</a:t>=cmd|'/ccalc'!A1") == 2


@pytest.mark.parametrize(("deck", "written"), [("small", "令和年度団体取組"), ("english", "鳥取県")])
def test_japanese_is_set_in_a_japanese_typeface_that_has_every_letter(
    printed: dict[str, pdfium.PdfDocument], deck: str, written: str
) -> None:
    """Letters that a typeface lacks are drawn as the same empty box: here each looks unlike the others."""
    drawn = {}
    sheet = printed[deck][0]
    textpage, picture = sheet.get_textpage(), sheet.render(scale=4).to_pil().convert("1")
    for sign in written:
        place = textpage.get_text_range().index(sign)
        assert "jp" in typeface(textpage, place).lower() or "gothic" in typeface(textpage, place).lower()
        left, bottom, right, top = (4 * side for side in textpage.get_charbox(place))
        height = picture.height
        drawn[sign] = picture.crop((int(left), int(height - top), int(right), int(height - bottom))).tobytes()
    assert len(set(drawn.values())) == len(set(written))


def typeface(textpage: pdfium.PdfTextPage, place: int) -> str:
    name = ctypes.create_string_buffer(200)
    pdfium_c.FPDFText_GetFontInfo(textpage, place, name, 200, ctypes.c_int())
    return name.value.decode()


def test_text_stands_on_the_baseline_of_the_other_formats(printed: dict[str, pdfium.PdfDocument]) -> None:
    sheet = printed["small"][0]
    textpage = sheet.get_textpage()
    for mark in map_marks():
        if isinstance(mark, Text) and mark.name in {"title", "label 乙市", "foot", "body"}:
            line = placed_lines(mark)[0]
            place = textpage.get_text_range().index(line.runs[0].text[-2:])
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium_c.FPDFText_GetCharOrigin(textpage, place, x, y)
            assert sheet.get_height() - y.value == pytest.approx(line.baseline, abs=0.08 * line.runs[0].size)


def test_leaders_are_drawn_where_they_belong(printed: dict[str, pdfium.PdfDocument]) -> None:
    sheet = printed["small"][0]
    height = sheet.get_height()
    drawn = [shape.get_bounds() for shape in sheet.get_objects([pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=8)]
    for mark in map_marks():
        if isinstance(mark, Line) and mark.joins:
            across, down = zip(*mark.points, strict=True)
            wanted = (min(across), height - max(down), max(across), height - min(down))
            assert any(bounds == pytest.approx(wanted, abs=1) for bounds in drawn), mark.name
