"""取り込み確認 as its users meet it: in Chromium, with an app whose data and temporary folders are its own and looked through."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from etl.build import Build
from etl.inputs import DATA
from tests.conftest import free_port

pytestmark = pytest.mark.browser

CHECK_LIMIT_MS = 60_000
STOP_LIMIT_S = 20
HEADING = "年度,都道府県,市区町村,団体コード,区分,備考"
MIXED = f"""{HEADING}
令和４年度,広島県,三原市,,新規,
2022,広島県,尾道市,342050,継続,
2022,広島県,三原,,新規,
2022,広島県,竹原市,342033,新規,担当 090-1234-5678
"""
WITNESS = "ひみつのことば"
MARKUP = "<img src=http://example.invalid/x.png onerror=window.ran=1>"


@dataclass(frozen=True)
class App:
    """A running app and every folder that it may write into."""

    address: str
    folders: tuple[Path, ...]

    def files(self) -> set[Path]:
        """Return every file that lies in one of the folders now."""
        return {path for folder in self.folders for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def app(project_build: Build, bundle: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """`ibasho serve` with a temporary folder and a data folder of its own."""
    temporary, data = tmp_path_factory.mktemp("temporary"), tmp_path_factory.mktemp("data")
    for path in DATA.iterdir():
        if path.is_file():
            (data / path.name).write_bytes(path.read_bytes())
    port, builds = free_port(), project_build.database.parent
    own = {"TMPDIR": str(temporary), "IBASHO_DATA_DIR": str(data), "IBASHO_BUILD_DIR": str(builds)}
    command = [sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, env={**os.environ, **own}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert str(port) in server.stdout.readline()
        yield App(f"http://127.0.0.1:{port}", (temporary, data, builds))
        server.terminate()
        _, said = server.communicate(timeout=STOP_LIMIT_S)
    assert "Traceback" not in said
    assert WITNESS not in said


@pytest.fixture
def visit(page: Page, app: App) -> Callable[..., Page]:
    """Open the import check."""

    def go(kind: str = "platforms", more: str = "") -> Page:
        page.goto(f"{app.address}/data?tab=import&file_kind={kind}{more}")
        page.locator("[data-testid='stFileUploaderDropzone']").first.wait_for()
        return page

    return go


def sent(content: str | bytes, name: str = "一覧.csv") -> FilePayload:
    data = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "text/csv", "buffer": data}


def hand_in(page: Page, file: FilePayload, *, place: int = 0) -> None:
    """Hand a file in and wait for the verdict on it."""
    told = page.locator(".st-key-intake-said p[role='status']")
    expect(told).to_have_attribute("data-number", re.compile("[0-9]"))
    number = int(told.get_attribute("data-number") or 0)
    page.locator("input[type='file']").nth(place).set_input_files(file)
    expect(told).to_have_attribute("data-number", str(number + 1), timeout=CHECK_LIMIT_MS)
    expect(told).to_contain_text(file["name"][:20])
    page.locator(".outcome").wait_for()


def whole(page: Page) -> str:
    """Return the page's markup, shadow roots included."""
    return str(
        page.evaluate(
            """() => { const all = (root) => root.innerHTML + [...root.querySelectorAll('*')]
                 .filter((each) => each.shadowRoot).map((each) => all(each.shadowRoot)).join('');
                 return all(document.body); }"""
        )
    )


def is_in_sight(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    size = page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"])


@pytest.mark.parametrize("width", [1440, 400])
def test_the_verdict_is_seen_and_heard_without_a_step(visit: Callable[..., Page], width: int) -> None:
    page = visit()
    page.set_viewport_size({"width": width, "height": 900})
    hand_in(page, sent(MIXED))
    expect(page.locator(".outcome")).to_have_text("一部の行を保留して取り込めます")
    assert is_in_sight(page, ".outcome")
    expect(page.get_by_role("status").filter(has_text="4行のうち取り込み2行、保留2行")).to_have_count(1)
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not lost with the upload"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_the_mended_file_passes_a_second_check(visit: Callable[..., Page]) -> None:
    page = visit()
    hand_in(page, sent(MIXED))
    with page.expect_download() as saved:
        page.get_by_role("button", name="直したファイルを保存（CSV）").click()
    assert saved.value.suggested_filename == "一覧_mended.csv"
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert "090-1234-5678" not in text
    mended = text.replace("三原,", "世羅町,")
    hand_in(page, sent(mended, "直した一覧.csv"))
    expect(page.locator(".intake-account td").first).to_have_text("4")
    expect(page.locator(".intake-file")).to_contain_text("直した一覧.csv")
    assert "「三原」" not in page.locator(".st-key-intake-result-area").inner_text()


def test_an_upload_that_is_too_large_is_refused_in_words_and_never_checked(
    visit: Callable[..., Page],
) -> None:
    page = visit()
    page.locator("input[type='file']").first.set_input_files(sent(b"x" * 11_600_000, "大きい一覧.csv"))
    chip = page.locator("[data-testid='stFileChip'][aria-invalid='true']")
    expect(chip).to_have_attribute("data-said", re.compile("10 MB まで"))
    assert "10 MB" in page.evaluate(
        "getComputedStyle(document.querySelector('[data-said]'), '::after').content"
    )
    expect(page.locator(".outcome")).to_have_count(0)


def test_nothing_of_an_upload_stays_on_the_disk(visit: Callable[..., Page], app: App) -> None:
    page = visit()
    before = app.files()
    hand_in(page, sent(f"{MIXED}2022,広島県,三次市,342092,新規,{WITNESS}\n"))
    expect(page.locator(".st-key-intake-result-area pre")).to_be_visible(timeout=CHECK_LIMIT_MS)
    hand_in(page, sent(f"何,どこ\n{WITNESS},丙\n", "own.csv"))
    left = app.files() - before
    assert not left
    assert not [path for path in app.files() if WITNESS.encode() in path.read_bytes()]
    memory = Path("/dev/shm").glob("ibasho-check-*/*")
    assert not [path for path in memory if WITNESS.encode() in path.read_bytes()]


def test_hostile_names_stay_text_and_ask_for_nothing(
    visit: Callable[..., Page], outside_requests: list[str]
) -> None:
    page = visit("places")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    rows = (
        "名称,種別,都道府県,市区町村,住所,緯度,経度,年度,出典URL",
        f"{MARKUP},居場所,{MARKUP},三原市,,,,2022,javascript:alert(1)",
        "[a](http://example.invalid/),居場所,広島県,**三原**,,,,2022,",
        '"=HYPERLINK(""http://example.invalid/"")",居場所,広島県,三原市,,,,2022,',
    )
    hand_in(page, sent("\n".join(rows) + "\n", f"{MARKUP.replace('/', '_')}.csv"))
    area = page.locator(".st-key-intake-result-area")
    expect(area).to_contain_text("<img src=http:__example.invalid_x.png")
    expect(area).to_contain_text("**三原**")
    assert area.locator("img, script, a").count() == 0
    assert page.evaluate("window.ran") is None
    assert (dialogs, outside_requests) == ([], [])


def test_personal_data_never_reach_the_page(visit: Callable[..., Page]) -> None:
    page = visit()
    hand_in(page, sent(f"{MIXED}2022,広島県,三次市,342092,新規,hanako@example.jp\n"))
    assert "備考" in whole(page)
    for secret in ("090-1234-5678", "hanako@example.jp"):
        assert secret not in whole(page)
    hand_in(
        page,
        sent("氏名,生年月日,電話番号,相談内容\n甲野太郎,1950-01-01,090-1111-2222,眠れない\n", "case.csv"),
    )
    for secret in ("甲野", "1950-01-01", "090-1111-2222", "眠れない"):
        assert secret not in whole(page)
    expect(page.locator(".st-key-intake-own")).to_have_count(0)


def saved_mapping(page: Page) -> str:
    """Return the mapping that the page saves at this moment."""
    with page.expect_download() as saved:
        page.get_by_role("button", name="対応の表を保存（TOML）").click()
    return Path(saved.value.path()).read_text(encoding="utf-8")


def test_an_own_layout_is_said_once_kept_as_a_file_and_checked_again(visit: Callable[..., Page]) -> None:
    own = sent("集まりの呼び名,どこで\nあおぞらカフェ,東京都大田区蒲田5-13-14\n", "own.csv")
    page = visit("places")
    hand_in(page, own)
    expect(page.locator(".outcome")).to_have_text("取り込めません")
    expect(page.locator(".st-key-intake-own")).to_contain_text("もう手元に残していません")
    for column, heading in (("name", "集まりの呼び名"), ("address", "どこで")):
        box = page.locator(f".st-key-intake-map-1-{column} input")
        box.scroll_into_view_if_needed()  # a list that is open closes when the page moves
        box.click()
        page.get_by_role("option").filter(has_text=heading).click()
        expect(box).to_have_value(heading)
    # The box shows the choice before the page has run with it: the file is asked for until it knows both.
    text = next((text for text in (saved_mapping(page) for _ in range(20)) if "address" in text), "")
    assert 'name = "集まりの呼び名"' in text
    assert 'address = "どこで"' in text
    hand_in(page, {**own, "name": "own again.csv"}, place=1)
    expect(page.locator(".intake-account td").nth(1)).to_have_text("1")
    expect(page.locator(".st-key-intake-result-area pre")).to_contain_text("--mapping mapping.toml")
