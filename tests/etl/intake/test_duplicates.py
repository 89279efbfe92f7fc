"""The same record twice: which rows are one, which of them is kept, and which contradict each other."""

import re
import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.intake.duplicates import (
    KEPT_BY_NFKC,
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


def test_combinations_have_numbers_of_their_own_however_many_there_could_be() -> None:
    first, others = np.array([0, 1, 0]), [np.array([0, 0, 1])] * 70
    assert len(set(combined([first, *others]).tolist())) == 3


@given(st.lists(st.integers(0, 1 << 61), max_size=30), st.lists(st.integers(0, 3), max_size=30))
def test_groups_are_all_rows_that_share_a_key(large: list[int], small: list[int]) -> None:
    key = np.array(large + small, np.int64)
    groups = groups_of(key, np.arange(len(key)))
    told = [part.tolist() for part in np.split(groups.members, groups.starts[1:])] if len(groups) else []
    expected = [np.flatnonzero(key == each).tolist() for each in sorted(set(key.tolist()))]
    assert told == [rows for rows in expected if len(rows) > 1]


@given(
    st.lists(
        st.one_of(st.text(max_size=6), st.text("か\u3099ｶﾞ -－―─ー\t\r\n\u3000A㈱", max_size=6)), max_size=8
    )
)
def test_keys_of_names_are_those_of_the_plain_definition(names: list[str]) -> None:
    def plainly(name: str) -> str:
        text = re.sub(r"[ \t\n\f\r\u3000]", "", unicodedata.normalize("NFKC", name))
        return re.sub("[―‐‑‒–—−─ー-]", "ー", text)

    known = [name for name in names if all(unicodedata.category(sign) != "Cn" for sign in name)]
    told = key_text(pa.array(known, pa.string())).to_pylist()
    assert [text.casefold() for text in told] == [plainly(name).casefold() for name in known]


def test_the_signs_that_need_no_normal_form_have_none() -> None:
    kept = re.compile(f"[{re.sub(r'x{([0-9a-f]+)}', lambda found: f'U{found[1]:0>8}', KEPT_BY_NFKC)}]")
    signs = [chr(number) for number in range(0x110000) if kept.match(chr(number))]
    assert len(signs) > 20_000
    assert all(unicodedata.is_normalized("NFKC", f"か{sign}は{sign}") for sign in signs)
    assert not any(unicodedata.combining(sign) for sign in signs)
