"""The results as a table for people and as JSON for the next comparison."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

TARGET_TIME, TARGET_BYTES = 0.10, 0.005
TARGET_NEAREST_MS, TARGET_RERUN_MS = 1, 150
TARGET_PAGE_S, TARGET_DECK_S = 2, 15


def read(root: Path) -> dict[str, Any]:
    """Return the results of the last run."""
    results: dict[str, Any] = json.loads((root / "docs" / "benchmarks.json").read_text(encoding="utf-8"))
    return results


def write(root: Path, results: dict[str, Any]) -> None:
    """Write docs/benchmarks.json and docs/benchmarks.md below `root`."""
    docs = root / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "benchmarks.json").write_text(
        json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (docs / "benchmarks.md").write_text(table(results), encoding="utf-8")


def table(results: dict[str, Any]) -> str:
    """Return the results in Markdown: ratios first, because machines differ."""
    atlas, stock, machine = results["atlas"], results["stock"], results["machine"]
    ours, theirs = atlas["change"], stock["change"]
    rows = [
        (
            "年度を変えてから描き終わるまで（ms）",
            ours["painted_ms"],
            theirs["painted_ms"],
            f"≤ {TARGET_TIME}",
        ),
        ("そのときに届くバイト数", ours["bytes"], theirs["bytes"], f"≤ {TARGET_BYTES}"),
        ("サーバーの CPU 時間（ms）", ours["server_cpu_ms"], theirs["server_cpu_ms"], ""),
        ("地図のない時間（ms）", ours["blank_ms"], theirs["blank_ms"], "0 ms"),
        ("最初に地図が描かれるまで（ms）", ours["first_paint_ms"], theirs["first_paint_ms"], ""),
        ("サーバーのメモリー（MB、30人の後）", atlas["resident_mb"], stock["resident_mb"], ""),
    ]
    lines = [
        "# 計測の結果",
        "",
        f"`make bench` が作ります（{_described(machine)}）。",
        "計算機により値は変わるので、同じ実行の中での比を見ます。",
        "比べる相手は、再実行のたびに `folium.GeoJson` を作り直す標準の `st_folium`",
        "（同じ1,741市区町村、同じ頂点、同じ操作。外部から取るライブラリーは遅れなしで与えた）です。",
        "",
        "| 項目 | 居場所アトラス | 標準 | 比 | 目標 |",
        "|---|---:|---:|---:|---|",
    ]
    lines += [
        f"| {name} | {_number(a)} | {_number(b)} | {_ratio(a, b)} | {target} |" for name, a, b, target in rows
    ]
    lines += [
        "",
        "## 同時に年度を変えたとき（応答が届き終わるまで、ms）",
        "",
        "| 人数 | アトラス p50 | p95 | 標準 p50 | p95 | p50 の比 |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for a, b in zip(atlas["sessions"], stock["sessions"], strict=True):
        cells = [_number(value) for value in (a["p50_ms"], a["p95_ms"], b["p50_ms"], b["p95_ms"])]
        lines.append(f"| {a['sessions']} | {' | '.join(cells)} | {_ratio(a['p50_ms'], b['p50_ms'])} |")
    build = results["build"]
    lines += ["", "## データベースを作る", "", "| 場合 | 秒 | 最大メモリー（MB） |", "|---|---:|---:|"]
    for key, name in (
        ("whole", "はじめから（境界を含む）"),
        ("geometry_kept", "表だけが変わったとき"),
        ("unchanged", "変わっていないとき"),
    ):
        lines.append(f"| {name} | {build[key]['seconds']} | {build[key]['peak_mb']} |")
    for part, section in SECTIONS.items():
        if part in results:
            lines += section(results[part])
    return "\n".join(lines) + "\n"


def intake_table(intake: dict[str, Any]) -> list[str]:
    """Return check and import of a long list beside the plain way, in the same run."""
    plain = intake["plain"]
    lines = [
        "",
        f"## 居場所の一覧 {intake['rows']:,}行を確かめ、取り込む",
        "",
        "比べる相手は、`pandas.read_csv` と `geopandas.sjoin` だけで市区町村を付けて保存する最小のプログラムです",
        "（表記の確かめ、重複、個人情報、行ごとの記録はしません）。メモリーは全プロセスの合計の最大です。",
        "",
        "| 項目 | 秒 | 行/秒 | 最大メモリー（MB） | 時間の比 |",
        "|---|---:|---:|---:|---:|",
    ]
    for key, name in (
        ("plain", "最小のプログラム"),
        ("check", "確かめる（check）"),
        ("import", "取り込む（import）"),
    ):
        one = intake[key]
        ratio = f"{one['seconds'] / plain['seconds']:.2f}"
        lines.append(f"| {name} | {one['seconds']} | {one['rows_per_s']:,} | {one['peak_mb']:,} | {ratio} |")
    return lines


def nearest_table(nearest: dict[str, Any]) -> list[str]:
    """Return the time of a question for the nearest places by our index and the two others, in the same run."""
    ours = nearest["ours"]
    lines = [
        "",
        f"## {nearest['places']:,}か所から近い{nearest['k']}か所を探す（Python から1回、ms）",
        "",
        "距離は楕円体（GRS80）の上の測地線です。比べる相手は球面の距離で、答えが同じことを同じ実行の中で確かめます。",
        "",
        "| 方法 | 準備（秒） | p50 | p95 | p50 の比 | 目標 |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for key, name, target in (
        ("ours", "`geo.nearby`", f"≤ {TARGET_NEAREST_MS} ms"),
        ("ball_tree", "scikit-learn の BallTree（haversine）", ""),
        ("duckdb", "DuckDB で全件を計算", ""),
    ):
        one = nearest[key]
        cells = (one["build_s"], one["p50_ms"], one["p95_ms"], _ratio(ours["p50_ms"], one["p50_ms"]), target)
        lines.append(f"| {name} | {' | '.join(str(cell) for cell in cells)} |")
    return lines


def pages_table(pages: dict[str, Any]) -> list[str]:
    """Return the time of reruns page by page."""
    lines = [
        "",
        "## ページの再実行（アドレスを変えてから応答が届き終わるまで、ms）",
        "",
        "「初めて」はそのサーバーがまだ答えたことのない見方、「2回目」は同じ見方をもう一度。",
        "",
        "| ページ | 見方の数 | 初めて p50 | p95 | 2回目 p50 | 目標（p50） |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for key, name in (("compare", "比べる"), ("trend", "年度の変化"), ("find", "連携先をさがす")):
        one = pages[key]
        times = " | ".join(_number(one[figure]) for figure in ("new_p50_ms", "new_p95_ms", "known_p50_ms"))
        lines.append(f"| {name} | {one['views']} | {times} | ≤ {TARGET_RERUN_MS} ms |")
    return lines


def slides_table(slides: dict[str, Any]) -> list[str]:
    """Return the time of pages and files, and of the naive ways to the same files."""
    lines = [
        "",
        f"## 年度の地図と発表資料（全年度の一式は{slides['pages']}ページ、秒）",
        "",
        "比べる相手は、同じ一式の面と文字だけを python-pptx の自由曲線で一点ずつ描いた PowerPoint と、",
        "LibreOffice で PDF に変えたもの（初回の起動を除く）です。",
        "一式の PowerPoint と PDF の時間は、ページを作ってからファイルになるまでです。",
        "",
        "| 項目 | 居場所アトラス | 標準 | 比 | 目標 |",
        "|---|---:|---:|---:|---|",
    ]
    for key, name, naive, target in (
        ("first_page_s", "はじめての1ページ（データの読み取りから SVG まで）", "", f"≤ {TARGET_PAGE_S} 秒"),
        ("known_page_s", "同じページをもう一度", "", ""),
        ("english_page_s", "英語の1ページ", "", f"≤ {TARGET_PAGE_S} 秒"),
        ("poster_page_s", "英語の A3 の1ページ", "", f"≤ {TARGET_PAGE_S} 秒"),
        ("png_s", "1ページの PNG（300 dpi）", "", f"≤ {TARGET_PAGE_S} 秒"),
        ("deck_s", "全年度の一式のページを作る", "", ""),
        ("pptx_s", "それを PowerPoint に", "naive_pptx_s", f"あわせて ≤ {TARGET_DECK_S} 秒"),
        ("pdf_s", "それを PDF に", "office_pdf_s", f"あわせて ≤ {TARGET_DECK_S} 秒"),
    ):
        theirs = slides.get(naive)
        beside = f"{theirs:.2f} | {_ratio(slides[key], theirs)}" if theirs else "– | –"
        lines.append(f"| {name} | {slides[key]:.2f} | {beside} | {target} |")
    return lines


SECTIONS: Mapping[str, Callable[[dict[str, Any]], list[str]]] = {
    "intake": intake_table,
    "nearest": nearest_table,
    "pages": pages_table,
    "slides": slides_table,
}
"""Parts that can be measured alone, in the order of the report."""


def _described(machine: dict[str, Any]) -> str:
    size = f"{machine['cores']}コア、{machine['memory_gb']} GB"
    return f"{machine['measured_on']}、{size}、Python {machine['python']}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == 0 else f"{value:,.1f}"


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.4f}" if theirs else "–"
