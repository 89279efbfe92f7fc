"""What is done to a column slice by slice, by its different texts or in two halves is what is done to it in one piece."""

import threading

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.intake import columns
from etl.intake.columns import apart, bytes_of, of_each, roughly, side_by_side, where

TEXTS = st.lists(
    st.one_of(st.text(max_size=12), st.sampled_from(["", "港", "港町", "第1号", "第2号"])), max_size=60
)


@pytest.fixture(autouse=True, params=["in slices", "by different texts"])
def _small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "SLICE_ROWS", 7)
    monkeypatch.setattr(columns, "_ASKED_ROWS", 1 if request.param == "in slices" else 1_000)


def column(texts: list[str]) -> pa.StringArray:
    return pa.array(texts, pa.string())


@given(TEXTS, st.integers(0, 5))
def test_a_column_in_pieces_gives_what_it_gives_whole(texts: list[str], start: int) -> None:
    part = column(texts)[start:]
    assert of_each(pc.utf8_upper, part).equals(pc.utf8_upper(part))
    assert of_each(pc.binary_length, part).equals(pc.binary_length(part))
    long = pc.greater(pc.utf8_length(part), 2)
    assert (
        where(lambda each: pc.greater(pc.utf8_length(each), 2), part).tolist()
        == pc.indices_nonzero(long).to_pylist()
    )


def test_few_different_texts_are_asked_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_ASKED_ROWS", 1_000)
    asked: list[int] = []

    def counted(part: pa.StringArray) -> pa.Array:
        asked.append(len(part))
        return pc.utf8_length(part)

    assert of_each(counted, column(["港", "港町"] * 500)).to_pylist() == [1, 2] * 500
    assert asked == [2]


def test_results_come_in_the_order_of_the_items() -> None:
    first_may_end = threading.Event()

    def second_ends_first(number: int) -> int:
        if number == 0:
            assert first_may_end.wait(10)
        else:
            first_may_end.set()
        return number

    assert side_by_side(second_ends_first, range(2)) == [0, 1]
    assert side_by_side(str, []) == []


def test_a_fault_in_a_thread_is_a_fault() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda number: 1 // number, [1, 0])


@given(TEXTS, st.integers(0, 3))
def test_rows_that_are_told_apart_are_those_that_differ(texts: list[str], most: int) -> None:
    others = [text[:most] for text in texts]
    rows, of_row = apart([column(texts), column(others), column(texts)])
    pairs = list(zip(texts, others, strict=True))
    assert len(rows) == len(set(pairs))
    assert [pairs[rows[place]] for place in of_row] == pairs


def test_rows_are_told_apart_however_many_combinations_there_could_be() -> None:
    first, others = column(["a", "b", "a"]), [column(["x", "x", "y"])] * 70
    assert len(apart([first, *others])[0]) == 3
    assert apart([first, *others])[1].tolist() == [0, 1, 2]


@given(TEXTS, st.integers(0, 5))
@example(["", "a", "a", "bbbbbbbba", "cbbbbbbba"], 0)
def test_the_same_text_has_the_same_rough_number(texts: list[str], start: int) -> None:
    part = column(texts)[start:]
    numbers = roughly(part).tolist()
    assert all(0 <= number < 1 << 40 for number in numbers)
    for text, number in zip(texts[start:], numbers, strict=True):
        assert number == roughly(column(["前のセル", text])).tolist()[1]


def test_rough_numbers_of_different_names_hardly_ever_agree() -> None:
    names = column([f"居場所 第{number}号" for number in range(20_000)])
    assert len(np.unique(roughly(names))) > 15_000


@given(TEXTS, st.integers(0, 5))
def test_the_bytes_of_a_column_are_those_of_its_cells(texts: list[str], start: int) -> None:
    assert bytes_of(column(texts)[start:]).tobytes() == "".join(texts[start:]).encode()
