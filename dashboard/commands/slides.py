"""`ibasho slides`: the annual map and the deck as files — options and help."""

import argparse
from pathlib import Path

from dashboard.closed_lists import Block, Language, Outgoing, PaperKind, SheetKind
from dashboard.commands.command import Command, Subparsers, add_command


def add_parser(added: Subparsers) -> None:
    """Add the subcommand to the parser of `ibasho`."""
    add_command(added, SLIDES_COMMAND)


def _options(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--year", metavar="Y", help="その年度の地図のページ (the map of one fiscal year)")
    what.add_argument(
        "--years",
        metavar="Y,Y|all",
        help="これらの年度の発表資料の一式 (the deck of these fiscal years; all: every one)",
    )
    parser.add_argument(
        "--page",
        choices=[str(kind) for kind in SheetKind],
        help="一式のうち、このページだけ (only these pages of the deck)",
    )
    parser.add_argument(
        "--area",
        default="",
        metavar="AREA",
        help="都道府県の名前かコード、または地方。指定しなければ全国 "
        f"(prefecture, or a block: {', '.join(Block)}; default: Japan)",
    )
    parser.add_argument(
        "--lang", choices=[str(each) for each in Language], default="ja", help="言語 (language; default: ja)"
    )
    parser.add_argument(
        "--mono", action="store_true", help="白黒（模様で区別） (black and white, with patterns)"
    )
    parser.add_argument(
        "--paper",
        choices=[str(each) for each in PaperKind],
        default="slide",
        help="用紙。a3 は大きな文字 (paper; a3 has large type; default: slide)",
    )
    parser.add_argument(
        "--format",
        choices=[str(each) for each in Outgoing],
        help="ファイルの形。指定しなければ --out の末尾から (format; default: the ending of --out)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="書き出し先。何枚もの PNG・SVG は番号付きのファイルか .zip "
        "(file to write; several PNG or SVG pages become numbered files, or one .zip)",
    )


SLIDES_COMMAND = Command(
    "slides",
    "dashboard.commands.slides_run:write_slides",
    "取組団体の地図と発表資料を、PowerPoint・PDF・PNG・SVG・Excel・CSV に書き出します。",
    "Write the annual map and the deck as PowerPoint, PDF, PNG, SVG, Excel or CSV.",
    "ibasho slides --year 2022 --out map.pptx",
    _options,
)
