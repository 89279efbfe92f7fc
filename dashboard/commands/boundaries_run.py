"""What `ibasho boundaries` does: take, fetch, list, bind to a year, give up."""

import argparse
import json
from typing import Any

from dashboard.progress import steps
from etl.boundaries import (
    Boundary,
    Source,
    Wish,
    bind,
    bindings,
    current,
    fetch,
    point_to,
    reset,
    stored,
    use,
)
from etl.folders import data_folder

MESH_TITLE = "内蔵の概略境界（125 m メッシュ）"
NEXT = "次の `ibasho build` から使われます。"


def use_files(options: argparse.Namespace) -> None:
    """Prepare boundaries from files or addresses, and choose them."""
    with steps() as progress:
        boundary = use(options.files, data_folder(), _wish(options), progress, again=options.again)
    _tell_prepared(boundary, is_json=options.json)


def fetch_published(options: argparse.Namespace) -> None:
    """Fetch what a publisher offers, and choose it."""
    with steps() as progress:
        boundary = fetch(
            Source(options.source),
            data_folder(),
            _wish(options),
            progress,
            url=options.url,
            again=options.again,
        )
    _tell_prepared(boundary, is_json=options.json)


def list_stored(options: argparse.Namespace) -> None:
    """List the boundaries that are prepared."""
    chosen, entries = current(data_folder()), stored(data_folder())
    if options.json:
        told = [{**entry.json(), "is_current": entry == chosen} for entry in entries]
        print(json.dumps(told, ensure_ascii=False))
        return
    print(f"{' ' if chosen else '*'} {MESH_TITLE}")
    for entry in entries:
        print(f"{'*' if entry == chosen else ' '} {_line(entry)}")


def show_status(options: argparse.Namespace) -> None:
    """Say which boundaries the next build uses."""
    chosen, bound = current(data_folder()), bindings(data_folder())
    if options.json:
        told = {"current": chosen.json() if chosen else None, "bindings": bound}
        print(json.dumps(told, ensure_ascii=False))
        return
    print(f"使う境界: {_line(chosen) if chosen else MESH_TITLE}")
    if chosen:
        print(f"出典: {chosen.credit}")
        _tell_errors(chosen)
    for fiscal_year, vintage in sorted(bound.items()):
        print(f"{fiscal_year}年度 → {vintage}年の境界")


def choose(options: argparse.Namespace) -> None:
    """Let the next build use a boundary that is prepared already."""
    point_to(data_folder(), options.boundary_id)
    print(f"境界「{options.boundary_id}」を選びました。{NEXT}")


def go_back(_options: argparse.Namespace) -> None:
    """Let the next build use the embedded mesh again."""
    changed = reset(data_folder())
    print(f"{MESH_TITLE}に戻しました。{NEXT}" if changed else f"すでに{MESH_TITLE}です。")


def bind_year(options: argparse.Namespace) -> None:
    """Say which year's boundaries belong to a fiscal year."""
    bind(data_folder(), options.fiscal_year, options.vintage)
    print(f"{options.fiscal_year}年度を{options.vintage}年の境界に対応させました。{NEXT}")


def _wish(options: argparse.Namespace) -> Wish:
    return Wish(options.year, options.credit, options.licence, options.precision_m, options.crs)


def _tell_prepared(boundary: Boundary, *, is_json: bool) -> None:
    if is_json:
        print(json.dumps(boundary.json(), ensure_ascii=False))
        return
    print(f"境界を用意しました: {_line(boundary)}")
    counts = boundary.counts
    print(
        f"{counts['municipalities']:,}市区町村、{counts['prefectures']}都道府県"
        f"（補正 {counts['repaired']:,}、対象外 {counts['skipped']:,}）"
    )
    _tell_errors(boundary)
    print(NEXT)


def _tell_errors(boundary: Boundary) -> None:
    table: dict[str, float] = boundary.area_error["table"]
    if table:
        print(f"面積の差: 中央値 {table['median']:.2%}、95% {table['p95']:.2%}、最大 {table['worst']:.2%}")
    largest: list[dict[str, Any]] = boundary.area_error["largest"]
    if largest:
        shown = "、".join(f"{entry['name']} {entry['share']:+.1%}" for entry in largest[:5])
        print(f"5%を超える市区町村: {boundary.area_error['over_5_percent']}（{shown}）")


def _line(boundary: Boundary) -> str:
    return f"{boundary.boundary_id}  {boundary.title}  精度 約{boundary.precision_m:g} m"
