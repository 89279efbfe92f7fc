"""`ibasho boundaries`: official boundaries in place of the embedded mesh — take, fetch, list, bind to a year, give up."""

import argparse
import json
from collections.abc import Callable
from typing import Any

from dashboard.command import Command, Subparsers, add_command
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
from etl.inputs import data_folder

MESH_TITLE = "内蔵の概略境界（125 m メッシュ）"
NEXT = "次の `ibasho build` から使われます。"
FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR = 1989, 2100


def add_parser(added: Subparsers) -> None:
    """Add the subcommand to the parser of `ibasho`."""
    add_command(added, BOUNDARIES_COMMAND)


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


def _options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", title="actions", required=True)
    using = _action(
        actions, "use", use_files, "境界のファイルか URL を使う (use boundaries from files or addresses)"
    )
    using.add_argument(
        "files",
        nargs="+",
        metavar="FILE|URL",
        help="N03 の zip、GeoJSON、TopoJSON、シェープファイルの zip、GeoPackage。都道府県別なら47件 (one national file, or 47)",
    )
    _wish_options(using)
    using.add_argument(
        "--crs", default="", metavar="EPSG:N", help="座標系が書かれていないとき (where the file says none)"
    )
    fetching = _action(
        actions, "fetch", fetch_published, "公開元から取得して使う (fetch from the publisher and use)"
    )
    fetching.add_argument("source", choices=[str(source) for source in Source], help="公開元 (publisher)")
    fetching.add_argument(
        "--url", default="", metavar="URL", help="置き場所が変わったとき (where it has moved)"
    )
    _wish_options(fetching)
    fetching.set_defaults(crs="")
    listing = _action(actions, "list", list_stored, "用意した境界の一覧 (list what is prepared)")
    listing.add_argument("--json", action="store_true", help="JSON で表示 (as JSON)")
    status = _action(actions, "status", show_status, "いま使う境界 (show what the next build uses)")
    status.add_argument("--json", action="store_true", help="JSON で表示 (as JSON)")
    choosing = _action(actions, "choose", choose, "用意した境界から選ぶ (choose one that is prepared)")
    choosing.add_argument("boundary_id", metavar="ID", help="境界ID（list に出るもの） (id as listed)")
    _action(actions, "reset", go_back, "内蔵の概略境界に戻す (go back to the embedded boundaries)")
    binding = _action(
        actions, "bind", bind_year, "年度に境界の年を対応させる (bind a fiscal year to a vintage)"
    )
    binding.add_argument("fiscal_year", type=_fiscal_year, metavar="FY", help="年度 (fiscal year)")
    binding.add_argument(
        "vintage", type=_fiscal_year, metavar="VINTAGE", help="境界の年 (year of the boundaries)"
    )


def _wish_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=_fiscal_year, metavar="Y", help="境界の年 (year of the boundaries)")
    parser.add_argument("--credit", default="", help="出典の書き方 (credit line)")
    parser.add_argument("--licence", default="", help="利用条件 (licence)")
    parser.add_argument(
        "--precision-m", type=_metres, metavar="M", help="線の精度（m） (precision of a border in metres)"
    )
    parser.add_argument(
        "--again", action="store_true", help="取得済みでも取得し直す (fetch even if fetched before)"
    )
    parser.add_argument("--json", action="store_true", help="結果を JSON で表示 (print the result as JSON)")


def _action(
    added: Subparsers, name: str, run: Callable[[argparse.Namespace], None], said: str
) -> argparse.ArgumentParser:
    parser = added.add_parser(name, help=said, description=said)
    parser.set_defaults(run=run)
    return parser


def _fiscal_year(written: str) -> int:
    year = int(written)
    if not FIRST_FISCAL_YEAR <= year <= LAST_FISCAL_YEAR:
        raise argparse.ArgumentTypeError(f"{FIRST_FISCAL_YEAR}–{LAST_FISCAL_YEAR}")
    return year


def _metres(written: str) -> float:
    metres = float(written)
    if not 1 <= metres <= 10_000:
        raise argparse.ArgumentTypeError("1–10000")
    return metres


BOUNDARIES_COMMAND = Command(
    "boundaries",
    lambda _: None,
    "公式の境界を、内蔵の概略境界の代わりに使います。",
    "Use official boundaries in place of the embedded ones.",
    "ibasho boundaries fetch n03 --year 2025",
    _options,
)
