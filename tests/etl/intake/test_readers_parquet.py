"""Parquet: every plain value as the text that a person would write, and damage told as damage."""

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.intake.readers import HeadingNotFoundError, parquet
from etl.intake.report import RejectedError
from tests.etl.intake.tables import read, rows_of


def saved(columns: dict[str, object], **options: object) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content, **options)
    return content.getvalue()


def refusal(data: bytes, most_rows: int = 1_000) -> str:
    with pytest.raises(RejectedError) as caught:
        read(data, most_rows=most_rows)
    return caught.value.message.problem


PLAIN = {"年度": ["2022", "2023"], "市区町村": ["三原市", None]}


def test_a_missing_value_is_an_empty_text_and_rows_begin_at_two() -> None:
    sheet = read(saved(PLAIN))
    assert rows_of(sheet) == [("2022", "三原市"), ("2023", "")]
    assert sheet.rows.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array([1, None]), ["1", ""]),
        (pa.array([12068.0, 35.6701]), ["12068", "35.6701"]),
        (pa.array([True, False]), ["TRUE", "FALSE"]),
        (pa.array([Decimal("34.50"), None]), ["34.50", ""]),
        (pa.array([date(2022, 4, 1), None]), ["2022-04-01", ""]),
        (
            pa.array(["2022-04-01", "2022-04-01T09:05"]).cast(pa.timestamp("ms")),
            ["2022-04-01", "2022-04-01T09:05:00"],
        ),
        (pa.array([time(10, 0), time(9, 5, 7)]), ["10:00", "09:05:07"]),
        (pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
        (pa.array(["a", "b"], pa.large_string()), ["a", "b"]),
        (pa.nulls(2), ["", ""]),
    ],
)
def test_every_plain_type_becomes_its_text(values: pa.Array, texts: list[str]) -> None:
    assert read(saved({**PLAIN, "値": values})).columns["値"].to_pylist() == texts


def test_a_moment_is_told_by_the_clock_of_its_own_zone() -> None:
    moments = pa.array([datetime(2022, 3, 31, 15, 0, tzinfo=UTC)] * 2, pa.timestamp("ms", "Asia/Tokyo"))
    assert read(saved({**PLAIN, "日": moments})).columns["日"].to_pylist() == ["2022-04-01"] * 2


def test_columns_that_are_no_plain_values_are_left_out_and_named() -> None:
    sheet = read(saved({**PLAIN, "一覧": [["a"], []], "図形": [b"\x00", b"\x01"]}))
    assert list(sheet.columns) == ["年度", "市区町村"]
    assert "一覧、図形" in sheet.messages[0].problem


def test_repeated_and_dotted_names_stay_apart() -> None:
    content = io.BytesIO()
    table = pa.Table.from_arrays([pa.array(["x"])] * 4, ["年度", "市区町村", "a.b", "a.b"])
    pq.write_table(table, content)
    assert list(read(content.getvalue()).columns) == ["年度", "市区町村", "a.b", "a.b（2）"]


def test_many_rows_are_put_together_in_order() -> None:
    numbers = [str(number) for number in range(40_000)]
    sheet = read(saved({"年度": numbers, "市区町村": numbers}, row_group_size=7_000), most_rows=50_000)
    assert sheet.columns["年度"].to_pylist() == numbers


@pytest.mark.parametrize("cut", [1, 4, 8, 100])
def test_a_cut_file_is_told_as_cut(cut: int) -> None:
    assert "途中で切れています" in refusal(saved(PLAIN)[:-cut])


def test_a_damaged_file_is_told_as_damaged() -> None:
    data = bytearray(saved(PLAIN))
    data[-40:-12] = b"\xff" * 28
    assert "壊れています" in refusal(bytes(data))


def test_too_many_rows_are_refused_by_the_file_s_own_account() -> None:
    assert "上限 1行" in refusal(saved(PLAIN), most_rows=1)


def test_too_many_columns_are_refused() -> None:
    assert "201列" in refusal(saved({f"c{number}": ["x"] for number in range(201)}))


def test_a_small_file_that_unfolds_to_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MOST_TEXT_BYTES", 1_000_000)
    repeated = pa.DictionaryArray.from_arrays(np.zeros(50_000, np.int32), ["x" * 1_000])
    data = saved({"年度": repeated, "市区町村": repeated})
    assert len(data) < 100_000
    assert "展開すると" in refusal(data, most_rows=100_000)


def test_other_columns_than_those_sought_are_handed_on() -> None:
    with pytest.raises(HeadingNotFoundError) as caught:
        read(saved({"a": ["x"], "b": ["y"]}))
    assert caught.value.first_rows == [["a", "b"]]


def test_no_record_is_refused() -> None:
    assert "データの行がありません" in refusal(
        saved({"年度": pa.array([], pa.string()), "市区町村": pa.array([], pa.string())})
    )


def test_a_lack_of_memory_is_not_told_as_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(*_: object) -> None:
        raise pa.ArrowMemoryError

    monkeypatch.setattr(parquet, "_read", exhaust)
    with pytest.raises(MemoryError):
        read(saved(PLAIN))


def test_a_text_that_is_none_is_damage() -> None:
    data = saved(PLAIN, compression="none", use_dictionary=False, write_statistics=False)
    assert "壊れています" in refusal(data.replace("三原市".encode(), b"\xff" * 9))
