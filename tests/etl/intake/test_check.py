"""Whole files checked: every hostile file of the collection comes to what its table says, and every open-data file, too."""

import csv
import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from etl.intake.check import check, rejected
from etl.intake.context import Context
from etl.intake.facts import Checked, Kind, Options
from etl.intake.guard import material
from etl.intake.privacy import MASK
from etl.intake.report import COUNTS, WHOLE_ROW, Outcome, RejectedError

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT.parent / "shared" / "samples"
NOT_HERE = "the collection of sample files is not beside the repository"
SHAPELESS = set(Kind) - {Kind.BOUNDARIES, Kind.PDF}
POINT_TOLERANCE = 0.0002
PERSONAL = (
    "山田", "090-0000-0000", "S40.1.2", "例 太郎", "taro@example.jp", "090-1234-5678", "72歳", "example.taro@gmail.com",
    "example.taro",
)  # fmt: skip


def index_of(folder: str) -> list[dict[str, str]]:
    path = SAMPLES / folder / "index.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def hostile_files(kinds: Collection[Kind] = SHAPELESS) -> list[Any]:
    files = (entry for entry in index_of("hostile") if not entry["file"].startswith("RECIPE"))
    return _params([entry for entry in files if entry["kind"] in kinds])


def open_files() -> list[Any]:
    return _params(index_of("open-data"))


def _params(entries: list[dict[str, str]]) -> list[Any]:
    if not entries:
        return [pytest.param({}, marks=pytest.mark.skip(reason=NOT_HERE))]
    return [pytest.param(entry, id=entry["file"]) for entry in entries]


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(ROOT / "data")


def expected_of(entry: dict[str, str]) -> dict[str, Any]:
    path = SAMPLES / "hostile" / "expected" / f"{entry['file']}.json"
    expected: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return expected


def checked(entry: dict[str, str], context: Context) -> Checked:
    kind = Kind(entry["kind"])
    try:
        file = material(SAMPLES / "hostile" / entry["file"])
    except RejectedError as fault:
        return rejected(entry["file"], kind, fault)
    return check(file, kind, Options(), context)


def everything_said(result: Checked) -> str:
    return "\n".join(
        [*result.report.lines(most=10**6), json.dumps(result.report.json()), str(result.held.to_pylist())]
    )


@pytest.mark.parametrize("entry", hostile_files(set(Kind)))
def test_outcome_and_account_are_as_expected(entry: dict[str, str], context: Context) -> None:
    result = checked(entry, context)
    report = result.report
    assert report.outcome == entry["expected"], list(report.lines())
    if report.outcome is Outcome.REJECT:
        assert len(report.messages) == 1
        assert len(result.facts) == len(result.held) == 0
        return
    account = {name: getattr(report, name) for name in COUNTS}
    assert account == expected_of(entry)["accounting"], list(report.lines())
    assert report.rows == report.loaded + report.quarantined + report.duplicates + report.skipped
    assert (len(result.facts), len(result.held)) == (report.loaded, report.quarantined)


@pytest.mark.parametrize("entry", hostile_files())
def test_loaded_rows_say_what_is_expected(entry: dict[str, str], context: Context) -> None:
    facts = {fact["row"]: fact for fact in checked(entry, context).facts.to_pylist()}
    for expected in expected_of(entry)["loaded"]:
        fact = facts[expected["row"]]
        area = context.gazetteer.by_code(fact["code"])
        assert fact["code"] == expected["code"]
        assert fact["fiscal_year"] == expected["fy"]
        assert expected.get("pref", area.prefecture_name) == area.prefecture_name
        assert expected.get("muni", "") in ("", area.name)
        assert expected.get("name", fact.get("name")) == fact.get("name")
        assert expected.get("body", fact.get("organisation")) == fact.get("organisation")
        if "has_point" in expected:
            assert (fact["lat"] is not None) is expected["has_point"]
        if expected.get("has_point"):
            assert fact["lat"] == pytest.approx(expected["lat"], abs=POINT_TOLERANCE)
            assert fact["lon"] == pytest.approx(expected["lng"], abs=POINT_TOLERANCE)


@pytest.mark.parametrize("entry", hostile_files())
def test_held_rows_are_named_with_row_and_column(entry: dict[str, str], context: Context) -> None:
    result = checked(entry, context)
    held = [(row["row"], row["column"]) for row in result.held.to_pylist()]
    assert held == [(row["row"], row["column"]) for row in expected_of(entry)["quarantined"]]
    for row in result.held.to_pylist():
        assert row["problem"]
        assert row["mend"]
        assert isinstance(json.loads(row["cells"]), dict)


@pytest.mark.parametrize("entry", hostile_files())
def test_every_change_is_logged_with_before_and_after(entry: dict[str, str], context: Context) -> None:
    messages = checked(entry, context).report.messages
    changes = {
        (message.row, message.column, message.before, message.after)
        for message in messages
        if message.before or message.after
    }
    expected = {
        (change["row"], change["column"], change["before"], change["after"])
        for change in expected_of(entry)["repairs"]
    }
    counted = {change[0] for change in expected if change[1] == WHOLE_ROW}
    assert {(row, column) for row, column, *_ in changes} == {
        (row, column) for row, column, *_ in expected if column != WHOLE_ROW
    }
    assert {change[3] for change in changes} == {
        change[3] for change in expected if change[1] != WHOLE_ROW
    } or (entry["kind"] == Kind.PLACES)
    assert counted <= {message.row for message in messages if message.column == WHOLE_ROW}


@pytest.mark.parametrize("entry", hostile_files())
def test_every_message_is_one_line_with_file_and_mend(entry: dict[str, str], context: Context) -> None:
    report = checked(entry, context).report
    for message in report.messages:
        line = message.line(report.file)
        assert line.startswith(entry["file"])
        assert len(line.splitlines()) == 1
        assert "Traceback" not in line
    if report.outcome is Outcome.REJECT:
        assert report.messages[0].mend


@pytest.mark.parametrize("entry", hostile_files())
def test_nothing_personal_is_repeated_anywhere(entry: dict[str, str], context: Context) -> None:
    said = everything_said(checked(entry, context))
    assert not [text for text in PERSONAL if text in said]


def test_personal_data_in_a_note_is_masked_where_the_row_is_kept(hostile: Path, context: Context) -> None:
    held = check(material(hostile / "k03_phone_in_note.csv"), Kind.PLATFORMS, Options(), context).held
    assert [json.loads(cells)["備考"] for cells in held["cells"].to_pylist()] == [MASK] * 3
    assert [json.loads(cells)["市区町村"] for cells in held["cells"].to_pylist()] == [
        "釧路市",
        "鶴岡市",
        "三原市",
    ]


@pytest.mark.parametrize(
    ("file", "kind", "words"),
    [
        ("b09_header_only.csv", "platforms", ["データの行がありません", "そのまま残ります"]),
        (
            "c02_missing_column.csv",
            "platforms",
            ["「年度」", "読めた見出し", "都道府県、市区町村、団体コード、区分、備考"],
        ),
        ("c03_duplicate_header.csv", "platforms", ["1行目", "「団体コード」が2回"]),
        ("h02_source_file_scheme.csv", "sources", ["2行目", "「url」", "https"]),
        ("h07_source_path_traversal.csv", "sources", ["2行目", "「path」", "データフォルダ"]),
        ("k01_case_list.csv", "places", ["氏名、生年月日、電話番号、相談内容", "取り込みません"]),
        ("k02_extra_personal_column.csv", "platforms", ["担当者氏名、担当者メール", "消して"]),
    ],
)
def test_a_rejected_file_is_told_why(
    file: str, kind: str, words: list[str], hostile: Path, context: Context
) -> None:
    report = check(material(hostile / file), Kind(kind), Options(), context).report
    assert all(word in report.messages[0].line(file) for word in words), report.messages[0].line(file)


REFUSED_OPEN_DATA = {"tsuika"}
OPEN_DATA = {
    "chiba_nurseryData.csv": "12100",
    "koriyama_nurseryData.csv": "07203",
    "yaizu": "22212",
}


@pytest.mark.parametrize("entry", open_files())
def test_every_row_of_open_data_is_loaded_or_held_with_a_reason(
    entry: dict[str, str], context: Context
) -> None:
    path = SAMPLES / "open-data" / entry["file"]
    result = check(material(path), Kind.PLACES, Options(), context)
    report = result.report
    if any(word in entry["file"] for word in REFUSED_OPEN_DATA):
        assert report.outcome is Outcome.REJECT
        assert "基本情報" in report.messages[0].line(entry["file"])
        return
    assert report.is_usable, list(report.lines())
    assert (
        report.rows
        == int(entry["rows"])
        == report.loaded + report.quarantined + report.duplicates + report.skipped
    )
    assert all(row["problem"] and row["mend"] for row in result.held.to_pylist())
    codes = Counter(result.facts["code"].to_pylist())
    known = next((code for start, code in OPEN_DATA.items() if entry["file"].startswith(start)), "")
    printed = known or entry["file"].split("_")[1][:5]
    assert set(codes) == {printed}
    assert result.facts["name"].null_count == 0
    assert result.facts["fiscal_year"].null_count == report.loaded


@pytest.mark.parametrize(
    ("file", "held", "duplicates"),
    [
        # The code was filled downwards in a spreadsheet: 132195, 132196.
        ("tokyo_132195_komaeshi_kodomosyokudo.csv", [7], 0),
        # One place on two days, and one office with two services: each is one place.
        ("tokyo_131156_suginamiku_kodomosyokudo.csv", [], 1),
        ("yaizu_yohairyosya.csv", [], 1),
    ],
)
def test_odd_rows_of_open_data(
    file: str, held: list[int], duplicates: int, open_data: Path, context: Context
) -> None:
    result = check(material(open_data / file), Kind.PLACES, Options(), context)
    assert (result.held["row"].to_pylist(), result.report.duplicates) == (held, duplicates)


@pytest.mark.parametrize("entry", open_files())
def test_telephone_and_mail_of_open_data_are_not_taken_in(entry: dict[str, str], context: Context) -> None:
    result = check(material(SAMPLES / "open-data" / entry["file"]), Kind.PLACES, Options(), context)
    assert not {"電話", "tel", "mail", "fax"} & {name.lower() for name in result.facts.column_names}
    for row in result.held.to_pylist():
        cells = json.loads(row["cells"])
        assert all(
            text in ("", MASK) for heading, text in cells.items() if "電話" in heading or "メール" in heading
        )
