"""The report of the benchmarks says what was measured, and only that."""

from pathlib import Path

from tests.bench.report import read, table

ROOT = Path(__file__).resolve().parents[1]
NEAREST = {
    "places": 1_000_000,
    "k": 10,
    "ours": {"build_s": 0.7, "p50_ms": 0.065, "p95_ms": 0.1},
    "ball_tree": {"build_s": 3.1, "p50_ms": 0.65, "p95_ms": 0.9},
    "duckdb": {"build_s": 0.2, "p50_ms": 65.0, "p95_ms": 80.0},
}
VIEWS = {"views": 12, "new_p50_ms": 123.4, "new_p95_ms": 150.0, "known_p50_ms": 45.6}


def test_parts_that_were_not_measured_are_left_out() -> None:
    measured = {name: part for name, part in read(ROOT).items() if name not in ("nearest", "pages", "slides")}
    report = table(measured)
    assert "geo.nearby" not in report
    assert "比べる |" not in report
    assert "発表資料" not in report


def test_the_nearest_search_stands_beside_the_others_with_its_target() -> None:
    report = table({**read(ROOT), "nearest": NEAREST})
    assert "1,000,000か所から近い10か所" in report
    assert "| `geo.nearby` | 0.7 | 0.065 | 0.1 | 1.0000 | ≤ 1 ms |" in report
    assert "| DuckDB で全件を計算 | 0.2 | 65.0 | 80.0 | 0.0010 |  |" in report


def test_every_page_stands_there_with_its_target() -> None:
    report = table({**read(ROOT), "pages": dict.fromkeys(("compare", "trend", "find"), VIEWS)})
    for name in ("比べる", "年度の変化", "連携先をさがす"):
        assert f"| {name} | 12 | 123 | 150 | 46 | ≤ 150 ms |" in report


def test_the_deck_stands_beside_the_naive_ways_and_without_them_alone() -> None:
    seconds = dict.fromkeys(
        (
            "first_page_s",
            "known_page_s",
            "english_page_s",
            "poster_page_s",
            "png_s",
            "deck_s",
            "pptx_s",
            "pdf_s",
        ),
        0.5,
    )
    measured = {**read(ROOT), "slides": {"pages": 14, **seconds, "naive_pptx_s": 20.0}}
    report = table(measured)
    assert "全年度の一式は14ページ" in report
    assert "| それを PowerPoint に | 0.50 | 20.00 | 0.0250 | あわせて ≤ 15 秒 |" in report
    assert "| それを PDF に | 0.50 | – | – | あわせて ≤ 15 秒 |" in report
