"""The same record twice: which rows are one, which of them is kept, and which contradict each other."""

import numpy as np
import pyarrow as pa
import pytest

from etl.intake.duplicates import (
    address_key,
    combined,
    count_once,
    disagreeing,
    groups_of,
    hold_all,
    key_text,
    numbered,
    parted,
    spread_m,
)  # fmt: skip
from etl.intake.report import Fate, Ledger

ALL = np.arange(6)
KEY = np.array([3, 1, 3, 2, 1, 3])


def test_rows_of_one_key_are_a_group() -> None:
    groups = groups_of(KEY, ALL)
    assert [part.tolist() for part in np.split(groups.members, groups.starts[1:])] == [[1, 4], [0, 2, 5]]
    assert len(groups_of(KEY, np.array([0, 1, 3]))) == 0
    assert len(groups_of(KEY, np.array([], np.int64))) == 0


def test_the_kept_row_is_unrepaired_then_rich_then_first() -> None:
    ledger = Ledger(np.arange(2, 8))
    ledger.repaired[0] = True
    count_once(ledger, groups_of(KEY, ALL), np.array([9, 0, 0, 0, 1, 0]))
    assert ledger.loaded().tolist() == [2, 3, 4]
    assert [(message.row, message.problem[:1]) for message in ledger.messages] == [
        (3, "6"),
        (2, "4"),
        (7, "4"),
    ]


def test_contradicting_groups_are_held_as_a_whole() -> None:
    ledger = Ledger(np.arange(2, 8))
    groups = groups_of(KEY, ALL)
    conflict = disagreeing(groups, np.array([0, 5, 0, 0, 5, 1]))
    hold_all(ledger, groups, conflict, ("緯度", "{rows}行目", "直してください"))
    count_once(ledger, parted(groups, ~conflict), np.zeros(6, np.int64))
    assert np.flatnonzero(ledger.fates == Fate.QUARANTINED).tolist() == [0, 2, 5]
    assert np.flatnonzero(ledger.fates == Fate.DUPLICATE).tolist() == [4]
    assert ledger.messages[0].problem == "2、4、7行目"


def test_the_spread_of_points_is_in_metres_and_leaves_out_places_without_a_point() -> None:
    lat = np.array([35.0, 34.0, 35.0, 0.0, 34.0, np.nan])
    lon = np.array([139.0, 135.0, 139.001, 0.0, 135.0, np.nan])
    assert spread_m(groups_of(KEY, ALL), lat, lon) == pytest.approx([0.0, 91.1], abs=0.2)


@pytest.mark.parametrize("other", ["こども食堂 ＡＢＣ", "こども食堂ABC　", "こども食堂abc"])
def test_names_are_compared_without_width_case_and_space(other: str) -> None:
    first, second = key_text(pa.array(["こども食堂ABC", other])).to_pylist()
    assert first == second


@pytest.mark.parametrize("other", ["港町１－１", "港町1丁目1番", "港町1丁目1番地", "港町１‐１号", "港町1の1"])
def test_addresses_are_compared_without_the_words_between_numbers(other: str) -> None:
    first, second = address_key(pa.array(["港町1-1", other])).to_pylist()
    assert first == second


def test_combinations_have_numbers_of_their_own() -> None:
    one, two = numbered(pa.array(["a", "a", "b", "b"])), numbered(pa.array([1, 2, 1, 1]))
    assert len(set(combined([one, two]).tolist())) == 3
