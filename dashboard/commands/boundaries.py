"""`ibasho boundaries`: official boundaries in place of the embedded mesh — take, fetch, list, bind to a year, give up."""

import argparse

from dashboard.commands.command import Command, Subparsers, add_command

RUN = "dashboard.commands.boundaries_run"
SOURCES = ("n03", "digital-agency")
"""`etl.boundaries.Source`, which is loaded only when it is used."""
FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR = 1989, 2099


def add_parser(added: Subparsers) -> None:
    """Add the subcommand to the parser of `ibasho`."""
    add_command(added, BOUNDARIES_COMMAND)


def _options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", title="actions", required=True)
    using = _action(
        actions, "use", "use_files", "境界のファイルか URL を使う (use boundaries from files or addresses)"
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
        actions, "fetch", "fetch_published", "公開元から取得して使う (fetch from the publisher and use)"
    )
    fetching.add_argument("source", choices=SOURCES, help="公開元 (publisher)")
    fetching.add_argument(
        "--url", default="", metavar="URL", help="置き場所が変わったとき (where it has moved)"
    )
    _wish_options(fetching)
    fetching.set_defaults(crs="")
    listing = _action(actions, "list", "list_stored", "用意した境界の一覧 (list what is prepared)")
    listing.add_argument("--json", action="store_true", help="JSON で表示 (as JSON)")
    status = _action(actions, "status", "show_status", "いま使う境界 (show what the next build uses)")
    status.add_argument("--json", action="store_true", help="JSON で表示 (as JSON)")
    choosing = _action(actions, "choose", "choose", "用意した境界から選ぶ (choose one that is prepared)")
    choosing.add_argument("boundary_id", metavar="ID", help="境界ID（list に出るもの） (id as listed)")
    _action(
        actions,
        "reset",
        "go_back",
        "内蔵の概略境界に戻し、年度との対応も解く (go back to the embedded boundaries, unbind every year)",
    )
    binding = _action(
        actions, "bind", "bind_year", "年度に境界の年を対応させる (bind a fiscal year to a vintage)"
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


def _action(added: Subparsers, name: str, run: str, said: str) -> argparse.ArgumentParser:
    parser = added.add_parser(name, help=said, description=said)
    parser.set_defaults(run=f"{RUN}:{run}")
    return parser


def _fiscal_year(written: str) -> int:
    is_year = written.isascii() and written.isdigit()
    if not is_year or not FIRST_FISCAL_YEAR <= int(written) <= LAST_FISCAL_YEAR:
        said = f"西暦4桁で書いてください (four digits, {FIRST_FISCAL_YEAR}–{LAST_FISCAL_YEAR})"
        raise argparse.ArgumentTypeError(said)
    return int(written)


def _metres(written: str) -> float:
    try:
        metres = float(written)
    except ValueError:
        metres = 0.0
    if not 1 <= metres <= 10_000:
        raise argparse.ArgumentTypeError("1から10000までの数（m）で書いてください (metres, 1–10000)")
    return metres


BOUNDARIES_COMMAND = Command(
    "boundaries",
    "",
    "公式の境界を、内蔵の概略境界の代わりに使います。",
    "Use official boundaries in place of the embedded ones.",
    "ibasho boundaries fetch n03 --year 2025",
    _options,
)
