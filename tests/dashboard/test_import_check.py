"""取り込み確認 on the page: what is said of a list that is handed in, what can be taken away, and what is never shown or kept."""

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

import dashboard.imports.check
from dashboard.closed_lists import FileKind, Language
from dashboard.imports.check import RESULT, Result, changes_of, command
from dashboard.imports.mapping import headings_of
from etl.build import Build, ensure_build
from etl.changes import Effect
from etl.checked_file import CheckedFile, check_upload
from etl.form_sheet import Form, form_csv, form_xlsx
from etl.imports import import_file
from etl.inputs import DATA
from etl.intake.area_difference import area_differences, municipalities
from etl.intake.facts import Kind, Options
from etl.intake.layouts import words_of
from etl.intake.limits import UPLOAD_BYTES
from etl.intake.mapping import mapping_toml, needed, proposed
from etl.intake.mended import Body, candidates, mended
from etl.intake.report import Outcome
from etl.quarantine import export
from tests.etl.intake.paper import paper

pytestmark = pytest.mark.usefixtures("checked_here")

RUN_LIMIT_S = 120
HEADING = "年度,都道府県,市区町村,団体コード,区分,備考"
SQUARE = [[133.0, 34.4], [133.05, 34.4], [133.05, 34.45], [133.0, 34.45], [133.0, 34.4]]
BOUNDARIES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"N03_001": "広島県", "N03_004": "三原市", "N03_007": "34204"},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        }
    ],
}


def script() -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main("data")


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))
    # It builds the data twice: only what is about the comparison waits for it.
    monkeypatch.setattr(dashboard.imports.check, "changes_of", lambda _file, _source_id: ())


def opened(kind: FileKind = FileKind.PLATFORMS, **address: object) -> AppTest:
    """Return the import check as it is first drawn."""
    test = AppTest.from_function(script, default_timeout=RUN_LIMIT_S)
    for name, value in ({"tab": "import", "file_kind": kind} | address).items():
        test.query_params[name] = str(value)
    return test.run()


def handed_in(test: AppTest, content: str | bytes, name: str = "list.csv", *, place: int = 0) -> AppTest:
    """Hand a file in, at the first place or at that of a mapping."""
    data = content.encode() if isinstance(content, str) else content
    test.file_uploader[place].set_value((name, data, "text/csv"))
    test.run()
    assert not test.exception
    return test


def listed(*rows: str) -> str:
    return "\n".join((HEADING, *rows)) + "\n"


def fragments(test: AppTest) -> str:
    """Return everything the page says, with its markup."""
    return " ".join(str(element.proto.body) for element in test.get("html"))


def text_of(test: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", fragments(test)))


def checked(content: str | bytes, kind: Kind, name: str = "list.csv", **said: object) -> CheckedFile:
    data = content.encode() if isinstance(content, str) else content
    return check_upload(name, data, kind, Options(**said), data=DATA)  # type: ignore[arg-type]


# -- the verdict ------------------------------------------------------------------------------------------------------


def test_every_row_is_accounted_for_and_each_fault_names_its_row_and_mend() -> None:
    test = handed_in(opened(), listed("2022,広島県,三原市,342041,新規,", "2022,広島県,三原,,新規,"))
    said = text_of(test)
    assert "一部の行を保留して取り込めます" in said
    assert re.search(r"対象外\s+2\s+1\s+0\s+1\s+0\s+0\s", said), "2 = 1 + 1 + 0 + 0"
    assert "「三原」という市区町村はありません" in said
    assert "34204 広島県三原市" in said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", FileKind)
def test_every_kind_answers_a_file_of_no_kind_in_a_sentence(kind: FileKind, language: Language) -> None:
    said = text_of(handed_in(opened(kind, lang=language), "甲\n乙\n"))
    assert ("取り込めません" if language == "ja" else "Cannot be taken in") in said


def test_the_verdict_is_told_to_those_who_hear_the_page() -> None:
    test = handed_in(opened(), listed("2022,広島県,三原市,342041,新規,"), "一覧.csv")
    said = [json.loads(element.proto.json) for element in test.get("bidi_component")]
    assert {"text": "一覧.csv：そのまま取り込めます。1行のうち取り込み1行、保留0行。", "number": 1} in said


def test_the_file_is_gone_once_it_was_read() -> None:
    test = handed_in(opened(), listed("2022,広島県,三原市,342041,新規,ひみつのことば"))
    assert test.file_uploader[0].value is None
    kept = test.session_state[RESULT]
    assert isinstance(kept, Result)
    assert not [name for name in dir(kept.checked) if isinstance(getattr(kept.checked, name), bytes)]
    test.button(key="intake-forget").click().run()
    assert RESULT not in test.session_state
    assert "そのまま取り込めます" not in text_of(test)


@pytest.mark.parametrize("content", [b"", b"a" * (UPLOAD_BYTES + 1)])
def test_an_upload_that_is_empty_or_too_large_is_refused_before_it_is_read(content: bytes) -> None:
    report = checked(content, Kind.PLACES, "<b>.csv").report
    assert (report.outcome, report.rows) == (Outcome.REJECT, 0)
    assert re.search("空です|大きすぎます（上限 10 MB）", report.messages[0].problem)


def test_names_out_of_a_file_are_text() -> None:
    name = "<img src=x onerror=alert(1)>.csv"
    rows = ("2022,広島県,<script>1</script>,,新規,", "2022,<i>広島県</i>,三原市,,新規,")
    shown = fragments(handed_in(opened(), listed(*rows), name))
    assert "&lt;img src=x onerror=alert(1)&gt;.csv" in shown
    assert "&lt;script&gt;1&lt;/script&gt;" in shown
    assert not re.search("<(img|script|i)[ >]", shown)


def test_personal_data_are_never_repeated() -> None:
    rows = (
        "2022,広島県,三原市,342041,新規,担当 090-1234-5678",
        "2022,広島県,尾道市,342050,新規,taro@example.jp",
    )
    test = handed_in(opened(), listed(*rows))
    assert "携帯電話番号とみられる記載があります" in text_of(test)
    for secret in ("090-1234-5678", "taro@example.jp"):
        assert secret not in fragments(test)
        assert secret not in str(test.session_state[RESULT])


def test_a_list_of_persons_offers_no_headings_to_choose_from() -> None:
    people = "氏名,生年月日,電話番号,相談内容\n甲野太郎,1950-01-01,090-1234-5678,眠れない\n"
    test = handed_in(opened(FileKind.PLACES), people)
    assert "取り込めません" in text_of(test)
    assert not [box for box in test.selectbox if str(box.key).startswith("intake-map")]
    assert "甲野" not in fragments(test)


# -- own layouts ------------------------------------------------------------------------------------------------------

OWN = "集まりの呼び名,どこで,連絡\nあおぞらカフェ,東京都大田区蒲田5-13-14,\n"


def test_unknown_headings_are_offered_with_a_proposal_and_the_list_is_checked_with_what_was_said() -> None:
    test = handed_in(opened(FileKind.PLACES), OWN)
    assert "取り込めません" in text_of(test)
    boxes = {str(box.key).rsplit("-", 1)[1]: box for box in test.selectbox if "intake-map" in str(box.key)}
    assert boxes["name"].options[1:] == ["集まりの呼び名", "どこで", "連絡"]
    boxes["name"].set_value("集まりの呼び名")
    boxes["address"].set_value("どこで")
    test.run()
    handed_in(test, OWN, place=1)
    result = test.session_state[RESULT]
    assert result.checked.report.loaded == 1
    assert result.file.options.mapping == {"name": "集まりの呼び名", "address": "どこで"}
    assert "--mapping mapping.toml" in text_of(test)


def test_a_proposal_takes_each_heading_once_and_only_what_tells_itself() -> None:
    found = proposed(Kind.PLACES, ["施設のよびな", "名称や所在", "北緯", "東経", "担当"])
    assert found == {"lat": "北緯", "lon": "東経", "name": "施設のよびな", "address": "名称や所在"}
    assert proposed(Kind.PLATFORMS, ["市町村名", "甲"]) == {"municipality": "市町村名"}
    assert needed(Kind.PLACES) == (("name",), ("municipality", "code", "address", "lat"))


def test_the_page_of_documentation_names_every_column_that_a_mapping_may_have() -> None:
    told = (DATA.parent / "docs" / "imports.md").read_text(encoding="utf-8")
    kinds = (Kind.PLATFORMS, Kind.GRANTEES, Kind.PLACES, Kind.SOURCES)
    assert not [name for kind in kinds for name in words_of(kind) if not re.search(rf"\b{name}\b", told)]


@pytest.mark.parametrize("heading", ['甲"乙\\', "甲\t乙", "甲\x7f乙", "🍙'"])
def test_a_saved_mapping_is_read_as_it_was_said(heading: str) -> None:
    written = mapping_toml(Kind.PLACES, {"name": heading, "address": ""})
    assert tomllib.loads(written) == {"name": heading}


def test_headings_come_out_of_the_check_only_where_a_person_can_say_what_they_mean() -> None:
    assert headings_of(checked(OWN, Kind.PLACES).report) == ("集まりの呼び名", "どこで", "連絡")
    missing = checked("都道府県,市区町村,団体コード\n広島県,三原市,342041\n", Kind.PLATFORMS)
    assert headings_of(missing.report) == ("都道府県", "市区町村", "団体コード")
    assert headings_of(checked("1,2022-01-01\n2,2022-01-02\n", Kind.PLACES).report) == ()
    assert headings_of(checked("", Kind.PLACES).report) == ()


# -- what would change ------------------------------------------------------------------------------------------------


def test_a_form_that_came_back_shows_what_would_go_before_what_would_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dashboard.imports.check, "changes_of", changes_of)
    rows = ("2022,広島県,三原市,342041,参画の確認なし,", "2026,広島県,竹原市,342033,新規,")
    test = handed_in(opened(), listed(*rows))
    found = test.session_state[RESULT].changed
    assert {(each.code, each.effect) for each in found} == {
        ("34204", Effect.KEPT),
        ("34203", Effect.ADDED),
    }
    said = text_of(test)
    assert "違い（2件、うち承認が要るもの 0件）" in said
    assert re.search(r"追加\s+令和8年度\s+竹原市（34203）\s+参画の確認なし\s+新規", said)


def test_data_that_could_not_be_built_with_the_list_are_told_as_such() -> None:
    file = checked(
        listed("2022,広島県,三原市,342041,新規,", "2022,広島県,竹原市,342033,新規,"), Kind.PLATFORMS
    )
    told = changes_of(file, "no-such-source")
    assert isinstance(told, str)
    assert "検査に通りません" in told


# -- boundaries and PDFs ----------------------------------------------------------------------------------------------


def test_boundaries_are_compared_with_the_areas_that_are_known() -> None:
    test = handed_in(opened(FileKind.BOUNDARIES), json.dumps(BOUNDARIES), "a.geojson")
    said = text_of(test)
    assert "境界のある市区町村：1 / 1,741" in said
    assert re.search(r"三原市（34204）\s+25\.\d\d\s+47\d\.\d\d\s+-94\.\d%", said)
    assert "ibasho boundaries use a.geojson" in said


def test_the_largest_difference_of_area_stands_first_and_islands_are_summed() -> None:
    facts = pa.table({"code": ["1", "2", "1", "3"], "area_km2": [4.0, 11.0, 4.0, 1.0]})
    found = area_differences(facts, {"1": 10.0, "2": 10.0})
    assert [(each.code, round(each.share, 3)) for each in found] == [("1", -0.2), ("2", 0.1)]
    assert municipalities(facts) == 3


def test_marked_names_of_a_pdf_are_candidates_and_never_taken_in() -> None:
    test = handed_in(opened(FileKind.PDF), paper([["令和４年度", "■札幌市 □鶴岡市 □府中市"]]), "list.pdf")
    said = text_of(test)
    assert "取り込みません。候補を資料と見比べてください" in said
    assert "候補（3件、うち団体が一つに決まったもの 2件）" in said
    assert re.search(
        r"1\s+□\s+府中市\s+どの団体か決められません（候補: 13206 東京都府中市、34208 広島県府中市）", said
    )
    assert "ibasho import" not in said.split("これまでに取り込んだ一覧")[0]


def test_the_candidates_are_a_list_of_participants_to_check() -> None:
    pdf = checked(paper([["令和４年度", "■札幌市 □鶴岡市 □府中市 ■岐阜県"]]), Kind.PDF, "list.pdf")
    form = candidates(pdf.checked)
    assert form.columns == tuple(HEADING.split(","))
    report = checked(form_csv(form), Kind.PLATFORMS).report
    assert (report.rows, report.loaded, report.quarantined) == (4, 3, 1)
    assert "府中市" in report.messages[-1].problem


# -- what is taken in with a command ----------------------------------------------------------------------------------


def test_the_command_repeats_all_that_was_said_and_quotes_what_a_shell_would_read() -> None:
    file = checked(
        "x", Kind.PLACES, "a'; rm -rf ~ #.csv", fiscal_year=2025, default_municipality="大田区 $(x)"
    )
    assert command(file) == (
        "ibasho import 'a'\"'\"'; rm -rf ~ #.csv' --kind places --source SOURCE_ID --fiscal-year 2025"
        " --default-municipality '大田区 $(x)'"
    )
    assert "--source" not in command(checked("x", Kind.SOURCES))


@pytest.mark.parametrize("write", [form_csv, form_xlsx])
def test_the_mended_file_passes_a_second_check(write: Callable[[Form], bytes]) -> None:
    rows = ("令和４年度,広島県,三原市,,新規,", "2022,広島,尾道市,34205,継続,", "2022,広島県,三原,,新規,")
    first = checked(listed(*rows), Kind.PLATFORMS)
    assert (first.report.repaired, first.report.quarantined) == (2, 1)
    names = {"34204": Body("広島県", "三原市"), "34205": Body("広島県", "尾道市")}
    again = checked(write(mended(first.checked, first.options, names.__getitem__)), Kind.PLATFORMS)
    assert (again.report.loaded, again.report.repaired, again.report.quarantined) == (2, 0, 1)
    codes = again.checked.facts["code"].to_pylist()
    assert codes == first.checked.facts["code"].to_pylist()


# -- what was imported so far -----------------------------------------------------------------------------------------


@pytest.fixture
def imported(project_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Take a list in, then its held rows again with a word of theirs mended, build, and open the page on that build."""
    # A list changes no map: what is drawn already is found again.
    shutil.copytree(project_build.geometry, tmp_path / "build" / project_build.geometry.name)
    data = tmp_path / "data"
    data.mkdir()
    for path in DATA.iterdir():
        if path.is_file():
            (data / path.name).write_bytes(path.read_bytes())

    def page(content: str, mended: tuple[str, str] | None = None) -> AppTest:
        path = tmp_path / "<b>一覧<b>.csv"
        path.write_text(content, encoding="utf-8")
        entry = import_file(path, Kind.PLATFORMS, Options(), "s2023-01", data)
        if mended:
            path.write_text(
                export(data, entry.import_id, "csv").decode("utf-8-sig").replace(*mended, 1), encoding="utf-8"
            )
            import_file(path, Kind.PLATFORMS, Options(), "s2023-01", data)
        build = ensure_build(folder=tmp_path / "build", data=data)
        monkeypatch.setenv("IBASHO_BUILD_DIR", str(build.database.parent))
        monkeypatch.setenv("IBASHO_DATA_DIR", str(data))
        return opened()

    return page


def test_what_was_imported_stands_below_with_its_account_and_the_rows_held_back(
    imported: Callable[..., AppTest],
) -> None:
    assert "取り込んだ一覧はまだありません" in text_of(opened())
    test = imported(listed("2026,広島県,竹原市,342033,新規,", "2026,広島県,三原,,新規,"))
    said = text_of(test)
    assert "取り込んだ一覧（1件）" in said
    assert re.search(r"<b>一覧<b>\.csv\s+platforms-[0-9a-f]{8}\s+取組団体の一覧\s+s2023-01", said)
    assert "保留の行（1件）" in said
    assert "「三原」という市区町村はありません" in said
    assert "&lt;b&gt;一覧" in fragments(test)
    assert "<b>一覧" not in fragments(test)


def test_rows_that_came_again_are_no_longer_shown_as_open(imported: Callable[..., AppTest]) -> None:
    rows = ("2026,広島県,三原,,新規,", "2026,広島県,竹原,,新規,")
    said = text_of(imported(listed(*rows), ("三原,", "三原市,")))
    assert "保留の行（1件）" in said
    assert "「竹原」という市区町村はありません" in said
    assert "「三原」という市区町村はありません" not in said
    assert "ほかに2件は、あとの取り込みで渡し直されています" in said


def test_what_is_known_of_a_prefecture_can_be_sent_out_as_a_form() -> None:
    labels = [button.label for button in opened(area="34000", year=2025).get("download_button")]
    assert "取組団体の一覧：広島県 令和7年度のひな形（Excel）" in labels
    assert "居場所の一覧：広島県 令和7年度のひな形（CSV）" in labels
