"""Promises that hold of any list: the faulty row is the one that is named, and order and repetition change no count."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.intake.check import check
from etl.intake.context import Context
from etl.intake.facts import Checked, Kind, Options
from etl.intake.guard import uploaded
from etl.intake.report import COUNTS, Outcome

DATA = Path(__file__).resolve().parents[3] / "data"
PLATFORMS = ["年度", "都道府県", "市区町村", "団体コード", "区分", "備考"]
PLACES = ["名称", "種別", "都道府県", "市区町村", "住所", "緯度", "経度", "年度", "出典URL"]
BODIES = [
    ("広島県", "三原市", "342041", 34.3975, 133.0786), ("広島県", "尾道市", "342050", 34.4090, 133.2050),
    ("東京都", "府中市", "132063", 35.6689, 139.4778), ("北海道", "登別市", "012301", 42.4128, 141.1067),
]  # fmt: skip
Faults = dict[str, tuple[str, str]]
FAULTS: Faults = {
    "year": ("年度", "令和99年度"), "serial": ("年度", "44771"), "prefecture": ("都道府県", "甲県"),
    "lost": ("都道府県", "広\ufffd県"),
    "name": ("市区町村", "三原"), "nul": ("備考", "a\0b"), "code": ("団体コード", "99999"), "check": ("団体コード", "342042"),
    "phone": ("備考", "090-1234-5678"), "person": ("備考", "相談者B（81歳・男性）"),
}  # fmt: skip
POINT_FAULTS: Faults = {
    "abroad": ("緯度", "51.5"), "words": ("緯度", "不明"), "infinite": ("緯度", "inf"), "elsewhere": ("緯度", "43.9"),
    "nameless": ("名称", ""), "address": ("住所", "沖縄県那覇市1-1"), "mail": ("住所", "a@example.jp"),
}  # fmt: skip
quickly = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(DATA)


def platform(number: int) -> dict[str, str]:
    prefecture, name, code, _, _ = BODIES[number % len(BODIES)]
    cells = (str(1990 + number // len(BODIES)), prefecture, name, code, "市区町村", f"備考{number}")
    return dict(zip(PLATFORMS, cells, strict=True))


def place(number: int) -> dict[str, str]:
    prefecture, name, _, lat, lon = BODIES[number % len(BODIES)]
    cells = (
        f"会{number}",
        "食堂",
        prefecture,
        name,
        f"{prefecture}{name}中央{number}",
        str(lat),
        str(lon),
        "2024",
        "",
    )
    return dict(zip(PLACES, cells, strict=True))


def read(context: Context, kind: Kind, rows: list[dict[str, str]]) -> Checked:
    lines = [
        ",".join(f'"{cell}"' for cell in cells) for cells in (list(rows[0]), *(row.values() for row in rows))
    ]
    return check(uploaded("list.csv", "\n".join(lines).encode()), kind, Options(), context)


def account(result: Checked) -> dict[str, int]:
    return {name: getattr(result.report, name) for name in COUNTS}


@pytest.mark.parametrize(
    ("kind", "make", "faults"),
    [(Kind.PLATFORMS, platform, FAULTS), (Kind.PLACES, place, POINT_FAULTS)],
)
@quickly
@given(data=st.data())
def test_exactly_the_faulty_rows_are_held_under_their_columns(
    kind: Kind, make: Callable[[int], dict[str, str]], faults: Faults, context: Context, data: st.DataObject
) -> None:  # fmt: skip
    rows = data.draw(st.integers(1, 40))
    wrong = data.draw(st.dictionaries(st.integers(0, rows - 1), st.sampled_from(sorted(faults)), max_size=5))
    records = [make(number) for number in range(rows)]
    for index, fault in wrong.items():
        column, text = faults[fault]
        records[index] |= {column: text}
    result = read(context, kind, records)
    found = [(row["row"], row["column"]) for row in result.held.to_pylist()]
    assert found == [(index + 2, faults[fault][0]) for index, fault in sorted(wrong.items())]
    assert result.report.rows == rows == result.report.loaded + len(wrong)
    assert result.report.outcome is (Outcome.QUARANTINE if wrong else Outcome.ACCEPT)


def messy(seed: int) -> list[dict[str, str]]:
    """Places with every kind of fault, variant and repetition."""
    chance = random.Random(seed)
    rows = [place(chance.randrange(12)) for _ in range(20)]
    for row in rows:
        change = chance.randrange(8)
        if change == 0:
            row["緯度"] = str(float(row["緯度"]) + chance.choice([0.0001, 0.03]))
        elif change == 1:
            row["年度"] = chance.choice(["令和6年度", "2023", "不明"])
        elif change == 2:
            row["緯度"], row["経度"] = "", ""
        elif change == 3:
            row["住所"] = chance.choice(["", "別の町1", row["住所"].removeprefix(row["都道府県"])])
        elif change == 4:
            row["市区町村"] = "幻市"
        elif change == 5:
            row["名称"], row["住所"] = "", chance.choice(["", "中央1"])
        elif change == 6:
            row["都道府県"] = row["都道府県"][:-1] if row["都道府県"] != "北海道" else ""
    return rows


@quickly
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_changes_no_count(seed: int, context: Context) -> None:
    rows = messy(seed)
    shuffled = rows.copy()
    random.Random(seed + 1).shuffle(shuffled)
    assert account(read(context, Kind.PLACES, rows)) == account(read(context, Kind.PLACES, shuffled))


@quickly
@given(seed=st.integers(0, 10**6))
def test_a_list_twice_loads_what_it_loads_once(seed: int, context: Context) -> None:
    rows = messy(seed)
    once, twice = read(context, Kind.PLACES, rows), read(context, Kind.PLACES, rows + rows)
    assert (twice.report.loaded, twice.report.repaired) == (once.report.loaded, once.report.repaired)
    assert twice.report.quarantined == 2 * once.report.quarantined
    columns = [name for name in once.facts.column_names if name != "row"]
    assert twice.facts.select(columns).to_pylist() == once.facts.select(columns).to_pylist()


@quickly
@given(text=st.text(max_size=400), kind=st.sampled_from(sorted(set(Kind) - {Kind.BOUNDARIES, Kind.PDF})))
def test_no_text_whatever_raises(text: str, kind: Kind, context: Context) -> None:
    for heading in ("年度,都道府県,市区町村,備考\n", "名称,住所,緯度,経度,年度\n", "年度\n", "\n"):
        data = (heading + "x" + text).encode("utf-8", "replace")
        report = check(uploaded("list.csv", data), kind, Options(), context).report
        assert report.rows == report.loaded + report.quarantined + report.duplicates + report.skipped
