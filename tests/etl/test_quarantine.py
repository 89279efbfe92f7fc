"""Rows held back: handed out to be mended, tried again, and never lost in between."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from etl.build import fill_database
from etl.import_record import imports_folder, read_import
from etl.imported import read_imported
from etl.imports import Import, ImportStoreError, import_file, undo
from etl.inputs import build_id_of
from etl.intake.facts import Kind, Options
from etl.quarantine import export, held_rows, retry
from etl.read import read_curated

pytestmark = pytest.mark.usefixtures("checked_here")
HEADING = "年度,都道府県,市区町村,団体コード,区分,備考"
Taken = Callable[..., Import]


@pytest.fixture
def data(world: Any, tmp_path: Path) -> Path:
    return Path(world.write(tmp_path / "data"))


@pytest.fixture
def taken(data: Path, tmp_path: Path) -> Taken:
    """A function that takes in a list of participants with these rows."""

    def take(*rows: str) -> Import:
        path = tmp_path / "list.csv"
        path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
        return import_file(path, Kind.PLATFORMS, Options(), "s1", data)

    return take


def balance(entry: Import) -> bool:
    counts = entry.counts
    parts = ("loaded", "quarantined", "duplicates", "skipped")
    return counts["rows"] == sum(counts[name] for name in parts)


def alias(world: Any, data: Path, printed: str, prefecture: str, code: str) -> None:
    """Register another spelling, as a person does who has found out what is meant."""
    world.add("alias", printed=printed, prefecture_name=prefecture, code=code, reason="別の書き方")
    world.write(data)


def facts(data: Path, entry: Import) -> list[tuple[int, str]]:
    stored = pq.read_table(imports_folder(data) / entry.import_id / entry.part("facts")).to_pylist()
    return [(row["row"], row["code"]) for row in stored]


def test_a_held_row_is_listed_with_its_reason_and_raw_cells(data: Path, taken: Taken) -> None:
    entry = taken("2023,甲県,甲市,,新規,", "2023,甲県,幻市,,新規,=1+1")
    rows = list(held_rows(data))
    assert [(row.import_id, row.file, row.row) for row in rows] == [(entry.import_id, "list.csv", 3)]
    assert rows[0].column == "市区町村"
    assert rows[0].problem
    assert rows[0].mend
    assert rows[0].cells["備考"] == "=1+1"


def test_held_rows_are_handed_out_with_their_own_columns_and_the_reason(data: Path, taken: Taken) -> None:
    entry = taken("2023,甲県,甲市,,新規,", "2023,甲県,幻市,,新規,=1+1")
    written = list(csv.reader(io.StringIO(export(data, entry.import_id, "csv").decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(export(data, entry.import_id, "xlsx")))
    shown = [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert written == shown
    assert written[0] == [*HEADING.split(","), "保留の理由", "直し方", "元の行", "元の取り込み"]
    assert written[1][:6] == ["2023", "甲県", "幻市", "", "新規", "'=1+1"]
    assert written[1][-2:] == ["3", entry.import_id]


def test_a_mended_file_can_be_handed_in_again(data: Path, taken: Taken, tmp_path: Path) -> None:
    entry = taken("2023,甲県,幻市,,新規,", "2023,甲県,甲市,,新規,")
    mended = export(data, entry.import_id, "csv").decode("utf-8-sig").replace("幻市", "丙町", 1)
    path = tmp_path / "mended.csv"
    path.write_text(mended, encoding="utf-8")
    again = import_file(path, Kind.PLATFORMS, Options(), "s1", data)
    assert facts(data, again) == [(2, "01303")]


@pytest.fixture
def mended(data: Path, tmp_path: Path) -> Callable[[Import, str, str], Import]:
    """A function that hands the held rows of an import out, mends one word in them, and takes them in again."""

    def take(entry: Import, wrong: str, right: str) -> Import:
        text = export(data, entry.import_id, "csv").decode("utf-8-sig").replace(wrong, right, 1)
        path = tmp_path / f"mended-{right}.csv"
        path.write_text(text, encoding="utf-8")
        return import_file(path, Kind.PLATFORMS, Options(), "s1", data)

    return take


def test_a_row_that_was_mended_and_taken_in_is_open_no_longer_until_that_is_undone(
    data: Path, taken: Taken, mended: Callable[[Import, str, str], Import]
) -> None:
    entry = taken("2023,甲県,甲市,,新規,", "2023,甲県,幻市,,新規,", "2023,甲県,幽霊町,,新規,")
    before = build_id_of(data)
    again = mended(entry, "幻市", "丙町")
    told = [(row.import_id, row.row, row.replaced_by) for row in held_rows(data)]
    assert told == [
        (entry.import_id, 3, again.import_id),
        (entry.import_id, 4, again.import_id),
        (again.import_id, 3, ""),
    ]
    with pytest.raises(ImportStoreError, match="保留の行はありません"):
        export(data, entry.import_id, "csv")
    last = mended(again, "幽霊町", "大甲市")
    assert [row.import_id for row in held_rows(data) if not row.replaced_by] == []
    assert all(balance(one) for one in (entry, again, last))
    undo(last.import_id, data)
    undo(again.import_id, data)
    assert [row.replaced_by for row in held_rows(data)] == ["", ""]
    assert build_id_of(data) == before


def test_a_row_that_another_import_brings_again_is_not_tried_again_here(
    world: Any, data: Path, taken: Taken, mended: Callable[[Import, str, str], Import]
) -> None:
    entry = taken("2023,甲県,甲市,,新規,", "2023,甲県,幻市,,新規,")
    mended(entry, "幻市", "丙町")
    alias(world, data, "幻市", "甲県", world.DAIKO_SHI)
    done = retry(entry.import_id, data)
    assert (done.joined, done.held) == (0, 1)


def test_a_file_cannot_speak_for_rows_of_another_kind_or_of_no_import(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        f"{HEADING},元の行,元の取り込み\n2023,甲県,甲市,,新規,,2,places-0123abcd\n2023,甲県,丙町,,新規,,x,platforms-0123abcd\n",
        encoding="utf-8",
    )
    entry = import_file(path, Kind.PLATFORMS, Options(), "s1", data)
    assert "brings_again" not in entry.facts


def test_a_row_that_can_be_read_today_joins_and_the_account_still_balances(
    world: Any, data: Path, taken: Taken
) -> None:
    entry = taken("2023,甲県,甲市,,新規,", "2023,甲県,幻市,,新規,", "2023,甲県,幽霊町,,新規,")
    assert (entry.counts["loaded"], entry.counts["quarantined"]) == (1, 2)
    before = build_id_of(data)
    alias(world, data, "幻市", "甲県", world.DAIKO_SHI)
    done = retry(entry.import_id, data)
    assert (done.joined, done.held) == (1, 1)
    after = read_import(data, entry.import_id)
    assert after == done.entry
    assert balance(after)
    assert (after.counts["loaded"], after.counts["quarantined"]) == (2, 1)
    assert facts(data, after) == [(2, "01202"), (3, "01100")]
    assert [row.row for row in held_rows(data)] == [4]
    assert build_id_of(data) != before
    assert {path.name for path in (imports_folder(data) / entry.import_id).iterdir()} == {
        "import.json", "facts-1.parquet", "held-1.parquet", "messages-1.parquet",
    }  # fmt: skip
    with duckdb.connect() as con:
        fill_database(con, read_curated(data), imported=read_imported(data))
        assert con.execute("SELECT source_locator FROM participation WHERE code = '01100'").fetchall() == [
            ("list.csv 3行目",)
        ]


def test_nothing_changes_where_nothing_passes(data: Path, taken: Taken) -> None:
    entry = taken("2023,甲県,甲市,,新規,", "2023,甲県,幻市,,新規,")
    before = build_id_of(data)
    assert retry(entry.import_id, data).held == 1
    assert build_id_of(data) == before


def test_a_row_that_says_the_same_as_a_loaded_one_is_a_duplicate(
    world: Any, data: Path, taken: Taken
) -> None:
    entry = taken("2023,甲県,甲市,,新規,", "2023,甲県,幻市,,新規,", "2023,甲県,幻市,,新規,")
    alias(world, data, "幻市", "甲県", world.KO_SHI)
    done = retry(entry.import_id, data)
    assert (done.joined, done.known, done.held) == (0, 2, 0)
    assert balance(done.entry)
    assert facts(data, done.entry) == [(2, "01202")]


def test_a_row_with_masked_cells_is_never_tried(data: Path, taken: Taken) -> None:
    entry = taken("2023,甲県,甲市,,新規,", "2023,甲県,丙町,,新規,連絡先 090-1234-5678")
    assert entry.counts["quarantined"] == 1
    assert "090-1234" not in str(list(held_rows(data)))
    assert retry(entry.import_id, data).held == 1


def test_a_row_whose_faulty_cell_had_no_value_is_never_tried(data: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        HEADING.split(","),
        ["2023", "甲県", "甲市", "", "新規", ""],
        ["2023", "甲県", "丙町", "=1+1", "新規", ""],
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "formula.xlsx")
    entry = import_file(tmp_path / "formula.xlsx", Kind.PLATFORMS, Options(), "s1", data)
    assert entry.counts["quarantined"] == 1
    assert retry(entry.import_id, data).held == 1


def test_an_import_without_held_rows_says_so(data: Path, taken: Taken) -> None:
    entry = taken("2023,甲県,甲市,,新規,")
    with pytest.raises(ImportStoreError, match="保留の行はありません"):
        export(data, entry.import_id, "csv")
    with pytest.raises(ImportStoreError, match="はありません"):
        retry("platforms-00000000", data)
