"""What `ibasho slides` does: reads the wish, draws the pages, writes whole files."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from dashboard.annual.asked import Asked
from dashboard.annual.marks import Deck
from dashboard.closed_lists import Block, Colouring, Language, Outgoing, PaperKind, SheetKind
from dashboard.commands.command import CommandError
from dashboard.progress import Steps, steps
from dashboard.slides.asking import Sheet, listed
from dashboard.slides.drawing import facts_of, part, sheet_pages, whole_deck
from dashboard.slides.list_file import list_file
from dashboard.slides.outgoing import IS_LIST, IS_PICTURE, packed, pictures, whole
from dashboard.store import Store
from dashboard.words import words
from etl.build import current_build
from etl.publish import write_whole

ALL = "all"
ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, and which entry of the deck; None is the whole deck."""

    asked: Asked
    sheet: Sheet | None


def write_slides(options: argparse.Namespace) -> None:
    """Write the pages that are asked for."""
    form = _form(options)
    if options.page and options.year:
        raise CommandError("--page は --years と一緒に使います。--year はその年度の地図だけを書き出します。")
    _require_folder(options.out)
    store = Store(current_build())
    asked = _asked(options, store)
    wish = Wish(asked, _sheet(options, asked))
    with steps() as progress:
        progress("ページを作っています")
        files = _files(store, wish, form, options.out, progress)
        progress("ファイルを書いています")
        for path, content in files.items():
            _write(path, content)
    for path in files:
        print(f"書き出しました: {path}")


# -- the wish ----------------------------------------------------------------------------------------------------


def _form(options: argparse.Namespace) -> Outgoing:
    """The format that is asked for, or the one that the file's ending names."""
    ending = options.out.suffix.lower().removeprefix(".")
    if options.format:
        form = Outgoing(options.format)
        if ending == ZIP and form not in IS_PICTURE:
            raise CommandError(
                ".zip にできるのは PNG と SVG だけです。--format png か svg を指定してください。"
            )
        return form
    if ending == ZIP:
        raise CommandError(f"{options.out.name}: --format png か svg を付けてください。")
    if ending not in set(Outgoing):
        known = "・".join(f".{form}" for form in Outgoing)
        raise CommandError(
            f"{options.out.name}: 末尾を {known} のどれかにするか、--format を付けてください。"
        )
    return Outgoing(ending)


def _require_folder(out: Path) -> None:
    """Told before anything is drawn."""
    if not out.parent.is_dir():
        raise CommandError(f"フォルダー {out.parent} がありません。作ってから、もう一度実行してください。")
    if out.is_dir():
        raise CommandError(f"{out} はフォルダーです。--out にはファイルの名前を書いてください。")


def _asked(options: argparse.Namespace, store: Store) -> Asked:
    area, block = _place(options.area, store)
    return Asked(
        years=_years(options.year or options.years, store),
        area=area,
        block=block,
        language=Language(options.lang),
        colouring=Colouring.MONO if options.mono else Colouring.COLOUR,
        paper=PaperKind(options.paper),
    )


def _years(written: str, store: Store) -> tuple[int, ...]:
    """The fiscal years that are meant; of an unknown one the error lists those that there are."""
    known = [str(row["fiscal_year"]) for row in store.years]
    wanted = known if written == ALL else [year for year in normalize("NFKC", written).split(",") if year]
    unknown = [year for year in wanted if year.strip() not in known]
    if unknown or not wanted:
        said = "、".join(unknown) or written
        raise CommandError(f"年度「{said}」はありません。選べる年度は {'・'.join(known)} です。")
    return tuple(sorted({int(year) for year in wanted}))


def _place(written: str, store: Store) -> tuple[str, Block | None]:
    """A prefecture's two digits, or a block."""
    meant = normalize("NFKC", written).strip()
    blocks = {name: block for block in Block for name in (str(block), words("ja").text(f"block.{block}"))}
    if not meant or meant in blocks:
        return "", blocks.get(meant)
    names = {name: row["code"][:2] for row in store.prefectures for name in _names(row)}
    if meant.lower() in names:
        return names[meant.lower()], None
    if meant in store.areas:
        inside = store.areas[meant]["prefecture_name"]
        raise CommandError(
            f"地図は都道府県ごとです。「{meant}」の代わりに --area {inside} と書いてください。"
        )
    raise CommandError(
        f"地域「{written}」が分かりません。都道府県の名前かコード（例 広島県、34）、または"
        f"地方（{'・'.join(Block)}）を書いてください。"
    )


def _names(row: Mapping[str, str]) -> tuple[str, ...]:
    return (row["code"], row["code"][:2], row["name"], row["romaji"].lower())


def _sheet(options: argparse.Namespace, asked: Asked) -> Sheet | None:
    """The entry of the deck that is meant; None is the whole deck."""
    if options.year:
        return Sheet(SheetKind.YEAR, asked.years[0])
    if not options.page:
        return None
    if options.page == SheetKind.YEAR and len(asked.years) == 1:
        return Sheet(SheetKind.YEAR, asked.years[0])
    return Sheet(SheetKind(options.page))


# -- the files ---------------------------------------------------------------------------------------------------


def _files(store: Store, wish: Wish, form: Outgoing, out: Path, progress: Steps) -> dict[Path, bytes]:
    """Everything is made before anything is written."""
    if form in IS_LIST:
        asked = listed(wish.asked, wish.sheet)
        return {out: list_file(facts_of(store, asked.language), asked, form, words(asked.language))}
    deck = _deck(store, wish)
    if form not in IS_PICTURE:
        return {out: whole(deck, form)}
    found = pictures(deck, form, progress)
    if out.suffix.lower() == f".{ZIP}":
        return {out: packed(found, deck)}
    return _beside(out, found)


def _deck(store: Store, wish: Wish) -> Deck:
    if wish.sheet is None:
        return whole_deck(store, wish.asked)
    if pages := sheet_pages(store, wish.asked, wish.sheet):
        return part(store, wish.asked, pages)
    raise CommandError(f"ページ「{wish.sheet.kind}」に示すものがありません。--years で年度を足してください。")


def _beside(out: Path, found: Mapping[str, bytes]) -> dict[Path, bytes]:
    """One picture bears the name that was given, several have their number and page behind it."""
    if len(found) == 1:
        return dict.fromkeys([out], *found.values())
    return {out.with_name(f"{out.stem}_{name}"): content for name, content in found.items()}


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as fault:
        said = fault.strerror or str(fault)
        raise CommandError(
            f"{path} に書けません（{said}）。--out に書ける場所を指定してください。"
        ) from fault
